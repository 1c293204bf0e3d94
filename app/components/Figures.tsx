import type { ReactNode } from "react";

export type Tone = "plain" | "gain" | "loss";

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly tone?: Tone;
  /** A second line, e.g. the dates of a drawdown. */
  readonly note?: ReactNode;
  /** Takes the room of two. */
  readonly wide?: boolean;
}

const INK: Record<Tone, string> = { plain: "", gain: "text-gain-ink", loss: "text-loss-ink" };

const NOTHING = 1e-9;

/** Gain for a profit, loss for a loss, plain for nothing (roundings included) and for what is not known. */
export function toneOf(value: number | null | undefined): Tone {
  if (value == null || Math.abs(value) < NOTHING) return "plain";
  return value > 0 ? "gain" : "loss";
}

export function inkOf(value: number | null | undefined): string {
  return INK[toneOf(value)];
}

/** A strip of labelled figures of equal width. */
export function Figures({ figures, label }: { readonly figures: readonly Figure[]; readonly label: string }) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-x-4 gap-y-3 px-4 py-3"
    >
      {figures.map((figure) => (
        <div key={figure.label} className={`min-w-0 ${figure.wide === true ? "col-span-2" : ""}`}>
          <dt className="text-xs text-muted">{figure.label}</dt>
          <dd className={`text-base font-semibold ${INK[figure.tone ?? "plain"]}`}>
            {figure.value}
            {figure.note !== undefined && <div className="text-xs font-normal text-muted">{figure.note}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
