import type { Trade } from "../lib/api/types.gen";
import { count, date, decimal, profit, words } from "../lib/format";
import { inkOf } from "./Figures";

interface TradesTableProps {
  readonly trades: readonly Trade[];
  /** Number of the trade whose payoff is shown. */
  readonly selected: number | undefined;
  readonly onSelect: (id: number) => void;
  /** Leave out what a narrow place has no room for. */
  readonly narrow: boolean;
}

/** A phone shows what identifies a trade and what came of it; the rest stands with its payoff. */
const WIDE_ONLY = "max-sm:hidden";

/** Trades in the order of opening; a row opens the payoff of its trade. */
export function TradesTable({ trades, selected, onSelect, narrow }: TradesTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Table of trades" tabIndex={0} className="relative overflow-x-auto px-2">
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col" className="number">
              #
            </th>
            <th scope="col">Opened</th>
            <th scope="col" className={WIDE_ONLY}>
              Closed
            </th>
            {!narrow && (
              <th scope="col" className={WIDE_ONLY}>
                Structure
              </th>
            )}
            <th scope="col" className={`number ${WIDE_ONLY}`}>
              Qty
            </th>
            {!narrow && (
              <th scope="col" className={`number ${WIDE_ONLY}`}>
                Spot at entry
              </th>
            )}
            <th scope="col" className={`number ${WIDE_ONLY}`}>
              Entry cash
            </th>
            {!narrow && (
              <th scope="col" className={`number ${WIDE_ONLY}`}>
                Fees
              </th>
            )}
            <th scope="col" className="number">
              P/L
            </th>
            <th scope="col">Exit</th>
          </tr>
        </thead>
        <tbody>
          {trades.map((trade) => (
            <TradeRow
              key={trade.id}
              trade={trade}
              narrow={narrow}
              selected={trade.id === selected}
              onSelect={() => onSelect(trade.id)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface TradeRowProps {
  readonly trade: Trade;
  readonly narrow: boolean;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

function TradeRow({ trade, narrow, selected, onSelect }: TradeRowProps) {
  return (
    // The button in the first cell is the row's control; the row itself only makes it larger for a pointer.
    <tr
      onClick={onSelect}
      className={`cursor-pointer hover:bg-hover ${selected ? "bg-hover [box-shadow:inset_2px_0_0_var(--ink)]" : ""}`}
    >
      <td className="number">
        <button
          type="button"
          className="link px-1"
          aria-label={`Payoff of trade ${trade.id}`}
          aria-pressed={selected}
          onClick={(event) => {
            event.stopPropagation();
            onSelect();
          }}
        >
          {trade.id}
        </button>
      </td>
      <td>{date(trade.opened_at)}</td>
      <td className={WIDE_ONLY}>
        {trade.closed_at === null ? <StillHeld trade={trade} /> : date(trade.closed_at)}
      </td>
      {!narrow && (
        <td className={WIDE_ONLY}>
          {trade.underlying} {words(trade.structure).toLowerCase()}
        </td>
      )}
      <td className={`number ${WIDE_ONLY}`}>{count(trade.quantity)}</td>
      {!narrow && <td className={`number ${WIDE_ONLY}`}>{decimal(trade.spot_at_entry)}</td>}
      <td className={`number ${WIDE_ONLY}`}>{profit(trade.entry_cash_usd)}</td>
      {!narrow && <td className={`number ${WIDE_ONLY}`}>{profit(-trade.fees_usd)}</td>}
      <td className={`number font-medium ${inkOf(trade.profit_usd)}`}>{profit(trade.profit_usd)}</td>
      <td className="text-muted">
        {words(trade.exit_reason)}
        {trade.proxy_settled && (
          <abbr title="Settled on a stand-in for the official value" className="no-underline">
            *
          </abbr>
        )}
      </td>
    </tr>
  );
}

/** What stands for the closing date of a trade that is not over. */
function StillHeld({ trade }: { readonly trade: Trade }) {
  if (trade.exit_reason === "open_at_end") return "open";
  return (
    <abbr title="Closed but for long legs without a bid" className="no-underline">
      leg left
    </abbr>
  );
}
