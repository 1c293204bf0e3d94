import { expect, it } from "vitest";
import { decimate } from "./decimate";

const wave = Array.from({ length: 10_000 }, (_, index) => ({ at: index, value: Math.sin(index / 300) }));

it("leaves few points as they are", () => {
  expect(decimate(wave, 10_000, (point) => point.value)).toBe(wave);
});

it("keeps order, both ends and a single deep point", () => {
  const points = wave.map((point) => (point.at === 6_789 ? { ...point, value: -50 } : point));
  const kept = decimate(points, 400, (point) => point.value);
  expect(kept.length).toBeLessThanOrEqual(400);
  expect(kept[0]?.at).toBe(0);
  expect(kept.at(-1)?.at).toBe(9_999);
  expect(Math.min(...kept.map((point) => point.value))).toBe(-50);
  expect(kept.map((point) => point.at)).toEqual([...kept.map((point) => point.at)].sort((a, b) => a - b));
});
