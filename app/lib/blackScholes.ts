/** European options under Black, Scholes and Merton; rates are continuously compounded decimals, times years. */

import { cumulative, density, mills } from "./normal";

export interface EuropeanOption {
  readonly right: "call" | "put";
  readonly spot: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly dividend_yield: number;
  readonly volatility: number;
}

/** Sensitivities per share: vega per 1.00 of volatility, theta per year, rho per 1.00 of rate. */
export interface Sensitivities {
  readonly delta: number;
  readonly gamma: number;
  readonly theta: number;
  readonly vega: number;
  readonly rho: number;
}

/**
 * Value per share; at zero time, volatility, spot or strike the carried intrinsic value.
 *
 * It is built from the out-of-the-money side, lo N(t - h) - hi N(-t - h) = lo n(h - t) (Y(h - t) - Y(h + t)), with
 * h = |log(forward / strike)| / s and t = s / 2: the small time value of a far strike is never a difference of two
 * large numbers. The other side adds the intrinsic value.
 */
export function price(option: EuropeanOption): number {
  const spotLeg = option.spot * Math.exp(-option.dividend_yield * option.years);
  const strikeLeg = option.strike * Math.exp(-option.rate * option.years);
  const sign = option.right === "call" ? 1 : -1;
  const intrinsic = Math.max(sign * (spotLeg - strikeLeg), 0);
  const deviation = option.volatility * Math.sqrt(option.years);
  if (!(deviation > 0 && spotLeg > 0 && strikeLeg > 0)) return intrinsic;
  return intrinsic + timeValue(Math.min(spotLeg, strikeLeg), Math.max(spotLeg, strikeLeg), deviation);
}

/** First-order sensitivities; without volatility those of the carried intrinsic value, after expiry without theta. */
export function sensitivities(option: EuropeanOption): Sensitivities {
  const { spot, strike, years, rate, dividend_yield: carry, volatility } = option;
  const sign = option.right === "call" ? 1 : -1;
  const spotDiscount = Math.exp(-carry * years);
  const strikeLeg = strike * Math.exp(-rate * years);
  const deviation = volatility * Math.sqrt(years);
  if (!(deviation > 0 && spot > 0 && strike > 0)) {
    const held = sign * (spot * spotDiscount - strikeLeg) > 0 ? sign : 0;
    const theta = years > 0 ? held * (carry * spot * spotDiscount - rate * strikeLeg) : 0;
    return { delta: held * spotDiscount, gamma: 0, theta, vega: 0, rho: held * strikeLeg * years };
  }
  const d1 = (Math.log(spot / strike) + (rate - carry) * years) / deviation + 0.5 * deviation;
  const heldShare = sign * spotDiscount * cumulative(sign * d1);
  const owed = sign * strikeLeg * cumulative(sign * (d1 - deviation));
  const peak = spot * spotDiscount * density(d1);
  return {
    delta: heldShare,
    gamma: peak / (spot * spot * deviation),
    theta: (-0.5 * peak * volatility) / Math.sqrt(years) - rate * owed + carry * spot * heldShare,
    vega: peak * Math.sqrt(years),
    rho: owed * years,
  };
}

/** Value of the out-of-the-money side of two legs. */
function timeValue(low: number, high: number, deviation: number): number {
  const distance = Math.log(high / low) / deviation;
  const half = 0.5 * deviation;
  const peak = low * density(distance - half);
  if (distance >= half) return Math.max(0, peak * (mills(distance - half) - mills(distance + half)));
  return Math.max(0, low - peak * (mills(half - distance) + mills(distance + half)));
}
