/**
 * The standard normal distribution to about 14 digits, in both tails.
 *
 * Everything comes from Mills' ratio Y(x) = (1 - N(x)) / n(x): a far tail keeps its relative accuracy, because its
 * smallness stands in the density alone.
 */

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
const ROOT_HALF_PI = 1.2533141373155003;
const SERIES_UP_TO = 2;

/** Density at x. */
export function density(x: number): number {
  return INVERSE_ROOT_TWO_PI * Math.exp(-0.5 * x * x);
}

/** Mills' ratio for x >= 0: the odd series near zero, Laplace's continued fraction beyond. */
export function mills(x: number): number {
  return x < SERIES_UP_TO ? millsBySeries(x) : millsByFraction(x);
}

/** Probability of less than x. */
export function cumulative(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 1;
  if (x === Number.NEGATIVE_INFINITY) return 0;
  return x > 0 ? 1 - density(x) * mills(x) : density(x) * mills(-x);
}

/** Logarithm of the probability of less than x, finite where the probability itself is too small for a number. */
export function logCumulative(x: number): number {
  if (x > 0) return Math.log1p(-density(x) * mills(x));
  return Math.log(INVERSE_ROOT_TWO_PI * mills(-x)) - 0.5 * x * x;
}

/** Probability of lying between two numbers, without cancellation in the upper tail. */
export function between(low: number, high: number): number {
  return low > 0
    ? Math.max(0, cumulative(-low) - cumulative(-high))
    : Math.max(0, cumulative(high) - cumulative(low));
}

function millsBySeries(x: number): number {
  const square = x * x;
  let term = x;
  let sum = x;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= square / odd;
    sum += term;
  }
  return ROOT_HALF_PI * Math.exp(0.5 * square) - sum;
}

function millsByFraction(x: number): number {
  const terms = 4 + Math.ceil(140 / x);
  // What is cut off is close to the fixed point of tail = x + terms / tail.
  let tail = 0.5 * (x + Math.sqrt(x * x + 4 * (terms + 1)));
  for (let term = terms; term > 0; term -= 1) tail = x + term / tail;
  return 1 / tail;
}
