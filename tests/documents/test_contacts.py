"""Which ways of contact a pack gives, and what it says before it gives them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from spr_desktop.casework.making import PACK
from spr_desktop.documents import wording
from spr_desktop.documents.errors import LeakFound
from tests.cases import TODAY, Family
from tests.documents.kinds import made
from tests.documents.packs import NUMBERS, contents, released
from tests.documents.test_contents import adult, said_in


def test_a_number_is_printed_only_if_it_was_released() -> None:
    assert [each.value for each in adult(released()).contacts] == [NUMBERS["a"]]
    kept = adult(Family())
    assert kept.contacts == ()
    assert kept.contact_through == "Wren Demo (no telephone number recorded)"


@pytest.mark.parametrize(
    "change",
    [
        {"disclosure": "confidential"},
        {"disclosure": None},
        {"safe": "not_known"},
        {"monitored_by_others": "not_known"},
        {"shared_with_other_parent": "yes"},
        {"confirmed_on": "2026-11-07"},
        {"confirmed_on": None},
    ],
)
def test_only_a_way_that_is_fit_for_use_is_printed(change: dict[str, str | None]) -> None:
    family = released()
    family.add("contact_point", -6, **family.found("contact_point", "a")[0]["body"] | {"contact_id": "second"})
    family.change("contact_point", "mobile-a", **change)
    family.change("contact_point", "second", value="07700 900199")
    assert [each.value for each in adult(family).contacts] == ["07700 900199"]


def test_a_way_that_is_confidential_by_now_is_not_printed_for_a_day_before_that() -> None:
    family = released()
    told = family.found("contact_point", "a")[0]["body"]
    family.as_of = date(2026, 11, 23)
    family.add("contact_point", 0, **told | {"disclosure": "confidential"})
    family.as_of = TODAY
    assert adult(family).contacts == ()
    family.change("person", "a", access_needs=[f"Ring {NUMBERS['a']}"])
    with pytest.raises(LeakFound):
        made(family, PACK)


def with_address(disclosure: str) -> Family:
    family = released()
    body = family.found("contact_point", "a")[0]["body"] | {"contact_id": "home", "type": "post"}
    family.add("contact_point", -6, **body | {"value": "12 Acacia Road", "disclosure": disclosure})
    return family


def test_a_home_address_needs_more_than_release_to_the_service() -> None:
    assert "Do not write by post." in adult(with_address("service_only")).contact_rules
    assert "12 Acacia Road" not in said_in(asdict(contents(with_address("service_only"))))
    released_address = adult(with_address("may_share"))
    assert [each.value for each in released_address.contacts] == [NUMBERS["a"], "12 Acacia Road"]
    assert "Do not write by post." not in released_address.contact_rules
    assert "12 Acacia Road" not in said_in(asdict(adult(with_address("may_share"), 1)))


def test_rules_come_from_what_was_agreed() -> None:
    family = released()
    family.change(
        "contact_point", "a", voicemail_ok="yes", text_ok="not_known", safe_times="mornings", unsafe_times="weekends"
    )
    family.change("person", "a", alerts=["monitored_device", "no_voicemail", "lone_visit_risk", "separate_waiting"])
    said = adult(family)
    [contact] = said.contacts
    assert contact.rules == (
        "Do not leave voicemail.",
        "Do not send text messages: it was not asked about.",
        "Not at these times: weekends",
        "Good times: mornings",
    )
    assert wording.ALERT_RULE["monitored_device"] in said.contact_rules
    assert said.access_needs == (wording.SEPARATE_WAITING,)
    assert not [text for text in said_in(asdict(said)) if "visit" in text or "lone" in text]
