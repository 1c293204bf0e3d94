"""Commission schedules as data; what they charge is worked out in `engine/costs/scheduled.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Gt, MinLen

from engine.shapes import FORBID_UNKNOWN, Name

Usd: TypeAlias = Annotated[float, Ge(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumTier:
    """What a contract costs that trades below a premium, USD per share; the lowest tier that fits counts."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    below_premium_usd: Annotated[float, Gt(0)]
    fee_per_contract_usd: Usd


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionCommission:
    """What a broker takes for option contracts, its own share of all fees.

    Attributes:
        premium_tiers: other fees for cheap options.
        closing_fee_per_contract_usd: fee of contracts that an order closes; None: as those that it opens.
        free_close_up_to_usd: contracts bought to close at this premium or less are free; None: none are.
        maximum_per_leg_usd: a leg of an order costs at most so much.
        minimum_per_leg_usd: a leg that is not free costs at least so much.
        minimum_per_order_usd: the option legs of an order, unless all are free, cost together at least so much.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    fee_per_contract_usd: Usd = 0.0
    premium_tiers: tuple[PremiumTier, ...] = ()
    closing_fee_per_contract_usd: Usd | None = None
    free_close_up_to_usd: Usd | None = None
    maximum_per_leg_usd: Usd | None = None
    minimum_per_leg_usd: Usd = 0.0
    minimum_per_order_usd: Usd = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCommission:
    """What a broker takes for shares, per leg of an order.

    Attributes:
        minimum_usd: a leg costs at least so much.
        maximum_percent: but never more than this part of what the shares cost; None: no maximum.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    fee_per_share_usd: Usd = 0.0
    minimum_usd: Usd = 0.0
    maximum_percent: Annotated[float, Gt(0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeFee:
    """What an exchange takes for contracts of some roots, passed on by the broker.

    Attributes:
        roots: roots of symbols, e.g. `[SPX, SPXW]`.
        premium_tiers: other fees for cheap options.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    roots: Annotated[tuple[Name, ...], MinLen(1)]
    fee_per_contract_usd: Usd
    premium_tiers: tuple[PremiumTier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulatoryFees:
    """What clearing house, exchanges and regulators take, passed on by the broker.

    Attributes:
        clearing_fee_per_contract_usd: by the clearing house.
        clearing_maximum_per_leg_usd: what it takes at most.
        options_regulatory_fee_per_contract_usd: ORF, by the exchanges together.
        activity_fee_per_contract_sold_usd: TAF on options.
        activity_fee_per_share_sold_usd: TAF on shares.
        activity_maximum_per_share_leg_usd: what the TAF on shares is at most.
        sales_fee_usd_per_million: SEC section 31 fee on the proceeds of sales, options and shares.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    clearing_fee_per_contract_usd: Usd = 0.0
    clearing_maximum_per_leg_usd: Usd | None = None
    options_regulatory_fee_per_contract_usd: Usd = 0.0
    activity_fee_per_contract_sold_usd: Usd = 0.0
    activity_fee_per_share_sold_usd: Usd = 0.0
    activity_maximum_per_share_leg_usd: Usd | None = None
    sales_fee_usd_per_million: Usd = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionSchedule:
    """Everything that one broker charges for trades, exercise and assignment, at one time.

    Attributes:
        index_options: commission of options settled in cash; None: as all other options.
        exchange: the first entry that names the root of a contract counts.
        fee_per_exercise_usd: of every contract that its holder exercises, in cash or in shares.
        fee_per_assignment_usd: of every short contract that is assigned, in cash or in shares.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["schedule"] = "schedule"
    options: OptionCommission = OptionCommission()
    index_options: OptionCommission | None = None
    shares: ShareCommission = ShareCommission()
    exchange: tuple[ExchangeFee, ...] = ()
    regulatory: RegulatoryFees = RegulatoryFees()
    fee_per_exercise_usd: Usd = 0.0
    fee_per_assignment_usd: Usd = 0.0


PresetName: TypeAlias = Literal[
    "lean", "interactive_brokers_2024", "tastytrade_2024", "schwab_2024", "fidelity_2024", "robinhood_2024"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetFees:
    """A schedule that comes with the product (docs/costs.md); a name with a year was valid at the end of that year."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["preset"]
    name: PresetName
