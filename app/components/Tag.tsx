import type { Backtest } from "../lib/api/types.gen";
import { words } from "../lib/format";

/** Said wherever prices come from a model and not from a market. */
export function ModelPrices() {
  return (
    <span
      title="Prices come from a model, not from a market: the figures show how the machine works, not what would have been earned."
      className="inline-block rounded-sm bg-caution px-1.5 text-xs leading-5 whitespace-nowrap text-caution-ink"
    >
      model prices
    </span>
  );
}

const MARKS: Record<Backtest["status"], string> = {
  queued: "○",
  running: "◐",
  complete: "●",
  interrupted: "◧",
  failed: "✕",
};

export function Status({ status }: { readonly status: Backtest["status"] }) {
  return (
    <span className={`whitespace-nowrap ${status === "failed" ? "text-loss-ink" : "text-muted"}`}>
      <span aria-hidden="true">{MARKS[status]}</span> {words(status)}
    </span>
  );
}
