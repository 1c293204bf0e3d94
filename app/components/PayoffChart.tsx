import { area, line } from "d3-shape";
import { useId, useMemo } from "react";
import { compactProfit, level, profit, signedPercent } from "../lib/format";
import { curves, horizon, type PayoffCurves, type Position, spotsToDraw, valueAt } from "../lib/payoff";
import { type Linear, linear, type Margins, paddedExtent, tickCount } from "../lib/scale";
import { PlaceAxis, ValueAxis } from "./Axis";
import { CrosshairArea } from "./CrosshairArea";
import { inkOf } from "./Figures";
import type { PayoffChartProps } from "./PayoffChart.props";
import { Deviations, SpotMarks, StrikeMarks } from "./PayoffMarks";
import { useWidth } from "./useWidth";

const MARGINS: Margins = { top: 34, right: 24, bottom: 46, left: 62 };
const HEIGHT = 360;

/** Expiry and elapsed curve with gain and loss shaded, break-evens, strikes, spot, and a cross-hair. */
export function PayoffChart(props: PayoffChartProps) {
  const { position, profile, elapsedYears, range, cursor, onCursorChange, height = HEIGHT } = props;
  const [frame, width] = useWidth<HTMLDivElement>();
  const drawn = useMemo(
    () => curves(position, spotsToDraw(position, profile.breakevens, range), elapsedYears),
    [position, profile, range, elapsedYears],
  );
  const at = cursor ?? position.spot;
  const x = linear(range, [MARGINS.left, Math.max(width - MARGINS.right, MARGINS.left + 1)]);
  const y = linear(paddedExtent([...drawn.expiry_usd, ...drawn.elapsed_usd], { zero: true, room: 0.08 }), [
    height - MARGINS.bottom,
    MARGINS.top,
  ]);
  return (
    <div>
      <ReadOut {...props} at={at} />
      <div ref={frame} style={{ minHeight: height }}>
        <CrosshairArea
          label="Cross-hair over the price of the underlying"
          text={spoken(props, at)}
          stops={drawn.spots}
          marks={profile.breakevens}
          at={at}
          onMove={onCursorChange}
          under={(pixel) => spotUnder(pixel, x)}
        >
          {width > 0 && (
            <svg width={width} height={height} aria-hidden="true" className="block">
              <Axes x={x} y={y} width={width} />
              <Curves drawn={drawn} x={x} y={y} />
              <Deviations position={position} x={x} y={(y.range()[0] ?? 0) - 5} />
              <SpotMarks
                position={position}
                profile={profile}
                x={x}
                top={MARGINS.top}
                bottom={y.range()[0] ?? 0}
                zero={y(0)}
              />
              <StrikeMarks position={position} x={x} bottom={y.range()[0] ?? 0} />
              {cursor !== null && (
                <Crosshair position={position} at={at} elapsedYears={elapsedYears} x={x} y={y} />
              )}
            </svg>
          )}
        </CrosshairArea>
      </div>
    </div>
  );
}

/** A round spot under a pixel: fine enough for a pixel, and no finer. */
function spotUnder(pixel: number, x: Linear): number {
  const [low = 0, high = 0] = x.domain();
  const perPixel = Math.abs(x.invert(1) - x.invert(0));
  const digits = Math.min(Math.max(Math.ceil(-Math.log10(perPixel)), 0), 4);
  return Math.min(Math.max(Number(x.invert(pixel).toFixed(digits)), low), high);
}

function spoken({ position, elapsedYears, elapsedLabel }: PayoffChartProps, at: number): string {
  const [expiry, elapsed] = [valueAt(position, at, horizon(position)), valueAt(position, at, elapsedYears)];
  return `Spot ${level(at)}: at expiry ${profit(expiry)}, ${elapsedLabel} ${profit(elapsed)}`;
}

