// @ts-nocheck
// Generated from openapi.json by `npm run openapi`.

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

/**
 * The account at the start of the run, and what comes to it from outside.
 *
 * Attributes:
 * cash_flows: deposits and withdrawals; they are no profit, and returns leave them out.
 * financing: interest and the cost of borrowed shares; null: none.
 */
export type AccountConfig = {
    initial_cash_usd?: number;
    cash_flows?: Array<CashFlow>;
    financing?: FinancingConfig | null;
};

/**
 * The identity, exact: integers of 0.000001 USD that add up without rounding.
 *
 * initial_cash + external_flows + realised + unrealised + interest + dividends - fees = net_liquidation, and
 * final_cash + final_market_value = net_liquidation.
 *
 * Source: the ledger of the account for cash, the cost bases of the positions for profit.
 */
export type Accounting = {
    /**
     * Cash at the start.
     */
    initial_cash_micros: number;
    /**
     * Deposits less withdrawals.
     */
    external_flows_micros: number;
    /**
     * Profit of what was closed or settled, before fees.
     */
    realised_micros: number;
    /**
     * Profit of what is held at its last marks, before fees.
     */
    unrealised_micros: number;
    /**
     * Commissions, exchange and regulatory fees, positive.
     */
    fees_micros: number;
    /**
     * Interest earned less interest and borrow fees paid.
     */
    interest_micros: number;
    /**
     * On shares held, negative on short shares.
     */
    dividends_micros: number;
    /**
     * Cash at the end.
     */
    final_cash_micros: number;
    /**
     * Value of what is held at the end, at its last marks.
     */
    final_market_value_micros: number;
    /**
     * What the account is worth at the end.
     */
    net_liquidation_micros: number;
    /**
     * Both sums hold to the last micro-dollar.
     */
    balanced: boolean;
};

/**
 * Opens more legs; nothing is done while one of their names is held already.
 *
 * Attributes:
 * legs: with names of their own; `ratio` is per package of the position. Expirations as in `move_leg`.
 */
export type AddLeg = {
    kind: 'add_leg';
    legs: Array<ResolvedLegSpec>;
};

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
export type Adjustment = {
    name: string;
    when: Array<ProfitTarget | StopLoss | TrailingStop | BreakEvenStop | DaysToExpiration | DaysHeld | SessionsHeld | TimeOfDay | OnWeekday | BeforeEvent | DeltaBreach | PriceBreach | SignalTrigger>;
    action: Roll | MoveLeg | AddLeg | RemoveLeg | Convert;
    at_most?: number | null;
    cool_down_sessions?: number;
    maximum_debit_usd?: number | null;
    time_in_force?: 'day' | 'gtc';
    limit_spread_fraction?: number | null;
};

/**
 * Holds when every one of these holds.
 */
export type AllOf = {
    all_of: Array<ResolvedSignalCondition | ExpressionCondition | ResolvedEventCondition | AllOf | AnyOf | NoneOf>;
};

/**
 * Holds when at least one of these holds.
 */
export type AnyOf = {
    any_of: Array<ResolvedSignalCondition | ExpressionCondition | ResolvedEventCondition | AllOf | AnyOf | NoneOf>;
};

/**
 * File names, as seen from the folder of this summary; outside the summary hash.
 *
 * Source: what was written with it.
 */
export type Artifacts = {
    /**
     * This document; null: not written.
     */
    summary: string | null;
    /**
     * One row per trade, CSV; null: not written.
     */
    trades: string | null;
    /**
     * One row per leg of a trade, CSV; null: not written.
     */
    legs: string | null;
    /**
     * One row per order, CSV; null: not written.
     */
    orders: string | null;
    /**
     * One row per leg of a fill, CSV; null: not written.
     */
    fills: string | null;
    /**
     * One row per mark of the account, CSV; null: not written.
     */
    equity: string | null;
    /**
     * One row per session, CSV; null: not written.
     */
    greeks: string | null;
    /**
     * One row per position and exchange date, CSV; null: not written.
     */
    attribution: string | null;
    /**
     * One row per margin call, CSV; null: not written.
     */
    margin_calls: string | null;
    /**
     * One row per event but market data, CSV; null: not written.
     */
    events: string | null;
    /**
     * One row per entry that was due, CSV; null: not written.
     */
    funnel: string | null;
    /**
     * The configuration file; relative paths in `config` start from its folder; null: it came from no file.
     */
    configuration: string | null;
};

/**
 * Choices that move the result and are no data: read them before the figures.
 *
 * Source: the configuration, its defaults, and what the store says of its data.
 */
export type Assumptions = {
    /**
     * Where bids and asks come from: a vendor's record, or a model.
     */
    quotes: string;
    /**
     * How a package is priced against bid and ask, with its parameters.
     */
    fill_model: string;
    /**
     * `same_snapshot` fills on the very quotes the decision was made on.
     */
    fill_timing: 'next_snapshot' | 'same_snapshot';
    /**
     * How the net price of a package is rounded to its tick.
     */
    net_rounding: 'against_trader' | 'none';
    /**
     * What happens to a long leg without a bid when the rest of its package closes.
     */
    worthless_long: 'keep' | 'give_up';
    /**
     * Whether a bid above the ask keeps an order waiting.
     */
    crossed_quotes: 'wait' | 'trade';
    /**
     * Whether an order minds the contracts shown at bid and ask.
     */
    shown_size: 'ignore' | 'all_or_none' | 'partial';
    /**
     * Share of the shown size that can be had, where it matters.
     */
    size_percent: number;
    /**
     * Age beyond which a quote keeps an order waiting; null: no limit.
     */
    max_quote_age_s: number | null;
    /**
     * Time from a decision to the first market that its order can see.
     */
    latency_s: number;
    /**
     * Orders on the close fill on the first chain in the last so many minutes of the session.
     */
    market_on_close_minutes: number;
    /**
     * Half the spread that shares pay when they fill on a bar, per share.
     */
    share_half_spread_usd: number;
    /**
     * Fees, with their parameters.
     */
    commission_schedule: string;
    /**
     * What binds capital.
     */
    margin_model: string;
    /**
     * How a leg without a trustworthy two-sided quote is valued, in order.
     */
    mark_policy: string;
    /**
     * Where settlement prices come from, in order.
     */
    settlement_source: string;
    /**
     * Which exercises and assignments happen.
     */
    assignment_model: string;
    /**
     * What becomes of shares that exercise or assignment left in a position.
     */
    delivered_shares: 'liquidate' | 'keep';
    /**
     * What computes Greeks that the data does not bring.
     */
    pricing_model: string;
    /**
     * Interest rate of that model.
     */
    rates_source: string;
    /**
     * Dividend yield of that model.
     */
    dividend_source: string;
    /**
     * What idle cash earns and a debit costs.
     */
    interest_on_cash: string;
    /**
     * What borrowed shares cost.
     */
    stock_borrow: string;
    /**
     * When the requirement is checked, and what is closed when it is not covered.
     */
    margin_calls: string;
    /**
     * How each strategy chooses its size, by strategy.
     */
    sizing: {
        [key: string]: string;
    };
    /**
     * What happens to positions that are open after the last event.
     */
    open_at_end: 'mark' | 'close_at_touch' | 'settle';
    /**
     * The data brings dates without a time of day; the importer assumed one.
     */
    time_assumed: boolean;
    /**
     * Time of day of the quotes, as the data states it or the importer assumed it.
     */
    quote_time: string;
};

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
export type Attribution = {
    /**
     * Of the whole run.
     */
    causes: Causes;
    steps: Steps;
    /**
     * Trades by the strategy that opened them; financing belongs to none.
     */
    by_strategy: {
        [key: string]: Causes;
    };
    /**
     * Trades by the canonical name of the legs that were opened.
     */
    by_structure: {
        [key: string]: Causes;
    };
    /**
     * Trades by why they ended, as in `trades.by_exit_reason`.
     */
    by_exit_reason: {
        [key: string]: Causes;
    };
    /**
     * Position-days whose holdings had trustworthy marks on the evening before.
     */
    daily: Explained;
    /**
     * All others: the move of several days, looked at as one.
     */
    after_gaps: Explained;
};

/**
 * One submitted backtest and its state.
 */
export type Backtest = {
    id: string;
    /**
     * Name in its configuration.
     */
    name: string;
    /**
     * `interrupted`: it was stopped and keeps the results up to `progress.simulated_to`.
     */
    status: 'queued' | 'running' | 'complete' | 'interrupted' | 'failed';
    created: string;
    /**
     * When a worker last took it up.
     */
    started: string | null;
    finished: string | null;
    progress: Progress;
    /**
     * Why it failed.
     */
    problem: Problem | null;
    /**
     * It runs on prices of a model, not of a market.
     */
    model_prices: boolean;
    /**
     * Null until there is a result.
     */
    headline: Headline | null;
};

/**
 * Some backtests, newest first.
 */
export type BacktestPage = {
    items: Array<Backtest>;
    /**
     * `before` of the next page; null: there is none.
     */
    next: string | null;
};

/**
 * Bars that a run reads beside its chains: signals see them, and they mark shares and settle what expires.
 *
 * Attributes:
 * symbol: of a share or an index, as `ironfly data list` shows it.
 * resolution: resolution the bars were imported with.
 * adjust: events whose ex-date changes the unit in which signals read past prices of the symbol; all else sees
 * raw prices.
 */
export type BarSelection = {
    symbol: string;
    resolution?: string;
    adjust?: 'none' | 'splits' | 'splits_and_dividends';
};

/**
 * Bars of one symbol in the range.
 */
export type BarSeries = {
    /**
     * Of the share or index.
     */
    symbol: string;
    /**
     * Length of a bar, e.g. `1d`.
     */
    resolution: string;
    /**
     * How many.
     */
    bars: number;
    /**
     * Hash of their ends, prices and volumes.
     */
    sha256: string;
    /**
     * What signals read past prices of the symbol for; the bars are raw.
     */
    adjust: 'none' | 'splits' | 'splits_and_dividends';
    /**
     * Of the range; the store's splits and dividends.
     */
    adjustments: Array<PriceAdjustment>;
};

/**
 * Holds in the last sessions before an event that is known in advance, e.g. earnings.
 *
 * Attributes:
 * event: name of the event in the strategy's `event_dates`; or `dates`.
 * dates: exchange dates of the events, said here.
 * sessions: so many sessions before the date, up to the last one before it; 0: on the date itself.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type BeforeEvent = {
    kind: 'before_event';
    event?: string | null;
    dates?: Array<string> | null;
    sessions?: number;
    legs?: Array<string>;
};

/**
 * What the benchmark explains of the curve.
 *
 * Daily returns of the same sessions, from the end of the first one on. Those of the benchmark are of its price:
 * splits are left out, dividends are not added. The risk-free rate is 0.
 *
 * Source: `equity.csv`, and the last price of each session of `config.benchmark`: a market of the run, or a file.
 */
export type Benchmark = {
    /**
     * Symbol of a market of the run, or name of the file that the configuration names.
     */
    name: string;
    /**
     * Hash of that file; null: a market of the run.
     */
    sha256: string | null;
    /**
     * Daily returns compared.
     */
    days: number;
    /**
     * The benchmark's over these days; null: not finite.
     */
    total_return: number | null;
    /**
     * Mean daily return less beta times the benchmark's, times 252; null: the benchmark has no spread.
     */
    alpha: number | null;
    /**
     * Covariance with the benchmark by its variance, both of samples; null: the benchmark has no spread.
     */
    beta: number | null;
    /**
     * Pearson's, -1 to 1; null: one of the two has no spread.
     */
    correlation: number | null;
    /**
     * Square of the correlation: the share of the variance that the benchmark explains; null: as `correlation`.
     */
    r_squared: number | null;
    /**
     * Standard deviation of the daily differences (ddof 1) times the root of 252; null: fewer than two days.
     */
    tracking_error: number | null;
    /**
     * Mean daily difference by its standard deviation, times the root of 252; null: the differences have no spread.
     */
    information_ratio: number | null;
    /**
     * Mean daily return times 252 by beta; null: beta is 0 or null.
     */
    treynor: number | null;
    /**
     * Mean return by the benchmark's on the days on which that rose; null: no such day.
     */
    up_capture: number | null;
    /**
     * The same on the days on which it fell; null: no such day.
     */
    down_capture: number | null;
};

/**
 * What the curve is compared with; it decides nothing in the run.
 *
 * Attributes:
 * symbol: one of the underlyings or of the bars; left out, with `file` too: the first underlying.
 * file: CSV file `date,value` of a series from outside, which goes before; relative to the configuration file.
 */
export type BenchmarkConfig = {
    symbol?: string | null;
    file?: string | null;
};

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
export type BetaConfig = {
    index: string;
    given?: {
        [key: string]: number;
    };
    sessions?: number;
};

/**
 * How near trades came to what they could make or lose at expiration, as it was known at their openings.
 */
export type Bounds = {
    /**
     * Trades that brought cash when they were opened.
     */
    opened_for_credit: number;
    /**
     * Closed trades that made 99 % of what they could, before fees, or more, by those that had such a bound (one
     * settlement, no open end); null: there is none.
     */
    maximum_profit_hit: number | null;
    /**
     * Closed trades that lost 99 % of what they could, before fees, or more, by those that had such a bound; null:
     * there is none.
     */
    maximum_loss_hit: number | null;
    /**
     * Most that one trade could lose, positive; null: none had a bound.
     */
    largest_maximum_loss_usd: number | null;
};

/**
 * Armed once the profit has reached a mark, holds when nothing is left of it (fees apart).
 *
 * Attributes:
 * arm_percent_of_premium: armed at a profit of so many percent of the premium received or paid at entry.
 * arm_percent_of_maximum_profit: armed at so many percent of the most that the position can earn at expiration.
 * arm_usd: armed at this profit of all packages together.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export type BreakEvenStop = {
    kind: 'break_even_stop';
    arm_percent_of_premium?: number | null;
    arm_percent_of_maximum_profit?: number | null;
    arm_usd?: number | null;
    legs?: Array<string>;
};

/**
 * A hint at what more money would have met: contracts filled by contracts that the market showed.
 *
 * Of legs of options alone; quotes of which the data say no size, or no volume, are left out.
 */
export type Capacity = {
    /**
     * Fills of a leg of whose quote the data say a size above 0, at the side that was taken.
     */
    legs_with_size: number;
    /**
     * Median of contracts filled by contracts shown; null: no size is known.
     */
    median_of_size: number | null;
    /**
     * Largest of contracts filled by contracts shown; null: no size is known.
     */
    largest_of_size: number | null;
    /**
     * Contract of the largest; null: no size is known.
     */
    tightest_symbol: string | null;
    /**
     * So many times larger, nine tenths of the legs still had fit into the size that was shown; null: no size is
     * known.
     */
    scale_within_size: number | null;
    /**
     * Fills of a leg of which the data say a volume above 0.
     */
    legs_with_volume: number;
    /**
     * Median of contracts filled by contracts that had changed hands on the day; null: no volume is known.
     */
    median_of_volume: number | null;
    /**
     * Largest of contracts filled by contracts that had changed hands; null: no volume is known.
     */
    largest_of_volume: number | null;
};

/**
 * Net liquidation and what bound it.
 *
 * Source: the account at every mark, `equity.csv`; fills and trades for turnover and time in the market.
 */
export type Capital = {
    /**
     * Cash at the start.
     */
    start_usd: number;
    /**
     * Net liquidation at the end.
     */
    end_usd: number;
    /**
     * End less start less external flows.
     */
    profit_usd: number;
    /**
     * Lowest net liquidation at any mark.
     */
    min_net_liquidation_usd: number;
    /**
     * Highest margin requirement at any mark; null: at some mark no amount would have been enough.
     */
    max_margin_usd: number | null;
    /**
     * Highest net liquidation at any mark.
     */
    max_net_liquidation_usd: number;
    /**
     * Least net liquidation less requirement at any mark; null: as `max_margin_usd`.
     */
    lowest_buying_power_usd: number | null;
    /**
     * Highest requirement by net liquidation at any mark; null: as `max_margin_usd`.
     */
    max_margin_fraction: number | null;
    /**
     * Mean of requirement by net liquidation at the ends of sessions; null: as `max_margin_usd`, or nothing left.
     */
    average_margin_fraction: number | null;
    /**
     * Profit by `max_margin_usd`: return on the capital that was needed; null: none was needed, or without bound.
     */
    return_on_max_margin: number | null;
    /**
     * Sum of the sizes of the cash of all fills by the mean net liquidation at the ends of sessions, by years of 365.25
     * days; null: less than a day.
     */
    turnover_per_year: number | null;
    /**
     * Sessions in which a trade was open, by all sessions.
     */
    time_in_market: number;
};

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
export type CarryQuotes = {
    max_age_minutes?: number | null;
    across_sessions?: boolean;
    missing_side?: 'blank' | 'last';
};

/**
 * A deposit, or (negative) a withdrawal.
 *
 * Attributes:
 * date: exchange date; where it is no session, the next one counts.
 * time: on the exchange's clock; null: at the open.
 */
export type CashFlow = {
    date: string;
    amount_usd: number;
    time?: string | null;
};

/**
 * Profit by cause, negative where it cost; the amounts add up to the profit.
 */
export type Causes = {
    /**
     * The whole step of time: value later less value before, at the old spot and volatility.
     */
    theta_usd: number;
    /**
     * Delta times the move of the spot; of shares their whole profit.
     */
    delta_usd: number;
    /**
     * Half of gamma times the square of the move.
     */
    gamma_usd: number;
    /**
     * What delta and gamma leave of the step of the spot.
     */
    spot_higher_order_usd: number;
    /**
     * Vega times the move of the implied volatility.
     */
    vega_usd: number;
    /**
     * Vanna times both moves.
     */
    vanna_usd: number;
    /**
     * Half of volga times the square of the move of the volatility.
     */
    volga_usd: number;
    /**
     * What vega, vanna and volga leave of the step of the volatility.
     */
    volatility_higher_order_usd: number;
    /**
     * The whole step of the rate: 0 unless `pricing.rate_source` is `store`, whose rates change by date.
     */
    rho_usd: number;
    /**
     * Fills away from the middle of their quotes: price less middle, times the contracts.
     */
    spread_cost_usd: number;
    /**
     * Commissions, exchange and regulatory fees, negative.
     */
    fees_usd: number;
    /**
     * On shares held, negative on short shares.
     */
    dividends_usd: number;
    /**
     * Interest earned less interest and borrow fees paid, which the account bears as a whole.
     */
    financing_usd: number;
    /**
     * What exercise before expiration was worth more or less than the last mark.
     */
    assignment_usd: number;
    /**
     * What no volatility reproduces, e.g. of a mark below intrinsic value, and rounding.
     */
    unexplained_usd: number;
};

/**
 * All quotes of one underlying at one instant.
 */
export type Chain = {
    underlying: string;
    at: string;
    underlying_price: number;
    /**
     * Prices of a model, not of a market.
     */
    model_prices: boolean;
    expirations: Array<Expiration>;
    quotes: QuoteColumns;
};

/**
 * Everything that one broker charges for trades, exercise and assignment, at one time.
 *
 * Attributes:
 * index_options: commission of options settled in cash; None: as all other options.
 * exchange: the first entry that names the root of a contract counts.
 * fee_per_exercise_usd: of every contract that its holder exercises, in cash or in shares.
 * fee_per_assignment_usd: of every short contract that is assigned, in cash or in shares.
 */
export type CommissionSchedule = {
    kind?: 'schedule';
    options?: OptionCommission;
    index_options?: OptionCommission | null;
    shares?: ShareCommission;
    exchange?: Array<ExchangeFee>;
    regulatory?: RegulatoryFees;
    fee_per_exercise_usd?: number;
    fee_per_assignment_usd?: number;
};

