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
 */
export type Accounting = {
    initial_cash_micros: number;
    /**
     * Deposits less withdrawals.
     */
    external_flows_micros: number;
    /**
     * Before fees.
     */
    realised_micros: number;
    /**
     * Before fees.
     */
    unrealised_micros: number;
    /**
     * Positive.
     */
    fees_micros: number;
    interest_micros: number;
    dividends_micros: number;
    final_cash_micros: number;
    final_market_value_micros: number;
    net_liquidation_micros: number;
    /**
     * Both sums hold to the last micro-dollar.
     */
    balanced: boolean;
};

/**
 * File names beside this summary; outside the summary hash.
 */
export type Artifacts = {
    /**
     * This document.
     */
    summary: string | null;
    /**
     * One row per trade, CSV.
     */
    trades: string | null;
    /**
     * One row per mark of the account, CSV.
     */
    equity: string | null;
};

/**
 * Choices that move the result and are no data.
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
     * Age beyond which a quote keeps an order waiting, seconds; null: no limit.
     */
    max_quote_age_s: number | null;
    /**
     * Seconds from a decision to the first market that its order can see.
     */
    latency_s: number;
    /**
     * Orders on the close fill on the first chain in the last so many minutes of the session.
     */
    market_on_close_minutes: number;
    /**
     * Half the spread that shares pay when they fill on a bar, USD per share.
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
    symbol: string;
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
 * Net liquidation and what bound it.
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
 * What trading cost.
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
     * Interest on cash.
     */
    interest_earned_usd: number;
    /**
     * Profit at mid less profit at the fill model: what crossing the spread cost.
     */
    spread_usd: number | null;
};

/**
 * The market data of the run, warm-up included.
 */
