import { extent } from "d3-array";
import { linear } from "../lib/scale";
import { inkOf, toneOf } from "./Figures";

export interface Bar {
  readonly name: string;
  /** What is written at its end. */
  readonly text: string;
  /** Its sign gives the colour. */
  readonly amount: number;
  readonly from: number;
  readonly to: number;
  /** The line that the others lead to. */
  readonly strong?: boolean;
}

interface BarTableProps {
  /** What the rows are, and what their amounts are. */
  readonly heads: readonly [string, string];
  readonly bars: readonly Bar[];
}

const FILLS = { gain: "fill-gain", loss: "fill-loss", plain: "fill-rule-strong" } as const;
const HEIGHT = 14;

/** Bars on one scale, each with its name and amount: a chart that is also its own table. */
export function BarTable({ heads: [name, amount], bars }: BarTableProps) {
  const [low = 0, high = 0] = extent([0, ...bars.flatMap(({ from, to }) => [from, to])]);
  const x = linear([low, high > low ? high : low + 1], [0, 100]);
  return (
    <table className="grid-table">
      <thead className="sr-only">
        <tr>
          <th scope="col">{name}</th>
          <td />
          <th scope="col">{amount}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.name}>
            <th scope="row" className={bar.strong === true ? "" : "font-normal"}>
              {bar.name}
            </th>
            <td aria-hidden="true" className="w-full min-w-24">
              <svg width="100%" height={HEIGHT} className="block" aria-hidden="true">
                <line x1={`${x(0)}%`} x2={`${x(0)}%`} y1={0} y2={HEIGHT} className="stroke-rule-strong" />
                <rect
                  x={`${x(Math.min(bar.from, bar.to))}%`}
                  width={`${Math.max(x(Math.max(bar.from, bar.to)) - x(Math.min(bar.from, bar.to)), 0.3)}%`}
                  y={2}
                  height={HEIGHT - 4}
                  className={FILLS[toneOf(bar.amount)]}
                />
              </svg>
            </td>
            <td className={`number ${bar.strong === true ? "font-semibold" : ""} ${inkOf(bar.amount)}`}>
              {bar.text}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
