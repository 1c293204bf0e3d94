import type { Summary } from "../lib/api/types.gen";
import { count, date, decimal, percent } from "../lib/format";
import { Figures } from "./Figures";
import { Empty } from "./Notice";

const SHOWN = 5;

/** The deepest falls from a peak, and how they were on average. */
export function FallsTable({ drawdown }: { readonly drawdown: Summary["drawdown"] }) {
  if (drawdown.deepest.length === 0) return <Empty title="No drawdown">The curve never fell.</Empty>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Table of drawdowns" tabIndex={0} className="overflow-x-auto px-2">
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col" className="number">
                Depth
              </th>
              <th scope="col">Peak</th>
              <th scope="col">Trough</th>
              <th scope="col">Recovered</th>
              <th scope="col" className="number">
                Days
              </th>
            </tr>
          </thead>
          <tbody>
            {drawdown.deepest.slice(0, SHOWN).map((fall) => (
              <tr key={fall.start}>
                <td className="number text-loss-ink">{percent(fall.depth)}</td>
                <td>{date(fall.start)}</td>
                <td>{date(fall.trough)}</td>
                <td>{fall.recovered === null ? "not yet" : date(fall.recovered)}</td>
                <td className="number">{count(fall.days)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="border-t border-rule">
        <Figures
          label="All drawdowns"
          figures={[
            { label: "Number", value: count(drawdown.count) },
            { label: "Average depth", value: percent(drawdown.average) },
            { label: "Longest, days", value: count(drawdown.longest_days) },
            { label: "Recovery factor", value: decimal(drawdown.recovery_factor) },
          ]}
        />
      </div>
    </>
  );
}
