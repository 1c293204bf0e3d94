/** Pixel scales and axis ticks, without React. */

import { extent } from "d3-array";
import { type ScaleLinear, type ScaleTime, scaleLinear, scaleUtc } from "d3-scale";

/** Room around the plot, in pixels. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export type Linear = ScaleLinear<number, number>;
export type Time = ScaleTime<number, number>;

/** Lowest and highest value, with zero inside when asked, and a share of their distance as room. */
export function paddedExtent(values: Iterable<number>, { zero = false, room = 0.06 } = {}): [number, number] {
  const [low = 0, high = 0] = extent(zero ? [0, ...values] : values);
  const margin = high > low ? room * (high - low) : Math.max(1, Math.abs(high) * room);
  return [low - margin, high + margin];
}

export function linear(domain: readonly [number, number], range: readonly [number, number]): Linear {
  return scaleLinear(domain, range);
}

/** A scale of instants (milliseconds since 1970). */
export function time(domain: readonly [number, number], range: readonly [number, number]): Time {
  return scaleUtc(domain, range);
}

/** As many labels as fit, so many pixels apart. */
export function tickCount(pixels: number, apart: number): number {
  return Math.max(2, Math.floor(pixels / apart));
}

/**
 * Moves labels that would overlap apart, keeping their order; positions and widths in pixels.
 *
 * Returns the centres inside of [low, high]; when there is no room for all, the last ones overlap the end.
 */
export function spread(
  labels: readonly { readonly at: number; readonly width: number }[],
  [low, high]: readonly [number, number],
): number[] {
  const centres: number[] = [];
  let end = low;
  for (const { at, width } of labels) {
    const centre = Math.max(at, end + 0.5 * width);
    centres.push(centre);
    end = centre + 0.5 * width;
  }
  let start = high;
  for (let index = labels.length - 1; index >= 0; index -= 1) {
    const half = 0.5 * (labels[index]?.width ?? 0);
    const centre = Math.min(centres[index] ?? 0, start - half);
    centres[index] = centre;
    start = centre - half;
  }
  return centres;
}
