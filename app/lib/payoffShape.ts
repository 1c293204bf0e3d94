/** From a spot to a spot (null: without end). */
export type Interval = readonly [number, number | null];

/** Zeros, zero and profit intervals, extremes (null: unlimited), probability and expectation of a profit and loss. */
export interface Shape {
  readonly zeros: readonly number[];
  readonly flats: readonly Interval[];
  readonly profits: readonly Interval[];
  readonly highest: number | null;
  readonly lowest: number | null;
  readonly probability_of_profit: number;
  readonly expected_value_usd: number;
}
