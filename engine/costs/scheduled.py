"""What a commission schedule charges for a package, leg by leg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.costs.deal import DealtLeg, apportion
from engine.costs.schedule import CommissionSchedule, OptionCommission, PremiumTier
from engine.model import Intent, OptionContract, SettlementMethod
from engine.money import MICROS_PER_USD, Micros, to_micros


@dataclass(frozen=True, slots=True)
class ScheduledFees:
    """The fees of a schedule, exact to the micro-dollar: no rounding to cents, which brokers do differently.

    Attributes:
        name: `preset` with its name, or `schedule`, whose terms the configuration says.
    """

    name: str
    schedule: CommissionSchedule

    def fees(self, legs: Sequence[DealtLeg], intent: Intent) -> tuple[Micros, ...]:
        """Commission of the broker, and what exchanges and regulators take of each leg."""
        commissions = self._commissions(legs, intent)
        return tuple(
            commission + self._exchange(leg) + self._regulatory(leg)
            for commission, leg in zip(commissions, legs, strict=True)
        )

    def exercise_fee(self, contract: OptionContract, quantity: int) -> Micros:
        """Fee per contract, by whether it was held long or short."""
        one = self.schedule.fee_per_exercise_usd if quantity > 0 else self.schedule.fee_per_assignment_usd
        return abs(quantity) * to_micros(one)

    # --- the broker ------------------------------------------------------------------------------------------------

    def _commissions(self, legs: Sequence[DealtLeg], intent: Intent) -> list[Micros]:
        """Each leg by its own terms; what an order's minimum asks beyond is spread by contracts over the legs."""
        fees = [
            _option_leg(self._terms(leg.instrument), leg, intent)
            if isinstance(leg.instrument, OptionContract)
            else self._share_leg(leg)
            for leg in legs
        ]
        charged = [
            number for number, leg in enumerate(legs) if isinstance(leg.instrument, OptionContract) and fees[number] > 0
        ]
        if charged:
            minimum = max(self._order_minimum(legs[number]) for number in charged)
            missing = minimum - sum(fees[number] for number in charged)
            shares = apportion(max(missing, 0), [abs(legs[number].quantity) for number in charged])
            for number, share in zip(charged, shares, strict=True):
                fees[number] += share
        return fees

    def _terms(self, contract: OptionContract) -> OptionCommission:
        in_cash = contract.series.settlement is SettlementMethod.CASH
        return (self.schedule.index_options if in_cash else None) or self.schedule.options

    def _order_minimum(self, leg: DealtLeg) -> Micros:
        instrument = leg.instrument
        return to_micros(self._terms(instrument).minimum_per_order_usd) if isinstance(instrument, OptionContract) else 0

    def _share_leg(self, leg: DealtLeg) -> Micros:
        terms, shares = self.schedule.shares, abs(leg.quantity)
        fee = max(shares * to_micros(terms.fee_per_share_usd), to_micros(terms.minimum_usd))
        if terms.maximum_percent is None:
            return fee
        return min(fee, round(shares * leg.price * terms.maximum_percent / 100))

    # --- what is passed on -----------------------------------------------------------------------------------------

    def _exchange(self, leg: DealtLeg) -> Micros:
        contract = leg.instrument
        if not isinstance(contract, OptionContract):
            return 0
        fee = next((fee for fee in self.schedule.exchange if contract.series.root in fee.roots), None)
        return 0 if fee is None else abs(leg.quantity) * _tiered(fee.fee_per_contract_usd, fee.premium_tiers, leg.price)

    def _regulatory(self, leg: DealtLeg) -> Micros:
        rates, number, sold = self.schedule.regulatory, abs(leg.quantity), leg.quantity < 0
        proceeds = number * leg.instrument.multiplier * leg.price if sold else 0
        fee = round(proceeds * rates.sales_fee_usd_per_million / MICROS_PER_USD)
        if isinstance(leg.instrument, OptionContract):
            activity = rates.activity_fee_per_contract_sold_usd if sold else 0.0
            cleared = _at_most(number * rates.clearing_fee_per_contract_usd, rates.clearing_maximum_per_leg_usd)
            return fee + to_micros(cleared + number * (rates.options_regulatory_fee_per_contract_usd + activity))
        activity = number * rates.activity_fee_per_share_sold_usd if sold else 0.0
        return fee + to_micros(_at_most(activity, rates.activity_maximum_per_share_leg_usd))


def _option_leg(terms: OptionCommission, leg: DealtLeg, intent: Intent) -> Micros:
    closes = intent is Intent.CLOSE or leg.closes
    free_up_to = terms.free_close_up_to_usd
    if closes and free_up_to is not None and leg.quantity > 0 and leg.price <= to_micros(free_up_to):
        return 0
    if closes and terms.closing_fee_per_contract_usd is not None:
        one = to_micros(terms.closing_fee_per_contract_usd)
    else:
        one = _tiered(terms.fee_per_contract_usd, terms.premium_tiers, leg.price)
    fee = abs(leg.quantity) * one
    if fee == 0:
        return 0
    fee = max(fee, to_micros(terms.minimum_per_leg_usd))
    return fee if terms.maximum_per_leg_usd is None else min(fee, to_micros(terms.maximum_per_leg_usd))


def _tiered(fee_usd: float, tiers: Sequence[PremiumTier], premium: Micros) -> Micros:
    """Fee of one contract at a premium."""
    fitting = [tier for tier in tiers if premium < to_micros(tier.below_premium_usd)]
    if not fitting:
        return to_micros(fee_usd)
    return to_micros(min(fitting, key=lambda tier: tier.below_premium_usd).fee_per_contract_usd)


def _at_most(amount_usd: float, maximum_usd: float | None) -> float:
    return amount_usd if maximum_usd is None else min(amount_usd, maximum_usd)
