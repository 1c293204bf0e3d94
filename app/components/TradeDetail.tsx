import type { Trade } from "../lib/api/types.gen";
import { count, decimal, percent, profit, signed, usd, words } from "../lib/format";
import { CausesTable } from "./CausesTable";
import { type Figure, Figures, inkOf, toneOf } from "./Figures";

/** What a trade went through: its excursions, its legs, and where its profit came from. */
export function TradeDetail({ trade }: { readonly trade: Trade }) {
  return (
    <>
      <Figures label={`Course of trade ${trade.id}`} figures={course(trade)} />
      <Legs trade={trade} />
      {trade.causes != null && (
        <div className="border-t border-rule px-2 py-2">
          <CausesTable causes={trade.causes} />
        </div>
      )}
    </>
  );
}

function course(trade: Trade): Figure[] {
  const { worst_usd, best_usd, profit_usd, maximum_loss_usd, margin_usd } = trade;
  return [
    { label: "P/L", value: profit(profit_usd), tone: toneOf(profit_usd), note: "after fees" },
    { label: "Worst (MAE)", value: profit(worst_usd), tone: toneOf(worst_usd), note: "before fees" },
    { label: "Best (MFE)", value: profit(best_usd), tone: toneOf(best_usd), note: "before fees" },
    {
      label: "P/L in R",
      value: maximum_loss_usd ? signed(profit_usd / maximum_loss_usd) : "–",
      note: maximum_loss_usd === null ? "risk without bound" : `R ${usd(maximum_loss_usd, 0)}`,
    },
    {
      label: "P/L on margin",
      value: margin_usd ? percent(profit_usd / margin_usd, 1) : "–",
      note: margin_usd === null ? "without bound" : usd(margin_usd, 0),
    },
    {
      label: "At the opening",
      value: trade.days_to_expiration === null ? "–" : `${count(trade.days_to_expiration)} DTE`,
      ...(trade.delta === null ? {} : { note: `delta ${decimal(trade.delta)}` }),
    },
  ];
}

function Legs({ trade }: { readonly trade: Trade }) {
  return (
    <section
      aria-label={`Legs of trade ${trade.id}, from opening to end`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto border-t border-rule px-2"
    >
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">Leg</th>
            {["Qty", "Entry", "Exit", "Fees", "P/L"].map((head) => (
              <th key={head} scope="col" className="number">
                {head}
              </th>
            ))}
            <th scope="col">End</th>
          </tr>
        </thead>
        <tbody>
          {trade.legs.map(({ symbol, quantity, entry_cash_usd, exit_cash_usd, fees_usd, exit_kind }) => {
            const made = entry_cash_usd + exit_cash_usd - fees_usd;
            return (
              <tr key={symbol}>
                <th scope="row" className="font-normal">
                  {symbol.replaceAll(/\s+/g, " ")}
                </th>
                <td className="number">{signed(quantity, 0)}</td>
                <td className="number">{profit(entry_cash_usd)}</td>
                <td className="number">{exit_kind === "open" ? "–" : profit(exit_cash_usd)}</td>
                <td className="number">{profit(-fees_usd)}</td>
                <td className={`number ${exit_kind === "open" ? "" : inkOf(made)}`}>
                  {exit_kind === "open" ? "–" : profit(made)}
                </td>
                <td className="text-muted">{words(exit_kind)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
