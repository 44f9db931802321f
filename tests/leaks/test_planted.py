"""A sample of what ``make leaks`` plants: no detail of the other parent gets into a copy or a brief."""

from __future__ import annotations

import pytest

from spr_desktop.documents import making
from spr_desktop.documents.making import Checked
from tests.leaks.conftest import PLANTED, SEED
from tests.leaks.details import OTHERS, planted
from tests.leaks.places import PLACES
from tests.leaks.planting import Try, chosen, every_try, plant


def test_no_planted_detail_is_printed() -> None:
    found = plant(chosen(PLANTED, SEED))
    assert found.wrong == []
    assert sum(found.outcomes.values()) > PLANTED / 2


def test_every_detail_is_planted_in_every_place() -> None:
    every = list(every_try())
    assert len({each.planted.form for each in every}) > 100
    assert {each.place.name for each in every} == {each.name for each in PLACES}
    assert sum(1 for each in every if each.beyond) < len(every) / 5


def test_what_is_not_refused_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the leak check everything is printed, and found by means that share nothing with the check's."""
    monkeypatch.setattr(making, "check", lambda pdf, *_: Checked(pdf))
    wanted = {"in one", "as recorded", "letters apart", "day first", "[at]", "as read out", "in words"}
    tries = [Try(OTHERS[0], each, PLACES[0], "parent-copy") for each in planted(OTHERS[0]) if each.form in wanted]
    found = plant(tries)
    assert len(found.wrong) == len(tries) > 20
