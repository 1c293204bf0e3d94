// @ts-nocheck
// Generated from openapi.json by `npm run openapi`.

import * as z from 'zod/mini';

/**
 * The identity, exact: integers of 0.000001 USD that add up without rounding.
 *
 * initial_cash + external_flows + realised + unrealised + interest + dividends - fees = net_liquidation, and
 * final_cash + final_market_value = net_liquidation.
 *
 * Source: the ledger of the account for cash, the cost bases of the positions for profit.
 */
export const zAccounting = z.object({
    initial_cash_micros: z.int(),
    external_flows_micros: z.int(),
    realised_micros: z.int(),
    unrealised_micros: z.int(),
    fees_micros: z.int(),
    interest_micros: z.int(),
    dividends_micros: z.int(),
    final_cash_micros: z.int(),
    final_market_value_micros: z.int(),
    net_liquidation_micros: z.int(),
    balanced: z.boolean()
});

/**
 * File names, as seen from the folder of this summary; outside the summary hash.
 *
 * Source: what was written with it.
 */
export const zArtifacts = z.object({
    summary: z._default(z.nullable(z.string()), null),
    trades: z._default(z.nullable(z.string()), null),
    legs: z._default(z.nullable(z.string()), null),
    orders: z._default(z.nullable(z.string()), null),
    fills: z._default(z.nullable(z.string()), null),
    equity: z._default(z.nullable(z.string()), null),
    greeks: z._default(z.nullable(z.string()), null),
    attribution: z._default(z.nullable(z.string()), null),
    margin_calls: z._default(z.nullable(z.string()), null),
    events: z._default(z.nullable(z.string()), null),
    funnel: z._default(z.nullable(z.string()), null),
    configuration: z._default(z.nullable(z.string()), null)
});

/**
 * Choices that move the result and are no data: read them before the figures.
 *
 * Source: the configuration, its defaults, and what the store says of its data.
 */
export const zAssumptions = z.object({
    quotes: z.string(),
    fill_model: z.string(),
    fill_timing: z.enum(['next_snapshot', 'same_snapshot']),
    net_rounding: z.enum(['against_trader', 'none']),
    worthless_long: z.enum(['keep', 'give_up']),
    crossed_quotes: z.enum(['wait', 'trade']),
    shown_size: z.enum([
        'ignore',
        'all_or_none',
        'partial'
    ]),
    size_percent: z.number().check(z.gt(0), z.lte(100)),
    max_quote_age_s: z.nullable(z.number().check(z.gte(0))),
    latency_s: z.number().check(z.gte(0)),
    market_on_close_minutes: z.int().check(z.gte(0)),
    share_half_spread_usd: z.number().check(z.gte(0)),
    commission_schedule: z.string(),
    margin_model: z.string(),
    mark_policy: z.string(),
    settlement_source: z.string(),
    assignment_model: z.string(),
    delivered_shares: z.enum(['liquidate', 'keep']),
    pricing_model: z.string(),
    rates_source: z.string(),
    dividend_source: z.string(),
    interest_on_cash: z.string(),
    stock_borrow: z.string(),
    margin_calls: z.string(),
    sizing: z.record(z.string(), z.string()),
    open_at_end: z.enum([
        'mark',
        'close_at_touch',
        'settle'
    ]),
    time_assumed: z.boolean(),
    quote_time: z.string()
});

/**
 * Bars that a run reads beside its chains: signals see them, and they mark shares and settle what expires.
 *
 * Attributes:
 * symbol: of a share or an index, as `ironfly data list` shows it.
 * resolution: resolution the bars were imported with.
 * adjust: events whose ex-date changes the unit in which signals read past prices of the symbol; all else sees
 * raw prices.
 */
export const zBarSelection = z.object({
    symbol: z.string().check(z.minLength(1)),
    resolution: z._default(z.optional(z.string().check(z.minLength(1))), 'eod'),
    adjust: z.optional(z.enum([
        'none',
        'splits',
        'splits_and_dividends'
    ]))
});

/**
 * Holds in the last sessions before an event that is known in advance, e.g. earnings.
 *
 * Attributes:
 * event: name of the event in the strategy's `event_dates`; or `dates`.
 * dates: exchange dates of the events, said here.
 * sessions: so many sessions before the date, up to the last one before it; 0: on the date itself.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zBeforeEvent = z.object({
    kind: z.literal('before_event'),
    event: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    dates: z._default(z.nullish(z.array(z.iso.date()).check(z.minLength(1))), null),
    sessions: z._default(z.optional(z.int().check(z.gte(0))), 1),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * What the benchmark explains of the curve.
 *
 * Daily returns of the same sessions, from the end of the first one on. Those of the benchmark are of its price:
 * splits are left out, dividends are not added. The risk-free rate is 0.
 *
 * Source: `equity.csv`, and the last price of each session of `config.benchmark`: a market of the run, or a file.
 */
export const zBenchmark = z.object({
    name: z.string(),
    sha256: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
    days: z.int().check(z.gte(0)),
    total_return: z.nullable(z.number()),
    alpha: z.nullable(z.number()),
    beta: z.nullable(z.number()),
    correlation: z.nullable(z.number()),
    r_squared: z.nullable(z.number()),
    tracking_error: z.nullable(z.number()),
    information_ratio: z.nullable(z.number()),
    treynor: z.nullable(z.number()),
    up_capture: z.nullable(z.number()),
    down_capture: z.nullable(z.number())
});

/**
 * What the curve is compared with; it decides nothing in the run.
 *
 * Attributes:
 * symbol: one of the underlyings or of the bars; left out, with `file` too: the first underlying.
 * file: CSV file `date,value` of a series from outside, which goes before; relative to the configuration file.
 */
export const zBenchmarkConfig = z.object({
    symbol: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    file: z._default(z.nullish(z.string()), null)
});

/**
 * How deltas of several underlyings become one, in shares of an index.
 *
 * A delta counts as beta x price of its underlying / price of the index. A beta that is not given is estimated from
 * the daily returns of the sessions before today that the run has seen; until there are enough it is 1.
 *
 * Attributes:
 * index: symbol whose shares beta-weighted deltas are counted in; it needs a price in the run.
 * given: beta of an underlying by its symbol.
 * sessions: so many daily returns make an estimate.
 */
export const zBetaConfig = z.object({
    index: z.string().check(z.minLength(1)),
    given: z.optional(z.record(z.string(), z.number())),
    sessions: z._default(z.optional(z.int().check(z.gte(2))), 60)
});

/**
 * How near trades came to what they could make or lose at expiration, as it was known at their openings.
 */
export const zBounds = z.object({
    opened_for_credit: z.int().check(z.gte(0)),
    maximum_profit_hit: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    maximum_loss_hit: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    largest_maximum_loss_usd: z.nullable(z.number())
});

/**
 * Armed once the profit has reached a mark, holds when nothing is left of it (fees apart).
 *
 * Attributes:
 * arm_percent_of_premium: armed at a profit of so many percent of the premium received or paid at entry.
 * arm_percent_of_maximum_profit: armed at so many percent of the most that the position can earn at expiration.
 * arm_usd: armed at this profit of all packages together.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export const zBreakEvenStop = z.object({
    kind: z.literal('break_even_stop'),
    arm_percent_of_premium: z._default(z.nullish(z.number().check(z.gt(0))), null),
    arm_percent_of_maximum_profit: z._default(z.nullish(z.number().check(z.gt(0))), null),
    arm_usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * A hint at what more money would have met: contracts filled by contracts that the market showed.
 *
 * Of legs of options alone; quotes of which the data say no size, or no volume, are left out.
 */
export const zCapacity = z.object({
    legs_with_size: z.int().check(z.gte(0)),
    median_of_size: z.nullable(z.number()),
    largest_of_size: z.nullable(z.number()),
    tightest_symbol: z.nullable(z.string()),
    scale_within_size: z.nullable(z.number()),
    legs_with_volume: z.int().check(z.gte(0)),
    median_of_volume: z.nullable(z.number()),
    largest_of_volume: z.nullable(z.number())
});

/**
 * Net liquidation and what bound it.
 *
 * Source: the account at every mark, `equity.csv`; fills and trades for turnover and time in the market.
 */
export const zCapital = z.object({
    start_usd: z.number(),
    end_usd: z.number(),
    profit_usd: z.number(),
    min_net_liquidation_usd: z.number(),
    max_margin_usd: z.nullable(z.number()),
    max_net_liquidation_usd: z.number(),
    lowest_buying_power_usd: z.nullable(z.number()),
    max_margin_fraction: z.nullable(z.number()),
    average_margin_fraction: z.nullable(z.number()),
    return_on_max_margin: z.nullable(z.number()),
    turnover_per_year: z.nullable(z.number()),
    time_in_market: z.number().check(z.gte(0), z.lte(1))
});

/**
 * Keep the last quote of every contract, for files that hold only the contracts whose quote changed.
 *
 * Attributes:
 * max_age_minutes: an older quote is flagged stale and does not trade; null: no limit. The default is a choice,
 * not a measurement: long enough for quiet strikes of minute files, short against a session.
 * across_sessions: keep quotes overnight.
 * missing_side: what a new quote without a bid or an ask does: `blank` takes it as said, `last` keeps the side's
 * last value.
 */
export const zCarryQuotes = z.object({
    max_age_minutes: z._default(z.nullish(z.int().check(z.gte(1))), 15),
    across_sessions: z._default(z.optional(z.boolean()), false),
    missing_side: z.optional(z.enum(['blank', 'last']))
});

/**
 * A deposit, or (negative) a withdrawal.
 *
 * Attributes:
 * date: exchange date; where it is no session, the next one counts.
 * time: on the exchange's clock; null: at the open.
 */
export const zCashFlow = z.object({
    date: z.iso.date(),
    amount_usd: z.number(),
    time: z._default(z.nullish(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), null)
});

/**
 * Profit by cause, negative where it cost; the amounts add up to the profit.
 */
export const zCauses = z.object({
    theta_usd: z.number(),
    delta_usd: z.number(),
    gamma_usd: z.number(),
    spot_higher_order_usd: z.number(),
    vega_usd: z.number(),
    vanna_usd: z.number(),
    volga_usd: z.number(),
    volatility_higher_order_usd: z.number(),
    rho_usd: z.number(),
    spread_cost_usd: z.number(),
    fees_usd: z.number(),
    dividends_usd: z.number(),
    financing_usd: z.number(),
    assignment_usd: z.number(),
    unexplained_usd: z.number()
});

/**
 * Contracts that a run reads: fewer are faster; one that was read once is read until it is dead.
 *
 * Attributes:
 * roots: roots of symbols, e.g. `[SPXW]`; empty: all.
 * max_dte: at most so many days to expiration.
 * min_dte: at least so many days to expiration when a contract is first read.
 * moneyness_percent: strikes at most so far from the price of the underlying.
 */
export const zContractSelection = z.object({
    roots: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), []),
    max_dte: z._default(z.nullish(z.int().check(z.gte(0))), null),
    moneyness_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    min_dte: z._default(z.nullish(z.int().check(z.gte(0))), null)
});

/**
 * Contracts of one underlying in the range.
 */
export const zContracts = z.object({
    underlying: z.string(),
    quoted: z.int().check(z.gte(0)),
    expired: z.int().check(z.gte(0)),
    read: z.int().check(z.gte(0))
});

/**
 * No entry for some sessions after a position was closed.
 *
 * Attributes:
 * after: `close`: whatever it brought; `loss`: where it lost money, fees counted.
 * in_a_row: only the last of so many closings in a row, or losses without another closing between them; the count
 * begins anew after it.
 * sessions: so many, that of the closing being the first: 1 rests for what is left of it.
 */
export const zCoolDown = z.object({
    after: z.enum(['close', 'loss']),
    sessions: z._default(z.optional(z.int().check(z.gte(1))), 1),
    in_a_row: z._default(z.optional(z.int().check(z.gte(1))), 1)
});

/**
 * A limit on the risk in underlyings that move together, as far as their returns are known.
 *
 * Attributes:
 * max_risk_percent: of net liquidation, for the maximum losses of all positions on such underlyings.
 * above: daily returns that correlate more than this move together.
 * sessions: so many common daily returns must be known; with fewer two underlyings count as unrelated.
 */
export const zCorrelationLimit = z.object({
    max_risk_percent: z.number().check(z.gt(0)),
    above: z._default(z.optional(z.number().check(z.gte(-1), z.lt(1))), 0.7),
    sessions: z._default(z.optional(z.int().check(z.gte(3))), 60)
});

/**
 * What trading cost.
 *
 * Source: the ledger of the account; `fill_sensitivity` for the spread.
 */
export const zCosts = z.object({
    fees_usd: z.number(),
    financing_usd: z.number(),
    debit_interest_usd: z.number(),
    borrow_usd: z.number(),
    interest_earned_usd: z.number(),
    spread_usd: z.nullable(z.number())
});

/**
 * What a loss since the end of the session before leads to; it ends with the session.
 *
 * Attributes:
 * percent: of net liquidation at the end of the session before.
 * usd: the same as money; whichever of the two is given and reached first.
 * action: as in `DrawdownStep`.
 */
export const zDailyLossStop = z.object({
    percent: z._default(z.nullish(z.number().check(z.gt(0), z.lte(100))), null),
    usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    action: z.optional(z.enum(['halt', 'flatten']))
});

/**
 * A vendor's file that the run's data came from.
 */
export const zDataFile = z.object({
    name: z.string(),
    format: z.string(),
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    rows: z.int().check(z.gte(0))
});

/**
 * Which data the run reads.
 *
 * Attributes:
 * source: `store` for what was imported; `model` for the market that comes with the product, 2014-01-03 to
 * 2018-12-31: real closes of S&P 500 and VIX, computed option quotes (docs/data.md).
 * underlyings: symbols, e.g. `[SPX]`; the model market has SPX, XFUND and XSTOCK.
 * resolution: resolution the data was imported with; the model market has `eod` and `half_hour`.
 * model_seed: which model market; apart from the run's seed, so that runs of many seeds share one market.
 * greeks: volatilities and Greeks of stored chains: `own`, computed from the quotes by one method for all vendors,
 * or the `vendor`'s where the file has them. The model market always brings its own.
 * times: exchange clock times (`15:45`) of the chains to read; empty: all.
 * every_minutes: read only chains at multiples of so many minutes on the exchange's clock.
 * contracts: read only these contracts.
 * bars: bars of shares and indices to read beside the chains, from the store.
 * share_quotes: bids and asks of shares to read from the store, so that shares trade at the touch.
 * carry_quotes: keep the last quote of contracts that a chain does not name (`{}` for the defaults); left out:
 * each chain is what its file says.
 * settlement_values: CSV file `symbol,date,value` of official settlement values, symbol being the root
 * (`SPX`, `SPXW`); relative to the configuration file. Without one, those that were imported into the store.
 * overrides: CSV file `underlying,at,symbol,column,value,reason` of what the user knows better than the store
 * (docs/data.md); relative to the configuration file.
 */
export const zDataSelection = z.object({
    source: z.optional(z.enum(['store', 'model'])),
    underlyings: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    resolution: z._default(z.optional(z.string().check(z.minLength(1))), 'eod'),
    model_seed: z._default(z.optional(z.int().check(z.gte(0))), 0),
    greeks: z.optional(z.enum(['own', 'vendor'])),
    times: z._default(z.optional(z.array(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)))), []),
    every_minutes: z._default(z.nullish(z.int().check(z.gte(1), z.lte(1440))), null),
    contracts: z._default(z.optional(zContractSelection), {
        roots: [],
        max_dte: null,
        moneyness_percent: null,
        min_dte: null
    }),
    bars: z._default(z.optional(z.array(zBarSelection)), []),
    share_quotes: z._default(z.optional(z.array(zBarSelection)), []),
    carry_quotes: z._default(z.nullish(zCarryQuotes), null),
    settlement_values: z._default(z.nullish(z.string()), null),
    overrides: z._default(z.nullish(z.string()), null)
});

/**
 * Holds when the position has been open for so many exchange dates, weekends and holidays included, or more.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zDaysHeld = z.object({
    kind: z.literal('days_held'),
    days: z.int().check(z.gte(1)),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * Holds when an expiration is so many exchange dates away, or fewer.
 *
 * Attributes:
 * leg: name of the leg whose expiration counts; left out: the nearest one held.
 * legs: names of the legs that are closed, of which the nearest counts; empty: the whole position.
 */
