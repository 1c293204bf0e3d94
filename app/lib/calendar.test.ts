import { expect, test } from "vitest";
import { strength, yearRows } from "./calendar";

const period = (year: number, month: number | null, total: number | null) => ({
  year,
  month,
  sessions: 20,
  total,
});

test("every month stands in its place, and those outside of the run are left open", () => {
  const months = [period(2019, 11, 0.01), period(2019, 12, null), period(2020, 1, -0.02)];
  const [first, second] = yearRows(months, [period(2019, null, 0.01), period(2020, null, -0.02)]);
  expect(first?.year).toBe(2019);
  expect(first?.months).toEqual([...Array(10).fill(undefined), 0.01, null]);
  expect(first?.total).toBe(0.01);
  expect(second?.months.slice(0, 2)).toEqual([-0.02, undefined]);
});

test("strength is a part of the largest", () => {
  expect([strength(-0.02, 0.04), strength(0.05, 0.04), strength(null, 0.04), strength(0.01, 0)]).toEqual([
    0.5, 1, 0, 0,
  ]);
});
