/**
 * Profit and loss at a common expiry: straight pieces between strikes, in whole numbers.
 *
 * Prices and strikes are taken as the decimals they are written as and scaled to integers, so that a butterfly for
 * nothing costs exactly nothing; only the division that finds a zero is rounded.
 */

import { type Lognormal, partialMean, probability } from "./lognormal";
import { type PayoffLeg, type Position, shares } from "./payoffLegs";
import type { Interval, Shape } from "./payoffShape";

/** Profit and loss `intercept + slope * spot` from low to high (null: without end), of one sign inside. */
interface Piece {
  readonly low: number;
  readonly high: number | null;
  readonly start: bigint;
  readonly slope: bigint;
  readonly intercept: bigint;
}

/** Decimal places of prices and of share counts; money has the sum of both. */
interface Scale {
  readonly pricePlaces: number;
  readonly sharePlaces: number;
}

/** What the legs cost in USD, exact before the last rounding. */
export function exactCost(position: Position): number {
  const scale = scaleOf(position);
  return money(cost(position, scale), scale);
}

/** Measure the profit and loss of legs that expire together. */
export function linearShape(position: Position, outlook: Lognormal): Shape {
  const scale = scaleOf(position);
  const parts = pieces(position, scale);
  const starts = parts.map((part) => money(part.start, scale));
  const lastSlope = parts.at(-1)?.slope ?? 0n;
  let chance = 0;
  let expected = 0;
  for (const part of parts) {
    const high = part.high ?? Number.POSITIVE_INFINITY;
    const within = probability(outlook, part.low, high);
    if (signOf(part) > 0) chance += within;
    expected +=
      money(part.intercept, scale) * within +
      unscaled(part.slope, scale.sharePlaces) * partialMean(outlook, part.low, high);
  }
  return {
    zeros: [...new Set(parts.filter((part) => part.start === 0n).map((part) => part.low))],
    flats: merged(parts, 0),
    profits: merged(parts, 1),
    highest: lastSlope > 0n ? null : Math.max(...starts),
    lowest: lastSlope < 0n ? null : Math.min(...starts),
    probability_of_profit: Math.min(1, chance),
    expected_value_usd: expected,
  };
}

/** Cut the profit and loss at strikes and zeros. */
function pieces(position: Position, scale: Scale): Piece[] {
  const strikes = position.legs.flatMap((leg) =>
    leg.strike == null ? [] : [scaled(leg.strike, scale.pricePlaces)],
  );
  const kinks = [...new Set([0n, ...strikes])].sort((one, other) => (one < other ? -1 : 1));
  const paid = cost(position, scale) + scaled(position.fees_usd, scale.pricePlaces + scale.sharePlaces);
  return kinks.flatMap((low, index) => {
    const high = kinks[index + 1] ?? null;
    const start = intrinsic(position, low, scale) - paid;
    const slope = slopeAbove(position, low, scale);
    return cutAtZero({ low, high, start, slope }, scale);
  });
}

function cutAtZero(
  kink: { low: bigint; high: bigint | null; start: bigint; slope: bigint },
  scale: Scale,
): Piece[] {
  const { low, high, start, slope } = kink;
  const intercept = start - slope * low;
  const ends = {
    low: unscaled(low, scale.pricePlaces),
    high: high === null ? null : unscaled(high, scale.pricePlaces),
  };
  const crosses = start * slope < 0n && (high === null || start * (start + slope * (high - low)) < 0n);
  if (!crosses) return [{ ...ends, start, slope, intercept }];
  const root = unscaled(-intercept, scale.pricePlaces) / Number(slope);
  return [
    { low: ends.low, high: root, start, slope, intercept },
    { low: root, high: ends.high, start: 0n, slope, intercept },
  ];
}

function signOf(part: Piece): number {
  const inside = part.start === 0n ? part.slope : part.start;
  return inside > 0n ? 1 : inside < 0n ? -1 : 0;
}

/** Join neighbouring pieces of a sign, unless the profit and loss touches zero between them. */
function merged(parts: readonly Piece[], sign: number): Interval[] {
  const joined: [number, number | null][] = [];
  for (const part of parts) {
    if (signOf(part) !== sign) continue;
    const last = joined.at(-1);
    if (last !== undefined && last[1] === part.low && (sign === 0 || part.start !== 0n)) last[1] = part.high;
    else joined.push([part.low, part.high]);
  }
  return joined;
}

function cost(position: Position, scale: Scale): bigint {
  return position.legs.reduce(
    (total, leg) => total + scaled(shares(leg), scale.sharePlaces) * scaled(leg.price, scale.pricePlaces),
    0n,
  );
}

function intrinsic(position: Position, spot: bigint, scale: Scale): bigint {
  return position.legs.reduce(
    (total, leg) => total + scaled(shares(leg), scale.sharePlaces) * intrinsicOf(leg, spot, scale),
    0n,
  );
}

function intrinsicOf(leg: PayoffLeg, spot: bigint, scale: Scale): bigint {
  const above = spot - scaled(leg.strike ?? 0, scale.pricePlaces);
  switch (leg.kind) {
    case "call":
      return above > 0n ? above : 0n;
    case "put":
      return above < 0n ? -above : 0n;
    case "stock":
      return spot;
    case "cash":
      return 10n ** BigInt(scale.pricePlaces);
  }
}

/** Slope just above a kink, in scaled shares. */
function slopeAbove(position: Position, low: bigint, scale: Scale): bigint {
  let total = 0n;
  for (const leg of position.legs) {
    const size = scaled(shares(leg), scale.sharePlaces);
    const inTheMoneyAbove = low >= scaled(leg.strike ?? 0, scale.pricePlaces);
    if (leg.kind === "stock" || (leg.kind === "call" && inTheMoneyAbove)) total += size;
    if (leg.kind === "put" && !inTheMoneyAbove) total -= size;
  }
  return total;
}

function scaleOf(position: Position): Scale {
  const prices = position.legs.flatMap((leg) => [leg.price, leg.strike ?? 0]);
  return {
    pricePlaces: Math.max(...[...prices, position.fees_usd].map((value) => decimal(value).places)),
    sharePlaces: Math.max(...position.legs.map((leg) => decimal(shares(leg)).places)),
  };
}

/** The decimal that a number prints as: digits / 10 ** places. */
function decimal(value: number): { digits: bigint; places: number } {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

function scaled(value: number, places: number): bigint {
  const { digits, places: own } = decimal(value);
  return digits * 10n ** BigInt(places - own);
}

function unscaled(value: bigint, places: number): number {
  return Number(value) / 10 ** places;
}

function money(value: bigint, scale: Scale): number {
  return unscaled(value, scale.pricePlaces + scale.sharePlaces);
}
