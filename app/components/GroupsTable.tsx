import type { Group, Groups } from "../lib/api/types.gen";
import { count, decimal, percent, profit, words } from "../lib/format";
import { inkOf } from "./Figures";

interface GroupsTableProps {
  readonly groups: Groups;
  /** What the trades are grouped by. */
  readonly by: keyof Groups;
}

/** The same trades side by side, by what they have in common. */
export function GroupsTable({ groups, by }: GroupsTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Table of groups of trades" tabIndex={0} className="overflow-x-auto px-2">
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{words(by)}</th>
            {["Trades", "P/L", "Win rate", "Profit factor", "Average", "Days", "R", "On margin"].map(
              (head) => (
                <th key={head} scope="col" className="number">
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {groups[by].map((group) => (
            <GroupRow key={group.name} group={group} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function GroupRow({ group }: { readonly group: Group }) {
  return (
    <tr>
      <th scope="row" className="font-normal">
        {words(group.name)}
      </th>
      <td className="number">{count(group.count)}</td>
      <td className={`number font-medium ${inkOf(group.profit_usd)}`}>{profit(group.profit_usd)}</td>
      <td className="number">{percent(group.win_rate, 1)}</td>
      <td className="number">{decimal(group.profit_factor)}</td>
      <td className={`number ${inkOf(group.average_usd)}`}>{profit(group.average_usd)}</td>
      <td className="number">{decimal(group.average_days_in_trade, 1)}</td>
      <td className="number">{decimal(group.average_profit_r)}</td>
      <td className="number">{percent(group.average_return_on_margin, 1)}</td>
    </tr>
  );
}
