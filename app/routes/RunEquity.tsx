import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { EquityChart } from "../components/EquityChart";
import { Empty, Loading, ProblemNotice } from "../components/Notice";
import { Panel } from "../components/Panel";
import { ModelPrices } from "../components/Tag";
import { getEquityOptions } from "../lib/api/@tanstack/react-query.gen";
import { useTradesOf } from "./useTradesOf";

const route = getRouteApi("/runs/$id");
const POINTS = 1000;

interface RunEquityProps {
  readonly id: string;
  readonly start: number;
  readonly modelPrices: boolean;
}

/** Net liquidation and drawdown of a run; the time of the chosen trade is marked. */
export function RunEquity({ id, start, modelPrices }: RunEquityProps) {
  const [cursor, setCursor] = useState<number | null>(null);
  const { data, error, refetch } = useQuery(
    getEquityOptions({ path: { backtest_id: id }, query: { points: POINTS } }),
  );
  const { trade: chosen } = route.useSearch();
  const trade = useTradesOf(id).data?.items.find((one) => one.id === chosen);
  const last = data?.points.at(-1);
  const held = trade && last ? ([trade.opened_at, trade.closed_at ?? last.at] as const) : undefined;
  return (
    <Panel title="Equity and drawdown" aside={modelPrices && <ModelPrices />}>
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading what="the equity curve" lines={6} />
      ) : last === undefined ? (
        <Empty title="No marks">The run saw no market event inside of its period.</Empty>
      ) : (
        <EquityChart
          points={data.points}
          start={start}
          cursor={cursor}
          onCursorChange={setCursor}
          held={held}
        />
      )}
    </Panel>
  );
}
