// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { analyse, type Position } from "../lib/payoff";
import { openPosition, usePosition } from "../state/position";
import { PayoffPanel } from "./PayoffPanel";

/** jsdom lays nothing out, so there is nothing to observe. */
beforeAll(() =>
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  ),
);
afterEach(cleanup);

/** jsdom has no colours to measure; the browser test has. */
const WITHOUT_PIXELS = { rules: { "color-contrast": { enabled: false } } };

const SPREAD: Position = {
  legs: [
    { kind: "put", quantity: 1, price: 1.25, strike: 95 },
    { kind: "put", quantity: -1, price: 3.1, strike: 100 },
  ],
  spot: 101,
  rate: 0.02,
  dividend_yield: 0,
  volatility: 0.2,
  years: 30 / 365,
  fees_usd: 0,
};

function Shown({ modelPrices = false, asTable = false }) {
  const [state, apply] = usePosition(
    () => openPosition(SPREAD),
    () => undefined,
  );
  return (
    <PayoffPanel
      title="Spread"
      state={state}
      apply={apply}
      modelPrices={modelPrices}
      from="2018-03-01T20:45:00Z"
      editable={false}
      asTable={asTable}
      onAsTable={() => undefined}
    />
  );
}

const numbers = (container: HTMLElement) =>
  [...container.querySelectorAll("output data")].map((part) => Number(part.getAttribute("value")));

it("reads the market's spot, and the next break-even under b", async () => {
  const { container } = render(<Shown />);
  expect(numbers(container)[0]).toBe(101);
  screen.getByRole("slider", { name: /Cross-hair/ }).focus();
  await userEvent.keyboard("b");
  expect(numbers(container)[0]).toBe(analyse(SPREAD).breakevens[0]);
  expect(numbers(container)[1]).toBeCloseTo(0, 9);
  expect(screen.getByRole("slider", { name: /Cross-hair/ }).getAttribute("aria-valuetext")).toContain(
    "at expiry $0.00",
  );
  await userEvent.keyboard("{Escape}");
  expect(numbers(container)[0]).toBe(101);
});

it("moves from end to end by keyboard, a step or ten at a time", async () => {
  const { container } = render(<Shown />);
  screen.getByRole("slider", { name: /Cross-hair/ }).focus();
  const at = async (keys: string) => {
    await userEvent.keyboard(keys);
    return numbers(container)[0] ?? Number.NaN;
  };
  const low = await at("{Home}");
  const next = await at("{ArrowRight}");
  const far = await at("{Shift>}{ArrowRight}{/Shift}");
  const high = await at("{End}");
  expect(low).toBeLessThan(next);
  expect(far - next).toBeGreaterThan(next - low);
  expect(high).toBeGreaterThan(far);
  expect(await at("{ArrowRight}")).toBe(high);
});

it("leaves a leg out of the figures when it is switched off", async () => {
  render(<Shown />);
  expect(screen.getByLabelText("Payoff at the first expiry").textContent).toContain("Net credit$185.00");
  await userEvent.click(screen.getByRole("checkbox", { name: "Leg 1 is taken in" }));
  expect(screen.getByLabelText("Payoff at the first expiry").textContent).toContain("Net credit$310.00");
});

it("says when prices come from a model", () => {
  render(<Shown modelPrices />);
  expect(screen.getByText("model prices")).toBeDefined();
});

it("has no violation of axe's rules, as a chart and as a table", async () => {
  const { container, rerender } = render(<Shown />);
  expect((await axe.run(container, WITHOUT_PIXELS)).violations).toEqual([]);
  rerender(<Shown asTable />);
  expect((await axe.run(container, WITHOUT_PIXELS)).violations).toEqual([]);
  expect(screen.getByRole("region", { name: "Payoff as a table" })).toBeDefined();
});
