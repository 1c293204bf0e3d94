import type { Backtest } from "../lib/api/types.gen";
import { date, percent } from "../lib/format";

/** How far a run has come: a bar, the simulated date, and what is being done. */
export function Progress({ backtest }: { readonly backtest: Backtest }) {
  const { fraction, simulated_to, message } = backtest.progress;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-base font-semibold">{percent(fraction, 0)}</span>
        <span className="text-muted">
          {simulated_to === null ? "Not started yet" : `Simulated to ${date(simulated_to)}`}
        </span>
      </div>
      <ProgressBar fraction={fraction} label={`Progress of ${backtest.name}`} />
      <p role="status" className="text-muted">
        {message}
      </p>
    </div>
  );
}

export function ProgressBar({ fraction, label }: { readonly fraction: number; readonly label: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * fraction)}
      className="h-1.5 overflow-hidden rounded-full bg-rule"
    >
      <div
        className="h-full bg-ink transition-[width] duration-200"
        style={{ width: `${100 * fraction}%` }}
      />
    </div>
  );
}