export const zDaysToExpiration = z.object({
    kind: z.literal('dte'),
    days: z.int().check(z.gte(0)),
    leg: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * Holds when the delta of a leg, its sign left out, has come to a bound; needs a quote that can be trusted.
 *
 * Attributes:
 * leg: name of the leg whose delta counts.
 * above: so much or more.
 * below: so much or less.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zDeltaBreach = z.object({
    kind: z.literal('delta_breach'),
    leg: z.string().check(z.minLength(1)),
    above: z._default(z.nullish(z.number().check(z.gte(0), z.lte(1))), null),
    below: z._default(z.nullish(z.number().check(z.gte(0), z.lte(1))), null),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].
 *
 * Attributes:
 * tolerance: allowed distance from the target, beside minimum and maximum.
 */
export const zDeltaTarget = z.object({
    target: z.number().check(z.gt(0), z.lt(1)),
    minimum: z._default(z.optional(z.number().check(z.gte(0), z.lte(1))), 0),
    maximum: z._default(z.optional(z.number().check(z.gte(0), z.lte(1))), 1),
    tolerance: z._default(z.nullish(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * How unlike each other closed trades are, and how much hangs on a few.
 *
 * The risk of ruin takes the account for a diffusion with the trades' mean and variance (Cox and Miller, 1965).
 */
export const zDispersion = z.object({
    deviation_usd: z.nullable(z.number()),
    downside_deviation_usd: z.nullable(z.number()),
    smallest_win_usd: z.nullable(z.number()),
    smallest_loss_usd: z.nullable(z.number()),
    average_win_of_capital: z.nullable(z.number()),
    average_loss_of_capital: z.nullable(z.number()),
    win_concentration: z.nullable(z.number()),
    loss_concentration: z.nullable(z.number()),
    risk_of_ruin: z.nullable(z.number().check(z.gte(0), z.lte(1)))
});

/**
 * A cash dividend of an underlying.
 */
export const zDividend = z.object({
    underlying: z.string(),
    ex_date: z.iso.date(),
    amount_usd: z.number().check(z.gt(0))
});

/**
 * What a fall from the highest net liquidation so far leads to; deposits and withdrawals are no fall.
 *
 * Without a way to resume it stays in force to the end of the run.
 *
 * Attributes:
 * at_percent: of the highest net liquidation.
 * action: `halt`: no new positions; `reduce`: smaller ones, and a part of the open ones is closed; `flatten`: no
 * new positions, and all are closed.
 * size_factor: sizes are multiplied by it while they are reduced.
 * close_percent: of each open position is closed when sizes begin to be reduced, in whole packages.
 * resume_after_sessions: it ends so many sessions after the one it began in; the highest net liquidation is then
 * counted anew.
 * resume_within_percent: it ends when the fall is at most this.
 */
export const zDrawdownStep = z.object({
    at_percent: z.number().check(z.gt(0), z.lte(100)),
    action: z.optional(z.enum([
        'halt',
        'reduce',
        'flatten'
    ])),
    size_factor: z._default(z.optional(z.number().check(z.gt(0), z.lt(1))), 0.5),
    close_percent: z._default(z.optional(z.number().check(z.gte(0), z.lte(100))), 0),
    resume_after_sessions: z._default(z.nullish(z.int().check(z.gte(1))), null),
    resume_within_percent: z._default(z.nullish(z.number().check(z.gte(0), z.lt(100))), null)
});

/**
 * The account after one market event.
 */
export const zEquityPoint = z.object({
    at: z.iso.datetime(),
    net_liquidation_usd: z.number(),
    profit_usd: z.number(),
    total_return: z.number(),
    drawdown: z.number(),
    margin_requirement_usd: z.nullable(z.number())
});

/**
 * An equity curve, thinned out without losing an extreme.
 */
export const zEquity = z.object({
    points: z.array(zEquityPoint),
    total: z.int().check(z.gte(0))
});

/**
 * Holds from so many sessions before or after a dated event to so many, both included.
 *
 * Dates are known in advance, so before the event as well. An event on a day without a session counts as one of the
 * next session.
 *
 * Attributes:
 * event: name of the event in the strategy's `event_dates`, e.g. `earnings`.
 * from_sessions: first session, -5 being five before the event, 0 that of the event, 1 the one after it.
 * to_sessions: last session, counted likewise.
 */
export const zEventCondition = z.object({
    event: z.string().check(z.minLength(1)),
    from_sessions: z._default(z.optional(z.int().check(z.gte(-250), z.lte(250))), 0),
    to_sessions: z._default(z.optional(z.int().check(z.gte(-250), z.lte(250))), 0)
});

/**
 * The expiration that is exactly so many days away, counted in exchange dates; `dte: 0` expires today.
 *
 * Attributes:
 * roots: as in `ExpirationSpec`.
 * cycle: as in `ExpirationSpec`.
 */
export const zExactExpiration = z.object({
    dte: z.int().check(z.gte(0)),
    roots: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), []),
    cycle: z.optional(z.enum([
        'all',
        'monthly',
        'weekly'
    ]))
});

/**
 * Exercise and assignment before expiration, and what they leave behind (docs/lifecycle.md).
 *
 * Attributes:
 * early_assignment: short American options are assigned on every night on which exercise is `optimal` for their
 * holder; at `random`, contract by contract, on such nights; or not before they expire (`off`).
 * assignment_probability: of one contract in one such night, where assignment is random.
 * early_exercise: long American options are exercised on the first night on which that is optimal.
 * delivered_shares: shares that an option left in a position are sold (short ones bought back) at their next
 * price, or kept for the strategy to deal with.
 */
export const zExerciseConfig = z.object({
    early_assignment: z.optional(z.enum([
        'optimal',
        'random',
        'off'
    ])),
    assignment_probability: z._default(z.optional(z.number().check(z.gt(0), z.lte(1))), 0.5),
    early_exercise: z._default(z.optional(z.boolean()), false),
    delivered_shares: z.optional(z.enum(['liquidate', 'keep']))
});

/**
 * Trades that ended for one reason.
 */
export const zExitReason = z.object({
    count: z.int().check(z.gte(0)),
    profit_usd: z.number()
});

/**
 * A strike by its distance from the underlying's price in expected moves of its expiration, out of the money.
 *
 * Attributes:
 * target: multiple of the expected move; 1 is one move out of the money.
 * tolerance: allowed distance from the target in moves, beside minimum and maximum.
 * measured_by: `straddle`: middle of the at-the-money call plus middle of the put, the mean absolute move that is
 * priced in, about 0.8 standard deviations. `volatility`: price times at-the-money volatility times the root
 * of the years to settlement (calendar days / 365), one standard deviation.
 */
export const zExpectedMoveTarget = z.object({
    target: z._default(z.optional(z.number()), 1),
    minimum: z._default(z.nullish(z.number()), null),
    maximum: z._default(z.nullish(z.number()), null),
    tolerance: z._default(z.nullish(z.number().check(z.gte(0))), null),
    measured_by: z.optional(z.enum(['straddle', 'volatility']))
});

/**
 * One series of a chain.
 */
export const zExpiration = z.object({
    root: z.string(),
    expires_on: z.iso.date(),
    settles_at: z.iso.datetime(),
    dte: z.int(),
    years: z.number()
});

/**
 * An expiration by days to expiration, counted in exchange dates; the one nearest to the target, earlier on ties.
 *
 * Attributes:
 * roots: contract roots that are considered, the preferred one first; empty: all. `SPX` settles at the open,
 * `SPXW` at the close.
 * cycle: `monthly`: only the third Friday of a month (the session before it where that is a holiday); `weekly`:
 * only the others.
 */
export const zExpirationSpec = z.object({
    target_dte: z.int().check(z.gte(0)),
    min_dte: z.int().check(z.gte(0)),
    max_dte: z.int().check(z.gte(0)),
    roots: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), []),
    cycle: z.optional(z.enum([
        'all',
        'monthly',
        'weekly'
    ]))
});

/**
 * The put or the call that a cycle sells.
 *
 * Attributes:
 * profit_target_percent: bought back when so many percent of its premium are earned, on a quote that can be
 * trusted; left out: never.
 * dte: bought back when it has so many days to expiration, or fewer; left out: held to its expiration.
 */
export const zCycleOption = z.object({
    expiration: zExpirationSpec,
    delta: zDeltaTarget,
    profit_target_percent: z._default(z.nullish(z.number().check(z.gt(0), z.lt(100))), null),
    dte: z._default(z.nullish(z.int().check(z.gte(0))), null)
});

/**
 * How much is explained: sums of the sizes of the amounts of every position and day.
 */
export const zExplained = z.object({
    position_days: z.int().check(z.gte(0)),
    unexplained_fraction: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    higher_order_fraction: z.nullable(z.number().check(z.gte(0), z.lte(1)))
});

/**
 * Holds when an expression over signals does; it does not where one of its signals has no value.
 *
 * Attributes:
 * when: e.g. `iv_rank > 0.3 and sma50 > sma200`: signals of the run by name, numbers, `+ - * /`, comparisons
 * and their chains, `and`, `or`, `not`, parentheses, `abs`, `min`, `max`, and `previous(x)`, x on the chain
 * before.
 */
export const zExpressionCondition = z.object({
    when: z.string().check(z.minLength(1))
});

/**
 * Least and greatest value of one Greek at the ends of sessions.
 */
export const zExtreme = z.object({
    least: z.number(),
    least_at: z.iso.datetime(),
    greatest: z.number(),
    greatest_at: z.iso.datetime(),
    average: z.number()
});

/**
 * One fall from a peak.
 */
export const zFall = z.object({
    depth: z.number(),
    start: z.iso.datetime(),
    trough: z.iso.datetime(),
    recovered: z.nullable(z.iso.datetime()),
    days: z.int().check(z.gte(0)),
    recovery_days: z.nullable(z.int().check(z.gte(0)))
});

/**
 * Falls from a peak of the curve that `returns` describes, negative.
 *
 * Source: the account at the last mark of every session, `equity.csv`; the trades for `closed_trades`.
 */
export const zDrawdown = z.object({
    max: z.nullable(z.number()),
    start: z.nullable(z.iso.datetime()),
    trough: z.nullable(z.iso.datetime()),
    recovered: z.nullable(z.iso.datetime()),
    count: z.int().check(z.gte(0)),
    average: z.nullable(z.number()),
    longest_days: z.int().check(z.gte(0)),
    average_days: z.nullable(z.number()),
    longest_recovery_days: z.nullable(z.int().check(z.gte(0))),
    recovery_factor: z.nullable(z.number()),
    intraday: z.nullable(z.number()),
    closed_trades: z.nullable(z.number()),
    closed_trades_usd: z.number(),
    deepest: z.array(zFall)
});

/**
 * One thing that is wrong in a request.
 */
export const zFieldProblem = z.object({
    field: z.string(),
    problem: z.string()
});

/**
 * Trades at other prices, and what their fills paid.
 */
export const zFillGroup = z.object({
    mid_usd: z.nullable(z.number()),
    model_usd: z.nullable(z.number()),
    touch_usd: z.nullable(z.number()),
    breakeven_spread_fraction: z.nullable(z.number()),
    legs: z.int().check(z.gte(0)),
    legs_two_sided: z.int().check(z.gte(0)),
    spread_fraction_paid: z.nullable(z.number()),
    spread_cost_usd: z.nullable(z.number()),
    spread_cost_per_trade_usd: z.nullable(z.number())
});

/**
 * The same decisions at other prices: the whole run, and its trades by what opened them.
 *
 * A leg that pays the fraction f of the spread trades at bid + f x (ask - bid) when it buys, and at
 * ask - f x (ask - bid) when it sells: 0.5 is the middle, 1 the touch. A leg that filled where there was no bid and
 * ask keeps its price in all of these figures.
 *
 * Source: bid, ask and sizes that every leg filled against, `fills.csv`.
 */
export const zFillSensitivity = z.object({
    mid_usd: z.nullable(z.number()),
    model_usd: z.nullable(z.number()),
    touch_usd: z.nullable(z.number()),
    breakeven_spread_fraction: z.nullable(z.number()),
    legs: z.int().check(z.gte(0)),
    legs_two_sided: z.int().check(z.gte(0)),
    spread_fraction_paid: z.nullable(z.number()),
    spread_cost_usd: z.nullable(z.number()),
    spread_cost_per_trade_usd: z.nullable(z.number()),
    by_strategy: z.record(z.string(), zFillGroup),
    by_structure: z.record(z.string(), zFillGroup),
    capacity: zCapacity
});

/**
 * Always the same number of packages.
 */
export const zFixedContracts = z.object({
    kind: z._default(z.optional(z.literal('fixed_contracts')), 'fixed_contracts'),
    contracts: z._default(z.optional(z.int().check(z.gte(1))), 1)
});

/**
 * One step on the way to a trade.
 */
export const zFunnelStage = z.object({
    stage: z.string(),
    passed: z.int().check(z.gte(0)),
    declined: z.record(z.string(), z.int().check(z.gte(0)))
});

/**
 * Where the entries of one strategy ended. Refusals by risk and margin stand in `refusals`.
 *
 * Source: every entry that was due, `funnel.csv`.
 */
export const zFunnel = z.object({
    stages: z.array(zFunnelStage),
    opened: z.int().check(z.gte(0))
});

/**
 * Sensitivities in the units of the screen.
 */
export const zGreeks = z.object({
    delta_shares: z.number(),
    gamma_shares_per_point: z.number(),
    vega_usd_per_point: z.number(),
    theta_usd_per_day: z.number()
});

/**
 * Trades that have something in common; rates and averages are of closed ones.
 */
export const zGroup = z.object({
    name: z.string(),
    count: z.int().check(z.gte(0)),
    profit_usd: z.number(),
    win_rate: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    profit_factor: z.nullable(z.number()),
    average_usd: z.nullable(z.number()),
    average_days_in_trade: z.nullable(z.number()),
    average_profit_r: z.nullable(z.number()),
    average_return_on_margin: z.nullable(z.number())
});

/**
 * The same trades by several questions: every trade once in each of them.
 */
export const zGroups = z.object({
    strategy: z.array(zGroup),
    structure: z.array(zGroup),
    underlying: z.array(zGroup),
    days_to_expiration: z.array(zGroup),
    delta: z.array(zGroup),
    iv_rank: z.array(zGroup),
    vix: z.array(zGroup),
    trend_regime: z.array(zGroup),
    volatility_regime: z.array(zGroup),
    weekday: z.array(zGroup),
    entry_tag: z.array(zGroup),
    exit_reason: z.array(zGroup)
});

/**
 * The four figures that people ask for first; all of them stand in the summary.
 */
export const zHeadline = z.object({
    profit_usd: z.number(),
    total_return: z.nullable(z.number()),
    max_drawdown: z.nullable(z.number()),
    trades: z.int().check(z.gte(0))
});

/**
 * The service answers.
 */
export const zHealth = z.object({
    status: z.literal('ok'),
    engine_version: z.string()
});

/**
 * Hedges when the net delta is further from the target than this.
 *
 * Attributes:
 * delta_shares: delta of everything that is hedged together, in shares.
 */
export const zHedgeBand = z.object({
    kind: z.literal('band'),
    delta_shares: z.number().check(z.gt(0))
});

/**
 * Hedges at the first chain at or after certain times.
 *
 * Attributes:
 * times: of the day, on the exchange's clock.
 * every_minutes: so long after the last time, and when something was opened.
 * every_sessions: in every so many sessions once, at its first chain, and when something was opened.
 */
export const zHedgeSchedule = z.object({
    kind: z.literal('schedule'),
    times: z._default(z.nullish(z.array(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))).check(z.minLength(1))), null),
    every_minutes: z._default(z.nullish(z.int().check(z.gte(1))), null),
    every_sessions: z._default(z.nullish(z.int().check(z.gte(1))), null)
});

/**
 * Keeps the position for its expiration: once this holds, the rules below it are not asked any more.
 *
 * Attributes:
 * dte: holds when the nearest expiration is so many exchange dates away, or fewer; left out: always.
 */
export const zHold = z.object({
    kind: z.literal('hold'),
    dte: z._default(z.nullish(z.int().check(z.gte(0))), null)
});

/**
 * How long trades lasted, in days of 24 hours from opening to end; open trades count only where it is said.
 */
export const zHoldingTimes = z.object({
    first_opened: z.nullable(z.iso.datetime()),
    last_closed: z.nullable(z.iso.datetime()),
    average_days_of_winners: z.nullable(z.number()),
    median_days_of_winners: z.nullable(z.number()),
    average_days_of_losers: z.nullable(z.number()),
    median_days_of_losers: z.nullable(z.number()),
    longest_days: z.nullable(z.number()),
    most_open_at_once: z.int().check(z.gte(0)),
    profit_per_day_usd: z.nullable(z.number())
});

/**
 * The machine; outside the summary hash.
 */
export const zHost = z.object({
    python: z.string(),
    platform: z.string()
});

/**
 * As many packages as risk a fraction of what Kelly's rule stakes: win rate - (1 - win rate) / payoff ratio.
 *
 * Attributes:
 * win_rate: share of trades that win.
 * payoff_ratio: average win by average loss.
 * fraction: of Kelly's stake; a half is common, because the two numbers are never known.
 * cap_percent: no more than this percentage of net liquidation is risked.
 * learn_after_trades: from so many closed trades of the strategy on, their win rate and payoff ratio take the
 * place of those given; left out: never.
 */
export const zKellyFraction = z.object({
    kind: z.literal('kelly'),
    win_rate: z.number().check(z.gt(0), z.lt(1)),
    payoff_ratio: z.number().check(z.gt(0)),
    fraction: z._default(z.optional(z.number().check(z.gt(0), z.lte(1))), 0.5),
    cap_percent: z._default(z.optional(z.number().check(z.gt(0), z.lte(100))), 5),
    learn_after_trades: z._default(z.nullish(z.int().check(z.gte(2))), null)
});

/**
 * An expiration by the days that it lies behind another one; the nearest to the target, earlier on ties.
 *
 * With `after` alone: the next expiration that is listed behind it.
 *
 * Attributes:
 * after: name of the other expiration.
 * target_days: days behind it, in exchange dates; left out: as few as `min_days` allows.
 * max_days: left out: no bound.
 * roots: as in `ExpirationSpec`; empty: all, whichever root the other expiration has.
 * cycle: as in `ExpirationSpec`.
 */
export const zLaterExpiration = z.object({
    after: z.string().check(z.minLength(1)),
    target_days: z._default(z.nullish(z.int().check(z.gte(1))), null),
    min_days: z._default(z.optional(z.int().check(z.gte(1))), 1),
    max_days: z._default(z.nullish(z.int().check(z.gte(1))), null),
    roots: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), []),
    cycle: z.optional(z.enum([
        'all',
        'monthly',
        'weekly'
    ]))
});

/**
 * Exercise, assignment, expiration, dividends, and what companies did.
 *
 * Contracts are counted one by one, whichever side was held.
 *
 * Source: the events of the run, `events.csv`.
 */
export const zLifecycle = z.object({
    exercises_early: z.int().check(z.gte(0)),
    exercises_at_expiration: z.int().check(z.gte(0)),
    assignments_early: z.int().check(z.gte(0)),
    assignments_at_expiration: z.int().check(z.gte(0)),
    cash_settlements: z.int().check(z.gte(0)),
    expirations_worthless: z.int().check(z.gte(0)),
    dividends: z.int().check(z.gte(0)),
    splits: z.int().check(z.gte(0)),
    special_dividends: z.int().check(z.gte(0)),
    new_symbols: z.int().check(z.gte(0)),
    deposits: z.int().check(z.gte(0)),
    withdrawals: z.int().check(z.gte(0))
});

/**
 * What a contract must have at the instant of the choice; a value that the data lack is not enough.
 *
 * Attributes:
 * minimum_open_interest: contracts outstanding.
 * minimum_volume: contracts traded so far today.
 * minimum_bid_usd: bid per share.
 * maximum_spread_usd: ask less bid, per share.
 * maximum_spread_percent: ask less bid in percent of the middle between them.
 */
export const zLiquidityFilter = z.object({
    minimum_open_interest: z._default(z.nullish(z.int().check(z.gte(1))), null),
    minimum_volume: z._default(z.nullish(z.int().check(z.gte(1))), null),
    minimum_bid_usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    maximum_spread_usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    maximum_spread_percent: z._default(z.nullish(z.number().check(z.gt(0))), null)
});

/**
 * When the requirement is checked, and what happens when it is not covered (docs/margin.md).
 *
 * Attributes:
 * check: at every value of the account, at the first one of every interval, or when a session has ended.
 * interval_minutes: length of the intervals, counted from midnight of the exchange.
 * measure: what has to cover the requirement: cash, or cash and the marked value of everything held.
 * grace_sessions: sessions after that of the call before anything is closed.
 * liquidation: nothing is closed; or whole structures, the largest requirement first, until the rest is covered.
 */
export const zMarginCallConfig = z.object({
    check: z.optional(z.enum([
        'every_mark',
        'interval',
        'session_end'
    ])),
    interval_minutes: z._default(z.optional(z.int().check(z.gte(1), z.lte(1440))), 5),
    measure: z.optional(z.enum(['cash', 'net_liquidation'])),
    grace_sessions: z._default(z.optional(z.int().check(z.gte(0))), 0),
    liquidation: z.optional(z.enum(['none', 'worst_structure']))
});

/**
 * Where the account did not cover its requirement.
 *
 * Source: the events of the margin watch, `margin_calls.csv`.
 */
export const zMarginCalls = z.object({
    count: z.int().check(z.gte(0)),
    first_at: z.nullable(z.iso.datetime()),
    met: z.int().check(z.gte(0)),
    liquidations: z.int().check(z.gte(0))
});

/**
 * What margin models that look at prices need to know.
 *
 * Attributes:
 * underlying_classes: class of an underlying by its symbol; an index that is not named is `broad_index`, anything
 * else `equity`.
 * margin_loan: under `regulation_t`, cash may be negative as far as shares and proceeds cover the requirement.
 */
export const zMarginOptions = z.object({
    underlying_classes: z.optional(z.record(z.string(), z.enum([
        'equity',
        'narrow_index',
        'broad_index',
        'other_broad_index',
        'leveraged_etf_2x',
        'leveraged_etf_3x'
    ]))),
    margin_loan: z._default(z.optional(z.boolean()), false)
});

/**
 * How the account moved from one valuation to the next, deposits and withdrawals apart.
 */
export const zMarkedMoves = z.object({
    marks: z.int().check(z.gte(0)),
    unquoted: z.int().check(z.gte(0)),
    moved_usd: z.number(),
    unquoted_usd: z.number(),
    unquoted_fraction: z.nullable(z.number().check(z.gte(0), z.lte(1)))
});

/**
 * What the valuations of held legs rest on.
 *
 * Source: every valuation of the book, by the order that `assumptions.mark_policy` names.
 */
export const zMarks = z.object({
    count: z.int().check(z.gte(0)),
    not_two_sided: z.int().check(z.gte(0)),
    by_source: z.record(z.string(), z.int().check(z.gte(0)))
});

/**
 * Every leg at the middle of bid and ask.
 */
export const zMidFills = z.object({
    kind: z.literal('mid')
});

/**
 * The middle of bid and ask plus slippage, the sum of three parts, never beyond the touch.
 *
 * Attributes:
 * spread_percent: of the spread; 50 reaches the touch.
 * price_percent: of the middle.
 */
export const zMidSlippageFills = z.object({
    kind: z.literal('mid_slippage'),
    per_share_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    spread_percent: z._default(z.optional(z.number().check(z.gte(0), z.lte(50))), 0),
    price_percent: z._default(z.optional(z.number().check(z.gte(0))), 0)
});

/**
 * The value by the pricing kernel at the chain's implied volatility; such fills are labelled and counted.
 *
 * Attributes:
 * clamp_to_quotes: keep the value within bid and ask.
 */
export const zModelPriceFills = z.object({
    kind: z.literal('model_price'),
    clamp_to_quotes: z._default(z.optional(z.boolean()), false)
});

/**
 * The rate that chains of a month are valued with.
 */
export const zMonthlyRate = z.object({
    month: z.iso.date(),
    rate: z.number()
});

/**
 * The model that made the option quotes: what valuing them again takes.
 */
export const zModelMarket = z.object({
    version: z.int().check(z.gte(0)),
    seed: z.int().check(z.gte(0)),
    dividend_yields: z.record(z.string(), z.number()),
    rates: z.array(zMonthlyRate),
    dividends: z.array(zDividend)
});

/**
 * As many packages as keep the net delta of the whole portfolio within plus or minus a budget.
 */
export const zNetDeltaBudget = z.object({
    kind: z._default(z.optional(z.literal('net_delta_budget')), 'net_delta_budget'),
    delta_shares: z.number().check(z.gt(0))
});

/**
 * As many packages as keep the net gamma of the whole portfolio within plus or minus a budget.
 */
export const zNetGammaBudget = z.object({
    kind: z.literal('net_gamma_budget'),
    gamma_shares_per_point: z.number().check(z.gt(0))
});

/**
 * As many packages as keep the net theta of the whole portfolio within plus or minus a budget.
 */
export const zNetThetaBudget = z.object({
    kind: z.literal('net_theta_budget'),
    theta_usd_per_day: z.number().check(z.gt(0))
});

/**
 * As many packages as keep the net vega of the whole portfolio within plus or minus a budget.
 */
export const zNetVegaBudget = z.object({
    kind: z.literal('net_vega_budget'),
    vega_usd_per_point: z.number().check(z.gt(0))
});

/**
 * Trading costs nothing.
 */
export const zNoFeesConfig = z.object({
    kind: z.literal('none')
});

/**
 * Holds on these days of the week; where one has no session, on the last session before it.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zOnWeekday = z.object({
    kind: z.literal('weekday'),
    weekdays: z.array(z.enum([
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday'
    ])).check(z.minLength(1)),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * Every order that was requested, by its end; what the end of the run closes at the touch is no order.
 *
 * Source: the broker's records, `orders.csv`.
 */
export const zOrders = z.object({
    count: z.int().check(z.gte(0)),
    filled: z.int().check(z.gte(0)),
    cancelled: z.int().check(z.gte(0)),
    refused: z.int().check(z.gte(0)),
    filled_in_part: z.int().check(z.gte(0)),
    model_priced_fills: z.int().check(z.gte(0)),
    list_hash: z.string().check(z.regex(/^[0-9a-f]{32,128}$/))
});

/**
 * The user's file of what is known better than the data.
 */
export const zOverrideFile = z.object({
    name: z.string(),
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    lines: z.int().check(z.gte(0)),
    in_force: z.int().check(z.gte(0))
});

/**
 * Profit and loss after fees over the spot; strikes, break-evens and the present spot are among the spots.
 */
export const zPayoffCurves = z.object({
    spots: z.array(z.number()),
    expiry_usd: z.array(z.number()),
    today_usd: z.array(z.number())
});

/**
 * Sensitivities of the whole position at the spot, in the units of the screen.
 */
export const zPayoffGreeks = z.object({
    delta_shares: z.number(),
    gamma_shares_per_point: z.number(),
    theta_usd_per_day: z.number(),
    vega_usd_per_point: z.number(),
    rho_usd_per_percent: z.number()
});

/**
 * One holding.
 */
export const zPayoffLeg = z.object({
    kind: z.enum([
        'call',
        'put',
        'stock',
        'cash'
    ]),
    quantity: z.number().check(z.gte(-10000000), z.lte(10000000)),
    price: z.number().check(z.gte(0), z.lte(10000000)),
    strike: z.nullish(z.number().check(z.gte(0), z.lte(10000000))),
    years: z.nullish(z.number().check(z.gte(0), z.lte(10))),
    volatility: z.nullish(z.number().check(z.gte(0), z.lte(5))),
    multiplier: z.nullish(z.number().check(z.gte(1), z.lte(100000))),
    label: z.nullish(z.string().check(z.maxLength(200)))
});

/**
 * Legs and the market they are valued in.
 */
export const zPayoffRequest = z.object({
    legs: z.array(zPayoffLeg).check(z.minLength(1), z.maxLength(100)),
    spot: z.number().check(z.gte(0.01), z.lte(10000000)),
    rate: z.number().check(z.gte(-1), z.lte(1)),
    dividend_yield: z.number().check(z.gte(-1), z.lte(1)),
    volatility: z.number().check(z.gte(0), z.lte(5)),
    years: z.number().check(z.gte(0), z.lte(10)),
    fees_usd: z.number().check(z.gte(0), z.lte(10000000))
});

/**
 * Measures of a position at its first expiry.
 */
export const zPayoffResponse = z.object({
    net_debit_usd: z.number(),
    breakevens: z.array(z.number()),
    max_profit_usd: z.nullable(z.number()),
    max_loss_usd: z.nullable(z.number()),
    profit_intervals: z.array(z.tuple([z.number(), z.nullable(z.number())])),
    probability_of_profit: z.number().check(z.gte(0), z.lte(1)),
    probability_of_touch: z.array(z.number().check(z.gte(0), z.lte(1))),
    expected_value_usd: z.number(),
    greeks: zPayoffGreeks,
    curves: zPayoffCurves
});

/**
 * A fee for every contract and share, opened or closed; what expires worthless costs nothing.
 *
 * Attributes:
 * fee_per_exercise_usd: of every contract that is exercised or assigned, in cash or in shares.
 */
export const zPerContractFeesConfig = z.object({
    kind: z._default(z.optional(z.literal('per_contract')), 'per_contract'),
    fee_per_contract_usd: z._default(z.optional(z.number().check(z.gte(0))), 0.65),
    fee_per_share_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    fee_per_exercise_usd: z._default(z.optional(z.number().check(z.gte(0))), 0)
});

/**
 * Averages over closed trades of each one's profit by its packages: of ten condors, a tenth.
 */
export const zPerPackage = z.object({
    average_usd: z.nullable(z.number()),
    average_win_usd: z.nullable(z.number()),
    average_loss_usd: z.nullable(z.number())
});

/**
 * As many packages as keep the maximum loss of the order within a percentage of net liquidation.
 */
export const zPercentAtRisk = z.object({
    kind: z._default(z.optional(z.literal('percent_at_risk')), 'percent_at_risk'),
    percent: z.number().check(z.gt(0), z.lte(100))
});

/**
 * As many packages as are together worth a percentage of net liquidation.
 *
 * Attributes:
 * measure: `premium`: what is paid or received for a package; `notional`: what the shares under its bought or its
 * sold contracts cost, whichever are more.
 */
export const zPercentOfEquity = z.object({
    kind: z.literal('percent_of_equity'),
    percent: z.number().check(z.gt(0)),
    measure: z.optional(z.enum(['premium', 'notional']))
});

/**
 * As many packages as bind a percentage of net liquidation under the margin model of the run.
 *
 * A package binds its initial requirement as if it stood alone and what is paid for it, less what is received.
 */
export const zPercentOfMargin = z.object({
    kind: z.literal('percent_of_margin'),
    percent: z.number().check(z.gt(0), z.lte(100))
});

/**
 * A strike by percent of the underlying's price out of the money; nearest to the target within its bounds.
 *
 * Attributes:
 * target: 5 is 5 % above the price for a call and 5 % below it for a put; negative is in the money.
 * tolerance: allowed distance from the target in percent, beside minimum and maximum.
 */
export const zPercentOtm = z.object({
    target: z.number().check(z.gt(-100), z.lt(100)),
    minimum: z._default(z.nullish(z.number()), null),
    maximum: z._default(z.nullish(z.number()), null),
    tolerance: z._default(z.nullish(z.number().check(z.gte(0))), null)
});

/**
 * Periods of one length, the first and the last included; one that began with nothing is left out.
 */
export const zPeriodFigures = z.object({
    count: z.int().check(z.gte(0)),
    mean: z.nullable(z.number()),
    deviation: z.nullable(z.number()),
    skewness: z.nullable(z.number()),
    kurtosis: z.nullable(z.number()),
    average_gain: z.nullable(z.number()),
    average_loss: z.nullable(z.number()),
    win_rate: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    profit_factor: z.nullable(z.number())
});

/**
 * Return over a calendar month or year, the first and the last as far as the run reaches.
 */
export const zPeriodReturn = z.object({
    year: z.int(),
    month: z.nullable(z.int()),
    sessions: z.int().check(z.gte(0)),
    total: z.nullable(z.number())
});

/**
 * A strike by what it costs now in USD per share: the ask of a leg that is bought, the bid of one that is sold.
 *
 * Attributes:
 * tolerance: allowed distance from the target in USD, beside minimum and maximum.
 */
export const zPremiumTarget = z.object({
    target: z.number().check(z.gt(0)),
    minimum: z._default(z.nullish(z.number().check(z.gte(0))), null),
    maximum: z._default(z.nullish(z.number().check(z.gte(0))), null),
    tolerance: z._default(z.nullish(z.number().check(z.gte(0))), null)
});

/**
 * What a contract costs that trades below a premium, USD per share; the lowest tier that fits counts.
 */
export const zPremiumTier = z.object({
    below_premium_usd: z.number().check(z.gt(0)),
    fee_per_contract_usd: z.number().check(z.gte(0))
});

/**
 * What an exchange takes for contracts of some roots, passed on by the broker.
 *
 * Attributes:
 * roots: roots of symbols, e.g. `[SPX, SPXW]`.
 * premium_tiers: other fees for cheap options.
 */
export const zExchangeFee = z.object({
    roots: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    fee_per_contract_usd: z.number().check(z.gte(0)),
    premium_tiers: z._default(z.optional(z.array(zPremiumTier)), [])
});

/**
 * What a broker takes for option contracts, its own share of all fees.
 *
 * Attributes:
 * premium_tiers: other fees for cheap options.
 * closing_fee_per_contract_usd: fee of contracts that an order closes; None: as those that it opens.
 * free_close_up_to_usd: contracts bought to close at this premium or less are free; None: none are.
 * maximum_per_leg_usd: a leg of an order costs at most so much.
 * minimum_per_leg_usd: a leg that is not free costs at least so much.
 * minimum_per_order_usd: the option legs of an order, unless all are free, cost together at least so much.
 */
export const zOptionCommission = z.object({
    fee_per_contract_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    premium_tiers: z._default(z.optional(z.array(zPremiumTier)), []),
    closing_fee_per_contract_usd: z._default(z.nullish(z.number().check(z.gte(0))), null),
    free_close_up_to_usd: z._default(z.nullish(z.number().check(z.gte(0))), null),
    maximum_per_leg_usd: z._default(z.nullish(z.number().check(z.gte(0))), null),
    minimum_per_leg_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    minimum_per_order_usd: z._default(z.optional(z.number().check(z.gte(0))), 0)
});

/**
 * A schedule that comes with the product (docs/costs.md); a name with a year was valid at the end of that year.
 */