/**
 * Contracts that a run reads: fewer are faster; one that was read once is read until it is dead.
 *
 * Attributes:
 * roots: roots of symbols, e.g. `[SPXW]`; empty: all.
 * max_dte: at most so many days to expiration.
 * min_dte: at least so many days to expiration when a contract is first read.
 * moneyness_percent: strikes at most so far from the price of the underlying.
 */
export type ContractSelection = {
    roots?: Array<string>;
    max_dte?: number | null;
    moneyness_percent?: number | null;
    min_dte?: number | null;
};

/**
 * Contracts of one underlying in the range.
 */
export type Contracts = {
    /**
     * Symbol of the underlying.
     */
    underlying: string;
    /**
     * Those that some chain quotes.
     */
    quoted: number;
    /**
     * Those of them that expire in the range; none in a long one hints at data of survivors.
     */
    expired: number;
    /**
     * Those that the run saw; `data.contracts` left out the others.
     */
    read: number;
};

/**
 * Makes another structure of the position: keeps legs of the same names, opens the others, closes what is left.
 *
 * Attributes:
 * structure: name of the structure that it becomes; the legs must have its geometry.
 * legs: all its legs in the order of the structure. Words of legs that are held already are not looked at.
 * Expirations as in `move_leg`.
 */
export type Convert = {
    kind: 'convert';
    structure: string;
    legs: Array<ResolvedLegSpec>;
};

/**
 * No entry for some sessions after a position was closed.
 *
 * Attributes:
 * after: `close`: whatever it brought; `loss`: where it lost money, fees counted.
 * in_a_row: only the last of so many closings in a row, or losses without another closing between them; the count
 * begins anew after it.
 * sessions: so many, that of the closing being the first: 1 rests for what is left of it.
 */
export type CoolDown = {
    after: 'close' | 'loss';
    sessions?: number;
    in_a_row?: number;
};

/**
 * A limit on the risk in underlyings that move together, as far as their returns are known.
 *
 * Attributes:
 * max_risk_percent: of net liquidation, for the maximum losses of all positions on such underlyings.
 * above: daily returns that correlate more than this move together.
 * sessions: so many common daily returns must be known; with fewer two underlyings count as unrelated.
 */
export type CorrelationLimit = {
    max_risk_percent: number;
    above?: number;
    sessions?: number;
};

/**
 * What trading cost.
 *
 * Source: the ledger of the account; `fill_sensitivity` for the spread.
 */
export type Costs = {
    /**
     * Commissions, exchange and regulatory fees, positive.
     */
    fees_usd: number;
    /**
     * Interest on debits and fees of borrowed shares, positive.
     */
    financing_usd: number;
    /**
     * The part of `financing_usd` that is interest on debits.
     */
    debit_interest_usd: number;
    /**
     * The part of `financing_usd` that is fees of borrowed shares.
     */
    borrow_usd: number;
    /**
     * Interest on cash.
     */
    interest_earned_usd: number;
    /**
     * Profit at mid less profit at the fill model: what crossing the spread cost; null: not finite.
     */
    spread_usd: number | null;
};

/**
 * The put or the call that a cycle sells.
 *
 * Attributes:
 * profit_target_percent: bought back when so many percent of its premium are earned, on a quote that can be
 * trusted; left out: never.
 * dte: bought back when it has so many days to expiration, or fewer; left out: held to its expiration.
 */
export type CycleOption = {
    expiration: ExpirationSpec;
    delta: DeltaTarget;
    profit_target_percent?: number | null;
    dte?: number | null;
};

/**
 * What a loss since the end of the session before leads to; it ends with the session.
 *
 * Attributes:
 * percent: of net liquidation at the end of the session before.
 * usd: the same as money; whichever of the two is given and reached first.
 * action: as in `DrawdownStep`.
 */
export type DailyLossStop = {
    percent?: number | null;
    usd?: number | null;
    action?: 'halt' | 'flatten';
};

/**
 * The market data of the run, warm-up included.
 *
 * Source: the manifest and the chains of the store.
 */
export type Data = {
    /**
     * `model`: option quotes were computed, nobody ever quoted them.
     */
    prices: 'quoted' | 'model';
    /**
     * The model of the market; null: the quotes are a vendor's.
     */
    model: ModelMarket | null;
    /**
     * Formats that the files came in.
     */
    vendors: Array<string>;
    /**
     * Symbols, in the order of the configuration.
     */
    underlyings: Array<string>;
    /**
     * Time from chain to chain, e.g. `eod`.
     */
    resolution: string;
    /**
     * First exchange date of the range.
     */
    start: string;
    /**
     * Last exchange date of the range.
     */
    end: string;
    /**
     * Chain snapshots.
     */
    snapshots: number;
    /**
     * Calendar that says which sessions were expected.
     */
    calendar: string;
    /**
     * Zone of exchange dates.
     */
    timezone: string;
    /**
     * Hash of all snapshots of the range as the run saw them, overrides in force, whatever the names of the files.
     */
    content_hash: string;
    /**
     * Vendors' files that the chains came from; none of a model market.
     */
    files: Array<DataFile>;
    /**
     * Where official settlement values come from; null: neither a file nor the store has any.
     */
    settlement_values: SettlementFile | null;
    /**
     * The user's corrections; null: no file was given, and quotes are those of the files.
     */
    overrides: OverrideFile | null;
    /**
     * Bars of shares and indices that the run read beside the chains.
     */
    bars: Array<BarSeries>;
    /**
     * By underlying.
     */
    contracts: Array<Contracts>;
    /**
     * Rows that yield no snapshot, by file.
     */
    skipped: Array<SkippedRows>;
    sessions: Sessions;
    quality: Quality;
};

/**
 * A vendor's file that the run's data came from.
 */
export type DataFile = {
    /**
     * File name without its folder.
     */
    name: string;
    /**
     * Format it was imported in.
     */
    format: string;
    /**
     * Hash of the file as it was imported.
     */
    sha256: string;
    /**
     * Rows in it.
     */
    rows: number;
};

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
export type DataSelection = {
    source?: 'store' | 'model';
    underlyings: Array<string>;
    resolution?: string;
    model_seed?: number;
    greeks?: 'own' | 'vendor';
    times?: Array<string>;
    every_minutes?: number | null;
    contracts?: ContractSelection;
    bars?: Array<BarSelection>;
    share_quotes?: Array<BarSelection>;
    carry_quotes?: CarryQuotes | null;
    settlement_values?: string | null;
    overrides?: string | null;
};

/**
 * Holds when the position has been open for so many exchange dates, weekends and holidays included, or more.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type DaysHeld = {
    kind: 'days_held';
    days: number;
    legs?: Array<string>;
};

/**
 * Holds when an expiration is so many exchange dates away, or fewer.
 *
 * Attributes:
 * leg: name of the leg whose expiration counts; left out: the nearest one held.
 * legs: names of the legs that are closed, of which the nearest counts; empty: the whole position.
 */
export type DaysToExpiration = {
    kind: 'dte';
    days: number;
    leg?: string | null;
    legs?: Array<string>;
};

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
export type DeclarativeStrategy = {
    name: string;
    kind?: 'declarative';
    structure: string;
    underlying: string;
    expirations: {
        [key: string]: ExpirationSpec | ExactExpiration | LaterExpiration;
    };
    legs: Array<LegSpec | SharesSpec>;
    liquidity?: LiquidityFilter;
    same_strike?: SameStrikeRule;
    entry?: EntryRules;
    exit?: ExitRules;
    sizing?: FixedContracts | PercentAtRisk | PercentOfEquity | PercentOfMargin | KellyFraction | NetDeltaBudget | NetGammaBudget | NetVegaBudget | NetThetaBudget | StressBudget;
    budget?: StrategyBudget;
    event_dates?: string | null;
    adjustments?: Array<Adjustment>;
    hedge?: DeltaHedge | null;
};

/**
 * Holds when the delta of a leg, its sign left out, has come to a bound; needs a quote that can be trusted.
 *
 * Attributes:
 * leg: name of the leg whose delta counts.
 * above: so much or more.
 * below: so much or less.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type DeltaBreach = {
    kind: 'delta_breach';
    leg: string;
    above?: number | null;
    below?: number | null;
    legs?: Array<string>;
};

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
export type DeltaHedge = {
    using?: ShareHedge | OptionHedge;
    when: HedgeBand | HedgeSchedule;
    target_delta_shares?: number;
    scope?: 'position' | 'strategy';
};

/**
 * A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].
 *
 * Attributes:
 * tolerance: allowed distance from the target, beside minimum and maximum.
 */
export type DeltaTarget = {
    target: number;
    minimum?: number;
    maximum?: number;
    tolerance?: number | null;
};

/**
 * How unlike each other closed trades are, and how much hangs on a few.
 *
 * The risk of ruin takes the account for a diffusion with the trades' mean and variance (Cox and Miller, 1965).
 */
export type Dispersion = {
    /**
     * Sample standard deviation (ddof 1) of their profits; null: fewer than two.
     */
    deviation_usd: number | null;
    /**
     * Root of the mean square of the losses over all closed trades; null: no trade ended.
     */
    downside_deviation_usd: number | null;
    /**
     * Lowest profit of a winner; null: there is no winner.
     */
    smallest_win_usd: number | null;
    /**
     * Highest profit of a loser, negative; null: there is no loser.
     */
    smallest_loss_usd: number | null;
    /**
     * Mean over winners of profit by the capital that the trades before left; null: there is none.
     */
    average_win_of_capital: number | null;
    /**
     * The same over losers, negative; null: there is none.
     */
    average_loss_of_capital: number | null;
    /**
     * Sum of the squares of the wins' shares of all wins (Herfindahl): 1 where one trade won it all, 1 / winners where
     * all won alike; null: there is no winner.
     */
    win_concentration: number | null;
    /**
     * The same of the losses; null: there is no loser.
     */
    loss_concentration: number | null;
    /**
     * Probability that all that the account has at the end is ever lost if trades go on like this: exp(-2 x mean x
     * capital / variance); 1 where the mean is not above 0; null: fewer than two trades ended, or all with one profit.
     */
    risk_of_ruin: number | null;
};

/**
 * A cash dividend of an underlying.
 */
export type Dividend = {
    /**
     * Symbol of the underlying.
     */
    underlying: string;
    /**
     * First exchange date on which a buyer of the shares does not get it.
     */
    ex_date: string;
    /**
     * Cash per share.
     */
    amount_usd: number;
};

/**
 * Falls from a peak of the curve that `returns` describes, negative.
 *
 * Source: the account at the last mark of every session, `equity.csv`; the trades for `closed_trades`.
 */
export type Drawdown = {
    /**
     * The deepest, as a decimal of the peak; 0 for a curve that never fell; null: not finite.
     */
    max: number | null;
    /**
     * Instant of its peak; null: the curve never fell.
     */
    start: string | null;
    /**
     * Instant of its lowest value; null: the curve never fell.
     */
    trough: string | null;
    /**
     * Instant at which the peak was reached again; null: not yet, or the curve never fell.
     */
    recovered: string | null;
    /**
     * Falls from a peak, of any depth.
     */
    count: number;
    /**
     * Mean depth over all falls; null: the curve never fell.
     */
    average: number | null;
    /**
     * Most calendar days from a peak to its recovery, or to the end of the run.
     */
    longest_days: number;
    /**
     * Mean of these days over all falls; null: the curve never fell.
     */
    average_days: number | null;
    /**
     * Most calendar days from a trough to the recovery; null: no fall recovered.
     */
    longest_recovery_days: number | null;
    /**
     * Total return by the size of the deepest fall; null: the curve never fell.
     */
    recovery_factor: number | null;
    /**
     * The deepest fall between any two marks of the account, not only the ends of sessions, negative; null: not
     * finite.
     */
    intraday: number | null;
    /**
     * The deepest fall of a curve that moves only when a trade ends, which hides what happens in between; null: not
     * finite.
     */
    closed_trades: number | null;
    /**
     * The largest fall of that curve in money, negative.
     */
    closed_trades_usd: number;
    /**
     * At most ten, the deepest first.
     */
    deepest: Array<Fall>;
};

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
export type DrawdownStep = {
    at_percent: number;
    action?: 'halt' | 'reduce' | 'flatten';
    size_factor?: number;
    close_percent?: number;
    resume_after_sessions?: number | null;
    resume_within_percent?: number | null;
};

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
export type EntryRules = {
    schedule?: EntrySchedule;
    conditions?: Array<SignalCondition | ExpressionCondition | EventCondition | AllOf | AnyOf | NoneOf>;
    cool_down?: Array<CoolDown>;
    max_open_positions?: number;
    max_open_per_expiration?: number | null;
    max_entries_per_day?: number | null;
    max_entries_per_week?: number | null;
    when_full?: 'do_not_enter' | 'close_oldest';
    time_in_force?: 'day' | 'gtc';
    limit_spread_fraction?: number | null;
};

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
export type EntrySchedule = {
    times?: Array<string>;
    minutes_after_open?: Array<number>;
    minutes_before_close?: Array<number>;
    tolerance_minutes?: number;
    windows?: Array<TimeWindow>;
    weekdays?: Array<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'>;
    every_sessions?: number | null;
    every_days?: number | null;
    since?: string | null;
    days_of_month?: Array<number>;
    sessions_of_week?: Array<number>;
    sessions_of_month?: Array<number>;
    dte?: {
        [key: string]: number;
    };
    closed_day?: 'next_session' | 'previous_session' | 'skip';
};

/**
 * An equity curve, thinned out without losing an extreme.
 */
export type Equity = {
    points: Array<EquityPoint>;
    /**
     * Points before thinning out.
     */
    total: number;
};

/**
 * The account after one market event.
 */
export type EquityPoint = {
    at: string;
    net_liquidation_usd: number;
    /**
     * Since the start, without deposits and withdrawals.
     */
    profit_usd: number;
    /**
     * Time-weighted, as a decimal: what the starting capital made, as if no cash had been added or taken.
     */
    total_return: number;
    /**
     * Fall of that growth from its highest so far, as a decimal; zero or negative.
     */
    drawdown: number;
    /**
     * Null: no amount would have been enough.
     */
    margin_requirement_usd: number | null;
};

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
export type EventCondition = {
    event: string;
    from_sessions?: number;
    to_sessions?: number;
};

/**
 * The expiration that is exactly so many days away, counted in exchange dates; `dte: 0` expires today.
 *
 * Attributes:
 * roots: as in `ExpirationSpec`.
 * cycle: as in `ExpirationSpec`.
 */
export type ExactExpiration = {
    dte: number;
    roots?: Array<string>;
    cycle?: 'all' | 'monthly' | 'weekly';
};

/**
 * A configuration that runs without any imported data.
 */
export type Example = {
    /**
     * Name of its file, without the ending.
     */
    name: string;
    title: string;
    description: string;
    configuration: RunConfig;
};

/**
 * What an exchange takes for contracts of some roots, passed on by the broker.
 *
 * Attributes:
 * roots: roots of symbols, e.g. `[SPX, SPXW]`.
 * premium_tiers: other fees for cheap options.
 */
export type ExchangeFee = {
    roots: Array<string>;
    fee_per_contract_usd: number;
    premium_tiers?: Array<PremiumTier>;
};

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
export type ExecutionConfig = {
    fills?: SpreadFractionFills | MidFills | TouchFills | MidSlippageFills | SquareRootImpactFills | ModelPriceFills;
    fees?: PerContractFeesConfig | NoFeesConfig | PresetFees | CommissionSchedule;
    fill_timing?: 'next_snapshot' | 'same_snapshot';
    net_rounding?: 'against_trader' | 'none';
    worthless_long?: 'keep' | 'give_up';
    crossed_quotes?: 'wait' | 'trade';
    share_half_spread_usd?: number;
    shown_size?: 'ignore' | 'all_or_none' | 'partial';
    size_percent?: number;
    max_quote_age_s?: number | null;
    latency_s?: number;
    market_on_close_minutes?: number;
};

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
export type ExerciseConfig = {
    early_assignment?: 'optimal' | 'random' | 'off';
    assignment_probability?: number;
    early_exercise?: boolean;
    delivered_shares?: 'liquidate' | 'keep';
};

/**
 * Trades that ended for one reason.
 */
export type ExitReason = {
    /**
     * How many.
     */
    count: number;
    /**
     * Their profit after fees.
     */
    profit_usd: number;
};

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
export type ExitRules = {
    stop_loss_percent?: number | null;
    profit_target_percent?: number | null;
    dte?: number | null;
    rules?: Array<ProfitTarget | StopLoss | TrailingStop | BreakEvenStop | DaysToExpiration | DaysHeld | SessionsHeld | TimeOfDay | OnWeekday | BeforeEvent | DeltaBreach | PriceBreach | SignalTrigger | Hold>;
    time_in_force?: 'day' | 'gtc';
    limit_spread_fraction?: number | null;
    at_market?: Array<'profit_target' | 'stop_loss' | 'trailing_stop' | 'break_even_stop' | 'dte' | 'days_held' | 'sessions_held' | 'time_of_day' | 'weekday' | 'before_event' | 'delta_breach' | 'price_breach' | 'signal'>;
    market_after_snapshots?: number | null;
    market_after_sessions?: number | null;
};

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
export type ExpectedMoveTarget = {
    target?: number;
    minimum?: number | null;
    maximum?: number | null;
    tolerance?: number | null;
    measured_by?: 'straddle' | 'volatility';
};

/**
 * One series of a chain.
 */
export type Expiration = {
    root: string;
    expires_on: string;
    settles_at: string;
    /**
     * Calendar days from the chain's date to the expiration.
     */
    dte: number;
    /**
     * From the chain's instant to settlement, actual/365.
     */
    years: number;
};

/**
 * An expiration by days to expiration, counted in exchange dates; the one nearest to the target, earlier on ties.
 *
 * Attributes:
 * roots: contract roots that are considered, the preferred one first; empty: all. `SPX` settles at the open,
 * `SPXW` at the close.
 * cycle: `monthly`: only the third Friday of a month (the session before it where that is a holiday); `weekly`:
 * only the others.
 */
export type ExpirationSpec = {
    target_dte: number;
    min_dte: number;
    max_dte: number;
    roots?: Array<string>;
    cycle?: 'all' | 'monthly' | 'weekly';
};

/**
 * How much is explained: sums of the sizes of the amounts of every position and day.
 */
export type Explained = {
    /**
     * Days on which a position was looked at.
     */
    position_days: number;
    /**
     * Unexplained amounts by all amounts; null: nothing moved.
     */
    unexplained_fraction: number | null;
    /**
     * Amounts of higher order by all amounts; null: nothing moved.
     */
    higher_order_fraction: number | null;
};

/**
 * What the run reports of its exposure beside that at its end (docs/risk.md).
 *
 * Attributes:
 * sessions: measure at the end of every session too, for the table `greeks` and the extremes in the summary.
 * stress: shocks whose gains and losses are reported; left out: none.
 */
export type ExposureReport = {
    sessions?: boolean;
    stress?: StressGrid | null;
};

/**
 * Exposure of everything held after the last event, before `open_at_end` is carried out.
 *
 * Source: the quotes' Greeks, or the pricing model's where there are none; `greeks.csv` for the sessions.
 */
export type ExposureSection = {
    /**
     * Instant of the last event.
     */
    at: string;
    /**
     * Of everything held.
     */
    total: Greeks;
    /**
     * Sum of deltas times beta times price, by the price of the index of `risk.beta`; null: no such index, or it had no
     * price.
     */
    beta_weighted_delta_shares: number | null;
    /**
     * By the symbol of the underlying.
     */
    by_underlying: {
        [key: string]: Greeks;
    };
    /**
     * By date; what shares add stands under `shares`.
     */
    by_expiration: {
        [key: string]: Greeks;
    };
    /**
     * By the canonical name of the legs that were opened.
     */
    by_structure: {
        [key: string]: Greeks;
    };
    /**
     * By the name of the strategy.
     */
    by_strategy: {
        [key: string]: Greeks;
    };
    /**
     * The shocks of `risk.exposure.stress`; null: the configuration names none.
     */
    stress: Stress | null;
    /**
     * By Greek, over the sessions; empty: the configuration does not ask for sessions.
     */
    extremes: {
        [key: string]: Extreme;
    };
};

