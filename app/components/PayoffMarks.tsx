import { level } from "../lib/format";
import { type PayoffProfile, type Position, spotAtDeviations, strikes } from "../lib/payoff";
import { type Linear, spread } from "../lib/scale";

interface MarksProps {
  readonly position: Position;
  readonly profile: PayoffProfile;
  readonly x: Linear;
  readonly top: number;
  readonly bottom: number;
  readonly zero: number;
}

const CHARACTER = 6.7;
const GAP = 10;

interface Mark {
  readonly at: number;
  readonly text: string;
  readonly kind: "spot" | "breakeven";
}

/** Spot and break-evens: a line each, and a label above the plot that stands clear of the others. */
export function SpotMarks({ position, profile, x, top, bottom, zero }: MarksProps) {
  const marks = marksOf(position, profile).filter(({ at }) => inside(at, x));
  const centres = spread(
    marks.map(({ at, text }) => ({ at: x(at), width: text.length * CHARACTER + GAP })),
    bounds(x),
  );
  return (
    <g>
      {marks.map(({ at, text, kind }, index) => {
        const [here, label] = [x(at), centres[index] ?? x(at)];
        const line = kind === "spot" ? "stroke-ink" : "stroke-rule-strong [stroke-dasharray:2_3]";
        return (
          <g key={kind + at}>
            <path
              d={`M${label},${top - 12}L${here},${top - 3}V${kind === "spot" ? bottom : zero}`}
              fill="none"
              className={line}
            />
            <text
              x={label}
              y={top - 16}
              textAnchor="middle"
              className={`text-xs ${kind === "spot" ? "fill-ink font-semibold" : "fill-ink"}`}
            >
              {text}
            </text>
            {kind === "breakeven" && (
              <circle cx={here} cy={zero} r={3.5} className="fill-panel stroke-ink" strokeWidth={1.5} />
            )}
          </g>
        );
      })}
    </g>
  );
}

function marksOf(position: Position, profile: PayoffProfile): Mark[] {
  const breakevens = profile.breakevens.map((at) => ({
    at,
    text: `BE ${level(at)}`,
    kind: "breakeven" as const,
  }));
  const spot = { at: position.spot, text: `Spot ${level(position.spot)}`, kind: "spot" as const };
  return [...breakevens, spot].sort((one, other) => one.at - other.at);
}

/** Strikes under the plot: a tick, what is done there (▲ bought, ▼ sold, ◆ both), and the price. */
export function StrikeMarks({ position, x, bottom }: Pick<MarksProps, "position" | "x" | "bottom">) {
  const found = strikes(position).filter((strike) => inside(strike, x));
  const texts = found.map((strike) => `${glyphOf(position, strike)} ${level(strike)}`);
  const centres = spread(
    texts.map((text, index) => ({ at: x(found[index] ?? 0), width: text.length * CHARACTER + GAP })),
    bounds(x),
  );
  return (
    <g>
      {found.map((strike, index) => (
        <g key={strike}>
          <path
            d={`M${x(strike)},${bottom}v4L${centres[index]},${bottom + 9}`}
            fill="none"
            className="stroke-rule-strong"
          />
          <text x={centres[index]} y={bottom + 20} textAnchor="middle" className="fill-ink text-xs">
            {texts[index]}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Where spot ends, by its volatility: a thick line over one standard deviation either way, a thin one over two. */
export function Deviations({ position, x, y }: Pick<MarksProps, "position" | "x"> & { readonly y: number }) {
  const [low, high] = bounds(x);
  const at = (deviations: number) => Math.min(Math.max(x(spotAtDeviations(position, deviations)), low), high);
  return (
    <g className="stroke-rule-strong">
      <path d={`M${at(-2)},${y}H${at(2)}`} />
      <path d={`M${at(-1)},${y}H${at(1)}`} strokeWidth={4} />
    </g>
  );
}

function glyphOf(position: Position, strike: number): string {
  const there = position.legs.filter((leg) => leg.strike === strike);
  const [bought, sold] = [there.some((leg) => leg.quantity > 0), there.some((leg) => leg.quantity < 0)];
  if (bought && sold) return "◆";
  return bought ? "▲" : "▼";
}

function bounds(x: Linear): [number, number] {
  const [low = 0, high = 0] = x.range();
  return [low, high];
}

function inside(value: number, x: Linear): boolean {
  const [low = 0, high = 0] = x.domain();
  return low <= value && value <= high;
}