export const zPresetFees = z.object({
    kind: z.literal('preset'),
    name: z.enum([
        'lean',
        'interactive_brokers_2024',
        'tastytrade_2024',
        'schwab_2024',
        'fidelity_2024',
        'robinhood_2024'
    ])
});

/**
 * A split or a dividend that signals read past prices for.
 */
export const zPriceAdjustment = z.object({
    day: z.iso.date(),
    factor: z.number().check(z.gt(0))
});

/**
 * Bars of one symbol in the range.
 */
export const zBarSeries = z.object({
    symbol: z.string(),
    resolution: z.string(),
    bars: z.int().check(z.gte(0)),
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    adjust: z.enum([
        'none',
        'splits',
        'splits_and_dividends'
    ]),
    adjustments: z.array(zPriceAdjustment)
});

/**
 * Holds when the underlying has reached a leg's strike or come near it: a put's from above, a call's from below.
 *
 * Attributes:
 * leg: name of the leg whose strike counts.
 * within_usd: already when it is so near.
 * within_percent: already when it is so near, in percent of the strike.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zPriceBreach = z.object({
    kind: z.literal('price_breach'),
    leg: z.string().check(z.minLength(1)),
    within_usd: z._default(z.nullish(z.number().check(z.gte(0))), null),
    within_percent: z._default(z.nullish(z.number().check(z.gte(0), z.lt(100))), null),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * How Greeks are computed that the data does not bring; rates are decimals per year, continuously compounded.
 *
 * Attributes:
 * backend: the engine's own kernels, or py_vollib for comparison.
 * rate_source: `store` puts the imported rate that was known when the run begins in the place of `rate`.
 */
export const zPricingConfig = z.object({
    backend: z.optional(z.enum(['ironfly', 'py_vollib'])),
    rate_source: z.optional(z.enum(['constant', 'store'])),
    rate: z._default(z.optional(z.number()), 0),
    dividend_yield: z._default(z.optional(z.number()), 0)
});

/**
 * A problem, one per answer; `application/problem+json`.
 */
export const zProblem = z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    remedy: z.string(),
    errors: z.array(zFieldProblem)
});

/**
 * Holds when the profit since entry has reached what is given.
 *
 * Attributes:
 * percent_of_premium: in percent of the premium received or paid at entry, e.g. 50 at half the credit.
 * percent_of_maximum_profit: in percent of the most that the position can earn at expiration.
 * usd: of all packages together.
 * net_price_usd: closing costs this net price per share of one package at the marks, or less; a debit is
 * positive, a credit negative: -3 where a debit spread is worth 3.00.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export const zProfitTarget = z.object({
    kind: z.literal('profit_target'),
    percent_of_premium: z._default(z.nullish(z.number().check(z.gt(0))), null),
    percent_of_maximum_profit: z._default(z.nullish(z.number().check(z.gt(0))), null),
    usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    net_price_usd: z._default(z.nullish(z.number()), null),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * How far a run has come.
 */
export const zProgress = z.object({
    fraction: z.number().check(z.gte(0), z.lte(1)),
    simulated_to: z.nullable(z.iso.date()),
    message: z.string()
});

/**
 * One submitted backtest and its state.
 */
export const zBacktest = z.object({
    id: z.string(),
    name: z.string(),
    status: z.enum([
        'queued',
        'running',
        'complete',
        'interrupted',
        'failed'
    ]),
    created: z.iso.datetime(),
    started: z.nullable(z.iso.datetime()),
    finished: z.nullable(z.iso.datetime()),
    progress: zProgress,
    problem: z.nullable(zProblem),
    model_prices: z.boolean(),
    headline: z.nullable(zHeadline)
});

/**
 * Some backtests, newest first.
 */
export const zBacktestPage = z.object({
    items: z.array(zBacktest),
    next: z.nullable(z.string())
});

/**
 * A bound of `risk.protection` that was reached.
 */
export const zProtectionBegun = z.object({
    at: z.iso.datetime(),
    rule: z.enum([
        'drawdown',
        'daily_loss',
        'trade_stop'
    ]),
    action: z.enum([
        'halt',
        'reduce',
        'flatten',
        'close'
    ]),
    value: z.number(),
    limit: z.number(),
    unit: z.enum(['%', 'USD']),
    position_id: z.nullable(z.int().check(z.gte(0)))
});

/**
 * The end of what a bound had led to.
 */
export const zProtectionEnded = z.object({
    at: z.iso.datetime(),
    rule: z.enum(['drawdown', 'daily_loss']),
    limit: z.number()
});

/**
 * What `risk.protection` did; orders that it refused stand in `refusals`.
 *
 * Source: the events of the protection watch.
 */
export const zProtection = z.object({
    triggered: z.array(zProtectionBegun),
    lifted: z.array(zProtectionEnded),
    closing_fills: z.int().check(z.gte(0))
});

/**
 * Option quotes of the range by what is wrong with them; a quote may count more than once.
 */
export const zQuality = z.object({
    rows: z.int().check(z.gte(0)),
    crossed: z.int().check(z.gte(0)),
    no_bid: z.int().check(z.gte(0)),
    no_ask: z.int().check(z.gte(0)),
    stub: z.int().check(z.gte(0)),
    stale: z.int().check(z.gte(0)),
    outlier: z.int().check(z.gte(0)),
    arbitrage: z.int().check(z.gte(0)),
    expired: z.int().check(z.gte(0)),
    off_hours: z.int().check(z.gte(0)),
    unlisted_date: z.int().check(z.gte(0)),
    adjusted: z.int().check(z.gte(0)),
    duplicates: z.int().check(z.gte(0))
});

/**
 * Quotes as columns of one length.
 */
export const zQuoteColumns = z.object({
    root: z.array(z.string()),
    expires_on: z.array(z.iso.date()),
    right: z.array(z.enum(['call', 'put'])),
    strike: z.array(z.number()),
    bid: z.array(z.union([z.number(), z.null()])),
    ask: z.array(z.union([z.number(), z.null()])),
    iv: z.array(z.union([z.number(), z.null()])),
    delta: z.array(z.union([z.number(), z.null()]))
});

/**
 * All quotes of one underlying at one instant.
 */
export const zChain = z.object({
    underlying: z.string(),
    at: z.iso.datetime(),
    underlying_price: z.number(),
    model_prices: z.boolean(),
    expirations: z.array(zExpiration),
    quotes: zQuoteColumns
});

/**
 * A rate from a date on, percent per year.
 */
export const zRateStep = z.object({
    since: z.iso.date(),
    percent: z.number()
});

/**
 * Interest on cash and on debit, and what borrowed shares cost; simple interest by calendar days.
 *
 * Attributes:
 * benchmark_percent: rate that the others follow, per year: one for the whole run, by dates, or the `store`'s.
 * cash_threshold_usd: so much cash earns nothing.
 * cash_spread_percent: cash beyond earns so much less than the benchmark, but never less than nothing.
 * debit_spread_percent: a debit costs so much more than the benchmark, but never less than nothing.
 * borrow_percent: fee on the value of short shares, per year.
 * borrow_percent_by_symbol: the same for shares that cost something else.
 */
export const zFinancingConfig = z.object({
    benchmark_percent: z._default(z.optional(z.union([
        z.number(),
        z.array(zRateStep).check(z.minLength(1)),
        z.literal('store')
    ])), 0),
    cash_threshold_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    cash_spread_percent: z._default(z.optional(z.number().check(z.gte(0))), 0),
    debit_spread_percent: z._default(z.optional(z.number().check(z.gte(0))), 0),
    borrow_percent: z._default(z.optional(z.number().check(z.gte(0))), 0),
    borrow_percent_by_symbol: z.optional(z.record(z.string(), z.number().check(z.gte(0)))),
    days_per_year: z.optional(z.union([z.literal(360), z.literal(365)]))
});

/**
 * The account at the start of the run, and what comes to it from outside.
 *
 * Attributes:
 * cash_flows: deposits and withdrawals; they are no profit, and returns leave them out.
 * financing: interest and the cost of borrowed shares; null: none.
 */
export const zAccountConfig = z.object({
    initial_cash_usd: z._default(z.optional(z.number().check(z.gt(0))), 100000),
    cash_flows: z._default(z.optional(z.array(zCashFlow)), []),
    financing: z._default(z.nullish(zFinancingConfig), null)
});

/**
 * Orders that one rule of risk or margin refused, at approval or when they were about to fill.
 *
 * Source: answers of the risk manager.
 */
export const zRefusals = z.object({
    count: z.int().check(z.gte(0)),
    first_at: z.iso.datetime(),
    first_reason: z.string()
});

/**
 * The curve on the days of one kind of market, told by what was known of the benchmark on the evening before.
 *
 * Source: as `benchmark`.
 */
export const zRegime = z.object({
    kind: z.string(),
    name: z.string(),
    days: z.int().check(z.gte(0)),
    total: z.nullable(z.number()),
    mean_daily: z.nullable(z.number()),
    volatility: z.nullable(z.number()),
    sharpe: z.nullable(z.number()),
    worst_day: z.nullable(z.number())
});

/**
 * What clearing house, exchanges and regulators take, passed on by the broker.
 *
 * Attributes:
 * clearing_fee_per_contract_usd: by the clearing house.
 * clearing_maximum_per_leg_usd: what it takes at most.
 * options_regulatory_fee_per_contract_usd: ORF, by the exchanges together.
 * activity_fee_per_contract_sold_usd: TAF on options.
 * activity_fee_per_share_sold_usd: TAF on shares.
 * activity_maximum_per_share_leg_usd: what the TAF on shares is at most.
 * sales_fee_usd_per_million: SEC section 31 fee on the proceeds of sales, options and shares.
 */
export const zRegulatoryFees = z.object({
    clearing_fee_per_contract_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    clearing_maximum_per_leg_usd: z._default(z.nullish(z.number().check(z.gte(0))), null),
    options_regulatory_fee_per_contract_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    activity_fee_per_contract_sold_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    activity_fee_per_share_sold_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    activity_maximum_per_share_leg_usd: z._default(z.nullish(z.number().check(z.gte(0))), null),
    sales_fee_usd_per_million: z._default(z.optional(z.number().check(z.gte(0))), 0)
});

/**
 * Closes legs; the rest of the position goes on, and is held to all limits.
 *
 * Attributes:
 * legs: names of the legs; those that are not held any more are left out.
 */
export const zRemoveLeg = z.object({
    kind: z.literal('remove_leg'),
    legs: z.array(z.string().check(z.minLength(1))).check(z.minLength(1))
});

/**
 * Bars that a run reads beside its chains: signals see them, and they mark shares and settle what expires.
 *
 * Attributes:
 * symbol: of a share or an index, as `ironfly data list` shows it.
 * resolution: resolution the bars were imported with.
 * adjust: events whose ex-date changes the unit in which signals read past prices of the symbol; all else sees
 * raw prices.
 */
export const zResolvedBarSelection = z.object({
    symbol: z.string().check(z.minLength(1)),
    resolution: z._default(z.string().check(z.minLength(1)), 'eod'),
    adjust: z.enum([
        'none',
        'splits',
        'splits_and_dividends'
    ])
});

/**
 * Holds in the last sessions before an event that is known in advance, e.g. earnings.
 *
 * Attributes:
 * event: name of the event in the strategy's `event_dates`; or `dates`.
 * dates: exchange dates of the events, said here.
 * sessions: so many sessions before the date, up to the last one before it; 0: on the date itself.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zResolvedBeforeEvent = z.object({
    kind: z.literal('before_event'),
    event: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    dates: z._default(z.nullable(z.array(z.iso.date()).check(z.minLength(1))), null),
    sessions: z._default(z.int().check(z.gte(0)), 1),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * What the curve is compared with; it decides nothing in the run.
 *
 * Attributes:
 * symbol: one of the underlyings or of the bars; left out, with `file` too: the first underlying.
 * file: CSV file `date,value` of a series from outside, which goes before; relative to the configuration file.
 */
export const zResolvedBenchmarkConfig = z.object({
    symbol: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    file: z._default(z.nullable(z.string()), null)
});

/**
 * How deltas of several underlyings become one, in shares of an index.
 *
 * A delta counts as beta x price of its underlying / price of the index. A beta that is not given is estimated from
 * the daily returns of the sessions before today that the run has seen; until there are enough it is 1.
 *
 * Attributes:
 * index: symbol whose shares beta-weighted deltas are counted in; it needs a price in the run.
 * given: beta of an underlying by its symbol.
 * sessions: so many daily returns make an estimate.
 */
export const zResolvedBetaConfig = z.object({
    index: z.string().check(z.minLength(1)),
    given: z.record(z.string(), z.number()),
    sessions: z._default(z.int().check(z.gte(2)), 60)
});

/**
 * Armed once the profit has reached a mark, holds when nothing is left of it (fees apart).
 *
 * Attributes:
 * arm_percent_of_premium: armed at a profit of so many percent of the premium received or paid at entry.
 * arm_percent_of_maximum_profit: armed at so many percent of the most that the position can earn at expiration.
 * arm_usd: armed at this profit of all packages together.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export const zResolvedBreakEvenStop = z.object({
    kind: z.literal('break_even_stop'),
    arm_percent_of_premium: z._default(z.nullable(z.number().check(z.gt(0))), null),
    arm_percent_of_maximum_profit: z._default(z.nullable(z.number().check(z.gt(0))), null),
    arm_usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * Keep the last quote of every contract, for files that hold only the contracts whose quote changed.
 *
 * Attributes:
 * max_age_minutes: an older quote is flagged stale and does not trade; null: no limit. The default is a choice,
 * not a measurement: long enough for quiet strikes of minute files, short against a session.
 * across_sessions: keep quotes overnight.
 * missing_side: what a new quote without a bid or an ask does: `blank` takes it as said, `last` keeps the side's
 * last value.
 */
export const zResolvedCarryQuotes = z.object({
    max_age_minutes: z._default(z.nullable(z.int().check(z.gte(1))), 15),
    across_sessions: z._default(z.boolean(), false),
    missing_side: z.enum(['blank', 'last'])
});

/**
 * A deposit, or (negative) a withdrawal.
 *
 * Attributes:
 * date: exchange date; where it is no session, the next one counts.
 * time: on the exchange's clock; null: at the open.
 */
export const zResolvedCashFlow = z.object({
    date: z.iso.date(),
    amount_usd: z.number(),
    time: z._default(z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), null)
});

/**
 * Contracts that a run reads: fewer are faster; one that was read once is read until it is dead.
 *
 * Attributes:
 * roots: roots of symbols, e.g. `[SPXW]`; empty: all.
 * max_dte: at most so many days to expiration.
 * min_dte: at least so many days to expiration when a contract is first read.
 * moneyness_percent: strikes at most so far from the price of the underlying.
 */
export const zResolvedContractSelection = z.object({
    roots: z._default(z.array(z.string().check(z.minLength(1))), []),
    max_dte: z._default(z.nullable(z.int().check(z.gte(0))), null),
    moneyness_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    min_dte: z._default(z.nullable(z.int().check(z.gte(0))), null)
});

/**
 * No entry for some sessions after a position was closed.
 *
 * Attributes:
 * after: `close`: whatever it brought; `loss`: where it lost money, fees counted.
 * in_a_row: only the last of so many closings in a row, or losses without another closing between them; the count
 * begins anew after it.
 * sessions: so many, that of the closing being the first: 1 rests for what is left of it.
 */
export const zResolvedCoolDown = z.object({
    after: z.enum(['close', 'loss']),
    sessions: z._default(z.int().check(z.gte(1)), 1),
    in_a_row: z._default(z.int().check(z.gte(1)), 1)
});

/**
 * A limit on the risk in underlyings that move together, as far as their returns are known.
 *
 * Attributes:
 * max_risk_percent: of net liquidation, for the maximum losses of all positions on such underlyings.
 * above: daily returns that correlate more than this move together.
 * sessions: so many common daily returns must be known; with fewer two underlyings count as unrelated.
 */
export const zResolvedCorrelationLimit = z.object({
    max_risk_percent: z.number().check(z.gt(0)),
    above: z._default(z.number().check(z.gte(-1), z.lt(1)), 0.7),
    sessions: z._default(z.int().check(z.gte(3)), 60)
});

/**
 * What a loss since the end of the session before leads to; it ends with the session.
 *
 * Attributes:
 * percent: of net liquidation at the end of the session before.
 * usd: the same as money; whichever of the two is given and reached first.
 * action: as in `DrawdownStep`.
 */
export const zResolvedDailyLossStop = z.object({
    percent: z._default(z.nullable(z.number().check(z.gt(0), z.lte(100))), null),
    usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    action: z.enum(['halt', 'flatten'])
});

/**
 * Which data the run reads.
 *
 * Attributes:
 * source: `store` for what was imported; `model` for the market that comes with the product, 2014-01-03 to
 * 2018-12-31: real closes of S&P 500 and VIX, computed option quotes (docs/data.md).
 * underlyings: symbols, e.g. `[SPX]`; the model market has SPX, XFUND and XSTOCK.
 * resolution: resolution the data was imported with; the model market has `eod` and `half_hour`.
 * model_seed: which model market; apart from the run's seed, so that runs of many seeds share one market.
 * greeks: volatilities and Greeks of stored chains: `own`, computed from the quotes by one method for all vendors,
 * or the `vendor`'s where the file has them. The model market always brings its own.
 * times: exchange clock times (`15:45`) of the chains to read; empty: all.
 * every_minutes: read only chains at multiples of so many minutes on the exchange's clock.
 * contracts: read only these contracts.
 * bars: bars of shares and indices to read beside the chains, from the store.
 * share_quotes: bids and asks of shares to read from the store, so that shares trade at the touch.
 * carry_quotes: keep the last quote of contracts that a chain does not name (`{}` for the defaults); left out:
 * each chain is what its file says.
 * settlement_values: CSV file `symbol,date,value` of official settlement values, symbol being the root
 * (`SPX`, `SPXW`); relative to the configuration file. Without one, those that were imported into the store.
 * overrides: CSV file `underlying,at,symbol,column,value,reason` of what the user knows better than the store
 * (docs/data.md); relative to the configuration file.
 */
export const zResolvedDataSelection = z.object({
    source: z.enum(['store', 'model']),
    underlyings: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    resolution: z._default(z.string().check(z.minLength(1)), 'eod'),
    model_seed: z._default(z.int().check(z.gte(0)), 0),
    greeks: z.enum(['own', 'vendor']),
    times: z._default(z.array(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), []),
    every_minutes: z._default(z.nullable(z.int().check(z.gte(1), z.lte(1440))), null),
    contracts: z._default(zResolvedContractSelection, {
        roots: [],
        max_dte: null,
        moneyness_percent: null,
        min_dte: null
    }),
    bars: z._default(z.array(zResolvedBarSelection), []),
    share_quotes: z._default(z.array(zResolvedBarSelection), []),
    carry_quotes: z._default(z.nullable(zResolvedCarryQuotes), null),
    settlement_values: z._default(z.nullable(z.string()), null),
    overrides: z._default(z.nullable(z.string()), null)
});

/**
 * Holds when the position has been open for so many exchange dates, weekends and holidays included, or more.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zResolvedDaysHeld = z.object({
    kind: z.literal('days_held'),
    days: z.int().check(z.gte(1)),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * Holds when an expiration is so many exchange dates away, or fewer.
 *
 * Attributes:
 * leg: name of the leg whose expiration counts; left out: the nearest one held.
 * legs: names of the legs that are closed, of which the nearest counts; empty: the whole position.
 */
