import type { PayoffProfile, Position } from "../lib/payoff";

/**
 * Profit and loss of a position over the price of its underlying.
 *
 * The chart draws what it is given and keeps nothing: cross-hair and scenario belong to its owner. It takes the focus as
 * one control, a slider over spots: arrows move the cross-hair by a step, with Shift by ten, Home and End to the ends,
 * `b` to the next break-even, Escape back to the market's spot.
 */
export interface PayoffChartProps {
  /** What is drawn, at the volatilities it is drawn at. */
  readonly position: Position;

  /** Measures of the same position, from `analyse`: its break-evens are marked. */
  readonly profile: PayoffProfile;

  /** Years from now of the second curve; 0 draws the value of today. At most the years to the first expiry. */
  readonly elapsedYears: number;

  /** Name of the second curve, e.g. `T+0`. */
  readonly elapsedLabel: string;

  /** Lowest and highest spot on the axis. Keep it while a slider moves, so that the curves move and not the axis. */
  readonly range: readonly [number, number];

  /** Spot under the cross-hair; null: none is drawn, and the read-out is that of the market's spot. */
  readonly cursor: number | null;

  /** The user moved the cross-hair to a spot, or (null) took it away. */
  readonly onCursorChange: (spot: number | null) => void;

  /** Height in pixels, axis included. Default 360. */
  readonly height?: number;
}
