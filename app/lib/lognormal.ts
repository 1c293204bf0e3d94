/** Where spot ends: lognormal, log spot having the given drift and volatility over some years. */

import { between, cumulative, logCumulative } from "./normal";

export interface Lognormal {
  readonly spot: number;
  readonly drift: number;
  readonly volatility: number;
  readonly years: number;
}

/** Standard deviation of the logarithm. */
export function deviation(outlook: Lognormal): number {
  return outlook.volatility * Math.sqrt(outlook.years);
}

/** Expected spot. */
export function mean(outlook: Lognormal): number {
  return outlook.spot * Math.exp(outlook.drift * outlook.years);
}

/** The standard normal number at which spot ends at the level. */
export function score(outlook: Lognormal, level: number): number {
  if (level <= 0) return Number.NEGATIVE_INFINITY;
  if (level === Number.POSITIVE_INFINITY) return level;
  const width = deviation(outlook);
  const distance = Math.log(level / mean(outlook)) + 0.5 * width * width;
  if (width > 0) return distance / width;
  return distance > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** Spot at a standard normal number. */
export function level(outlook: Lognormal, at: number): number {
  const width = deviation(outlook);
  return mean(outlook) * Math.exp(width * (at - 0.5 * width));
}

/** Probability of ending between two levels. */
export function probability(outlook: Lognormal, low: number, high: number): number {
  return between(score(outlook, low), score(outlook, high));
}

/** Expectation of spot on the event of ending between two levels. */
export function partialMean(outlook: Lognormal, low: number, high: number): number {
  const width = deviation(outlook);
  return mean(outlook) * between(score(outlook, low) - width, score(outlook, high) - width);
}

/** Probability of reaching the level until the end, by the reflection principle. */
export function touch(outlook: Lognormal, at: number): number {
  if (at <= 0) return 0;
  const distance = Math.log(at / outlook.spot);
  if (distance === 0) return 1;
  const growth = (outlook.drift - 0.5 * outlook.volatility ** 2) * outlook.years;
  const width = deviation(outlook);
  if (width === 0)
    return (0 < distance && distance <= growth) || (growth <= distance && distance < 0) ? 1 : 0;
  const sign = Math.sign(distance);
  const ending = cumulative((sign * (growth - distance)) / width);
  // The reflected paths, in logarithms: the factor alone can overflow.
  const reflected =
    (2 * growth * distance) / width ** 2 + logCumulative((-sign * (growth + distance)) / width);
  return Math.min(1, ending + Math.exp(Math.min(reflected, 0)));
}