export const zResolvedDaysToExpiration = z.object({
    kind: z.literal('dte'),
    days: z.int().check(z.gte(0)),
    leg: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * Holds when the delta of a leg, its sign left out, has come to a bound; needs a quote that can be trusted.
 *
 * Attributes:
 * leg: name of the leg whose delta counts.
 * above: so much or more.
 * below: so much or less.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zResolvedDeltaBreach = z.object({
    kind: z.literal('delta_breach'),
    leg: z.string().check(z.minLength(1)),
    above: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null),
    below: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].
 *
 * Attributes:
 * tolerance: allowed distance from the target, beside minimum and maximum.
 */
export const zResolvedDeltaTarget = z.object({
    target: z.number().check(z.gt(0), z.lt(1)),
    minimum: z._default(z.number().check(z.gte(0), z.lte(1)), 0),
    maximum: z._default(z.number().check(z.gte(0), z.lte(1)), 1),
    tolerance: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * What a fall from the highest net liquidation so far leads to; deposits and withdrawals are no fall.
 *
 * Without a way to resume it stays in force to the end of the run.
 *
 * Attributes:
 * at_percent: of the highest net liquidation.
 * action: `halt`: no new positions; `reduce`: smaller ones, and a part of the open ones is closed; `flatten`: no
 * new positions, and all are closed.
 * size_factor: sizes are multiplied by it while they are reduced.
 * close_percent: of each open position is closed when sizes begin to be reduced, in whole packages.
 * resume_after_sessions: it ends so many sessions after the one it began in; the highest net liquidation is then
 * counted anew.
 * resume_within_percent: it ends when the fall is at most this.
 */
export const zResolvedDrawdownStep = z.object({
    at_percent: z.number().check(z.gt(0), z.lte(100)),
    action: z.enum([
        'halt',
        'reduce',
        'flatten'
    ]),
    size_factor: z._default(z.number().check(z.gt(0), z.lt(1)), 0.5),
    close_percent: z._default(z.number().check(z.gte(0), z.lte(100)), 0),
    resume_after_sessions: z._default(z.nullable(z.int().check(z.gte(1))), null),
    resume_within_percent: z._default(z.nullable(z.number().check(z.gte(0), z.lt(100))), null)
});

/**
 * Holds from so many sessions before or after a dated event to so many, both included.
 *
 * Dates are known in advance, so before the event as well. An event on a day without a session counts as one of the
 * next session.
 *
 * Attributes:
 * event: name of the event in the strategy's `event_dates`, e.g. `earnings`.
 * from_sessions: first session, -5 being five before the event, 0 that of the event, 1 the one after it.
 * to_sessions: last session, counted likewise.
 */
export const zResolvedEventCondition = z.object({
    event: z.string().check(z.minLength(1)),
    from_sessions: z._default(z.int().check(z.gte(-250), z.lte(250)), 0),
    to_sessions: z._default(z.int().check(z.gte(-250), z.lte(250)), 0)
});

/**
 * The expiration that is exactly so many days away, counted in exchange dates; `dte: 0` expires today.
 *
 * Attributes:
 * roots: as in `ExpirationSpec`.
 * cycle: as in `ExpirationSpec`.
 */
export const zResolvedExactExpiration = z.object({
    dte: z.int().check(z.gte(0)),
    roots: z._default(z.array(z.string().check(z.minLength(1))), []),
    cycle: z.enum([
        'all',
        'monthly',
        'weekly'
    ])
});

/**
 * What an exchange takes for contracts of some roots, passed on by the broker.
 *
 * Attributes:
 * roots: roots of symbols, e.g. `[SPX, SPXW]`.
 * premium_tiers: other fees for cheap options.
 */
export const zResolvedExchangeFee = z.object({
    roots: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
    fee_per_contract_usd: z.number().check(z.gte(0)),
    premium_tiers: z._default(z.array(zPremiumTier), [])
});

/**
 * Exercise and assignment before expiration, and what they leave behind (docs/lifecycle.md).
 *
 * Attributes:
 * early_assignment: short American options are assigned on every night on which exercise is `optimal` for their
 * holder; at `random`, contract by contract, on such nights; or not before they expire (`off`).
 * assignment_probability: of one contract in one such night, where assignment is random.
 * early_exercise: long American options are exercised on the first night on which that is optimal.
 * delivered_shares: shares that an option left in a position are sold (short ones bought back) at their next
 * price, or kept for the strategy to deal with.
 */
export const zResolvedExerciseConfig = z.object({
    early_assignment: z.enum([
        'optimal',
        'random',
        'off'
    ]),
    assignment_probability: z._default(z.number().check(z.gt(0), z.lte(1)), 0.5),
    early_exercise: z._default(z.boolean(), false),
    delivered_shares: z.enum(['liquidate', 'keep'])
});

/**
 * A strike by its distance from the underlying's price in expected moves of its expiration, out of the money.
 *
 * Attributes:
 * target: multiple of the expected move; 1 is one move out of the money.
 * tolerance: allowed distance from the target in moves, beside minimum and maximum.
 * measured_by: `straddle`: middle of the at-the-money call plus middle of the put, the mean absolute move that is
 * priced in, about 0.8 standard deviations. `volatility`: price times at-the-money volatility times the root
 * of the years to settlement (calendar days / 365), one standard deviation.
 */
export const zResolvedExpectedMoveTarget = z.object({
    target: z._default(z.number(), 1),
    minimum: z._default(z.nullable(z.number()), null),
    maximum: z._default(z.nullable(z.number()), null),
    tolerance: z._default(z.nullable(z.number().check(z.gte(0))), null),
    measured_by: z.enum(['straddle', 'volatility'])
});

/**
 * An expiration by days to expiration, counted in exchange dates; the one nearest to the target, earlier on ties.
 *
 * Attributes:
 * roots: contract roots that are considered, the preferred one first; empty: all. `SPX` settles at the open,
 * `SPXW` at the close.
 * cycle: `monthly`: only the third Friday of a month (the session before it where that is a holiday); `weekly`:
 * only the others.
 */
export const zResolvedExpirationSpec = z.object({
    target_dte: z.int().check(z.gte(0)),
    min_dte: z.int().check(z.gte(0)),
    max_dte: z.int().check(z.gte(0)),
    roots: z._default(z.array(z.string().check(z.minLength(1))), []),
    cycle: z.enum([
        'all',
        'monthly',
        'weekly'
    ])
});

/**
 * The put or the call that a cycle sells.
 *
 * Attributes:
 * profit_target_percent: bought back when so many percent of its premium are earned, on a quote that can be
 * trusted; left out: never.
 * dte: bought back when it has so many days to expiration, or fewer; left out: held to its expiration.
 */
export const zResolvedCycleOption = z.object({
    expiration: zResolvedExpirationSpec,
    delta: zResolvedDeltaTarget,
    profit_target_percent: z._default(z.nullable(z.number().check(z.gt(0), z.lt(100))), null),
    dte: z._default(z.nullable(z.int().check(z.gte(0))), null)
});

/**
 * Interest on cash and on debit, and what borrowed shares cost; simple interest by calendar days.
 *
 * Attributes:
 * benchmark_percent: rate that the others follow, per year: one for the whole run, by dates, or the `store`'s.
 * cash_threshold_usd: so much cash earns nothing.
 * cash_spread_percent: cash beyond earns so much less than the benchmark, but never less than nothing.
 * debit_spread_percent: a debit costs so much more than the benchmark, but never less than nothing.
 * borrow_percent: fee on the value of short shares, per year.
 * borrow_percent_by_symbol: the same for shares that cost something else.
 */
export const zResolvedFinancingConfig = z.object({
    benchmark_percent: z._default(z.union([
        z.number(),
        z.array(zRateStep).check(z.minLength(1)),
        z.literal('store')
    ]), 0),
    cash_threshold_usd: z._default(z.number().check(z.gte(0)), 0),
    cash_spread_percent: z._default(z.number().check(z.gte(0)), 0),
    debit_spread_percent: z._default(z.number().check(z.gte(0)), 0),
    borrow_percent: z._default(z.number().check(z.gte(0)), 0),
    borrow_percent_by_symbol: z.record(z.string(), z.number().check(z.gte(0))),
    days_per_year: z.union([z.literal(360), z.literal(365)])
});

/**
 * The account at the start of the run, and what comes to it from outside.
 *
 * Attributes:
 * cash_flows: deposits and withdrawals; they are no profit, and returns leave them out.
 * financing: interest and the cost of borrowed shares; null: none.
 */
export const zResolvedAccountConfig = z.object({
    initial_cash_usd: z._default(z.number().check(z.gt(0)), 100000),
    cash_flows: z._default(z.array(zResolvedCashFlow), []),
    financing: z._default(z.nullable(zResolvedFinancingConfig), null)
});

/**
 * Always the same number of packages.
 */
export const zResolvedFixedContracts = z.object({
    kind: z._default(z.literal('fixed_contracts'), 'fixed_contracts'),
    contracts: z._default(z.int().check(z.gte(1)), 1)
});

/**
 * Hedges at the first chain at or after certain times.
 *
 * Attributes:
 * times: of the day, on the exchange's clock.
 * every_minutes: so long after the last time, and when something was opened.
 * every_sessions: in every so many sessions once, at its first chain, and when something was opened.
 */
export const zResolvedHedgeSchedule = z.object({
    kind: z.literal('schedule'),
    times: z._default(z.nullable(z.array(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))).check(z.minLength(1))), null),
    every_minutes: z._default(z.nullable(z.int().check(z.gte(1))), null),
    every_sessions: z._default(z.nullable(z.int().check(z.gte(1))), null)
});

/**
 * Keeps the position for its expiration: once this holds, the rules below it are not asked any more.
 *
 * Attributes:
 * dte: holds when the nearest expiration is so many exchange dates away, or fewer; left out: always.
 */
export const zResolvedHold = z.object({
    kind: z.literal('hold'),
    dte: z._default(z.nullable(z.int().check(z.gte(0))), null)
});

/**
 * As many packages as risk a fraction of what Kelly's rule stakes: win rate - (1 - win rate) / payoff ratio.
 *
 * Attributes:
 * win_rate: share of trades that win.
 * payoff_ratio: average win by average loss.
 * fraction: of Kelly's stake; a half is common, because the two numbers are never known.
 * cap_percent: no more than this percentage of net liquidation is risked.
 * learn_after_trades: from so many closed trades of the strategy on, their win rate and payoff ratio take the
 * place of those given; left out: never.
 */
export const zResolvedKellyFraction = z.object({
    kind: z.literal('kelly'),
    win_rate: z.number().check(z.gt(0), z.lt(1)),
    payoff_ratio: z.number().check(z.gt(0)),
    fraction: z._default(z.number().check(z.gt(0), z.lte(1)), 0.5),
    cap_percent: z._default(z.number().check(z.gt(0), z.lte(100)), 5),
    learn_after_trades: z._default(z.nullable(z.int().check(z.gte(2))), null)
});

/**
 * An expiration by the days that it lies behind another one; the nearest to the target, earlier on ties.
 *
 * With `after` alone: the next expiration that is listed behind it.
 *
 * Attributes:
 * after: name of the other expiration.
 * target_days: days behind it, in exchange dates; left out: as few as `min_days` allows.
 * max_days: left out: no bound.
 * roots: as in `ExpirationSpec`; empty: all, whichever root the other expiration has.
 * cycle: as in `ExpirationSpec`.
 */
export const zResolvedLaterExpiration = z.object({
    after: z.string().check(z.minLength(1)),
    target_days: z._default(z.nullable(z.int().check(z.gte(1))), null),
    min_days: z._default(z.int().check(z.gte(1)), 1),
    max_days: z._default(z.nullable(z.int().check(z.gte(1))), null),
    roots: z._default(z.array(z.string().check(z.minLength(1))), []),
    cycle: z.enum([
        'all',
        'monthly',
        'weekly'
    ])
});

/**
 * What a contract must have at the instant of the choice; a value that the data lack is not enough.
 *
 * Attributes:
 * minimum_open_interest: contracts outstanding.
 * minimum_volume: contracts traded so far today.
 * minimum_bid_usd: bid per share.
 * maximum_spread_usd: ask less bid, per share.
 * maximum_spread_percent: ask less bid in percent of the middle between them.
 */
export const zResolvedLiquidityFilter = z.object({
    minimum_open_interest: z._default(z.nullable(z.int().check(z.gte(1))), null),
    minimum_volume: z._default(z.nullable(z.int().check(z.gte(1))), null),
    minimum_bid_usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    maximum_spread_usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    maximum_spread_percent: z._default(z.nullable(z.number().check(z.gt(0))), null)
});

/**
 * When the requirement is checked, and what happens when it is not covered (docs/margin.md).
 *
 * Attributes:
 * check: at every value of the account, at the first one of every interval, or when a session has ended.
 * interval_minutes: length of the intervals, counted from midnight of the exchange.
 * measure: what has to cover the requirement: cash, or cash and the marked value of everything held.
 * grace_sessions: sessions after that of the call before anything is closed.
 * liquidation: nothing is closed; or whole structures, the largest requirement first, until the rest is covered.
 */
export const zResolvedMarginCallConfig = z.object({
    check: z.enum([
        'every_mark',
        'interval',
        'session_end'
    ]),
    interval_minutes: z._default(z.int().check(z.gte(1), z.lte(1440)), 5),
    measure: z.enum(['cash', 'net_liquidation']),
    grace_sessions: z._default(z.int().check(z.gte(0)), 0),
    liquidation: z.enum(['none', 'worst_structure'])
});

/**
 * What margin models that look at prices need to know.
 *
 * Attributes:
 * underlying_classes: class of an underlying by its symbol; an index that is not named is `broad_index`, anything
 * else `equity`.
 * margin_loan: under `regulation_t`, cash may be negative as far as shares and proceeds cover the requirement.
 */
export const zResolvedMarginOptions = z.object({
    underlying_classes: z.record(z.string(), z.enum([
        'equity',
        'narrow_index',
        'broad_index',
        'other_broad_index',
        'leveraged_etf_2x',
        'leveraged_etf_3x'
    ])),
    margin_loan: z._default(z.boolean(), false)
});

/**
 * The middle of bid and ask plus slippage, the sum of three parts, never beyond the touch.
 *
 * Attributes:
 * spread_percent: of the spread; 50 reaches the touch.
 * price_percent: of the middle.
 */
export const zResolvedMidSlippageFills = z.object({
    kind: z.literal('mid_slippage'),
    per_share_usd: z._default(z.number().check(z.gte(0)), 0),
    spread_percent: z._default(z.number().check(z.gte(0), z.lte(50)), 0),
    price_percent: z._default(z.number().check(z.gte(0)), 0)
});

/**
 * The value by the pricing kernel at the chain's implied volatility; such fills are labelled and counted.
 *
 * Attributes:
 * clamp_to_quotes: keep the value within bid and ask.
 */
export const zResolvedModelPriceFills = z.object({
    kind: z.literal('model_price'),
    clamp_to_quotes: z._default(z.boolean(), false)
});

/**
 * As many packages as keep the net delta of the whole portfolio within plus or minus a budget.
 */
export const zResolvedNetDeltaBudget = z.object({
    kind: z._default(z.literal('net_delta_budget'), 'net_delta_budget'),
    delta_shares: z.number().check(z.gt(0))
});

/**
 * Holds on these days of the week; where one has no session, on the last session before it.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zResolvedOnWeekday = z.object({
    kind: z.literal('weekday'),
    weekdays: z.array(z.enum([
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday'
    ])).check(z.minLength(1)),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * What a broker takes for option contracts, its own share of all fees.
 *
 * Attributes:
 * premium_tiers: other fees for cheap options.
 * closing_fee_per_contract_usd: fee of contracts that an order closes; None: as those that it opens.
 * free_close_up_to_usd: contracts bought to close at this premium or less are free; None: none are.
 * maximum_per_leg_usd: a leg of an order costs at most so much.
 * minimum_per_leg_usd: a leg that is not free costs at least so much.
 * minimum_per_order_usd: the option legs of an order, unless all are free, cost together at least so much.
 */
export const zResolvedOptionCommission = z.object({
    fee_per_contract_usd: z._default(z.number().check(z.gte(0)), 0),
    premium_tiers: z._default(z.array(zPremiumTier), []),
    closing_fee_per_contract_usd: z._default(z.nullable(z.number().check(z.gte(0))), null),
    free_close_up_to_usd: z._default(z.nullable(z.number().check(z.gte(0))), null),
    maximum_per_leg_usd: z._default(z.nullable(z.number().check(z.gte(0))), null),
    minimum_per_leg_usd: z._default(z.number().check(z.gte(0)), 0),
    minimum_per_order_usd: z._default(z.number().check(z.gte(0)), 0)
});

/**
 * A fee for every contract and share, opened or closed; what expires worthless costs nothing.
 *
 * Attributes:
 * fee_per_exercise_usd: of every contract that is exercised or assigned, in cash or in shares.
 */
export const zResolvedPerContractFeesConfig = z.object({
    kind: z._default(z.literal('per_contract'), 'per_contract'),
    fee_per_contract_usd: z._default(z.number().check(z.gte(0)), 0.65),
    fee_per_share_usd: z._default(z.number().check(z.gte(0)), 0),
    fee_per_exercise_usd: z._default(z.number().check(z.gte(0)), 0)
});

/**
 * As many packages as keep the maximum loss of the order within a percentage of net liquidation.
 */
export const zResolvedPercentAtRisk = z.object({
    kind: z._default(z.literal('percent_at_risk'), 'percent_at_risk'),
    percent: z.number().check(z.gt(0), z.lte(100))
});

/**
 * As many packages as are together worth a percentage of net liquidation.
 *
 * Attributes:
 * measure: `premium`: what is paid or received for a package; `notional`: what the shares under its bought or its
 * sold contracts cost, whichever are more.
 */
export const zResolvedPercentOfEquity = z.object({
    kind: z.literal('percent_of_equity'),
    percent: z.number().check(z.gt(0)),
    measure: z.enum(['premium', 'notional'])
});

/**
 * A strike by percent of the underlying's price out of the money; nearest to the target within its bounds.
 *
 * Attributes:
 * target: 5 is 5 % above the price for a call and 5 % below it for a put; negative is in the money.
 * tolerance: allowed distance from the target in percent, beside minimum and maximum.
 */
export const zResolvedPercentOtm = z.object({
    target: z.number().check(z.gt(-100), z.lt(100)),
    minimum: z._default(z.nullable(z.number()), null),
    maximum: z._default(z.nullable(z.number()), null),
    tolerance: z._default(z.nullable(z.number().check(z.gte(0))), null)
});

/**
 * A strike by what it costs now in USD per share: the ask of a leg that is bought, the bid of one that is sold.
 *
 * Attributes:
 * tolerance: allowed distance from the target in USD, beside minimum and maximum.
 */
export const zResolvedPremiumTarget = z.object({
    target: z.number().check(z.gt(0)),
    minimum: z._default(z.nullable(z.number().check(z.gte(0))), null),
    maximum: z._default(z.nullable(z.number().check(z.gte(0))), null),
    tolerance: z._default(z.nullable(z.number().check(z.gte(0))), null)
});

/**
 * Holds when the underlying has reached a leg's strike or come near it: a put's from above, a call's from below.
 *
 * Attributes:
 * leg: name of the leg whose strike counts.
 * within_usd: already when it is so near.
 * within_percent: already when it is so near, in percent of the strike.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zResolvedPriceBreach = z.object({
    kind: z.literal('price_breach'),
    leg: z.string().check(z.minLength(1)),
    within_usd: z._default(z.nullable(z.number().check(z.gte(0))), null),
    within_percent: z._default(z.nullable(z.number().check(z.gte(0), z.lt(100))), null),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * How Greeks are computed that the data does not bring; rates are decimals per year, continuously compounded.
 *
 * Attributes:
 * backend: the engine's own kernels, or py_vollib for comparison.
 * rate_source: `store` puts the imported rate that was known when the run begins in the place of `rate`.
 */
export const zResolvedPricingConfig = z.object({
    backend: z.enum(['ironfly', 'py_vollib']),
    rate_source: z.enum(['constant', 'store']),
    rate: z._default(z.number(), 0),
    dividend_yield: z._default(z.number(), 0)
});

/**
 * Holds when the profit since entry has reached what is given.
 *
 * Attributes:
 * percent_of_premium: in percent of the premium received or paid at entry, e.g. 50 at half the credit.
 * percent_of_maximum_profit: in percent of the most that the position can earn at expiration.
 * usd: of all packages together.
 * net_price_usd: closing costs this net price per share of one package at the marks, or less; a debit is
 * positive, a credit negative: -3 where a debit spread is worth 3.00.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export const zResolvedProfitTarget = z.object({
    kind: z.literal('profit_target'),
    percent_of_premium: z._default(z.nullable(z.number().check(z.gt(0))), null),
    percent_of_maximum_profit: z._default(z.nullable(z.number().check(z.gt(0))), null),
    usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    net_price_usd: z._default(z.nullable(z.number()), null),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * What clearing house, exchanges and regulators take, passed on by the broker.
 *
 * Attributes:
 * clearing_fee_per_contract_usd: by the clearing house.
 * clearing_maximum_per_leg_usd: what it takes at most.
 * options_regulatory_fee_per_contract_usd: ORF, by the exchanges together.
 * activity_fee_per_contract_sold_usd: TAF on options.
 * activity_fee_per_share_sold_usd: TAF on shares.
 * activity_maximum_per_share_leg_usd: what the TAF on shares is at most.
 * sales_fee_usd_per_million: SEC section 31 fee on the proceeds of sales, options and shares.
 */
export const zResolvedRegulatoryFees = z.object({
    clearing_fee_per_contract_usd: z._default(z.number().check(z.gte(0)), 0),
    clearing_maximum_per_leg_usd: z._default(z.nullable(z.number().check(z.gte(0))), null),
    options_regulatory_fee_per_contract_usd: z._default(z.number().check(z.gte(0)), 0),
    activity_fee_per_contract_sold_usd: z._default(z.number().check(z.gte(0)), 0),
    activity_fee_per_share_sold_usd: z._default(z.number().check(z.gte(0)), 0),
    activity_maximum_per_share_leg_usd: z._default(z.nullable(z.number().check(z.gte(0))), null),
    sales_fee_usd_per_million: z._default(z.number().check(z.gte(0)), 0)
});

/**
 * Limits on the whole portfolio, checked at approval and again at the fill; None: no limit.
 *
 * Percentages are of net liquidation before the trade. The risk of a position is the most that it can lose at
 * expiration, what was paid or received for it included.
 *
 * Attributes:
 * max_abs_beta_weighted_delta_shares: in shares of `risk.beta.index`.
 * max_margin_percent: requirement of the whole book after the trade.
 * max_trade_risk_percent: risk of the position that the order opens or adds to.
 * max_heat_percent: risk of all positions together.
 * max_underlying_risk_percent: risk of all positions on an underlying of the order.
 * max_expiration_risk_percent: risk of all positions with a leg of an expiration date of the order.
 * max_structure_risk_percent: risk of all positions of the order's structure.
 * correlation: risk of positions on underlyings that move together.
 */
export const zResolvedRiskLimits = z.object({
    max_open_positions: z._default(z.nullable(z.int().check(z.gte(1))), null),
    max_abs_delta_shares: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_abs_vega_usd_per_point: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_abs_gamma_shares_per_point: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_abs_theta_usd_per_day: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_abs_beta_weighted_delta_shares: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_positions_per_expiration: z._default(z.nullable(z.int().check(z.gte(1))), null),
    max_margin_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_trade_risk_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_heat_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_underlying_risk_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_expiration_risk_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_structure_risk_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    correlation: z._default(z.nullable(zResolvedCorrelationLimit), null)
});

/**
 * Closes legs and opens the same sides and quantities of them elsewhere, in one package.
 *
 * Attributes:
 * legs: names of the legs; empty: every option that is held under a name.
 * expiration: named expiration that is chosen anew (rolls out); one that comes `after` another comes after the one
 * that the position is in. Left out: each leg stays in its own.
 * strikes: `specified`: by the words of the strategy's own legs, on the chain of now; `same_strike`; `same_delta`:
 * nearest to the delta that the held leg has now.
 * direction: only where every new strike is above (`up`) or below (`down`) the old one.
 */
export const zResolvedRoll = z.object({
    kind: z.literal('roll'),
    legs: z._default(z.array(z.string().check(z.minLength(1))), []),
    expiration: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    strikes: z.enum([
        'specified',
        'same_strike',
        'same_delta'
    ]),
    direction: z.enum([
        'any',
        'up',
        'down'
    ])
});

/**
 * What to do about a contract that open positions hold already, or that an order which rests would open.
 *
 * Attributes:
 * policy: `allow`; `skip`: no entry; `move`: the strike that comes next within the leg's bounds, which is the
 * next nearest or, where listed strikes are counted, the next further out of the money.
 * within: whose positions count: those of this `strategy`, or all of the `account`.
 */
export const zResolvedSameStrikeRule = z.object({
    policy: z.enum([
        'allow',
        'skip',
        'move'
    ]),
    within: z.enum(['strategy', 'account'])
});

/**
 * A deposit, or (negative) a withdrawal.
 *
 * Attributes:
 * at: exchange clock time.
 */
export const zResolvedScriptedCash = z.object({
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    amount_usd: z.number(),
    reason: z._default(z.string(), 'external')
});

/**
 * An instruction on long options: to exercise them, or not to exercise them when they expire in the money.
 *
 * Attributes:
 * at: exchange clock time.
 * position: label of the position; without one the oldest that holds the contract.
 * quantity: contracts; left out: all that are held. A waiver concerns all of them.
 */
export const zResolvedScriptedExercise = z.object({
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    symbol: z.string().check(z.minLength(1)),
    instruction: z.enum(['exercise', 'do_not_exercise']),
    position: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    quantity: z._default(z.nullable(z.int().check(z.gte(1))), null)
});

/**
 * Gives an order other terms; it keeps its legs, its label and its time in force, and passes risk anew.
 *
 * Attributes:
 * at: exchange clock time.
 * order: label of the order.
 * quantity: packages; left out: what is left of the order.
 */
export const zResolvedScriptedReplacement = z.object({
    limit_usd: z._default(z.nullable(z.number()), null),
    stop_usd: z._default(z.nullable(z.number()), null),
    kind: z._default(z.nullable(z.literal('market_on_close')), null),
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    order: z.string().check(z.minLength(1)),
    quantity: z._default(z.nullable(z.int().check(z.gte(1))), null)
});

/**
 * Holds when so many sessions have begun since the one in which the position was opened, or more.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zResolvedSessionsHeld = z.object({
    kind: z.literal('sessions_held'),
    sessions: z.int().check(z.gte(1)),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * What a broker takes for shares, per leg of an order.
 *
 * Attributes:
 * minimum_usd: a leg costs at least so much.
 * maximum_percent: but never more than this part of what the shares cost; None: no maximum.
 */
export const zResolvedShareCommission = z.object({
    fee_per_share_usd: z._default(z.number().check(z.gte(0)), 0),
    minimum_usd: z._default(z.number().check(z.gte(0)), 0),
    maximum_percent: z._default(z.nullable(z.number().check(z.gt(0))), null)
});

/**
 * Everything that one broker charges for trades, exercise and assignment, at one time.
 *
 * Attributes:
 * index_options: commission of options settled in cash; None: as all other options.
 * exchange: the first entry that names the root of a contract counts.
 * fee_per_exercise_usd: of every contract that its holder exercises, in cash or in shares.
 * fee_per_assignment_usd: of every short contract that is assigned, in cash or in shares.
 */
export const zResolvedCommissionSchedule = z.object({
    kind: z._default(z.literal('schedule'), 'schedule'),
    options: z._default(zResolvedOptionCommission, {
        fee_per_contract_usd: 0,
        premium_tiers: [],
        closing_fee_per_contract_usd: null,
        free_close_up_to_usd: null,
        maximum_per_leg_usd: null,
        minimum_per_leg_usd: 0,
        minimum_per_order_usd: 0
    }),
    index_options: z._default(z.nullable(zResolvedOptionCommission), null),
    shares: z._default(zResolvedShareCommission, {
        fee_per_share_usd: 0,
        minimum_usd: 0,
        maximum_percent: null
    }),
    exchange: z._default(z.array(zResolvedExchangeFee), []),
    regulatory: z._default(zResolvedRegulatoryFees, {
        clearing_fee_per_contract_usd: 0,
        clearing_maximum_per_leg_usd: null,
        options_regulatory_fee_per_contract_usd: 0,
        activity_fee_per_contract_sold_usd: 0,
        activity_fee_per_share_sold_usd: 0,
        activity_maximum_per_share_leg_usd: null,
        sales_fee_usd_per_million: 0
    }),
    fee_per_exercise_usd: z._default(z.number().check(z.gte(0)), 0),
    fee_per_assignment_usd: z._default(z.number().check(z.gte(0)), 0)
});

/**
 * Hedges with shares of the underlying; an index has none.
 *
 * Attributes:
 * round_to: trades are multiples of so many shares.
 */
export const zResolvedShareHedge = z.object({
    kind: z._default(z.literal('shares'), 'shares'),
    round_to: z._default(z.int().check(z.gte(1)), 1)
});

/**
 * One leg of shares of the underlying, traded in one package with the options.
 *
 * Attributes:
 * ratio: as many shares as so many of the contracts deliver: 1 is a hundred shares of a standard contract. In a
 * strategy without options: shares.
 */
export const zResolvedSharesSpec = z.object({
    name: z.string().check(z.minLength(1)),
    instrument: z.literal('shares'),
    side: z.enum(['buy', 'sell']),
    ratio: z._default(z.int().check(z.gte(1)), 1)
});

/**
 * Holds when the signal has a value and it lies strictly above and strictly below what is given.
 */
export const zResolvedSignalCondition = z.object({
    signal: z.string().check(z.minLength(1)),
    above: z._default(z.nullable(z.number()), null),
    below: z._default(z.nullable(z.number()), null)
});

/**
 * A signal of the run.
 *
 * Attributes:
 * name: what strategies call it.
 * kind: what computes it, e.g. `indicator` or `iv_rank` (docs/signals.md); `python` for a class of your own.
 * underlying: the market it watches: one of the underlyings, or a symbol of `data.bars`; left out where the kind
 * reads other signals.
 * parameters: parameters of that kind.
 * source: of kind `python`: `path/to/file.py:ClassName`, relative to the configuration file, or
 * `package.module:ClassName`.
 *
 * Raises:
 * ValueError: when kind `python` has no source, or another kind has one.
 */
export const zResolvedSignalConfig = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.string().check(z.minLength(1)),
    underlying: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    parameters: z.record(z.string(), z.unknown()),
    source: z._default(z.nullable(z.string().check(z.minLength(1))), null)
});

/**
 * Buy at bid + f (ask - bid), sell at ask - f (ask - bid); 0.5 is mid, 1 is touch.
 *
 * Attributes:
 * fraction_by_legs: f for one, two, three, and four or more option legs.
 */
export const zResolvedSpreadFractionFills = z.object({
    kind: z._default(z.literal('spread_fraction'), 'spread_fraction'),
    fraction_by_legs: z._default(z.tuple([
        z.number().check(z.gte(0), z.lte(1)),
        z.number().check(z.gte(0), z.lte(1)),
        z.number().check(z.gte(0), z.lte(1)),
        z.number().check(z.gte(0), z.lte(1))
    ]), [
        0.75,
        0.66,
        0.56,
        0.53
    ])
});

/**
 * A fraction of the spread plus coefficient x spread x sqrt(contracts / depth), which may lead beyond the touch.
 *
 * Attributes:
 * fraction: of the spread, without impact; 1 is the touch.
 * depth: `size` shown on the side that is taken, or `volume` of the day so far; without it an order waits.
 */
