/** Amounts that add up, each beginning where the one before ended. */

const MICROS_PER_USD = 1_000_000;

export interface Step {
  readonly name: string;
  readonly amount: number;
  readonly from: number;
  readonly to: number;
}

/** Steps of the amounts that are not zero, in their order, exact to the micro-dollar. */
export function waterfall(amounts: readonly (readonly [string, number])[]): Step[] {
  let sum = 0;
  const steps: Step[] = [];
  for (const [name, amount] of amounts) {
    const micros = Math.round(amount * MICROS_PER_USD);
    if (micros === 0) continue;
    steps.push({ name, amount, from: sum / MICROS_PER_USD, to: (sum + micros) / MICROS_PER_USD });
    sum += micros;
  }
  return steps;
}
