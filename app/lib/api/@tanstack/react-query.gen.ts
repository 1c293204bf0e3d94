// @ts-nocheck
// Generated from openapi.json by `npm run openapi`.

import { type DefaultError, queryOptions, type UseMutationOptions } from '@tanstack/react-query';

import { client } from '../client.gen';
import { analysePayoff, getBacktest, getChain, getEquity, getHtmlReport, getPdfReport, getSummary, health, listBacktests, listExamples, listTrades, type Options, submitBacktest } from '../sdk.gen';
import type { AnalysePayoffData, AnalysePayoffError, AnalysePayoffResponse, GetBacktestData, GetBacktestError, GetBacktestResponse, GetChainData, GetChainError, GetChainResponse, GetEquityData, GetEquityError, GetEquityResponse, GetHtmlReportData, GetHtmlReportError, GetHtmlReportResponse, GetPdfReportData, GetPdfReportError, GetPdfReportResponse, GetSummaryData, GetSummaryError, GetSummaryResponse, HealthData, HealthResponse, ListBacktestsData, ListBacktestsError, ListBacktestsResponse, ListExamplesData, ListExamplesResponse, ListTradesData, ListTradesError, ListTradesResponse, SubmitBacktestData, SubmitBacktestError, SubmitBacktestResponse } from '../types.gen';

export type QueryKey<TOptions extends Options> = [
    Pick<TOptions, 'baseUrl' | 'body' | 'headers' | 'path' | 'query'> & {
        _id: string;
        _infinite?: boolean;
        tags?: ReadonlyArray<string>;
    }
];

const createQueryKey = <TOptions extends Options>(id: string, options?: TOptions, infinite?: boolean, tags?: ReadonlyArray<string>): [
    QueryKey<TOptions>[0]
] => {
    const params: QueryKey<TOptions>[0] = { _id: id, baseUrl: options?.baseUrl || (options?.client ?? client).getConfig().baseUrl } as QueryKey<TOptions>[0];
    if (infinite) {
        params._infinite = infinite;
    }
    if (tags) {
        params.tags = tags;
    }
    if (options?.body) {
        params.body = options.body;
    }
    if (options?.headers) {
        params.headers = options.headers;
    }
    if (options?.path) {
        params.path = options.path;
    }
    if (options?.query) {
        params.query = options.query;
    }
    return [params];
};

export const healthQueryKey = (options?: Options<HealthData>) => createQueryKey('health', options);

/**
 * Whether the service answers
 *
 * The service answers, and which version it is.
 */
export const healthOptions = (options?: Options<HealthData>) => queryOptions<HealthResponse, DefaultError, HealthResponse, ReturnType<typeof healthQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await health({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: healthQueryKey(options)
});

export const listExamplesQueryKey = (options?: Options<ListExamplesData>) => createQueryKey('listExamples', options);

/**
 * Configurations that run without imported data
 *
 * The first one is the demo.
 */
export const listExamplesOptions = (options?: Options<ListExamplesData>) => queryOptions<ListExamplesResponse, DefaultError, ListExamplesResponse, ReturnType<typeof listExamplesQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await listExamples({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: listExamplesQueryKey(options)
});

export const listBacktestsQueryKey = (options?: Options<ListBacktestsData>) => createQueryKey('listBacktests', options);

/**
 * Backtests, newest first
 *
 * A page of backtests and where the next one begins.
 */
export const listBacktestsOptions = (options?: Options<ListBacktestsData>) => queryOptions<ListBacktestsResponse, ListBacktestsError, ListBacktestsResponse, ReturnType<typeof listBacktestsQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await listBacktests({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: listBacktestsQueryKey(options)
});

/**
 * Submit a backtest
 *
 * The configuration is checked at once; the run happens in a worker process.
 */
export const submitBacktestMutation = (options?: Partial<Options<SubmitBacktestData>>): UseMutationOptions<SubmitBacktestResponse, SubmitBacktestError, Options<SubmitBacktestData>> => {
    const mutationOptions: UseMutationOptions<SubmitBacktestResponse, SubmitBacktestError, Options<SubmitBacktestData>> = {
        mutationFn: async (fnOptions) => {
            const { data } = await submitBacktest({
                ...options,
                ...fnOptions,
                throwOnError: true
            });
            return data;
        }
    };
    return mutationOptions;
};

