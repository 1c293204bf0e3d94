import { range } from "d3-array";
import { area, line } from "d3-shape";
import { useMemo } from "react";
import type { EquityPoint } from "../lib/api/types.gen";
import { decimate } from "../lib/decimate";
import { compactUsd, date, dateTime, percent, profit, signedPercent, usd } from "../lib/format";
import { nearest } from "../lib/nearest";
import { type Linear, linear, type Margins, paddedExtent, type Time, tickCount, time } from "../lib/scale";
import { PlaceAxis, ValueAxis } from "./Axis";
import { CrosshairArea } from "./CrosshairArea";
import { inkOf } from "./Figures";
import { useWidth } from "./useWidth";

interface EquityChartProps {
  /** At least one, in the order of time. */
  readonly points: readonly EquityPoint[];
  /** Capital at the start in USD: the line that profit is measured from. */
  readonly start: number;
  /** Point under the cross-hair, by index; null: none, and the last one is read out. */
  readonly cursor: number | null;
  readonly onCursorChange: (index: number | null) => void;
  /** Instants between which a trade was open, to be marked. */
  readonly held?: readonly [string, string] | undefined;
}

const MARGINS: Margins = { top: 12, right: 24, bottom: 26, left: 62 };
const EQUITY_HEIGHT = 200;
const DRAWDOWN_HEIGHT = 84;
const GAP = 16;
const HEIGHT = MARGINS.top + EQUITY_HEIGHT + GAP + DRAWDOWN_HEIGHT + MARGINS.bottom;
const DATE_WIDTH = 68;
const EDGE = 8;
const DRAWDOWN_TOP = MARGINS.top + EQUITY_HEIGHT + GAP;

interface Place {
  readonly at: number;
  readonly point: EquityPoint;
}

/** Net liquidation over drawdown, with one cross-hair through both. */
export function EquityChart({ points, start, cursor, onCursorChange, held }: EquityChartProps) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const places = useMemo(() => points.map((point) => ({ at: Date.parse(point.at), point })), [points]);
  const instants = useMemo(() => places.map((place) => place.at), [places]);
  const index = cursor ?? places.length - 1;
  const [first = 0, last = 0] = [instants[0], instants.at(-1)];
  const x = time(
    [first, Math.max(last, first + 1)],
    [MARGINS.left, Math.max(width - MARGINS.right, MARGINS.left + 1)],
  );
  const point = places[index]?.point;
  const indices = useMemo(() => instants.map((_, at) => at), [instants]);
  return (
    <div>
      {point !== undefined && <ReadOut point={point} />}
      <div ref={frame} style={{ minHeight: HEIGHT }}>
        <CrosshairArea
          label="Cross-hair over time"
          text={point === undefined ? "" : spoken(point)}
          stops={indices}
          at={index}
          onMove={onCursorChange}
          under={(pixel) => nearest(instants, x.invert(pixel).getTime())}
        >
          {width > 0 && (
            <svg width={width} height={HEIGHT} aria-hidden="true" className="block">
              <Held held={held} x={x} />
              <Equity places={places} start={start} x={x} width={width} />
              <Drawdown places={places} x={x} width={width} />
              <PlaceAxis places={dateTicks(instants, x)} y={HEIGHT - 8} />
              {cursor !== null && (
                <line
                  x1={x(instants[index] ?? 0)}
                  x2={x(instants[index] ?? 0)}
                  y1={MARGINS.top}
                  y2={HEIGHT - MARGINS.bottom}
                  className="stroke-ink"
                  strokeOpacity={0.55}
                />
              )}
            </svg>
          )}
        </CrosshairArea>
      </div>
    </div>
  );
}

function spoken(point: EquityPoint): string {
  return `${date(point.at)}: ${usd(point.net_liquidation_usd)}, drawdown ${percent(point.drawdown)}`;
}