/** What the cross-hair reads, to the last digit in the values of its data elements. */
function ReadOut({ position, elapsedYears, elapsedLabel, at }: PayoffChartProps & { readonly at: number }) {
  const [expiry, elapsed] = [valueAt(position, at, horizon(position)), valueAt(position, at, elapsedYears)];
  return (
    // The slider says the same to screen readers.
    <output aria-live="off" className="flex flex-wrap items-baseline gap-x-5 gap-y-1 px-4 pt-3">
      <span>
        <span className="text-muted">Spot </span>
        <data value={at} className="font-semibold">
          {level(at)}
        </data>
        {at !== position.spot && (
          <span className="text-muted"> {signedPercent(at / position.spot - 1, 1)}</span>
        )}
      </span>
      <span>
        <Sample dashed={false} /> <span className="text-muted">At expiry </span>
        <data value={expiry} className={`font-semibold ${inkOf(expiry)}`}>
          {profit(expiry)}
        </data>
      </span>
      <span>
        <Sample dashed /> <span className="text-muted">{elapsedLabel} </span>
        <data value={elapsed} className={`font-semibold ${inkOf(elapsed)}`}>
          {profit(elapsed)}
        </data>
      </span>
      <span className="text-muted">
        <svg
          width="22"
          height="8"
          aria-hidden="true"
          className="inline-block align-middle stroke-rule-strong"
        >
          <path d="M0,4H22" />
          <path d="M6,4H16" strokeWidth={4} />
        </svg>{" "}
        1 and 2 standard deviations
      </span>
    </output>
  );
}

/** A piece of line as it is drawn, for the legend. */
function Sample({ dashed }: { readonly dashed: boolean }) {
  return (
    <svg width="22" height="8" aria-hidden="true" className="inline-block align-middle">
      <line x1="0" x2="22" y1="4" y2="4" strokeWidth="2" className={dashed ? ELAPSED_LINE : "stroke-ink"} />
    </svg>
  );
}

const ELAPSED_LINE = "stroke-muted [stroke-dasharray:5_3]";

interface Scales {
  readonly x: Linear;
  readonly y: Linear;
}

function Axes({ x, y, width }: Scales & { readonly width: number }) {
  const [bottom = 0, top = 0] = y.range();
  const places = x
    .ticks(tickCount(width - MARGINS.left, 84))
    .map((tick) => ({ at: x(tick), label: level(tick) }));
  return (
    <>
      <ValueAxis
        scale={y}
        ticks={y.ticks(tickCount(bottom - top, 48))}
        format={compactProfit}
        left={MARGINS.left}
        right={width - MARGINS.right}
      />
      <line x1={MARGINS.left} x2={width - MARGINS.right} y1={bottom} y2={bottom} className="stroke-rule" />
      <PlaceAxis places={places} y={bottom + 38} />
    </>
  );
}

function Curves({ drawn, x, y }: Scales & { readonly drawn: PayoffCurves }) {
  const id = useId();
  const paths = useMemo(() => pathsOf(drawn, x, y), [drawn, x, y]);
  const [bottom = 0, top = 0] = y.range();
  const [left = 0, right = 0] = x.range();
  const zero = y(0);
  return (
    <g fill="none" strokeLinejoin="round">
      <clipPath id={`${id}gain`}>
        <rect x={left} y={top} width={right - left} height={Math.max(0, zero - top)} />
      </clipPath>
      <clipPath id={`${id}loss`}>
        <rect x={left} y={zero} width={right - left} height={Math.max(0, bottom - zero)} />
      </clipPath>
      <g clipPath={`url(#${id}gain)`}>
        <path d={paths.shade} className="fill-gain" fillOpacity={0.14} />
        <path d={paths.expiry} className="stroke-gain" strokeWidth={2.25} />
      </g>
      <g clipPath={`url(#${id}loss)`}>
        <path d={paths.shade} className="fill-loss" fillOpacity={0.14} />
        <path d={paths.expiry} className="stroke-loss" strokeWidth={2.25} />
      </g>
      <path d={paths.elapsed} className={ELAPSED_LINE} strokeWidth={1.75} />
    </g>
  );
}

function pathsOf({ spots, expiry_usd, elapsed_usd }: PayoffCurves, x: Linear, y: Linear) {
  const across = (_: number, index: number) => x(spots[index] ?? 0);
  const curve = line<number>(across, (value) => y(value));
  const shade = area<number>(across, y(0), (value) => y(value));
  return {
    expiry: curve([...expiry_usd]) ?? "",
    elapsed: curve([...elapsed_usd]) ?? "",
    shade: shade([...expiry_usd]) ?? "",
  };
}

interface CrosshairProps extends Scales {
  readonly position: Position;
  readonly at: number;
  readonly elapsedYears: number;
}

function Crosshair({ position, at, elapsedYears, x, y }: CrosshairProps) {
  const [bottom = 0, top = 0] = y.range();
  return (
    <g transform={`translate(${x(at)},0)`} className="fill-panel stroke-ink">
      <line y1={top} y2={bottom} strokeOpacity={0.55} />
      <circle cy={y(valueAt(position, at, horizon(position)))} r={4} strokeWidth={2} />
      <circle cy={y(valueAt(position, at, elapsedYears))} r={4} strokeWidth={2} />
    </g>
  );
}
