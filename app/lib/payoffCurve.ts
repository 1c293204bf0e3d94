/** Profit and loss at the first of several expiries: a curve with kinks, measured numerically. */

import { ascending, pairs, range } from "d3-array";
import { deviation, type Lognormal, level, mean, probability, score } from "./lognormal";
import { density } from "./normal";
import { expiry, isOption, marketValue, type Position, shares, sigma } from "./payoffLegs";
import type { Interval, Shape } from "./payoffShape";

type Curve = (spot: number) => number;

interface Point {
  readonly spot: number;
  readonly value: number;
}

const WIDEST_SCORE = 12;
const PANEL = 1;
const PEAKS = 3;

/** Measure the profit and loss at the outlook's horizon; `paid` is what the position cost with its fees. */
export function curveShape(position: Position, outlook: Lognormal, paid: number): Shape {
  const curve: Curve = (spot) => marketValue(position, spot, outlook.years) - paid;
  const points = grid(position, outlook).map((spot) => ({ spot, value: curve(spot) }));
  const mirrored = points.map(({ spot, value }) => ({ spot, value: -value }));
  const zeros = zerosOf(curve, points);
  const slope = slopeAtInfinity(position, outlook.years);
  const profits = profitsOf(curve, zeros, points.at(-1)?.spot ?? 0);
  return {
    zeros,
    flats: [],
    profits,
    highest: slope > 0 ? null : highestOf(curve, points),
    lowest: slope < 0 ? null : -highestOf((spot) => -curve(spot), mirrored),
    probability_of_profit: profits.reduce(
      (total, [low, high]) => total + probability(outlook, low, high ?? Number.POSITIVE_INFINITY),
      0,
    ),
    expected_value_usd: expectation(curve, outlook, [...zeros, ...expiringStrikes(position, outlook.years)]),
  };
}

/** Spots at which nothing can hide between: strikes, and steps of a quarter deviation around each. */
function grid(position: Position, outlook: Lognormal): number[] {
  const points = [0, ...steps(-WIDEST_SCORE, WIDEST_SCORE, 192).map((x) => outlook.spot * Math.exp(x))];
  for (const leg of position.legs) {
    if (!isOption(leg) || !leg.strike) continue;
    const { strike } = leg;
    const width = sigma(position, leg) * Math.sqrt(Math.max(expiry(position, leg) - outlook.years, 0));
    points.push(strike, ...steps(-9, 9, 72).map((x) => strike * Math.exp(width * x)));
  }
  return [...new Set(points)].sort(ascending);
}

function steps(from: number, to: number, count: number): number[] {
  return range(count + 1).map((index) => from + ((to - from) * index) / count);
}

function zerosOf(curve: Curve, points: readonly Point[]): number[] {
  const exact = points.filter((point) => point.value === 0).map((point) => point.spot);
  const crossed = pairs(points).filter(([one, other]) => one.value * other.value < 0);
  return [...exact, ...crossed.map(([one, other]) => bisect(curve, one.spot, other.spot))].sort(ascending);
}

/** The zero between two spots of opposite sign, to the last bit. */
function bisect(curve: Curve, low: number, high: number): number {
  const rising = curve(high) > 0;
  let [below, above] = [low, high];
  for (;;) {
    const middle = 0.5 * (below + above);
    if (middle <= below || middle >= above) return middle;
    if (curve(middle) > 0 === rising) above = middle;
    else below = middle;
  }
}

function slopeAtInfinity(position: Position, years: number): number {
  const terms = position.legs.map((leg) => {
    if (leg.kind === "stock") return shares(leg);
    if (leg.kind !== "call") return 0;
    return shares(leg) * Math.exp(-position.dividend_yield * (expiry(position, leg) - years));
  });
  const total = terms.reduce((sum, term) => sum + term, 0);
  const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
  return Math.abs(total) <= 1e-12 * size ? 0 : total;
}

function profitsOf(curve: Curve, zeros: readonly number[], end: number): Interval[] {
  return pairs([0, ...zeros.filter((zero) => zero > 0), end])
    .filter(([low, high]) => curve(0.5 * (low + high)) > 0)
    .map(([low, high]) => [low, high === end ? null : high]);
}

/** Refine the highest peaks of the grid between their neighbours; it is too fine for another one to be the highest. */
function highestOf(curve: Curve, points: readonly Point[]): number {
  const peaks = points.flatMap(({ value }, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined || value < before.value || value < after.value) return [];
    return [{ value, from: before.spot, to: after.spot }];
  });
  peaks.sort((one, other) => other.value - one.value);
  const refined = peaks.slice(0, PEAKS).map(({ from, to }) => goldenMaximum(curve, from, to));
  return Math.max(...points.map((point) => point.value), ...refined);
}

/** The maximum of a curve with one peak between two spots, by golden section. */
function goldenMaximum(curve: Curve, low: number, high: number): number {
  const ratio = 0.5 * (Math.sqrt(5) - 1);
  let [from, to] = [low, high];
  let left = to - ratio * (to - from);
  let right = from + ratio * (to - from);
  let [atLeft, atRight] = [curve(left), curve(right)];
  while (to - from > 1e-9 * to) {
    if (atLeft > atRight) {
      [to, right, atRight] = [right, left, atLeft];
      left = to - ratio * (to - from);
      atLeft = curve(left);
    } else {
      [from, left, atLeft] = [left, right, atRight];
      right = from + ratio * (to - from);
      atRight = curve(right);
    }
  }
  return Math.max(atLeft, atRight);
}

function expiringStrikes(position: Position, years: number): number[] {
  return position.legs.flatMap((leg) => (leg.strike && expiry(position, leg) === years ? [leg.strike] : []));
}

/** Integrate over the normal number, panel by panel between zeros and kinks. */
function expectation(curve: Curve, outlook: Lognormal, cuts: readonly number[]): number {
  const width = deviation(outlook);
  if (width === 0) return curve(mean(outlook));
  const [from, to] = [-WIDEST_SCORE, WIDEST_SCORE + width];
  const scores = cuts.filter((cut) => cut > 0).map((cut) => score(outlook, cut));
  const edges = [to, ...range(from, to, PANEL), ...scores]
    .filter((edge) => edge >= from && edge <= to)
    .sort(ascending);
  let total = 0;
  for (const [low, high] of pairs(edges)) {
    const half = 0.5 * (high - low);
    for (const { node, weight } of LEGENDRE) {
      const at = low + half * (1 + node);
      total += half * weight * density(at) * curve(level(outlook, at));
    }
  }
  return total;
}

interface Node {
  readonly node: number;
  readonly weight: number;
}

/** Nodes and weights of Gauss-Legendre integration over [-1, 1]: zeros of the polynomial by Newton's method. */
function legendre(count: number): Node[] {
  return range(count).map((index) => {
    let node = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let round = 0; round < 8; round += 1) {
      let [before, now] = [1, node];
      for (let order = 2; order <= count; order += 1) {
        [before, now] = [now, ((2 * order - 1) * node * now - (order - 1) * before) / order];
      }
      slope = (count * (node * now - before)) / (node * node - 1);
      node -= now / slope;
    }
    return { node, weight: 2 / ((1 - node * node) * slope * slope) };
  });
}

const LEGENDRE = legendre(16);
