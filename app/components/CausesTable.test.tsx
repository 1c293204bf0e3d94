// @vitest-environment jsdom
import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Causes } from "../lib/api/types.gen";
import { CausesTable } from "./CausesTable";

const NONE: Causes = {
  theta_usd: 0,
  delta_usd: 0,
  gamma_usd: 0,
  spot_higher_order_usd: 0,
  rho_usd: 0,
  vega_usd: 0,
  vanna_usd: 0,
  volga_usd: 0,
  volatility_higher_order_usd: 0,
  spread_cost_usd: 0,
  fees_usd: 0,
  dividends_usd: 0,
  financing_usd: 0,
  assignment_usd: 0,
  unexplained_usd: 0,
};

test("causes that moved something stand over the profit that they add up to", () => {
  render(
    <CausesTable
      causes={{ ...NONE, theta_usd: 120.5, spread_cost_usd: -20.25, unexplained_usd: 0.000001 }}
    />,
  );
  const rows = within(screen.getByRole("table")).getAllByRole("row").slice(1);
  expect(rows.map((row) => row.textContent)).toEqual(["Theta+$120.50", "Spread cost−$20.25", "P/L+$100.25"]);
});
