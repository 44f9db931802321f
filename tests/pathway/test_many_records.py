"""Large cases that are valid are answered: the work grows with the records, not with their square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from tests.cases import RATIONALE, Family


def refusals(family: Family, number: int) -> None:
    family.add("advice", -5, about="safety", from_="X", role="manager", says="do_not_go_ahead", content=str(number))


def another_adult(family: Family, number: int) -> None:
    person = f"x{number}"
    family.add("person", -60, person_id=person, role="other_adult", given_names="X")
    family.add(
        "safety_conversation",
        -20,
        person_id=person,
        state="completed",
        tool="spr_safety_net",
        alone="yes",
        practitioner_outcome="harmful_conflict",
        rationale=RATIONALE,
    )


@pytest.mark.parametrize("add", [refusals, another_adult])
def test_four_times_the_records_take_no_more_than_eight_times_the_work(add: Callable[[Family, int], None]) -> None:
    """Work is counted in calls: time would depend on what else the machine does."""

    def calls_of(count: int) -> int:
        family = Family()
        for number in range(count):
            add(family, number)
        family.check()
        calls = 0

        def counted(_frame: FrameType, event: str, _argument: Any) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        sys.setprofile(counted)
        try:
            family.check()
        finally:
            sys.setprofile(None)
        return calls

    assert calls_of(1_600) < 8 * calls_of(400)
