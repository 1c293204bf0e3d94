import type { Benchmark, Regime } from "../lib/api/types.gen";
import { count, decimal, percent, signedPercent, words } from "../lib/format";
import { Figures, inkOf, toneOf } from "./Figures";

interface BenchmarkPanelProps {
  readonly benchmark: Benchmark;
  readonly regimes: readonly Regime[];
}

/** The curve beside a benchmark, and in the markets that the benchmark tells apart. */
export function BenchmarkPanel({ benchmark, regimes }: BenchmarkPanelProps) {
  return (
    <>
      <Figures
        label={`Beside ${benchmark.name}`}
        figures={[
          {
            label: `${benchmark.name} return`,
            value: signedPercent(benchmark.total_return),
            tone: toneOf(benchmark.total_return),
          },
          { label: "Alpha, per year", value: signedPercent(benchmark.alpha), tone: toneOf(benchmark.alpha) },
          { label: "Beta", value: decimal(benchmark.beta) },
          { label: "Correlation", value: decimal(benchmark.correlation) },
          { label: "Tracking error", value: percent(benchmark.tracking_error) },
          { label: "Information ratio", value: decimal(benchmark.information_ratio) },
          { label: "Up capture", value: decimal(benchmark.up_capture) },
          { label: "Down capture", value: decimal(benchmark.down_capture) },
        ]}
      />
      {regimes.length > 0 && <RegimeTable regimes={regimes} />}
    </>
  );
}

function RegimeTable({ regimes }: { readonly regimes: readonly Regime[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Table of markets" tabIndex={0} className="overflow-x-auto border-t border-rule px-2">
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">Market on the evening before</th>
            <th scope="col" className="number">
              Days
            </th>
            <th scope="col" className="number">
              Return
            </th>
            <th scope="col" className="number">
              Sharpe
            </th>
            <th scope="col" className="number">
              Worst day
            </th>
          </tr>
        </thead>
        <tbody>
          {regimes.map(({ kind, name, days, total, sharpe, worst_day }) => (
            <tr key={kind + name}>
              <th scope="row" className="font-normal">
                {words(kind)}: {name}
              </th>
              <td className="number">{count(days)}</td>
              <td className={`number ${inkOf(total)}`}>{signedPercent(total)}</td>
              <td className="number">{decimal(sharpe)}</td>
              <td className="number">{percent(worst_day)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
