"""The public functions: one price, one set of Greeks, one implied volatility per contract."""

from engine.pricing import european
from engine.pricing.errors import PricingInputError, UnsupportedPricingError
from engine.pricing.types import Dividends, FloatArray, Greeks, Method, Numbers, StatusArray, Style


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
    common shape. Elements that cannot be priced (not finite, a negative spot, strike, time or volatility, or another
    right) are NaN; zero time or volatility gives the limit. Raises `PricingInputError` for arguments wrong as a
    whole and `UnsupportedPricingError` for styles that cannot be priced yet.

    Source: Black and Scholes (1973), Merton (1973).
    """
    _require_european(style, method, dividends)
    return european.price((right, spot, strike, years, rate, dividend_yield, volatility))


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

    At zero time or volatility they are the one-sided limits, and NaN exactly at the kink, where none exists.
    """
    _require_european(style, method, dividends)
    return european.greeks((right, spot, strike, years, rate, dividend_yield, volatility), higher_order)


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
    number that does not reproduce the price.
    """
    _require_european(style, method, dividends)
    return european.implied_volatility((price, right, spot, strike, years, rate, dividend_yield))


def _require_european(style: str, method: str, dividends: Dividends) -> None:
    if style not in ("european", "american"):
        raise PricingInputError(f"style is 'european' or 'american', not {style!r}")
    if method not in ("fast", "accurate", "converged"):
        raise PricingInputError(f"method is 'fast', 'accurate' or 'converged', not {method!r}")
    if style == "american":
        raise UnsupportedPricingError("American exercise is not available yet; use style='european'")
    if len(dividends):
        raise UnsupportedPricingError("discrete dividends are not available yet; use dividend_yield")
