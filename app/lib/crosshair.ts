/** The keys that move a cross-hair, the same on every chart. */

import { nearest, nextAfter } from "./nearest";

/** Steps at once with Shift. */
export const FAR = 10;

export interface Crosshair {
  /** Places at which the cross-hair stops, ascending. */
  readonly stops: readonly number[];
  /** Where it is. */
  readonly at: number;
  /** Where `b` leads, one after the other. */
  readonly marks?: readonly number[];
}

/** Where a key leads: a place, null to let go of the cross-hair, undefined for keys of others. */
export function crosshairTarget(
  key: string,
  shift: boolean,
  { stops, at, marks = [] }: Crosshair,
): number | null | undefined {
  const here = nearest(stops, at);
  const by = (steps: number) => stops[Math.min(Math.max(here + steps, 0), stops.length - 1)];
  const step = shift ? FAR : 1;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return by(step);
    case "ArrowLeft":
    case "ArrowDown":
      return by(-step);
    case "Home":
      return stops[0];
    case "End":
      return stops.at(-1);
    case "b":
      return nextAfter(marks, at);
    case "Escape":
      return null;
    default:
      return undefined;
  }
}