/**
 * Holds when an expression over signals does; it does not where one of its signals has no value.
 *
 * Attributes:
 * when: e.g. `iv_rank > 0.3 and sma50 > sma200`: signals of the run by name, numbers, `+ - * /`, comparisons
 * and their chains, `and`, `or`, `not`, parentheses, `abs`, `min`, `max`, and `previous(x)`, x on the chain
 * before.
 */
export type ExpressionCondition = {
    when: string;
};

/**
 * Least and greatest value of one Greek at the ends of sessions.
 */
export type Extreme = {
    /**
     * Lowest value.
     */
    least: number;
    /**
     * Instant of it.
     */
    least_at: string;
    /**
     * Highest value.
     */
    greatest: number;
    /**
     * Instant of it.
     */
    greatest_at: string;
    /**
     * Mean over the sessions.
     */
    average: number;
};

/**
 * One fall from a peak.
 */
export type Fall = {
    /**
     * Lowest value by the peak, less 1: negative.
     */
    depth: number;
    /**
     * Instant of the peak.
     */
    start: string;
    /**
     * Instant of the lowest value.
     */
    trough: string;
    /**
     * Instant at which the peak was reached again; null: not yet.
     */
    recovered: string | null;
    /**
     * Calendar days from the peak to the recovery, or to the end of the run.
     */
    days: number;
    /**
     * Calendar days from the trough to the recovery; null: not yet.
     */
    recovery_days: number | null;
};

/**
 * One thing that is wrong in a request.
 */
export type FieldProblem = {
    /**
     * Path in the document, e.g. `strategies[0].legs[1].delta.target`, or the name of a parameter or header.
     */
    field: string;
    /**
     * What is wrong there, and what would be right.
     */
    problem: string;
};

/**
 * Trades at other prices, and what their fills paid.
 */
export type FillGroup = {
    /**
     * Profit had every leg filled at mid; null: not finite.
     */
    mid_usd: number | null;
    /**
     * Profit at the fill model of the run; of a group the sum over its trades, dividends and interest apart;
     * null: not finite.
     */
    model_usd: number | null;
    /**
     * Profit had every leg filled at the touch; null: not finite.
     */
    touch_usd: number | null;
    /**
     * Fraction of the spread (0.5 mid, 1 touch) at which the profit is zero; null: no leg had a spread.
     */
    breakeven_spread_fraction: number | null;
    /**
     * Fills of single legs.
     */
    legs: number;
    /**
     * Those against a quote with bid and ask.
     */
    legs_two_sided: number;
    /**
     * Fraction of the spread that the fills paid, spreads weighing by their money; null: no leg had a spread.
     */
    spread_fraction_paid: number | null;
    /**
     * Profit at mid less profit at the fill model; null: not finite.
     */
    spread_cost_usd: number | null;
    /**
     * The same by the number of trades; null: there is none.
     */
    spread_cost_per_trade_usd: number | null;
};

/**
 * The same decisions at other prices: the whole run, and its trades by what opened them.
 *
 * A leg that pays the fraction f of the spread trades at bid + f x (ask - bid) when it buys, and at
 * ask - f x (ask - bid) when it sells: 0.5 is the middle, 1 the touch. A leg that filled where there was no bid and
 * ask keeps its price in all of these figures.
 *
 * Source: bid, ask and sizes that every leg filled against, `fills.csv`.
 */
export type FillSensitivity = {
    /**
     * Profit had every leg filled at mid; null: not finite.
     */
    mid_usd: number | null;
    /**
     * Profit at the fill model of the run; of a group the sum over its trades, dividends and interest apart;
     * null: not finite.
     */
    model_usd: number | null;
    /**
     * Profit had every leg filled at the touch; null: not finite.
     */
    touch_usd: number | null;
    /**
     * Fraction of the spread (0.5 mid, 1 touch) at which the profit is zero; null: no leg had a spread.
     */
    breakeven_spread_fraction: number | null;
    /**
     * Fills of single legs.
     */
    legs: number;
    /**
     * Those against a quote with bid and ask.
     */
    legs_two_sided: number;
    /**
     * Fraction of the spread that the fills paid, spreads weighing by their money; null: no leg had a spread.
     */
    spread_fraction_paid: number | null;
    /**
     * Profit at mid less profit at the fill model; null: not finite.
     */
    spread_cost_usd: number | null;
    /**
     * The same by the number of trades; null: there is none.
     */
    spread_cost_per_trade_usd: number | null;
    /**
     * By the name of the strategy.
     */
    by_strategy: {
        [key: string]: FillGroup;
    };
    /**
     * By the canonical name of the legs that were opened.
     */
    by_structure: {
        [key: string]: FillGroup;
    };
    capacity: Capacity;
};

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
export type FinancingConfig = {
    benchmark_percent?: number | Array<RateStep> | 'store';
    cash_threshold_usd?: number;
    cash_spread_percent?: number;
    debit_spread_percent?: number;
    borrow_percent?: number;
    borrow_percent_by_symbol?: {
        [key: string]: number;
    };
    days_per_year?: 360 | 365;
};

/**
 * Always the same number of packages.
 */
export type FixedContracts = {
    kind?: 'fixed_contracts';
    contracts?: number;
};

/**
 * Where the entries of one strategy ended. Refusals by risk and margin stand in `refusals`.
 *
 * Source: every entry that was due, `funnel.csv`.
 */
export type Funnel = {
    /**
     * In the order in which entries meet them.
     */
    stages: Array<FunnelStage>;
    /**
     * Positions that were opened.
     */
    opened: number;
};

/**
 * One step on the way to a trade.
 */
export type FunnelStage = {
    /**
     * Name of the step, e.g. `signal` or `expiration`.
     */
    stage: string;
    /**
     * Times that an entry got through.
     */
    passed: number;
    /**
     * Times that it ended here, by reason.
     */
    declined: {
        [key: string]: number;
    };
};

/**
 * Sensitivities in the units of the screen.
 */
export type Greeks = {
    /**
     * Shares of the underlyings that move alike, added up share for share.
     */
    delta_shares: number;
    /**
     * Change of delta by one point of the underlying.
     */
    gamma_shares_per_point: number;
    /**
     * Gain when implied volatility rises by 0.01.
     */
    vega_usd_per_point: number;
    /**
     * Gain by one day that passes.
     */
    theta_usd_per_day: number;
};

/**
 * Trades that have something in common; rates and averages are of closed ones.
 */
export type Group = {
    /**
     * What they have in common.
     */
    name: string;
    /**
     * Trades, those still open at the end included.
     */
    count: number;
    /**
     * Their profit after fees; of open ones at their last mark.
     */
    profit_usd: number;
    /**
     * Winners by closed trades; null: none is closed.
     */
    win_rate: number | null;
    /**
     * Gross profit by gross loss; null: no loss.
     */
    profit_factor: number | null;
    /**
     * Average profit; null: none is closed.
     */
    average_usd: number | null;
    /**
     * Average days of 24 hours from the opening to the end; null: none is closed.
     */
    average_days_in_trade: number | null;
    /**
     * Average of profit by what the trade could lose at expiration; null: of none is that bounded.
     */
    average_profit_r: number | null;
    /**
     * Average of profit by initial margin of the position on its own; null: none required margin.
     */
    average_return_on_margin: number | null;
};

/**
 * The same trades by several questions: every trade once in each of them.
 */
export type Groups = {
    /**
     * By the name of the strategy.
     */
    strategy: Array<Group>;
    /**
     * By the canonical name of the legs that were opened.
     */
    structure: Array<Group>;
    /**
     * By the symbol of the underlying.
     */
    underlying: Array<Group>;
    /**
     * Calendar days from the opening to the first expiration.
     */
    days_to_expiration: Array<Group>;
    /**
     * Largest size of a delta among the options sold at entry, or bought where none was sold.
     */
    delta: Array<Group>;
    /**
     * Place of the underlying's 30-day volatility at the money at the opening between the low (0) and the high (1) of
     * the last 252 sessions that the run saw, warm-up included; unknown before the 60th.
     */
    iv_rank: Array<Group>;
    /**
     * Last price of VIX at the opening; unknown where the run reads no market of that symbol.
     */
    vix: Array<Group>;
    /**
     * What was known of the benchmark on the evening before the opening, as in `regimes`.
     */
    trend_regime: Array<Group>;
    /**
     * As `trend_regime`.
     */
    volatility_regime: Array<Group>;
    /**
     * Of the opening, in the exchange's time.
     */
    weekday: Array<Group>;
    /**
     * By what the strategy called the entry.
     */
    entry_tag: Array<Group>;
    /**
     * By what ended them.
     */
    exit_reason: Array<Group>;
};

/**
 * The four figures that people ask for first; all of them stand in the summary.
 */
export type Headline = {
    profit_usd: number;
    total_return: number | null;
    /**
     * As a decimal of the peak, negative.
     */
    max_drawdown: number | null;
    trades: number;
};

/**
 * The service answers.
 */
export type Health = {
    status: 'ok';
    engine_version: string;
};

/**
 * Hedges when the net delta is further from the target than this.
 *
 * Attributes:
 * delta_shares: delta of everything that is hedged together, in shares.
 */
export type HedgeBand = {
    kind: 'band';
    delta_shares: number;
};

/**
 * Hedges at the first chain at or after certain times.
 *
 * Attributes:
 * times: of the day, on the exchange's clock.
 * every_minutes: so long after the last time, and when something was opened.
 * every_sessions: in every so many sessions once, at its first chain, and when something was opened.
 */
export type HedgeSchedule = {
    kind: 'schedule';
    times?: Array<string> | null;
    every_minutes?: number | null;
    every_sessions?: number | null;
};

/**
 * Keeps the position for its expiration: once this holds, the rules below it are not asked any more.
 *
 * Attributes:
 * dte: holds when the nearest expiration is so many exchange dates away, or fewer; left out: always.
 */
export type Hold = {
    kind: 'hold';
    dte?: number | null;
};

/**
 * How long trades lasted, in days of 24 hours from opening to end; open trades count only where it is said.
 */
export type HoldingTimes = {
    /**
     * Opening of the first of all trades; null: there is none.
     */
    first_opened: string | null;
    /**
     * End of the last that ended; null: no trade ended.
     */
    last_closed: string | null;
    /**
     * Mean over the winners; null: there is no winner.
     */
    average_days_of_winners: number | null;
    /**
     * Median over the winners; null: there is no winner.
     */
    median_days_of_winners: number | null;
    /**
     * Mean over the losers; null: there is no loser.
     */
    average_days_of_losers: number | null;
    /**
     * Median over the losers; null: there is no loser.
     */
    median_days_of_losers: number | null;
    /**
     * The longest of those that ended; null: no trade ended.
     */
    longest_days: number | null;
    /**
     * Most trades at one time, those still open at the end of the run included.
     */
    most_open_at_once: number;
    /**
     * Profit of closed trades by the sum of their days; null: they took no time.
     */
    profit_per_day_usd: number | null;
};

/**
 * The machine; outside the summary hash.
 */
export type Host = {
    /**
     * Version of the Python interpreter.
     */
    python: string;
    /**
     * Operating system and machine type.
     */
    platform: string;
};

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
export type KellyFraction = {
    kind: 'kelly';
    win_rate: number;
    payoff_ratio: number;
    fraction?: number;
    cap_percent?: number;
    learn_after_trades?: number | null;
};

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
export type LaterExpiration = {
    after: string;
    target_days?: number | null;
    min_days?: number;
    max_days?: number | null;
    roots?: Array<string>;
    cycle?: 'all' | 'monthly' | 'weekly';
};

/**
 * One option leg: side, right, expiration by name, and exactly one word that says which strike.
 *
 * Attributes:
 * beyond: name of a leg whose strike lies nearer to the money: only strikes further out than it are considered.
 * For words that look at no other leg.
 * liquidity: in place of the strategy's own filter; left out: that one.
 */
export type LegSpec = {
    name: string;
    instrument?: 'option';
    side: 'buy' | 'sell';
    right: 'call' | 'put';
    expiration: string;
    delta?: DeltaTarget | null;
    percent_otm?: PercentOtm | null;
    offset?: StrikeOffset | null;
    premium?: PremiumTarget | null;
    expected_move?: ExpectedMoveTarget | null;
    width?: Width | null;
    strike_of?: StrikeOf | null;
    beyond?: string | null;
    liquidity?: LiquidityFilter | null;
    ratio?: number;
};

/**
 * Exercise, assignment, expiration, dividends, and what companies did.
 *
 * Contracts are counted one by one, whichever side was held.
 *
 * Source: the events of the run, `events.csv`.
 */
export type Lifecycle = {
    /**
     * Long contracts exercised before their expiration.
     */
    exercises_early: number;
    /**
     * Long contracts that became shares when they expired.
     */
    exercises_at_expiration: number;
    /**
     * Short contracts assigned before their expiration.
     */
    assignments_early: number;
    /**
     * Short contracts that became shares when they expired.
     */
    assignments_at_expiration: number;
    /**
     * Contracts that were settled in cash and worth something.
     */
    cash_settlements: number;
    /**
     * Contracts that ended worth nothing.
     */
    expirations_worthless: number;
    /**
     * Dividends received, or owed on short shares, one per position.
     */
    dividends: number;
    /**
     * Holdings that a split changed.
     */
    splits: number;
    /**
     * Holdings that a special dividend changed.
     */
    special_dividends: number;
    /**
     * Holdings that a new symbol changed.
     */
    new_symbols: number;
    /**
     * Times that cash was added.
     */
    deposits: number;
    /**
     * Times that cash was taken.
     */
    withdrawals: number;
};

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
export type LiquidityFilter = {
    minimum_open_interest?: number | null;
    minimum_volume?: number | null;
    minimum_bid_usd?: number | null;
    maximum_spread_usd?: number | null;
    maximum_spread_percent?: number | null;
};

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
export type MarginCallConfig = {
    check?: 'every_mark' | 'interval' | 'session_end';
    interval_minutes?: number;
    measure?: 'cash' | 'net_liquidation';
    grace_sessions?: number;
    liquidation?: 'none' | 'worst_structure';
};

/**
 * Where the account did not cover its requirement.
 *
 * Source: the events of the margin watch, `margin_calls.csv`.
 */
export type MarginCalls = {
    /**
     * Calls, repeated ones after a change of the book included.
     */
    count: number;
    /**
     * Instant of the first; null: there was none.
     */
    first_at: string | null;
    /**
     * Times that the requirement was covered again.
     */
    met: number;
    /**
     * Positions that calls closed.
     */
    liquidations: number;
};

/**
 * What margin models that look at prices need to know.
 *
 * Attributes:
 * underlying_classes: class of an underlying by its symbol; an index that is not named is `broad_index`, anything
 * else `equity`.
 * margin_loan: under `regulation_t`, cash may be negative as far as shares and proceeds cover the requirement.
 */
export type MarginOptions = {
    underlying_classes?: {
        [key: string]: 'equity' | 'narrow_index' | 'broad_index' | 'other_broad_index' | 'leveraged_etf_2x' | 'leveraged_etf_3x';
    };
    margin_loan?: boolean;
};

/**
 * How the account moved from one valuation to the next, deposits and withdrawals apart.
 */
export type MarkedMoves = {
    /**
     * Times that the whole book was valued.
     */
    marks: number;
    /**
     * Those at which the mark of some leg was no trustworthy two-sided quote: half the ask, the last good quote, or
     * intrinsic value.
     */
    unquoted: number;
    /**
     * Sum of the sizes of the moves of net liquidation.
     */
    moved_usd: number;
    /**
     * The same of the moves that begin or end at such a valuation.
     */
    unquoted_usd: number;
    /**
     * `unquoted_usd` by `moved_usd`; null: the account did not move.
     */
    unquoted_fraction: number | null;
};

/**
 * What the valuations of held legs rest on.
 *
 * Source: every valuation of the book, by the order that `assumptions.mark_policy` names.
 */
export type Marks = {
    /**
     * Valuations of one leg at one instant.
     */
    count: number;
    /**
     * Those that are no trustworthy two-sided quote.
     */
    not_two_sided: number;
    /**
     * Valuations by what they rest on.
     */
    by_source: {
        [key: string]: number;
    };
};

/**
 * Every leg at the middle of bid and ask.
 */
export type MidFills = {
    kind: 'mid';
};

/**
 * The middle of bid and ask plus slippage, the sum of three parts, never beyond the touch.
 *
 * Attributes:
 * spread_percent: of the spread; 50 reaches the touch.
 * price_percent: of the middle.
 */
export type MidSlippageFills = {
    kind: 'mid_slippage';
    per_share_usd?: number;
    spread_percent?: number;
    price_percent?: number;
};

/**
 * The model that made the option quotes: what valuing them again takes.
 */
export type ModelMarket = {
    /**
     * Another version quotes other chains.
     */
    version: number;
    /**
     * Seed of the model.
     */
    seed: number;
    /**
     * By underlying, continuously compounded.
     */
    dividend_yields: {
        [key: string]: number;
    };
    /**
     * Of the months of the range.
     */
    rates: Array<MonthlyRate>;
    /**
     * Cash dividends of the range, by underlying and date.
     */
    dividends: Array<Dividend>;
};

/**
 * The value by the pricing kernel at the chain's implied volatility; such fills are labelled and counted.
 *
 * Attributes:
 * clamp_to_quotes: keep the value within bid and ask.
 */
export type ModelPriceFills = {
    kind: 'model_price';
    clamp_to_quotes?: boolean;
};

/**
 * The rate that chains of a month are valued with.
 */
export type MonthlyRate = {
    /**
     * Its first day.
     */
    month: string;
    /**
     * Continuously compounded.
     */
    rate: number;
};

/**
 * Closes legs and opens as many contracts where other words say.
 *
 * Attributes:
 * to: the legs, by the names under which they are held, with the words that say where they go. An expiration that
 * the position has under its name is that one; others are chosen on the chain of now.
 */
export type MoveLeg = {
    kind: 'move_leg';
    to: Array<ResolvedLegSpec>;
};

/**
 * As many packages as keep the net delta of the whole portfolio within plus or minus a budget.
 */
export type NetDeltaBudget = {
    kind?: 'net_delta_budget';
    delta_shares: number;
};

/**
 * As many packages as keep the net gamma of the whole portfolio within plus or minus a budget.
 */
export type NetGammaBudget = {
    kind: 'net_gamma_budget';
    gamma_shares_per_point: number;
};

/**
 * As many packages as keep the net theta of the whole portfolio within plus or minus a budget.
 */
export type NetThetaBudget = {
    kind: 'net_theta_budget';
    theta_usd_per_day: number;
};

/**
 * As many packages as keep the net vega of the whole portfolio within plus or minus a budget.
 */
export type NetVegaBudget = {
    kind: 'net_vega_budget';
    vega_usd_per_point: number;
};

/**
 * Trading costs nothing.
 */
export type NoFeesConfig = {
    kind: 'none';
};

/**
 * Holds when every one of these is known not to hold; one that is undefined is not known.
 */
export type NoneOf = {
    none_of: Array<ResolvedSignalCondition | ExpressionCondition | ResolvedEventCondition | AllOf | AnyOf | NoneOf>;
};

