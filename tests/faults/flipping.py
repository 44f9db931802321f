"""Flipped bytes: one byte of one file of a vault at a time, and whether anybody notices, and when."""

from __future__ import annotations

import json
import os
import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from spr_desktop.vault.errors import VaultError
from spr_desktop.vault.restoring import restore
from spr_desktop.vault.vault import Vault
from tests.faults.children import forked, heard
from tests.faults.scene import OPENS_WITH_PASSPHRASE, RECOVERY_KEY, Scene, make_vault, opened, stretch_quickly

_A_BATCH: Final = 50
"""Flips for which one process is made, so that one which crashes is counted and takes few others with it."""
_BACKUP: Final = "backup"
FILES: Final = ("caseload.db", "vault.keys", "vault.keys.bak", "backup: caseload.db", "backup: vault.keys")
"""Of a closed vault with a backup."""

Noticed = Literal["at_open", "at_check", "mended", "harmless", "silent", "crashed"]


@dataclass
class Flips:
    """What came of flipping bytes of one file."""

    file: str
    seed: str
    flips: int = 0
    at_open: int = 0
    """Refused when the vault (or the backup) is opened as usual, with all its pages checked."""
    at_check: int = 0
    """Refused by the check of the vault, where opening does not look at every page."""
    mended: int = 0
    """Noticed, and put right from the second copy; everything is there."""
    harmless: int = 0
    """Everything is there, as it was."""
    silent: int = 0
    """Something else was read than had been written, and nothing said."""
    crashed: int = 0
    """The process ended otherwise than in words."""
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Closed:
    """A closed vault with a backup, and what is read from it."""

    scene: Scene
    files: dict[str, Path]
    expected: Any

    @property
    def backup(self) -> Path:
        """Its only backup."""
        (found,) = self.scene.backups.glob("backup-*")
        return found


def flip_bytes(flips: int, seed: str, folder: Path, only: str | None = None) -> list[Flips]:
    """Flip so many bytes, as many in each file of a closed vault and of a backup."""
    stretch_quickly()
    vault = _closed_vault(folder)
    files = {name: path for name, path in vault.files.items() if only in (None, name)}
    found = []
    for place, (name, path) in enumerate(files.items()):
        share = flips // len(files) + (place < flips % len(files))
        chance = random.Random(f"{seed} {name}")
        size = path.stat().st_size
        chosen = [(chance.randrange(size), chance.randrange(1, 256), number % 2 == 0) for number in range(share)]
        one = Flips(name, seed)
        for first in range(0, share, _A_BATCH):
            _batch(vault, name, chosen[first : first + _A_BATCH], one)
        found.append(one)
    return found


def _closed_vault(folder: Path) -> _Closed:
    make_vault(folder / "vault")
    scene = Scene(folder)
    scene.vault.keep_drafts({"one": "typed " * 2000, "two": "typed"})
    scene.vault.drop_draft("one")  # leaves pages that nothing is kept on
    scene.vault.back_up(scene.backups, datetime(2026, 11, 22, 12, tzinfo=UTC))
    expected = _read(scene.vault)
    scene.close()
    for each in ("vault.lock", "vault.holder"):
        (scene.vault_folder / each).unlink(missing_ok=True)  # neither holds anything of the vault
    files = {
        (f"{_BACKUP}: {path.name}" if _BACKUP in str(path.relative_to(folder)) else path.name): path
        for path in sorted(scene.vault_folder.rglob("*"))
        if path.is_file() and path.stat().st_size
    }
    return _Closed(scene, files, expected)


def _read(vault: Vault) -> Any:
    """Everything that is kept, but what is only noted about the keeping."""
    records = {case_ref: vault.records(case_ref, proven=True) for case_ref in vault.case_refs()}
    activity = [each for each in vault.activity() if each.action != "key_file_mended"]
    return records, activity, vault.summaries(), {name: vault.draft(name) for name, _ in vault.draft_names()}


def _batch(vault: _Closed, name: str, chosen: list[tuple[int, int, bool]], found: Flips) -> None:
    """Flip these in a child that says what came of each; what it did not get to is given to the next one."""
    while chosen:
        said, _ = heard(*forked(partial(_try_each, vault, name, chosen)))
        for line in said.splitlines():
            noticed: Noticed
            noticed, told = json.loads(line)
            found.flips += 1
            setattr(found, noticed, getattr(found, noticed) + 1)
            if noticed == "silent":
                found.told.append(f"{name}, seed {found.seed}, byte {chosen[0][0]} by {chosen[0][1]}: {told}")
            chosen = chosen[1:]
        if chosen:
            found.flips += 1
            found.crashed += 1
            found.told.append(f"{name}, seed {found.seed}, byte {chosen[0][0]} by {chosen[0][1]}: it crashed")
            chosen = chosen[1:]


def _try_each(vault: _Closed, name: str, chosen: list[tuple[int, int, bool]], write: int) -> None:
    whole = {path: path.read_bytes() for path in vault.files.values()}
    for place, bits, is_thorough in chosen:
        flipped = bytearray(whole[vault.files[name]])
        flipped[place] ^= bits
        vault.files[name].write_bytes(flipped)
        look = _look_at_backup if name.startswith(_BACKUP) else _look_at_vault
        noticed, told = look(vault, is_thorough)
        os.write(write, json.dumps([noticed, told]).encode() + b"\n")
        for path, data in whole.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)


def _look_at_vault(vault: _Closed, is_thorough: bool) -> tuple[Noticed, str]:
    """Every other flip meets a vault that is too large to be checked whole on opening."""
    secret = OPENS_WITH_PASSPHRASE if is_thorough else RECOVERY_KEY
    try:
        again = opened(vault.scene.vault_folder, secret, *(() if is_thorough else (0,)))
    except VaultError:
        return "at_open", ""
    with suppress(VaultError), again:
        try:
            again.verify()
        except VaultError:
            return "at_check", ""
        if _read(again) != vault.expected:
            return "silent", "something else was read"
        is_mended = any(each.action == "key_file_mended" for each in again.activity())
        return "mended" if is_mended else "harmless", ""
    return "at_check", ""


def _look_at_backup(vault: _Closed, is_thorough: bool) -> tuple[Noticed, str]:
    """A flip in a backup is met by whoever checks it, and by whoever restores it."""
    target = vault.scene.folder / "restored"
    try:
        if is_thorough:
            restore(vault.backup, target, RECOVERY_KEY)
        else:
            with opened(vault.scene.vault_folder) as again:
                again.verify_backup(vault.backup)
    except VaultError:
        return ("at_open" if is_thorough else "at_check"), ""
    try:
        if not target.exists():
            restore(vault.backup, target, RECOVERY_KEY)
        with opened(target) as restored:
            restored.verify()
            is_same = _read(restored) == vault.expected
    finally:
        shutil.rmtree(target, ignore_errors=True)
    return ("harmless", "") if is_same else ("silent", "something else was restored")