export const zResolvedSquareRootImpactFills = z.object({
    kind: z.literal('square_root_impact'),
    fraction: z._default(z.number().check(z.gte(0), z.lte(1)), 0.5),
    coefficient: z._default(z.number().check(z.gte(0)), 0.5),
    depth: z.enum(['size', 'volume'])
});

/**
 * Holds when the loss since entry has reached what is given.
 *
 * Attributes:
 * percent_of_premium: in percent of the premium received or paid at entry, e.g. 200 at a loss of twice the credit.
 * percent_of_maximum_loss: in percent of the most that the position can lose at expiration.
 * usd: of all packages together.
 * net_price_usd: closing costs this net price per share of one package at the marks, or more; a debit is
 * positive, a credit negative: -1 where a debit spread is worth no more than 1.00.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export const zResolvedStopLoss = z.object({
    kind: z.literal('stop_loss'),
    percent_of_premium: z._default(z.nullable(z.number().check(z.gt(0))), null),
    percent_of_maximum_loss: z._default(z.nullable(z.number().check(z.gt(0))), null),
    usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    net_price_usd: z._default(z.nullable(z.number()), null),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * What one strategy may take of the account; the margin of the whole book is checked as well.
 *
 * Attributes:
 * percent_of_equity: of net liquidation, for the cash that the strategy's positions bind as if they stood alone:
 * their requirement and what was paid for them, less what was received.
 * margin_usd: requirement of the strategy's positions as if they stood alone.
 * max_positions: open positions of the strategy.
 */
export const zResolvedStrategyBudget = z.object({
    percent_of_equity: z._default(z.nullable(z.number().check(z.gt(0), z.lte(100))), null),
    margin_usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_positions: z._default(z.nullable(z.int().check(z.gte(1))), null)
});

/**
 * Shocks that are applied at once to all underlyings, each price with each volatility; time stands still.
 *
 * Attributes:
 * spot_percent: moves of the underlyings' prices, in percent.
 * volatility_points: moves of implied volatilities, in points: 5 makes 20 % into 25 %; none falls below 0.
 */
export const zResolvedStressGrid = z.object({
    spot_percent: z._default(z.array(z.number().check(z.gt(-100))).check(z.minLength(1)), [
        -10,
        -5,
        0,
        5,
        10
    ]),
    volatility_points: z._default(z.array(z.number()).check(z.minLength(1)), [
        -5,
        0,
        10
    ])
});

/**
 * What the run reports of its exposure beside that at its end (docs/risk.md).
 *
 * Attributes:
 * sessions: measure at the end of every session too, for the table `greeks` and the extremes in the summary.
 * stress: shocks whose gains and losses are reported; left out: none.
 */
export const zResolvedExposureReport = z.object({
    sessions: z._default(z.boolean(), true),
    stress: z._default(z.nullable(zResolvedStressGrid), null)
});

/**
 * As many packages as keep the worst loss of the whole portfolio under shocks within a budget.
 *
 * Attributes:
 * percent_of_equity: of net liquidation.
 * loss_usd: as money; the lesser of the two where both are given.
 * shocks: moves of prices and volatilities.
 */
export const zResolvedStressBudget = z.object({
    kind: z.literal('stress_budget'),
    percent_of_equity: z._default(z.nullable(z.number().check(z.gt(0), z.lte(100))), null),
    loss_usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    shocks: z._default(zResolvedStressGrid, { spot_percent: [
            -10,
            -5,
            0,
            5,
            10
        ], volatility_points: [
            -5,
            0,
            10
        ] })
});

/**
 * A strategy that is programmed.
 *
 * Attributes:
 * source: `path/to/file.py:ClassName`, relative to the configuration file, `package.module:ClassName`, or the name
 * under which an installed package announces a strategy (docs/python_strategies.md).
 * parameters: fields of the class's `Parameters`.
 */
export const zResolvedPythonStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.literal('python'),
    source: z.string().check(z.minLength(1)),
    parameters: z.record(z.string(), z.unknown()),
    sizing: z._default(z.union([
        zResolvedFixedContracts,
        zResolvedPercentAtRisk,
        zResolvedPercentOfEquity,
        zPercentOfMargin,
        zResolvedKellyFraction,
        zResolvedNetDeltaBudget,
        zNetGammaBudget,
        zNetVegaBudget,
        zNetThetaBudget,
        zResolvedStressBudget
    ]), { kind: 'fixed_contracts', contracts: 1 }),
    budget: z._default(zResolvedStrategyBudget, {
        percent_of_equity: null,
        margin_usd: null,
        max_positions: null
    })
});

/**
 * The strike of another leg, or one at a distance from it that may lie on either side.
 *
 * The strike is chosen from all that are listed in this leg's own expiration; without a tolerance it must be listed
 * exactly there.
 *
 * Attributes:
 * leg: name of the other leg.
 * points: distance from its strike; positive is further out of the money.
 * strikes: as `points`, in listed strikes, counted from the other leg's.
 * tolerance: allowed distance in points from the strike that is wanted.
 */
export const zResolvedStrikeOf = z.object({
    leg: z.string().check(z.minLength(1)),
    points: z._default(z.number(), 0),
    strikes: z._default(z.int(), 0),
    tolerance: z._default(z.number().check(z.gte(0)), 0)
});

/**
 * A strike by its distance from the money: in points from the underlying's price, or in listed strikes.
 *
 * Exactly one of `points` and `strikes`; positive is out of the money.
 *
 * Attributes:
 * strikes: listed strikes counted from the one nearest to the underlying's price (the lower one of two), which
 * is 0. The count is exact and passes over nothing.
 * minimum: of the distance in points.
 * maximum: of the distance in points.
 * tolerance: allowed distance from `points` in points, beside minimum and maximum.
 */
export const zResolvedStrikeOffset = z.object({
    points: z._default(z.nullable(z.number()), null),
    strikes: z._default(z.nullable(z.int()), null),
    minimum: z._default(z.nullable(z.number()), null),
    maximum: z._default(z.nullable(z.number()), null),
    tolerance: z._default(z.nullable(z.number().check(z.gte(0))), null)
});

/**
 * Holds from a time of day on, to the end of the session.
 *
 * Attributes:
 * at: time on the exchange's clock, e.g. `15:45`.
 * minutes_before_close: before the close of the session, early closes included.
 * minutes_after_open: after the open of the session.
 * on_last_trading_day: only on the last day on which the nearest leg trades: its expiration, or the session before
 * where it settles at the open.
 * weekdays: only on these days; empty: on all.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zResolvedTimeOfDay = z.object({
    kind: z.literal('time_of_day'),
    at: z._default(z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), null),
    minutes_before_close: z._default(z.nullable(z.int().check(z.gte(0))), null),
    minutes_after_open: z._default(z.nullable(z.int().check(z.gte(0))), null),
    on_last_trading_day: z._default(z.boolean(), false),
    weekdays: z._default(z.array(z.enum([
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday'
    ])), []),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * A part of every session in which each chain may be entered on; both ends count.
 *
 * Attributes:
 * start: exchange clock time; or `minutes_after_open`; left out: the open.
 * end: exchange clock time; or `minutes_before_close`; left out: the close.
 */
export const zResolvedTimeWindow = z.object({
    start: z._default(z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), null),
    end: z._default(z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), null),
    minutes_after_open: z._default(z.nullable(z.int().check(z.gte(0), z.lte(1440))), null),
    minutes_before_close: z._default(z.nullable(z.int().check(z.gte(0), z.lte(1440))), null)
});

/**
 * When an entry is due; everything that is said must hold, and nothing: at every chain. Times are the exchange's.
 *
 * Attributes:
 * times: clock times (`15:45`); due is the first chain at or after each.
 * minutes_after_open: such times by minutes after the open, which is not the same every day everywhere.
 * minutes_before_close: such times by minutes before the close, which comes early on half days.
 * tolerance_minutes: a chain that comes later after its time than this is not due any more.
 * windows: parts of the session in which every chain is due.
 * weekdays: e.g. `[monday, thursday]`.
 * every_sessions: every so many sessions, counted from `since`.
 * every_days: every so many calendar days, counted from `since`.
 * since: first day of both counts; left out: the day of the first chain that the strategy sees.
 * days_of_month: e.g. `[1, 15]`; -1 is the last day of the month.
 * sessions_of_week: 1 is the first session of the week, -1 the last.
 * sessions_of_month: 1 is the first session of the month, -1 the last.
 * dte: days to expiration that the chosen expirations must have exactly, by the names of `expirations`.
 * closed_day: a day that is due and on which the exchange is closed moves to the next or the previous session, or
 * is skipped.
 */
export const zResolvedEntrySchedule = z.object({
    times: z._default(z.array(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), []),
    minutes_after_open: z._default(z.array(z.int().check(z.gte(0), z.lte(1440))), []),
    minutes_before_close: z._default(z.array(z.int().check(z.gte(0), z.lte(1440))), []),
    tolerance_minutes: z._default(z.int().check(z.gte(0), z.lte(1440)), 5),
    windows: z._default(z.array(zResolvedTimeWindow), []),
    weekdays: z._default(z.array(z.enum([
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday',
        'saturday',
        'sunday'
    ])), []),
    every_sessions: z._default(z.nullable(z.int().check(z.gte(1))), null),
    every_days: z._default(z.nullable(z.int().check(z.gte(1))), null),
    since: z._default(z.nullable(z.iso.date()), null),
    days_of_month: z._default(z.array(z.int().check(z.gte(-31), z.lte(31))), []),
    sessions_of_week: z._default(z.array(z.int().check(z.gte(-7), z.lte(7))), []),
    sessions_of_month: z._default(z.array(z.int().check(z.gte(-31), z.lte(31))), []),
    dte: z.record(z.string(), z.int().check(z.gte(0))),
    closed_day: z.enum([
        'next_session',
        'previous_session',
        'skip'
    ])
});

/**
 * Closes a position whose loss, before fees, has reached a bound, whatever its strategy says.
 *
 * Attributes:
 * percent: of net liquidation.
 * usd: as money; whichever of the two is given and reached first.
 */
export const zResolvedTradeStop = z.object({
    percent: z._default(z.nullable(z.number().check(z.gt(0), z.lte(100))), null),
    usd: z._default(z.nullable(z.number().check(z.gt(0))), null)
});

/**
 * Watches over the account that act through orders of their own, at every value of the account.
 *
 * Attributes:
 * drawdown: steps, each on its own.
 */
export const zResolvedProtectionConfig = z.object({
    drawdown: z._default(z.array(zResolvedDrawdownStep), []),
    daily_loss: z._default(z.nullable(zResolvedDailyLossStop), null),
    trade_stop: z._default(z.nullable(zResolvedTradeStop), null)
});

/**
 * How risk is measured and limited.
 *
 * Attributes:
 * margin: `maximum_loss`: what the book can lose at expiration; `regulation_t`: by strategy; `portfolio`: worst of
 * ten moves; `cash`: no margin, every short secured (docs/margin.md).
 * beta: how deltas of several underlyings become one; needed by the limit on it.
 */
export const zResolvedRiskConfig = z.object({
    margin: z.enum([
        'maximum_loss',
        'regulation_t',
        'portfolio',
        'cash'
    ]),
    margin_options: z._default(zResolvedMarginOptions, { underlying_classes: {}, margin_loan: false }),
    margin_calls: z._default(zResolvedMarginCallConfig, {
        check: 'every_mark',
        interval_minutes: 5,
        measure: 'cash',
        grace_sessions: 0,
        liquidation: 'none'
    }),
    limits: z._default(zResolvedRiskLimits, {
        max_open_positions: null,
        max_abs_delta_shares: null,
        max_abs_vega_usd_per_point: null,
        max_abs_gamma_shares_per_point: null,
        max_abs_theta_usd_per_day: null,
        max_abs_beta_weighted_delta_shares: null,
        max_positions_per_expiration: null,
        max_margin_percent: null,
        max_trade_risk_percent: null,
        max_heat_percent: null,
        max_underlying_risk_percent: null,
        max_expiration_risk_percent: null,
        max_structure_risk_percent: null,
        correlation: null
    }),
    protection: z._default(zResolvedProtectionConfig, {
        drawdown: [],
        daily_loss: null,
        trade_stop: null
    }),
    beta: z._default(z.nullable(zResolvedBetaConfig), null),
    exposure: z._default(zResolvedExposureReport, { sessions: true, stress: null })
});

/**
 * Armed once the profit has reached one mark, holds when it has since fallen by another from its highest.
 *
 * The highest profit is that of the chains on which every leg could be trusted.
 *
 * Attributes:
 * arm_percent_of_premium: armed at a profit of so many percent of the premium received or paid at entry.
 * arm_percent_of_maximum_profit: armed at so many percent of the most that the position can earn at expiration.
 * arm_usd: armed at this profit of all packages together.
 * give_back_percent_of_premium: holds when so many percent of the entry premium are lost from the highest profit.
 * give_back_percent_of_peak: holds when so many percent of the highest profit are lost.
 * give_back_usd: holds when this much is lost from the highest profit.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export const zResolvedTrailingStop = z.object({
    kind: z.literal('trailing_stop'),
    arm_percent_of_premium: z._default(z.nullable(z.number().check(z.gt(0))), null),
    arm_percent_of_maximum_profit: z._default(z.nullable(z.number().check(z.gt(0))), null),
    arm_usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    give_back_percent_of_premium: z._default(z.nullable(z.number().check(z.gt(0))), null),
    give_back_percent_of_peak: z._default(z.nullable(z.number().check(z.gt(0), z.lte(100))), null),
    give_back_usd: z._default(z.nullable(z.number().check(z.gt(0))), null),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * Cash-secured puts until assigned, covered calls on the shares until called, and again.
 *
 * One round is one position and one trade, from the first put (or the shares) to the day on which nothing is held.
 * What was bought back or has expired worthless is sold anew. Needs `exercise.delivered_shares: keep`.
 *
 * Attributes:
 * begin: `put`: with a put, the wheel; `shares`: with shares and a call in one package, the covered-call cycle.
 * put: what is sold for cash; not needed where it begins with shares.
 * call: what is sold on shares, in round lots.
 * never_below: no call is sold below this: `break_even`: what the shares have cost, less all premium of the round,
 * plus fees; `purchase`: the strike at which they were assigned or the price at which they were bought;
 * `nothing`: any strike. A strike above it is taken where the delta allows, else no call is sold.
 * sizing: of the puts, or of the packages of a hundred shares and a call.
 */
export const zResolvedWheelStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.literal('wheel'),
    underlying: z.string().check(z.minLength(1)),
    begin: z.enum(['put', 'shares']),
    put: z._default(z.nullable(zResolvedCycleOption), null),
    call: zResolvedCycleOption,
    never_below: z.enum([
        'break_even',
        'purchase',
        'nothing'
    ]),
    sizing: z._default(z.union([
        zResolvedFixedContracts,
        zResolvedPercentAtRisk,
        zResolvedPercentOfEquity,
        zPercentOfMargin,
        zResolvedKellyFraction,
        zResolvedNetDeltaBudget,
        zNetGammaBudget,
        zNetVegaBudget,
        zNetThetaBudget,
        zResolvedStressBudget
    ]), { kind: 'fixed_contracts', contracts: 1 }),
    budget: z._default(zResolvedStrategyBudget, {
        percent_of_equity: null,
        margin_usd: null,
        max_positions: null
    })
});

/**
 * A strike that lies further out of the money than that of another leg, by so much.
 *
 * Exactly one of `points`, `percent` and `strikes`. The strike is chosen from all that are listed in this leg's own
 * expiration, whatever filters say; when it then cannot be traded, nothing is.
 *
 * Attributes:
 * leg: name of the other leg.
 * percent: of the other leg's strike.
 * strikes: listed strikes counted from the other leg's; the count is exact.
 * minimum: of the width, in the unit that is used.
 * maximum: of the width, in the unit that is used.
 * tolerance: allowed distance from the width that is wanted, beside minimum and maximum.
 */
export const zResolvedWidth = z.object({
    leg: z.string().check(z.minLength(1)),
    points: z._default(z.nullable(z.number().check(z.gt(0))), null),
    percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    strikes: z._default(z.nullable(z.int().check(z.gte(1))), null),
    minimum: z._default(z.nullable(z.number().check(z.gt(0))), null),
    maximum: z._default(z.nullable(z.number().check(z.gt(0))), null),
    tolerance: z._default(z.nullable(z.number().check(z.gte(0))), null)
});

/**
 * One option leg: side, right, expiration by name, and exactly one word that says which strike.
 *
 * Attributes:
 * beyond: name of a leg whose strike lies nearer to the money: only strikes further out than it are considered.
 * For words that look at no other leg.
 * liquidity: in place of the strategy's own filter; left out: that one.
 */
export const zResolvedLegSpec = z.object({
    name: z.string().check(z.minLength(1)),
    instrument: z._default(z.literal('option'), 'option'),
    side: z.enum(['buy', 'sell']),
    right: z.enum(['call', 'put']),
    expiration: z.string().check(z.minLength(1)),
    delta: z._default(z.nullable(zResolvedDeltaTarget), null),
    percent_otm: z._default(z.nullable(zResolvedPercentOtm), null),
    offset: z._default(z.nullable(zResolvedStrikeOffset), null),
    premium: z._default(z.nullable(zResolvedPremiumTarget), null),
    expected_move: z._default(z.nullable(zResolvedExpectedMoveTarget), null),
    width: z._default(z.nullable(zResolvedWidth), null),
    strike_of: z._default(z.nullable(zResolvedStrikeOf), null),
    beyond: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    liquidity: z._default(z.nullable(zResolvedLiquidityFilter), null),
    ratio: z._default(z.int().check(z.gte(1)), 1)
});

/**
 * Opens more legs; nothing is done while one of their names is held already.
 *
 * Attributes:
 * legs: with names of their own; `ratio` is per package of the position. Expirations as in `move_leg`.
 */
export const zAddLeg = z.object({
    kind: z.literal('add_leg'),
    legs: z.array(zResolvedLegSpec).check(z.minLength(1))
});

/**
 * Makes another structure of the position: keeps legs of the same names, opens the others, closes what is left.
 *
 * Attributes:
 * structure: name of the structure that it becomes; the legs must have its geometry.
 * legs: all its legs in the order of the structure. Words of legs that are held already are not looked at.
 * Expirations as in `move_leg`.
 */
export const zConvert = z.object({
    kind: z.literal('convert'),
    structure: z.string().check(z.minLength(1)),
    legs: z.array(zResolvedLegSpec).check(z.minLength(1))
});

/**
 * Closes legs and opens as many contracts where other words say.
 *
 * Attributes:
 * to: the legs, by the names under which they are held, with the words that say where they go. An expiration that
 * the position has under its name is that one; others are chosen on the chain of now.
 */
export const zMoveLeg = z.object({
    kind: z.literal('move_leg'),
    to: z.array(zResolvedLegSpec).check(z.minLength(1))
});

/**
 * Hedges with whole option contracts.
 *
 * Options of an earlier hedge that lead away from the target are closed first, as many as are needed; where none are,
 * the first leg whose side and right lead to the target is opened.
 *
 * Attributes:
 * legs: e.g. a put to buy and a call to buy, each with the words that choose it; `ratio` is not looked at.
 */
export const zOptionHedge = z.object({
    kind: z.literal('options'),
    legs: z.array(zResolvedLegSpec).check(z.minLength(1))
});

/**
 * Brings the net delta to a target, as near as whole shares or contracts allow, when it is due.
 *
 * Deltas are those of the chain; while one is missing, nothing is hedged.
 *
 * Attributes:
 * using: shares, or options.
 * when: a band of net delta, or a schedule.
 * target_delta_shares: what the net delta is brought to.
 * scope: every `position` by itself, the hedge being part of it; or all positions of the `strategy` together: the
 * hedge is a position of its own, tagged `delta_hedge`, which no exit looks at and which closes after the last
 * of the others.
 */
export const zResolvedDeltaHedge = z.object({
    using: z._default(z.union([
        zResolvedShareHedge,
        zOptionHedge
    ]), { kind: 'shares', round_to: 1 }),
    when: z.union([
        zHedgeBand,
        zResolvedHedgeSchedule
    ]),
    target_delta_shares: z._default(z.number(), 0),
    scope: z.enum(['position', 'strategy'])
});

/**
 * Returns on net liquidation.
 *
 * The curve is the growth of the starting capital at the ends of sessions, as if no cash had been deposited or
 * withdrawn; the starting capital counts as its first value, and as a peak. Returns are daily and simple; the
 * risk-free rate is 0; a year has 252 sessions. After a total loss there are no more returns. Percentiles are linear
 * between ranks.
 *
 * Were so many variants of a strategy tried, believe its deflated Sharpe ratio and not `probabilistic_sharpe`: it
 * takes the trials for independent and as long as the run, so that their daily ratios vary by 1 over the days.
 *
 * Source: the account at the last mark of every session, `equity.csv`.
 */
export const zReturns = z.object({
    total: z.nullable(z.number()),
    cagr: z.nullable(z.number()),
    mean_daily: z.nullable(z.number()),
    volatility: z.nullable(z.number()),
    downside_deviation: z.nullable(z.number()),
    sharpe: z.nullable(z.number()),
    probabilistic_sharpe: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    sortino: z.nullable(z.number()),
    calmar: z.nullable(z.number()),
    omega: z.nullable(z.number()),
    tail_ratio: z.nullable(z.number()),
    ulcer_index: z.nullable(z.number()),
    ulcer_performance_index: z.nullable(z.number()),
    var95: z.nullable(z.number()),
    var99: z.nullable(z.number()),
    var95_gaussian: z.nullable(z.number()),
    cvar95: z.nullable(z.number()),
    skewness: z.nullable(z.number()),
    kurtosis: z.nullable(z.number()),
    best_day: z.nullable(z.number()),
    worst_day: z.nullable(z.number()),
    win_rate_daily: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    profit_factor_daily: z.nullable(z.number()),
    payoff_ratio_daily: z.nullable(z.number()),
    average_gain_daily: z.nullable(z.number()),
    average_loss_daily: z.nullable(z.number()),
    autocorrelation: z.nullable(z.number()),
    deflated_sharpe_10: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    deflated_sharpe_100: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    deflated_sharpe_1000: z.nullable(z.number().check(z.gte(0), z.lte(1)))
});

/**
 * Limits on the whole portfolio, checked at approval and again at the fill; None: no limit.
 *
 * Percentages are of net liquidation before the trade. The risk of a position is the most that it can lose at
 * expiration, what was paid or received for it included.
 *
 * Attributes:
 * max_abs_beta_weighted_delta_shares: in shares of `risk.beta.index`.
 * max_margin_percent: requirement of the whole book after the trade.
 * max_trade_risk_percent: risk of the position that the order opens or adds to.
 * max_heat_percent: risk of all positions together.
 * max_underlying_risk_percent: risk of all positions on an underlying of the order.
 * max_expiration_risk_percent: risk of all positions with a leg of an expiration date of the order.
 * max_structure_risk_percent: risk of all positions of the order's structure.
 * correlation: risk of positions on underlyings that move together.
 */
export const zRiskLimits = z.object({
    max_open_positions: z._default(z.nullish(z.int().check(z.gte(1))), null),
    max_abs_delta_shares: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_abs_vega_usd_per_point: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_abs_gamma_shares_per_point: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_abs_theta_usd_per_day: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_abs_beta_weighted_delta_shares: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_positions_per_expiration: z._default(z.nullish(z.int().check(z.gte(1))), null),
    max_margin_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_trade_risk_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_heat_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_underlying_risk_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_expiration_risk_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_structure_risk_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    correlation: z._default(z.nullish(zCorrelationLimit), null)
});

/**
 * Closes legs and opens the same sides and quantities of them elsewhere, in one package.
 *
 * Attributes:
 * legs: names of the legs; empty: every option that is held under a name.
 * expiration: named expiration that is chosen anew (rolls out); one that comes `after` another comes after the one
 * that the position is in. Left out: each leg stays in its own.
 * strikes: `specified`: by the words of the strategy's own legs, on the chain of now; `same_strike`; `same_delta`:
 * nearest to the delta that the held leg has now.
 * direction: only where every new strike is above (`up`) or below (`down`) the old one.
 */
export const zRoll = z.object({
    kind: z.literal('roll'),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), []),
    expiration: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    strikes: z.optional(z.enum([
        'specified',
        'same_strike',
        'same_delta'
    ])),
    direction: z.optional(z.enum([
        'any',
        'up',
        'down'
    ]))
});

/**
 * Identity and times of the run; `id`, times and `host` are outside the summary hash.
 *
 * Source: the process that ran it, its clock, and the configuration.
 */
export const zRun = z.object({
    id: z.string(),
    created: z.iso.datetime(),
    started: z.iso.datetime(),
    finished: z.iso.datetime(),
    elapsed_s: z.number().check(z.gte(0)),
    host: zHost,
    engine_version: z.string(),
    status: z.enum(['complete', 'interrupted']),
    seed: z.int(),
    simulated_from: z.nullable(z.iso.datetime()),
    simulated_to: z.nullable(z.iso.datetime()),
    market_events: z.int().check(z.gte(0))
});

/**
 * What to do about a contract that open positions hold already, or that an order which rests would open.
 *
 * Attributes:
 * policy: `allow`; `skip`: no entry; `move`: the strike that comes next within the leg's bounds, which is the
 * next nearest or, where listed strikes are counted, the next further out of the money.
 * within: whose positions count: those of this `strategy`, or all of the `account`.
 */
export const zSameStrikeRule = z.object({
    policy: z.optional(z.enum([
        'allow',
        'skip',
        'move'
    ])),
    within: z.optional(z.enum(['strategy', 'account']))
});

