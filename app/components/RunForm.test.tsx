// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, expect, it, vi } from "vitest";
import type { FieldProblem, RunConfig } from "../lib/api/types.gen";
import { RunForm } from "./RunForm";

afterEach(cleanup);

/** jsdom has no colours to measure; the browser test has. */
const WITHOUT_PIXELS = { rules: { "color-contrast": { enabled: false } } };

const CONDOR: RunConfig = {
  name: "condor",
  start: "2018-01-02",
  end: "2018-12-31",
  data: { underlyings: ["SPX"] },
  account: { initial_cash_usd: 250_000 },
  strategies: [
    {
      name: "weekly",
      kind: "declarative",
      structure: "bull_put_spread",
      underlying: "SPX",
      expirations: { monthly: { target_dte: 30, min_dte: 20, max_dte: 45 } },
      legs: [
        {
          name: "long_put",
          side: "buy",
          right: "put",
          expiration: "monthly",
          delta: { target: 0.05, minimum: 0, maximum: 0.1 },
        },
        {
          name: "short_put",
          side: "sell",
          right: "put",
          expiration: "monthly",
          delta: { target: 0.16, minimum: 0.1, maximum: 0.2 },
        },
      ],
      exit: { profit_target_percent: 50, stop_loss_percent: null },
    },
  ],
};

function show(problems: readonly FieldProblem[] = []) {
  const onSubmit = vi.fn<(configuration: RunConfig) => void>();
  const { container } = render(
    <RunForm configuration={CONDOR} pending={false} problems={problems} onSubmit={onSubmit} />,
  );
  return { onSubmit, container, user: userEvent.setup() };
}

it("sends the configuration with what was changed, and everything else as it was", async () => {
  const { onSubmit, user } = show();
  await user.clear(screen.getByLabelText("Short put: target delta"));
  await user.type(screen.getByLabelText("Short put: target delta"), "0.12");
  await user.clear(screen.getByLabelText(/Profit target/));
  await user.click(screen.getByRole("button", { name: "Start run" }));
  const expected = structuredClone(CONDOR);
  const [strategy] = expected.strategies;
  if (strategy === undefined || !("legs" in strategy)) throw new Error("no such strategy");
  const leg = strategy.legs[1];
  if (leg === undefined || !("right" in leg) || !leg.delta) throw new Error("no such leg");
  leg.delta.target = 0.12;
  strategy.exit = { profit_target_percent: null, stop_loss_percent: null };
  expect(onSubmit).toHaveBeenCalledExactlyOnceWith(expected);
});

it("says at the field what is wrong, and sends nothing", async () => {
  const { onSubmit, user } = show();
  await user.clear(screen.getByLabelText("Name"));
  await user.clear(screen.getByLabelText(/Initial cash/));
  await user.click(screen.getByRole("button", { name: "Start run" }));
  expect(screen.getByLabelText("Name").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("Give it a name")).toBeDefined();
  expect(screen.getByText("Give a number")).toBeDefined();
  expect(onSubmit).not.toHaveBeenCalled();
});

it("shows the service's problems at their fields", () => {
  show([{ field: "strategies[0].legs[1].delta.target", problem: "outside of [0.1, 0.2]" }]);
  expect(screen.getByText("outside of [0.1, 0.2]")).toBeDefined();
  expect(screen.getByLabelText("Short put: target delta").getAttribute("aria-invalid")).toBe("true");
});

it("shows a problem of a whole part at the first field of the part", () => {
  show([{ field: "strategies[0].legs[1].delta", problem: "target outside of its bounds" }]);
  expect(screen.getByLabelText("Short put: target delta").getAttribute("aria-invalid")).toBe("true");
});

it("leaves out fields that the configuration does not have", () => {
  show();
  expect(screen.queryByLabelText("Seed")).toBeNull();
  expect(screen.queryByLabelText(/Fee per contract/)).toBeNull();
});

it("has no violation of axe's rules", async () => {
  const { container } = show([{ field: "name", problem: "taken" }]);
  expect((await axe.run(container, WITHOUT_PIXELS)).violations).toEqual([]);
});
