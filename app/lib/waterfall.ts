/** Amounts that add up, each beginning where the one before ended. */

const MICROS_PER_USD = 1_000_000;
const HALF_CENT = 5_000;

export interface Step {
  readonly name: string;
  readonly amount: number;
  readonly from: number;
  readonly to: number;
}

/** Steps of the amounts that make a cent, in their order, exact to the micro-dollar; and what all amounts add up to. */
export function waterfall(amounts: readonly (readonly [string, number])[]): {
  readonly steps: readonly Step[];
  readonly total: number;
} {
  let sum = 0;
  const steps: Step[] = [];
  for (const [name, amount] of amounts) {
    const micros = Math.round(amount * MICROS_PER_USD);
    if (Math.abs(micros) >= HALF_CENT)
      steps.push({ name, amount, from: sum / MICROS_PER_USD, to: (sum + micros) / MICROS_PER_USD });
    sum += micros;
  }
  return { steps, total: sum / MICROS_PER_USD };
}
