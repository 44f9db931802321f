"""Keeping and disposal: what is past its time, what is held, and what becomes of backups."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from spr_desktop.casework.backing_up import (
    back_up,
    back_up_to,
    backups_of,
    default_place,
    is_backup_due,
    set_second_place,
    still_held,
)
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.disposing import (
    MANY,
    certificate_of,
    certificates,
    dispose,
    is_many,
    save_certificate,
    try_out,
)
from spr_desktop.casework.drafts import drafts, keep_drafts
from spr_desktop.casework.errors import CaseDisposed, DisposalRefused, NoSuchCase, TooManyAtOnce
from spr_desktop.casework.exchange import export_case, import_documents
from spr_desktop.casework.filters import SavedFilter, save_filter, saved_filters
from spr_desktop.casework.home import last_seen_folder
from spr_desktop.casework.making import FILE_OF, PACK, Wish, make
from spr_desktop.casework.refreshing import work_out
from spr_desktop.casework.restoring import restore_with_passphrase
from spr_desktop.casework.retention import (
    Rule,
    choose_rule,
    chosen_rule,
    due_count,
    due_list,
    hold_case,
    kept_until,
    read_rule,
    release_case,
)
from spr_desktop.records.people import CaseOpened, Person
from spr_desktop.records.record import AnyRecord, Body, Record
from spr_desktop.records.values import When
from spr_desktop.vault.errors import DisposedCase, MachineFault
from spr_desktop.vault.key_file import unlock_key_file
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.vault import Vault
from tests.vault.raw_pages import raw_pages
from tests.vault.samples import REPOSITORY, finished, record_id
from tests.vaults import NOT_READY, PASSPHRASE, READY, make_caseload

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CASE_6: Final = read_rule("CASE+6")
DOB_25: Final = read_rule("DOB+25")
OLD: Final = "AAAA-0001"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disposing") / "vault"
    make_caseload(folder)
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "vault"))


@pytest.fixture
def caseload(folder: Path) -> Iterator[Caseload]:
    with Caseload.open(folder, PASSPHRASE) as opened:
        yield opened


def record(body: Body, on: date, written: date | None = None, supersedes: tuple[str, ...] = ()) -> AnyRecord:
    at = datetime.combine(written or on, datetime.min.time(), UTC) + timedelta(hours=12)
    return Record(
        id=record_id(body, on, written),
        happened_on=When(on),
        recorded_at=at,
        recorded_by="J. Outreach",
        body=body,
        supersedes=supersedes,
    )


def old_case(last_on: date, born: date | None = None, **but: Any) -> list[AnyRecord]:
    child = Person(person_id="k", role="child", given_names="Kit", date_of_birth=born, **but)
    return [record(CaseOpened(organisation="Example"), date(2001, 1, 1)), record(child, last_on)]


def at(*numbers: int) -> datetime:
    return datetime(*numbers, 12, tzinfo=UTC)  # type: ignore[misc,arg-type]


# Rules


@pytest.mark.parametrize(
    ("code", "rule"), [("CASE+6", Rule("CASE+6", True, 6)), (" dob+25 ", Rule("DOB+25", False, 25))]
)
def test_rules_are_read_as_councils_write_them(code: str, rule: Rule) -> None:
    assert read_rule(code) == rule


@pytest.mark.parametrize("code", ["", "CASE", "CASE+0", "CASE+100", "CASE-6", "AGE+25", "CASE+6 years"])
def test_anything_else_is_no_rule(code: str) -> None:
    with pytest.raises(ValueError, match="written like"):
        read_rule(code)


@pytest.mark.parametrize(
    ("rule", "records", "due_on"),
    [
        (CASE_6, old_case(date(2019, 5, 3)), date(2025, 5, 3)),
        (CASE_6, old_case(date(2020, 2, 29)), date(2026, 2, 28) + timedelta(days=1)),
        (CASE_6, [record(CaseOpened(organisation="x"), date(2010, 1, 1), date(2019, 1, 2))], date(2025, 1, 2)),
        (DOB_25, old_case(date(2019, 5, 3), date(2000, 4, 5)), date(2025, 4, 5)),
        (DOB_25, old_case(date(2026, 5, 3), date(2000, 4, 5)), date(2027, 5, 3)),
        (DOB_25, old_case(date(2019, 1, 1), date(2000, 4, 5), date_of_birth_accuracy="estimated"), date(2026, 4, 5)),
        (DOB_25, old_case(date(2019, 1, 1), None, expected_on=date(2019, 3, 1)), date(2044, 3, 1)),
        (DOB_25, old_case(date(2019, 1, 1), None), None),
        (DOB_25, old_case(date(2019, 1, 1), date(2000, 1, 1), date_of_birth_accuracy="unknown"), None),
        (DOB_25, [record(CaseOpened(organisation="x"), date(2001, 1, 1))], None),
    ],
)
def test_a_case_is_kept_until(caseload: Caseload, rule: Rule, records: list[AnyRecord], due_on: date | None) -> None:
    caseload.keep({OLD: records}, date(2026, 11, 22))
    kept = kept_until(caseload, OLD, rule)
    assert kept.due_on == due_on
    assert bool(kept.why_not_known) == (due_on is None)


def test_the_youngest_child_counts(caseload: Caseload) -> None:
    younger = Person(person_id="l", role="child", given_names="Lou", date_of_birth=date(2003, 1, 1))
    records = [*old_case(date(2019, 1, 1), date(2000, 1, 1)), record(younger, date(2019, 1, 1))]
    caseload.keep({OLD: records}, date(2026, 11, 22))
    assert kept_until(caseload, OLD, DOB_25).due_on == date(2028, 1, 1)


def test_a_day_that_was_corrected_keeps_nothing(caseload: Caseload) -> None:
    mistyped = record(CaseOpened(organisation="x"), date(2091, 1, 1), date(2019, 1, 1))
    right = record(CaseOpened(organisation="x"), date(2019, 1, 1), supersedes=(mistyped.id,))
    caseload.keep({OLD: [mistyped, right]}, date(2026, 11, 22))
    assert kept_until(caseload, OLD, CASE_6).due_on == date(2025, 1, 1)


# The due list


def test_without_a_rule_nothing_is_ever_due(caseload: Caseload) -> None:
    caseload.keep({OLD: old_case(date(2003, 1, 1))}, date(2026, 11, 22))
    assert chosen_rule(caseload) is None
    assert due_count(caseload, date(2090, 1, 1)) == 0
    with pytest.raises(DisposalRefused, match="No rule"):
        try_out(caseload, [OLD], "past_retention", date(2090, 1, 1))


def test_the_due_list_says_what_is_past_its_time_held_or_not_known(caseload: Caseload) -> None:
    today = date(2026, 11, 22)
    caseload.keep({OLD: old_case(date(2019, 1, 1)), "AAAA-0002": old_case(date(2018, 1, 1), date(1990, 1, 1))}, today)
    found = due_list(caseload, CASE_6, today)
    assert [(each.case_ref, each.due_on) for each in found.due] == [
        ("AAAA-0002", date(2024, 1, 1)),
        (OLD, date(2025, 1, 1)),
    ]
    assert found.not_known == ()
    by_birth = due_list(caseload, DOB_25, today)
    assert [each.case_ref for each in by_birth.due] == ["AAAA-0002"]
    assert [each.case_ref for each in by_birth.not_known] == [OLD]
    hold_case(caseload, "AAAA-0002", "court", date(2027, 5, 1), today)
    found = due_list(caseload, CASE_6, today)
    assert [each.case_ref for each in found.due] == [OLD]
    assert [each.case_ref for each in found.held] == ["AAAA-0002"]
    choose_rule(caseload, CASE_6, "Policy 12", today)
    assert due_count(caseload, today) == 1
    assert due_count(caseload, date(2024, 12, 31)) == 0
    release_case(caseload, "AAAA-0002")
    assert due_count(caseload, today) == 2


def test_a_hold_needs_a_case_and_a_reason(caseload: Caseload) -> None:
    with pytest.raises(NoSuchCase):
        hold_case(caseload, OLD, "court", date(2027, 1, 1), date(2026, 11, 22))
    with pytest.raises(ValueError, match="reason"):
        hold_case(caseload, READY, "because", date(2027, 1, 1), date(2026, 11, 22))
    with pytest.raises(NoSuchCase):
        release_case(caseload, READY)


# Disposing


def test_a_case_that_is_held_or_too_young_stays(caseload: Caseload) -> None:
    choose_rule(caseload, CASE_6, "Policy 12", date(2026, 11, 22))
    with pytest.raises(DisposalRefused, match="to be kept until"):
        dispose(caseload, [READY], "past_retention", NOW)
    hold_case(caseload, READY, "complaint", date(2027, 5, 1), date(2026, 11, 22))
    with pytest.raises(DisposalRefused, match="There is a complaint"):
        dispose(caseload, [READY], "erasure", NOW)
    with pytest.raises(NoSuchCase):
        dispose(caseload, [OLD], "erasure", NOW)
    assert caseload.vault.disposals() == []


def test_a_case_of_which_the_day_is_not_known_is_not_past_its_time(caseload: Caseload) -> None:
    caseload.keep({OLD: old_case(date(2003, 1, 1))}, date(2026, 11, 22))
    choose_rule(caseload, DOB_25, "Policy 12", date(2026, 11, 22))
    with pytest.raises(DisposalRefused, match="date of birth"):
        dispose(caseload, [OLD], "past_retention", NOW)


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [(1, 1, False), (1, 3, False), (2, 39, True), (2, 40, False), (MANY, 1000, False), (MANY + 1, 10_000, True)],
)
def test_many_at_once_must_be_confirmed(count: int, of: int, expected: bool) -> None:
    assert is_many(count, of) is expected


def test_the_number_is_confirmed(caseload: Caseload) -> None:
    for confirmed in (None, 1, 3):
        with pytest.raises(TooManyAtOnce):
            dispose(caseload, [READY, NOT_READY], "erasure", NOW, confirmed=confirmed)
    assert len(dispose(caseload, [READY, NOT_READY, READY], "erasure", NOW, confirmed=2).disposals) == 2
    assert caseload.vault.case_refs() == []
    caseload.vault.verify(work_out)


def test_a_dry_run_counts_and_changes_nothing(caseload: Caseload) -> None:
    back_up(caseload.vault, at(2026, 11, 1))
    caseload.keep({OLD: old_case(date(2019, 1, 1))}, date(2026, 11, 22))
    before = caseload.vault.activity()
    assert try_out(caseload, [OLD], "erasure", date(2026, 11, 22)).backups == 0
    tried = try_out(caseload, [NOT_READY], "erasure", date(2026, 11, 22))
    (case,) = tried.cases
    assert case.record_count == len(caseload.records(NOT_READY))
    assert case.records["person"] == sum(each.kind == "person" for each in caseload.records(NOT_READY))
    assert (tried.of_cases, tried.backups, tried.is_many) == (3, 1, False)
    assert caseload.vault.activity() == before


def test_what_names_the_case_goes_with_it(caseload: Caseload) -> None:
    keep_drafts(
        caseload,
        {
            f"{NOT_READY}/note": {"text": "typed"},
            f"{READY}/note": {"text": NOT_READY},
            "here": {"place": "families", "standing": {"search": "Przykład"}},
        },
    )
    save_filter(caseload, "that family", SavedFilter(search="Przykład"))
    save_filter(caseload, "both", SavedFilter(search="Kit"))
    save_filter(caseload, "all", SavedFilter(show="ready"))
    dispose(caseload, [NOT_READY], "erasure", NOW)
    assert [name for name, _ in drafts(caseload)] == [f"{READY}/note"]
    assert set(saved_filters(caseload)) == {"both", "all"}
    assert caseload.vault.count("Przykład") == 0


def test_no_page_of_the_vault_or_of_a_backup_holds_its_names(caseload: Caseload, tmp_path: Path) -> None:
    """With everything that the program itself works out and keeps: rows, search, what is due, drafts, activity."""
    stick = tmp_path / "stick"
    stick.mkdir()
    set_second_place(caseload, stick)
    back_up(caseload.vault, at(2026, 11, 1))
    caseload.refresh(date(2027, 6, 1))
    names = ("Przykład".encode(), b"przyklad", "Vzorová".encode(), b"vzorova", b"VZOROVA")
    unlocked = unlock_key_file(caseload.vault.folder, Passphrase(PASSPHRASE))
    database = caseload.vault.folder / "caseload.db"
    ids = [each.id.encode() for each in caseload.records(NOT_READY)]
    assert sum(name in raw_pages(database, unlocked) for name in names) >= 3
    dispose(caseload, [NOT_READY], "erasure", NOW)
    places = [database, *(each.path / "caseload.db" for each in backups_of(caseload))]
    assert len(places) == 3
    for each in places:
        pages = raw_pages(each, unlocked)
        assert [name for name in (*names, *ids) if name in pages] == []
        assert b"Example" in pages


def test_it_is_called_off_between_two_cases(caseload: Caseload) -> None:
    told: list[tuple[int, int]] = []
    done = dispose(
        caseload,
        [READY, NOT_READY],
        "erasure",
        NOW,
        confirmed=2,
        progress=lambda gone, of: told.append((gone, of)),
        is_cancelled=lambda: len(told) == 2,
    )
    assert done.is_called_off
    assert [each.case_ref for each in done.disposals] == [READY]
    assert told == [(0, 2), (1, 2), (1, 2)]
    assert caseload.vault.case_refs() == [NOT_READY]
    assert len(backups_of(caseload)) == 1
    none = dispose(caseload, [NOT_READY], "erasure", NOW, is_cancelled=lambda: True)
    assert (none.certificate, none.disposals) == (None, ())


def test_a_disposed_case_says_so(caseload: Caseload, tmp_path: Path) -> None:
    export_case(caseload, READY, tmp_path / "copy.json")
    dispose(caseload, [READY], "erasure", NOW)
    for ask in (caseload.records, caseload.case, lambda ref: export_case(caseload, ref, tmp_path / "again.json")):
        with pytest.raises(CaseDisposed) as told:
            ask(READY)
        assert told.value.disposed_on == date(2026, 11, 22)
    for is_dry_run in (True, False):
        with pytest.raises(DisposedCase):
            import_documents(caseload, [tmp_path / "copy.json"], date(2026, 11, 22), dry_run=is_dry_run)
    with pytest.raises(DisposedCase):
        caseload.record(READY, [CaseOpened(organisation="x")], happened_on=date(2026, 11, 22))
    assert caseload.vault.case_refs() == [NOT_READY]


# Backups


def test_backups_that_hold_it_go_in_both_places(caseload: Caseload, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    set_second_place(caseload, stick)
    for day in (1, 8, 15):
        back_up(caseload.vault, at(2026, 11, day))
    assert len(backups_of(caseload)) == 6
    done = dispose(caseload, [NOT_READY], "erasure", NOW)
    assert done.is_backed_up
    left = backups_of(caseload)
    assert {each.path.parent for each in left} == {default_place(caseload.vault), stick}
    assert len(left) == 2
    for each in left:
        assert caseload.vault.verify_backup(each.path).cases == 1
    assert still_held(caseload.vault) == []
    assert not is_backup_due(caseload, NOW)
    assert [each.detail for each in caseload.vault.activity() if each.action == "backups_expired"] == ["3", "3"]


def test_a_place_that_is_away_is_remembered_and_seen_to_when_it_is_back(caseload: Caseload, tmp_path: Path) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    stick.mkdir()
    set_second_place(caseload, stick)
    back_up(caseload.vault, at(2026, 11, 1))
    stick.rename(away)
    dispose(caseload, [NOT_READY], "erasure", NOW)
    (held,) = still_held(caseload.vault)
    assert (held.place, held.backups) == (stick, None)
    assert "is not there now" in held.words
    assert not is_backup_due(caseload, NOW)
    away.rename(stick)
    (held,) = still_held(caseload.vault)
    assert held.backups == 1
    assert held.words.startswith("1 backup in ")
    assert is_backup_due(caseload, NOW)
    back_up(caseload.vault, NOW + timedelta(hours=1))
    assert still_held(caseload.vault) == []
    assert not is_backup_due(caseload, NOW + timedelta(hours=1))
    assert len(list(stick.iterdir())) == 1


def test_a_place_that_is_no_longer_named_is_seen_to(caseload: Caseload, tmp_path: Path) -> None:
    stick, other = tmp_path / "stick", tmp_path / "other"
    for each in (stick, other):
        each.mkdir()
    set_second_place(caseload, stick)
    back_up(caseload.vault, at(2026, 11, 1))
    back_up_to(caseload.vault, other, at(2026, 11, 2))
    set_second_place(caseload, None)
    dispose(caseload, [NOT_READY], "erasure", NOW)
    assert list(stick.iterdir()) == list(other.iterdir()) == []


def test_another_vaults_backups_stay(caseload: Caseload, tmp_path: Path) -> None:
    make_caseload(tmp_path / "second")
    place = default_place(caseload.vault)
    place.mkdir()
    with Caseload.open(tmp_path / "second", PASSPHRASE) as second:
        back_up_to(second.vault, place, at(2026, 11, 1))
    dispose(caseload, [NOT_READY], "erasure", NOW)
    assert len(list(place.iterdir())) == 2


def test_without_a_new_backup_no_old_one_goes(caseload: Caseload, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(caseload.vault, at(2026, 11, 1))

    def fails(*_: object) -> None:
        raise MachineFault("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Vault, "back_up", fails)
        done = dispose(caseload, [NOT_READY], "erasure", NOW)
        assert not done.is_backed_up
    assert [each.backups for each in still_held(caseload.vault)] == [1]
    assert is_backup_due(caseload, NOW)
    back_up(caseload.vault, NOW)
    assert still_held(caseload.vault) == []


def test_a_backup_that_cannot_be_removed_is_said(caseload: Caseload, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(caseload.vault, at(2026, 11, 1))

    def fails(*_: object, **__: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr("spr_desktop.vault.backups.shutil.rmtree", fails)
        dispose(caseload, [NOT_READY], "erasure", NOW)
    assert is_backup_due(caseload, NOW + timedelta(days=1))
    back_up(caseload.vault, NOW + timedelta(days=1))
    assert still_held(caseload.vault) == []
    assert len(list(default_place(caseload.vault).iterdir())) == 2


def test_restoring_an_old_backup_brings_the_case_back_and_nothing_hides_it(caseload: Caseload, tmp_path: Path) -> None:
    """What the documentation says: the vault that disposed of it knows, and an older one does not."""
    made = back_up_to(caseload.vault, tmp_path / "copies", at(2026, 11, 1))
    shutil.copytree(made.path, tmp_path / made.path.name)
    dispose(caseload, [NOT_READY], "erasure", NOW)
    restore_with_passphrase(tmp_path / made.path.name, tmp_path / "restored", PASSPHRASE)
    with Caseload.open(tmp_path / "restored", PASSPHRASE) as restored:
        assert NOT_READY in restored.vault.case_refs()


# The certificate


def test_the_certificate_says_what_was_done(caseload: Caseload, tmp_path: Path) -> None:
    today = date(2026, 11, 22)
    caseload.keep({OLD: old_case(date(2019, 1, 1)), "AAAA-0002": old_case(date(2018, 1, 1))}, today)
    choose_rule(caseload, CASE_6, "Policy 12", today)
    done = dispose(caseload, [OLD, "AAAA-0002"], "past_retention", NOW, confirmed=2)
    assert done.certificate
    assert list(certificates(caseload)) == [done.certificate]
    made = save_certificate(caseload, done.certificate, tmp_path / "c.pdf", NOW)
    assert [each.case_ref for each in made.cases] == [OLD, "AAAA-0002"]
    assert made.cases[0].records == 2
    assert made.rule
    assert "Policy 12" in made.rule
    assert made.is_rebuilt
    assert made.activity_before != made.activity_after
    plain = json.dumps(made.plain())
    assert "Kit" not in plain
    last = caseload.vault.activity()[-1]
    assert (last.action, (last.detail or "").split()[0]) == ("certificate_made", done.certificate)
    with pytest.raises(NoSuchCase):
        certificate_of(caseload, "DC-0000-0000", NOW)
    choose_rule(caseload, CASE_6, "Policy 13", date(2027, 1, 1))
    assert certificate_of(caseload, done.certificate, at(2027, 1, 2)).rule is None


# Killed


KILLED: Final = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from spr_desktop.casework import backing_up, disposing
from spr_desktop.casework.caseload import Caseload
from spr_desktop.vault import backups, store
from spr_desktop.vault.vault import Vault
from tests.vaults import PASSPHRASE, READY, NOT_READY

left = int(sys.argv[2])

def counted(owner, name):
    work = getattr(owner, name)
    def step(*given, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*given, **named)
    setattr(owner, name, step)

caseload = Caseload.open(Path(sys.argv[1]), PASSPHRASE)
for owner, name in (
    (Vault, "dispose"), (Vault, "rebuild"), (Vault, "set_setting"), (Vault, "log"), (store.Store, "_checkpoint"),
    (backups, "sync_folder"), (backups, "sync_file"), (backups.shutil, "rmtree"), (os, "unlink"), (os, "rmdir"),
    (backups, "copy_database"), (backups, "_named"),
):
    counted(owner, name)
disposing.dispose(
    caseload, [READY, NOT_READY], "erasure", datetime(2026, 11, 22, 12, tzinfo=UTC), confirmed=2
)
"""


