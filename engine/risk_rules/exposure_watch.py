"""Takes the exposure of the book for the result: at the end of the run, and of every session where asked for."""

from __future__ import annotations

from engine.portfolio import PortfolioManager
from engine.risk_config import RiskConfig
from engine.risk_rules.breakdown import ExposureBreakdown, ExposurePoint, exposure_breakdown, exposure_point
from engine.risk_rules.measures import RunMeasures


class ExposureWatch:
    """Looks at the book on the last chains.

    Attributes:
        points: at the ends of sessions.
    """

    def __init__(self, risk: RiskConfig, portfolio: PortfolioManager, measures: RunMeasures) -> None:
        self.points: list[ExposurePoint] = []
        self._risk = risk
        self._portfolio = portfolio
        self._measures = measures

    def on_session_end(self) -> None:
        """Add a point."""
        if self._risk.exposure.sessions:
            now, held = self._measures.market.now, self._portfolio.book()
            self.points.append(exposure_point(now, held, self._measures, self._risk))

    def breakdown(self) -> ExposureBreakdown:
        """The book now."""
        now, positions = self._measures.market.now, self._portfolio.positions.values()
        return exposure_breakdown(now, positions, self._measures, self._risk)
