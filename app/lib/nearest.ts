/** Finding a place among sorted numbers. */

import { bisectCenter, bisectLeft, bisectRight } from "d3-array";

/** Index of the number nearest to the value; -1 for none. */
export function nearest(sorted: readonly number[], value: number): number {
  return sorted.length === 0 ? -1 : bisectCenter(sorted as number[], value);
}

/** The first number above the value, or after the last one the first of all; undefined for none. */
export function nextAfter(sorted: readonly number[], value: number): number | undefined {
  return sorted[bisectRight(sorted as number[], value)] ?? sorted[0];
}

/** Value of a broken line at x; its end values outside. xs ascend. */
export function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  const right = Math.min(Math.max(bisectLeft(xs as number[], x), 1), xs.length - 1);
  const [x0 = x, x1 = x, y0 = 0, y1 = 0] = [xs[right - 1], xs[right], ys[right - 1], ys[right]];
  const share = x1 > x0 ? Math.min(Math.max((x - x0) / (x1 - x0), 0), 1) : 0;
  return y0 + share * (y1 - y0);
}
