/** Progress of a backtest as the service tells it, kept in the query cache. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { getBacktestQueryKey, listBacktestsQueryKey } from "../lib/api/@tanstack/react-query.gen";
import type { Backtest } from "../lib/api/types.gen";
import { zBacktest } from "../lib/api/zod.gen";

const GOING_ON: readonly Backtest["status"][] = ["queued", "running"];

export function isGoingOn(backtest: Pick<Backtest, "status">): boolean {
  return GOING_ON.includes(backtest.status);
}

/** Whether a backtest has a result, whole or up to where it was stopped. */
export function hasResult(backtest: Pick<Backtest, "status">): boolean {
  return backtest.status === "complete" || backtest.status === "interrupted";
}

/** Follow the events of a backtest while it is going on. */
export function useBacktestEvents(id: string, active: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!active) return;
    const events = new EventSource(`/api/backtests/${encodeURIComponent(id)}/events`);
    events.addEventListener("progress", (event: MessageEvent<string>) => {
      const backtest = zBacktest.parse(JSON.parse(event.data));
      queries.setQueryData(getBacktestQueryKey({ path: { backtest_id: id } }), backtest);
      if (isGoingOn(backtest)) return;
      events.close();
      void queries.invalidateQueries({ queryKey: listBacktestsQueryKey() });
    });
    return () => events.close();
  }, [id, active, queries]);
}