/**
 * Holds on these days of the week; where one has no session, on the last session before it.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type OnWeekday = {
    kind: 'weekday';
    weekdays: Array<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday'>;
    legs?: Array<string>;
};

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
export type OptionCommission = {
    fee_per_contract_usd?: number;
    premium_tiers?: Array<PremiumTier>;
    closing_fee_per_contract_usd?: number | null;
    free_close_up_to_usd?: number | null;
    maximum_per_leg_usd?: number | null;
    minimum_per_leg_usd?: number;
    minimum_per_order_usd?: number;
};

/**
 * Hedges with whole option contracts.
 *
 * Options of an earlier hedge that lead away from the target are closed first, as many as are needed; where none are,
 * the first leg whose side and right lead to the target is opened.
 *
 * Attributes:
 * legs: e.g. a put to buy and a call to buy, each with the words that choose it; `ratio` is not looked at.
 */
export type OptionHedge = {
    kind: 'options';
    legs: Array<ResolvedLegSpec>;
};

/**
 * Every order that was requested, by its end; what the end of the run closes at the touch is no order.
 *
 * Source: the broker's records, `orders.csv`.
 */
export type Orders = {
    /**
     * Orders requested.
     */
    count: number;
    /**
     * Those that filled as they were approved.
     */
    filled: number;
    /**
     * Withdrawn, replaced, out of time, or resting at the end of the run; some after they had filled in part.
     */
    cancelled: number;
    /**
     * Those that risk or margin refused.
     */
    refused: number;
    /**
     * Orders that ended after some of their packages had traded, and not all.
     */
    filled_in_part: number;
    /**
     * Fills of which a leg traded at a model's value, not at its quote.
     */
    model_priced_fills: number;
    /**
     * Hash of all orders with their ends.
     */
    list_hash: string;
};

/**
 * The user's file of what is known better than the data.
 */
export type OverrideFile = {
    /**
     * File name without its folder.
     */
    name: string;
    /**
     * Hash of the file.
     */
    sha256: string;
    /**
     * All lines, the header left out.
     */
    lines: number;
    /**
     * Those that changed something in the range.
     */
    in_force: number;
};

/**
 * Profit and loss after fees over the spot; strikes, break-evens and the present spot are among the spots.
 */
export type PayoffCurves = {
    /**
     * Ascending.
     */
    spots: Array<number>;
    /**
     * At the first expiry; later options keep their time value.
     */
    expiry_usd: Array<number>;
    /**
     * Now.
     */
    today_usd: Array<number>;
};

/**
 * Sensitivities of the whole position at the spot, in the units of the screen.
 */
export type PayoffGreeks = {
    delta_shares: number;
    gamma_shares_per_point: number;
    /**
     * Gain per calendar day.
     */
    theta_usd_per_day: number;
    /**
     * Gain per volatility point, every leg's volatility moving alike.
     */
    vega_usd_per_point: number;
    /**
     * Gain per percentage point of the rate.
     */
    rho_usd_per_percent: number;
};

/**
 * One holding.
 */
export type PayoffLeg = {
    kind: 'call' | 'put' | 'stock' | 'cash';
    /**
     * Contracts or shares, negative when sold.
     */
    quantity: number;
    /**
     * Per share, as paid or received.
     */
    price: number;
    /**
     * Options need one.
     */
    strike?: number | null;
    /**
     * Time to expiry; null: `years` of the request.
     */
    years?: number | null;
    /**
     * Null: `volatility` of the request.
     */
    volatility?: number | null;
    /**
     * Shares per contract; null: 100 for options, else 1.
     */
    multiplier?: number | null;
    /**
     * What to call it on the screen, e.g. its symbol.
     */
    label?: string | null;
};

/**
 * Legs and the market they are valued in.
 */
export type PayoffRequest = {
    legs: Array<PayoffLeg>;
    /**
     * Price of the underlying.
     */
    spot: number;
    rate: number;
    dividend_yield: number;
    /**
     * Of the underlying until the first expiry, and of legs that have none of their own.
     */
    volatility: number;
    /**
     * To the expiry of legs that name none.
     */
    years: number;
    /**
     * Paid for the whole position.
     */
    fees_usd: number;
};

/**
 * Measures of a position at its first expiry.
 */
export type PayoffResponse = {
    /**
     * What the legs cost, negative when a credit was received; before fees.
     */
    net_debit_usd: number;
    breakevens: Array<number>;
    /**
     * Null: unlimited.
     */
    max_profit_usd: number | null;
    /**
     * Zero or negative; null: unlimited.
     */
    max_loss_usd: number | null;
    /**
     * Spots between which there is a profit; a null end: without end.
     */
    profit_intervals: Array<[
        number,
        number | null
    ]>;
    probability_of_profit: number;
    /**
     * Of reaching each break-even until the first expiry.
     */
    probability_of_touch: Array<number>;
    /**
     * Not discounted.
     */
    expected_value_usd: number;
    greeks: PayoffGreeks;
    curves: PayoffCurves;
};

/**
 * A fee for every contract and share, opened or closed; what expires worthless costs nothing.
 *
 * Attributes:
 * fee_per_exercise_usd: of every contract that is exercised or assigned, in cash or in shares.
 */
export type PerContractFeesConfig = {
    kind?: 'per_contract';
    fee_per_contract_usd?: number;
    fee_per_share_usd?: number;
    fee_per_exercise_usd?: number;
};

/**
 * Averages over closed trades of each one's profit by its packages: of ten condors, a tenth.
 */
export type PerPackage = {
    /**
     * Of all of them; null: no trade ended.
     */
    average_usd: number | null;
    /**
     * Of the winners; null: there is no winner.
     */
    average_win_usd: number | null;
    /**
     * Of the losers, negative; null: there is no loser.
     */
    average_loss_usd: number | null;
};

/**
 * As many packages as keep the maximum loss of the order within a percentage of net liquidation.
 */
export type PercentAtRisk = {
    kind?: 'percent_at_risk';
    percent: number;
};

/**
 * As many packages as are together worth a percentage of net liquidation.
 *
 * Attributes:
 * measure: `premium`: what is paid or received for a package; `notional`: what the shares under its bought or its
 * sold contracts cost, whichever are more.
 */
export type PercentOfEquity = {
    kind: 'percent_of_equity';
    percent: number;
    measure?: 'premium' | 'notional';
};

/**
 * As many packages as bind a percentage of net liquidation under the margin model of the run.
 *
 * A package binds its initial requirement as if it stood alone and what is paid for it, less what is received.
 */
export type PercentOfMargin = {
    kind: 'percent_of_margin';
    percent: number;
};

/**
 * A strike by percent of the underlying's price out of the money; nearest to the target within its bounds.
 *
 * Attributes:
 * target: 5 is 5 % above the price for a call and 5 % below it for a put; negative is in the money.
 * tolerance: allowed distance from the target in percent, beside minimum and maximum.
 */
export type PercentOtm = {
    target: number;
    minimum?: number | null;
    maximum?: number | null;
    tolerance?: number | null;
};

/**
 * Periods of one length, the first and the last included; one that began with nothing is left out.
 */
export type PeriodFigures = {
    /**
     * Periods.
     */
    count: number;
    /**
     * Arithmetic mean of their returns; null: no period.
     */
    mean: number | null;
    /**
     * Sample standard deviation (ddof 1) of their returns; null: fewer than two.
     */
    deviation: number | null;
    /**
     * Third standardised moment of their returns, biased; null: they are all the same.
     */
    skewness: number | null;
    /**
     * Fourth standardised moment, biased and raw: 3 for a normal distribution; null: they are all the same.
     */
    kurtosis: number | null;
    /**
     * Mean of the returns above 0; null: there is none.
     */
    average_gain: number | null;
    /**
     * Mean of the returns below 0, negative; null: there is none.
     */
    average_loss: number | null;
    /**
     * Periods with a gain by all periods; null: no period.
     */
    win_rate: number | null;
    /**
     * Sum of gains by the size of the sum of losses; null: no loss.
     */
    profit_factor: number | null;
};

/**
 * Return over a calendar month or year, the first and the last as far as the run reaches.
 */
export type PeriodReturn = {
    /**
     * Calendar year of the exchange dates.
     */
    year: number;
    /**
     * 1 to 12; null: the whole year.
     */
    month: number | null;
    /**
     * Sessions of it in the run.
     */
    sessions: number;
    /**
     * Value at its end by that at the end of the period before, less 1; null: it began with nothing.
     */
    total: number | null;
};

/**
 * Returns by calendar, of the curve that `returns` describes.
 *
 * Source: the account at the last mark of every session, `equity.csv`.
 */
export type Periods = {
    /**
     * Every calendar month of the run, in order.
     */
    months: Array<PeriodReturn>;
    /**
     * Every calendar year of the run, in order.
     */
    years: Array<PeriodReturn>;
    /**
     * Highest of the months; null: none has a return.
     */
    best_month: number | null;
    /**
     * Lowest of the months; null: none has a return.
     */
    worst_month: number | null;
    /**
     * Highest of the years; null: none has a return.
     */
    best_year: number | null;
    /**
     * Lowest of the years; null: none has a return.
     */
    worst_year: number | null;
    /**
     * Months with a gain by all months; null: none has a return.
     */
    win_rate_monthly: number | null;
    /**
     * Of the calendar months.
     */
    monthly: PeriodFigures;
    /**
     * Of the calendar quarters.
     */
    quarterly: PeriodFigures;
    /**
     * Of the calendar years.
     */
    yearly: PeriodFigures;
    trailing: Trailing;
};

/**
 * A strike by what it costs now in USD per share: the ask of a leg that is bought, the bid of one that is sold.
 *
 * Attributes:
 * tolerance: allowed distance from the target in USD, beside minimum and maximum.
 */
export type PremiumTarget = {
    target: number;
    minimum?: number | null;
    maximum?: number | null;
    tolerance?: number | null;
};

/**
 * What a contract costs that trades below a premium, USD per share; the lowest tier that fits counts.
 */
export type PremiumTier = {
    below_premium_usd: number;
    fee_per_contract_usd: number;
};

/**
 * A schedule that comes with the product (docs/costs.md); a name with a year was valid at the end of that year.
 */
export type PresetFees = {
    kind: 'preset';
    name: 'lean' | 'interactive_brokers_2024' | 'tastytrade_2024' | 'schwab_2024' | 'fidelity_2024' | 'robinhood_2024';
};

/**
 * A split or a dividend that signals read past prices for.
 */
export type PriceAdjustment = {
    /**
     * Ex-date.
     */
    day: string;
    /**
     * Prices of before are read times this, from the ex-date on.
     */
    factor: number;
};

/**
 * Holds when the underlying has reached a leg's strike or come near it: a put's from above, a call's from below.
 *
 * Attributes:
 * leg: name of the leg whose strike counts.
 * within_usd: already when it is so near.
 * within_percent: already when it is so near, in percent of the strike.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type PriceBreach = {
    kind: 'price_breach';
    leg: string;
    within_usd?: number | null;
    within_percent?: number | null;
    legs?: Array<string>;
};

/**
 * How Greeks are computed that the data does not bring; rates are decimals per year, continuously compounded.
 *
 * Attributes:
 * backend: the engine's own kernels, or py_vollib for comparison.
 * rate_source: `store` puts the imported rate that was known when the run begins in the place of `rate`.
 */
export type PricingConfig = {
    backend?: 'ironfly' | 'py_vollib';
    rate_source?: 'constant' | 'store';
    rate?: number;
    dividend_yield?: number;
};

/**
 * A problem, one per answer; `application/problem+json`.
 */
export type Problem = {
    /**
     * URN of the kind of problem; it does not change.
     */
    type: string;
    /**
     * The kind of problem in words.
     */
    title: string;
    /**
     * HTTP status.
     */
    status: number;
    /**
     * What happened this time.
     */
    detail: string;
    /**
     * What to do about it.
     */
    remedy: string;
    /**
     * The fields that are wrong, in the order of the document; empty where no field is to blame.
     */
    errors: Array<FieldProblem>;
};

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
export type ProfitTarget = {
    kind: 'profit_target';
    percent_of_premium?: number | null;
    percent_of_maximum_profit?: number | null;
    usd?: number | null;
    net_price_usd?: number | null;
    legs?: Array<string>;
};

/**
 * How far a run has come.
 */
export type Progress = {
    fraction: number;
    /**
     * Date of the last event; null before the first.
     */
    simulated_to: string | null;
    /**
     * What is being done, for people.
     */
    message: string;
};

/**
 * What `risk.protection` did; orders that it refused stand in `refusals`.
 *
 * Source: the events of the protection watch.
 */
export type Protection = {
    /**
     * Bounds that were reached, in order.
     */
    triggered: Array<ProtectionBegun>;
    /**
     * Ends of what they had led to, in order.
     */
    lifted: Array<ProtectionEnded>;
    /**
     * Fills of its closing orders.
     */
    closing_fills: number;
};

/**
 * A bound of `risk.protection` that was reached.
 */
export type ProtectionBegun = {
    /**
     * When it was reached.
     */
    at: string;
    /**
     * Which bound.
     */
    rule: 'drawdown' | 'daily_loss' | 'trade_stop';
    /**
     * What follows from it.
     */
    action: 'halt' | 'reduce' | 'flatten' | 'close';
    /**
     * The loss.
     */
    value: number;
    /**
     * The bound that it reached.
     */
    limit: number;
    /**
     * Of both.
     */
    unit: '%' | 'USD';
    /**
     * The position that a trade stop closes; null: another rule.
     */
    position_id: number | null;
};

/**
 * Watches over the account that act through orders of their own, at every value of the account.
 *
 * Attributes:
 * drawdown: steps, each on its own.
 */
export type ProtectionConfig = {
    drawdown?: Array<DrawdownStep>;
    daily_loss?: DailyLossStop | null;
    trade_stop?: TradeStop | null;
};

/**
 * The end of what a bound had led to.
 */
export type ProtectionEnded = {
    /**
     * When it ended.
     */
    at: string;
    /**
     * Which bound.
     */
    rule: 'drawdown' | 'daily_loss';
    /**
     * The bound.
     */
    limit: number;
};

/**
 * A strategy that is programmed.
 *
 * Attributes:
 * source: `path/to/file.py:ClassName`, relative to the configuration file, `package.module:ClassName`, or the name
 * under which an installed package announces a strategy (docs/python_strategies.md).
 * parameters: fields of the class's `Parameters`.
 */
export type PythonStrategy = {
    name: string;
    kind: 'python';
    source: string;
    parameters?: {
        [key: string]: unknown;
    };
    sizing?: FixedContracts | PercentAtRisk | PercentOfEquity | PercentOfMargin | KellyFraction | NetDeltaBudget | NetGammaBudget | NetVegaBudget | NetThetaBudget | StressBudget;
    budget?: StrategyBudget;
};

/**
 * Option quotes of the range by what is wrong with them; a quote may count more than once.
 */
export type Quality = {
    /**
     * All quotes.
     */
    rows: number;
    /**
     * Bid above ask.
     */
    crossed: number;
    /**
     * No bid, or one of 0.
     */
    no_bid: number;
    /**
     * No ask, or one of 0.
     */
    no_ask: number;
    /**
     * The ask absurdly far from the bid.
     */
    stub: number;
    /**
     * Quotes of a chain that repeats the previous session's.
     */
    stale: number;
    /**
     * Far from what the strikes around it say.
     */
    outlier: number;
    /**
     * Costs less than it must bring together with others; traded all the same.
     */
    arbitrage: number;
    /**
     * Quoted after the last trade of the series.
     */
    expired: number;
    /**
     * Of a chain that is stamped outside of the session's hours.
     */
    off_hours: number;
    /**
     * The symbol has a date on which nothing expires.
     */
    unlisted_date: number;
    /**
     * The root marks a deliverable of its own.
     */
    adjusted: number;
    /**
     * Rows dropped because they repeat another row exactly; not among `rows`.
     */
    duplicates: number;
};

/**
 * Quotes as columns of one length.
 */
export type QuoteColumns = {
    root: Array<string>;
    expires_on: Array<string>;
    right: Array<'call' | 'put'>;
    strike: Array<number>;
    bid: Array<number | null>;
    ask: Array<number | null>;
    /**
     * Implied volatility of the data, else of the middle of bid and ask at zero rates.
     */
    iv: Array<number | null>;
    /**
     * Delta of the data, else of the implied volatility.
     */
    delta: Array<number | null>;
};

/**
 * A rate from a date on, percent per year.
 */
export type RateStep = {
    since: string;
    percent: number;
};

/**
 * Orders that one rule of risk or margin refused, at approval or when they were about to fill.
 *
 * Source: answers of the risk manager.
 */
export type Refusals = {
    /**
     * How many.
     */
    count: number;
    /**
     * Instant of the first of them.
     */
    first_at: string;
    /**
     * One sentence with the numbers of the first of them.
     */
    first_reason: string;
};

/**
 * The curve on the days of one kind of market, told by what was known of the benchmark on the evening before.
 *
 * Source: as `benchmark`.
 */
export type Regime = {
    /**
     * `trend`: the benchmark at or above the mean of its last 50 sessions, or below; `volatility`: of its last 21
     * returns, per year.
     */
    kind: string;
    /**
     * Which market of its kind, e.g. `rising` or `15 to 20 %`.
     */
    name: string;
    /**
     * Daily returns in it.
     */
    days: number;
    /**
     * Compounded return over these days; null: not finite.
     */
    total: number | null;
    /**
     * As `returns.mean_daily`; null: not finite.
     */
    mean_daily: number | null;
    /**
     * As `returns.volatility`; null: fewer than two days.
     */
    volatility: number | null;
    /**
     * As `returns.sharpe`; null: fewer than two days, or no spread.
     */
    sharpe: number | null;
    /**
     * Lowest daily return; null: not finite.
     */
    worst_day: number | null;
};

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
export type RegulatoryFees = {
    clearing_fee_per_contract_usd?: number;
    clearing_maximum_per_leg_usd?: number | null;
    options_regulatory_fee_per_contract_usd?: number;
    activity_fee_per_contract_sold_usd?: number;
    activity_fee_per_share_sold_usd?: number;
    activity_maximum_per_share_leg_usd?: number | null;
    sales_fee_usd_per_million?: number;
};

/**
 * Closes legs; the rest of the position goes on, and is held to all limits.
 *
 * Attributes:
 * legs: names of the legs; those that are not held any more are left out.
 */
export type RemoveLeg = {
    kind: 'remove_leg';
    legs: Array<string>;
};

/**
 * The account at the start of the run, and what comes to it from outside.
 *
 * Attributes:
 * cash_flows: deposits and withdrawals; they are no profit, and returns leave them out.
 * financing: interest and the cost of borrowed shares; null: none.
 */
export type ResolvedAccountConfig = {
    initial_cash_usd: number;
    cash_flows: Array<ResolvedCashFlow>;
    financing: ResolvedFinancingConfig | null;
};

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
export type ResolvedAdjustment = {
    name: string;
    when: Array<ResolvedProfitTarget | ResolvedStopLoss | ResolvedTrailingStop | ResolvedBreakEvenStop | ResolvedDaysToExpiration | ResolvedDaysHeld | ResolvedSessionsHeld | ResolvedTimeOfDay | ResolvedOnWeekday | ResolvedBeforeEvent | ResolvedDeltaBreach | ResolvedPriceBreach | ResolvedSignalTrigger>;
    action: ResolvedRoll | MoveLeg | AddLeg | RemoveLeg | Convert;
    at_most: number | null;
    cool_down_sessions: number;
    maximum_debit_usd: number | null;
    time_in_force: 'day' | 'gtc';
    limit_spread_fraction: number | null;
};

/**
 * Bars that a run reads beside its chains: signals see them, and they mark shares and settle what expires.
 *
 * Attributes:
 * symbol: of a share or an index, as `ironfly data list` shows it.
 * resolution: resolution the bars were imported with.
 * adjust: events whose ex-date changes the unit in which signals read past prices of the symbol; all else sees
 * raw prices.
 */