export type Data = {
    /**
     * `model`: option quotes were computed, nobody ever quoted them.
     */
    prices: 'quoted' | 'model';
    /**
     * Null: the quotes are a vendor's.
     */
    model: ModelMarket | null;
    /**
     * Formats that the files came in.
     */
    vendors: Array<string>;
    underlyings: Array<string>;
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
    files: Array<DataFile>;
    /**
     * Null: neither a file nor the store has any.
     */
    settlement_values: SettlementFile | null;
    /**
     * Null: no file was given, and quotes are those of the files.
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
 * A strategy that is said: a structure, its legs, when to enter, when to leave, how much.
 *
 * Attributes:
 * structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
 * `custom`: any legs, no geometry.
 */
export type DeclarativeStrategy = {
    name: string;
    kind?: 'declarative';
    structure: string;
    underlying: string;
    expirations: {
        [key: string]: ExpirationSpec;
    };
    legs: Array<LegSpec>;
    entry?: EntryRules;
    exit?: ExitRules;
    sizing?: FixedContracts | PercentAtRisk | NetDeltaBudget;
};

/**
 * A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].
 */
export type DeltaTarget = {
    target: number;
    minimum?: number;
    maximum?: number;
};

/**
 * A cash dividend of an underlying.
 */
export type Dividend = {
    underlying: string;
    ex_date: string;
    /**
     * Per share.
     */
    amount_usd: number;
};

/**
 * The deepest fall from a peak of net liquidation at the ends of sessions; the starting capital is a peak.
 */
export type Drawdown = {
    /**
     * As a decimal of the peak, negative.
     */
    max: number | null;
    /**
     * Instant of the peak.
     */
    start: string | null;
    trough: string | null;
    /**
     * Instant at which the peak was reached again; null: not yet.
     */
    recovered: string | null;
    /**
     * The deepest fall of a curve that moves only when a trade ends, which hides what happens in between.
     */
    closed_trades: number | null;
};

/**
 * When to open: all conditions hold and fewer than `max_open_positions` of this strategy are open or resting.
 *
 * Attributes:
 * limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
 * decides; left out: at the market.
 */
export type EntryRules = {
    conditions?: Array<SignalCondition>;
    max_open_positions?: number;
    time_in_force?: 'day' | 'gtc';
    limit_spread_fraction?: number | null;
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
    count: number;
    /**
     * Their profit after fees.
     */
    profit_usd: number;
};

/**
 * When to close, first match in this order; a rule left out never closes.
 *
 * Attributes:
 * stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
 * profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
 * dte: close when the nearest leg has this many days to expiration, or fewer.
 * limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
 */
export type ExitRules = {
    stop_loss_percent?: number | null;
    profit_target_percent?: number | null;
    dte?: number | null;
    time_in_force?: 'day' | 'gtc';
    limit_spread_fraction?: number | null;
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
 */
export type ExpirationSpec = {
    target_dte: number;
    min_dte: number;
    max_dte: number;
    roots?: Array<string>;
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
 * The same trades at other prices.
 */
export type FillSensitivity = {
    /**
     * Profit had every leg filled at mid.
     */
    mid_usd: number | null;
    /**
     * Profit at the fill model of the run.
     */
    model_usd: number | null;
    /**
     * Profit had every leg filled at the touch.
     */
    touch_usd: number | null;
    /**
     * Fraction of the spread (0.5 mid, 1 touch) at which the profit is zero; null: no leg had a spread.
     */
    breakeven_spread_fraction: number | null;
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
 * One leg: side, right, expiration by name, strike by delta.
 */
export type LegSpec = {
    name: string;
    side: 'buy' | 'sell';
    right: 'call' | 'put';
    expiration: string;
    delta: DeltaTarget;
    ratio?: number;
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
 */
export type MarginCalls = {
    /**
     * Calls, repeated ones after a change of the book included.
     */
    count: number;
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
 * What the valuations of held legs rest on.
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
    seed: number;
    /**
     * By underlying, per year, continuously compounded.
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
     * Per year, continuously compounded.
     */
    rate: number;
};

/**
 * As many packages as keep the net delta of the whole portfolio within plus or minus a budget.
 */
export type NetDeltaBudget = {
    kind?: 'net_delta_budget';
    delta_shares: number;
};

/**
 * Trading costs nothing.
 */
export type NoFeesConfig = {
    kind: 'none';
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
 * Every order that was requested, by its end; what the end of the run closes at the touch is no order.
 */
export type Orders = {
    count: number;
    filled: number;
    /**
     * Withdrawn, replaced, out of time, or resting at the end of the run; some after they had filled in part.
     */
    cancelled: number;
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
 * As many packages as keep the maximum loss of the order within a percentage of net liquidation.
 */
export type PercentAtRisk = {
    kind?: 'percent_at_risk';
    percent: number;
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
 * A strategy that is programmed.
 *
 * Attributes:
 * source: `path/to/file.py:ClassName`, relative to the configuration file, or `package.module:ClassName`.
 * parameters: fields of the class's `Parameters`.
 */
export type PythonStrategy = {
    name: string;
    kind: 'python';
    source: string;
    parameters?: {
        [key: string]: unknown;
    };
    sizing?: FixedContracts | PercentAtRisk | NetDeltaBudget;
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
    no_bid: number;
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
 */
export type Refusals = {
    count: number;
    first_at: string;
    /**
     * One sentence with the numbers of the first of them.
     */
    first_reason: string;
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
 * A strategy that is said: a structure, its legs, when to enter, when to leave, how much.
 *
 * Attributes:
 * structure: name of the structure; the legs stand in its order, and the chosen ones must have its geometry.
 * `custom`: any legs, no geometry.
 */
export type ResolvedDeclarativeStrategy = {
    name: string;
    kind: 'declarative';
    structure: string;
    underlying: string;
    expirations: {
        [key: string]: ResolvedExpirationSpec;
    };
    legs: Array<ResolvedLegSpec>;
    entry: ResolvedEntryRules;
    exit: ResolvedExitRules;
    sizing: ResolvedFixedContracts | ResolvedPercentAtRisk | ResolvedNetDeltaBudget;
};

/**
 * A strike by the absolute value of its delta: nearest to the target within [minimum, maximum].
 */
export type ResolvedDeltaTarget = {
    target: number;
    minimum: number;
    maximum: number;
};

/**
 * When to open: all conditions hold and fewer than `max_open_positions` of this strategy are open or resting.
 *
 * Attributes:
 * limit_spread_fraction: rest as a limit so far on the way from the middle (0) to the touch (1) of the chain that
 * decides; left out: at the market.
 */
export type ResolvedEntryRules = {
    conditions: Array<ResolvedSignalCondition>;
    max_open_positions: number;
    time_in_force: 'day' | 'gtc';
    limit_spread_fraction: number | null;
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
 * When to close, first match in this order; a rule left out never closes.
 *
 * Attributes:
 * stop_loss_percent: loss in percent of the entry premium, e.g. 200 closes at a loss of twice the credit.
 * profit_target_percent: profit in percent of the entry premium, e.g. 50 closes at half the credit.
 * dte: close when the nearest leg has this many days to expiration, or fewer.
 * limit_spread_fraction: as in `EntryRules`; where a leg cannot trade on its side, the exit is at the market.
 */
export type ResolvedExitRules = {
    stop_loss_percent: number | null;
    profit_target_percent: number | null;
    dte: number | null;
    time_in_force: 'day' | 'gtc';
    limit_spread_fraction: number | null;
};

/**
 * An expiration by days to expiration, counted in exchange dates; the one nearest to the target, earlier on ties.
 *
 * Attributes:
 * roots: contract roots that are considered, the preferred one first; empty: all. `SPX` settles at the open,
 * `SPXW` at the close.
 */
export type ResolvedExpirationSpec = {
    target_dte: number;
    min_dte: number;
    max_dte: number;
    roots: Array<string>;
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
 * One leg: side, right, expiration by name, strike by delta.
 */
export type ResolvedLegSpec = {
    name: string;
    side: 'buy' | 'sell';
    right: 'call' | 'put';
    expiration: string;
    delta: ResolvedDeltaTarget;
    ratio: number;
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
 * A strategy that is programmed.
 *
 * Attributes:
 * source: `path/to/file.py:ClassName`, relative to the configuration file, or `package.module:ClassName`.
 * parameters: fields of the class's `Parameters`.
 */
export type ResolvedPythonStrategy = {
    name: string;
    kind: 'python';
    source: string;
    parameters: {
        [key: string]: unknown;
    };
    sizing: ResolvedFixedContracts | ResolvedPercentAtRisk | ResolvedNetDeltaBudget;
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
 */
export type ResolvedRiskConfig = {
    margin: 'maximum_loss' | 'regulation_t' | 'portfolio' | 'cash';
    margin_options: ResolvedMarginOptions;
    margin_calls: ResolvedMarginCallConfig;
    limits: ResolvedRiskLimits;
};

/**
 * Limits on the whole portfolio, checked at approval and again at the fill; None: no limit.
 */
export type ResolvedRiskLimits = {
    max_open_positions: number | null;
    max_abs_delta_shares: number | null;
    max_abs_vega_usd_per_point: number | null;
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
    strategies: Array<ResolvedDeclarativeStrategy | ResolvedPythonStrategy | ResolvedScriptedStrategy>;
    signals: Array<ResolvedSignalConfig>;
    account: ResolvedAccountConfig;
    risk: ResolvedRiskConfig;
    execution: ResolvedExecutionConfig;
    pricing: ResolvedPricingConfig;
    exercise: ResolvedExerciseConfig;
    open_at_end: 'mark' | 'close_at_touch' | 'settle';
    seed: number;
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
 * kind: what computes it, e.g. `moving_average_trend` or `iv_rank`.
 * underlying: the market it watches.
 * parameters: parameters of that kind.
 */
export type ResolvedSignalConfig = {
    name: string;
    kind: string;
    underlying: string;
    parameters: {
        [key: string]: unknown;
    };
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
 * Returns on net liquidation, as decimals: 0.01 is one percent.
 */
export type Returns = {
    total: number | null;
    /**
     * Compound annual growth rate, on calendar days / 365.25.
     */
    cagr: number | null;
    /**
     * Standard deviation of daily returns (ddof 1) times the root of 252.
     */
    volatility: number | null;
    /**
     * Mean of daily returns by their standard deviation, times the root of 252; risk-free rate 0.
     */
    sharpe: number | null;
    /**
     * The same with the downside deviation of all returns.
     */
    sortino: number | null;
};

/**
 * How risk is measured and limited.
 *
 * Attributes:
 * margin: `maximum_loss`: what the book can lose at expiration; `regulation_t`: by strategy; `portfolio`: worst of
 * ten moves; `cash`: no margin, every short secured (docs/margin.md).
 */
export type RiskConfig = {
    margin?: 'maximum_loss' | 'regulation_t' | 'portfolio' | 'cash';
    margin_options?: MarginOptions;
    margin_calls?: MarginCallConfig;
    limits?: RiskLimits;
};

/**
 * Limits on the whole portfolio, checked at approval and again at the fill; None: no limit.
 */
export type RiskLimits = {
    max_open_positions?: number | null;
    max_abs_delta_shares?: number | null;
    max_abs_vega_usd_per_point?: number | null;
};

/**
 * Identity and times of the run; `id`, times and `host` are outside the summary hash.
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
     * Wall-clock seconds between the two.
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
     * Instant of the first mark of the account, UTC.
     */
    simulated_from: string | null;
    /**
     * Instant of the last mark of the account, UTC.
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
    strategies: Array<DeclarativeStrategy | PythonStrategy | ScriptedStrategy>;
    signals?: Array<SignalConfig>;
    account?: AccountConfig;
    risk?: RiskConfig;
    execution?: ExecutionConfig;
    pricing?: PricingConfig;
    exercise?: ExerciseConfig;
    open_at_end?: 'mark' | 'close_at_touch' | 'settle';
    seed?: number;
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
 * One atomic settlement: all held contracts of one root and settlement instant, on one price.
 */
export type Settlement = {
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
     * Settlement value of the underlying, USD per share.
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
 */
export type Settlements = {
    count: number;
    proxies: number;
    by_source: {
        [key: string]: number;
    };
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
 * kind: what computes it, e.g. `moving_average_trend` or `iv_rank`.
 * underlying: the market it watches.
 * parameters: parameters of that kind.
 */
export type SignalConfig = {
    name: string;
    kind: string;
    underlying: string;
    parameters?: {
        [key: string]: unknown;
    };
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
    underlying: string;
    rows: number;
    reason: string;
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
 * Everything worth knowing about one run.
 */
export type Summary = {
    /**
     * Version of this schema; it rises when a field changes its meaning or disappears.
     */
    schema_version: 1;
    /**
     * What to know before believing the figures, most important first.
     */
    warnings: Array<string>;
    assumptions: Assumptions;
    run: Run;
    /**
     * The full configuration, defaults written out.
     */
    config: ResolvedRunConfig;
    /**
     * Hash of the canonical JSON of `config`.
     */
    config_hash: string;
    data: Data;
    capital: Capital;
    returns: Returns;
    drawdown: Drawdown;
    trades: Trades;
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
    margin_calls: MarginCalls;
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
 * Buy at the ask, sell at the bid.
 */
export type TouchFills = {
    kind: 'touch';
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
    exit_reason: string;
    /**
     * A leg was settled on a proxy price.
     */
    proxy_settled: boolean;
    /**
     * Price of the underlying when it was opened.
     */
    spot_at_entry: number;
    /**
     * The legs as they were opened, for `POST /api/payoff`.
     */
    payoff: PayoffRequest;
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
 * Statistics over structures, from opening to end; profit is after fees.
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
     * Winners, losers, break-evens and all averages are of closed trades.
     */
    winners: number;
    losers: number;
    breakeven: number;
    /**
     * Winners by closed trades.
     */
    win_rate: number | null;
    /**
     * Gross profit divided by gross loss.
     */
    profit_factor: number | null;
    /**
     * Average profit per trade.
     */
    expectancy_usd: number | null;
    average_win_usd: number | null;
    average_loss_usd: number | null;
    largest_win_usd: number | null;
    largest_loss_usd: number | null;
    average_days_in_trade: number | null;
    /**
     * Credits at entry; debits do not count against it.
     */
    premium_collected_usd: number | null;
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
 * An exchange date of one underlying.
 */
export type UnderlyingDay = {
    day: string;
    underlying: string;
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
