import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Assumptions, Provenance } from "../components/Assumptions";
import { Figures } from "../components/Figures";
import { Loading, ProblemNotice } from "../components/Notice";
import { Panel } from "../components/Panel";
import { Progress } from "../components/Progress";
import { keyFigures } from "../components/runFigures";
import { ModelPrices, Status } from "../components/Tag";
import { TrustTable } from "../components/TrustTable";
import { getBacktestOptions, getSummaryOptions } from "../lib/api/@tanstack/react-query.gen";
import type { Backtest, Summary } from "../lib/api/types.gen";
import { date } from "../lib/format";
import { hasResult, isGoingOn, useBacktestEvents } from "../state/events";
import { CurveAnalysis, ProfitAnalysis, TradeGroups } from "./RunAnalysis";
import { RunEquity } from "./RunEquity";
import { RunTrades } from "./RunTrades";

const route = getRouteApi("/runs/$id");

/** One run: its progress while it is going on, then what came of it. */
export function RunPage() {
  const { id } = route.useParams();
  const { data: backtest, error, refetch } = useQuery(getBacktestOptions({ path: { backtest_id: id } }));
  useBacktestEvents(id, backtest !== undefined && isGoingOn(backtest));
  if (error) {
    return (
      <>
        <h1 className="text-lg font-semibold">Run</h1>
        <Panel title="This run cannot be shown">
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        </Panel>
      </>
    );
  }
  if (backtest === undefined) {
    return (
      <>
        <h1 className="text-lg font-semibold">Run</h1>
        <Loading what="the run" />
      </>
    );
  }
  return (
    <>
      <Heading backtest={backtest} />
      {isGoingOn(backtest) && (
        <Panel title="Progress">
          <div className="px-4 py-4">
            <Progress backtest={backtest} />
          </div>
        </Panel>
      )}
      {backtest.problem !== null && (
        <Panel title="The run failed">
          <ProblemNotice error={backtest.problem} />
        </Panel>
      )}
      {hasResult(backtest) && <Result backtest={backtest} />}
    </>
  );
}

function Heading({ backtest }: { readonly backtest: Backtest }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <title>{`${backtest.name} · Ironfly`}</title>
      <h1 className="text-lg font-semibold break-all">{backtest.name}</h1>
      <Status status={backtest.status} />
      {backtest.model_prices && <ModelPrices />}
      {hasResult(backtest) && (
        <div className="ml-auto">
          <Downloads id={backtest.id} />
        </div>
      )}
    </div>
  );
}

function Result({ backtest }: { readonly backtest: Backtest }) {
  const {
    data: summary,
    error,
    refetch,
  } = useQuery(getSummaryOptions({ path: { backtest_id: backtest.id } }));
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (summary === undefined) return <Loading what="the summary" lines={8} />;
  return (
    <>
      <Panel title="Warnings and assumptions">
        <Assumptions summary={summary} />
      </Panel>
      <Panel title="What the result rests on">
        <TrustTable trust={summary.trust} />
      </Panel>
      <Panel title="Key figures" aside={<Period summary={summary} />}>
        <Figures label="Key figures" figures={keyFigures(summary)} />
      </Panel>
      <RunEquity id={backtest.id} start={summary.capital.start_usd} modelPrices={backtest.model_prices} />
      <CurveAnalysis summary={summary} />
      <ProfitAnalysis summary={summary} />
      {summary.trades.count > 0 && <TradeGroups groups={summary.trades.groups} />}
      <RunTrades id={backtest.id} modelPrices={backtest.model_prices} summary={summary} />
      <Panel title="Provenance">
        <div className="pt-3">
          <Provenance summary={summary} />
        </div>
      </Panel>
    </>
  );
}

const FILES = [
  ["summary", "summary.json", "Summary (JSON)"],
  ["report.html", "report.html", "Report (HTML)"],
  ["report.pdf", "report.pdf", "Report (PDF)"],
] as const;

/** The results as files to keep. */
function Downloads({ id }: { readonly id: string }) {
  return (
    <nav aria-label="Downloads" className="flex flex-wrap gap-x-4 text-muted">
      {FILES.map(([address, name, label]) => (
        <a key={name} href={`/api/backtests/${id}/${address}`} download={`${id}-${name}`} className="link">
          {label}
        </a>
      ))}
    </nav>
  );
}

function Period({ summary: { run } }: { readonly summary: Summary }) {
  return (
    <span className="text-muted">
      {date(run.simulated_from)} – {date(run.simulated_to)}
    </span>
  );
}
