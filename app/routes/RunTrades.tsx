import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { Empty, Loading, ProblemNotice } from "../components/Notice";
import { Panel } from "../components/Panel";
import { PayoffPanel } from "../components/PayoffPanel";
import { ModelPrices } from "../components/Tag";
import { TradeDetail } from "../components/TradeDetail";
import { TradesTable } from "../components/TradesTable";
import type { Summary, Trade } from "../lib/api/types.gen";
import { count, dateTime, profit, words } from "../lib/format";
import { openPosition, type PositionState, usePosition } from "../state/position";
import { TRADES_PER_PAGE, useTradesOf } from "./useTradesOf";

const route = getRouteApi("/runs/$id");

interface RunTradesProps {
  readonly id: string;
  readonly modelPrices: boolean;
  readonly summary: Summary;
}

/** Trades of a run, and beside them the payoff of the chosen one. */
export function RunTrades({ id, modelPrices, summary }: RunTradesProps) {
  const { trade: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useTradesOf(id);
  const trade = data?.items.find((one) => one.id === chosen);
  const select = (number: number) =>
    void navigate({
      search: ({ offset, by }) => ({ offset, by, trade: number === chosen ? undefined : number }),
      resetScroll: false,
    });
  return (
    <div
      className={`grid grid-cols-1 items-start gap-4 ${trade === undefined ? "" : "xl:grid-cols-[minmax(0,9fr)_minmax(0,11fr)]"}`}
    >
      <Panel title="Trades" aside={modelPrices && <ModelPrices />}>
        {error ? (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <Loading what="trades" lines={6} />
        ) : data.total === 0 ? (
          <NoTrades summary={summary} />
        ) : (
          <>
            <TradesTable
              trades={data.items}
              selected={chosen}
              onSelect={select}
              narrow={trade !== undefined}
            />
            <TradePages id={id} total={data.total} proxies={data.items.some((one) => one.proxy_settled)} />
          </>
        )}
      </Panel>
      {trade !== undefined && <TradePayoff key={trade.id} trade={trade} modelPrices={modelPrices} />}
    </div>
  );
}

function NoTrades({ summary }: { readonly summary: Summary }) {
  const declined = Object.entries(summary.funnel).flatMap(([strategy, funnel]) =>
    funnel.stages.flatMap(({ stage, declined: reasons }) =>
      Object.entries(reasons).map(
        ([reason, times]) => `${strategy}, ${words(stage).toLowerCase()}: ${reason} (${count(times)} times)`,
      ),
    ),
  );
  return (
    <Empty title="No trades">
      {declined.length === 0 ? (
        <p>No entry was tried inside of the period.</p>
      ) : (
        <ul className="text-left">
          {declined.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Empty>
  );
}

interface TradePagesProps {
  readonly id: string;
  readonly total: number;
  /** Whether a trade of this page was settled on a proxy. */
  readonly proxies: boolean;
}

function TradePages({ id, total, proxies }: TradePagesProps) {
  const { offset = 0 } = route.useSearch();
  const last = Math.min(offset + TRADES_PER_PAGE, total);
  return (
    <nav
      aria-label="Pages of trades"
      className="flex min-h-10 flex-wrap items-center gap-3 border-t border-rule px-4 py-2 text-muted"
    >
      <span>
        {count(offset + 1)}–{count(last)} of {count(total)}
      </span>
      {offset > 0 && (
        <Link
          to="/runs/$id"
          params={{ id }}
          search={({ by }) => ({ by, offset: Math.max(0, offset - TRADES_PER_PAGE) })}
          resetScroll={false}
          className="button h-7"
        >
          Previous
        </Link>
      )}
      {last < total && (
        <Link
          to="/runs/$id"
          params={{ id }}
          search={({ by }) => ({ by, offset: last })}
          resetScroll={false}
          className="button h-7"
        >
          Next
        </Link>
      )}
      {proxies && <span className="ml-auto">* settled on a stand-in for the official value</span>}
    </nav>
  );
}

/** The payoff of a trade as it was opened; its scenario stays in the address. */
function TradePayoff({ trade, modelPrices }: { readonly trade: Trade; readonly modelPrices: boolean }) {
  const { days = 0, iv = 0, table = false } = route.useSearch();
  const navigate = route.useNavigate();
  const remember = useCallback(
    ({ elapsed_days, volatility_points }: PositionState) =>
      void navigate({
        search: (search) => ({
          ...search,
          days: elapsed_days || undefined,
          iv: volatility_points || undefined,
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const [state, apply] = usePosition(
    () => openPosition(trade.payoff, { elapsed_days: days, volatility_points: iv }),
    remember,
  );
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div ref={panel} className="min-w-0 scroll-my-4">
      <PayoffPanel
        title={`Trade ${trade.id}: ${trade.underlying} ${words(trade.structure).toLowerCase()}`}
        state={state}
        apply={apply}
        modelPrices={modelPrices}
        from={trade.opened_at}
        editable={false}
        asTable={table}
        onAsTable={(next) =>
          void navigate({ search: (search) => ({ ...search, table: next || undefined }), resetScroll: false })
        }
      >
        <p className="px-4 pt-3 text-muted">
          Opened {dateTime(trade.opened_at)}, {ending(trade)}
        </p>
        <TradeDetail trade={trade} />
      </PayoffPanel>
    </div>
  );
}

/** How a trade ended, or what is still open of it at the end of the run. */
function ending(trade: Trade): string {
  const reason = words(trade.exit_reason).toLowerCase();
  if (trade.closed_at !== null)
    return `closed ${dateTime(trade.closed_at)}: ${reason}, ${profit(trade.profit_usd)}`;
  if (trade.left_open.length === 0) return `open at the end (${profit(trade.profit_usd)})`;
  return `closed by ${reason}, but for long legs without a bid, which are open at the end (${profit(trade.profit_usd)})`;
}
