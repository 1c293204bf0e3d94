import { expect, test } from "vitest";
import { waterfall } from "./waterfall";

test("each step begins where the one before ended, and the last one ends at the sum", () => {
  const { steps, total } = waterfall([
    ["theta", 0.1],
    ["rho", 0],
    ["delta", 0.2],
    ["fees", -0.7],
  ]);
  expect(steps.map(({ name, from, to }) => [name, from, to])).toEqual([
    ["theta", 0, 0.1],
    ["delta", 0.1, 0.3],
    ["fees", 0.3, -0.4],
  ]);
  expect(total).toBe(-0.4);
});

test("what makes no cent has no step, but counts", () => {
  const { steps, total } = waterfall([
    ["theta", 0.1],
    ["unexplained", -0.000002],
  ]);
  expect(steps.map(({ name }) => name)).toEqual(["theta"]);
  expect(total).toBe(0.099998);
  expect(waterfall([])).toEqual({ steps: [], total: 0 });
});
