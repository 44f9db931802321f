"""Kinds of changes that make whole vaults or backups: backing up, restoring, creating, salvaging, upgrading."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from spr_desktop.casework.salvaging import salvage
from spr_desktop.vault import store
from spr_desktop.vault.backups import backups_in, kept, rotate
from spr_desktop.vault.creation import DATABASE_FILE
from spr_desktop.vault.key_file import change_key_file, unlock_key_file
from spr_desktop.vault.keys import DATABASE_KEY
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.salvage import read_damaged
from spr_desktop.vault.schema import STEPS
from spr_desktop.vault.slots import new_slot, with_slot
from spr_desktop.vault.store import PAGE_BYTES
from spr_desktop.vault.vault import Vault
from tests.faults.kind import Kind
from tests.faults.kinds_of_records import append
from tests.faults.scene import (
    NOON,
    OPENS_WITH_PASSPHRASE,
    RECOVERY_KEY,
    Scene,
    opened,
    prepare_vault,
    stretching_in_earnest,
)
from tests.vault.samples import ONE_CASE, PASSPHRASE

# Backups


def _back_up(scene: Scene, number: int) -> None:
    append(scene, number)
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
    prepare_vault(folder)
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
    prepare_vault(folder)
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
    assert _left_over(scene, "restored") <= {f"restored {len(found):04d}"}
    return [each.name for each in found]


def _left_over(scene: Scene, name: str) -> set[str]:
    """What was being made when a kill came: the next one of its name clears it away."""
    names = [each.name.lstrip(".").split(".")[0] for each in scene.folder.glob(f".*{name} *")]
    return set(names)


def _wanted_restored(number: int) -> Any:
    return [f"restored {each:04d}" for each in range(number)]


def _create(scene: Scene, number: int) -> None:
    vault, _ = Vault.create(scene.folder / f"new {number:04d}", PASSPHRASE)
    vault.close()


def _created(scene: Scene, _number: int) -> Any:
    found = sorted(scene.folder.glob("new *"))
    for each in found:
        with opened(each, OPENS_WITH_PASSPHRASE) as vault:
            vault.verify()
            assert vault.case_refs() == []
    assert _left_over(scene, "new") <= {f"new {len(found):04d}"}
    return [each.name for each in found]


def _wanted_created(number: int) -> Any:
    return [f"new {each:04d}" for each in range(number)]


# Salvage


def _prepare_damaged(folder: Path) -> None:
    """Beside the vault a damaged copy of it: with the first page damaged without which some records are lost."""
    prepare_vault(folder)
    whole = (folder / "vault" / DATABASE_FILE).read_bytes()
    damaged = Path(shutil.copytree(folder / "vault", folder / "damaged"))
    for at in range(PAGE_BYTES, len(whole), PAGE_BYTES):
        (damaged / DATABASE_FILE).write_bytes(whole[:at] + bytes(PAGE_BYTES) + whole[at + PAGE_BYTES :])
        found = read_damaged(damaged, RECOVERY_KEY)
        if found.count and found.lost_count:
            break
    else:
        raise AssertionError("nothing was lost")
    (folder / "digest").write_text(_digest(damaged))


def _digest(folder: Path) -> str:
    return repr({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())})


def _salvage(scene: Scene, number: int) -> None:
    to = scene.folder / f"saved {number:04d}"
    salvage(scene.folder / "damaged", to, PASSPHRASE, recovery_key=RECOVERY_KEY.shown())


def _salvaged(scene: Scene, _number: int) -> Any:
    assert _digest(scene.folder / "damaged") == (scene.folder / "digest").read_text(), "what is damaged is only read"
    found = sorted(scene.folder.glob("saved *"))
    readable = read_damaged(scene.folder / "damaged", RECOVERY_KEY)
    for each in found:
        with opened(each, OPENS_WITH_PASSPHRASE) as vault:
            vault.verify()
            assert {ref: vault.records(ref) for ref in vault.case_refs()} == readable.records
            assert any(line.action == "vault_salvaged" for line in vault.activity())
    assert _left_over(scene, "saved") <= {f"saved {len(found):04d}"}
    return [each.name for each in found]


def _wanted_salvaged(number: int) -> Any:
    return [f"saved {each:04d}" for each in range(number)]


# Upgrades

_VERSIONS: Final = Path(__file__).parents[1] / "vault" / "versions"
_DRAFTS: Final = {
    1: "fa6eef76a7a149622a7e37a1d12356a6d2961d2d78fe1f8408aa8ae8cd1ea535",
    2: "b26df7faf91246cf835f3cec69064aa544b2230712e1e8d6ff9e58775f30f915",
}
"""What was typed, in each version."""


def _prepare_version(number: int, folder: Path) -> None:
    """A vault as an earlier version made it, with a recovery key that is known, and its database left alone."""
    vault = folder / "vault"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_VERSIONS / str(number), vault)
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


def _wanted_upgraded(version: int, _number: int) -> Any:
    return {"B2CD-4EFG": 36, "K7QX-3M2P": 33, "RDYA-1234": 46}, _DRAFTS[version]


def _upgrade_from(version: int) -> Kind:
    return Kind(
        f"upgrade from version {version}",
        _upgrade,
        _upgraded,
        partial(_wanted_upgraded, version),
        partial(_prepare_version, version),
        steps=1,
        stands=1,
        opens_first=False,
    )


VAULTS: Final = (
    Kind("backup", _back_up, _backups, _wanted_backups, steps=2, changes_files=True),
    Kind("rotation", _rotate, _rotated, lambda _: True, _prepare_backups, steps=1, stands=1, changes_files=True),
    Kind("restoring", _restore, _restored, _wanted_restored, _prepare_backup, steps=2, changes_files=True),
    Kind("creating", _create, _created, _wanted_created, steps=2, changes_files=True),
    Kind("salvaging", _salvage, _salvaged, _wanted_salvaged, _prepare_damaged, steps=2, stands=2, changes_files=True),
    _upgrade_from(1),
    _upgrade_from(2),
)
