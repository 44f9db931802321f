"""The kinds of changes that are killed, and that meet a full disk: one entry each in ``KINDS``.

A kind says how one step is taken (committed once it returns), what somebody sees who opens the vault afterwards, and
what is to be seen after so many steps. After a kill it must be what it was after the last acknowledged step or after
the one in hand, and nothing else; that is all there is to prove, and it is the same for every kind.

A new kind is three functions and an entry: ``step``, ``seen``, ``wanted``. It makes with ``prepare`` what it needs
beforehand, once; each kill works on a copy. Look at ``_append`` for one in the open vault (receiving and disposal are
of its sort), at ``_restore`` for one beside it (so is salvage), and at ``_set_passphrase`` for one of the slot file (so
is a slot of the organisation).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from spr_desktop.vault import store
from spr_desktop.vault.backups import backups_in, kept, rotate
from spr_desktop.vault.creation import DATABASE_FILE
from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.key_file import change_key_file, unlock_key_file
from spr_desktop.vault.keys import DATABASE_KEY, LEAST_COST
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.schema import STEPS
from spr_desktop.vault.slots import Secret, new_slot, with_slot
from spr_desktop.vault.vault import Vault
from tests.faults.scene import (
    OPENS_WITH_PASSPHRASE,
    RECOVERY_KEY,
    Scene,
    as_next_recovery_key,
    make_vault,
    opened,
    stretching_in_earnest,
)
from tests.vault.samples import ONE_CASE, PASSPHRASE, note, summary

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _prepare_vault(folder: Path) -> None:
    make_vault(folder / "vault")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change."""

    name: str
    step: Callable[[Scene, int], None]
    """The next change after so many; it is committed, and may be acknowledged, once this returns."""
    seen: Callable[[Scene, int], Any]
    """What is there, to somebody who knows of so many steps."""
    wanted: Callable[[int], Any]
    """What is there after so many steps."""
    prepare: Callable[[Path], None] = _prepare_vault
    """Makes the folder of a scene; the vault is ``vault`` in it, closed."""
    secret: Secret = RECOVERY_KEY
    """What opens the vault whatever the steps do."""
    steps: int = 8
    """How many steps a child takes in one life; kills fall anywhere in it."""
    stands: int = 4
    """How many kills a vault goes through before the next fresh one."""
    may_be_done: bool = False
    """Whether a step that was refused for want of room may have been made nevertheless, as a whole."""
    opens_first: bool = True
    """Whether a first step may be taken before the disk is full: not where the only step is to open the vault."""
    changes_files: bool = False
    """Whether it changes files by itself, so that it is killed at every such call as well."""


# Records, one case at a time and many


def _append(scene: Scene, number: int) -> None:
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
    _append(scene, number)


def _append_and_close(scene: Scene, number: int) -> None:
    _append(scene, number)
    scene.close()


# Backups


def _back_up(scene: Scene, number: int) -> None:
    _append(scene, number)
    scene.vault.back_up(scene.backups, NOON + timedelta(hours=number))


def _backups(scene: Scene, number: int) -> Any:
    vault = scene.vault
    found = {each.made_at: vault.verify_backup(each.path).records for each in backups_in(scene.backups, vault.vault_id)}
    times = [NOON + timedelta(hours=each) for each in range(len(found))]
    # the record of a step comes before its backup, so one of the two may be there alone
    records = len(vault.records(ONE_CASE, proven=True)) - 8
    in_hand = len(found) == number and records == 2 * (number + 1)
    return [found.get(time) for time in times], records - 2 * in_hand


def _wanted_backups(number: int) -> Any:
    return [15 + 2 * (each + 1) for each in range(number)], 2 * number


_ROTATED: Final = [NOON - timedelta(hours=each) for each in range(5)]


def _prepare_backups(folder: Path) -> None:
    _prepare_vault(folder)
    scene = Scene(folder)
    for at in _ROTATED:
        scene.vault.back_up(scene.backups, at)
    scene.close()


def _rotate(scene: Scene, _number: int) -> None:
    newest = backups_in(scene.backups, scene.vault.vault_id)[0]
    rotate(scene.vault.verify_backup(newest.path))


def _rotated(scene: Scene, number: int) -> Any:
    """None was removed that should have stayed, each that is listed is whole; and none stays once it is done again."""
    vault = scene.vault
    found = {vault.verify_backup(each.path).made_at for each in backups_in(scene.backups, vault.vault_id)}
    stay = kept(_ROTATED)
    if number:
        assert found == stay
    assert found >= stay
    _rotate(scene, number)
    return {each.made_at for each in backups_in(scene.backups, vault.vault_id)} == stay


def _prepare_backup(folder: Path) -> None:
    _prepare_vault(folder)
    scene = Scene(folder)
    scene.vault.back_up(folder / "backups", NOON)
    scene.close()


def _restore(scene: Scene, number: int) -> None:
    (found,) = backups_in(scene.folder / "backups")
    restore(found.path, scene.folder / f"restored {number:04d}", RECOVERY_KEY)


def _restored(scene: Scene, _number: int) -> Any:
    found = sorted(scene.folder.glob("restored *"))
    for each in found:
        with opened(each) as vault:
            vault.verify()
            assert vault.records(ONE_CASE, proven=True) == scene.vault.records(ONE_CASE)
    return [each.name for each in found]


def _wanted_restored(number: int) -> Any:
    return [f"restored {each:04d}" for each in range(number)]


def _create(scene: Scene, number: int) -> None:
    vault, _ = Vault.create(scene.folder / f"new {number:04d}", PASSPHRASE, cost=LEAST_COST)
    vault.close()