/**
 * Withdraws an order, or what is left of it.
 *
 * Attributes:
 * at: exchange clock time.
 * order: label of the order.
 */
export const zScriptedCancel = z.object({
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    order: z.string().check(z.minLength(1))
});

/**
 * A deposit, or (negative) a withdrawal.
 *
 * Attributes:
 * at: exchange clock time.
 */
export const zScriptedCash = z.object({
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    amount_usd: z.number(),
    reason: z._default(z.optional(z.string()), 'external')
});

/**
 * An instruction on long options: to exercise them, or not to exercise them when they expire in the money.
 *
 * Attributes:
 * at: exchange clock time.
 * position: label of the position; without one the oldest that holds the contract.
 * quantity: contracts; left out: all that are held. A waiver concerns all of them.
 */
export const zScriptedExercise = z.object({
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    symbol: z.string().check(z.minLength(1)),
    instruction: z.optional(z.enum(['exercise', 'do_not_exercise'])),
    position: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    quantity: z._default(z.nullish(z.int().check(z.gte(1))), null)
});

/**
 * One leg of an order.
 *
 * Attributes:
 * symbol: OSI symbol with or without its blanks, e.g. `SPXW  190426C02900000`; or the symbol of a share.
 * quantity: contracts or shares, bought when positive, sold when negative.
 */
export const zScriptedLeg = z.object({
    symbol: z.string().check(z.minLength(1)),
    quantity: z.int()
});

/**
 * A package that is ordered at one moment.
 *
 * Attributes:
 * at: exchange clock time; the order fills at the next chain.
 * label: name by which a later line cancels or replaces it.
 * position: label of the position that it opens or changes. Without a label it closes the oldest position that
 * holds the opposite of all its legs, or opens a new one.
 * good_until: the last date on which it rests; in place of `time_in_force`.
 * effect: `close` trades no more of each leg than its position holds, and is declined where it holds nothing.
 */
export const zResolvedScriptedOrder = z.object({
    limit_usd: z._default(z.nullable(z.number()), null),
    stop_usd: z._default(z.nullable(z.number()), null),
    kind: z._default(z.nullable(z.literal('market_on_close')), null),
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    legs: z.array(zScriptedLeg).check(z.minLength(1)),
    label: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    position: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    time_in_force: z.enum(['day', 'gtc']),
    good_until: z._default(z.nullable(z.iso.date()), null),
    effect: z._default(z.nullable(z.literal('close')), null)
});

/**
 * A strategy that is a list of what to do and when, e.g. a record of real trades.
 *
 * Attributes:
 * cancel: orders that are withdrawn.
 * replace: orders that get other terms.
 * file: CSV file with more orders and changes, relative to the configuration file (docs/replaying_trades.md).
 */
export const zResolvedScriptedStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.literal('scripted'),
    orders: z._default(z.array(zResolvedScriptedOrder), []),
    cancel: z._default(z.array(zScriptedCancel), []),
    replace: z._default(z.array(zResolvedScriptedReplacement), []),
    exercises: z._default(z.array(zResolvedScriptedExercise), []),
    cash: z._default(z.array(zResolvedScriptedCash), []),
    file: z._default(z.nullable(z.string().check(z.minLength(1))), null)
});

/**
 * A package that is ordered at one moment.
 *
 * Attributes:
 * at: exchange clock time; the order fills at the next chain.
 * label: name by which a later line cancels or replaces it.
 * position: label of the position that it opens or changes. Without a label it closes the oldest position that
 * holds the opposite of all its legs, or opens a new one.
 * good_until: the last date on which it rests; in place of `time_in_force`.
 * effect: `close` trades no more of each leg than its position holds, and is declined where it holds nothing.
 */
export const zScriptedOrder = z.object({
    limit_usd: z._default(z.nullish(z.number()), null),
    stop_usd: z._default(z.nullish(z.number()), null),
    kind: z._default(z.nullish(z.literal('market_on_close')), null),
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    legs: z.array(zScriptedLeg).check(z.minLength(1)),
    label: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    position: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    time_in_force: z.optional(z.enum(['day', 'gtc'])),
    good_until: z._default(z.nullish(z.iso.date()), null),
    effect: z._default(z.nullish(z.literal('close')), null)
});

/**
 * Gives an order other terms; it keeps its legs, its label and its time in force, and passes risk anew.
 *
 * Attributes:
 * at: exchange clock time.
 * order: label of the order.
 * quantity: packages; left out: what is left of the order.
 */
export const zScriptedReplacement = z.object({
    limit_usd: z._default(z.nullish(z.number()), null),
    stop_usd: z._default(z.nullish(z.number()), null),
    kind: z._default(z.nullish(z.literal('market_on_close')), null),
    at: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/)),
    order: z.string().check(z.minLength(1)),
    quantity: z._default(z.nullish(z.int().check(z.gte(1))), null)
});

/**
 * A strategy that is a list of what to do and when, e.g. a record of real trades.
 *
 * Attributes:
 * cancel: orders that are withdrawn.
 * replace: orders that get other terms.
 * file: CSV file with more orders and changes, relative to the configuration file (docs/replaying_trades.md).
 */
export const zScriptedStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.literal('scripted'),
    orders: z._default(z.optional(z.array(zScriptedOrder)), []),
    cancel: z._default(z.optional(z.array(zScriptedCancel)), []),
    replace: z._default(z.optional(z.array(zScriptedReplacement)), []),
    exercises: z._default(z.optional(z.array(zScriptedExercise)), []),
    cash: z._default(z.optional(z.array(zScriptedCash)), []),
    file: z._default(z.nullish(z.string().check(z.minLength(1))), null)
});

/**
 * Holds when so many sessions have begun since the one in which the position was opened, or more.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zSessionsHeld = z.object({
    kind: z.literal('sessions_held'),
    sessions: z.int().check(z.gte(1)),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * One atomic settlement: all held contracts of one root and settlement instant, on one price.
 */
export const zSettlement = z.object({
    root: z.string(),
    settles_at: z.iso.datetime(),
    settled_at: z.iso.datetime(),
    price: z.number(),
    source: z.enum([
        'official',
        'first_print_of_session',
        'last_before_settlement',
        'last_known'
    ]),
    settlement_proxy: z.boolean(),
    priced_at: z.iso.datetime(),
    contracts: z.int().check(z.gte(0))
});

/**
 * Where official settlement values of the run came from.
 */
export const zSettlementFile = z.object({
    origin: z.enum(['file', 'store']),
    name: z.string(),
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/))
});

/**
 * All settlements, and how many rest on a proxy.
 *
 * Source: settlements of the run, on the prices that `assumptions.settlement_source` names.
 */
export const zSettlements = z.object({
    count: z.int().check(z.gte(0)),
    proxies: z.int().check(z.gte(0)),
    by_source: z.record(z.string(), z.int().check(z.gte(0))),
    settled: z.array(zSettlement)
});

/**
 * What a broker takes for shares, per leg of an order.
 *
 * Attributes:
 * minimum_usd: a leg costs at least so much.
 * maximum_percent: but never more than this part of what the shares cost; None: no maximum.
 */
export const zShareCommission = z.object({
    fee_per_share_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    minimum_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    maximum_percent: z._default(z.nullish(z.number().check(z.gt(0))), null)
});

/**
 * Everything that one broker charges for trades, exercise and assignment, at one time.
 *
 * Attributes:
 * index_options: commission of options settled in cash; None: as all other options.
 * exchange: the first entry that names the root of a contract counts.
 * fee_per_exercise_usd: of every contract that its holder exercises, in cash or in shares.
 * fee_per_assignment_usd: of every short contract that is assigned, in cash or in shares.
 */
export const zCommissionSchedule = z.object({
    kind: z._default(z.optional(z.literal('schedule')), 'schedule'),
    options: z._default(z.optional(zOptionCommission), {
        fee_per_contract_usd: 0,
        premium_tiers: [],
        closing_fee_per_contract_usd: null,
        free_close_up_to_usd: null,
        maximum_per_leg_usd: null,
        minimum_per_leg_usd: 0,
        minimum_per_order_usd: 0
    }),
    index_options: z._default(z.nullish(zOptionCommission), null),
    shares: z._default(z.optional(zShareCommission), {
        fee_per_share_usd: 0,
        minimum_usd: 0,
        maximum_percent: null
    }),
    exchange: z._default(z.optional(z.array(zExchangeFee)), []),
    regulatory: z._default(z.optional(zRegulatoryFees), {
        clearing_fee_per_contract_usd: 0,
        clearing_maximum_per_leg_usd: null,
        options_regulatory_fee_per_contract_usd: 0,
        activity_fee_per_contract_sold_usd: 0,
        activity_fee_per_share_sold_usd: 0,
        activity_maximum_per_share_leg_usd: null,
        sales_fee_usd_per_million: 0
    }),
    fee_per_exercise_usd: z._default(z.optional(z.number().check(z.gte(0))), 0),
    fee_per_assignment_usd: z._default(z.optional(z.number().check(z.gte(0))), 0)
});

/**
 * Hedges with shares of the underlying; an index has none.
 *
 * Attributes:
 * round_to: trades are multiples of so many shares.
 */
export const zShareHedge = z.object({
    kind: z._default(z.optional(z.literal('shares')), 'shares'),
    round_to: z._default(z.optional(z.int().check(z.gte(1))), 1)
});

/**
 * Brings the net delta to a target, as near as whole shares or contracts allow, when it is due.
 *
 * Deltas are those of the chain; while one is missing, nothing is hedged.
 *
 * Attributes:
 * using: shares, or options.
 * when: a band of net delta, or a schedule.
 * target_delta_shares: what the net delta is brought to.
 * scope: every `position` by itself, the hedge being part of it; or all positions of the `strategy` together: the
 * hedge is a position of its own, tagged `delta_hedge`, which no exit looks at and which closes after the last
 * of the others.
 */
export const zDeltaHedge = z.object({
    using: z._default(z.optional(z.union([
        zShareHedge,
        zOptionHedge
    ])), { kind: 'shares', round_to: 1 }),
    when: z.union([
        zHedgeBand,
        zHedgeSchedule
    ]),
    target_delta_shares: z._default(z.optional(z.number()), 0),
    scope: z.optional(z.enum(['position', 'strategy']))
});

/**
 * One leg of shares of the underlying, traded in one package with the options.
 *
 * Attributes:
 * ratio: as many shares as so many of the contracts deliver: 1 is a hundred shares of a standard contract. In a
 * strategy without options: shares.
 */
export const zSharesSpec = z.object({
    name: z.string().check(z.minLength(1)),
    instrument: z.literal('shares'),
    side: z.enum(['buy', 'sell']),
    ratio: z._default(z.optional(z.int().check(z.gte(1))), 1)
});

/**
 * Holds when the signal has a value and it lies strictly above and strictly below what is given.
 */
export const zSignalCondition = z.object({
    signal: z.string().check(z.minLength(1)),
    above: z._default(z.nullish(z.number()), null),
    below: z._default(z.nullish(z.number()), null)
});

/**
 * A signal of the run.
 *
 * Attributes:
 * name: what strategies call it.
 * kind: what computes it, e.g. `indicator` or `iv_rank` (docs/signals.md); `python` for a class of your own.
 * underlying: the market it watches: one of the underlyings, or a symbol of `data.bars`; left out where the kind
 * reads other signals.
 * parameters: parameters of that kind.
 * source: of kind `python`: `path/to/file.py:ClassName`, relative to the configuration file, or
 * `package.module:ClassName`.
 *
 * Raises:
 * ValueError: when kind `python` has no source, or another kind has one.
 */
export const zSignalConfig = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.string().check(z.minLength(1)),
    underlying: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    parameters: z.optional(z.record(z.string(), z.unknown())),
    source: z._default(z.nullish(z.string().check(z.minLength(1))), null)
});

/**
 * Rows of a file that yield no snapshot.
 */
export const zSkippedRows = z.object({
    name: z.string(),
    day: z.iso.date(),
    underlying: z.string(),
    rows: z.int().check(z.gte(0)),
    reason: z.string()
});

/**
 * Percentiles over the paths, linear between ranks.
 */
export const zSpread = z.object({
    low: z.number(),
    median: z.number(),
    high: z.number()
});

/**
 * The daily returns of the run drawn again, in blocks, many times: other orders of the same good and bad times.
 *
 * A path is as long as the run and put together from stretches of its own returns, which begin anywhere and go on past
 * the end at the beginning (stationary bootstrap; Politis and Romano, 1994). What never happened in the run happens on
 * no path. What several runs say together, e.g. how figures hang on parameters, is no property of one of them.
 *
 * Source: the account at the last mark of every session, `equity.csv`; `config.seed` draws the paths.
 */
export const zRobustness = z.object({
    method: z.literal('stationary_bootstrap'),
    paths: z.int().check(z.gte(0)),
    mean_block_sessions: z.int().check(z.gte(0)),
    cagr: z.nullable(zSpread),
    max_drawdown: zSpread,
    probability_of_loss: z.number().check(z.gte(0), z.lte(1)),
    probability_of_halving: z.number().check(z.gte(0), z.lte(1)),
    p_value: z.number().check(z.gte(0), z.lte(1))
});

/**
 * Buy at bid + f (ask - bid), sell at ask - f (ask - bid); 0.5 is mid, 1 is touch.
 *
 * Attributes:
 * fraction_by_legs: f for one, two, three, and four or more option legs.
 */
export const zSpreadFractionFills = z.object({
    kind: z._default(z.optional(z.literal('spread_fraction')), 'spread_fraction'),
    fraction_by_legs: z._default(z.optional(z.tuple([
        z.number().check(z.gte(0), z.lte(1)),
        z.number().check(z.gte(0), z.lte(1)),
        z.number().check(z.gte(0), z.lte(1)),
        z.number().check(z.gte(0), z.lte(1))
    ])), [
        0.75,
        0.66,
        0.56,
        0.53
    ])
});

/**
 * A fraction of the spread plus coefficient x spread x sqrt(contracts / depth), which may lead beyond the touch.
 *
 * Attributes:
 * fraction: of the spread, without impact; 1 is the touch.
 * depth: `size` shown on the side that is taken, or `volume` of the day so far; without it an order waits.
 */
export const zSquareRootImpactFills = z.object({
    kind: z.literal('square_root_impact'),
    fraction: z._default(z.optional(z.number().check(z.gte(0), z.lte(1))), 0.5),
    coefficient: z._default(z.optional(z.number().check(z.gte(0))), 0.5),
    depth: z.optional(z.enum(['size', 'volume']))
});

/**
 * The four steps of the revaluation; together with what is booked and the unexplained they are the profit.
 */
export const zSteps = z.object({
    time_usd: z.number(),
    spot_usd: z.number(),
    volatility_usd: z.number(),
    rate_usd: z.number()
});

/**
 * Where the profit came from: the amounts of `causes` add up to the profit of the run, to the micro-dollar.
 *
 * Every holding is looked at from mark to mark: at fills, at the ends of sessions, at its settlement. Between two
 * marks time passes first, then the spot moves, then the implied volatility, then the rate of interest, which stays
 * where it is unless the run reads rates by date. The Greeks after time has passed divide the steps of spot and
 * volatility; the rest of a step is of higher order.
 *
 * Source: the marks and fills of every holding, valued again by the pricing model, `attribution.csv`.
 */
export const zAttribution = z.object({
    causes: zCauses,
    steps: zSteps,
    by_strategy: z.record(z.string(), zCauses),
    by_structure: z.record(z.string(), zCauses),
    by_exit_reason: z.record(z.string(), zCauses),
    daily: zExplained,
    after_gaps: zExplained
});

/**
 * Holds when the loss since entry has reached what is given.
 *
 * Attributes:
 * percent_of_premium: in percent of the premium received or paid at entry, e.g. 200 at a loss of twice the credit.
 * percent_of_maximum_loss: in percent of the most that the position can lose at expiration.
 * usd: of all packages together.
 * net_price_usd: closing costs this net price per share of one package at the marks, or more; a debit is
 * positive, a credit negative: -1 where a debit spread is worth no more than 1.00.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export const zStopLoss = z.object({
    kind: z.literal('stop_loss'),
    percent_of_premium: z._default(z.nullish(z.number().check(z.gt(0))), null),
    percent_of_maximum_loss: z._default(z.nullish(z.number().check(z.gt(0))), null),
    usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    net_price_usd: z._default(z.nullish(z.number()), null),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * What one strategy may take of the account; the margin of the whole book is checked as well.
 *
 * Attributes:
 * percent_of_equity: of net liquidation, for the cash that the strategy's positions bind as if they stood alone:
 * their requirement and what was paid for them, less what was received.
 * margin_usd: requirement of the strategy's positions as if they stood alone.
 * max_positions: open positions of the strategy.
 */
export const zStrategyBudget = z.object({
    percent_of_equity: z._default(z.nullish(z.number().check(z.gt(0), z.lte(100))), null),
    margin_usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_positions: z._default(z.nullish(z.int().check(z.gte(1))), null)
});

/**
 * What one strategy made of the account; with interest the profits of all add up to the account's.
 *
 * Source: the trades of the strategy, the ledger, and its positions' margin as if they stood alone.
 */
export const zStrategyResult = z.object({
    trades: z.int().check(z.gte(0)),
    profit_usd: z.number(),
    fees_usd: z.number(),
    dividends_usd: z.number(),
    max_margin_usd: z.nullable(z.number()),
    margin_share: z.nullable(z.number().check(z.gte(0), z.lte(1)))
});

/**
 * Gains of everything held when all prices and all volatilities jump at once, time standing still.
 */
export const zStress = z.object({
    spot_percent: z.array(z.number()),
    volatility_points: z.array(z.number()),
    gains_usd: z.array(z.array(z.number()))
});

/**
 * Exposure of everything held after the last event, before `open_at_end` is carried out.
 *
 * Source: the quotes' Greeks, or the pricing model's where there are none; `greeks.csv` for the sessions.
 */
export const zExposureSection = z.object({
    at: z.iso.datetime(),
    total: zGreeks,
    beta_weighted_delta_shares: z.nullable(z.number()),
    by_underlying: z.record(z.string(), zGreeks),
    by_expiration: z.record(z.string(), zGreeks),
    by_structure: z.record(z.string(), zGreeks),
    by_strategy: z.record(z.string(), zGreeks),
    stress: z.nullable(zStress),
    extremes: z.record(z.string(), zExtreme)
});

/**
 * Shocks that are applied at once to all underlyings, each price with each volatility; time stands still.
 *
 * Attributes:
 * spot_percent: moves of the underlyings' prices, in percent.
 * volatility_points: moves of implied volatilities, in points: 5 makes 20 % into 25 %; none falls below 0.
 */
export const zStressGrid = z.object({
    spot_percent: z._default(z.optional(z.array(z.number().check(z.gt(-100))).check(z.minLength(1))), [
        -10,
        -5,
        0,
        5,
        10
    ]),
    volatility_points: z._default(z.optional(z.array(z.number()).check(z.minLength(1))), [
        -5,
        0,
        10
    ])
});

/**
 * What the run reports of its exposure beside that at its end (docs/risk.md).
 *
 * Attributes:
 * sessions: measure at the end of every session too, for the table `greeks` and the extremes in the summary.
 * stress: shocks whose gains and losses are reported; left out: none.
 */
export const zExposureReport = z.object({
    sessions: z._default(z.optional(z.boolean()), true),
    stress: z._default(z.nullish(zStressGrid), null)
});

/**
 * As many packages as keep the worst loss of the whole portfolio under shocks within a budget.
 *
 * Attributes:
 * percent_of_equity: of net liquidation.
 * loss_usd: as money; the lesser of the two where both are given.
 * shocks: moves of prices and volatilities.
 */
export const zStressBudget = z.object({
    kind: z.literal('stress_budget'),
    percent_of_equity: z._default(z.nullish(z.number().check(z.gt(0), z.lte(100))), null),
    loss_usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    shocks: z._default(z.optional(zStressGrid), { spot_percent: [
            -10,
            -5,
            0,
            5,
            10
        ], volatility_points: [
            -5,
            0,
            10
        ] })
});

/**
 * A strategy that is programmed.
 *
 * Attributes:
 * source: `path/to/file.py:ClassName`, relative to the configuration file, `package.module:ClassName`, or the name
 * under which an installed package announces a strategy (docs/python_strategies.md).
 * parameters: fields of the class's `Parameters`.
 */
export const zPythonStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.literal('python'),
    source: z.string().check(z.minLength(1)),
    parameters: z.optional(z.record(z.string(), z.unknown())),
    sizing: z._default(z.optional(z.union([
        zFixedContracts,
        zPercentAtRisk,
        zPercentOfEquity,
        zPercentOfMargin,
        zKellyFraction,
        zNetDeltaBudget,
        zNetGammaBudget,
        zNetVegaBudget,
        zNetThetaBudget,
        zStressBudget
    ])), { kind: 'fixed_contracts', contracts: 1 }),
    budget: z._default(z.optional(zStrategyBudget), {
        percent_of_equity: null,
        margin_usd: null,
        max_positions: null
    })
});

/**
 * The strike of another leg, or one at a distance from it that may lie on either side.
 *
 * The strike is chosen from all that are listed in this leg's own expiration; without a tolerance it must be listed
 * exactly there.
 *
 * Attributes:
 * leg: name of the other leg.
 * points: distance from its strike; positive is further out of the money.
 * strikes: as `points`, in listed strikes, counted from the other leg's.
 * tolerance: allowed distance in points from the strike that is wanted.
 */
export const zStrikeOf = z.object({
    leg: z.string().check(z.minLength(1)),
    points: z._default(z.optional(z.number()), 0),
    strikes: z._default(z.optional(z.int()), 0),
    tolerance: z._default(z.optional(z.number().check(z.gte(0))), 0)
});

/**
 * A strike by its distance from the money: in points from the underlying's price, or in listed strikes.
 *
 * Exactly one of `points` and `strikes`; positive is out of the money.
 *
 * Attributes:
 * strikes: listed strikes counted from the one nearest to the underlying's price (the lower one of two), which
 * is 0. The count is exact and passes over nothing.
 * minimum: of the distance in points.
 * maximum: of the distance in points.
 * tolerance: allowed distance from `points` in points, beside minimum and maximum.
 */
export const zStrikeOffset = z.object({
    points: z._default(z.nullish(z.number()), null),
    strikes: z._default(z.nullish(z.int()), null),
    minimum: z._default(z.nullish(z.number()), null),
    maximum: z._default(z.nullish(z.number()), null),
    tolerance: z._default(z.nullish(z.number().check(z.gte(0))), null)
});

/**
 * Holds from a time of day on, to the end of the session.
 *
 * Attributes:
 * at: time on the exchange's clock, e.g. `15:45`.
 * minutes_before_close: before the close of the session, early closes included.
 * minutes_after_open: after the open of the session.
 * on_last_trading_day: only on the last day on which the nearest leg trades: its expiration, or the session before
 * where it settles at the open.
 * weekdays: only on these days; empty: on all.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zTimeOfDay = z.object({
    kind: z.literal('time_of_day'),
    at: z._default(z.nullish(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), null),
    minutes_before_close: z._default(z.nullish(z.int().check(z.gte(0))), null),
    minutes_after_open: z._default(z.nullish(z.int().check(z.gte(0))), null),
    on_last_trading_day: z._default(z.optional(z.boolean()), false),
    weekdays: z._default(z.optional(z.array(z.enum([
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday'
    ]))), []),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * A part of every session in which each chain may be entered on; both ends count.
 *
 * Attributes:
 * start: exchange clock time; or `minutes_after_open`; left out: the open.
 * end: exchange clock time; or `minutes_before_close`; left out: the close.
 */
export const zTimeWindow = z.object({
    start: z._default(z.nullish(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), null),
    end: z._default(z.nullish(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/))), null),
    minutes_after_open: z._default(z.nullish(z.int().check(z.gte(0), z.lte(1440))), null),
    minutes_before_close: z._default(z.nullish(z.int().check(z.gte(0), z.lte(1440))), null)
});

/**
 * When an entry is due; everything that is said must hold, and nothing: at every chain. Times are the exchange's.
 *
 * Attributes:
 * times: clock times (`15:45`); due is the first chain at or after each.
 * minutes_after_open: such times by minutes after the open, which is not the same every day everywhere.
 * minutes_before_close: such times by minutes before the close, which comes early on half days.
 * tolerance_minutes: a chain that comes later after its time than this is not due any more.
 * windows: parts of the session in which every chain is due.
 * weekdays: e.g. `[monday, thursday]`.
 * every_sessions: every so many sessions, counted from `since`.
 * every_days: every so many calendar days, counted from `since`.
 * since: first day of both counts; left out: the day of the first chain that the strategy sees.
 * days_of_month: e.g. `[1, 15]`; -1 is the last day of the month.
 * sessions_of_week: 1 is the first session of the week, -1 the last.
 * sessions_of_month: 1 is the first session of the month, -1 the last.
 * dte: days to expiration that the chosen expirations must have exactly, by the names of `expirations`.
 * closed_day: a day that is due and on which the exchange is closed moves to the next or the previous session, or
 * is skipped.
 */
