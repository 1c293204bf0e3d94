"""Which library prices: our own kernels, or py_vollib for comparison."""

from importlib import import_module
from typing import Literal, Protocol, TypeAlias, cast

from engine.pricing.errors import PricingInputError
from engine.pricing.types import Dividends, FloatArray, Greeks, Method, Numbers, StatusArray, Style

BackendName: TypeAlias = Literal["ironfly", "py_vollib"]

_MODULES = {"ironfly": "engine.pricing.contracts", "py_vollib": "engine.pricing.vollib_backend"}


class PricingBackend(Protocol):
    """The three functions of `engine.pricing`, with its shapes, units, statuses and errors."""

    def price(  # noqa: PLR0913, PLR0917 - as `engine.pricing.price`
        self,
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
        """Value contracts."""
        ...

    def greeks(  # noqa: PLR0913, PLR0917 - as `engine.pricing.greeks`
        self,
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
        """Value contracts and their sensitivities."""
        ...

    def implied_volatility(  # noqa: PLR0913, PLR0917 - as `engine.pricing.implied_volatility`
        self,
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
        """Find the volatilities of prices."""
        ...


def pricing_backend(name: BackendName) -> PricingBackend:
    """Return the backend of a name, importing it now; raises `PricingInputError` for a name that is none."""
    if name not in _MODULES:
        raise PricingInputError(f"a pricing backend is one of {', '.join(sorted(_MODULES))}, not {name!r}")
    return cast(PricingBackend, import_module(_MODULES[name]))