export type ResolvedBarSelection = {
    symbol: string;
    resolution: string;
    adjust: 'none' | 'splits' | 'splits_and_dividends';
};

/**
 * Holds in the last sessions before an event that is known in advance, e.g. earnings.
 *
 * Attributes:
 * event: name of the event in the strategy's `event_dates`; or `dates`.
 * dates: exchange dates of the events, said here.
 * sessions: so many sessions before the date, up to the last one before it; 0: on the date itself.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type ResolvedBeforeEvent = {
    kind: 'before_event';
    event: string | null;
    dates: Array<string> | null;
    sessions: number;
    legs: Array<string>;
};

/**
 * What the curve is compared with; it decides nothing in the run.
 *
 * Attributes:
 * symbol: one of the underlyings or of the bars; left out, with `file` too: the first underlying.
 * file: CSV file `date,value` of a series from outside, which goes before; relative to the configuration file.
 */
export type ResolvedBenchmarkConfig = {
    symbol: string | null;
    file: string | null;
};

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
export type ResolvedBetaConfig = {
    index: string;
    given: {
        [key: string]: number;
    };
    sessions: number;
};

/**
 * Armed once the profit has reached a mark, holds when nothing is left of it (fees apart).
 *
 * Attributes:
 * arm_percent_of_premium: armed at a profit of so many percent of the premium received or paid at entry.
 * arm_percent_of_maximum_profit: armed at so many percent of the most that the position can earn at expiration.
 * arm_usd: armed at this profit of all packages together.
 * legs: names of the legs that are judged and closed, on their own premium; empty: the whole position.
 */
export type ResolvedBreakEvenStop = {
    kind: 'break_even_stop';
    arm_percent_of_premium: number | null;
    arm_percent_of_maximum_profit: number | null;
    arm_usd: number | null;
    legs: Array<string>;
};

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
export type ResolvedCarryQuotes = {
    max_age_minutes: number | null;
    across_sessions: boolean;
    missing_side: 'blank' | 'last';
};

/**
 * A deposit, or (negative) a withdrawal.
 *
 * Attributes:
 * date: exchange date; where it is no session, the next one counts.
 * time: on the exchange's clock; null: at the open.
 */
export type ResolvedCashFlow = {
    date: string;
    amount_usd: number;
    time: string | null;
};

/**
 * Everything that one broker charges for trades, exercise and assignment, at one time.
 *
 * Attributes:
 * index_options: commission of options settled in cash; None: as all other options.
 * exchange: the first entry that names the root of a contract counts.
 * fee_per_exercise_usd: of every contract that its holder exercises, in cash or in shares.
 * fee_per_assignment_usd: of every short contract that is assigned, in cash or in shares.
 */
export type ResolvedCommissionSchedule = {
    kind: 'schedule';
    options: ResolvedOptionCommission;
    index_options: ResolvedOptionCommission | null;
    shares: ResolvedShareCommission;
    exchange: Array<ResolvedExchangeFee>;
    regulatory: ResolvedRegulatoryFees;
    fee_per_exercise_usd: number;
    fee_per_assignment_usd: number;
};

/**
 * Contracts that a run reads: fewer are faster; one that was read once is read until it is dead.
 *
 * Attributes:
 * roots: roots of symbols, e.g. `[SPXW]`; empty: all.
 * max_dte: at most so many days to expiration.
 * min_dte: at least so many days to expiration when a contract is first read.
 * moneyness_percent: strikes at most so far from the price of the underlying.
 */
export type ResolvedContractSelection = {
    roots: Array<string>;
    max_dte: number | null;
    moneyness_percent: number | null;
    min_dte: number | null;
};

/**
 * No entry for some sessions after a position was closed.
 *
 * Attributes:
 * after: `close`: whatever it brought; `loss`: where it lost money, fees counted.
 * in_a_row: only the last of so many closings in a row, or losses without another closing between them; the count
 * begins anew after it.
 * sessions: so many, that of the closing being the first: 1 rests for what is left of it.
 */
export type ResolvedCoolDown = {
    after: 'close' | 'loss';
    sessions: number;
    in_a_row: number;
};

/**
 * A limit on the risk in underlyings that move together, as far as their returns are known.
 *
 * Attributes:
 * max_risk_percent: of net liquidation, for the maximum losses of all positions on such underlyings.
 * above: daily returns that correlate more than this move together.
 * sessions: so many common daily returns must be known; with fewer two underlyings count as unrelated.
 */
export type ResolvedCorrelationLimit = {
    max_risk_percent: number;
    above: number;
    sessions: number;
};

/**
 * The put or the call that a cycle sells.
 *
 * Attributes:
 * profit_target_percent: bought back when so many percent of its premium are earned, on a quote that can be
 * trusted; left out: never.
 * dte: bought back when it has so many days to expiration, or fewer; left out: held to its expiration.
 */
export type ResolvedCycleOption = {
    expiration: ResolvedExpirationSpec;
    delta: ResolvedDeltaTarget;
    profit_target_percent: number | null;
    dte: number | null;
};

/**
 * What a loss since the end of the session before leads to; it ends with the session.
 *
 * Attributes:
 * percent: of net liquidation at the end of the session before.
 * usd: the same as money; whichever of the two is given and reached first.
 * action: as in `DrawdownStep`.
 */
export type ResolvedDailyLossStop = {
    percent: number | null;
    usd: number | null;
    action: 'halt' | 'flatten';
};

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
export type ResolvedDataSelection = {
    source: 'store' | 'model';
    underlyings: Array<string>;
    resolution: string;
    model_seed: number;
    greeks: 'own' | 'vendor';
    times: Array<string>;
    every_minutes: number | null;
    contracts: ResolvedContractSelection;
    bars: Array<ResolvedBarSelection>;
    share_quotes: Array<ResolvedBarSelection>;
    carry_quotes: ResolvedCarryQuotes | null;
    settlement_values: string | null;
    overrides: string | null;
};

/**
 * Holds when the position has been open for so many exchange dates, weekends and holidays included, or more.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type ResolvedDaysHeld = {
    kind: 'days_held';
    days: number;
    legs: Array<string>;
};

/**
 * Holds when an expiration is so many exchange dates away, or fewer.
 *
 * Attributes:
 * leg: name of the leg whose expiration counts; left out: the nearest one held.
 * legs: names of the legs that are closed, of which the nearest counts; empty: the whole position.
 */
export type ResolvedDaysToExpiration = {
    kind: 'dte';
    days: number;
    leg: string | null;
    legs: Array<string>;
};

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
export type ResolvedDeclarativeStrategy = {
    name: string;
    kind: 'declarative';
    structure: string;
    underlying: string;
    expirations: {
        [key: string]: ResolvedExpirationSpec | ResolvedExactExpiration | ResolvedLaterExpiration;
    };
    legs: Array<ResolvedLegSpec | ResolvedSharesSpec>;
    liquidity: ResolvedLiquidityFilter;
    same_strike: ResolvedSameStrikeRule;
    entry: ResolvedEntryRules;
    exit: ResolvedExitRules;
    sizing: ResolvedFixedContracts | ResolvedPercentAtRisk | ResolvedPercentOfEquity | PercentOfMargin | ResolvedKellyFraction | ResolvedNetDeltaBudget | NetGammaBudget | NetVegaBudget | NetThetaBudget | ResolvedStressBudget;
    budget: ResolvedStrategyBudget;
    event_dates: string | null;
    adjustments: Array<ResolvedAdjustment>;
    hedge: ResolvedDeltaHedge | null;
};

/**
 * Holds when the delta of a leg, its sign left out, has come to a bound; needs a quote that can be trusted.
 *
 * Attributes:
 * leg: name of the leg whose delta counts.
 * above: so much or more.
 * below: so much or less.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type ResolvedDeltaBreach = {
    kind: 'delta_breach';
    leg: string;
    above: number | null;
    below: number | null;
    legs: Array<string>;
};

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
export type ResolvedDeltaHedge = {
    using: ResolvedShareHedge | OptionHedge;
    when: HedgeBand | ResolvedHedgeSchedule;
    target_delta_shares: number;
    scope: 'position' | 'strategy';
};

/**
 * A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].
 *
 * Attributes:
 * tolerance: allowed distance from the target, beside minimum and maximum.
 */
export type ResolvedDeltaTarget = {
    target: number;
    minimum: number;
    maximum: number;
    tolerance: number | null;
};

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
export type ResolvedDrawdownStep = {
    at_percent: number;
    action: 'halt' | 'reduce' | 'flatten';
    size_factor: number;
    close_percent: number;
    resume_after_sessions: number | null;
    resume_within_percent: number | null;
};

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
export type ResolvedEntryRules = {
    schedule: ResolvedEntrySchedule;
    conditions: Array<ResolvedSignalCondition | ExpressionCondition | ResolvedEventCondition | AllOf | AnyOf | NoneOf>;
    cool_down: Array<ResolvedCoolDown>;
    max_open_positions: number;
    max_open_per_expiration: number | null;
    max_entries_per_day: number | null;
    max_entries_per_week: number | null;
    when_full: 'do_not_enter' | 'close_oldest';
    time_in_force: 'day' | 'gtc';
    limit_spread_fraction: number | null;
};

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
export type ResolvedEntrySchedule = {
    times: Array<string>;
    minutes_after_open: Array<number>;
    minutes_before_close: Array<number>;
    tolerance_minutes: number;
    windows: Array<ResolvedTimeWindow>;
    weekdays: Array<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'>;
    every_sessions: number | null;
    every_days: number | null;
    since: string | null;
    days_of_month: Array<number>;
    sessions_of_week: Array<number>;
    sessions_of_month: Array<number>;
    dte: {
        [key: string]: number;
    };
    closed_day: 'next_session' | 'previous_session' | 'skip';
};

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
export type ResolvedEventCondition = {
    event: string;
    from_sessions: number;
    to_sessions: number;
};

/**
 * The expiration that is exactly so many days away, counted in exchange dates; `dte: 0` expires today.
 *
 * Attributes:
 * roots: as in `ExpirationSpec`.
 * cycle: as in `ExpirationSpec`.
 */
export type ResolvedExactExpiration = {
    dte: number;
    roots: Array<string>;
    cycle: 'all' | 'monthly' | 'weekly';
};

/**
 * What an exchange takes for contracts of some roots, passed on by the broker.
 *
 * Attributes:
 * roots: roots of symbols, e.g. `[SPX, SPXW]`.
 * premium_tiers: other fees for cheap options.
 */
export type ResolvedExchangeFee = {
    roots: Array<string>;
    fee_per_contract_usd: number;
    premium_tiers: Array<PremiumTier>;
};

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
export type ResolvedExecutionConfig = {
    fills: ResolvedSpreadFractionFills | MidFills | TouchFills | ResolvedMidSlippageFills | ResolvedSquareRootImpactFills | ResolvedModelPriceFills;
    fees: ResolvedPerContractFeesConfig | NoFeesConfig | PresetFees | ResolvedCommissionSchedule;
    fill_timing: 'next_snapshot' | 'same_snapshot';
    net_rounding: 'against_trader' | 'none';
    worthless_long: 'keep' | 'give_up';
    crossed_quotes: 'wait' | 'trade';
    share_half_spread_usd: number;
    shown_size: 'ignore' | 'all_or_none' | 'partial';
    size_percent: number;
    max_quote_age_s: number | null;
    latency_s: number;
    market_on_close_minutes: number;
};

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
export type ResolvedExerciseConfig = {
    early_assignment: 'optimal' | 'random' | 'off';
    assignment_probability: number;
    early_exercise: boolean;
    delivered_shares: 'liquidate' | 'keep';
};

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
export type ResolvedExitRules = {
    stop_loss_percent: number | null;
    profit_target_percent: number | null;
    dte: number | null;
    rules: Array<ResolvedProfitTarget | ResolvedStopLoss | ResolvedTrailingStop | ResolvedBreakEvenStop | ResolvedDaysToExpiration | ResolvedDaysHeld | ResolvedSessionsHeld | ResolvedTimeOfDay | ResolvedOnWeekday | ResolvedBeforeEvent | ResolvedDeltaBreach | ResolvedPriceBreach | ResolvedSignalTrigger | ResolvedHold>;
    time_in_force: 'day' | 'gtc';
    limit_spread_fraction: number | null;
    at_market: Array<'profit_target' | 'stop_loss' | 'trailing_stop' | 'break_even_stop' | 'dte' | 'days_held' | 'sessions_held' | 'time_of_day' | 'weekday' | 'before_event' | 'delta_breach' | 'price_breach' | 'signal'>;
    market_after_snapshots: number | null;
    market_after_sessions: number | null;
};

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
export type ResolvedExpectedMoveTarget = {
    target: number;
    minimum: number | null;
    maximum: number | null;
    tolerance: number | null;
    measured_by: 'straddle' | 'volatility';
};

/**
 * An expiration by days to expiration, counted in exchange dates; the one nearest to the target, earlier on ties.
 *
 * Attributes:
 * roots: contract roots that are considered, the preferred one first; empty: all. `SPX` settles at the open,
 * `SPXW` at the close.
 * cycle: `monthly`: only the third Friday of a month (the session before it where that is a holiday); `weekly`:
 * only the others.
 */
export type ResolvedExpirationSpec = {
    target_dte: number;
    min_dte: number;
    max_dte: number;
    roots: Array<string>;
    cycle: 'all' | 'monthly' | 'weekly';
};

/**
 * What the run reports of its exposure beside that at its end (docs/risk.md).
 *
 * Attributes:
 * sessions: measure at the end of every session too, for the table `greeks` and the extremes in the summary.
 * stress: shocks whose gains and losses are reported; left out: none.
 */
export type ResolvedExposureReport = {
    sessions: boolean;
    stress: ResolvedStressGrid | null;
};

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
export type ResolvedFinancingConfig = {
    benchmark_percent: number | Array<RateStep> | 'store';
    cash_threshold_usd: number;
    cash_spread_percent: number;
    debit_spread_percent: number;
    borrow_percent: number;
    borrow_percent_by_symbol: {
        [key: string]: number;
    };
    days_per_year: 360 | 365;
};

/**
 * Always the same number of packages.
 */
export type ResolvedFixedContracts = {
    kind: 'fixed_contracts';
    contracts: number;
};

/**
 * Hedges at the first chain at or after certain times.
 *
 * Attributes:
 * times: of the day, on the exchange's clock.
 * every_minutes: so long after the last time, and when something was opened.
 * every_sessions: in every so many sessions once, at its first chain, and when something was opened.
 */
export type ResolvedHedgeSchedule = {
    kind: 'schedule';
    times: Array<string> | null;
    every_minutes: number | null;
    every_sessions: number | null;
};

/**
 * Keeps the position for its expiration: once this holds, the rules below it are not asked any more.
 *
 * Attributes:
 * dte: holds when the nearest expiration is so many exchange dates away, or fewer; left out: always.
 */
export type ResolvedHold = {
    kind: 'hold';
    dte: number | null;
};

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
export type ResolvedKellyFraction = {
    kind: 'kelly';
    win_rate: number;
    payoff_ratio: number;
    fraction: number;
    cap_percent: number;
    learn_after_trades: number | null;
};

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
export type ResolvedLaterExpiration = {
    after: string;
    target_days: number | null;
    min_days: number;
    max_days: number | null;
    roots: Array<string>;
    cycle: 'all' | 'monthly' | 'weekly';
};

/**
 * One option leg: side, right, expiration by name, and exactly one word that says which strike.
 *
 * Attributes:
 * beyond: name of a leg whose strike lies nearer to the money: only strikes further out than it are considered.
 * For words that look at no other leg.
 * liquidity: in place of the strategy's own filter; left out: that one.
 */
export type ResolvedLegSpec = {
    name: string;
    instrument: 'option';
    side: 'buy' | 'sell';
    right: 'call' | 'put';
    expiration: string;
    delta: ResolvedDeltaTarget | null;
    percent_otm: ResolvedPercentOtm | null;
    offset: ResolvedStrikeOffset | null;
    premium: ResolvedPremiumTarget | null;
    expected_move: ResolvedExpectedMoveTarget | null;
    width: ResolvedWidth | null;
    strike_of: ResolvedStrikeOf | null;
    beyond: string | null;
    liquidity: ResolvedLiquidityFilter | null;
    ratio: number;
};

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
export type ResolvedLiquidityFilter = {
    minimum_open_interest: number | null;
    minimum_volume: number | null;
    minimum_bid_usd: number | null;
    maximum_spread_usd: number | null;
    maximum_spread_percent: number | null;
};

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
export type ResolvedMarginCallConfig = {
    check: 'every_mark' | 'interval' | 'session_end';
    interval_minutes: number;
    measure: 'cash' | 'net_liquidation';
    grace_sessions: number;
    liquidation: 'none' | 'worst_structure';
};

/**
 * What margin models that look at prices need to know.
 *
 * Attributes:
 * underlying_classes: class of an underlying by its symbol; an index that is not named is `broad_index`, anything
 * else `equity`.
 * margin_loan: under `regulation_t`, cash may be negative as far as shares and proceeds cover the requirement.
 */
export type ResolvedMarginOptions = {
    underlying_classes: {
        [key: string]: 'equity' | 'narrow_index' | 'broad_index' | 'other_broad_index' | 'leveraged_etf_2x' | 'leveraged_etf_3x';
    };
    margin_loan: boolean;
};

/**
 * The middle of bid and ask plus slippage, the sum of three parts, never beyond the touch.
 *
 * Attributes:
 * spread_percent: of the spread; 50 reaches the touch.
 * price_percent: of the middle.
 */
export type ResolvedMidSlippageFills = {
    kind: 'mid_slippage';
    per_share_usd: number;
    spread_percent: number;
    price_percent: number;
};

/**
 * The value by the pricing kernel at the chain's implied volatility; such fills are labelled and counted.
 *
 * Attributes:
 * clamp_to_quotes: keep the value within bid and ask.
 */
export type ResolvedModelPriceFills = {
    kind: 'model_price';
    clamp_to_quotes: boolean;
};

/**
 * As many packages as keep the net delta of the whole portfolio within plus or minus a budget.
 */
export type ResolvedNetDeltaBudget = {
    kind: 'net_delta_budget';
    delta_shares: number;
};

/**
 * Holds on these days of the week; where one has no session, on the last session before it.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type ResolvedOnWeekday = {
    kind: 'weekday';
    weekdays: Array<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday'>;
    legs: Array<string>;
};

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
export type ResolvedOptionCommission = {
    fee_per_contract_usd: number;
    premium_tiers: Array<PremiumTier>;
    closing_fee_per_contract_usd: number | null;
    free_close_up_to_usd: number | null;
    maximum_per_leg_usd: number | null;
    minimum_per_leg_usd: number;
    minimum_per_order_usd: number;
};

/**
 * A fee for every contract and share, opened or closed; what expires worthless costs nothing.
 *
 * Attributes:
 * fee_per_exercise_usd: of every contract that is exercised or assigned, in cash or in shares.
 */
export type ResolvedPerContractFeesConfig = {
    kind: 'per_contract';
    fee_per_contract_usd: number;
    fee_per_share_usd: number;
    fee_per_exercise_usd: number;
};

/**
 * As many packages as keep the maximum loss of the order within a percentage of net liquidation.
 */
export type ResolvedPercentAtRisk = {
    kind: 'percent_at_risk';
    percent: number;
};

/**
 * As many packages as are together worth a percentage of net liquidation.
 *
 * Attributes:
 * measure: `premium`: what is paid or received for a package; `notional`: what the shares under its bought or its
 * sold contracts cost, whichever are more.
 */
