import type { Summary } from "../lib/api/types.gen";
import { date, dateTime, usd, words } from "../lib/format";

/** What to know before believing the figures: warnings, then every choice that moves the result. */
export function Assumptions({ summary }: { readonly summary: Summary }) {
  const { warnings, assumptions } = summary;
  return (
    <div>
      {warnings.length > 0 && (
        <ul aria-label="Warnings" className="grid gap-1 bg-caution px-4 py-3 text-caution-ink">
          {warnings.map((warning) => (
            <li key={warning} className="grid grid-cols-[1rem_1fr]">
              <span aria-hidden="true" className="font-semibold">
                !
              </span>
              {warning}
            </li>
          ))}
        </ul>
      )}
      <details className="group">
        <summary className="grid grid-cols-[1rem_1fr] px-4 py-2.5 marker:content-none">
          <span aria-hidden="true" className="text-muted">
            <span className="group-open:hidden">▸</span>
            <span className="hidden group-open:inline">▾</span>
          </span>
          <span>
            {inShort(summary)} <span className="link ml-1 text-muted">all assumptions</span>
          </span>
        </summary>
        <Definitions entries={entriesOf(assumptions)} />
      </details>
    </div>
  );
}

function inShort({ assumptions, data }: Summary): string {
  return [
    `${data.underlyings.join(", ")} ${date(data.start)}–${date(data.end)}`,
    `fills: ${assumptions.fill_model}`,
    words(assumptions.fill_timing).toLowerCase(),
    `fees: ${assumptions.commission_schedule}`,
  ].join(" · ");
}

function entriesOf(assumptions: Summary["assumptions"]): [string, string][] {
  const {
    sizing,
    share_half_spread_usd,
    time_assumed,
    size_percent,
    max_quote_age_s,
    latency_s,
    market_on_close_minutes,
    ...texts
  } = assumptions;
  return [
    ...Object.entries(texts).map(([name, text]): [string, string] => [words(name), readable(text)]),
    ["Part of the shown size", `${size_percent} %`],
    ["Oldest quote", max_quote_age_s === null ? "no limit" : `${max_quote_age_s} s`],
    ["Latency", `${latency_s} s`],
    ["Orders on the close", `in the last ${market_on_close_minutes} minutes`],
    ["Share half spread", usd(share_half_spread_usd, 3)],
    ["Time assumed", time_assumed ? "yes: the data brings dates only" : "no"],
    ...Object.entries(sizing).map(([strategy, text]): [string, string] => [`Sizing of ${strategy}`, text]),
  ];
}

/** Enumeration members as words; sentences as they are. */
function readable(text: string): string {
  return /^[a-z_]+$/.test(text) ? words(text) : text;
}

/** Where a run came from, so that it can be told from another and run again. */
export function Provenance({ summary }: { readonly summary: Summary }) {
  const { run, data } = summary;
  return (
    <Definitions
      entries={[
        ["Run", run.id],
        ["Engine", `${run.engine_version}, Python ${run.host.python}`],
        ["Finished", dateTime(run.finished)],
        ["Elapsed", `${run.elapsed_s.toFixed(2)} s, ${run.market_events} market events`],
        ["Seed", String(run.seed)],
        ["Sessions", `${data.sessions.present} of ${data.sessions.expected}`],
        ["Configuration hash", summary.config_hash],
        ["Data hash", data.content_hash],
        ["Event log hash", summary.event_log_hash],
        ["Summary hash", summary.summary_hash],
      ]}
    />
  );
}

function Definitions({ entries }: { readonly entries: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid gap-x-8 gap-y-2 px-4 pt-1 pb-4 md:grid-cols-2 xl:grid-cols-3">
      {entries.map(([name, text]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
