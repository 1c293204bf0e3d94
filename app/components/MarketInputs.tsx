import type { ReactNode } from "react";
import type { Position } from "../lib/payoff";
import { DAYS_PER_YEAR } from "../state/position";
import { NumberInput } from "./NumberInput";

interface MarketInputsProps {
  readonly position: Position;
  readonly onChange: (market: Partial<Omit<Position, "legs">>) => void;
}

/** The market that legs are valued in, in the units of the screen. */
export function MarketInputs({ position, onChange }: MarketInputsProps) {
  const inPercent = (name: "volatility" | "rate" | "dividend_yield") => ({
    value: Number((100 * position[name]).toFixed(6)),
    onValue: (value: number) => onChange({ [name]: value / 100 }),
  });
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-x-4 gap-y-2 px-4 py-3">
      <Field label="Spot" unit="USD">
        <NumberInput step="any" min={0.000001} value={position.spot} onValue={(spot) => onChange({ spot })} />
      </Field>
      <Field label="Volatility" unit="%">
        <NumberInput step="any" min={0} max={1000} {...inPercent("volatility")} />
      </Field>
      <Field label="To expiry" unit="days">
        <NumberInput
          step="any"
          min={0}
          max={36_500}
          value={Number((position.years * DAYS_PER_YEAR).toFixed(4))}
          onValue={(days) => onChange({ years: days / DAYS_PER_YEAR })}
        />
      </Field>
      <Field label="Rate" unit="%">
        <NumberInput step="any" min={-100} max={100} {...inPercent("rate")} />
      </Field>
      <Field label="Dividend yield" unit="%">
        <NumberInput step="any" min={-100} max={100} {...inPercent("dividend_yield")} />
      </Field>
      <Field label="Fees" unit="USD">
        <NumberInput
          step="any"
          min={0}
          value={position.fees_usd}
          onValue={(fees_usd) => onChange({ fees_usd })}
        />
      </Field>
    </div>
  );
}

function Field({
  label,
  unit,
  children,
}: {
  readonly label: string;
  readonly unit: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="grid min-w-0 gap-1">
      <span className="flex justify-between gap-2 text-xs text-muted">
        <span>{label}</span>
        <span>{unit}</span>
      </span>
      {children}
    </label>
  );
}
