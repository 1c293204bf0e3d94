"""The public functions: one price, one set of Greeks, one implied volatility per contract."""

from collections.abc import Callable
from functools import partial

from engine.pricing import american, bumps, european, grid, implied_search
from engine.pricing.american_boundary import scheme
from engine.pricing.blocks import flatten
from engine.pricing.errors import PricingInputError
from engine.pricing.types import Dividends, FloatArray, Greeks, Method, Numbers, StatusArray, Style

Limits = Callable[[FloatArray], tuple[FloatArray, FloatArray]]

# Price error per strike at which the search for a volatility may stop.
_SEARCH_ACCURACY: dict[str, float] = {"fast": 1e-9, "accurate": 1e-11, "converged": 1e-12}


def price(  # noqa: PLR0913, PLR0917 - the formula has seven inputs; a bundle would cost the callers a copy
    right: Numbers,
    spot: Numbers,
    strike: Numbers,
    years: Numbers,
    rate: Numbers,
    dividend_yield: Numbers,
    volatility: Numbers,
    *,
    style: Style = "european",
    method: Method = "fast",
    dividends: Dividends = (),
) -> FloatArray:
    """Value per share of options, in the currency of `spot`.

    right is +1 for a call and -1 for a put, years the time to expiry, rate and dividend_yield continuously compounded
    decimals, volatility a decimal per square root of a year; all broadcast against each other and the result has their
    common shape. Black's formula for futures is spot = futures price and dividend_yield = rate. Elements that cannot
    be priced (not finite, a negative spot, strike, time or volatility, or another right) are NaN; zero time or
    volatility gives the limit.

    style is "european" or "american"; method chooses the accuracy of American values: "fast" (rms error 1e-6 of the
    strike over a chain), "accurate" (2e-7) or "converged" (1e-8, slow). dividends is one schedule of cash dividends
    ((years, amount), ...) by which spot drops at each date; those after expiry do not count, one at expiry does, and
    an American holder may exercise before the drop. Raises `PricingInputError` for arguments wrong as a whole.

    Sources: Black and Scholes (1973), Merton (1973), Black (1976); Andersen, Lake and Offengenden (2016) for American
    values; finite differences with operator splitting (Ikonen and Toivanen, 2004) for cash dividends and for puts with
    two exercise boundaries.
    """
    contracts = (right, spot, strike, years, rate, dividend_yield, volatility)
    valuer = _valuer(style, method, dividends, years)
    return european.price(contracts) if valuer is None else valuer(contracts)


def greeks(  # noqa: PLR0913, PLR0917 - the same inputs as `price`
    right: Numbers,
    spot: Numbers,
    strike: Numbers,
    years: Numbers,
    rate: Numbers,
    dividend_yield: Numbers,
    volatility: Numbers,
    *,
    style: Style = "european",
    method: Method = "fast",
    dividends: Dividends = (),
    higher_order: bool = True,
) -> Greeks:
    """Value and sensitivities per share, in the units of `Greeks`; arguments and errors as in `price`.

    European sensitivities are the derivatives in closed form (Haug, 2007, chapter 2); at zero time or volatility they
    are the one-sided limits, and NaN exactly at the kink, where none exists. American ones and those with cash
    dividends are differences of one stack of bumped values. With higher_order=False the last four are None.
    """
    contracts = (right, spot, strike, years, rate, dividend_yield, volatility)
    valuer = _valuer(style, method, dividends, years)
    if valuer is None:
        return european.greeks(contracts, higher_order)
    return bumps.greeks(contracts, valuer, higher_order)


def implied_volatility(  # noqa: PLR0913, PLR0917 - the same inputs as `price`
    price: Numbers,
    right: Numbers,
    spot: Numbers,
    strike: Numbers,
    years: Numbers,
    rate: Numbers,
    dividend_yield: Numbers,
    *,
    style: Style = "european",
    method: Method = "fast",
    dividends: Dividends = (),
) -> tuple[FloatArray, StatusArray]:
    """Volatility that reproduces `price`, and an `IvStatus` code for each element.

    Units, shapes and errors as in `price`. Where the code is not `IvStatus.OK` the volatility is NaN: there is never a
    number that does not reproduce the price. A price is UNRECOVERABLE when its time value is below its resolution.

    Sources: Jaeckel, "Let's Be Rational" (2015), for European options; bracketed secant steps otherwise.
    """
    quotes = (price, right, spot, strike, years, rate, dividend_yield)
    valuer = _valuer(style, method, dividends, years)
    if valuer is None:
        return european.implied_volatility(quotes)
    limits: Limits = american.limits
    if valuer.func is grid.price:
        limits = partial(grid.limits, dividends=dividends, american=style == "american")
    elif flatten(quotes)[2] > scheme(method).volatilities:
        # As many contracts as share boundaries when they are priced: share them in every step of the search.
        valuer = partial(american.price, method=method, shared_years=american.longest(years))
    return implied_search.implied_volatility(quotes, valuer, limits, _SEARCH_ACCURACY[method])


def _valuer(style: str, method: str, dividends: Dividends, years: Numbers) -> partial[FloatArray] | None:
    """Return the function that values contracts where the European formula does not; None where it does."""
    if style not in ("european", "american"):
        raise PricingInputError(f"style is 'european' or 'american', not {style!r}")
    if method not in ("fast", "accurate", "converged"):
        raise PricingInputError(f"method is 'fast', 'accurate' or 'converged', not {method!r}")
    schedule = grid.checked(dividends, american.longest(years)) if len(dividends) else ()
    if schedule:
        return partial(grid.price, dividends=schedule, american=style == "american", method=method)
    return partial(american.price, method=method) if style == "american" else None
