import { max } from "d3-array";
import type { Summary } from "../lib/api/types.gen";
import { strength, yearRows } from "../lib/calendar";
import { percent, signedPercent } from "../lib/format";
import { Figures } from "./Figures";
import { periodFigures } from "./runFigures";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DEEPEST_TINT = 0.42;

/** Returns by month and year: the stronger the tint, the larger the return. */
export function MonthlyTable({ periods }: { readonly periods: Summary["periods"] }) {
  const largest = max(periods.months, ({ total }) => Math.abs(total ?? 0)) ?? 0;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Table of returns by month" tabIndex={0} className="overflow-x-auto px-2 py-2">
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">Year</th>
              {MONTHS.map((month) => (
                <th key={month} scope="col" className="number">
                  {month}
                </th>
              ))}
              <th scope="col" className="number">
                Year
              </th>
            </tr>
          </thead>
          <tbody>
            {yearRows(periods.months, periods.years).map(({ year, months, total }) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                {months.map((month, index) => (
                  <td key={MONTHS[index]} className="number" style={{ background: tint(month, largest) }}>
                    {month === undefined ? "" : signedPercent(month, 1)}
                  </td>
                ))}
                <td className="number font-semibold">{signedPercent(total, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="border-t border-rule">
        <Figures label="Returns by calendar" figures={periodFigures(periods)} />
      </div>
    </>
  );
}

function tint(value: number | null | undefined, largest: number): string | undefined {
  const share = strength(value, largest);
  if (share === 0) return undefined;
  return `color-mix(in srgb, var(--${(value ?? 0) > 0 ? "gain" : "loss"}) ${percent(DEEPEST_TINT * share, 1)}, transparent)`;
}
