"""Single bytes of a sealed pack changed, wherever they stand: what the program says of each, and what poppler says."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from spr_desktop.commands.failure import NOT_VALID
from spr_desktop.commands.main import main
from spr_desktop.documents.errors import NotAPack, WrongPackPassphrase
from spr_desktop.documents.verify import verify

EVERY: Final = 64
"""Bytes from one to the next of those that are changed besides those by chance."""


@dataclass
class Flips:
    """What was said of changed files."""

    flips: int = 0
    invalid: int = 0
    """Reported as changed, as not whole or not sealed."""
    unreadable: int = 0
    """Refused as no sealed document at all, or as one that the passphrase does not open."""
    valid: int = 0
    """Called valid: none may be."""
    crashed: int = 0
    """Ended in another way than in words: none may."""
    told_by_command: int = 0
    """Of those that ``spr-desktop verify`` was asked about: it ends with its exit code for a file that is not valid."""
    poppler_asked: int = 0
    poppler_valid: int = 0
    """Of those that poppler's pdfsig was asked about: it calls the signature valid over the whole file."""
    poppler_silent: int = 0
    """It finds no signature, and says nothing of a change."""
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Flips) -> None:
        """Count those of another one too."""
        for name in ("flips", "invalid", "unreadable", "valid", "crashed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("told_by_command", "poppler_asked", "poppler_valid", "poppler_silent"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong += other.wrong


def places(size: int, by_chance: int, seed: str, every: int | None = EVERY) -> list[tuple[int, int]]:
    """Which bytes are changed, and by which bits."""
    chance = Random(seed)
    at = [chance.randrange(size) for _ in range(by_chance)]
    at += range(0, size, every) if every else ()
    return [(each, chance.randrange(1, 256)) for each in at]


def flip(sealed: bytes, passphrase: str, chosen: Sequence[tuple[int, int]], *, ask_others_each: int = 0) -> Flips:
    """Change each of these bytes alone; the command line and poppler are asked about each so many-th file."""
    found = Flips()
    for number, (at, bits) in enumerate(chosen):
        changed = bytearray(sealed)
        changed[at] ^= bits
        found.flips += 1
        said = _said(bytes(changed), passphrase)
        setattr(found, said, getattr(found, said) + 1)
        if said in ("valid", "crashed"):
            found.wrong.append(f"byte {at} by {bits}: {said}")
        if ask_others_each and number % ask_others_each == 0:
            _ask_others(bytes(changed), passphrase, found)
    return found


def _said(document: bytes, passphrase: str) -> str:
    try:
        return "valid" if verify(document, passphrase).valid else "invalid"
    except (NotAPack, WrongPackPassphrase):
        return "unreadable"
    except Exception:  # noqa: BLE001 - whatever else there is would reach the user
        return "crashed"


def _ask_others(document: bytes, passphrase: str, found: Flips) -> None:
    with TemporaryDirectory(prefix="flips-") as folder:
        path, secret = Path(folder) / "pack.pdf", Path(folder) / "passphrase"
        path.write_bytes(document)
        secret.write_text(passphrase, "utf-8")
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = main(["verify", str(path), "--password-file", str(secret)], _no_window)
        asked = subprocess.run(["pdfsig", "-upw", passphrase, path], capture_output=True, check=False, timeout=60)
    said = asked.stdout.decode("latin-1")
    found.poppler_asked += 1
    found.told_by_command += code == NOT_VALID
    found.poppler_valid += "Signature is Valid" in said and "Total document signed" in said
    found.poppler_silent += "Signature #1" not in said
    if code != NOT_VALID:
        found.wrong.append(f"verify ended with {code}")


def _no_window(_folder: Path | None, _passphrase: str) -> int:
    raise AssertionError("a window was to be opened")
