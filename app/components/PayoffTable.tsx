import { decimal, profit } from "../lib/format";
import { curves, type PayoffProfile, type Position, spotsToDraw, strikes } from "../lib/payoff";
import { inkOf } from "./Figures";

interface PayoffTableProps {
  readonly position: Position;
  readonly profile: PayoffProfile;
  readonly elapsedYears: number;
  readonly elapsedLabel: string;
  readonly range: readonly [number, number];
}

const ROWS = 20;

/** The chart in numbers: round spots, and every strike, break-even and the spot. */
export function PayoffTable({ position, profile, elapsedYears, elapsedLabel, range }: PayoffTableProps) {
  const { spots, expiry_usd, elapsed_usd } = curves(
    position,
    spotsToDraw(position, profile.breakevens, range, ROWS),
    elapsedYears,
  );
  return (
    <section
      aria-label="Payoff as a table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative max-h-105 overflow-auto px-2 pt-1"
    >
      <table className="grid-table">
        <thead className="sticky top-0 bg-panel">
          <tr>
            <th scope="col" className="number">
              Spot
            </th>
            <th scope="col">Mark</th>
            <th scope="col" className="number">
              At expiry
            </th>
            <th scope="col" className="number">
              {elapsedLabel}
            </th>
          </tr>
        </thead>
        <tbody>
          {spots.map((spot, index) => (
            <tr key={spot}>
              <td className="number">{decimal(spot)}</td>
              <td className="text-muted">{markOf(spot, position, profile)}</td>
              <td className={`number ${inkOf(expiry_usd[index])}`}>{profit(expiry_usd[index])}</td>
              <td className={`number ${inkOf(elapsed_usd[index])}`}>{profit(elapsed_usd[index])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function markOf(spot: number, position: Position, profile: PayoffProfile): string {
  const marks = [
    spot === position.spot ? "spot" : "",
    profile.breakevens.includes(spot) ? "break-even" : "",
    strikes(position).includes(spot) ? "strike" : "",
  ];
  return marks.filter((mark) => mark !== "").join(", ");
}
