// @ts-nocheck
// Generated from openapi.json by `npm run openapi`.

import * as z from 'zod/mini';

/**
 * The identity, exact: integers of 0.000001 USD that add up without rounding.
 *
 * initial_cash + external_flows + realised + unrealised + interest + dividends - fees = net_liquidation, and
 * final_cash + final_market_value = net_liquidation.
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
 * File names beside this summary; outside the summary hash.
 */
export const zArtifacts = z.object({
    summary: z._default(z.nullable(z.string()), null),
    trades: z._default(z.nullable(z.string()), null),
    equity: z._default(z.nullable(z.string()), null)
});

/**
 * Choices that move the result and are no data.
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
 * Net liquidation and what bound it.
 */
export const zCapital = z.object({
    start_usd: z.number(),
    end_usd: z.number(),
    profit_usd: z.number(),
    min_net_liquidation_usd: z.number(),
    max_margin_usd: z.nullable(z.number())
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
    time: z._default(z.nullish(z.iso.time()), null)
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
 * What trading cost.
 */
export const zCosts = z.object({
    fees_usd: z.number(),
    financing_usd: z.number(),
    interest_earned_usd: z.number(),
    spread_usd: z.nullable(z.number())
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
    times: z._default(z.optional(z.array(z.iso.time())), []),
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
 * A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].
 */
export const zDeltaTarget = z.object({
    target: z.number().check(z.gt(0), z.lt(1)),
    minimum: z._default(z.optional(z.number().check(z.gte(0), z.lte(1))), 0),
    maximum: z._default(z.optional(z.number().check(z.gte(0), z.lte(1))), 1)
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
 * The deepest fall from a peak of net liquidation at the ends of sessions; the starting capital is a peak.
 */
export const zDrawdown = z.object({
    max: z.nullable(z.number()),
    start: z.nullable(z.iso.datetime()),
    trough: z.nullable(z.iso.datetime()),
    recovered: z.nullable(z.iso.datetime()),
    closed_trades: z.nullable(z.number())
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
 * When to close, first match in this order; a rule left out never closes.
 *
 * Attributes:
 * stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
 * profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
 * dte: close when the nearest leg has this many days to expiration, or fewer.
 * limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
 */
export const zExitRules = z.object({
    stop_loss_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    profit_target_percent: z._default(z.nullish(z.number().check(z.gt(0))), null),
    dte: z._default(z.nullish(z.int().check(z.gte(0))), null),
    time_in_force: z.optional(z.enum(['day', 'gtc'])),
    limit_spread_fraction: z._default(z.nullish(z.number().check(z.gte(0), z.lte(1))), null)
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
 */
export const zExpirationSpec = z.object({
    target_dte: z.int().check(z.gte(0)),
    min_dte: z.int().check(z.gte(0)),
    max_dte: z.int().check(z.gte(0)),
    roots: z._default(z.optional(z.array(z.string().check(z.minLength(1)))), [])
});

/**
 * One thing that is wrong in a request.
 */
export const zFieldProblem = z.object({
    field: z.string(),
    problem: z.string()
});

/**
 * The same trades at other prices.
 */
export const zFillSensitivity = z.object({
    mid_usd: z.nullable(z.number()),
    model_usd: z.nullable(z.number()),
    touch_usd: z.nullable(z.number()),
    breakeven_spread_fraction: z.nullable(z.number())
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
 */
export const zFunnel = z.object({
    stages: z.array(zFunnelStage),
    opened: z.int().check(z.gte(0))
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
 * The machine; outside the summary hash.
 */
export const zHost = z.object({
    python: z.string(),
    platform: z.string()
});

/**
 * One leg: side, right, expiration by name, strike by delta.
 */
export const zLegSpec = z.object({
    name: z.string().check(z.minLength(1)),
    side: z.enum(['buy', 'sell']),
    right: z.enum(['call', 'put']),
    expiration: z.string().check(z.minLength(1)),
    delta: zDeltaTarget,
    ratio: z._default(z.optional(z.int().check(z.gte(1))), 1)
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
 * What the valuations of held legs rest on.
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
 * Trading costs nothing.
 */
export const zNoFeesConfig = z.object({
    kind: z.literal('none')
});

/**
 * Every order that was requested, by its end; what the end of the run closes at the touch is no order.
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
 * As many packages as keep the maximum loss of the order within a percentage of net liquidation.
 */
export const zPercentAtRisk = z.object({
    kind: z._default(z.optional(z.literal('percent_at_risk')), 'percent_at_risk'),
    percent: z.number().check(z.gt(0), z.lte(100))
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
 * A strategy that is programmed.
 *
 * Attributes:
 * source: `path/to/file.py:ClassName`, relative to the configuration file, or `package.module:ClassName`.
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
        zNetDeltaBudget
    ])), { kind: 'fixed_contracts', contracts: 1 })
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
 */
export const zRefusals = z.object({
    count: z.int().check(z.gte(0)),
    first_at: z.iso.datetime(),
    first_reason: z.string()
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
    time: z._default(z.nullable(z.iso.time()), null)
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
    times: z._default(z.array(z.iso.time()), []),
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
 * A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].
 */
export const zResolvedDeltaTarget = z.object({
    target: z.number().check(z.gt(0), z.lt(1)),
    minimum: z._default(z.number().check(z.gte(0), z.lte(1)), 0),
    maximum: z._default(z.number().check(z.gte(0), z.lte(1)), 1)
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
 * When to close, first match in this order; a rule left out never closes.
 *
 * Attributes:
 * stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
 * profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
 * dte: close when the nearest leg has this many days to expiration, or fewer.
 * limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
 */
export const zResolvedExitRules = z.object({
    stop_loss_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    profit_target_percent: z._default(z.nullable(z.number().check(z.gt(0))), null),
    dte: z._default(z.nullable(z.int().check(z.gte(0))), null),
    time_in_force: z.enum(['day', 'gtc']),
    limit_spread_fraction: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * An expiration by days to expiration, counted in exchange dates; the one nearest to the target, earlier on ties.
 *
 * Attributes:
 * roots: contract roots that are considered, the preferred one first; empty: all. `SPX` settles at the open,
 * `SPXW` at the close.
 */
export const zResolvedExpirationSpec = z.object({
    target_dte: z.int().check(z.gte(0)),
    min_dte: z.int().check(z.gte(0)),
    max_dte: z.int().check(z.gte(0)),
    roots: z._default(z.array(z.string().check(z.minLength(1))), [])
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
 * One leg: side, right, expiration by name, strike by delta.
 */
export const zResolvedLegSpec = z.object({
    name: z.string().check(z.minLength(1)),
    side: z.enum(['buy', 'sell']),
    right: z.enum(['call', 'put']),
    expiration: z.string().check(z.minLength(1)),
    delta: zResolvedDeltaTarget,
    ratio: z._default(z.int().check(z.gte(1)), 1)
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
 * A strategy that is programmed.
 *
 * Attributes:
 * source: `path/to/file.py:ClassName`, relative to the configuration file, or `package.module:ClassName`.
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
        zResolvedNetDeltaBudget
    ]), { kind: 'fixed_contracts', contracts: 1 })
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
 */
export const zResolvedRiskLimits = z.object({
    max_open_positions: z._default(z.nullable(z.int().check(z.gte(1))), null),
    max_abs_delta_shares: z._default(z.nullable(z.number().check(z.gt(0))), null),
    max_abs_vega_usd_per_point: z._default(z.nullable(z.number().check(z.gt(0))), null)
});

/**
 * How risk is measured and limited.
 *
 * Attributes:
 * margin: `maximum_loss`: what the book can lose at expiration; `regulation_t`: by strategy; `portfolio`: worst of
 * ten moves; `cash`: no margin, every short secured (docs/margin.md).
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
        max_abs_vega_usd_per_point: null
    })
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
 * Holds when the signal has a value and it lies strictly above and strictly below what is given.
 */
export const zResolvedSignalCondition = z.object({
    signal: z.string().check(z.minLength(1)),
    above: z._default(z.nullable(z.number()), null),
    below: z._default(z.nullable(z.number()), null)
});

/**
 * When to open: all conditions hold and fewer than `max_open_positions` of this strategy are open or resting.
 *
 * Attributes:
 * limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
 * decides; left out: at the market.
 */
export const zResolvedEntryRules = z.object({
    conditions: z._default(z.array(zResolvedSignalCondition), []),
    max_open_positions: z._default(z.int().check(z.gte(1)), 1),
    time_in_force: z.enum(['day', 'gtc']),
    limit_spread_fraction: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * A strategy that is said: a structure, its legs, when to enter, when to leave, how much.
 *
 * Attributes:
 * structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
 * `custom`: any legs, no geometry.
 */
export const zResolvedDeclarativeStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z._default(z.literal('declarative'), 'declarative'),
    structure: z.string().check(z.minLength(1)),
    underlying: z.string().check(z.minLength(1)),
    expirations: z.record(z.string(), zResolvedExpirationSpec),
    legs: z.array(zResolvedLegSpec).check(z.minLength(1)),
    entry: z._default(zResolvedEntryRules, {
        conditions: [],
        max_open_positions: 1,
        time_in_force: 'day',
        limit_spread_fraction: null
    }),
    exit: z._default(zResolvedExitRules, {
        stop_loss_percent: null,
        profit_target_percent: null,
        dte: null,
        time_in_force: 'day',
        limit_spread_fraction: null
    }),
    sizing: z._default(z.union([
        zResolvedFixedContracts,
        zResolvedPercentAtRisk,
        zResolvedNetDeltaBudget
    ]), { kind: 'fixed_contracts', contracts: 1 })
});

/**
 * A signal of the run.
 *
 * Attributes:
 * name: what strategies call it.
 * kind: what computes it, e.g. `moving_average_trend` or `iv_rank`.
 * underlying: the market it watches.
 * parameters: parameters of that kind.
 */
export const zResolvedSignalConfig = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.string().check(z.minLength(1)),
    underlying: z.string().check(z.minLength(1)),
    parameters: z.record(z.string(), z.unknown())
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
 * Returns on net liquidation, as decimals: 0.01 is one percent.
 */
export const zReturns = z.object({
    total: z.nullable(z.number()),
    cagr: z.nullable(z.number()),
    volatility: z.nullable(z.number()),
    sharpe: z.nullable(z.number()),
    sortino: z.nullable(z.number())
});

/**
 * Limits on the whole portfolio, checked at approval and again at the fill; None: no limit.
 */
export const zRiskLimits = z.object({
    max_open_positions: z._default(z.nullish(z.int().check(z.gte(1))), null),
    max_abs_delta_shares: z._default(z.nullish(z.number().check(z.gt(0))), null),
    max_abs_vega_usd_per_point: z._default(z.nullish(z.number().check(z.gt(0))), null)
});

/**
 * How risk is measured and limited.
 *
 * Attributes:
 * margin: `maximum_loss`: what the book can lose at expiration; `regulation_t`: by strategy; `portfolio`: worst of
 * ten moves; `cash`: no margin, every short secured (docs/margin.md).
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
        max_abs_vega_usd_per_point: null
    })
});

/**
 * Identity and times of the run; `id`, times and `host` are outside the summary hash.
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
    good_until: z._default(z.nullable(z.iso.date()), null)
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
    good_until: z._default(z.nullish(z.iso.date()), null)
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
 * Holds when the signal has a value and it lies strictly above and strictly below what is given.
 */
export const zSignalCondition = z.object({
    signal: z.string().check(z.minLength(1)),
    above: z._default(z.nullish(z.number()), null),
    below: z._default(z.nullish(z.number()), null)
});

/**
 * When to open: all conditions hold and fewer than `max_open_positions` of this strategy are open or resting.
 *
 * Attributes:
 * limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
 * decides; left out: at the market.
 */
export const zEntryRules = z.object({
    conditions: z._default(z.optional(z.array(zSignalCondition)), []),
    max_open_positions: z._default(z.optional(z.int().check(z.gte(1))), 1),
    time_in_force: z.optional(z.enum(['day', 'gtc'])),
    limit_spread_fraction: z._default(z.nullish(z.number().check(z.gte(0), z.lte(1))), null)
});

/**
 * A strategy that is said: a structure, its legs, when to enter, when to leave, how much.
 *
 * Attributes:
 * structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
 * `custom`: any legs, no geometry.
 */
export const zDeclarativeStrategy = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z._default(z.optional(z.literal('declarative')), 'declarative'),
    structure: z.string().check(z.minLength(1)),
    underlying: z.string().check(z.minLength(1)),
    expirations: z.record(z.string(), zExpirationSpec),
    legs: z.array(zLegSpec).check(z.minLength(1)),
    entry: z._default(z.optional(zEntryRules), {
        conditions: [],
        max_open_positions: 1,
        time_in_force: 'day',
        limit_spread_fraction: null
    }),
    exit: z._default(z.optional(zExitRules), {
        stop_loss_percent: null,
        profit_target_percent: null,
        dte: null,
        time_in_force: 'day',
        limit_spread_fraction: null
    }),
    sizing: z._default(z.optional(z.union([
        zFixedContracts,
        zPercentAtRisk,
        zNetDeltaBudget
    ])), { kind: 'fixed_contracts', contracts: 1 })
});

/**
 * A signal of the run.
 *
 * Attributes:
 * name: what strategies call it.
 * kind: what computes it, e.g. `moving_average_trend` or `iv_rank`.
 * underlying: the market it watches.
 * parameters: parameters of that kind.
 */
export const zSignalConfig = z.object({
    name: z.string().check(z.minLength(1)),
    kind: z.string().check(z.minLength(1)),
    underlying: z.string().check(z.minLength(1)),
    parameters: z.optional(z.record(z.string(), z.unknown()))
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
        zResolvedScriptedStrategy
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
            max_abs_delta_shares: null,
            max_abs_vega_usd_per_point: null,
            max_open_positions: null
        }
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
    open_at_end: z.enum([
        'mark',
        'close_at_touch',
        'settle'
    ]),
    seed: z._default(z.int(), 0)
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
        zScriptedStrategy
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
            max_abs_delta_shares: null,
            max_abs_vega_usd_per_point: null,
            max_open_positions: null
        }
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
    open_at_end: z.optional(z.enum([
        'mark',
        'close_at_touch',
        'settle'
    ])),
    seed: z._default(z.optional(z.int()), 0)
});

/**
 * A configuration that runs without any imported data.
 */
export const zExample = z.object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    configuration: zRunConfig
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
    exit_reason: z.string(),
    proxy_settled: z.boolean(),
    spot_at_entry: z.number(),
    payoff: zPayoffRequest
});

/**
 * Some trades in the order of opening.
 */
export const zTradePage = z.object({
    items: z.array(zTrade),
    total: z.int().check(z.gte(0))
});

/**
 * Statistics over structures, from opening to end; profit is after fees.
 */
export const zTrades = z.object({
    count: z.int().check(z.gte(0)),
    open_at_end: z.int().check(z.gte(0)),
    winners: z.int().check(z.gte(0)),
    losers: z.int().check(z.gte(0)),
    breakeven: z.int().check(z.gte(0)),
    win_rate: z.nullable(z.number().check(z.gte(0), z.lte(1))),
    profit_factor: z.nullable(z.number()),
    expectancy_usd: z.nullable(z.number()),
    average_win_usd: z.nullable(z.number()),
    average_loss_usd: z.nullable(z.number()),
    largest_win_usd: z.nullable(z.number()),
    largest_loss_usd: z.nullable(z.number()),
    average_days_in_trade: z.nullable(z.number()),
    premium_collected_usd: z.nullable(z.number()),
    by_exit_reason: z.record(z.string(), zExitReason),
    left_open_legs: z.array(z.string()),
    fills: z.int().check(z.gte(0))
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
    capital: zCapital,
    returns: zReturns,
    drawdown: zDrawdown,
    trades: zTrades,
    settlements: zSettlements,
    marks: zMarks,
    funnel: z.record(z.string(), zFunnel),
    refusals: z.record(z.string(), zRefusals),
    orders: zOrders,
    blocked_fills: z.record(z.string(), z.int().check(z.gte(0))),
    margin_calls: zMarginCalls,
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

/**
 * Successful Response
 */
export const zListExamplesResponse = z.array(zExample);

export const zListBacktestsQuery = z.object({
    limit: z._default(z.optional(z.int().check(z.gte(1), z.lte(200))), 50),
    before: z.nullish(z.string().check(z.maxLength(64)))
});

/**
 * Successful Response
 */
export const zListBacktestsResponse = zBacktestPage;

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

export const zGetBacktestPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

/**
 * Successful Response
 */
export const zGetBacktestResponse = zBacktest;

export const zGetSummaryPath = z.object({
    backtest_id: z.string().check(z.minLength(1), z.maxLength(64))
});

/**
 * The summary, valid against summary.schema.json.
 */
export const zGetSummaryResponse = zSummary;

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
