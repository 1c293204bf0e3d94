import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { MarketInputs } from "../components/MarketInputs";
import { Panel } from "../components/Panel";
import { PayoffPanel } from "../components/PayoffPanel";
import { ModelPrices } from "../components/Tag";
import type { Position } from "../lib/payoff";
import { PRESET_NAMES, presetLegs } from "../lib/presets";
import {
  AS_IT_IS,
  addLeg,
  openPosition,
  type PositionState,
  setMarket,
  type Transition,
  usePosition,
} from "../state/position";

const route = getRouteApi("/payoff");

const MARKET = { spot: 100, rate: 0.04, dividend_yield: 0, volatility: 0.2, years: 30 / 365, fees_usd: 0 };

/** Payoff of legs typed in; position and scenario stay in the address. */
export function PayoffPage() {
  const { position, days = 0, iv = 0, table = false } = route.useSearch();
  const navigate = route.useNavigate();
  const remember = useCallback(
    ({ position, elapsed_days, volatility_points }: PositionState) =>
      void navigate({
        search: (search) => ({
          ...search,
          position: { ...position, legs: position.legs.map((leg) => ({ ...leg })) },
          days: elapsed_days || undefined,
          iv: volatility_points || undefined,
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const [state, apply] = usePosition(
    () =>
      openPosition(position ?? { ...MARKET, legs: presetLegs("Iron condor", MARKET) }, {
        elapsed_days: days,
        volatility_points: iv,
      }),
    remember,
  );
  return (
    <>
      <title>Payoff · Ironfly</title>
      <h1 className="text-lg font-semibold">Payoff</h1>
      <Panel title="Market">
        <MarketInputs position={state.position} onChange={(market) => apply(setMarket(market))} />
      </Panel>
      <PayoffPanel
        title="Position"
        state={state}
        apply={apply}
        modelPrices={false}
        from={null}
        editable
        legActions={
          <button
            type="button"
            className="button mx-4 mt-3 mb-1"
            onClick={() => apply(addLeg(anotherLeg(state.position)))}
          >
            Add leg
          </button>
        }
        asTable={table}
        onAsTable={(next) =>
          void navigate({ search: (search) => ({ ...search, table: next || undefined }), replace: true })
        }
      >
        <Presets apply={apply} />
      </PayoffPanel>
    </>
  );
}

function Presets({ apply }: { readonly apply: (transition: Transition) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-rule px-4 py-2.5">
      <select
        aria-label="Replace the legs by a structure"
        className="control"
        value=""
        onChange={(event) => apply(replaceLegs(event.currentTarget.value))}
      >
        <option value="" disabled>
          Structure
        </option>
        {PRESET_NAMES.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <span className="text-muted">
        filled in at <ModelPrices />
      </span>
    </div>
  );
}

function replaceLegs(name: string): Transition {
  return ({ position }) => openPosition({ ...position, legs: presetLegs(name, position) }, AS_IT_IS);
}

function anotherLeg(market: Position) {
  const [leg = { kind: "stock" as const, quantity: 100, price: market.spot }] = presetLegs(
    "Long call",
    market,
  );
  return leg;
}