export type ResolvedPercentOfEquity = {
    kind: 'percent_of_equity';
    percent: number;
    measure: 'premium' | 'notional';
};

/**
 * A strike by percent of the underlying's price out of the money; nearest to the target within its bounds.
 *
 * Attributes:
 * target: 5 is 5 % above the price for a call and 5 % below it for a put; negative is in the money.
 * tolerance: allowed distance from the target in percent, beside minimum and maximum.
 */
export type ResolvedPercentOtm = {
    target: number;
    minimum: number | null;
    maximum: number | null;
    tolerance: number | null;
};

/**
 * A strike by what it costs now in USD per share: the ask of a leg that is bought, the bid of one that is sold.
 *
 * Attributes:
 * tolerance: allowed distance from the target in USD, beside minimum and maximum.
 */
export type ResolvedPremiumTarget = {
    target: number;
    minimum: number | null;
    maximum: number | null;
    tolerance: number | null;
};

/**
 * Holds when the underlying has reached a leg's strike or come near it: a put's from above, a call's from below.
 *
 * Attributes:
 * leg: name of the leg whose strike counts.
 * within_usd: already when it is so near.
 * within_percent: already when it is so near, in percent of the strike.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type ResolvedPriceBreach = {
    kind: 'price_breach';
    leg: string;
    within_usd: number | null;
    within_percent: number | null;
    legs: Array<string>;
};

/**
 * How Greeks are computed that the data does not bring; rates are decimals per year, continuously compounded.
 *
 * Attributes:
 * backend: the engine's own kernels, or py_vollib for comparison.
 * rate_source: `store` puts the imported rate that was known when the run begins in the place of `rate`.
 */
export type ResolvedPricingConfig = {
    backend: 'ironfly' | 'py_vollib';
    rate_source: 'constant' | 'store';
    rate: number;
    dividend_yield: number;
};

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
export type ResolvedProfitTarget = {
    kind: 'profit_target';
    percent_of_premium: number | null;
    percent_of_maximum_profit: number | null;
    usd: number | null;
    net_price_usd: number | null;
    legs: Array<string>;
};

/**
 * Watches over the account that act through orders of their own, at every value of the account.
 *
 * Attributes:
 * drawdown: steps, each on its own.
 */
export type ResolvedProtectionConfig = {
    drawdown: Array<ResolvedDrawdownStep>;
    daily_loss: ResolvedDailyLossStop | null;
    trade_stop: ResolvedTradeStop | null;
};

/**
 * A strategy that is programmed.
 *
 * Attributes:
 * source: `path/to/file.py:ClassName`, relative to the configuration file, `package.module:ClassName`, or the name
 * under which an installed package announces a strategy (docs/python_strategies.md).
 * parameters: fields of the class's `Parameters`.
 */
export type ResolvedPythonStrategy = {
    name: string;
    kind: 'python';
    source: string;
    parameters: {
        [key: string]: unknown;
    };
    sizing: ResolvedFixedContracts | ResolvedPercentAtRisk | ResolvedPercentOfEquity | PercentOfMargin | ResolvedKellyFraction | ResolvedNetDeltaBudget | NetGammaBudget | NetVegaBudget | NetThetaBudget | ResolvedStressBudget;
    budget: ResolvedStrategyBudget;
};

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
export type ResolvedRegulatoryFees = {
    clearing_fee_per_contract_usd: number;
    clearing_maximum_per_leg_usd: number | null;
    options_regulatory_fee_per_contract_usd: number;
    activity_fee_per_contract_sold_usd: number;
    activity_fee_per_share_sold_usd: number;
    activity_maximum_per_share_leg_usd: number | null;
    sales_fee_usd_per_million: number;
};

/**
 * How risk is measured and limited.
 *
 * Attributes:
 * margin: `maximum_loss`: what the book can lose at expiration; `regulation_t`: by strategy; `portfolio`: worst of
 * ten moves; `cash`: no margin, every short secured (docs/margin.md).
 * beta: how deltas of several underlyings become one; needed by the limit on it.
 */
export type ResolvedRiskConfig = {
    margin: 'maximum_loss' | 'regulation_t' | 'portfolio' | 'cash';
    margin_options: ResolvedMarginOptions;
    margin_calls: ResolvedMarginCallConfig;
    limits: ResolvedRiskLimits;
    protection: ResolvedProtectionConfig;
    beta: ResolvedBetaConfig | null;
    exposure: ResolvedExposureReport;
};

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
export type ResolvedRiskLimits = {
    max_open_positions: number | null;
    max_abs_delta_shares: number | null;
    max_abs_vega_usd_per_point: number | null;
    max_abs_gamma_shares_per_point: number | null;
    max_abs_theta_usd_per_day: number | null;
    max_abs_beta_weighted_delta_shares: number | null;
    max_positions_per_expiration: number | null;
    max_margin_percent: number | null;
    max_trade_risk_percent: number | null;
    max_heat_percent: number | null;
    max_underlying_risk_percent: number | null;
    max_expiration_risk_percent: number | null;
    max_structure_risk_percent: number | null;
    correlation: ResolvedCorrelationLimit | null;
};

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
export type ResolvedRoll = {
    kind: 'roll';
    legs: Array<string>;
    expiration: string | null;
    strikes: 'specified' | 'same_strike' | 'same_delta';
    direction: 'any' | 'up' | 'down';
};

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
export type ResolvedRunConfig = {
    name: string;
    start: string;
    end: string;
    warm_up_sessions: number;
    data: ResolvedDataSelection;
    strategies: Array<ResolvedDeclarativeStrategy | ResolvedPythonStrategy | ResolvedScriptedStrategy | ResolvedWheelStrategy>;
    signals: Array<ResolvedSignalConfig>;
    account: ResolvedAccountConfig;
    risk: ResolvedRiskConfig;
    execution: ResolvedExecutionConfig;
    pricing: ResolvedPricingConfig;
    exercise: ResolvedExerciseConfig;
    benchmark: ResolvedBenchmarkConfig;
    open_at_end: 'mark' | 'close_at_touch' | 'settle';
    seed: number;
};

/**
 * What to do about a contract that open positions hold already, or that an order which rests would open.
 *
 * Attributes:
 * policy: `allow`; `skip`: no entry; `move`: the strike that comes next within the leg's bounds, which is the
 * next nearest or, where listed strikes are counted, the next further out of the money.
 * within: whose positions count: those of this `strategy`, or all of the `account`.
 */
export type ResolvedSameStrikeRule = {
    policy: 'allow' | 'skip' | 'move';
    within: 'strategy' | 'account';
};

/**
 * A deposit, or (negative) a withdrawal.
 *
 * Attributes:
 * at: exchange clock time.
 */
export type ResolvedScriptedCash = {
    at: string;
    amount_usd: number;
    reason: string;
};

/**
 * An instruction on long options: to exercise them, or not to exercise them when they expire in the money.
 *
 * Attributes:
 * at: exchange clock time.
 * position: label of the position; without one the oldest that holds the contract.
 * quantity: contracts; left out: all that are held. A waiver concerns all of them.
 */
export type ResolvedScriptedExercise = {
    at: string;
    symbol: string;
    instruction: 'exercise' | 'do_not_exercise';
    position: string | null;
    quantity: number | null;
};

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
export type ResolvedScriptedOrder = {
    limit_usd: number | null;
    stop_usd: number | null;
    kind: 'market_on_close' | null;
    at: string;
    legs: Array<ScriptedLeg>;
    label: string | null;
    position: string | null;
    time_in_force: 'day' | 'gtc';
    good_until: string | null;
    effect: 'close' | null;
};

/**
 * Gives an order other terms; it keeps its legs, its label and its time in force, and passes risk anew.
 *
 * Attributes:
 * at: exchange clock time.
 * order: label of the order.
 * quantity: packages; left out: what is left of the order.
 */
export type ResolvedScriptedReplacement = {
    limit_usd: number | null;
    stop_usd: number | null;
    kind: 'market_on_close' | null;
    at: string;
    order: string;
    quantity: number | null;
};

/**
 * A strategy that is a list of what to do and when, e.g. a record of real trades.
 *
 * Attributes:
 * cancel: orders that are withdrawn.
 * replace: orders that get other terms.
 * file: CSV file with more orders and changes, relative to the configuration file (docs/replaying_trades.md).
 */
export type ResolvedScriptedStrategy = {
    name: string;
    kind: 'scripted';
    orders: Array<ResolvedScriptedOrder>;
    cancel: Array<ScriptedCancel>;
    replace: Array<ResolvedScriptedReplacement>;
    exercises: Array<ResolvedScriptedExercise>;
    cash: Array<ResolvedScriptedCash>;
    file: string | null;
};

/**
 * Holds when so many sessions have begun since the one in which the position was opened, or more.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type ResolvedSessionsHeld = {
    kind: 'sessions_held';
    sessions: number;
    legs: Array<string>;
};

/**
 * What a broker takes for shares, per leg of an order.
 *
 * Attributes:
 * minimum_usd: a leg costs at least so much.
 * maximum_percent: but never more than this part of what the shares cost; None: no maximum.
 */
export type ResolvedShareCommission = {
    fee_per_share_usd: number;
    minimum_usd: number;
    maximum_percent: number | null;
};

/**
 * Hedges with shares of the underlying; an index has none.
 *
 * Attributes:
 * round_to: trades are multiples of so many shares.
 */
export type ResolvedShareHedge = {
    kind: 'shares';
    round_to: number;
};

/**
 * One leg of shares of the underlying, traded in one package with the options.
 *
 * Attributes:
 * ratio: as many shares as so many of the contracts deliver: 1 is a hundred shares of a standard contract. In a
 * strategy without options: shares.
 */
export type ResolvedSharesSpec = {
    name: string;
    instrument: 'shares';
    side: 'buy' | 'sell';
    ratio: number;
};

/**
 * Holds when the signal has a value and it lies strictly above and strictly below what is given.
 */
export type ResolvedSignalCondition = {
    signal: string;
    above: number | null;
    below: number | null;
};

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
export type ResolvedSignalConfig = {
    name: string;
    kind: string;
    underlying: string | null;
    parameters: {
        [key: string]: unknown;
    };
    source: string | null;
};

/**
 * Holds when all conditions do: on signals, expressions over signals, event dates, and their combinations.
 *
 * Attributes:
 * conditions: as those of an entry; one on a signal without a value does not hold.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type ResolvedSignalTrigger = {
    kind: 'signal';
    conditions: Array<ResolvedSignalCondition | ExpressionCondition | ResolvedEventCondition | AllOf | AnyOf | NoneOf>;
    legs: Array<string>;
};

/**
 * Buy at bid + f (ask - bid), sell at ask - f (ask - bid); 0.5 is mid, 1 is touch.
 *
 * Attributes:
 * fraction_by_legs: f for one, two, three, and four or more option legs.
 */
export type ResolvedSpreadFractionFills = {
    kind: 'spread_fraction';
    fraction_by_legs: [
        number,
        number,
        number,
        number
    ];
};

/**
 * A fraction of the spread plus coefficient x spread x sqrt(contracts / depth), which may lead beyond the touch.
 *
 * Attributes:
 * fraction: of the spread, without impact; 1 is the touch.
 * depth: `size` shown on the side that is taken, or `volume` of the day so far; without it an order waits.
 */
export type ResolvedSquareRootImpactFills = {
    kind: 'square_root_impact';
    fraction: number;
    coefficient: number;
    depth: 'size' | 'volume';
};

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
export type ResolvedStopLoss = {
    kind: 'stop_loss';
    percent_of_premium: number | null;
    percent_of_maximum_loss: number | null;
    usd: number | null;
    net_price_usd: number | null;
    legs: Array<string>;
};

/**
 * What one strategy may take of the account; the margin of the whole book is checked as well.
 *
 * Attributes:
 * percent_of_equity: of net liquidation, for the cash that the strategy's positions bind as if they stood alone:
 * their requirement and what was paid for them, less what was received.
 * margin_usd: requirement of the strategy's positions as if they stood alone.
 * max_positions: open positions of the strategy.
 */
export type ResolvedStrategyBudget = {
    percent_of_equity: number | null;
    margin_usd: number | null;
    max_positions: number | null;
};

/**
 * As many packages as keep the worst loss of the whole portfolio under shocks within a budget.
 *
 * Attributes:
 * percent_of_equity: of net liquidation.
 * loss_usd: as money; the lesser of the two where both are given.
 * shocks: moves of prices and volatilities.
 */
export type ResolvedStressBudget = {
    kind: 'stress_budget';
    percent_of_equity: number | null;
    loss_usd: number | null;
    shocks: ResolvedStressGrid;
};

/**
 * Shocks that are applied at once to all underlyings, each price with each volatility; time stands still.
 *
 * Attributes:
 * spot_percent: moves of the underlyings' prices, in percent.
 * volatility_points: moves of implied volatilities, in points: 5 makes 20 % into 25 %; none falls below 0.
 */
export type ResolvedStressGrid = {
    spot_percent: Array<number>;
    volatility_points: Array<number>;
};

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
export type ResolvedStrikeOf = {
    leg: string;
    points: number;
    strikes: number;
    tolerance: number;
};

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
export type ResolvedStrikeOffset = {
    points: number | null;
    strikes: number | null;
    minimum: number | null;
    maximum: number | null;
    tolerance: number | null;
};

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
export type ResolvedTimeOfDay = {
    kind: 'time_of_day';
    at: string | null;
    minutes_before_close: number | null;
    minutes_after_open: number | null;
    on_last_trading_day: boolean;
    weekdays: Array<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday'>;
    legs: Array<string>;
};

/**
 * A part of every session in which each chain may be entered on; both ends count.
 *
 * Attributes:
 * start: exchange clock time; or `minutes_after_open`; left out: the open.
 * end: exchange clock time; or `minutes_before_close`; left out: the close.
 */
export type ResolvedTimeWindow = {
    start: string | null;
    end: string | null;
    minutes_after_open: number | null;
    minutes_before_close: number | null;
};

/**
 * Closes a position whose loss, before fees, has reached a bound, whatever its strategy says.
 *
 * Attributes:
 * percent: of net liquidation.
 * usd: as money; whichever of the two is given and reached first.
 */
export type ResolvedTradeStop = {
    percent: number | null;
    usd: number | null;
};

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
export type ResolvedTrailingStop = {
    kind: 'trailing_stop';
    arm_percent_of_premium: number | null;
    arm_percent_of_maximum_profit: number | null;
    arm_usd: number | null;
    give_back_percent_of_premium: number | null;
    give_back_percent_of_peak: number | null;
    give_back_usd: number | null;
    legs: Array<string>;
};

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
export type ResolvedWheelStrategy = {
    name: string;
    kind: 'wheel';
    underlying: string;
    begin: 'put' | 'shares';
    put: ResolvedCycleOption | null;
    call: ResolvedCycleOption;
    never_below: 'break_even' | 'purchase' | 'nothing';
    sizing: ResolvedFixedContracts | ResolvedPercentAtRisk | ResolvedPercentOfEquity | PercentOfMargin | ResolvedKellyFraction | ResolvedNetDeltaBudget | NetGammaBudget | NetVegaBudget | NetThetaBudget | ResolvedStressBudget;
    budget: ResolvedStrategyBudget;
};

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
export type ResolvedWidth = {
    leg: string;
    points: number | null;
    percent: number | null;
    strikes: number | null;
    minimum: number | null;
    maximum: number | null;
    tolerance: number | null;
};

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
export type Returns = {
    /**
     * Last value of the curve by the first, less 1; null: not finite.
     */
    total: number | null;
    /**
     * Compound annual growth rate, (last / first) ^ (365.25 / calendar days) - 1; -1 after a total loss; null: the
     * run is shorter than a day.
     */
    cagr: number | null;
    /**
     * Arithmetic mean of the daily returns; null: no returns.
     */
    mean_daily: number | null;
    /**
     * Standard deviation of daily returns (ddof 1) times the root of 252; null: fewer than two returns.
     */
    volatility: number | null;
    /**
     * Root of the mean square of the negative daily returns, over all of them, times the root of 252; null: no
     * returns.
     */
    downside_deviation: number | null;
    /**
     * Mean of daily returns by their standard deviation (ddof 1), times the root of 252; null: fewer than two
     * returns, or no spread.
     */
    sharpe: number | null;
    /**
     * Probability that the true Sharpe ratio is above 0, given length, biased skewness and raw kurtosis of the returns
     * (Bailey and Lopez de Prado, 2012); null: as `sharpe`.
     */
    probabilistic_sharpe: number | null;
    /**
     * Mean of daily returns times 252 by the downside deviation; null: no day lost.
     */
    sortino: number | null;
    /**
     * `cagr` by the size of the deepest drawdown; also called MAR; null: the curve never fell.
     */
    calmar: number | null;
    /**
     * Sum of daily gains by sum of daily losses; null: no day lost.
     */
    omega: number | null;
    /**
     * Size of the 95th percentile of daily returns by that of the 5th; null: the 5th is 0, or there are no returns.
     */
    tail_ratio: number | null;
    /**
     * Root of the mean square of the drawdowns at the ends of sessions, positive; null: not finite.
     */
    ulcer_index: number | null;
    /**
     * `cagr` by the ulcer index; null: the curve never fell.
     */
    ulcer_performance_index: number | null;
    /**
     * 5th percentile of daily returns; negative for a loss; null: no returns.
     */
    var95: number | null;
    /**
     * 1st percentile of daily returns; null: no returns.
     */
    var99: number | null;
    /**
     * 5th percentile of a normal distribution with their mean and standard deviation; null: fewer than two returns.
     */
    var95_gaussian: number | null;
    /**
     * Mean of the daily returns at or below `var95`; null: no returns.
     */
    cvar95: number | null;
    /**
     * Third standardised moment of daily returns, biased; null: they are all the same.
     */
    skewness: number | null;
    /**
     * Fourth standardised moment of daily returns, biased and raw: 3 for a normal distribution; null: they are all the
     * same.
     */
    kurtosis: number | null;
    /**
     * Highest daily return; null: no returns.
     */
    best_day: number | null;
    /**
     * Lowest daily return; null: no returns.
     */
    worst_day: number | null;
    /**
     * Days with a gain by all days; null: no returns.
     */
    win_rate_daily: number | null;
    /**
     * Sum of daily gains by the size of the sum of daily losses; null: no day lost.
     */
    profit_factor_daily: number | null;
    /**
     * Average daily gain by the size of the average daily loss; null: no day won, or none lost.
     */
    payoff_ratio_daily: number | null;
    /**
     * Mean of the daily returns above 0; null: no such day.
     */
    average_gain_daily: number | null;
    /**
     * Mean of the daily returns below 0, negative; null: no such day.
     */
    average_loss_daily: number | null;
    /**
     * Of daily returns with those of the day before: sum of the products of neighbours' deviations from the mean by the
     * sum of its squares; far from 0, `sharpe` deceives; null: fewer than two, or all the same.
     */
    autocorrelation: number | null;
    /**
     * Probability that the true Sharpe ratio is above the best that 10 worthless trials are expected to show (Bailey
     * and Lopez de Prado, 2014); null: as `sharpe`.
     */
    deflated_sharpe_10: number | null;
    /**
     * The same of 100 trials; null: as `sharpe`.
     */
    deflated_sharpe_100: number | null;
    /**
     * The same of 1,000 trials; null: as `sharpe`.
     */
    deflated_sharpe_1000: number | null;
};

/**
 * How risk is measured and limited.
 *
 * Attributes:
 * margin: `maximum_loss`: what the book can lose at expiration; `regulation_t`: by strategy; `portfolio`: worst of
 * ten moves; `cash`: no margin, every short secured (docs/margin.md).
 * beta: how deltas of several underlyings become one; needed by the limit on it.
 */
