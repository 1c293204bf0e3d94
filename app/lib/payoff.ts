/**
 * Payoff of a position, as `engine/pricing/payoff.py` defines it: curves at any time, break-evens, extremes, profit
 * intervals and probabilities at the first expiry.
 */

import { ascending, ticks } from "d3-array";
import { sensitivities } from "./blackScholes";
import { type Lognormal, level, touch } from "./lognormal";
import { curveShape } from "./payoffCurve";
import {
  expireTogether,
  expiry,
  horizon,
  isOption,
  marketValue,
  type PayoffLeg,
  type Position,
  shares,
  sigma,
  strikes,
} from "./payoffLegs";
import { exactCost, linearShape } from "./payoffLinear";
import type { Interval } from "./payoffShape";

export { expireTogether, horizon, isOption, type PayoffLeg, type Position, shares, strikes };

/** Measures at the first expiry in USD, spots in the price of the underlying; unlimited extremes are null. */
export interface PayoffProfile {
  readonly net_debit_usd: number;
  readonly breakevens: readonly number[];
  readonly flat_zero_intervals: readonly Interval[];
  readonly max_profit_usd: number | null;
  /** At most zero. */
  readonly max_loss_usd: number | null;
  readonly profit_intervals: readonly Interval[];
  readonly probability_of_profit: number;
  /** One per break-even, of spot reaching it until the first expiry. */
  readonly probability_of_touch: readonly number[];
  readonly expected_value_usd: number;
}

/** Sensitivities of a whole position. */
export interface PositionGreeks {
  readonly delta_shares: number;
  readonly gamma_shares_per_point: number;
  readonly theta_usd_per_day: number;
  readonly vega_usd_per_point: number;
  readonly rho_usd_per_percent: number;
}

/** Profit and loss after fees by time: at the first expiry, and some years from now. */
export interface PayoffCurves {
  readonly spots: readonly number[];
  readonly expiry_usd: readonly number[];
  readonly elapsed_usd: readonly number[];
}

/** Measure a position of at least one leg at its first expiry. */
export function analyse(position: Position): PayoffProfile {
  const outlook = outlookOf(position);
  const shape = expireTogether(position)
    ? linearShape(position, outlook)
    : curveShape(position, outlook, exactCost(position) + position.fees_usd);
  const breakevens = shape.zeros.filter((zero) => !shape.flats.some((flat) => holds(flat, zero)));
  return {
    net_debit_usd: exactCost(position),
    breakevens,
    flat_zero_intervals: shape.flats,
    max_profit_usd: shape.highest,
    max_loss_usd: shape.lowest === null ? null : Math.min(shape.lowest, 0),
    profit_intervals: shape.profits,
    probability_of_profit: shape.probability_of_profit,
    probability_of_touch: breakevens.map((zero) => touch(outlook, zero)),
    expected_value_usd: shape.expected_value_usd,
  };
}

/** Spot at the first expiry so many standard deviations of its logarithm from the middle. */
export function spotAtDeviations(position: Position, deviations: number): number {
  return level(outlookOf(position), deviations);
}

/** Profit and loss in USD after fees at a spot, some years from now; expired options keep their intrinsic value. */
export function valueAt(position: Position, spot: number, elapsedYears: number): number {
  return marketValue(position, spot, elapsedYears) - (exactCost(position) + position.fees_usd);
}

/** Profit and loss at many spots, at the first expiry and some years from now. */
export function curves(position: Position, spots: readonly number[], elapsedYears: number): PayoffCurves {
  const paid = exactCost(position) + position.fees_usd;
  const end = horizon(position);
  return {
    spots,
    expiry_usd: spots.map((spot) => marketValue(position, spot, end) - paid),
    elapsed_usd: spots.map((spot) => marketValue(position, spot, elapsedYears) - paid),
  };
}

/** Sensitivities at the position's spot, some years from now; theta by calendar day, vega and rho by 0.01. */
export function greeks(position: Position, elapsedYears: number): PositionGreeks {
  const total = { delta: 0, gamma: 0, theta: 0, vega: 0, rho: 0 };
  for (const leg of position.legs) {
    const size = shares(leg);
    if (leg.kind === "stock") total.delta += size;
    if (leg.kind === "stock" || leg.kind === "cash") continue;
    const found = sensitivities({
      right: leg.kind,
      spot: position.spot,
      strike: leg.strike ?? 0,
      years: Math.max(expiry(position, leg) - elapsedYears, 0),
      rate: position.rate,
      dividend_yield: position.dividend_yield,
      volatility: sigma(position, leg),
    });
    total.delta += size * found.delta;
    total.gamma += size * found.gamma;
    total.theta += size * found.theta;
    total.vega += size * found.vega;
    total.rho += size * found.rho;
  }
  return {
    delta_shares: total.delta,
    gamma_shares_per_point: total.gamma,
    theta_usd_per_day: total.theta / 365,
    vega_usd_per_point: total.vega / 100,
    rho_usd_per_percent: total.rho / 100,
  };
}

/** The same position with every volatility moved by so much (decimal), not below zero. */
export function withVolatilityShift(position: Position, shift: number): Position {
  if (shift === 0) return position;
  const moved = (volatility: number) => Math.max(volatility + shift, 0);
  return {
    ...position,
    volatility: moved(position.volatility),
    legs: position.legs.map((leg) =>
      leg.volatility == null ? leg : { ...leg, volatility: moved(leg.volatility) },
    ),
  };
}

/** Spots to draw: round steps, the ends, and exactly the strikes, break-evens and spot that lie between them. */
export function spotsToDraw(
  position: Position,
  breakevens: readonly number[],
  [low, high]: readonly [number, number],
  steps = 240,
): number[] {
  const exact = [...strikes(position), ...breakevens, position.spot].filter(
    (spot) => low <= spot && spot <= high,
  );
  return [...new Set([low, ...ticks(low, high, steps), ...exact, high])].sort(ascending);
}

/** Spots worth seeing: three standard deviations around spot, and all strikes and break-evens with a margin. */
export function visibleRange(position: Position, breakevens: readonly number[]): readonly [number, number] {
  const width = Math.max(position.volatility * Math.sqrt(horizon(position)), 0.01);
  const marks = [
    ...strikes(position),
    ...breakevens.filter((zero) => zero < 3 * position.spot),
    position.spot,
  ];
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  const margin = 0.15 * (high - low);
  return [
    Math.max(0, Math.min(low - margin, position.spot * Math.exp(-2.5 * width))),
    Math.max(high + margin, position.spot * Math.exp(2.5 * width)),
  ];
}

function outlookOf(position: Position): Lognormal {
  return {
    spot: position.spot,
    drift: position.rate - position.dividend_yield,
    volatility: position.volatility,
    years: horizon(position),
  };
}

function holds([low, high]: Interval, spot: number): boolean {
  return low <= spot && (high === null || spot <= high);
}
