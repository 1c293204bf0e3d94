// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Trade } from "../lib/api/types.gen";
import { date } from "../lib/format";
import { TradesTable } from "./TradesTable";

const CLOSED: Trade = {
  id: 1,
  strategy: "spread",
  structure: "put_credit_spread",
  underlying: "SPX",
  quantity: 1,
  opened_at: "2019-05-02T19:45:00Z",
  closed_at: "2019-05-13T19:45:00Z",
  entry_tag: "entry",
  exit_reason: "expiration",
  entry_cash_usd: 45,
  fees_usd: 2.6,
  profit_usd: 30.4,
  spot_at_entry: 2917.5,
  days_to_expiration: 8,
  delta: 0.16,
  maximum_loss_usd: 455,
  margin_usd: 455,
  worst_usd: -9,
  best_usd: 40,
  left_open: [],
  proxy_settled: false,
  legs: [],
  payoff: { legs: [], spot: 2917.5, rate: 0, dividend_yield: 0, volatility: 0.2, years: 0.03, fees_usd: 2.6 },
};

test("a trade of which only a long leg is left is told from one that is open", () => {
  const open: Trade = { ...CLOSED, id: 2, closed_at: null, exit_reason: "open_at_end" };
  const stopped: Trade = {
    ...CLOSED,
    id: 3,
    closed_at: null,
    exit_reason: "stop_loss",
    left_open: ["SPXW  190510P02700000"],
  };
  render(
    <TradesTable trades={[CLOSED, open, stopped]} selected={undefined} onSelect={() => {}} narrow={false} />,
  );
  const rows = within(screen.getByRole("table")).getAllByRole("row").slice(1);
  const ends = rows.map((row) => {
    const cells = within(row).getAllByRole("cell");
    return [cells[2]?.textContent, cells.at(-1)?.textContent];
  });
  expect(ends).toEqual([
    [date("2019-05-13T19:45:00Z"), "Expiration"],
    ["open", "Open at end"],
    ["leg left", "Stop loss"],
  ]);
});
