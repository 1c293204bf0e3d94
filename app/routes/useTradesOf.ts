import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { listTradesOptions } from "../lib/api/@tanstack/react-query.gen";

const route = getRouteApi("/runs/$id");

export const TRADES_PER_PAGE = 25;

/** The page of a run's trades that the address names. */
export function useTradesOf(id: string) {
  const { offset = 0 } = route.useSearch();
  return useQuery(
    listTradesOptions({ path: { backtest_id: id }, query: { offset, limit: TRADES_PER_PAGE } }),
  );
}
