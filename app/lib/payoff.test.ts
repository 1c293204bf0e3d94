import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  analyse,
  curves,
  greeks,
  type Position,
  spotsToDraw,
  valueAt,
  visibleRange,
  withVolatilityShift,
} from "./payoff";
import document from "./payoff.cases.json";

const NAMED = process.env["IRONFLY_REFERENCE_DATA"];
const REFERENCE = NAMED ?? resolve(import.meta.dirname, "../../../shared");
const ORACLE = resolve(REFERENCE, "oracle/payoff_cases.json");

type Nested = number | boolean | null | readonly Nested[] | { readonly [name: string]: Nested };

/** Compare numbers to a tolerance through lists and objects; everything else exactly. */
function expectClose(found: unknown, expected: Nested, tolerance: number, label: string): void {
  if (typeof expected === "number") {
    expect(typeof found, label).toBe("number");
    expect(Math.abs((found as number) - expected), `${label}: ${found} for ${expected}`).toBeLessThanOrEqual(
      tolerance,
    );
  } else if (Array.isArray(expected)) {
    expect((found as readonly unknown[]).length, label).toBe(expected.length);
    for (const [index, part] of expected.entries()) {
      expectClose((found as readonly unknown[])[index], part, tolerance, `${label}[${index}]`);
    }
  } else if (typeof expected === "object" && expected !== null) {
    for (const [name, part] of Object.entries(expected)) {
      expectClose((found as Record<string, unknown>)[name], part, tolerance, `${label}.${name}`);
    }
  } else {
    expect(found, label).toBe(expected);
  }
}

/** What one USD in a million of the position is: the largest amount that stands behind its figures. */
function size(position: Position): number {
  return position.legs.reduce(
    (total, leg) =>
      total + Math.abs(leg.quantity * (leg.multiplier ?? (leg.strike == null ? 1 : 100)) * position.spot),
    1,
  );
}

describe.each(document.cases as unknown as EngineCase[])("as the engine: $name", ({ position, expected }) => {
  it("profit and loss at every spot and time", () => {
    for (const [spot, years, value] of expected.values) {
      expectClose(
        valueAt(position, spot, years),
        value,
        1e-9 * Math.max(1, Math.abs(value)),
        `${spot} ${years}`,
      );
    }
  });

  it("break-evens, extremes, intervals, probabilities", () => {
    const { values: _values, greeks: _greeks, ...measures } = expected;
    const found = analyse(position);
    for (const [name, value] of Object.entries(measures)) {
      const tolerance = name.endsWith("_usd") ? 1e-9 * Math.max(1, 0.01 * size(position)) : 1e-9;
      expectClose(found[name as keyof typeof found], value as Nested, tolerance, name);
    }
  });

  it("sensitivities", () => {
    expectClose(greeks(position, 0), expected.greeks, 1e-9 * Math.max(1, 0.01 * size(position)), "greeks");
  });
});

interface EngineCase {
  readonly name: string;
  readonly position: Position;
  readonly expected: {
    readonly values: readonly (readonly [number, number, number])[];
    readonly greeks: { readonly [name: string]: number };
    readonly [measure: string]: unknown;
  };
}

interface OracleCase {
  readonly id: string;
  readonly spot: number;
  readonly sigma: number;
  readonly T: number;
  readonly r: number;
  readonly q: number;
  readonly fees: number;
  readonly legs: readonly {
    type: Position["legs"][number]["kind"];
    qty: number;
    price: number;
    strike?: number;
    multiplier?: number;
  }[];
  readonly expected: {
    readonly payoff_at: readonly (readonly [number, number])[];
    readonly [measure: string]: Nested;
  };
}

describe.skipIf(NAMED === undefined && !existsSync(ORACLE))(
  "as the independent oracle (reference data; IRONFLY_REFERENCE_DATA names its folder)",
  () => {
    const oracle = () => (JSON.parse(readFileSync(ORACLE, "utf8")) as { cases: OracleCase[] }).cases;
    const measures = {
      net_debit: ["net_debit_usd", 1e-6],
      breakevens: ["breakevens", 1e-9],
      flat_zero_intervals: ["flat_zero_intervals", 1e-9],
      max_profit: ["max_profit_usd", 1e-6],
      max_loss: ["max_loss_usd", 1e-6],
      profit_intervals: ["profit_intervals", 1e-9],
      probability_of_profit: ["probability_of_profit", 1e-9],
      expected_value: ["expected_value_usd", 1e-6],
    } as const;

    it("every measure of every case, and the payoff itself", () => {
      expect(oracle().length).toBeGreaterThanOrEqual(45);
      for (const one of oracle()) {
        const position: Position = {
          legs: one.legs.map(({ type, qty, ...leg }) => ({ kind: type, quantity: qty, ...leg })),
          spot: one.spot,
          rate: one.r,
          dividend_yield: one.q,
          volatility: one.sigma,
          years: one.T,
          fees_usd: one.fees,
        };
        const found = analyse(position);
        for (const [theirs, [ours, tolerance]] of Object.entries(measures)) {
          expectClose(found[ours], one.expected[theirs] as Nested, tolerance, `${one.id} ${theirs}`);
        }
        for (const [spot, value] of one.expected.payoff_at) {
          expectClose(valueAt(position, spot, one.T), value, 1e-6, `${one.id} payoff at ${spot}`);
        }
      }
    });
  },
);

const CALL: Position = {
  legs: [{ kind: "call", quantity: 1, price: 3.5, strike: 100 }],
  spot: 100,
  rate: 0,
  dividend_yield: 0,
  volatility: 0.25,
  years: 0.1,
  fees_usd: 1,
};

describe("what is drawn", () => {
  it("holds strikes, break-evens and spot exactly, inside of the range only", () => {
    const spots = spotsToDraw({ ...CALL, spot: 99.987 }, [103.51, 1e6], [90.03, 111.11]);
    expect(spots).toContain(100);
    expect(spots).toContain(103.51);
    expect(spots).toContain(99.987);
    expect(Math.max(...spots)).toBe(111.11);
    expect(spots).toEqual([...new Set(spots)].sort((one, other) => one - other));
  });

  it("shows all strikes and break-evens, and never a negative spot", () => {
    const [low, high] = visibleRange({ ...CALL, volatility: 4 }, [103.51]);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeGreaterThan(103.51);
  });

  it("values both curves after premium and fees", () => {
    const found = curves(CALL, [0, 120], 0.1);
    expect(found.expiry_usd).toEqual([-351, 1649]);
    expect(found.elapsed_usd).toEqual([-351, 1649]);
  });
});

describe("a moved volatility", () => {
  it("moves the position's and every leg's own, and stops at zero", () => {
    const both: Position = {
      ...CALL,
      legs: [...CALL.legs, { kind: "put", quantity: 1, price: 1, strike: 95, volatility: 0.1 }],
    };
    const moved = withVolatilityShift(both, -0.15);
    expect(moved.volatility).toBeCloseTo(0.1, 15);
    expect(moved.legs[0]?.volatility).toBeUndefined();
    expect(moved.legs[1]?.volatility).toBe(0);
  });

  it("is worth what it was without a move", () => {
    expect(withVolatilityShift(CALL, 0)).toBe(CALL);
  });
});
