"""Lifting a stop: only by somebody else, and then the pathway takes it for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.lifting import lift_stop, may_rest_on, why_not
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import SafetyInformation, StopLifted
from spr_desktop.records.values import When
from tests.vaults import PASSPHRASE, PRACTITIONER, READY, make_caseload

TODAY = date.today()
TOLD = SafetyInformation(category="domestic_abuse", about=("a",), source="police notice")
LIFT = StopLifted(by="M. Manager", role="manager", reason="It was about another family.")


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Caseload]:
    make_caseload(tmp_path / "vault")
    with Caseload.open(tmp_path / "vault", PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def stop(caseload: Caseload) -> AnyRecord:
    return caseload.record(READY, [TOLD], happened_on=TODAY)[0]


def test_a_stop_that_somebody_else_lifted_is_a_caution(caseload: Caseload, stop: AnyRecord) -> None:
    assert caseload.decide(READY, TODAY).outcome == "stop"
    lift_stop(caseload, READY, replace(LIFT, records=(stop.id,)), TODAY)
    assert caseload.decide(READY, TODAY).outcome == "caution"


@pytest.mark.parametrize("name", [PRACTITIONER.name, " j. OUTREACH ", "", "  "])
def test_nobody_lifts_their_own_stop(caseload: Caseload, stop: AnyRecord, name: str) -> None:
    with pytest.raises(ValueError, match=r"your own name|Enter the name"):
        lift_stop(caseload, READY, replace(LIFT, records=(stop.id,), by=name), TODAY)
    assert caseload.case(READY).ever(StopLifted) == []


def test_whoever_recorded_the_stop_does_not_lift_it(caseload: Caseload, stop: AnyRecord) -> None:
    case = caseload.case(READY)
    lift = replace(LIFT, records=(stop.id,), by="J. Outreach")
    refused = why_not(case, lift, When(TODAY), "Somebody Else")
    assert refused is not None
    assert refused[0] == "by"
    earlier = why_not(case, replace(LIFT, records=(stop.id,)), When(TODAY - timedelta(days=1)), "Somebody Else")
    assert earlier is not None
    assert earlier[0] == "happened_on"


def test_a_stop_whose_recorder_is_not_known_stays(caseload: Caseload, stop: AnyRecord) -> None:
    nobody = replace(stop, id="00000000-0000-4000-8000-000000000002", recorded_by=None)
    caseload.keep({READY: [nobody]}, TODAY)
    refused = why_not(caseload.case(READY), replace(LIFT, records=(nobody.id,)), When(TODAY), "J. Outreach")
    assert refused is not None
    assert refused[0] == "records"


def test_the_newest_of_what_may_stop_is_offered_first(caseload: Caseload, stop: AnyRecord) -> None:
    offered = may_rest_on(caseload.case(READY))
    assert offered[0] == stop
    assert {each.kind for each in offered} == {"safety_information", "safety_conversation"}