def _created(scene: Scene, _number: int) -> Any:
    found = sorted(scene.folder.glob("new *"))
    for each in found:
        with opened(each, OPENS_WITH_PASSPHRASE) as vault:
            vault.verify()
            assert vault.case_refs() == []
    return [each.name for each in found]


def _wanted_created(number: int) -> Any:
    return [f"new {each:04d}" for each in range(number)]


# Upgrades

_FIRST_VERSION: Final = Path(__file__).parents[1] / "vault" / "versions" / "1"
_DRAFTS_OF_THE_FIRST: Final = "fa6eef76a7a149622a7e37a1d12356a6d2961d2d78fe1f8408aa8ae8cd1ea535"


def _prepare_first_version(folder: Path) -> None:
    """A vault as version 1 made it, with a recovery key that is known, and its database left alone."""
    vault = folder / "vault"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_FIRST_VERSION, vault)
    with stretching_in_earnest():
        unlocked = unlock_key_file(vault, Passphrase(PASSPHRASE))
    old, key = unlocked.slot_file, unlocked.data_key
    new = with_slot(old, new_slot(key, RECOVERY_KEY, None, old.vault_id), key)
    change_key_file(vault, old, new, RECOVERY_KEY)


def _upgrade(scene: Scene, _number: int) -> None:
    assert scene.vault


def _upgraded(scene: Scene, number: int) -> Any:
    if number:
        assert _version(scene.vault_folder) == len(STEPS), "it was acknowledged and is not there"
    vault = scene.vault
    records = {ref: len(vault.records(ref, proven=True)) for ref in vault.case_refs()}
    drafts = json.dumps({name: vault.draft(name) for name, _ in vault.draft_names()}, sort_keys=True)
    return records, hashlib.sha256(drafts.encode()).hexdigest()


def _version(folder: Path) -> int:
    """The version of the database as it lies there, before anybody upgrades it."""
    store.require_cipher()
    unlocked = unlock_key_file(folder, RECOVERY_KEY)
    key = unlocked.data_key.derive(DATABASE_KEY)
    connection = store._connect(folder / DATABASE_FILE, key, unlocked.slot_file.database_salt)
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return version


def _wanted_upgraded(_number: int) -> Any:
    return {"B2CD-4EFG": 36, "K7QX-3M2P": 33, "RDYA-1234": 46}, _DRAFTS_OF_THE_FIRST


# Secrets


def _passphrase_of(number: int) -> str:
    return f"passphrase number {number}" if number else PASSPHRASE


def _set_passphrase(scene: Scene, number: int) -> None:
    scene.vault.keys.set_passphrase(_passphrase_of(number + 1))


def _opening(scene: Scene, secrets: dict[int, Secret]) -> list[int]:
    """Which of the secrets open the vault."""
    found = []
    for number, secret in secrets.items():
        with suppress(WrongSecret):
            unlock_key_file(scene.vault_folder, secret).data_key.wipe()
            found.append(number)
    return found


def _passphrases(scene: Scene, number: int) -> Any:
    near = range(max(0, number - 2), number + 4)
    return _opening(scene, {each: Passphrase(_passphrase_of(each)) for each in near})


def _recovery_key_of(number: int) -> RecoveryKey:
    return RecoveryKey(hashlib.sha256(str(number).encode()).digest()[:20]) if number else RECOVERY_KEY


def _set_recovery_key(scene: Scene, number: int) -> None:
    with as_next_recovery_key(_recovery_key_of(number + 1)):
        scene.vault.keys.new_recovery_key()


def _recovery_keys(scene: Scene, number: int) -> Any:
    return _opening(scene, {each: _recovery_key_of(each) for each in range(max(0, number - 2), number + 4)})


def _just_this(number: int) -> Any:
    return [number]


KINDS: Final = (
    Kind("records", _append, _records, _wanted_records),
    Kind("import", _import, _cases, _wanted_cases, steps=3),
    Kind("drafts", _type, _drafts, _wanted_drafts),
    Kind("settings", _set, _setting, _wanted_setting),
    Kind("emptying the log", _append_beside_a_reader, _records, _wanted_records),
    Kind("closing", _append_and_close, _records, _wanted_records, steps=4),
    Kind("backup", _back_up, _backups, _wanted_backups, steps=2, changes_files=True),
    Kind("rotation", _rotate, _rotated, lambda _: True, _prepare_backups, steps=1, stands=1, changes_files=True),
    Kind("restoring", _restore, _restored, _wanted_restored, _prepare_backup, steps=2, changes_files=True),
    Kind("creating", _create, _created, _wanted_created, steps=2, changes_files=True),
    Kind(
        "upgrade", _upgrade, _upgraded, _wanted_upgraded, _prepare_first_version, steps=1, stands=1, opens_first=False
    ),
    Kind("passphrase", _set_passphrase, _passphrases, _just_this, steps=4, may_be_done=True, changes_files=True),
    Kind(
        "recovery key",
        _set_recovery_key,
        _recovery_keys,
        _just_this,
        secret=OPENS_WITH_PASSPHRASE,
        steps=4,
        may_be_done=True,
        changes_files=True,
    ),
)
"""Every kind of change; see above for how one is added."""


def kind_of(name: str) -> Kind:
    """The kind of a name."""
    return next(each for each in KINDS if each.name == name)


def shares(kills: int) -> list[tuple[Kind, int]]:
    """Each kind with its share of so many kills."""
    return [(kind, kills // len(KINDS) + (place < kills % len(KINDS))) for place, kind in enumerate(KINDS)]
