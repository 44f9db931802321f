"""The caseload: what was worked out elsewhere, kept in order and compared with the ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.caseload import CaseDue, CaseSummary, DueLine, Wanted
from spr_desktop.vault.errors import DamagedVault
from spr_desktop.vault.vault import Vault
from tests.vault.samples import NAMES, ONE_CASE, OTHER_CASE, Made, note, person, summary

LATER = date(2026, 11, 23)


def worked_out(case_ref: str, records: list[AnyRecord], as_of: date) -> CaseSummary:
    """What the tests' families are summed up to."""
    people = [each.body for each in records if each.kind == "person"]
    return summary(case_ref, *(each.full_name for each in people), as_of=as_of)


def refs(rows: list[CaseSummary]) -> list[str]:
    return [each.case_ref for each in rows]


def add_case(vault: Vault, case_ref: str, row: CaseSummary) -> None:
    vault.append(case_ref, [note(case_ref, 0)], row)


def test_row_comes_back_as_it_was_kept(vault: Vault) -> None:
    row = CaseSummary(
        case_ref="AAAA-0000",
        names=("Jo Example", "Jo", '"quoted", and\ncomma'),
        service="mediation",
        outcome="ready",
        ready=True,
        urgent=True,
        next_step="send the pack",
        due_on=date(2026, 12, 1),
        last_contact=None,
        as_of=LATER,
        changes_on=date(2026, 12, 2),
        due=(
            DueLine(date(2026, 12, 1), "F10", "a", "Re-confirm a contact"),
            DueLine(date(2026, 12, 1), "F10", "b", "Re-confirm a contact"),
        ),
    )
    add_case(vault, row.case_ref, row)
    assert vault.summaries("Jo Example") == [replace(row, due=())]
    day = date(2026, 12, 1)
    assert tuple(each.line for each in vault.due(day, day)) == row.due


def test_urgent_comes_first_then_what_is_due_soonest_then_the_rest(vault: Vault) -> None:
    for case_ref, row in {
        "AAAA-0000": {},
        "CCCC-0000": {"due_on": date(2026, 12, 24)},
        "DDDD-0000": {"due_on": date(2026, 12, 3)},
        "EEEE-0000": {"urgent": True},
        "FFFF-0000": {"urgent": True, "due_on": date(2027, 1, 1)},
    }.items():
        add_case(vault, case_ref, summary(case_ref, **row))  # type: ignore[arg-type]  # fields of several types
    expected = ["FFFF-0000", "EEEE-0000", "DDDD-0000", "CCCC-0000", "AAAA-0000", OTHER_CASE, ONE_CASE]
    assert refs(vault.summaries()) == expected
    assert refs(vault.summaries(limit=3)) == expected[:3]
    assert refs(vault.summaries(limit=3, offset=2)) == expected[2:5]
    assert refs(vault.summaries(offset=5)) == expected[5:]
    assert vault.summaries(offset=50) == []


def test_found_cases_come_newest_first_and_in_pages(vault: Vault) -> None:
    cases = [f"{letter * 4}-0000" for letter in "CABD"]
    for case_ref in cases:
        add_case(vault, case_ref, summary(case_ref, "Sam Sample"))
    assert refs(vault.summaries("sample")) == cases[::-1]
    assert refs(vault.summaries("sample", limit=2, offset=1)) == cases[::-1][1:3]


def test_rows_are_those_that_are_wanted(vault: Vault) -> None:
    rows: dict[str, dict[str, object]] = {
        "AAAA-0000": {"outcome": "stop", "urgent": True},
        "CCCC-0000": {"outcome": "pass", "ready": True, "service": "mediation", "due_on": date(2026, 12, 24)},
        "DDDD-0000": {"outcome": "caution", "service": "mediation", "due_on": date(2026, 12, 3)},
    }
    for case_ref, row in rows.items():
        add_case(vault, case_ref, summary(case_ref, "Sam Sample", **row))
    for wanted, expected in (
        (Wanted(), ["AAAA-0000", "DDDD-0000", "CCCC-0000", OTHER_CASE, ONE_CASE]),
        (Wanted(outcomes=frozenset({"stop", "pass"})), ["AAAA-0000", "CCCC-0000"]),
        (Wanted(service="mediation"), ["DDDD-0000", "CCCC-0000"]),
        (Wanted(ready=True), ["CCCC-0000"]),
        (Wanted(ready=False, service="mediation"), ["DDDD-0000"]),
        (Wanted(due_by=date(2026, 12, 3)), ["DDDD-0000"]),
        (Wanted(due_by=date(2026, 12, 2)), []),
    ):
        assert refs(vault.summaries(wanted=wanted)) == expected
        assert vault.count(wanted=wanted) == len(expected)
        found = [each for each in expected if each in rows]
        assert sorted(refs(vault.summaries("sam", wanted))) == sorted(found)
        assert vault.count("sam", wanted) == len(found)
    assert refs(vault.summaries(wanted=Wanted(service="mediation"), limit=1, offset=1)) == ["CCCC-0000"]


