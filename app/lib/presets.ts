/** Well-known positions around the spot, filled in at model prices. */

import { tickStep } from "d3-array";
import { price } from "./blackScholes";
import type { PayoffLeg, Position } from "./payoffLegs";

interface PresetLeg {
  readonly right: "call" | "put";
  readonly quantity: number;
  /** Strikes away from the one at the money. */
  readonly steps: number;
  /** Times the years of the position; default 1. */
  readonly years?: number;
}

const PRESETS: Readonly<Record<string, readonly PresetLeg[]>> = {
  "Iron condor": [
    { right: "put", quantity: 1, steps: -3 },
    { right: "put", quantity: -1, steps: -2 },
    { right: "call", quantity: -1, steps: 2 },
    { right: "call", quantity: 1, steps: 3 },
  ],
  "Bull put spread": [
    { right: "put", quantity: 1, steps: -2 },
    { right: "put", quantity: -1, steps: -1 },
  ],
  "Bull call spread": [
    { right: "call", quantity: 1, steps: 0 },
    { right: "call", quantity: -1, steps: 2 },
  ],
  Straddle: [
    { right: "call", quantity: 1, steps: 0 },
    { right: "put", quantity: 1, steps: 0 },
  ],
  "Call butterfly": [
    { right: "call", quantity: 1, steps: -2 },
    { right: "call", quantity: -2, steps: 0 },
    { right: "call", quantity: 1, steps: 2 },
  ],
  "Call calendar": [
    { right: "call", quantity: -1, steps: 0 },
    { right: "call", quantity: 1, steps: 0, years: 2 },
  ],
  "Long call": [{ right: "call", quantity: 1, steps: 0 }],
};

export const PRESET_NAMES: readonly string[] = Object.keys(PRESETS);

/** The legs of a preset in a market; none for a name that is not known. */
export function presetLegs(name: string, market: Omit<Position, "legs">): PayoffLeg[] {
  const step = tickStep(0, 0.2 * market.spot, 8);
  const atTheMoney = Math.round(market.spot / step) * step;
  return (PRESETS[name] ?? []).map(({ right, quantity, steps, years = 1 }) => {
    const strike = Number((atTheMoney + steps * step).toFixed(6));
    const value = price({ ...market, right, strike, years: years * market.years });
    const leg = { kind: right, quantity, strike, price: Number(value.toFixed(2)) };
    return years === 1 ? leg : { ...leg, years: years * market.years };
  });
}
