import type { Summary } from "../lib/api/types.gen";
import { count, date, decimal, percent, profit, signedPercent, usd } from "../lib/format";
import { type Figure, toneOf } from "./Figures";

/** What a run came to, in the order in which people ask. */
export function keyFigures({ capital, returns, drawdown, trades, costs }: Summary): Figure[] {
  return [
    { label: "P/L", value: profit(capital.profit_usd), tone: toneOf(capital.profit_usd) },
    { label: "Total return", value: signedPercent(returns.total), tone: toneOf(returns.total) },
    { label: "CAGR", value: signedPercent(returns.cagr), tone: toneOf(returns.cagr) },
    {
      label: "Max drawdown",
      value: percent(drawdown.max),
      tone: toneOf(drawdown.max),
      ...(drawdown.trough === null ? {} : { note: date(drawdown.trough) }),
    },
    { label: "Sharpe", value: decimal(returns.sharpe) },
    { label: "Sortino", value: decimal(returns.sortino) },
    { label: "Volatility", value: percent(returns.volatility) },
    { label: "Trades", value: count(trades.count), note: `${trades.open_at_end} open at the end` },
    {
      label: "Win rate",
      value: percent(trades.win_rate, 1),
      note: `${trades.winners} won, ${trades.losers} lost`,
    },
    { label: "Profit factor", value: decimal(trades.profit_factor) },
    { label: "Average win", value: profit(trades.average_win_usd), tone: toneOf(trades.average_win_usd) },
    { label: "Average loss", value: profit(trades.average_loss_usd), tone: toneOf(trades.average_loss_usd) },
    { label: "Premium collected", value: usd(trades.premium_collected_usd) },
    { label: "Fees", value: usd(costs.fees_usd) },
    { label: "Cost of the spread", value: usd(costs.spread_usd) },
    {
      label: "Highest margin",
      value: capital.max_margin_usd === null ? "Unlimited" : usd(capital.max_margin_usd),
    },
  ];
}

/** Best and worst of the calendar, and the returns up to the last day. */
export function periodFigures({
  best_month,
  worst_month,
  win_rate_monthly,
  trailing,
}: Summary["periods"]): Figure[] {
  const returns = [
    ["Best month", best_month],
    ["Worst month", worst_month],
    ["Month to date", trailing.month_to_date],
    ["Year to date", trailing.year_to_date],
    ["3 months", trailing.three_months],
    ["6 months", trailing.six_months],
    ["1 year", trailing.one_year],
    ["3 years", trailing.three_years],
    ["5 years", trailing.five_years],
  ] as const;
  return [
    { label: "Months with a gain", value: percent(win_rate_monthly, 1) },
    ...returns.flatMap(([label, value]) =>
      value === null ? [] : [{ label, value: signedPercent(value), tone: toneOf(value) }],
    ),
  ];
}
