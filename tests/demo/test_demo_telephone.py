"""In today's demo an arrangement is made on the telephone: its hour runs, its confirmation is ready."""

from datetime import date, datetime
from pathlib import Path

from debiteuren import demo_day
from debiteuren.domain.arrangement import ArrangementStatus
from debiteuren.domain.invoice import Action
from debiteuren.tasks import Moment

NOW = datetime(2026, 11, 20, 10, 5)


def test_today_the_hour_runs_and_on_another_day_there_are_four(tmp_path: Path) -> None:
    today = demo_day.run(tmp_path / "dag", Moment(now=NOW))
    assert today.arranged is not None
    assert today.arranged.state.status is ArrangementStatus.TO_CONFIRM
    assert today.arranged.confirmed is not None
    assert today.arranged.confirmed.draft is not None
    confirmations = [
        item for item in today.reminded.refreshed.worklist if item.action is Action.CONFIRM_ARRANGEMENT
    ]
    assert [item.when for item in confirmations] == ["nog 60 min", "sinds 03-11"]
    assert {item.order for item in confirmations} <= {1, 2, 3}
    assert len(today.reminded.refreshed.arrangements) == 5
    other = demo_day.run(tmp_path / "ander", Moment(now=NOW, given=date(2026, 11, 19)))
    assert other.arranged is None
    assert len(other.reminded.refreshed.arrangements) == 4