export const getBacktestQueryKey = (options: Options<GetBacktestData>) => createQueryKey('getBacktest', options);

/**
 * State of a backtest
 *
 * State, progress and the first figures.
 */
export const getBacktestOptions = (options: Options<GetBacktestData>) => queryOptions<GetBacktestResponse, GetBacktestError, GetBacktestResponse, ReturnType<typeof getBacktestQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await getBacktest({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: getBacktestQueryKey(options)
});

export const getSummaryQueryKey = (options: Options<GetSummaryData>) => createQueryKey('getSummary', options);

/**
 * Summary of a finished backtest
 *
 * The same document that `ironfly run` writes; one of an older version in today's shape.
 */
export const getSummaryOptions = (options: Options<GetSummaryData>) => queryOptions<GetSummaryResponse, GetSummaryError, GetSummaryResponse, ReturnType<typeof getSummaryQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await getSummary({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: getSummaryQueryKey(options)
});

export const listTradesQueryKey = (options: Options<ListTradesData>) => createQueryKey('listTrades', options);

/**
 * Trades of a finished backtest
 *
 * Trades in the order of opening, each with its payoff.
 */
export const listTradesOptions = (options: Options<ListTradesData>) => queryOptions<ListTradesResponse, ListTradesError, ListTradesResponse, ReturnType<typeof listTradesQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await listTrades({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: listTradesQueryKey(options)
});

export const getEquityQueryKey = (options: Options<GetEquityData>) => createQueryKey('getEquity', options);

/**
 * Equity curve of a finished backtest
 *
 * Thinned out so that no extreme of net liquidation or drawdown is lost.
 */
export const getEquityOptions = (options: Options<GetEquityData>) => queryOptions<GetEquityResponse, GetEquityError, GetEquityResponse, ReturnType<typeof getEquityQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await getEquity({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: getEquityQueryKey(options)
});

export const getHtmlReportQueryKey = (options: Options<GetHtmlReportData>) => createQueryKey('getHtmlReport', options);

/**
 * Report of a finished backtest as one HTML page
 *
 * What `ironfly report` writes; an attachment, so that its own styles are in force.
 */
export const getHtmlReportOptions = (options: Options<GetHtmlReportData>) => queryOptions<GetHtmlReportResponse, GetHtmlReportError, GetHtmlReportResponse, ReturnType<typeof getHtmlReportQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await getHtmlReport({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: getHtmlReportQueryKey(options)
});

export const getPdfReportQueryKey = (options: Options<GetPdfReportData>) => createQueryKey('getPdfReport', options);

/**
 * Report of a finished backtest as PDF
 *
 * What `ironfly report` writes.
 */
export const getPdfReportOptions = (options: Options<GetPdfReportData>) => queryOptions<GetPdfReportResponse, GetPdfReportError, GetPdfReportResponse, ReturnType<typeof getPdfReportQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await getPdfReport({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: getPdfReportQueryKey(options)
});

/**
 * Payoff of a set of legs
 *
 * Break-evens, extremes, probabilities, Greeks and curves, by the engine's own pricing.
 */
export const analysePayoffMutation = (options?: Partial<Options<AnalysePayoffData>>): UseMutationOptions<AnalysePayoffResponse, AnalysePayoffError, Options<AnalysePayoffData>> => {
    const mutationOptions: UseMutationOptions<AnalysePayoffResponse, AnalysePayoffError, Options<AnalysePayoffData>> = {
        mutationFn: async (fnOptions) => {
            const { data } = await analysePayoff({
                ...options,
                ...fnOptions,
                throwOnError: true
            });
            return data;
        }
    };
    return mutationOptions;
};

export const getChainQueryKey = (options: Options<GetChainData>) => createQueryKey('getChain', options);

/**
 * The last chain at or before an instant
 *
 * All quotes of one underlying, and the expirations that they belong to.
 */
export const getChainOptions = (options: Options<GetChainData>) => queryOptions<GetChainResponse, GetChainError, GetChainResponse, ReturnType<typeof getChainQueryKey>>({
    queryFn: async ({ queryKey, signal }) => {
        const { data } = await getChain({
            ...options,
            ...queryKey[0],
            signal,
            throwOnError: true
        });
        return data;
    },
    queryKey: getChainQueryKey(options)
});
