/**
 * Fewer points for the same picture: of every bucket the first, lowest, highest and last point, in their order.
 *
 * No extreme is lost, so a drawdown of one point stays as deep as it was. Returns the points themselves when there are
 * no more than `most` of them.
 */
export function decimate<Point>(
  points: readonly Point[],
  most: number,
  value: (point: Point) => number,
): readonly Point[] {
  if (points.length <= most) return points;
  const buckets = Math.max(1, Math.floor(most / 4));
  const kept: Point[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * points.length) / buckets);
    const to = Math.floor(((bucket + 1) * points.length) / buckets);
    kept.push(...representatives(points.slice(from, to), value));
  }
  return kept;
}

function representatives<Point>(bucket: readonly Point[], value: (point: Point) => number): Point[] {
  let [lowest, highest] = [0, 0];
  const values = bucket.map(value);
  for (const [index, at] of values.entries()) {
    if (at < (values[lowest] ?? at)) lowest = index;
    if (at > (values[highest] ?? at)) highest = index;
  }
  const indices = [...new Set([0, lowest, highest, bucket.length - 1])].sort((one, other) => one - other);
  return indices.flatMap((index) => bucket.slice(index, index + 1));
}
