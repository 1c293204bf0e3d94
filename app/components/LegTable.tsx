import { decimal, level, percent, signed } from "../lib/format";
import { isOption, type PayoffLeg, type Position } from "../lib/payoff";
import {
  DAYS_PER_YEAR,
  flipLeg,
  type PositionState,
  removeLeg,
  setLeg,
  type Transition,
  toggleLeg,
} from "../state/position";
import { NumberInput } from "./NumberInput";

interface LegTableProps {
  readonly state: PositionState;
  readonly apply: (transition: Transition) => void;
  /** Whether legs can be changed, and not only left out. */
  readonly editable: boolean;
}

const KINDS: readonly PayoffLeg["kind"][] = ["call", "put", "stock", "cash"];

/** The legs of a position: what is held, at which strike, until when, and what was paid for it. */
export function LegTable({ state, apply, editable }: LegTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Legs" tabIndex={0} className="relative overflow-x-auto px-2">
      <table className="grid-table max-w-5xl">
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col" className="number">
              Quantity
            </th>
            <th scope="col">Kind</th>
            <th scope="col" className="number">
              Strike
            </th>
            <th scope="col" className="number">
              Days
            </th>
            <th scope="col" className="number">
              Price
            </th>
            <th scope="col" className="number">
              Volatility
            </th>
            <th scope="col">{editable ? "Change" : "Contract"}</th>
          </tr>
        </thead>
        <tbody>
          {state.position.legs.map((leg, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a leg is its place in the position
            <tr key={index} className={state.hidden.includes(index) ? "text-muted line-through" : ""}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Leg ${index + 1} is taken in`}
                  className="accent-ink align-middle"
                  checked={!state.hidden.includes(index)}
                  onChange={() => apply(toggleLeg(index))}
                />
              </td>
              {editable ? (
                <LegInputs leg={leg} index={index} position={state.position} apply={apply} />
              ) : (
                <LegCells leg={leg} position={state.position} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LegProps {
  readonly leg: PayoffLeg;
  readonly position: Position;
}

function LegCells({ leg, position }: LegProps) {
  const option = isOption(leg);
  return (
    <>
      <td className="number">{signed(leg.quantity, 0)}</td>
      <td>{leg.kind}</td>
      <td className="number">{option && leg.strike != null ? level(leg.strike) : "–"}</td>
      <td className="number">{option ? decimal((leg.years ?? position.years) * DAYS_PER_YEAR, 1) : "–"}</td>
      <td className="number">{decimal(leg.price)}</td>
      <td className="number">{option ? percent(leg.volatility ?? position.volatility, 1) : "–"}</td>
      <td className="text-muted">{leg.label ?? "–"}</td>
    </>
  );
}

interface LegInputsProps extends LegProps {
  readonly index: number;
  readonly apply: (transition: Transition) => void;
}

function LegInputs({ leg, index, position, apply }: LegInputsProps) {
  const option = isOption(leg);
  const change = (part: Partial<PayoffLeg>) => apply(setLeg(index, part));
  const name = `Leg ${index + 1}`;
  return (
    <>
      <td className="number">
        <NumberInput
          aria-label={`${name}: quantity`}
          className="w-18"
          value={leg.quantity}
          step={1}
          onValue={(quantity) => change({ quantity })}
        />
      </td>
      <td>
        <select
          aria-label={`${name}: kind`}
          className="control"
          value={leg.kind}
          onChange={(event) => change(kindChange(event.currentTarget.value, position))}
        >
          {KINDS.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </td>
      <td className="number">
        {option && (
          <NumberInput
            aria-label={`${name}: strike`}
            className="w-24"
            value={leg.strike ?? 0}
            min={0}
            step="any"
            onValue={(strike) => change({ strike })}
          />
        )}
      </td>
      <td className="number">
        {option && (
          <NumberInput
            aria-label={`${name}: days to expiry`}
            className="w-20"
            value={Number(((leg.years ?? position.years) * DAYS_PER_YEAR).toFixed(4))}
            min={0}
            max={36_500}
            step="any"
            onValue={(days) => change({ years: days / DAYS_PER_YEAR })}
          />
        )}
      </td>
      <td className="number">
        <NumberInput
          aria-label={`${name}: price`}
          className="w-22"
          value={leg.price}
          min={0}
          step="any"
          onValue={(price) => change({ price })}
        />
      </td>
      <td className="number">
        {option && (
          <NumberInput
            aria-label={`${name}: volatility in percent`}
            className="w-20"
            value={Number((100 * (leg.volatility ?? position.volatility)).toFixed(6))}
            min={0}
            max={1000}
            step="any"
            onValue={(points) => change({ volatility: points / 100 })}
          />
        )}
      </td>
      <td className="space-x-1">
        <button
          type="button"
          className="button px-2"
          aria-label={`${name}: flip`}
          onClick={() => apply(flipLeg(index))}
        >
          Flip
        </button>
        <button
          type="button"
          className="button px-2"
          aria-label={`${name}: remove`}
          disabled={position.legs.length === 1}
          onClick={() => apply(removeLeg(index))}
        >
          Remove
        </button>
      </td>
    </>
  );
}

/** Another kind of leg keeps what it can; an option needs a strike. */
function kindChange(value: string, position: Position): Partial<PayoffLeg> {
  const kind = KINDS.find((known) => known === value) ?? "call";
  return kind === "call" || kind === "put"
    ? { kind, strike: Math.round(position.spot) }
    : { kind, strike: null };
}