def test_what_is_due_comes_by_day_over_all_cases_and_goes_with_its_row(vault: Vault) -> None:
    first, second = (DueLine(date(2026, 12, day), "F10", "a", "Re-confirm a contact") for day in (3, 4))
    vault.put_summaries([summary(ONE_CASE, "Jo", due=(second,)), summary(OTHER_CASE, "Sam", due=(first, second))])
    assert vault.due(date(2026, 12, 2)) == []
    assert vault.due(date(2026, 12, 3)) == [CaseDue(OTHER_CASE, ("Sam",), first)]
    assert [(each.case_ref, each.line) for each in vault.due(date(2026, 12, 4))] == [
        (OTHER_CASE, first),
        (OTHER_CASE, second),
        (ONE_CASE, second),
    ]
    assert vault.due(date(2026, 12, 4), since=date(2026, 12, 4), limit=1, offset=1)[0].case_ref == ONE_CASE
    assert vault.count_due(date(2026, 12, 4)) == 3
    assert vault.count_due(date(2026, 12, 4), since=date(2026, 12, 4)) == 2
    vault.put_summaries([summary(OTHER_CASE, "Sam")])
    assert [each.case_ref for each in vault.due(date(2027, 1, 1))] == [ONE_CASE]


def test_row_is_replaced_with_the_records_it_was_worked_out_from(vault: Vault) -> None:
    vault.append(ONE_CASE, [note(ONE_CASE, 60)], summary(ONE_CASE, "Sam Sample", outcome="stopped"))
    assert len(vault.summaries()) == 2
    assert [each.outcome for each in vault.summaries("Sam")] == ["stopped"]
    assert vault.summaries("Łukasz") == []


def test_stale_rows_are_those_that_time_changes_and_those_that_are_missing(vault: Vault) -> None:
    rows = {each.case_ref: each for each in vault.summaries()}
    as_of = rows[ONE_CASE].as_of
    assert vault.stale_summaries(as_of) == vault.stale_summaries(date(2099, 1, 1)) == []
    vault.put_summaries([replace(rows[ONE_CASE], changes_on=LATER)])
    assert vault.stale_summaries(as_of) == []
    assert vault.stale_summaries(LATER) == vault.stale_summaries(date(2099, 1, 1)) == [ONE_CASE]
    with vault._store.writing() as connection:
        connection.execute("DELETE FROM case_summary")
    assert vault.stale_summaries(as_of) == [OTHER_CASE, ONE_CASE]
    assert vault.stale_summaries(as_of, limit=1) == [OTHER_CASE]


def test_rows_of_a_later_day_are_stale_where_the_clock_went_back(vault: Vault) -> None:
    assert vault.stale_summaries(date(2026, 11, 21)) == [OTHER_CASE, ONE_CASE]


def test_refreshing_changes_rows_and_nothing_else(vault: Vault) -> None:
    records, activity = vault.records(ONE_CASE), vault.activity()
    vault.put_summaries([summary(ONE_CASE, "Łukasz O'Neil-Kowalski", urgent=True, as_of=LATER)])
    assert [each.urgent for each in vault.summaries("lukasz")] == [True]
    assert (vault.records(ONE_CASE), vault.activity()) == (records, activity)
    vault.verify()


def test_verification_compares_rows_with_the_ledgers(vault: Vault) -> None:
    vault.verify(worked_out)
    vault.put_summaries([summary(ONE_CASE, *(each.names[0] for each in vault.summaries("lukasz")), outcome="ready")])
    vault.verify()
    with pytest.raises(DamagedVault, match=ONE_CASE):
        vault.verify(worked_out)


def test_verification_works_rows_out_for_the_day_they_are_of(vault: Vault) -> None:
    vault.put_summaries(replace(each, as_of=LATER) for each in vault.summaries())
    vault.verify(worked_out)


def test_verification_can_be_given_up(vault: Vault) -> None:
    def give_up(*_: object) -> CaseSummary:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        vault.verify(give_up)
    vault.verify()


@pytest.mark.parametrize(
    "tampering",
    [
        f"DELETE FROM case_summary WHERE case_ref = '{ONE_CASE}'",
        "DELETE FROM person_search WHERE rowid = 1",
        "UPDATE person_search SET words = 'somebody else' WHERE rowid = 1",
        "UPDATE case_summary SET names = '[\"Somebody Else\"]' WHERE number = 1",
        "INSERT INTO case_summary SELECT 9, 'ZZZZ-9999', names, service, outcome, ready, urgent, next_step, due_on,"
        " last_contact, as_of, changes_on FROM case_summary LIMIT 1",
    ],
)
def test_verification_sees_rows_and_search_that_do_not_fit(made: Made, tampering: str) -> None:
    with made.opened() as vault:
        with vault._store.writing() as connection:
            connection.execute(tampering)
        vault.verify_ledgers()
        with pytest.raises(DamagedVault):
            vault.verify()


def test_computed_tables_can_be_thrown_away_and_built_again(vault: Vault) -> None:
    expected = vault.summaries()
    with vault._store.writing() as connection:
        connection.execute("DELETE FROM case_summary")
        connection.execute("DELETE FROM person_search")
    stale = vault.stale_summaries(expected[0].as_of)
    vault.put_summaries(worked_out(each, vault.records(each), expected[0].as_of) for each in stale)
    assert vault.summaries() == expected
    vault.verify(worked_out)


def test_families_of_the_tests_are_as_the_tests_believe(vault: Vault) -> None:
    assert person(ONE_CASE, "a").body.full_name == " ".join(filter(None, NAMES["a"]))
    assert refs(vault.summaries()) == [OTHER_CASE, ONE_CASE]
