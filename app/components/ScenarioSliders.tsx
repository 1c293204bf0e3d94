import { decimal, date as formatDate, signed } from "../lib/format";
import { AS_IT_IS, type Scenario } from "../state/position";

interface ScenarioSlidersProps {
  readonly scenario: Scenario;
  readonly onChange: (scenario: Partial<Scenario>) => void;
  /** Days to the first expiry. */
  readonly days: number;
  /** Volatility of the position, a decimal: the lowest move takes it to nearly nothing. */
  readonly volatility: number;
  /** Instant that the scenario starts from; null: today is not a date, e.g. for legs typed in. */
  readonly from: string | null;
}

const HOURS = 24;
const FEW_DAYS = 3;
const DAY_MS = 86_400_000;

/** Name of a time after the start: `T+0`, `T+12`, `T+5 h`. */
export function elapsedName(elapsedDays: number, days: number): string {
  if (elapsedDays > 0 && elapsedDays >= days) return "T+expiry";
  if (days > FEW_DAYS || elapsedDays === 0) return `T+${decimal(elapsedDays, 0)}`;
  return `T+${decimal(elapsedDays * HOURS, 0)} h`;
}

/** Date and volatility of the scenario, each a slider, and the way back. */
export function ScenarioSliders({ scenario, onChange, days, volatility, from }: ScenarioSlidersProps) {
  const perDay = days > FEW_DAYS ? 1 : HOURS;
  const moved = scenario.elapsed_days !== 0 || scenario.volatility_points !== 0;
  const lowest = -Math.floor(Math.min(20, 100 * volatility - 1));
  return (
    <div className="grid items-center gap-x-8 gap-y-3 px-4 py-3 sm:grid-cols-[1fr_1fr_auto]">
      <Slider
        label="Date"
        value={Math.ceil(scenario.elapsed_days * perDay)}
        max={Math.max(1, Math.ceil(days * perDay))}
        min={0}
        step={1}
        text={dateText(scenario.elapsed_days, days, from)}
        onValue={(value) => onChange({ elapsed_days: Math.min(value / perDay, days) })}
      />
      <Slider
        label="Volatility"
        value={scenario.volatility_points}
        min={Math.min(lowest, 0)}
        max={30}
        step={0.5}
        text={`${signed(scenario.volatility_points, 1)} pts`}
        onValue={(volatility_points) => onChange({ volatility_points })}
      />
      <button type="button" className="button" disabled={!moved} onClick={() => onChange(AS_IT_IS)}>
        Reset
      </button>
    </div>
  );
}

function dateText(elapsedDays: number, days: number, from: string | null): string {
  const name = elapsedName(elapsedDays, days);
  if (from === null) return `${name} of ${decimal(days, 0)} days`;
  return `${name} · ${formatDate(Date.parse(from) + elapsedDays * DAY_MS)}`;
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly text: string;
  readonly onValue: (value: number) => void;
}

function Slider({ label, text, onValue, ...range }: SliderProps) {
  return (
    <label className="grid min-w-0 gap-1">
      <span className="flex justify-between gap-2 whitespace-nowrap">
        <span className="text-muted">{label}</span>
        <span>{text}</span>
      </span>
      <input
        type="range"
        {...range}
        aria-label={label}
        aria-valuetext={text}
        className="h-5 w-full min-w-0"
        onChange={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}
