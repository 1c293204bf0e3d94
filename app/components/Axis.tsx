import type { Linear } from "../lib/scale";

interface ValueAxisProps {
  readonly scale: Linear;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  /** Left end of the labels' column and of the grid, and the grid's right end, in pixels. */
  readonly left: number;
  readonly right: number;
}

/** Horizontal grid lines with their values on the left; the line of zero stands out. */
export function ValueAxis({ scale, ticks, format, left, right }: ValueAxisProps) {
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(0,${scale(tick)})`}>
          <line x1={left} x2={right} className={tick === 0 ? "stroke-rule-strong" : "stroke-rule"} />
          <text x={left - 8} dy="0.32em" textAnchor="end" className="fill-muted text-xs">
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface PlaceAxisProps {
  readonly places: readonly { readonly at: number; readonly label: string }[];
  readonly y: number;
}

/** Labels under a plot, at pixels. */
export function PlaceAxis({ places, y }: PlaceAxisProps) {
  return (
    <g>
      {places.map(({ at, label }) => (
        <text key={label} x={at} y={y} textAnchor="middle" className="fill-muted text-xs">
          {label}
        </text>
      ))}
    </g>
  );
}