export const zEntrySchedule = z.object({
    times: z._default(z.optional(z.array(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)))), []),
    minutes_after_open: z._default(z.optional(z.array(z.int().check(z.gte(0), z.lte(1440)))), []),
    minutes_before_close: z._default(z.optional(z.array(z.int().check(z.gte(0), z.lte(1440)))), []),
    tolerance_minutes: z._default(z.optional(z.int().check(z.gte(0), z.lte(1440))), 5),
    windows: z._default(z.optional(z.array(zTimeWindow)), []),
    weekdays: z._default(z.optional(z.array(z.enum([
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday',
        'saturday',
        'sunday'
    ]))), []),
    every_sessions: z._default(z.nullish(z.int().check(z.gte(1))), null),
    every_days: z._default(z.nullish(z.int().check(z.gte(1))), null),
    since: z._default(z.nullish(z.iso.date()), null),
    days_of_month: z._default(z.optional(z.array(z.int().check(z.gte(-31), z.lte(31)))), []),
    sessions_of_week: z._default(z.optional(z.array(z.int().check(z.gte(-7), z.lte(7)))), []),
    sessions_of_month: z._default(z.optional(z.array(z.int().check(z.gte(-31), z.lte(31)))), []),
    dte: z.optional(z.record(z.string(), z.int().check(z.gte(0)))),
    closed_day: z.optional(z.enum([
        'next_session',
        'previous_session',
        'skip'
    ]))
});

/**
 * Buy at the ask, sell at the bid.
 */
export const zTouchFills = z.object({
    kind: z.literal('touch')
});

/**
 * How orders become fills (DESIGN section 5).
 *
 * Attributes:
 * fill_timing: `same_snapshot` lets an order fill on the quotes it was decided on; it is declared in the summary.
 * net_rounding: the net price of a package is rounded to its tick against the trader, or not at all.
 * worthless_long: a long leg without a bid stays open when its package closes, or is given up for nothing.
 * crossed_quotes: a bid above the ask makes orders wait; or each side trades as if the other were not there.
 * share_half_spread_usd: half the spread that shares pay when they fill on a bar.
 * shown_size: whether an order minds the contracts shown at bid and ask: not at all, waits until all of it fits
 * (`all_or_none`), or trades what fits in whole packages and rests with the others (`partial`).
 * size_percent: so much of the shown size can be had.
 * max_quote_age_s: an order waits where the quote of one of its legs is older; null: no limit.
 * latency_s: an order sees the first chain, or bar that begins, at or after its decision and so many seconds.
 * market_on_close_minutes: an order on the close fills on the first chain in the last minutes of the session,
 * since nobody knows in advance which chain is the last.
 */
export const zExecutionConfig = z.object({
    fills: z._default(z.optional(z.union([
        zSpreadFractionFills,
        zMidFills,
        zTouchFills,
        zMidSlippageFills,
        zSquareRootImpactFills,
        zModelPriceFills
    ])), { kind: 'spread_fraction', fraction_by_legs: [
            0.75,
            0.66,
            0.56,
            0.53
        ] }),
    fees: z._default(z.optional(z.union([
        zPerContractFeesConfig,
        zNoFeesConfig,
        zPresetFees,
        zCommissionSchedule
    ])), {
        kind: 'per_contract',
        fee_per_contract_usd: 0.65,
        fee_per_share_usd: 0,
        fee_per_exercise_usd: 0
    }),
    fill_timing: z.optional(z.enum(['next_snapshot', 'same_snapshot'])),
    net_rounding: z.optional(z.enum(['against_trader', 'none'])),
    worthless_long: z.optional(z.enum(['keep', 'give_up'])),
    crossed_quotes: z.optional(z.enum(['wait', 'trade'])),
    share_half_spread_usd: z._default(z.optional(z.number().check(z.gte(0))), 0.005),
    shown_size: z.optional(z.enum([
        'ignore',
        'all_or_none',
        'partial'
    ])),
    size_percent: z._default(z.optional(z.number().check(z.gt(0), z.lte(100))), 100),
    max_quote_age_s: z._default(z.nullish(z.number().check(z.gte(0))), null),
    latency_s: z._default(z.optional(z.number().check(z.gte(0))), 0),
    market_on_close_minutes: z._default(z.optional(z.int().check(z.gte(0), z.lte(1440))), 15)
});

/**
 * How orders become fills (DESIGN section 5).
 *
 * Attributes:
 * fill_timing: `same_snapshot` lets an order fill on the quotes it was decided on; it is declared in the summary.
 * net_rounding: the net price of a package is rounded to its tick against the trader, or not at all.
 * worthless_long: a long leg without a bid stays open when its package closes, or is given up for nothing.
 * crossed_quotes: a bid above the ask makes orders wait; or each side trades as if the other were not there.
 * share_half_spread_usd: half the spread that shares pay when they fill on a bar.
 * shown_size: whether an order minds the contracts shown at bid and ask: not at all, waits until all of it fits
 * (`all_or_none`), or trades what fits in whole packages and rests with the others (`partial`).
 * size_percent: so much of the shown size can be had.
 * max_quote_age_s: an order waits where the quote of one of its legs is older; null: no limit.
 * latency_s: an order sees the first chain, or bar that begins, at or after its decision and so many seconds.
 * market_on_close_minutes: an order on the close fills on the first chain in the last minutes of the session,
 * since nobody knows in advance which chain is the last.
 */
export const zResolvedExecutionConfig = z.object({
    fills: z._default(z.union([
        zResolvedSpreadFractionFills,
        zMidFills,
        zTouchFills,
        zResolvedMidSlippageFills,
        zResolvedSquareRootImpactFills,
        zResolvedModelPriceFills
    ]), { kind: 'spread_fraction', fraction_by_legs: [
            0.75,
            0.66,
            0.56,
            0.53
        ] }),
    fees: z._default(z.union([
        zResolvedPerContractFeesConfig,
        zNoFeesConfig,
        zPresetFees,
        zResolvedCommissionSchedule
    ]), {
        kind: 'per_contract',
        fee_per_contract_usd: 0.65,
        fee_per_share_usd: 0,
        fee_per_exercise_usd: 0
    }),
    fill_timing: z.enum(['next_snapshot', 'same_snapshot']),
    net_rounding: z.enum(['against_trader', 'none']),
    worthless_long: z.enum(['keep', 'give_up']),
    crossed_quotes: z.enum(['wait', 'trade']),
    share_half_spread_usd: z._default(z.number().check(z.gte(0)), 0.005),
    shown_size: z.enum([
        'ignore',
        'all_or_none',
        'partial'
    ]),
    size_percent: z._default(z.number().check(z.gt(0), z.lte(100)), 100),
    max_quote_age_s: z._default(z.nullable(z.number().check(z.gte(0))), null),
    latency_s: z._default(z.number().check(z.gte(0)), 0),
    market_on_close_minutes: z._default(z.int().check(z.gte(0), z.lte(1440)), 15)
});

/**
 * Trades that touch something.
 */
export const zTouched = z.object({
    trades: z.int().check(z.gte(0)),
    trades_fraction: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    profit_usd: z.number(),
    moved_usd: z.number(),
    moved_fraction: z.nullable(z.number().check(z.gte(0), z.lte(1)))
});

/**
 * One instrument over the life of a trade.
 */
export const zTradeLeg = z.object({
    symbol: z.string(),
    quantity: z.int(),
    entry_cash_usd: z.number(),
    exit_cash_usd: z.number(),
    fees_usd: z.number(),
    exit_kind: z.string()
});

/**
 * One structure from its opening to its end, as the page lists and draws it.
 */
export const zTrade = z.object({
    id: z.int(),
    strategy: z.string(),
    structure: z.string(),
    underlying: z.string(),
    opened_at: z.iso.datetime(),
    closed_at: z.nullable(z.iso.datetime()),
    quantity: z.int(),
    entry_cash_usd: z.number(),
    profit_usd: z.number(),
    fees_usd: z.number(),
    entry_tag: z.string(),
    exit_reason: z.string(),
    proxy_settled: z.boolean(),
    left_open: z.array(z.string()),
    spot_at_entry: z.number(),
    days_to_expiration: z.nullable(z.int()),
    delta: z.nullable(z.number()),
    maximum_loss_usd: z.nullable(z.number()),
    margin_usd: z.nullable(z.number()),
    worst_usd: z.number(),
    best_usd: z.number(),
    legs: z.array(zTradeLeg),
    payoff: zPayoffRequest,
    causes: z.nullish(zCauses)
});

/**
 * Some trades in the order of opening.
 */
export const zTradePage = z.object({
    items: z.array(zTrade),
    total: z.int().check(z.gte(0))
});

/**
 * Closes a position whose loss, before fees, has reached a bound, whatever its strategy says.
 *
 * Attributes:
 * percent: of net liquidation.
 * usd: as money; whichever of the two is given and reached first.
 */
export const zTradeStop = z.object({
    percent: z._default(z.nullish(z.number().check(z.gt(0), z.lte(100))), null),
    usd: z._default(z.nullish(z.number().check(z.gt(0))), null)
});

/**
 * Watches over the account that act through orders of their own, at every value of the account.
 *
 * Attributes:
 * drawdown: steps, each on its own.
 */
export const zProtectionConfig = z.object({
    drawdown: z._default(z.optional(z.array(zDrawdownStep)), []),
    daily_loss: z._default(z.nullish(zDailyLossStop), null),
    trade_stop: z._default(z.nullish(zTradeStop), null)
});

/**
 * How risk is measured and limited.
 *
 * Attributes:
 * margin: `maximum_loss`: what the book can lose at expiration; `regulation_t`: by strategy; `portfolio`: worst of
 * ten moves; `cash`: no margin, every short secured (docs/margin.md).
 * beta: how deltas of several underlyings become one; needed by the limit on it.
 */
export const zRiskConfig = z.object({
    margin: z.optional(z.enum([
        'maximum_loss',
        'regulation_t',
        'portfolio',
        'cash'
    ])),
    margin_options: z._default(z.optional(zMarginOptions), { underlying_classes: {}, margin_loan: false }),
    margin_calls: z._default(z.optional(zMarginCallConfig), {
        check: 'every_mark',
        interval_minutes: 5,
        measure: 'cash',
        grace_sessions: 0,
        liquidation: 'none'
    }),
    limits: z._default(z.optional(zRiskLimits), {
        max_open_positions: null,
        max_abs_delta_shares: null,
        max_abs_vega_usd_per_point: null,
        max_abs_gamma_shares_per_point: null,
        max_abs_theta_usd_per_day: null,
        max_abs_beta_weighted_delta_shares: null,
        max_positions_per_expiration: null,
        max_margin_percent: null,
        max_trade_risk_percent: null,
        max_heat_percent: null,
        max_underlying_risk_percent: null,
        max_expiration_risk_percent: null,
        max_structure_risk_percent: null,
        correlation: null
    }),
    protection: z._default(z.optional(zProtectionConfig), {
        drawdown: [],
        daily_loss: null,
        trade_stop: null
    }),
    beta: z._default(z.nullish(zBetaConfig), null),
    exposure: z._default(z.optional(zExposureReport), { sessions: true, stress: null })
});

/**
 * Statistics over structures, from opening to end; profit is after fees.
 *
 * Winners, losers, break-evens and all averages are of closed trades. A profit of exactly 0 is neither a win nor a
 * loss.
 *
 * Source: the trades of the run, `trades.csv`.
 */
export const zTrades = z.object({
    count: z.int().check(z.gte(0)),
    open_at_end: z.int().check(z.gte(0)),
    winners: z.int().check(z.gte(0)),
    losers: z.int().check(z.gte(0)),
    breakeven: z.int().check(z.gte(0)),
    win_rate: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    profit_factor: z.nullable(z.number()),
    payoff_ratio: z.nullable(z.number()),
    expectancy_usd: z.nullable(z.number()),
    expectancy_r: z.nullable(z.number()),
    kelly_fraction: z.nullable(z.number()),
    average_win_usd: z.nullable(z.number()),
    average_loss_usd: z.nullable(z.number()),
    largest_win_usd: z.nullable(z.number()),
    largest_loss_usd: z.nullable(z.number()),
    longest_winning_streak: z.int().check(z.gte(0)),
    longest_losing_streak: z.int().check(z.gte(0)),
    average_days_in_trade: z.nullable(z.number()),
    median_days_in_trade: z.nullable(z.number()),
    median_usd: z.nullable(z.number()),
    average_profit_r: z.nullable(z.number()),
    average_worst_usd: z.nullable(z.number()),
    largest_worst_usd: z.nullable(z.number()),
    average_best_usd: z.nullable(z.number()),
    largest_best_usd: z.nullable(z.number()),
    average_given_back_usd: z.nullable(z.number()),
    largest_given_back_usd: z.nullable(z.number()),
    premium_collected_usd: z.nullable(z.number()),
    premium_paid_usd: z.nullable(z.number()),
    premium_capture: z.nullable(z.number()),
    return_on_margin: z.nullable(z.number()),
    profit_per_margin_day: z.nullable(z.number()),
    times: zHoldingTimes,
    per_package: zPerPackage,
    dispersion: zDispersion,
    bounds: zBounds,
    groups: zGroups,
    by_exit_reason: z.record(z.string(), zExitReason),
    left_open_legs: z.array(z.string()),
    fills: z.int().check(z.gte(0))
});

/**
 * Returns up to the last session of the run: its value by an earlier one, less 1.
 */
export const zTrailing = z.object({
    month_to_date: z.nullable(z.number()),
    year_to_date: z.nullable(z.number()),
    three_months: z.nullable(z.number()),
    six_months: z.nullable(z.number()),
    one_year: z.nullable(z.number()),
    three_years: z.nullable(z.number()),
    five_years: z.nullable(z.number()),
    ten_years: z.nullable(z.number())
});

/**
 * Returns by calendar, of the curve that `returns` describes.
 *
 * Source: the account at the last mark of every session, `equity.csv`.
 */
export const zPeriods = z.object({
    months: z.array(zPeriodReturn),
    years: z.array(zPeriodReturn),
    best_month: z.nullable(z.number()),
    worst_month: z.nullable(z.number()),
    best_year: z.nullable(z.number()),
    worst_year: z.nullable(z.number()),
    win_rate_monthly: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    monthly: zPeriodFigures,
    quarterly: zPeriodFigures,
    yearly: zPeriodFigures,
    trailing: zTrailing
});

/**
 * Armed once the profit has reached one mark, holds when it has since fallen by another from its highest.
 *
 * The highest profit is that of the chains on which every leg could be trusted.
 *
 * Attributes:
 * arm_percent_of_premium: armed at a profit of so many percent of the premium received or paid at entry.
 * arm_percent_of_maximum_profit: armed at so many percent of the most that the position can earn at expiration.
 * arm_usd: armed at this profit of all packages together.
 * give_back_percent_of_premium: holds when so many percent of the entry premium are lost from the highest profit.
 * give_back_percent_of_peak: holds when so many percent of the highest profit are lost.
 * give_back_usd: holds when this much is lost from the highest profit.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export const zTrailingStop = z.object({
    kind: z.literal('trailing_stop'),
    arm_percent_of_premium: z._default(z.nullish(z.number().check(z.gt(0))), null),
    arm_percent_of_maximum_profit: z._default(z.nullish(z.number().check(z.gt(0))), null),
    arm_usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    give_back_percent_of_premium: z._default(z.nullish(z.number().check(z.gt(0))), null),
    give_back_percent_of_peak: z._default(z.nullish(z.number().check(z.gt(0), z.lte(100))), null),
    give_back_usd: z._default(z.nullish(z.number().check(z.gt(0))), null),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * How much of the result rests on prices that nobody quoted, or that carry a flag.
 *
 * A trade touches what one of its fills, its settlement or its last mark touches, with its whole profit: the most that
 * hangs on it, not what would be lost without it. One trade can touch several things, so the parts add up to more than
 * `touched`.
 *
 * Source: flags of the quotes that trades were filled on, what their last marks rest on, and their settlements.
 */
export const zTrust = z.object({
    touched: zTouched,
    entry_quotes: z.record(z.string(), zTouched),
    exit_quotes: z.record(z.string(), zTouched),
    last_marks: z.record(z.string(), zTouched),
    one_sided_fills: zTouched,
    model_fills: zTouched,
    proxy_settlements: zTouched,
    model_quotes: zTouched,
    curve: zMarkedMoves
});

/**
 * An exchange date of one underlying.
 */
export const zUnderlyingDay = z.object({
    day: z.iso.date(),
    underlying: z.string()
});

/**
 * Exchange sessions of the range, warm-up included, against those in the data.
 */
export const zSessions = z.object({
    expected: z.int().check(z.gte(0)),
    present: z.int().check(z.gte(0)),
    missing: z.array(zUnderlyingDay),
    stale: z.array(zUnderlyingDay),
    warm_up: z.int().check(z.gte(0))
});

/**
 * The market data of the run, warm-up included.
 *
 * Source: the manifest and the chains of the store.
 */
export const zData = z.object({
    prices: z.enum(['quoted', 'model']),
    model: z.nullable(zModelMarket),
    vendors: z.array(z.string()),
    underlyings: z.array(z.string()),
    resolution: z.string(),
    start: z.iso.date(),
    end: z.iso.date(),
    snapshots: z.int().check(z.gte(0)),
    calendar: z.string(),
    timezone: z.string(),
    content_hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    files: z.array(zDataFile),
    settlement_values: z.nullable(zSettlementFile),
    overrides: z.nullable(zOverrideFile),
    bars: z.array(zBarSeries),
    contracts: z.array(zContracts),
    skipped: z.array(zSkippedRows),
    sessions: zSessions,
    quality: zQuality
});

/**
 * Cash-secured puts until assigned, covered calls on the shares until called, and again.
 *
 * One round is one position and one trade, from the first put (or the shares) to the day on which nothing is held.
 * What was bought back or has expired worthless is sold anew. Needs `exercise.delivered_shares: keep`.
 *
 * Attributes:
 * begin: `put`: with a put, the wheel; `shares`: with shares and a call in one package, the covered-call cycle.
 * put: what is sold for cash; not needed where it begins with shares.
 * call: what is sold on shares, in round lots.
 * never_below: no call is sold below this: `break_even`: what the shares have cost, less all premium of the round,
 * plus fees; `purchase`: the strike at which they were assigned or the price at which they were bought;
 * `nothing`: any strike. A strike above it is taken where the delta allows, else no call is sold.
 * sizing: of the puts, or of the packages of a hundred shares and a call.
 */
export const zWheelStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.literal('wheel'),
    underlying: z.string().check(z.minLength(1)),
    begin: z.optional(z.enum(['put', 'shares'])),
    put: z._default(z.nullish(zCycleOption), null),
    call: zCycleOption,
    never_below: z.optional(z.enum([
        'break_even',
        'purchase',
        'nothing'
    ])),
    sizing: z._default(z.optional(z.union([
        zFixedContracts,
        zPercentAtRisk,
        zPercentOfEquity,
        zPercentOfMargin,
        zKellyFraction,
        zNetDeltaBudget,
        zNetGammaBudget,
        zNetVegaBudget,
        zNetThetaBudget,
        zStressBudget
    ])), { kind: 'fixed_contracts', contracts: 1 }),
    budget: z._default(z.optional(zStrategyBudget), {
        percent_of_equity: null,
        margin_usd: null,
        max_positions: null
    })
});

/**
 * A strike that lies further out of the money than that of another leg, by so much.
 *
 * Exactly one of `points`, `percent` and `strikes`. The strike is chosen from all that are listed in this leg's own
 * expiration, whatever filters say; when it then cannot be traded, nothing is.
 *
 * Attributes:
 * leg: name of the other leg.
 * percent: of the other leg's strike.
 * strikes: listed strikes counted from the other leg's; the count is exact.
 * minimum: of the width, in the unit that is used.
 * maximum: of the width, in the unit that is used.
 * tolerance: allowed distance from the width that is wanted, beside minimum and maximum.
 */
export const zWidth = z.object({
    leg: z.string().check(z.minLength(1)),
    points: z._default(z.nullish(z.number().check(z.gt(0))), null),
    percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    strikes: z._default(z.nullish(z.int().check(z.gte(1))), null),
    minimum: z._default(z.nullish(z.number().check(z.gt(0))), null),
    maximum: z._default(z.nullish(z.number().check(z.gt(0))), null),
    tolerance: z._default(z.nullish(z.number().check(z.gte(0))), null)
});

/**
 * One option leg: side, right, expiration by name, and exactly one word that says which strike.
 *
 * Attributes:
 * beyond: name of a leg whose strike lies nearer to the money: only strikes further out than it are considered.
 * For words that look at no other leg.
 * liquidity: in place of the strategy's own filter; left out: that one.
 */
export const zLegSpec = z.object({
    name: z.string().check(z.minLength(1)),
    instrument: z._default(z.optional(z.literal('option')), 'option'),
    side: z.enum(['buy', 'sell']),
    right: z.enum(['call', 'put']),
    expiration: z.string().check(z.minLength(1)),
    delta: z._default(z.nullish(zDeltaTarget), null),
    percent_otm: z._default(z.nullish(zPercentOtm), null),
    offset: z._default(z.nullish(zStrikeOffset), null),
    premium: z._default(z.nullish(zPremiumTarget), null),
    expected_move: z._default(z.nullish(zExpectedMoveTarget), null),
    width: z._default(z.nullish(zWidth), null),
    strike_of: z._default(z.nullish(zStrikeOf), null),
    beyond: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    liquidity: z._default(z.nullish(zLiquidityFilter), null),
    ratio: z._default(z.optional(z.int().check(z.gte(1))), 1)
});

/**
 * Figures of so many sessions up to the end of a month; conventions as of `returns`.
 *
 * Source: the account at the last mark of every session, `equity.csv`.
 */
export const zWindow = z.object({
    ends_on: z.iso.date(),
    sessions: z.int().check(z.gte(0)),
    total: z.nullable(z.number()),
    volatility: z.nullable(z.number()),
    sharpe: z.nullable(z.number()),
    max_drawdown: z.nullable(z.number())
});

/**
 * A change of a position that is made when all triggers hold; the first of the list that can be made is.
 *
 * Attributes:
 * name: unique; the tag of its orders.
 * at_most: times per position; left out: any number.
 * cool_down_sessions: sessions that must begin after it was made before it is made again on the same position.
 * maximum_debit_usd: pays at most this net price, USD per share of the package in lowest terms: 0 is only for a
 * credit (or nothing), -0.5 only for a credit of 0.50. Left out: whatever it costs.
 * limit_spread_fraction: as in `EntryRules`; with a maximum debit never beyond that.
 */
