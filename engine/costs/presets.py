"""Schedules of well-known brokers; the dated ones are those of the end of their year.

`lean` is what the published results of LEAN's regression algorithms were charged. Where another entry names no page, it
is written down from general knowledge of public price lists: check it against the broker's own before relying on a
cent. Discounts for volume and rebates are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.costs.schedule import (
    CommissionSchedule,
    ExchangeFee,
    OptionCommission,
    PremiumTier,
    PresetName,
    RegulatoryFees,
    ShareCommission,
)

_CHEAP_OPTIONS: Final = (
    PremiumTier(below_premium_usd=0.05, fee_per_contract_usd=0.25),
    PremiumTier(below_premium_usd=0.10, fee_per_contract_usd=0.50),
)

_REGULATORY_2024: Final = RegulatoryFees(
    # Clearing, ORF and TAF on options: interactivebrokers.ca/en/pricing/commissions-options.php, as it was in 2024.
    # General knowledge: SEC section 31 at 27.80 USD per million from 2024-05-22 to 2025-05-13; TAF on shares.
    clearing_fee_per_contract_usd=0.02,
    clearing_maximum_per_leg_usd=55.0,
    options_regulatory_fee_per_contract_usd=0.02685,
    activity_fee_per_contract_sold_usd=0.00279,
    activity_fee_per_share_sold_usd=0.000166,
    activity_maximum_per_share_leg_usd=8.30,
    sales_fee_usd_per_million=27.80,
)

_INDEX_EXCHANGE_2024: Final = (
    # General knowledge: customer fee of the exchange and its execution surcharge together.
    ExchangeFee(
        roots=("SPX", "SPXW"),
        fee_per_contract_usd=0.66,
        premium_tiers=(PremiumTier(below_premium_usd=1.0, fee_per_contract_usd=0.57),),
    ),
    ExchangeFee(
        roots=("VIX", "VIXW"),
        fee_per_contract_usd=0.45,
        premium_tiers=(
            PremiumTier(below_premium_usd=0.11, fee_per_contract_usd=0.10),
            PremiumTier(below_premium_usd=1.0, fee_per_contract_usd=0.25),
            PremiumTier(below_premium_usd=2.0, fee_per_contract_usd=0.40),
        ),
    ),
    ExchangeFee(
        roots=("NDX", "NDXP"),
        fee_per_contract_usd=0.75,
        premium_tiers=(PremiumTier(below_premium_usd=25.0, fee_per_contract_usd=0.50),),
    ),
    ExchangeFee(roots=("RUT", "RUTW"), fee_per_contract_usd=0.18),
)

PRESETS: Final[Mapping[PresetName, CommissionSchedule]] = {
    # QuantConnect LEAN, the fees of its published regression results: every leg is an order of its own there, index
    # options, exercise and assignment are free.
    "lean": CommissionSchedule(
        options=OptionCommission(fee_per_contract_usd=0.65, premium_tiers=_CHEAP_OPTIONS, minimum_per_leg_usd=1.0),
        index_options=OptionCommission(),
        shares=ShareCommission(fee_per_share_usd=0.005, minimum_usd=1.0, maximum_percent=0.5),
    ),
    # Interactive Brokers Pro, tiered pricing, up to 10,000 contracts a month:
    # interactivebrokers.ca/en/pricing/commissions-options.php, as it was in 2024. Shares: general knowledge.
    "interactive_brokers_2024": CommissionSchedule(
        options=OptionCommission(fee_per_contract_usd=0.65, premium_tiers=_CHEAP_OPTIONS, minimum_per_order_usd=1.0),
        shares=ShareCommission(fee_per_share_usd=0.005, minimum_usd=1.0, maximum_percent=1.0),
        exchange=_INDEX_EXCHANGE_2024,
        regulatory=_REGULATORY_2024,
    ),
    # tastytrade: support.tastyworks.com, "Commissions and fees breakdown": 1.00 to open, at most 10.00 a leg, nothing
    # to close; clearing 0.10 a contract, 0.0008 a share. General knowledge: shares are free, index options uncapped.
    "tastytrade_2024": CommissionSchedule(
        options=OptionCommission(fee_per_contract_usd=1.0, closing_fee_per_contract_usd=0.0, maximum_per_leg_usd=10.0),
        index_options=OptionCommission(fee_per_contract_usd=1.0, closing_fee_per_contract_usd=0.0),
        shares=ShareCommission(fee_per_share_usd=0.0008),
        exchange=_INDEX_EXCHANGE_2024,
        regulatory=RegulatoryFees(
            clearing_fee_per_contract_usd=0.10,
            options_regulatory_fee_per_contract_usd=_REGULATORY_2024.options_regulatory_fee_per_contract_usd,
            activity_fee_per_contract_sold_usd=_REGULATORY_2024.activity_fee_per_contract_sold_usd,
            activity_fee_per_share_sold_usd=_REGULATORY_2024.activity_fee_per_share_sold_usd,
            activity_maximum_per_share_leg_usd=_REGULATORY_2024.activity_maximum_per_share_leg_usd,
            sales_fee_usd_per_million=_REGULATORY_2024.sales_fee_usd_per_million,
        ),
    ),
    # Charles Schwab, online (general knowledge): buying to close at 0.05 or less is free.
    "schwab_2024": CommissionSchedule(
        options=OptionCommission(fee_per_contract_usd=0.65, free_close_up_to_usd=0.05),
        exchange=_INDEX_EXCHANGE_2024,
        regulatory=_REGULATORY_2024,
    ),
    # Fidelity, online (general knowledge): buying to close at 0.65 or less is free.
    "fidelity_2024": CommissionSchedule(
        options=OptionCommission(fee_per_contract_usd=0.65, free_close_up_to_usd=0.65),
        exchange=_INDEX_EXCHANGE_2024,
        regulatory=_REGULATORY_2024,
    ),
    # Robinhood without Gold (general knowledge): options free, index options 0.50.
    "robinhood_2024": CommissionSchedule(
        options=OptionCommission(),
        index_options=OptionCommission(fee_per_contract_usd=0.50),
        exchange=_INDEX_EXCHANGE_2024,
        regulatory=_REGULATORY_2024,
    ),
}
