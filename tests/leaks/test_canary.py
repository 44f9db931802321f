"""Of every text of a generated family, each kind of document holds what it may, and nothing else."""

from __future__ import annotations

import re

import pytest

from spr_desktop.casework.making import BRIEF, KINDS, PACK
from spr_desktop.records.kinds import KINDS as KINDS_OF_RECORD
from tests.leaks.canary import sing
from tests.leaks.families import marked


@pytest.mark.parametrize(("seed", "adults", "readers"), [("4", 2, 1), ("7", 4, 1), ("3", 3, 1)])
def test_every_mark_stands_where_it_may_and_nowhere_else(seed: str, adults: int, readers: int) -> None:
    found = sing(seed, adults, readers=readers, sealed=(PACK, BRIEF) if adults == 2 else (), twice=adults == 3)
    assert found.wrong == []
    assert set(KINDS) <= set(found.documents)
    assert found.found > 500


def test_a_family_has_several_records_of_every_kind_and_every_text_of_them_is_marked() -> None:
    made = marked("5", 4)
    kinds = [each["kind"] for each in made.family.entries]
    assert set(kinds) == set(KINDS_OF_RECORD)
    assert {kind for kind in KINDS_OF_RECORD if kinds.count(kind) < 2} <= {"plan", "referral"}
    texts = {each.where for each in made.marks}
    for where in ("note.blocks.text", "safety_conversation.answers.note", "contact_point.value", "recorded_by"):
        assert where in texts
    assert len({each.text for each in made.marks}) == len(made.marks)
    assert all(re.match(r"Zq\d{4}", each.text) for each in made.marks)