function ReadOut({ point }: { readonly point: EquityPoint }) {
  return (
    <output aria-live="off" className="flex flex-wrap items-baseline gap-x-5 gap-y-1 px-4 pt-3">
      <span className="font-semibold">{dateTime(point.at)}</span>
      <span>
        <span className="text-muted">Net liquidation </span>
        <data value={point.net_liquidation_usd} className="font-semibold">
          {usd(point.net_liquidation_usd)}
        </data>
      </span>
      <span>
        <span className="text-muted">P/L </span>
        <data value={point.profit_usd} className={`font-semibold ${inkOf(point.profit_usd)}`}>
          {profit(point.profit_usd)} ({signedPercent(point.total_return)})
        </data>
      </span>
      <span>
        <span className="text-muted">Drawdown </span>
        <data value={point.drawdown} className={`font-semibold ${inkOf(point.drawdown)}`}>
          {percent(point.drawdown)}
        </data>
      </span>
      <span>
        <span className="text-muted">Margin </span>
        <span className="font-semibold">
          {point.margin_requirement_usd === null ? "Unlimited" : usd(point.margin_requirement_usd, 0)}
        </span>
      </span>
    </output>
  );
}

interface PlotProps {
  readonly places: readonly Place[];
  readonly x: Time;
  readonly width: number;
}

function Equity({ places, start, x, width }: PlotProps & { readonly start: number }) {
  const y = linear(
    paddedExtent([start, ...places.map(({ point }) => point.net_liquidation_usd)], { room: 0.08 }),
    [MARGINS.top + EQUITY_HEIGHT, MARGINS.top],
  );
  const drawn = decimate(places, 2 * width, ({ point }) => point.net_liquidation_usd);
  const path = line<Place>(
    ({ at }) => x(at),
    ({ point }) => y(point.net_liquidation_usd),
  )([...drawn]);
  return (
    <g>
      <ValueAxis
        scale={y}
        ticks={y.ticks(tickCount(EQUITY_HEIGHT, 44))}
        format={compactUsd}
        left={MARGINS.left}
        right={width - MARGINS.right}
      />
      <line
        x1={MARGINS.left}
        x2={width - MARGINS.right}
        y1={y(start)}
        y2={y(start)}
        className="stroke-rule-strong [stroke-dasharray:2_3]"
      />
      <path d={path ?? ""} fill="none" strokeLinejoin="round" strokeWidth={1.75} className="stroke-ink" />
    </g>
  );
}

function Drawdown({ places, x, width }: PlotProps) {
  const y: Linear = linear(
    [Math.min(-0.001, ...places.map(({ point }) => point.drawdown)) * 1.08, 0],
    [DRAWDOWN_TOP + DRAWDOWN_HEIGHT, DRAWDOWN_TOP],
  );
  const drawn = [...decimate(places, 2 * width, ({ point }) => point.drawdown)];
  const shade = area<Place>(
    ({ at }) => x(at),
    y(0),
    ({ point }) => y(point.drawdown),
  )(drawn);
  const edge = line<Place>(
    ({ at }) => x(at),
    ({ point }) => y(point.drawdown),
  )(drawn);
  return (
    <g>
      <ValueAxis
        scale={y}
        ticks={y.ticks(3)}
        format={(value) => percent(value, 1)}
        left={MARGINS.left}
        right={width - MARGINS.right}
      />
      <path d={shade ?? ""} className="fill-loss" fillOpacity={0.16} />
      <path d={edge ?? ""} fill="none" className="stroke-loss" strokeWidth={1.25} />
    </g>
  );
}

function Held({ held, x }: { readonly held: EquityChartProps["held"]; readonly x: Time }) {
  if (held === undefined) return null;
  const [from, to] = [x(Date.parse(held[0])), x(Date.parse(held[1]))];
  return (
    <rect
      x={from}
      width={Math.max(2, to - from)}
      y={MARGINS.top}
      height={HEIGHT - MARGINS.top - MARGINS.bottom}
      className="fill-hover"
    />
  );
}

/** Sessions under the plot, about evenly apart, the first and last among them. */
function dateTicks(instants: readonly number[], x: Time): { at: number; label: string }[] {
  const [low = 0, high = 0] = x.range();
  const gaps = Math.max(1, Math.floor((high - low) / (1.8 * DATE_WIDTH)));
  const days = new Map(
    range(gaps + 1).map((gap) => {
      const instant = instants[nearest(instants, x.invert(low + (gap * (high - low)) / gaps).getTime())] ?? 0;
      return [date(instant), x(instant)];
    }),
  );
  const half = 0.5 * DATE_WIDTH;
  return [...days].map(([label, at]) => ({
    label,
    at: Math.min(Math.max(at, half + EDGE), high + MARGINS.right - half - EDGE),
  }));
}