export type RiskConfig = {
    margin?: 'maximum_loss' | 'regulation_t' | 'portfolio' | 'cash';
    margin_options?: MarginOptions;
    margin_calls?: MarginCallConfig;
    limits?: RiskLimits;
    protection?: ProtectionConfig;
    beta?: BetaConfig | null;
    exposure?: ExposureReport;
};

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
export type RiskLimits = {
    max_open_positions?: number | null;
    max_abs_delta_shares?: number | null;
    max_abs_vega_usd_per_point?: number | null;
    max_abs_gamma_shares_per_point?: number | null;
    max_abs_theta_usd_per_day?: number | null;
    max_abs_beta_weighted_delta_shares?: number | null;
    max_positions_per_expiration?: number | null;
    max_margin_percent?: number | null;
    max_trade_risk_percent?: number | null;
    max_heat_percent?: number | null;
    max_underlying_risk_percent?: number | null;
    max_expiration_risk_percent?: number | null;
    max_structure_risk_percent?: number | null;
    correlation?: CorrelationLimit | null;
};

/**
 * The daily returns of the run drawn again, in blocks, many times: other orders of the same good and bad times.
 *
 * A path is as long as the run and put together from stretches of its own returns, which begin anywhere and go on past
 * the end at the beginning (stationary bootstrap; Politis and Romano, 1994). What never happened in the run happens on
 * no path. What several runs say together, e.g. how figures hang on parameters, is no property of one of them.
 *
 * Source: the account at the last mark of every session, `equity.csv`; `config.seed` draws the paths.
 */
export type Robustness = {
    /**
     * How paths are made.
     */
    method: 'stationary_bootstrap';
    /**
     * How many.
     */
    paths: number;
    /**
     * Expected length of a stretch: the cube root of the number of returns (Politis and White, 2004).
     */
    mean_block_sessions: number;
    /**
     * Compound annual growth rate of the paths; null: the run is shorter than a day.
     */
    cagr: Spread | null;
    /**
     * Deepest fall of the paths, negative; `low` is the bad case.
     */
    max_drawdown: Spread;
    /**
     * Paths that end below their start.
     */
    probability_of_loss: number;
    /**
     * Paths that ever fall to half of a peak or less.
     */
    probability_of_halving: number;
    /**
     * How often returns with a mean of 0, drawn alike, have a mean as high as the run's: (1 + such paths) by (1 +
     * paths), one-sided (White, 2000). It knows nothing of other variants that were tried.
     */
    p_value: number;
};

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
export type Roll = {
    kind: 'roll';
    legs?: Array<string>;
    expiration?: string | null;
    strikes?: 'specified' | 'same_strike' | 'same_delta';
    direction?: 'any' | 'up' | 'down';
};

/**
 * Identity and times of the run; `id`, times and `host` are outside the summary hash.
 *
 * Source: the process that ran it, its clock, and the configuration.
 */
export type Run = {
    /**
     * Unique name of this run.
     */
    id: string;
    /**
     * When the run was asked for, UTC.
     */
    created: string;
    /**
     * When its first event was handled, UTC.
     */
    started: string;
    /**
     * When its last event was handled, UTC.
     */
    finished: string;
    /**
     * Wall-clock time between the two.
     */
    elapsed_s: number;
    host: Host;
    /**
     * Version of ironfly.
     */
    engine_version: string;
    /**
     * `interrupted`: stopped by the user; everything here covers the time up to `simulated_to`.
     */
    status: 'complete' | 'interrupted';
    /**
     * Seed of everything random.
     */
    seed: number;
    /**
     * Instant of the first mark of the account, UTC; null: there was none.
     */
    simulated_from: string | null;
    /**
     * Instant of the last mark of the account, UTC; null: there was none.
     */
    simulated_to: string | null;
    /**
     * Bars, chains and settlement values that were handled.
     */
    market_events: number;
};

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
export type RunConfig = {
    name: string;
    start: string;
    end: string;
    warm_up_sessions?: number;
    data: DataSelection;
    strategies: Array<DeclarativeStrategy | PythonStrategy | ScriptedStrategy | WheelStrategy>;
    signals?: Array<SignalConfig>;
    account?: AccountConfig;
    risk?: RiskConfig;
    execution?: ExecutionConfig;
    pricing?: PricingConfig;
    exercise?: ExerciseConfig;
    benchmark?: BenchmarkConfig;
    open_at_end?: 'mark' | 'close_at_touch' | 'settle';
    seed?: number;
};

/**
 * What to do about a contract that open positions hold already, or that an order which rests would open.
 *
 * Attributes:
 * policy: `allow`; `skip`: no entry; `move`: the strike that comes next within the leg's bounds, which is the
 * next nearest or, where listed strikes are counted, the next further out of the money.
 * within: whose positions count: those of this `strategy`, or all of the `account`.
 */
export type SameStrikeRule = {
    policy?: 'allow' | 'skip' | 'move';
    within?: 'strategy' | 'account';
};

/**
 * Withdraws an order, or what is left of it.
 *
 * Attributes:
 * at: exchange clock time.
 * order: label of the order.
 */
export type ScriptedCancel = {
    at: string;
    order: string;
};

/**
 * A deposit, or (negative) a withdrawal.
 *
 * Attributes:
 * at: exchange clock time.
 */
export type ScriptedCash = {
    at: string;
    amount_usd: number;
    reason?: string;
};

/**
 * An instruction on long options: to exercise them, or not to exercise them when they expire in the money.
 *
 * Attributes:
 * at: exchange clock time.
 * position: label of the position; without one the oldest that holds the contract.
 * quantity: contracts; left out: all that are held. A waiver concerns all of them.
 */
export type ScriptedExercise = {
    at: string;
    symbol: string;
    instruction?: 'exercise' | 'do_not_exercise';
    position?: string | null;
    quantity?: number | null;
};

/**
 * One leg of an order.
 *
 * Attributes:
 * symbol: OSI symbol with or without its blanks, e.g. `SPXW  190426C02900000`; or the symbol of a share.
 * quantity: contracts or shares, bought when positive, sold when negative.
 */
export type ScriptedLeg = {
    symbol: string;
    quantity: number;
};

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
export type ScriptedOrder = {
    limit_usd?: number | null;
    stop_usd?: number | null;
    kind?: 'market_on_close' | null;
    at: string;
    legs: Array<ScriptedLeg>;
    label?: string | null;
    position?: string | null;
    time_in_force?: 'day' | 'gtc';
    good_until?: string | null;
    effect?: 'close' | null;
};

/**
 * Gives an order other terms; it keeps its legs, its label and its time in force, and passes risk anew.
 *
 * Attributes:
 * at: exchange clock time.
 * order: label of the order.
 * quantity: packages; left out: what is left of the order.
 */
export type ScriptedReplacement = {
    limit_usd?: number | null;
    stop_usd?: number | null;
    kind?: 'market_on_close' | null;
    at: string;
    order: string;
    quantity?: number | null;
};

/**
 * A strategy that is a list of what to do and when, e.g. a record of real trades.
 *
 * Attributes:
 * cancel: orders that are withdrawn.
 * replace: orders that get other terms.
 * file: CSV file with more orders and changes, relative to the configuration file (docs/replaying_trades.md).
 */
export type ScriptedStrategy = {
    name: string;
    kind: 'scripted';
    orders?: Array<ScriptedOrder>;
    cancel?: Array<ScriptedCancel>;
    replace?: Array<ScriptedReplacement>;
    exercises?: Array<ScriptedExercise>;
    cash?: Array<ScriptedCash>;
    file?: string | null;
};

/**
 * Exchange sessions of the range, warm-up included, against those in the data.
 */
export type Sessions = {
    /**
     * Sessions that the exchange held.
     */
    expected: number;
    /**
     * Those with data of every underlying.
     */
    present: number;
    /**
     * Those without.
     */
    missing: Array<UnderlyingDay>;
    /**
     * Those whose chain repeats the previous session's; no order fills on them.
     */
    stale: Array<UnderlyingDay>;
    /**
     * Sessions with data before the start of the run, fewer than asked for where there are none.
     */
    warm_up: number;
};

/**
 * Holds when so many sessions have begun since the one in which the position was opened, or more.
 *
 * Attributes:
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type SessionsHeld = {
    kind: 'sessions_held';
    sessions: number;
    legs?: Array<string>;
};

/**
 * One atomic settlement: all held contracts of one root and settlement instant, on one price.
 */
export type Settlement = {
    /**
     * Root symbol of the contracts, e.g. `SPXW`.
     */
    root: string;
    /**
     * Instant whose price settles the contracts.
     */
    settles_at: string;
    /**
     * Instant of the event at which the run settled them.
     */
    settled_at: string;
    /**
     * Settlement value of the underlying.
     */
    price: number;
    /**
     * Where the price came from.
     */
    source: 'official' | 'first_print_of_session' | 'last_before_settlement' | 'last_known';
    /**
     * The price is a stand-in, not an official settlement value.
     */
    settlement_proxy: boolean;
    /**
     * Instant of the price.
     */
    priced_at: string;
    /**
     * Contracts settled, long and short.
     */
    contracts: number;
};

/**
 * Where official settlement values of the run came from.
 */
export type SettlementFile = {
    /**
     * The file that the configuration names, or the store.
     */
    origin: 'file' | 'store';
    /**
     * File name without its folder; of the store: names of the files that were imported.
     */
    name: string;
    /**
     * Hash of the file; of the store: of the values.
     */
    sha256: string;
};

/**
 * All settlements, and how many rest on a proxy.
 *
 * Source: settlements of the run, on the prices that `assumptions.settlement_source` names.
 */
export type Settlements = {
    /**
     * Settlements, each of one root and instant.
     */
    count: number;
    /**
     * Those on a price that is no official settlement value.
     */
    proxies: number;
    /**
     * Settlements by where their price came from.
     */
    by_source: {
        [key: string]: number;
    };
    /**
     * Each of them, in the order of the run.
     */
    settled: Array<Settlement>;
};

/**
 * What a broker takes for shares, per leg of an order.
 *
 * Attributes:
 * minimum_usd: a leg costs at least so much.
 * maximum_percent: but never more than this part of what the shares cost; None: no maximum.
 */
export type ShareCommission = {
    fee_per_share_usd?: number;
    minimum_usd?: number;
    maximum_percent?: number | null;
};

/**
 * Hedges with shares of the underlying; an index has none.
 *
 * Attributes:
 * round_to: trades are multiples of so many shares.
 */
export type ShareHedge = {
    kind?: 'shares';
    round_to?: number;
};

/**
 * One leg of shares of the underlying, traded in one package with the options.
 *
 * Attributes:
 * ratio: as many shares as so many of the contracts deliver: 1 is a hundred shares of a standard contract. In a
 * strategy without options: shares.
 */
export type SharesSpec = {
    name: string;
    instrument: 'shares';
    side: 'buy' | 'sell';
    ratio?: number;
};

/**
 * Holds when the signal has a value and it lies strictly above and strictly below what is given.
 */
export type SignalCondition = {
    signal: string;
    above?: number | null;
    below?: number | null;
};

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
export type SignalConfig = {
    name: string;
    kind: string;
    underlying?: string | null;
    parameters?: {
        [key: string]: unknown;
    };
    source?: string | null;
};

/**
 * Holds when all conditions do: on signals, expressions over signals, event dates, and their combinations.
 *
 * Attributes:
 * conditions: as those of an entry; one on a signal without a value does not hold.
 * legs: names of the legs that are closed; empty: the whole position.
 */
export type SignalTrigger = {
    kind: 'signal';
    conditions: Array<SignalCondition | ExpressionCondition | EventCondition | AllOf | AnyOf | NoneOf>;
    legs?: Array<string>;
};

/**
 * Rows of a file that yield no snapshot.
 */
export type SkippedRows = {
    /**
     * File name without its folder.
     */
    name: string;
    /**
     * Exchange date that the rows claim.
     */
    day: string;
    /**
     * Symbol that the rows claim.
     */
    underlying: string;
    /**
     * How many.
     */
    rows: number;
    /**
     * Why they were left out.
     */
    reason: string;
};

/**
 * Percentiles over the paths, linear between ranks.
 */
export type Spread = {
    /**
     * 5th percentile.
     */
    low: number;
    /**
     * 50th percentile.
     */
    median: number;
    /**
     * 95th percentile.
     */
    high: number;
};

/**
 * Buy at bid + f (ask - bid), sell at ask - f (ask - bid); 0.5 is mid, 1 is touch.
 *
 * Attributes:
 * fraction_by_legs: f for one, two, three, and four or more option legs.
 */
export type SpreadFractionFills = {
    kind?: 'spread_fraction';
    fraction_by_legs?: [
        number,
        number,
        number,
        number
    ];
};

/**
 * A fraction of the spread plus coefficient x spread x sqrt(contracts / depth), which may lead beyond the touch.
 *
 * Attributes:
 * fraction: of the spread, without impact; 1 is the touch.
 * depth: `size` shown on the side that is taken, or `volume` of the day so far; without it an order waits.
 */
export type SquareRootImpactFills = {
    kind: 'square_root_impact';
    fraction?: number;
    coefficient?: number;
    depth?: 'size' | 'volume';
};

/**
 * The four steps of the revaluation; together with what is booked and the unexplained they are the profit.
 */
export type Steps = {
    /**
     * `theta_usd`.
     */
    time_usd: number;
    /**
     * `delta_usd` + `gamma_usd` + `spot_higher_order_usd`.
     */
    spot_usd: number;
    /**
     * `vega_usd` + `vanna_usd` + `volga_usd` + `volatility_higher_order_usd`.
     */
    volatility_usd: number;
    /**
     * `rho_usd`.
     */
    rate_usd: number;
};

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
export type StopLoss = {
    kind: 'stop_loss';
    percent_of_premium?: number | null;
    percent_of_maximum_loss?: number | null;
    usd?: number | null;
    net_price_usd?: number | null;
    legs?: Array<string>;
};

/**
 * What one strategy may take of the account; the margin of the whole book is checked as well.
 *
 * Attributes:
 * percent_of_equity: of net liquidation, for the cash that the strategy's positions bind as if they stood alone:
 * their requirement and what was paid for them, less what was received.
 * margin_usd: requirement of the strategy's positions as if they stood alone.
 * max_positions: open positions of the strategy.
 */
export type StrategyBudget = {
    percent_of_equity?: number | null;
    margin_usd?: number | null;
    max_positions?: number | null;
};

/**
 * What one strategy made of the account; with interest the profits of all add up to the account's.
 *
 * Source: the trades of the strategy, the ledger, and its positions' margin as if they stood alone.
 */
export type StrategyResult = {
    /**
     * Trades that it opened, those still open included.
     */
    trades: number;
    /**
     * Profit of its trades after fees, open ones at their last mark, with dividends.
     */
    profit_usd: number;
    /**
     * Fees of its trades, positive.
     */
    fees_usd: number;
    /**
     * Dividends on what it held, negative on short shares.
     */
    dividends_usd: number;
    /**
     * Highest requirement of its positions as if they stood alone, after changes of the book; null: without bound.
     */
    max_margin_usd: number | null;
    /**
     * Its part of the requirements of all strategies, averaged over time; null: there were none.
     */
    margin_share: number | null;
};

/**
 * Gains of everything held when all prices and all volatilities jump at once, time standing still.
 */
export type Stress = {
    /**
     * Moves of prices, one per row of `gains_usd`.
     */
    spot_percent: Array<number>;
    /**
     * Moves of implied volatilities, one per column.
     */
    volatility_points: Array<number>;
    /**
     * Value after both moves less value before, by the pricing model.
     */
    gains_usd: Array<Array<number>>;
};

/**
 * As many packages as keep the worst loss of the whole portfolio under shocks within a budget.
 *
 * Attributes:
 * percent_of_equity: of net liquidation.
 * loss_usd: as money; the lesser of the two where both are given.
 * shocks: moves of prices and volatilities.
 */
export type StressBudget = {
    kind: 'stress_budget';
    percent_of_equity?: number | null;
    loss_usd?: number | null;
    shocks?: StressGrid;
};

/**
 * Shocks that are applied at once to all underlyings, each price with each volatility; time stands still.
 *
 * Attributes:
 * spot_percent: moves of the underlyings' prices, in percent.
 * volatility_points: moves of implied volatilities, in points: 5 makes 20 % into 25 %; none falls below 0.
 */
export type StressGrid = {
    spot_percent?: Array<number>;
    volatility_points?: Array<number>;
};

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
export type StrikeOf = {
    leg: string;
    points?: number;
    strikes?: number;
    tolerance?: number;
};

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
export type StrikeOffset = {
    points?: number | null;
    strikes?: number | null;
    minimum?: number | null;
    maximum?: number | null;
    tolerance?: number | null;
};

/**
 * Everything worth knowing about one run.
 */
export type Summary = {
    /**
     * Version of this schema: within it fields are only added; it rises when one changes its meaning, or disappears.
     */
    schema_version: 1;
    /**
     * What to know before believing the figures, one sentence each, most important first.
     */
    warnings: Array<string>;
    assumptions: Assumptions;
    run: Run;
    /**
     * The full configuration, defaults written out; `run.schema.json` describes it.
     */
    config: ResolvedRunConfig;
    /**
     * Hash of the canonical JSON of `config`.
     */
    config_hash: string;
    data: Data;
    /**
     * How much of the result rests on prices that deserve less trust.
     */
    trust: Trust;
    capital: Capital;
    returns: Returns;
    periods: Periods;
    /**
     * Windows of 63 and of 252 sessions that end with each month, as soon as the run is that long.
     */
    rolling: Array<Window>;
    drawdown: Drawdown;
    /**
     * The curve beside `config.benchmark`; null: fewer than two values of it.
     */
    benchmark: Benchmark | null;
    /**
     * The curve in different markets; empty before there are enough values of the benchmark.
     */
    regimes: Array<Regime>;
    /**
     * How else the run could have come out; null: fewer than 60 daily returns, which say nothing of it.
     */
    robustness: Robustness | null;
    trades: Trades;
    attribution: Attribution;
    settlements: Settlements;
    marks: Marks;
    /**
     * By strategy: why there was no trade, or fewer than expected.
     */
    funnel: {
        [key: string]: Funnel;
    };
    /**
     * Refused orders by rule.
     */
    refusals: {
        [key: string]: Refusals;
    };
    orders: Orders;
    /**
     * Times that a resting order could not fill, by reason.
     */
    blocked_fills: {
        [key: string]: number;
    };
    lifecycle: Lifecycle;
    margin_calls: MarginCalls;
    /**
     * By strategy: what it made of the account.
     */
    strategies: {
        [key: string]: StrategyResult;
    };
    exposure: ExposureSection;
    protection: Protection;
    costs: Costs;
    fill_sensitivity: FillSensitivity;
    accounting: Accounting;
    /**
     * Hash of every event of the run in order, market data included.
     */
    event_log_hash: string;
    /**
     * Hash of the canonical JSON of this document without itself, `artifacts`, and `run`'s id, times and host.
     */
    summary_hash: string;
    artifacts: Artifacts;
};

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
export type TimeOfDay = {
    kind: 'time_of_day';
    at?: string | null;
    minutes_before_close?: number | null;
    minutes_after_open?: number | null;
    on_last_trading_day?: boolean;
    weekdays?: Array<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday'>;
    legs?: Array<string>;
};

/**
 * A part of every session in which each chain may be entered on; both ends count.
 *
 * Attributes:
 * start: exchange clock time; or `minutes_after_open`; left out: the open.
 * end: exchange clock time; or `minutes_before_close`; left out: the close.
 */
export type TimeWindow = {
    start?: string | null;
    end?: string | null;
    minutes_after_open?: number | null;
    minutes_before_close?: number | null;
};

/**
 * Buy at the ask, sell at the bid.
 */
export type TouchFills = {
    kind: 'touch';
};

