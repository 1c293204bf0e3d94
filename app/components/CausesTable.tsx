import type { Causes } from "../lib/api/types.gen";
import { profit, words } from "../lib/format";
import { waterfall } from "../lib/waterfall";
import { BarTable } from "./BarTable";

/** Causes of a profit, each bar beginning where the one before ended, down to what they add up to. */
export function CausesTable({ causes }: { readonly causes: Causes }) {
  const { steps, total } = waterfall(
    Object.entries(causes).map(([name, usd]) => [words(name.replace(/_usd$/, "")), usd] as const),
  );
  return (
    <BarTable
      heads={["Cause", "Amount"]}
      bars={[
        ...steps.map((step) => ({ ...step, text: profit(step.amount) })),
        { name: "P/L", text: profit(total), amount: total, from: 0, to: total, strong: true },
      ]}
    />
  );
}