def test_killed_at_any_step_the_next_backup_completes_it(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with Caseload.open(folder, PASSPHRASE) as caseload:
        set_second_place(caseload, stick)
        back_up(caseload.vault, at(2026, 11, 1))
        caseload.keep({OLD: old_case(date(2019, 1, 1))}, date(2026, 11, 22))
        back_up(caseload.vault, at(2026, 11, 2))
    kept = tmp_path / "kept"
    for each in (folder, stick):
        shutil.copytree(each, kept / each.name)
    seen: set[int] = set()
    step = -1
    while True:
        step += 2  # tests/faults kills it at every call of the vault's own
        for each in (folder, stick):
            shutil.rmtree(each)
            shutil.copytree(kept / each.name, each)
        shutil.rmtree(last_seen_folder(), ignore_errors=True)  # the vault goes back on purpose
        ended = finished(KILLED, folder, step, PYTHONPATH=str(REPOSITORY))
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        with Caseload.open(folder, PASSPHRASE) as caseload:
            caseload.vault.verify(work_out)
            gone = len(caseload.vault.disposals())
            seen.add(gone)
            assert len(caseload.vault.case_refs()) == 3 - gone
            assert caseload.vault.verify_backup(backups_of(caseload)[0].path).cases in {3, 3 - gone}
            if gone:
                later = NOW + timedelta(days=1)
                if not caseload.vault.is_rebuilt() or still_held(caseload.vault):
                    assert is_backup_due(caseload, later)
                back_up(caseload.vault, later)
                assert caseload.vault.is_rebuilt()
                assert still_held(caseload.vault) == []
                for backup in backups_of(caseload):
                    assert caseload.vault.verify_backup(backup.path).cases == 3 - gone
                parts = [*folder.glob("backups/.*"), *stick.glob(".*")]
                assert parts == []
    assert seen == {0, 1, 2}
    assert step > 20


def test_a_clock_that_was_wrong_hides_no_backup(caseload: Caseload) -> None:
    """Whether a backup holds a case is looked up in it, not in its name."""
    back_up(caseload.vault, at(2031, 1, 1))
    dispose(caseload, [NOT_READY], "erasure", NOW)
    assert [each.made_at.year for each in backups_of(caseload)] == [2026]


def test_where_its_documents_were_written_is_forgotten_with_a_case(caseload: Caseload, tmp_path: Path) -> None:
    folder = tmp_path / "Example family"
    folder.mkdir()
    made = make(caseload, READY, Wish(kind=PACK), date.today(), lambda reference: folder / f"{reference}.pdf")
    name = f"{FILE_OF}{made.reference}"
    assert "Example family" in (caseload.vault.setting(name) or "")
    dispose(caseload, [READY], "erasure", datetime.now(UTC), confirmed=1)
    assert not caseload.vault.setting(name)
