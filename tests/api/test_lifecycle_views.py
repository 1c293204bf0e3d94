"""What became of contracts besides trading, counted over whole runs of a few chains."""

from datetime import date

from api.lifecycle_views import lifecycle_of
from engine.config import AccountConfig
from engine.costs.account_terms import CashFlow
from engine.model import Leg
from schemas.sections.lifecycle import Lifecycle
from tests.builders import call, chain, contract_table, equity_series, new_york, put, series
from tests.engine.play import NoMargin, Script, config, play

FRIDAY, MONDAY = date(2019, 5, 17), date(2019, 5, 20)
INDEX, FUND = series(FRIDAY), equity_series(FRIDAY, "SPY")
TABLE = contract_table({INDEX: [2800.0, 2850.0], FUND: [280.0, 290.0], series(date(2019, 6, 21)): [2800.0]})


def counted(*legs: Leg, price: float, underlying: str, flows: tuple[CashFlow, ...] = ()) -> dict[str, int]:
    """What is left of the counts above 0 after legs were held over their expiration."""
    days = [date(2019, 5, 15), date(2019, 5, 16), FRIDAY, MONDAY]
    chains = [chain(TABLE, new_york(day, "15:45"), price, underlying=underlying) for day in days]
    script: Script = {chains[0].at: lambda context: context.open(list(legs), quantity=1)}
    run = config(account=AccountConfig(initial_cash_usd=1_000_000.0, cash_flows=flows))
    found: Lifecycle = lifecycle_of(play(chains, script, run=run, margin=NoMargin()))
    return {name: count for name, count in found.model_dump().items() if count}


def test_an_index_option_is_settled_in_cash_or_ends_worthless() -> None:
    legs = (Leg(put(TABLE, INDEX, 2850.0), -3), Leg(put(TABLE, INDEX, 2800.0), 2))
    assert counted(*legs, price=2820.0, underlying="SPX") == {"cash_settlements": 3, "expirations_worthless": 2}


def test_an_option_on_shares_is_exercised_or_assigned_when_it_expires() -> None:
    legs = (Leg(call(TABLE, FUND, 280.0), 2), Leg(put(TABLE, FUND, 290.0), -1), Leg(put(TABLE, FUND, 280.0), 1))
    assert counted(*legs, price=285.0, underlying="SPY") == {
        "exercises_at_expiration": 2,
        "assignments_at_expiration": 1,
        "expirations_worthless": 1,
    }


def test_deposits_and_withdrawals_are_counted_apart() -> None:
    flows = (CashFlow(date=FRIDAY, amount_usd=100.0), CashFlow(date=MONDAY, amount_usd=-50.0))
    found = counted(Leg(put(TABLE, INDEX, 2800.0), 1), price=2820.0, underlying="SPX", flows=flows)
    assert found == {"expirations_worthless": 1, "deposits": 1, "withdrawals": 1}
