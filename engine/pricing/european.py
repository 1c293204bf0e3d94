"""European options over arrays: the compiled kernels behind one signature each."""

from engine.pricing.blocks import apply
from engine.pricing.european_kernels import first_order_kernel, greeks_kernel, price_kernel
from engine.pricing.implied_vol import implied_volatility
from engine.pricing.types import FloatArray, Greeks, Numbers

__all__ = ["greeks", "implied_volatility", "price"]


def price(contracts: tuple[Numbers, ...]) -> FloatArray:
    """European values of (right, spot, strike, years, rate, dividend_yield, volatility); see `engine.pricing.price`."""
    # The ellipsis keeps the result of scalars an array.
    result: FloatArray = apply(price_kernel, contracts, 1)[0, ...]
    return result


def greeks(contracts: tuple[Numbers, ...], higher_order: bool) -> Greeks:
    """European values and sensitivities of the same columns; see `engine.pricing.greeks`."""
    # One index after the other: an array takes half as long again to be unpacked.
    if higher_order:
        r = apply(greeks_kernel, contracts, 10)
        return Greeks(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9])
    r = apply(first_order_kernel, contracts, 6)
    return Greeks(r[0], r[1], r[2], r[3], r[4], r[5], None, None, None, None)
