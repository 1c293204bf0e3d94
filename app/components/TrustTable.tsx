import type { Touched, Trust } from "../lib/api/types.gen";
import { count, percent, profit, words } from "../lib/format";
import { inkOf } from "./Figures";

/** How much of the result rests on prices that nobody quoted, or that carry a flag. */
export function TrustTable({ trust }: { readonly trust: Trust }) {
  const rows = rowsOf(trust).filter(([, { trades }]) => trades > 0);
  const { curve } = trust;
  return (
    <>
      {rows.length === 0 ? (
        <p className="px-4 py-3">
          Every trade was opened, closed and marked on two-sided quotes without a flag.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section aria-label="Table of what trades rest on" tabIndex={0} className="overflow-x-auto px-2">
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">Trades that rest on</th>
                {["Trades", "Share", "Their P/L", "Share of all gains and losses"].map((head) => (
                  <th key={head} scope="col" className="number">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, touched]) => (
                <tr key={name}>
                  <th scope="row" className="font-normal">
                    {name}
                  </th>
                  <td className="number">{count(touched.trades)}</td>
                  <td className="number">{percent(touched.trades_fraction, 1)}</td>
                  <td className={`number ${inkOf(touched.profit_usd)}`}>{profit(touched.profit_usd)}</td>
                  <td className="number">{percent(touched.moved_fraction, 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p className="border-t border-rule px-4 py-2 text-muted">
        {count(curve.unquoted)} of {count(curve.marks)} valuations of the account rest in part on marks that
        are no two-sided quote: {percent(curve.unquoted_fraction, 1)} of its moves.
      </p>
    </>
  );
}

function rowsOf(trust: Trust): [string, Touched][] {
  const flagged = (where: string, byFlag: Readonly<Record<string, Touched>>) =>
    Object.entries(byFlag).map(([flag, touched]): [string, Touched] => [
      `${where}: ${words(flag).toLowerCase()}`,
      touched,
    ]);
  return [
    ["Any of these", trust.touched],
    ...flagged("Opened on a flagged quote", trust.entry_quotes),
    ...flagged("Closed on a flagged quote", trust.exit_quotes),
    ...flagged("Last mark", trust.last_marks),
    ["Fills without bid and ask", trust.one_sided_fills],
    ["Fills at a model's value", trust.model_fills],
    ["Settlement on a stand-in", trust.proxy_settlements],
    ["Quotes of a model", trust.model_quotes],
  ];
}
