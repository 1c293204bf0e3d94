import { type ReactNode, useMemo } from "react";
import { decimal, level, percent, profit, signed, usd } from "../lib/format";
import { analyse, greeks, type PayoffProfile, type PositionGreeks, visibleRange } from "../lib/payoff";
import {
  daysToExpiry,
  elapsedYears,
  moveCursor,
  type PositionState,
  setScenario,
  shownPosition,
  type Transition,
} from "../state/position";
import { type Figure, Figures, toneOf } from "./Figures";
import { LegTable } from "./LegTable";
import { Panel } from "./Panel";
import { PayoffChart } from "./PayoffChart";
import { PayoffTable } from "./PayoffTable";
import { elapsedName, ScenarioSliders } from "./ScenarioSliders";
import { ModelPrices } from "./Tag";

interface PayoffPanelProps {
  readonly title: string;
  readonly state: PositionState;
  readonly apply: (transition: Transition) => void;
  readonly modelPrices: boolean;
  /** Instant of the market; null for legs typed in. */
  readonly from: string | null;
  readonly editable: boolean;
  readonly asTable: boolean;
  readonly onAsTable: (asTable: boolean) => void;
  /** What stands above the figures. */
  readonly children?: ReactNode;
  /** What stands below the legs. */
  readonly legActions?: ReactNode;
}

/** A position's payoff: figures, chart or table, scenario, Greeks and legs. */
export function PayoffPanel(props: PayoffPanelProps) {
  const { title, state, apply, modelPrices, from, editable, asTable, onAsTable, children, legActions } =
    props;
  const { position, hidden, volatility_points } = state;
  const range = useMemo(() => visibleRange(position, analyse(position).breakevens), [position]);
  const shown = useMemo(
    () => shownPosition({ position, hidden, volatility_points }),
    [position, hidden, volatility_points],
  );
  const profile = useMemo(() => analyse(shown), [shown]);
  const days = daysToExpiry(state);
  const drawn = {
    position: shown,
    profile,
    range,
    elapsedYears: elapsedYears(state),
    elapsedLabel: elapsedName(state.elapsed_days, days),
  };
  return (
    <Panel
      title={title}
      aside={
        <div className="flex items-center gap-3">
          {modelPrices && <ModelPrices />}
          <button
            type="button"
            className="button h-7"
            aria-pressed={asTable}
            onClick={() => onAsTable(!asTable)}
          >
            {asTable ? "Show as chart" : "Show as table"}
          </button>
        </div>
      }
    >
      {children}
      <Figures label="Payoff at the first expiry" figures={measures(profile)} />
      <div className="border-t border-rule">
        {asTable ? (
          <PayoffTable {...drawn} />
        ) : (
          <PayoffChart
            {...drawn}
            cursor={state.cursor}
            onCursorChange={(cursor) => apply(moveCursor(cursor))}
          />
        )}
      </div>
      <div className="border-t border-rule">
        <ScenarioSliders
          scenario={state}
          days={days}
          volatility={position.volatility}
          from={from}
          onChange={(scenario) => apply(setScenario(scenario))}
        />
      </div>
      <div className="border-t border-rule">
        <Figures
          label={`Greeks at ${drawn.elapsedLabel}`}
          figures={sensitivities(greeks(shown, drawn.elapsedYears))}
        />
      </div>
      <div className="border-t border-rule pb-2">
        <LegTable state={state} apply={apply} editable={editable} />
        {legActions}
      </div>
    </Panel>
  );
}

function measures(profile: PayoffProfile): Figure[] {
  const { net_debit_usd, max_profit_usd, max_loss_usd, breakevens, expected_value_usd } = profile;
  return [
    { label: net_debit_usd > 0 ? "Net debit" : "Net credit", value: usd(Math.abs(net_debit_usd)) },
    {
      label: "Max profit",
      value: max_profit_usd === null ? "Unlimited" : profit(max_profit_usd),
      tone: "gain",
    },
    {
      label: "Max loss",
      value: max_loss_usd === null ? "Unlimited" : profit(max_loss_usd),
      tone: max_loss_usd === null ? "loss" : toneOf(max_loss_usd),
    },
    { label: "Probability of profit", value: percent(profile.probability_of_profit, 1) },
    { label: "Expected value", value: profit(expected_value_usd), tone: toneOf(expected_value_usd) },
    {
      label: "Break-even",
      value: breakevens.length === 0 ? "None" : breakevens.map(level).join(" · "),
      wide: breakevens.length > 1,
    },
  ];
}

function sensitivities(found: PositionGreeks): Figure[] {
  return [
    { label: "Delta, shares", value: signed(found.delta_shares, 1) },
    { label: "Gamma, sh/point", value: decimal(found.gamma_shares_per_point, 3) },
    { label: "Theta, USD/day", value: signed(found.theta_usd_per_day) },
    { label: "Vega, USD/vol pt", value: signed(found.vega_usd_per_point) },
    { label: "Rho, USD/1 %", value: signed(found.rho_usd_per_percent) },
  ];
}
