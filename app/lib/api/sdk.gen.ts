// @ts-nocheck
// Generated from openapi.json by `npm run openapi`.

import type { Client, Options as Options2, TDataShape } from './client';
import { client } from './client.gen';
import type { AnalysePayoffData, AnalysePayoffErrors, AnalysePayoffResponses, BacktestEventsData, BacktestEventsErrors, BacktestEventsResponses, GetBacktestData, GetBacktestErrors, GetBacktestResponses, GetChainData, GetChainErrors, GetChainResponses, GetEquityData, GetEquityErrors, GetEquityResponses, GetHtmlReportData, GetHtmlReportErrors, GetHtmlReportResponses, GetPdfReportData, GetPdfReportErrors, GetPdfReportResponses, GetSummaryData, GetSummaryErrors, GetSummaryResponses, HealthData, HealthResponses, ListBacktestsData, ListBacktestsErrors, ListBacktestsResponses, ListExamplesData, ListExamplesResponses, ListTradesData, ListTradesErrors, ListTradesResponses, SubmitBacktestData, SubmitBacktestErrors, SubmitBacktestResponses } from './types.gen';
import { zAnalysePayoffResponse, zGetBacktestResponse, zGetChainResponse, zGetEquityResponse, zGetHtmlReportResponse, zGetPdfReportResponse, zGetSummaryResponse, zHealthResponse, zListBacktestsResponse, zListExamplesResponse, zListTradesResponse, zSubmitBacktestResponse } from './zod.gen';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: Record<string, unknown>;
};

/**
 * Whether the service answers
 *
 * The service answers, and which version it is.
 */
export const health = <ThrowOnError extends boolean = false>(options?: Options<HealthData, ThrowOnError>) => (options?.client ?? client).get<HealthResponses, unknown, ThrowOnError>({
    responseValidator: async (data) => await zHealthResponse.parseAsync(data),
    url: '/api/health',
    ...options
});

/**
 * Configurations that run without imported data
 *
 * The first one is the demo.
 */
export const listExamples = <ThrowOnError extends boolean = false>(options?: Options<ListExamplesData, ThrowOnError>) => (options?.client ?? client).get<ListExamplesResponses, unknown, ThrowOnError>({
    responseValidator: async (data) => await zListExamplesResponse.parseAsync(data),
    url: '/api/examples',
    ...options
});

/**
 * Backtests, newest first
 *
 * A page of backtests and where the next one begins.
 */
export const listBacktests = <ThrowOnError extends boolean = false>(options?: Options<ListBacktestsData, ThrowOnError>) => (options?.client ?? client).get<ListBacktestsResponses, ListBacktestsErrors, ThrowOnError>({
    responseValidator: async (data) => await zListBacktestsResponse.parseAsync(data),
    url: '/api/backtests',
    ...options
});

/**
 * Submit a backtest
 *
 * The configuration is checked at once; the run happens in a worker process.
 */
export const submitBacktest = <ThrowOnError extends boolean = false>(options: Options<SubmitBacktestData, ThrowOnError>) => (options.client ?? client).post<SubmitBacktestResponses, SubmitBacktestErrors, ThrowOnError>({
    responseValidator: async (data) => await zSubmitBacktestResponse.parseAsync(data),
    url: '/api/backtests',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * State of a backtest
 *
 * State, progress and the first figures.
 */
export const getBacktest = <ThrowOnError extends boolean = false>(options: Options<GetBacktestData, ThrowOnError>) => (options.client ?? client).get<GetBacktestResponses, GetBacktestErrors, ThrowOnError>({
    responseValidator: async (data) => await zGetBacktestResponse.parseAsync(data),
    url: '/api/backtests/{backtest_id}',
    ...options
});

/**
 * Summary of a finished backtest
 *
 * The same document that `ironfly run` writes; one of an older version in today's shape.
 */
export const getSummary = <ThrowOnError extends boolean = false>(options: Options<GetSummaryData, ThrowOnError>) => (options.client ?? client).get<GetSummaryResponses, GetSummaryErrors, ThrowOnError>({
    responseValidator: async (data) => await zGetSummaryResponse.parseAsync(data),
    url: '/api/backtests/{backtest_id}/summary',
    ...options
});

/**
 * Trades of a finished backtest
 *
 * Trades in the order of opening, each with its payoff.
 */
export const listTrades = <ThrowOnError extends boolean = false>(options: Options<ListTradesData, ThrowOnError>) => (options.client ?? client).get<ListTradesResponses, ListTradesErrors, ThrowOnError>({
    responseValidator: async (data) => await zListTradesResponse.parseAsync(data),
    url: '/api/backtests/{backtest_id}/trades',
    ...options
});

/**
 * Equity curve of a finished backtest
 *
 * Thinned out so that no extreme of net liquidation or drawdown is lost.
 */
export const getEquity = <ThrowOnError extends boolean = false>(options: Options<GetEquityData, ThrowOnError>) => (options.client ?? client).get<GetEquityResponses, GetEquityErrors, ThrowOnError>({
    responseValidator: async (data) => await zGetEquityResponse.parseAsync(data),
    url: '/api/backtests/{backtest_id}/equity',
    ...options
});

/**
 * Progress of a backtest as server-sent events
 *
 * `event: progress` with a Backtest at every change; ends after a final state.
 */
export const backtestEvents = <ThrowOnError extends boolean = false>(options: Options<BacktestEventsData, ThrowOnError, unknown>) => (options.client ?? client).sse.get<BacktestEventsResponses, BacktestEventsErrors, ThrowOnError>({ url: '/api/backtests/{backtest_id}/events', ...options });

/**
 * Report of a finished backtest as one HTML page
 *
 * What `ironfly report` writes; an attachment, so that its own styles are in force.
 */
export const getHtmlReport = <ThrowOnError extends boolean = false>(options: Options<GetHtmlReportData, ThrowOnError>) => (options.client ?? client).get<GetHtmlReportResponses, GetHtmlReportErrors, ThrowOnError>({
    responseValidator: async (data) => await zGetHtmlReportResponse.parseAsync(data),
    url: '/api/backtests/{backtest_id}/report.html',
    ...options
});

/**
 * Report of a finished backtest as PDF
 *
 * What `ironfly report` writes.
 */
export const getPdfReport = <ThrowOnError extends boolean = false>(options: Options<GetPdfReportData, ThrowOnError>) => (options.client ?? client).get<GetPdfReportResponses, GetPdfReportErrors, ThrowOnError>({
    responseValidator: async (data) => await zGetPdfReportResponse.parseAsync(data),
    url: '/api/backtests/{backtest_id}/report.pdf',
    ...options
});

/**
 * Payoff of a set of legs
 *
 * Break-evens, extremes, probabilities, Greeks and curves, by the engine's own pricing.
 */
export const analysePayoff = <ThrowOnError extends boolean = false>(options: Options<AnalysePayoffData, ThrowOnError>) => (options.client ?? client).post<AnalysePayoffResponses, AnalysePayoffErrors, ThrowOnError>({
    responseValidator: async (data) => await zAnalysePayoffResponse.parseAsync(data),
    url: '/api/payoff',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The last chain at or before an instant
 *
 * All quotes of one underlying, and the expirations that they belong to.
 */
export const getChain = <ThrowOnError extends boolean = false>(options: Options<GetChainData, ThrowOnError>) => (options.client ?? client).get<GetChainResponses, GetChainErrors, ThrowOnError>({
    responseValidator: async (data) => await zGetChainResponse.parseAsync(data),
    url: '/api/chains/{underlying}',
    ...options
});
