import type { Summary } from "../lib/api/types.gen";
import { decimal, profit, usd } from "../lib/format";
import { BarTable } from "./BarTable";
import { Figures } from "./Figures";

/** What the same decisions would have made at better and at worse fills. */
export function Sensitivity({ fill_sensitivity: fills, costs }: Summary) {
  const prices = [
    ["At mid", fills.mid_usd],
    ["As filled", fills.model_usd],
    ["At the touch", fills.touch_usd],
  ] as const;
  const bars = prices.flatMap(([name, amount]) =>
    amount === null ? [] : [{ name, text: profit(amount), amount, from: 0, to: amount }],
  );
  return (
    <>
      <div className="px-2 py-2">
        <BarTable heads={["Fills", "P/L"]} bars={bars} />
      </div>
      <div className="border-t border-rule">
        <Figures
          label="Cost of the spread"
          figures={[
            {
              label: "Break-even",
              value: decimal(fills.breakeven_spread_fraction),
              note: "fraction of the spread paid: 0.5 mid, 1 touch",
              wide: true,
            },
            { label: "Cost of the spread", value: usd(costs.spread_usd) },
            { label: "Fees", value: usd(costs.fees_usd) },
          ]}
        />
      </div>
    </>
  );
}