export const zAdjustment = z.object({
    name: z.string().check(z.minLength(1)),
    when: z.array(z.union([
        zProfitTarget,
        zStopLoss,
        zTrailingStop,
        zBreakEvenStop,
        zDaysToExpiration,
        zDaysHeld,
        zSessionsHeld,
        zTimeOfDay,
        zOnWeekday,
        zBeforeEvent,
        zDeltaBreach,
        zPriceBreach,
        z.lazy((): any => zSignalTrigger)
    ])).check(z.minLength(1)),
    action: z.union([
        zRoll,
        zMoveLeg,
        zAddLeg,
        zRemoveLeg,
        zConvert
    ]),
    at_most: z._default(z.nullish(z.int().check(z.gte(1))), null),
    cool_down_sessions: z._default(z.optional(z.int().check(z.gte(0))), 0),
    maximum_debit_usd: z._default(z.nullish(z.number()), null),
    time_in_force: z.optional(z.enum(['day', 'gtc'])),
    limit_spread_fraction: z._default(z.nullish(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * Holds when every one of these holds.
 */
export const zAllOf = z.object({
    all_of: z.array(z.union([
        zResolvedSignalCondition,
        zExpressionCondition,
        zResolvedEventCondition,
        z.lazy((): any => zAllOf),
        z.lazy((): any => zAnyOf),
        z.lazy((): any => zNoneOf)
    ])).check(z.minLength(1))
});

/**
 * Holds when at least one of these holds.
 */
export const zAnyOf = z.object({
    any_of: z.array(z.union([
        zResolvedSignalCondition,
        zExpressionCondition,
        zResolvedEventCondition,
        zAllOf,
        z.lazy((): any => zAnyOf),
        z.lazy((): any => zNoneOf)
    ])).check(z.minLength(1))
});

/**
 * A strategy that is said: a structure, its legs, when to enter, when to leave, how much.
 *
 * Attributes:
 * structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
 * `custom`: any legs, no geometry. A structure with shares has their leg first.
 * liquidity: what the contract of every leg must have that has no filter of its own.
 * event_dates: CSV file `date,name` of dates that were announced in advance (docs/strategies/entry.md), relative
 * to the configuration file.
 * adjustments: what changes about positions that go on, when, and at most how often; exits come first.
 * hedge: keeps the net delta near a target.
 */
export const zDeclarativeStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z._default(z.optional(z.literal('declarative')), 'declarative'),
    structure: z.string().check(z.minLength(1)),
    underlying: z.string().check(z.minLength(1)),
    expirations: z.record(z.string(), z.union([
        zExpirationSpec,
        zExactExpiration,
        zLaterExpiration
    ])),
    legs: z.array(z.union([zLegSpec, zSharesSpec])).check(z.minLength(1)),
    liquidity: z._default(z.optional(zLiquidityFilter), {
        minimum_open_interest: null,
        minimum_volume: null,
        minimum_bid_usd: null,
        maximum_spread_usd: null,
        maximum_spread_percent: null
    }),
    same_strike: z._default(z.optional(zSameStrikeRule), { policy: 'allow', within: 'strategy' }),
    entry: z._default(z.optional(z.lazy((): any => zEntryRules)), {
        schedule: {
            closed_day: 'next_session',
            days_of_month: [],
            dte: {},
            every_days: null,
            every_sessions: null,
            minutes_after_open: [],
            minutes_before_close: [],
            sessions_of_month: [],
            sessions_of_week: [],
            since: null,
            times: [],
            tolerance_minutes: 5,
            weekdays: [],
            windows: []
        },
        conditions: [],
        cool_down: [],
        max_open_positions: 1,
        max_open_per_expiration: null,
        max_entries_per_day: null,
        max_entries_per_week: null,
        when_full: 'do_not_enter',
        time_in_force: 'day',
        limit_spread_fraction: null
    }),
    exit: z._default(z.optional(z.lazy((): any => zExitRules)), {
        stop_loss_percent: null,
        profit_target_percent: null,
        dte: null,
        rules: [],
        time_in_force: 'day',
        limit_spread_fraction: null,
        at_market: [],
        market_after_snapshots: null,
        market_after_sessions: null
    }),
    sizing: z._default(z.optional(z.union([
        zFixedContracts,
        zPercentAtRisk,
        zPercentOfEquity,
        zPercentOfMargin,
        zKellyFraction,
        zNetDeltaBudget,
        zNetGammaBudget,
        zNetVegaBudget,
        zNetThetaBudget,
        zStressBudget
    ])), { kind: 'fixed_contracts', contracts: 1 }),
    budget: z._default(z.optional(zStrategyBudget), {
        percent_of_equity: null,
        margin_usd: null,
        max_positions: null
    }),
    event_dates: z._default(z.nullish(z.string().check(z.minLength(1))), null),
    adjustments: z._default(z.optional(z.array(zAdjustment)), []),
    hedge: z._default(z.nullish(zDeltaHedge), null)
});

/**
 * When to open: it is due, all conditions hold, nothing cools down, and the strategy has room for one more.
 *
 * Attributes:
 * cool_down: rests after closings; each holds by itself.
 * max_open_positions: positions of this strategy that are open or resting.
 * max_open_per_expiration: the same for each expiration date that a leg of the entry has.
 * max_entries_per_day: entries decided on one exchange date, those that came to nothing not counted.
 * max_entries_per_week: the same from Monday to Sunday.
 * when_full: with `max_open_positions` open, do not enter, or close the oldest in the same moment.
 * limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
 * decides; left out: at the market.
 */
export const zEntryRules = z.object({
    schedule: z._default(z.optional(zEntrySchedule), {
        times: [],
        minutes_after_open: [],
        minutes_before_close: [],
        tolerance_minutes: 5,
        windows: [],
        weekdays: [],
        every_sessions: null,
        every_days: null,
        since: null,
        days_of_month: [],
        sessions_of_week: [],
        sessions_of_month: [],
        dte: {},
        closed_day: 'next_session'
    }),
    conditions: z._default(z.optional(z.array(z.union([
        zSignalCondition,
        zExpressionCondition,
        zEventCondition,
        zAllOf,
        zAnyOf,
        z.lazy((): any => zNoneOf)
    ]))), []),
    cool_down: z._default(z.optional(z.array(zCoolDown)), []),
    max_open_positions: z._default(z.optional(z.int().check(z.gte(1))), 1),
    max_open_per_expiration: z._default(z.nullish(z.int().check(z.gte(1))), null),
    max_entries_per_day: z._default(z.nullish(z.int().check(z.gte(1))), null),
    max_entries_per_week: z._default(z.nullish(z.int().check(z.gte(1))), null),
    when_full: z.optional(z.enum(['do_not_enter', 'close_oldest'])),
    time_in_force: z.optional(z.enum(['day', 'gtc'])),
    limit_spread_fraction: z._default(z.nullish(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * A configuration that runs without any imported data.
 */
export const zExample = z.object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    configuration: z.lazy((): any => zRunConfig)
});

/**
 * When to close: the first rule that holds, in this order or in that of `rules`; a rule left out never closes.
 *
 * Attributes:
 * stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
 * profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
 * dte: close when the nearest leg has this many days to expiration, or fewer.
 * rules: all there is to say about when, in place of the three above; the first that holds closes.
 * limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
 * at_market: kinds of rules whose exits are at the market all the same.
 * market_after_snapshots: a limit that has not filled after so many chains goes to the market.
 * market_after_sessions: a limit that has not filled when so many sessions have begun since goes to the market.
 */
export const zExitRules = z.object({
    stop_loss_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    profit_target_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    dte: z._default(z.nullish(z.int().check(z.gte(0))), null),
    rules: z._default(z.optional(z.array(z.union([
        zProfitTarget,
        zStopLoss,
        zTrailingStop,
        zBreakEvenStop,
        zDaysToExpiration,
        zDaysHeld,
        zSessionsHeld,
        zTimeOfDay,
        zOnWeekday,
        zBeforeEvent,
        zDeltaBreach,
        zPriceBreach,
        z.lazy((): any => zSignalTrigger),
        zHold
    ]))), []),
    time_in_force: z.optional(z.enum(['day', 'gtc'])),
    limit_spread_fraction: z._default(z.nullish(z.number().check(z.gte(0), z.lte(1))), null),
    at_market: z._default(z.optional(z.array(z.enum([
        'profit_target',
        'stop_loss',
        'trailing_stop',
        'break_even_stop',
        'dte',
        'days_held',
        'sessions_held',
        'time_of_day',
        'weekday',
        'before_event',
        'delta_breach',
        'price_breach',
        'signal'
    ]))), []),
    market_after_snapshots: z._default(z.nullish(z.int().check(z.gte(1))), null),
    market_after_sessions: z._default(z.nullish(z.int().check(z.gte(1))), null)
});

/**
 * Holds when every one of these is known not to hold; one that is undefined is not known.
 */
export const zNoneOf = z.object({
    none_of: z.array(z.union([
        zResolvedSignalCondition,
        zExpressionCondition,
        zResolvedEventCondition,
        zAllOf,
        zAnyOf,
        z.lazy((): any => zNoneOf)
    ])).check(z.minLength(1))
});

/**
 * A change of a position that is made when all triggers hold; the first of the list that can be made is.
 *
 * Attributes:
 * name: unique; the tag of its orders.
 * at_most: times per position; left out: any number.
 * cool_down_sessions: sessions that must begin after it was made before it is made again on the same position.
 * maximum_debit_usd: pays at most this net price, USD per share of the package in lowest terms: 0 is only for a
 * credit (or nothing), -0.5 only for a credit of 0.50. Left out: whatever it costs.
 * limit_spread_fraction: as in `EntryRules`; with a maximum debit never beyond that.
 */
export const zResolvedAdjustment = z.object({
    name: z.string().check(z.minLength(1)),
    when: z.array(z.union([
        zResolvedProfitTarget,
        zResolvedStopLoss,
        zResolvedTrailingStop,
        zResolvedBreakEvenStop,
        zResolvedDaysToExpiration,
        zResolvedDaysHeld,
        zResolvedSessionsHeld,
        zResolvedTimeOfDay,
        zResolvedOnWeekday,
        zResolvedBeforeEvent,
        zResolvedDeltaBreach,
        zResolvedPriceBreach,
        z.lazy((): any => zResolvedSignalTrigger)
    ])).check(z.minLength(1)),
    action: z.union([
        zResolvedRoll,
        zMoveLeg,
        zAddLeg,
        zRemoveLeg,
        zConvert
    ]),
    at_most: z._default(z.nullable(z.int().check(z.gte(1))), null),
    cool_down_sessions: z._default(z.int().check(z.gte(0)), 0),
    maximum_debit_usd: z._default(z.nullable(z.number()), null),
    time_in_force: z.enum(['day', 'gtc']),
    limit_spread_fraction: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * A strategy that is said: a structure, its legs, when to enter, when to leave, how much.
 *
 * Attributes:
 * structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
 * `custom`: any legs, no geometry. A structure with shares has their leg first.
 * liquidity: what the contract of every leg must have that has no filter of its own.
 * event_dates: CSV file `date,name` of dates that were announced in advance (docs/strategies/entry.md), relative
 * to the configuration file.
 * adjustments: what changes about positions that go on, when, and at most how often; exits come first.
 * hedge: keeps the net delta near a target.
 */
export const zResolvedDeclarativeStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z._default(z.literal('declarative'), 'declarative'),
    structure: z.string().check(z.minLength(1)),
    underlying: z.string().check(z.minLength(1)),
    expirations: z.record(z.string(), z.union([
        zResolvedExpirationSpec,
        zResolvedExactExpiration,
        zResolvedLaterExpiration
    ])),
    legs: z.array(z.union([zResolvedLegSpec, zResolvedSharesSpec])).check(z.minLength(1)),
    liquidity: z._default(zResolvedLiquidityFilter, {
        minimum_open_interest: null,
        minimum_volume: null,
        minimum_bid_usd: null,
        maximum_spread_usd: null,
        maximum_spread_percent: null
    }),
    same_strike: z._default(zResolvedSameStrikeRule, { policy: 'allow', within: 'strategy' }),
    entry: z._default(z.lazy((): any => zResolvedEntryRules), {
        schedule: {
            closed_day: 'next_session',
            days_of_month: [],
            dte: {},
            every_days: null,
            every_sessions: null,
            minutes_after_open: [],
            minutes_before_close: [],
            sessions_of_month: [],
            sessions_of_week: [],
            since: null,
            times: [],
            tolerance_minutes: 5,
            weekdays: [],
            windows: []
        },
        conditions: [],
        cool_down: [],
        max_open_positions: 1,
        max_open_per_expiration: null,
        max_entries_per_day: null,
        max_entries_per_week: null,
        when_full: 'do_not_enter',
        time_in_force: 'day',
        limit_spread_fraction: null
    }),
    exit: z._default(z.lazy((): any => zResolvedExitRules), {
        stop_loss_percent: null,
        profit_target_percent: null,
        dte: null,
        rules: [],
        time_in_force: 'day',
        limit_spread_fraction: null,
        at_market: [],
        market_after_snapshots: null,
        market_after_sessions: null
    }),
    sizing: z._default(z.union([
        zResolvedFixedContracts,
        zResolvedPercentAtRisk,
        zResolvedPercentOfEquity,
        zPercentOfMargin,
        zResolvedKellyFraction,
        zResolvedNetDeltaBudget,
        zNetGammaBudget,
        zNetVegaBudget,
        zNetThetaBudget,
        zResolvedStressBudget
    ]), { kind: 'fixed_contracts', contracts: 1 }),
    budget: z._default(zResolvedStrategyBudget, {
        percent_of_equity: null,
        margin_usd: null,
        max_positions: null
    }),
    event_dates: z._default(z.nullable(z.string().check(z.minLength(1))), null),
    adjustments: z._default(z.array(zResolvedAdjustment), []),
    hedge: z._default(z.nullable(zResolvedDeltaHedge), null)
});

/**
 * When to open: it is due, all conditions hold, nothing cools down, and the strategy has room for one more.
 *
 * Attributes:
 * cool_down: rests after closings; each holds by itself.
 * max_open_positions: positions of this strategy that are open or resting.
 * max_open_per_expiration: the same for each expiration date that a leg of the entry has.
 * max_entries_per_day: entries decided on one exchange date, those that came to nothing not counted.
 * max_entries_per_week: the same from Monday to Sunday.
 * when_full: with `max_open_positions` open, do not enter, or close the oldest in the same moment.
 * limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
 * decides; left out: at the market.
 */
export const zResolvedEntryRules = z.object({
    schedule: z._default(zResolvedEntrySchedule, {
        times: [],
        minutes_after_open: [],
        minutes_before_close: [],
        tolerance_minutes: 5,
        windows: [],
        weekdays: [],
        every_sessions: null,
        every_days: null,
        since: null,
        days_of_month: [],
        sessions_of_week: [],
        sessions_of_month: [],
        dte: {},
        closed_day: 'next_session'
    }),
    conditions: z._default(z.array(z.union([
        zResolvedSignalCondition,
        zExpressionCondition,
        zResolvedEventCondition,
        zAllOf,
        zAnyOf,
        zNoneOf
    ])), []),
    cool_down: z._default(z.array(zResolvedCoolDown), []),
    max_open_positions: z._default(z.int().check(z.gte(1)), 1),
    max_open_per_expiration: z._default(z.nullable(z.int().check(z.gte(1))), null),
    max_entries_per_day: z._default(z.nullable(z.int().check(z.gte(1))), null),
    max_entries_per_week: z._default(z.nullable(z.int().check(z.gte(1))), null),
    when_full: z.enum(['do_not_enter', 'close_oldest']),
    time_in_force: z.enum(['day', 'gtc']),
    limit_spread_fraction: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * When to close: the first rule that holds, in this order or in that of `rules`; a rule left out never closes.
 *
 * Attributes:
 * stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
 * profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
 * dte: close when the nearest leg has this many days to expiration, or fewer.
 * rules: all there is to say about when, in place of the three above; the first that holds closes.
 * limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
 * at_market: kinds of rules whose exits are at the market all the same.
 * market_after_snapshots: a limit that has not filled after so many chains goes to the market.
 * market_after_sessions: a limit that has not filled when so many sessions have begun since goes to the market.
 */
export const zResolvedExitRules = z.object({
    stop_loss_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    profit_target_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    dte: z._default(z.nullable(z.int().check(z.gte(0))), null),
    rules: z._default(z.array(z.union([
        zResolvedProfitTarget,
        zResolvedStopLoss,
        zResolvedTrailingStop,
        zResolvedBreakEvenStop,
        zResolvedDaysToExpiration,
        zResolvedDaysHeld,
        zResolvedSessionsHeld,
        zResolvedTimeOfDay,
        zResolvedOnWeekday,
        zResolvedBeforeEvent,
        zResolvedDeltaBreach,
        zResolvedPriceBreach,
        z.lazy((): any => zResolvedSignalTrigger),
        zResolvedHold
    ])), []),
    time_in_force: z.enum(['day', 'gtc']),
    limit_spread_fraction: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null),
    at_market: z._default(z.array(z.enum([
        'profit_target',
        'stop_loss',
        'trailing_stop',
        'break_even_stop',
        'dte',
        'days_held',
        'sessions_held',
        'time_of_day',
        'weekday',
        'before_event',
        'delta_breach',
        'price_breach',
        'signal'
    ])), []),
    market_after_snapshots: z._default(z.nullable(z.int().check(z.gte(1))), null),
    market_after_sessions: z._default(z.nullable(z.int().check(z.gte(1))), null)
});

/**
 * Everything that decides a run, apart from the data itself.
 *
 * Attributes:
 * start: first exchange date on which strategies act.
 * end: last exchange date, included.
 * warm_up_sessions: sessions before `start` that signals see and strategies do not.
 * open_at_end: positions open after the last event are marked, closed at the touch, or settled at the last
 * known price of their underlying.
 * seed: seed of everything random.
 */
export const zResolvedRunConfig = z.object({
    name: z.string().check(z.minLength(1)),
    start: z.iso.date(),
    end: z.iso.date(),
    warm_up_sessions: z._default(z.int().check(z.gte(0)), 0),
    data: zResolvedDataSelection,
    strategies: z.array(z.union([
        zResolvedDeclarativeStrategy,
        zResolvedPythonStrategy,
        zResolvedScriptedStrategy,
        zResolvedWheelStrategy
    ])).check(z.minLength(1)),
    signals: z._default(z.array(zResolvedSignalConfig), []),
    account: z._default(zResolvedAccountConfig, {
        initial_cash_usd: 100000,
        cash_flows: [],
        financing: null
    }),
    risk: z._default(zResolvedRiskConfig, {
        margin: 'maximum_loss',
        margin_options: { margin_loan: false, underlying_classes: {} },
        margin_calls: {
            check: 'every_mark',
            grace_sessions: 0,
            interval_minutes: 5,
            liquidation: 'none',
            measure: 'cash'
        },
        limits: {
            correlation: null,
            max_abs_beta_weighted_delta_shares: null,
            max_abs_delta_shares: null,
            max_abs_gamma_shares_per_point: null,
            max_abs_theta_usd_per_day: null,
            max_abs_vega_usd_per_point: null,
            max_expiration_risk_percent: null,
            max_heat_percent: null,
            max_margin_percent: null,
            max_open_positions: null,
            max_positions_per_expiration: null,
            max_structure_risk_percent: null,
            max_trade_risk_percent: null,
            max_underlying_risk_percent: null
        },
        protection: {
            daily_loss: null,
            drawdown: [],
            trade_stop: null
        },
        beta: null,
        exposure: { sessions: true, stress: null }
    }),
    execution: z._default(zResolvedExecutionConfig, {
        fills: { fraction_by_legs: [
                0.75,
                0.66,
                0.56,
                0.53
            ], kind: 'spread_fraction' },
        fees: {
            fee_per_contract_usd: 0.65,
            fee_per_exercise_usd: 0,
            fee_per_share_usd: 0,
            kind: 'per_contract'
        },
        fill_timing: 'next_snapshot',
        net_rounding: 'against_trader',
        worthless_long: 'keep',
        crossed_quotes: 'wait',
        share_half_spread_usd: 0.005,
        shown_size: 'ignore',
        size_percent: 100,
        max_quote_age_s: null,
        latency_s: 0,
        market_on_close_minutes: 15
    }),
    pricing: z._default(zResolvedPricingConfig, {
        backend: 'ironfly',
        rate_source: 'constant',
        rate: 0,
        dividend_yield: 0
    }),
    exercise: z._default(zResolvedExerciseConfig, {
        early_assignment: 'optimal',
        assignment_probability: 0.5,
        early_exercise: false,
        delivered_shares: 'liquidate'
    }),
    benchmark: z._default(zResolvedBenchmarkConfig, { symbol: null, file: null }),
    open_at_end: z.enum([
        'mark',
        'close_at_touch',
        'settle'
    ]),
    seed: z._default(z.int(), 0)
});

/**
 * Holds when all conditions do: on signals, expressions over signals, event dates, and their combinations.
 *
 * Attributes:
 * conditions: as those of an entry; one on a signal without a value does not hold.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zResolvedSignalTrigger = z.object({
    kind: z.literal('signal'),
    conditions: z.array(z.union([
        zResolvedSignalCondition,
        zExpressionCondition,
        zResolvedEventCondition,
        zAllOf,
        zAnyOf,
        zNoneOf
    ])).check(z.minLength(1)),
    legs: z._default(z.array(z.string().check(z.minLength(1))), [])
});

/**
 * Everything that decides a run, apart from the data itself.
 *
 * Attributes:
 * start: first exchange date on which strategies act.
 * end: last exchange date, included.
 * warm_up_sessions: sessions before `start` that signals see and strategies do not.
 * open_at_end: positions open after the last event are marked, closed at the touch, or settled at the last
 * known price of their underlying.
 * seed: seed of everything random.
 */
export const zRunConfig = z.object({
    name: z.string().check(z.minLength(1)),
    start: z.iso.date(),
    end: z.iso.date(),
    warm_up_sessions: z._default(z.optional(z.int().check(z.gte(0))), 0),
    data: zDataSelection,
    strategies: z.array(z.union([
        zDeclarativeStrategy,
        zPythonStrategy,
        zScriptedStrategy,
        zWheelStrategy
    ])).check(z.minLength(1)),
    signals: z._default(z.optional(z.array(zSignalConfig)), []),
    account: z._default(z.optional(zAccountConfig), {
        initial_cash_usd: 100000,
        cash_flows: [],
        financing: null
    }),
    risk: z._default(z.optional(zRiskConfig), {
        margin: 'maximum_loss',
        margin_options: { margin_loan: false, underlying_classes: {} },
        margin_calls: {
            check: 'every_mark',
            grace_sessions: 0,
            interval_minutes: 5,
            liquidation: 'none',
            measure: 'cash'
        },
        limits: {
            correlation: null,
            max_abs_beta_weighted_delta_shares: null,
            max_abs_delta_shares: null,
            max_abs_gamma_shares_per_point: null,
            max_abs_theta_usd_per_day: null,
            max_abs_vega_usd_per_point: null,
            max_expiration_risk_percent: null,
            max_heat_percent: null,
            max_margin_percent: null,
            max_open_positions: null,
            max_positions_per_expiration: null,
            max_structure_risk_percent: null,
            max_trade_risk_percent: null,
            max_underlying_risk_percent: null
        },
        protection: {
            daily_loss: null,
            drawdown: [],
            trade_stop: null
        },
        beta: null,
        exposure: { sessions: true, stress: null }
    }),
    execution: z._default(z.optional(zExecutionConfig), {
        fills: { fraction_by_legs: [
                0.75,
                0.66,
                0.56,
                0.53
            ], kind: 'spread_fraction' },
        fees: {
            fee_per_contract_usd: 0.65,
            fee_per_exercise_usd: 0,
            fee_per_share_usd: 0,
            kind: 'per_contract'
        },
        fill_timing: 'next_snapshot',
        net_rounding: 'against_trader',
        worthless_long: 'keep',
        crossed_quotes: 'wait',
        share_half_spread_usd: 0.005,
        shown_size: 'ignore',
        size_percent: 100,
        max_quote_age_s: null,
        latency_s: 0,
        market_on_close_minutes: 15
    }),
    pricing: z._default(z.optional(zPricingConfig), {
        backend: 'ironfly',
        rate_source: 'constant',
        rate: 0,
        dividend_yield: 0
    }),
    exercise: z._default(z.optional(zExerciseConfig), {
        early_assignment: 'optimal',
        assignment_probability: 0.5,
        early_exercise: false,
        delivered_shares: 'liquidate'
    }),
    benchmark: z._default(z.optional(zBenchmarkConfig), { symbol: null, file: null }),
    open_at_end: z.optional(z.enum([
        'mark',
        'close_at_touch',
        'settle'
    ])),
    seed: z._default(z.optional(z.int()), 0)
});

/**
 * Holds when all conditions do: on signals, expressions over signals, event dates, and their combinations.
 *
 * Attributes:
 * conditions: as those of an entry; one on a signal without a value does not hold.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export const zSignalTrigger = z.object({
    kind: z.literal('signal'),
    conditions: z.array(z.union([
        zSignalCondition,
        zExpressionCondition,
        zEventCondition,
        zAllOf,
        zAnyOf,
        zNoneOf
    ])).check(z.minLength(1)),
    legs: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * Everything worth knowing about one run.
 */
export const zSummary = z.object({
    schema_version: z.literal(1),
    warnings: z.array(z.string()),
    assumptions: zAssumptions,
    run: zRun,
    config: zResolvedRunConfig,
    config_hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    data: zData,
    trust: zTrust,
    capital: zCapital,
    returns: zReturns,
    periods: zPeriods,
    rolling: z.array(zWindow),
    drawdown: zDrawdown,
    benchmark: z.nullable(zBenchmark),
    regimes: z.array(zRegime),
    robustness: z.nullable(zRobustness),
    trades: zTrades,
    attribution: zAttribution,
    settlements: zSettlements,
    marks: zMarks,
    funnel: z.record(z.string(), zFunnel),
    refusals: z.record(z.string(), zRefusals),
    orders: zOrders,
    blocked_fills: z.record(z.string(), z.int().check(z.gte(0))),
    lifecycle: zLifecycle,
    margin_calls: zMarginCalls,
    strategies: z.record(z.string(), zStrategyResult),
    exposure: zExposureSection,
    protection: zProtection,
    costs: zCosts,
    fill_sensitivity: zFillSensitivity,
    accounting: zAccounting,
    event_log_hash: z.string().check(z.regex(/^[0-9a-f]{32,128}$/)),
    summary_hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    artifacts: zArtifacts
});

/**
 * Successful Response
 */
export const zHealthResponse = zHealth;

export const zListBacktestsQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    before: z.nullish(z.string().check(z.maxLength(64)))
});

/**
 * Successful Response
 */
export const zListBacktestsResponse = zBacktestPage;

export const zGetBacktestPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

/**
 * Successful Response
 */
export const zGetBacktestResponse = zBacktest;

export const zListTradesPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

export const zListTradesQuery = z.object({
    offset: z._default(z.optional(z.int().check(z.gte(0), z.lte(10000000))), 0),
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(1000))), 100)
});

/**
 * Successful Response
 */
export const zListTradesResponse = zTradePage;

export const zGetEquityPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

export const zGetEquityQuery = z.object({
    points: z._default(z.optional(z.int().check(z.gte(10), z.lte(100000))), 1000)
});

/**
 * Successful Response
 */
export const zGetEquityResponse = zEquity;

export const zBacktestEventsHeaders = z.object({
    'last-event-id': z.nullish(z.string().check(z.maxLength(64)))
});

export const zBacktestEventsPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

export const zGetHtmlReportPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

/**
 * A page that needs nothing beside itself.
 */
export const zGetHtmlReportResponse = z.string();

export const zGetPdfReportPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

/**
 * The same report on pages.
 */
export const zGetPdfReportResponse = z.string();

export const zAnalysePayoffBody = zPayoffRequest;

/**
 * Successful Response
 */
export const zAnalysePayoffResponse = zPayoffResponse;

export const zGetChainPath = z.object({
    underlying: z.string().check(z.minLength(1), z.maxLength(32))
});

export const zGetChainQuery = z.object({
    at: z.iso.datetime(),
    source: z.enum(['model', 'store'])
});

/**
 * Successful Response
 */
export const zGetChainResponse = zChain;

/**
 * Successful Response
 */
export const zListExamplesResponse = z.array(zExample);

/**
 * A run configuration; Python strategies and files of the server are refused.
 */
export const zSubmitBacktestBody = zRunConfig;

export const zSubmitBacktestHeaders = z.object({
    'idempotency-key': z.nullish(z.string().check(z.minLength(1), z.maxLength(255), z.regex(/^[\x21-\x7e]+$/)))
});

/**
 * The backtest is queued, or was so before under the same key.
 */
export const zSubmitBacktestResponse = zBacktest;

export const zGetSummaryPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

/**
 * The summary, valid against summary.schema.json.
 */
export const zGetSummaryResponse = zSummary;
