import { expect, it } from "vitest";
import { linear, paddedExtent, spread } from "./scale";

it("leaves room around values, around a single one too", () => {
  expect(paddedExtent([10, 20], { room: 0.1 })).toEqual([9, 21]);
  expect(paddedExtent([5], { room: 0.1 })).toEqual([4, 6]);
  expect(paddedExtent([10, 20], { zero: true, room: 0 })).toEqual([0, 20]);
});

it("maps a domain to pixels and back", () => {
  const x = linear([90, 110], [0, 400]);
  expect(x(100)).toBe(200);
  expect(x.invert(200)).toBe(100);
});

it("moves overlapping labels apart, in order and inside", () => {
  const centres = spread(
    [
      { at: 10, width: 20 },
      { at: 15, width: 20 },
      { at: 99, width: 20 },
    ],
    [0, 100],
  );
  expect(centres).toEqual([10, 30, 90]);
  expect(spread([{ at: 50, width: 10 }], [0, 100])).toEqual([50]);
});
