import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { inkOf } from "../components/Figures";
import { Empty, Loading, ProblemNotice } from "../components/Notice";
import { Panel } from "../components/Panel";
import { ProgressBar } from "../components/Progress";
import { ModelPrices, Status } from "../components/Tag";
import { listBacktestsOptions } from "../lib/api/@tanstack/react-query.gen";
import type { Backtest } from "../lib/api/types.gen";
import { count, dateTime, percent, profit, signedPercent } from "../lib/format";
import { isGoingOn } from "../state/events";

const route = getRouteApi("/");
const PER_PAGE = 50;
const REFRESH_MS = 1000;

/** All runs, newest first. */
export function RunsPage() {
  const { before } = route.useSearch();
  const query = before === undefined ? { limit: PER_PAGE } : { limit: PER_PAGE, before };
  const { data, error, refetch } = useQuery({
    ...listBacktestsOptions({ query }),
    refetchInterval: ({ state }) => (state.data?.items.some(isGoingOn) ? REFRESH_MS : false),
  });
  return (
    <>
      <title>Runs · Ironfly</title>
      <div className="flex items-center justify-between gap-4">
        <h1 className="text-lg font-semibold">Runs</h1>
        <Link to="/runs/new" className="button button-primary">
          New run
        </Link>
      </div>
      <Panel title={before === undefined ? "Newest first" : "Earlier runs"}>
        {error ? (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <Loading what="runs" lines={6} />
        ) : data.items.length === 0 ? (
          <NoRuns />
        ) : (
          <RunsTable runs={data.items} />
        )}
      </Panel>
      <nav aria-label="Pages" className="flex gap-3">
        {before !== undefined && (
          <Link to="/" className="button">
            Newest
          </Link>
        )}
        {data?.next != null && (
          <Link to="/" search={{ before: data.next }} className="button">
            Earlier
          </Link>
        )}
      </nav>
    </>
  );
}

function NoRuns() {
  return (
    <Empty title="No runs yet">
      <p>The demo trades an iron condor on model prices. It needs no data and takes seconds.</p>
      <p className="mt-3">
        <Link to="/runs/new" className="button button-primary">
          Set up the demo run
        </Link>
      </p>
    </Empty>
  );
}

function RunsTable({ runs }: { readonly runs: readonly Backtest[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Table of runs" tabIndex={0} className="relative overflow-x-auto px-2">
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Status</th>
            <th scope="col" className="number">
              P/L
            </th>
            <th scope="col" className="number">
              Return
            </th>
            <th scope="col" className="number">
              Max drawdown
            </th>
            <th scope="col" className="number">
              Trades
            </th>
            <th scope="col">Prices</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RunRow({ run }: { readonly run: Backtest }) {
  const { headline } = run;
  return (
    <tr className="hover:bg-hover">
      <td className="font-medium">
        <Link to="/runs/$id" params={{ id: run.id }} className="link">
          {run.name}
        </Link>
      </td>
      <td>
        {run.status === "running" ? (
          <div className="grid w-28 gap-1">
            <span className="text-muted">{percent(run.progress.fraction, 0)}</span>
            <ProgressBar fraction={run.progress.fraction} label={`Progress of ${run.name}`} />
          </div>
        ) : (
          <Status status={run.status} />
        )}
      </td>
      <td className={`number font-medium ${inkOf(headline?.profit_usd)}`}>{profit(headline?.profit_usd)}</td>
      <td className={`number ${inkOf(headline?.total_return)}`}>{signedPercent(headline?.total_return)}</td>
      <td className="number">{percent(headline?.max_drawdown)}</td>
      <td className="number">{count(headline?.trades)}</td>
      <td>{run.model_prices ? <ModelPrices /> : <span className="text-muted">market</span>}</td>
      <td className="text-muted">{dateTime(run.created)}</td>
    </tr>
  );
}