/**
 * Trades that touch something.
 */
export type Touched = {
    /**
     * How many.
     */
    trades: number;
    /**
     * By all trades, those still open included; null: there is none.
     */
    trades_fraction: number | null;
    /**
     * Sum of their profits after fees; of open ones at their last mark.
     */
    profit_usd: number;
    /**
     * Sum of the sizes of these profits, so that gains do not hide losses.
     */
    moved_usd: number;
    /**
     * `moved_usd` by the same of all trades; null: no trade made or lost anything.
     */
    moved_fraction: number | null;
};

/**
 * One structure from its opening to its end, as the page lists and draws it.
 */
export type Trade = {
    /**
     * Number of the trade, unique in its backtest.
     */
    id: number;
    strategy: string;
    structure: string;
    underlying: string;
    opened_at: string;
    /**
     * Null while open at the end of the run.
     */
    closed_at: string | null;
    /**
     * Packages.
     */
    quantity: number;
    /**
     * Before fees, negative when paid.
     */
    entry_cash_usd: number;
    /**
     * After fees; of an open trade at its last mark.
     */
    profit_usd: number;
    fees_usd: number;
    /**
     * What the strategy called the entry.
     */
    entry_tag: string;
    /**
     * Tag of the closing order, or `expiration`; `open_at_end` where more is open than long legs without a bid.
     */
    exit_reason: string;
    /**
     * A leg was settled on a proxy price.
     */
    proxy_settled: boolean;
    /**
     * Symbols of long legs that found no bid when the rest was closed.
     */
    left_open: Array<string>;
    /**
     * Price of the underlying when it was opened.
     */
    spot_at_entry: number;
    /**
     * Calendar days from the opening to the first expiration; null: no options.
     */
    days_to_expiration: number | null;
    /**
     * Largest size of a delta among the options sold, or bought where none was; null: the data have none.
     */
    delta: number | null;
    /**
     * At expiration, as it was opened, before fees, positive: its R; null: without bound.
     */
    maximum_loss_usd: number | null;
    /**
     * Initial requirement of the position on its own; null: without bound.
     */
    margin_usd: number | null;
    /**
     * Lowest profit before fees at any mark: the maximum adverse excursion.
     */
    worst_usd: number;
    /**
     * Highest profit before fees at any mark: the maximum favourable excursion.
     */
    best_usd: number;
    /**
     * What became of each instrument.
     */
    legs: Array<TradeLeg>;
    /**
     * The legs as they were opened, for `POST /api/payoff`.
     */
    payoff: PayoffRequest;
    /**
     * Where its profit came from, dividends included; null: nothing moved it.
     */
    causes?: Causes | null;
};

/**
 * One instrument over the life of a trade.
 */
export type TradeLeg = {
    symbol: string;
    /**
     * Contracts or shares at the opening, negative when sold; 0 for shares that came from an option.
     */
    quantity: number;
    /**
     * Before fees, negative when paid.
     */
    entry_cash_usd: number;
    /**
     * Of closing, settlement or exercise, before fees, negative when paid.
     */
    exit_cash_usd: number;
    fees_usd: number;
    /**
     * `closed`, `settled`, `exercised`, `assigned`, `given_up`, or `open`.
     */
    exit_kind: string;
};

/**
 * Some trades in the order of opening.
 */
export type TradePage = {
    items: Array<Trade>;
    /**
     * Trades of the backtest.
     */
    total: number;
};

/**
 * Closes a position whose loss, before fees, has reached a bound, whatever its strategy says.
 *
 * Attributes:
 * percent: of net liquidation.
 * usd: as money; whichever of the two is given and reached first.
 */
export type TradeStop = {
    percent?: number | null;
    usd?: number | null;
};

/**
 * Statistics over structures, from opening to end; profit is after fees.
 *
 * Winners, losers, break-evens and all averages are of closed trades. A profit of exactly 0 is neither a win nor a
 * loss.
 *
 * Source: the trades of the run, `trades.csv`.
 */
export type Trades = {
    /**
     * Trades that were opened, those still open included.
     */
    count: number;
    /**
     * Those open at the end of the run, valued at their last mark.
     */
    open_at_end: number;
    /**
     * Closed trades with a profit above 0.
     */
    winners: number;
    /**
     * Closed trades with a profit below 0.
     */
    losers: number;
    /**
     * Closed trades with a profit of exactly 0.
     */
    breakeven: number;
    /**
     * Winners by closed trades; null: none is closed.
     */
    win_rate: number | null;
    /**
     * Gross profit divided by gross loss; null: no loss.
     */
    profit_factor: number | null;
    /**
     * Average win by the size of the average loss; null: no win, or no loss.
     */
    payoff_ratio: number | null;
    /**
     * Average profit per trade; null: none is closed.
     */
    expectancy_usd: number | null;
    /**
     * Average profit per trade by the size of the average loss; null: no loss.
     */
    expectancy_r: number | null;
    /**
     * Win rate less (1 - win rate) by the payoff ratio; negative: no edge; null: no win, or no loss.
     */
    kelly_fraction: number | null;
    /**
     * Average profit of the winners; null: no winner.
     */
    average_win_usd: number | null;
    /**
     * Average profit of the losers, negative; null: no loser.
     */
    average_loss_usd: number | null;
    /**
     * Highest profit of a trade; null: no winner.
     */
    largest_win_usd: number | null;
    /**
     * Lowest profit of a trade, negative; null: no loser.
     */
    largest_loss_usd: number | null;
    /**
     * Most winners in a row, in the order of their ends; a break-even ends a streak.
     */
    longest_winning_streak: number;
    /**
     * Most losers in a row, in the order of their ends.
     */
    longest_losing_streak: number;
    /**
     * Average days of 24 hours from the opening to the end; null: none is closed.
     */
    average_days_in_trade: number | null;
    /**
     * Median of them; null: none is closed.
     */
    median_days_in_trade: number | null;
    /**
     * Median profit of a trade; null: none is closed.
     */
    median_usd: number | null;
    /**
     * Average of profit by what each trade could lose at expiration when it was opened, its R, fees apart; null: of
     * none is that bounded.
     */
    average_profit_r: number | null;
    /**
     * Average of the lowest profit of each trade at any mark, before fees: its maximum adverse excursion, 0 at the
     * opening; null: none is closed.
     */
    average_worst_usd: number | null;
    /**
     * The lowest of them; null: none is closed.
     */
    largest_worst_usd: number | null;
    /**
     * Average of the highest profit of each trade at any mark, before fees: its maximum favourable excursion; null:
     * none is closed.
     */
    average_best_usd: number | null;
    /**
     * The highest of them; null: none is closed.
     */
    largest_best_usd: number | null;
    /**
     * Average of the highest profit less the final one, both before fees: the end-of-trade drawdown; null: none is
     * closed.
     */
    average_given_back_usd: number | null;
    /**
     * The largest of them; null: none is closed.
     */
    largest_given_back_usd: number | null;
    /**
     * Credits at entry; debits do not count against it; null: not finite.
     */
    premium_collected_usd: number | null;
    /**
     * Debits at entry, positive; null: not finite.
     */
    premium_paid_usd: number | null;
    /**
     * Profit of the trades that began with a credit by the sum of these credits; null: none began with one.
     */
    premium_capture: number | null;
    /**
     * Profit by the sum of the initial margins of the positions, each on its own at its opening, by the run's margin
     * model; null: no margin was required.
     */
    return_on_margin: number | null;
    /**
     * Profit by the sum of margin times days in the trade: return on margin per day; null: no margin was required.
     */
    profit_per_margin_day: number | null;
    times: HoldingTimes;
    per_package: PerPackage;
    dispersion: Dispersion;
    bounds: Bounds;
    groups: Groups;
    /**
     * Trades by what ended them.
     */
    by_exit_reason: {
        [key: string]: ExitReason;
    };
    /**
     * Symbols of long legs that found no bid when the rest of their package was closed.
     */
    left_open_legs: Array<string>;
    /**
     * Packages that filled.
     */
    fills: number;
};

/**
 * Returns up to the last session of the run: its value by an earlier one, less 1.
 */
export type Trailing = {
    /**
     * Since the calendar month began, or the run if later; null: it began with nothing.
     */
    month_to_date: number | null;
    /**
     * Since the calendar year began, or the run if later; null: it began with nothing.
     */
    year_to_date: number | null;
    /**
     * Since the last session at or before the same day three months ago; null: the run is shorter.
     */
    three_months: number | null;
    /**
     * The same of six months; null: the run is shorter.
     */
    six_months: number | null;
    /**
     * The same of twelve months; null: the run is shorter.
     */
    one_year: number | null;
    /**
     * The same of three years, not per year; null: the run is shorter.
     */
    three_years: number | null;
    /**
     * The same of five years, not per year; null: the run is shorter.
     */
    five_years: number | null;
    /**
     * The same of ten years, not per year; null: the run is shorter.
     */
    ten_years: number | null;
};

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
export type TrailingStop = {
    kind: 'trailing_stop';
    arm_percent_of_premium?: number | null;
    arm_percent_of_maximum_profit?: number | null;
    arm_usd?: number | null;
    give_back_percent_of_premium?: number | null;
    give_back_percent_of_peak?: number | null;
    give_back_usd?: number | null;
    legs?: Array<string>;
};

/**
 * How much of the result rests on prices that nobody quoted, or that carry a flag.
 *
 * A trade touches what one of its fills, its settlement or its last mark touches, with its whole profit: the most that
 * hangs on it, not what would be lost without it. One trade can touch several things, so the parts add up to more than
 * `touched`.
 *
 * Source: flags of the quotes that trades were filled on, what their last marks rest on, and their settlements.
 */
export type Trust = {
    /**
     * Trades that touch at least one of what follows.
     */
    touched: Touched;
    /**
     * By flag of the quote that a leg was opened against (`data.quality` says what the flags mean).
     */
    entry_quotes: {
        [key: string]: Touched;
    };
    /**
     * By flag of the quote that a leg was closed against; `no_bid`: it was given up for nothing.
     */
    exit_quotes: {
        [key: string]: Touched;
    };
    /**
     * Trades open at the end of the run, by what the last mark of a leg rests on, two-sided quotes apart.
     */
    last_marks: {
        [key: string]: Touched;
    };
    /**
     * A leg filled where there was no bid and ask, e.g. shares on a bar.
     */
    one_sided_fills: Touched;
    /**
     * A leg filled at a model's value, as `execution.fills: model_price` does.
     */
    model_fills: Touched;
    /**
     * A leg was settled on a proxy price.
     */
    proxy_settlements: Touched;
    /**
     * Every trade, where all option quotes of the run were computed (`data.prices` is `model`).
     */
    model_quotes: Touched;
    /**
     * The account itself, from valuation to valuation.
     */
    curve: MarkedMoves;
};

/**
 * An exchange date of one underlying.
 */
export type UnderlyingDay = {
    /**
     * Exchange date.
     */
    day: string;
    /**
     * Symbol of the underlying.
     */
    underlying: string;
};

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
export type WheelStrategy = {
    name: string;
    kind: 'wheel';
    underlying: string;
    begin?: 'put' | 'shares';
    put?: CycleOption | null;
    call: CycleOption;
    never_below?: 'break_even' | 'purchase' | 'nothing';
    sizing?: FixedContracts | PercentAtRisk | PercentOfEquity | PercentOfMargin | KellyFraction | NetDeltaBudget | NetGammaBudget | NetVegaBudget | NetThetaBudget | StressBudget;
    budget?: StrategyBudget;
};

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
export type Width = {
    leg: string;
    points?: number | null;
    percent?: number | null;
    strikes?: number | null;
    minimum?: number | null;
    maximum?: number | null;
    tolerance?: number | null;
};

/**
 * Figures of so many sessions up to the end of a month; conventions as of `returns`.
 *
 * Source: the account at the last mark of every session, `equity.csv`.
 */
export type Window = {
    /**
     * Exchange date of its last session.
     */
    ends_on: string;
    /**
     * Its length: 63 or 252.
     */
    sessions: number;
    /**
     * As `returns.total`; null: not finite.
     */
    total: number | null;
    /**
     * As `returns.volatility`; null: fewer than two returns.
     */
    volatility: number | null;
    /**
     * As `returns.sharpe`; null: fewer than two returns, or no spread.
     */
    sharpe: number | null;
    /**
     * Deepest fall from a peak inside of the window, negative; null: not finite.
     */
    max_drawdown: number | null;
};

export type HealthData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/health';
};

export type HealthResponses = {
    /**
     * Successful Response
     */
    200: Health;
};

export type HealthResponse = HealthResponses[keyof HealthResponses];

export type ListExamplesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/examples';
};

export type ListExamplesResponses = {
    /**
     * Successful Response
     */
    200: Array<Example>;
};

export type ListExamplesResponse = ListExamplesResponses[keyof ListExamplesResponses];

export type ListBacktestsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        /**
         * `next` of the page before.
         */
        before?: string | null;
    };
    url: '/api/backtests';
};

export type ListBacktestsErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type ListBacktestsError = ListBacktestsErrors[keyof ListBacktestsErrors];

export type ListBacktestsResponses = {
    /**
     * Successful Response
     */
    200: BacktestPage;
};

export type ListBacktestsResponse = ListBacktestsResponses[keyof ListBacktestsResponses];

export type SubmitBacktestData = {
    /**
     * A run configuration; Python strategies and files of the server are refused.
     */
    body: RunConfig;
    headers?: {
        /**
         * The same key and configuration give the same backtest, however often they are sent.
         */
        'idempotency-key'?: string | null;
    };
    path?: never;
    query?: never;
    url: '/api/backtests';
};

export type SubmitBacktestErrors = {
    /**
     * The body cannot be read.
     */
    400: Problem;
    /**
     * The body is too large.
     */
    413: Problem;
    /**
     * The body is not said to be JSON.
     */
    415: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type SubmitBacktestError = SubmitBacktestErrors[keyof SubmitBacktestErrors];

export type SubmitBacktestResponses = {
    /**
     * The backtest is queued, or was so before under the same key.
     */
    202: Backtest;
};

export type SubmitBacktestResponse = SubmitBacktestResponses[keyof SubmitBacktestResponses];

export type GetBacktestData = {
    body?: never;
    path: {
        /**
         * Id that the submission answered with.
         */
        backtest_id: string;
    };
    query?: never;
    url: '/api/backtests/{backtest_id}';
};

export type GetBacktestErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type GetBacktestError = GetBacktestErrors[keyof GetBacktestErrors];

export type GetBacktestResponses = {
    /**
     * Successful Response
     */
    200: Backtest;
};

export type GetBacktestResponse = GetBacktestResponses[keyof GetBacktestResponses];

export type GetSummaryData = {
    body?: never;
    path: {
        /**
         * Id that the submission answered with.
         */
        backtest_id: string;
    };
    query?: never;
    url: '/api/backtests/{backtest_id}/summary';
};

export type GetSummaryErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * There is no result yet, or none at all.
     */
    409: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type GetSummaryError = GetSummaryErrors[keyof GetSummaryErrors];

export type GetSummaryResponses = {
    /**
     * The summary, valid against summary.schema.json.
     */
    200: Summary;
};

export type GetSummaryResponse = GetSummaryResponses[keyof GetSummaryResponses];

export type ListTradesData = {
    body?: never;
    path: {
        /**
         * Id that the submission answered with.
         */
        backtest_id: string;
    };
    query?: {
        offset?: number;
        limit?: number;
    };
    url: '/api/backtests/{backtest_id}/trades';
};

export type ListTradesErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * There is no result yet, or none at all.
     */
    409: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type ListTradesError = ListTradesErrors[keyof ListTradesErrors];

export type ListTradesResponses = {
    /**
     * Successful Response
     */
    200: TradePage;
};

export type ListTradesResponse = ListTradesResponses[keyof ListTradesResponses];

export type GetEquityData = {
    body?: never;
    path: {
        /**
         * Id that the submission answered with.
         */
        backtest_id: string;
    };
    query?: {
        /**
         * At most so many points.
         */
        points?: number;
    };
    url: '/api/backtests/{backtest_id}/equity';
};

export type GetEquityErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * There is no result yet, or none at all.
     */
    409: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type GetEquityError = GetEquityErrors[keyof GetEquityErrors];

export type GetEquityResponses = {
    /**
     * Successful Response
     */
    200: Equity;
};

export type GetEquityResponse = GetEquityResponses[keyof GetEquityResponses];

export type BacktestEventsData = {
    body?: never;
    headers?: {
        /**
         * Sent by browsers that reconnect.
         */
        'last-event-id'?: string | null;
    };
    path: {
        /**
         * Id that the submission answered with.
         */
        backtest_id: string;
    };
    query?: never;
    url: '/api/backtests/{backtest_id}/events';
};

export type BacktestEventsErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type BacktestEventsError = BacktestEventsErrors[keyof BacktestEventsErrors];

export type BacktestEventsResponses = {
    /**
     * Events `progress`, each with a Backtest and its revision as id.
     */
    200: unknown;
};

export type GetHtmlReportData = {
    body?: never;
    path: {
        /**
         * Id that the submission answered with.
         */
        backtest_id: string;
    };
    query?: never;
    url: '/api/backtests/{backtest_id}/report.html';
};

export type GetHtmlReportErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * There is no result yet, or none at all.
     */
    409: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type GetHtmlReportError = GetHtmlReportErrors[keyof GetHtmlReportErrors];

export type GetHtmlReportResponses = {
    /**
     * A page that needs nothing beside itself.
     */
    200: string;
};

export type GetHtmlReportResponse = GetHtmlReportResponses[keyof GetHtmlReportResponses];

export type GetPdfReportData = {
    body?: never;
    path: {
        /**
         * Id that the submission answered with.
         */
        backtest_id: string;
    };
    query?: never;
    url: '/api/backtests/{backtest_id}/report.pdf';
};

export type GetPdfReportErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * There is no result yet, or none at all.
     */
    409: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type GetPdfReportError = GetPdfReportErrors[keyof GetPdfReportErrors];

export type GetPdfReportResponses = {
    /**
     * The same report on pages.
     */
    200: Blob | File;
};

export type GetPdfReportResponse = GetPdfReportResponses[keyof GetPdfReportResponses];

export type AnalysePayoffData = {
    body: PayoffRequest;
    path?: never;
    query?: never;
    url: '/api/payoff';
};

export type AnalysePayoffErrors = {
    /**
     * The body cannot be read.
     */
    400: Problem;
    /**
     * The body is too large.
     */
    413: Problem;
    /**
     * The body is not said to be JSON.
     */
    415: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type AnalysePayoffError = AnalysePayoffErrors[keyof AnalysePayoffErrors];

export type AnalysePayoffResponses = {
    /**
     * Successful Response
     */
    200: PayoffResponse;
};

export type AnalysePayoffResponse = AnalysePayoffResponses[keyof AnalysePayoffResponses];

export type GetChainData = {
    body?: never;
    path: {
        /**
         * Symbol, e.g. SPX.
         */
        underlying: string;
    };
    query: {
        /**
         * ISO 8601 with zone, e.g. 2019-05-01T19:45:00Z.
         */
        at: string;
        /**
         * Embedded model data, or what was imported.
         */
        source: 'model' | 'store';
    };
    url: '/api/chains/{underlying}';
};

export type GetChainErrors = {
    /**
     * There is no such thing.
     */
    404: Problem;
    /**
     * The request is not valid; `errors` names the fields.
     */
    422: Problem;
    /**
     * The database or the store cannot be used.
     */
    503: Problem;
};

export type GetChainError = GetChainErrors[keyof GetChainErrors];

export type GetChainResponses = {
    /**
     * Successful Response
     */
    200: Chain;
};

export type GetChainResponse = GetChainResponses[keyof GetChainResponses];
