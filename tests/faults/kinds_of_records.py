"""Kinds of changes in an open vault: records, what is typed, settings, what is received, what is disposed of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.colleagues import Colleague
from spr_desktop.casework.competing import every_group
from spr_desktop.casework.taking_over import Bundle, BundleFamily, take
from spr_desktop.records.merging import Group
from spr_desktop.records.record import AnyRecord
from spr_desktop.vault.creation import DATABASE_FILE
from spr_desktop.vault.disposal import DISPOSED, Order
from spr_desktop.vault.key_file import unlock_key_file
from tests.faults.kind import Kind
from tests.faults.scene import NOON, RECOVERY_KEY, Scene, opened, prepare_vault
from tests.vault.raw_pages import raw_pages
from tests.vault.samples import ONE_CASE, note, person, summary

# Records, one case at a time and many


def append(scene: Scene, number: int) -> None:
    """Two notes to one case, and a name of it."""
    notes = [note(ONE_CASE, 100 + 2 * number), note(ONE_CASE, 101 + 2 * number)]
    scene.vault.append(ONE_CASE, notes, summary(ONE_CASE, f"Name {number}"))


def _records(scene: Scene, _number: int) -> Any:
    vault = scene.vault
    added = sum(each.action == "records_added" and each.case_ref == ONE_CASE for each in vault.activity())
    names = next(each.names for each in vault.summaries() if each.case_ref == ONE_CASE)
    return vault.records(ONE_CASE)[8:], names, added - 1


def _wanted_records(number: int) -> Any:
    names = (f"Name {number - 1}",) if number else ("Łukasz O'Neil-Kowalski", "王小明")
    return [note(ONE_CASE, 100 + each) for each in range(2 * number)], names, number


_IMPORTED: Final = 12


def _import(scene: Scene, number: int) -> None:
    refs = _imported_refs(number)
    scene.vault.append_many((ref, _imported(ref), summary(ref, f"Name {number}")) for ref in refs)


def _imported_refs(number: int) -> list[str]:
    return [f"{number:04d}-{each:04d}" for each in range(_IMPORTED)]


def _imported(ref: str) -> list[Any]:
    return [note(ref, each, f"Of {ref}. " * 60) for each in range(3)]


def _cases(scene: Scene, _number: int) -> Any:
    vault = scene.vault
    found = {ref: vault.records(ref) for ref in vault.case_refs() if ref[0] == "0"}
    return found, sorted(each.case_ref for each in vault.summaries() if each.case_ref[0] == "0")


def _wanted_cases(number: int) -> Any:
    refs = [ref for each in range(number) for ref in _imported_refs(each)]
    return {ref: _imported(ref) for ref in refs}, refs


# What is typed, and settings


def _type(scene: Scene, number: int) -> None:
    if number % 3 == 2:
        scene.vault.drop_draft("one")
    else:
        scene.vault.keep_drafts({name: _typed(name, number) for name in ("one", "two")})


def _typed(name: str, number: int) -> str:
    return f"{name} {number} " * (500 if number % 2 else 3)


def _drafts(scene: Scene, _number: int) -> Any:
    return {name: scene.vault.draft(name) for name, _ in scene.vault.draft_names()}


def _wanted_drafts(number: int) -> Any:
    found: dict[str, str] = {}
    for each in range(number):
        if each % 3 == 2:
            found.pop("one")
        else:
            found = {name: _typed(name, each) for name in ("one", "two")}
    return found


def _set(scene: Scene, number: int) -> None:
    scene.vault.set_setting("of the test", _typed("set", number))


def _setting(scene: Scene, _number: int) -> Any:
    return scene.vault.setting("of the test")


def _wanted_setting(number: int) -> Any:
    return _typed("set", number - 1) if number else None


# The write-ahead log: brought into the one file, and the vault closed


def _append_beside_a_reader(scene: Scene, number: int) -> None:
    """While somebody reads, the log cannot be emptied; with every fourth step it is, in one go."""
    if number % 4 == 0 or not scene.is_busy:
        scene.meanwhile.close()
        reader = scene.meanwhile.enter_context(scene.vault.for_background())
        connection = scene.meanwhile.enter_context(reader._store.reading())
        connection.execute("SELECT count(*) FROM record").fetchone()
        scene.is_busy = True
    if number % 4 == 3:
        scene.meanwhile.close()
        scene.is_busy = False
    append(scene, number)


def _append_and_close(scene: Scene, number: int) -> None:
    append(scene, number)
    scene.close()


# Received from a colleague, and disposed of

_RECEIVED_ON: Final = date(2026, 11, 22)
_SENDER: Final = Colleague(name="B. Outreach", role="", organisation="", key="", certificate=b"")


def _receive(scene: Scene, number: int) -> None:
    """A bundle that brings something to a family, two records of it competing, and a family that is new."""
    one = (person(ONE_CASE, "a"), *_received_notes(number))
    new = _received_ref(number)
    families = (_in_bundle(ONE_CASE, one, frozenset(each.id for each in one[1:])), _in_bundle(new, _imported(new)))
    bundle = Bundle(bundle_id=f"bundle {number}", made_at=NOON, sender=_SENDER, families=families)
    assert not take(Caseload(scene.vault), bundle, _RECEIVED_ON).refused


def _in_bundle(case_ref: str, records: Iterable[AnyRecord], *competing: Group) -> BundleFamily:
    return BundleFamily(case_ref=case_ref, sha256="", records=tuple(records), competing=frozenset(competing))


def _received_ref(number: int) -> str:
    return f"{number:04d}-0000"


def _received_notes(number: int) -> list[AnyRecord]:
    return [replace(note(ONE_CASE, 100 + each), supersedes=()) for each in (2 * number, 2 * number + 1)]


def _received(scene: Scene, number: int) -> Any:
    vault = scene.vault
    found, in_the_list = _cases(scene, number)
    said = [(each.case_ref, each.detail) for each in vault.activity() if each.action == "received"]
    return vault.records(ONE_CASE)[8:], found, in_the_list, every_group(vault).get(ONE_CASE, set()), said


def _wanted_received(number: int) -> Any:
    refs = [_received_ref(each) for each in range(number)]
    notes = [_received_notes(each) for each in range(number)]
    groups = {frozenset(each.id for each in two) for two in notes}
    said = [
        line
        for each, ref in enumerate(refs)
        for line in ((ONE_CASE, f"bundle {each} 2 new, 1 known"), (ref, f"bundle {each} 3 new, 0 known"))
    ]
    return [one for two in notes for one in two], {ref: _imported(ref) for ref in refs}, refs, groups, said


_TO_GO: Final = 6


def _prepare_cases(folder: Path) -> None:
    prepare_vault(folder)
    with opened(folder / "vault") as vault:
        for number in range(_TO_GO):
            ref = _received_ref(number)
            notes = [note(ref, each, f"{_mark(number)} " * 400) for each in range(4)]
            vault.append(ref, notes, summary(ref, f"{_mark(number)} Name"))
            vault.keep_draft(f"{ref}/note/", f"{_mark(number)} " * 300)


def _mark(number: int) -> str:
    return f"zmarked{number}z"


def _dispose(scene: Scene, number: int) -> None:
    order = Order(certificate=f"D-{number}", reason="past_retention", by=None, at=NOON)
    scene.vault.dispose(_received_ref(number), order)
    scene.vault.rebuild()


def _disposed(scene: Scene, number: int) -> Any:
    """What stands on any page of the database, once what was cut short is completed, as by the next backup."""
    vault = scene.vault
    if len(vault.disposals()) == number:
        assert vault.is_rebuilt(), "it was acknowledged before it was off every page"
    vault.rebuild()
    unlocked = unlock_key_file(scene.vault_folder, RECOVERY_KEY)
    pages = raw_pages(scene.vault_folder / DATABASE_FILE, unlocked)
    unlocked.data_key.wipe()
    on_pages = [each for each in range(_TO_GO) if _mark(each).encode() in pages]
    gone = [(each.case_ref, each.records) for each in vault.disposals()]
    in_the_list = sorted(each.case_ref for each in vault.summaries() if each.case_ref[0] == "0")
    said = [each.case_ref for each in vault.activity() if each.action == DISPOSED]
    return gone, in_the_list, on_pages, sorted(name for name, _ in vault.draft_names()), said


def _wanted_disposed(number: int) -> Any:
    gone, stay = ([_received_ref(each) for each in some] for some in (range(number), range(number, _TO_GO)))
    drafts = [f"{ref}/note/" for ref in stay]
    return [(ref, 4) for ref in gone], stay, list(range(number, _TO_GO)), drafts, gone


RECORDS: Final = (
    Kind("records", append, _records, _wanted_records),
    Kind("import", _import, _cases, _wanted_cases, steps=3),
    Kind("drafts", _type, _drafts, _wanted_drafts),
    Kind("settings", _set, _setting, _wanted_setting),
    Kind("emptying the log", _append_beside_a_reader, _records, _wanted_records),
    Kind("closing", _append_and_close, _records, _wanted_records, steps=4),
    Kind("receiving", _receive, _received, _wanted_received, steps=3),
    Kind("disposal", _dispose, _disposed, _wanted_disposed, _prepare_cases, steps=3, stands=1, may_be_done=True),
)
