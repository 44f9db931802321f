"""Reading passphrases and keys: from a file or asked for, never from an argument or the environment."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from spr_desktop.commands.failure import MACHINE, WRONG_CALL, Failure


def read_secret(prompt: str, file: Path | None) -> str:
    """The first line of the file, or what a person types; Failure if there is neither."""
    if file is not None:
        return _first_line(file)
    if sys.stdin.isatty():
        return getpass.getpass(f"{prompt}: ")
    typed = sys.stdin.readline()
    if not typed:
        raise Failure(WRONG_CALL, f"{prompt.lower()} is needed: give a file with it, or type it.")
    return typed.rstrip("\r\n")


def read_new_secret(prompt: str, file: Path | None) -> str:
    """A new passphrase; typed twice where it is typed."""
    first = read_secret(prompt, file)
    if file is None and read_secret(f"{prompt} again", None) != first:
        raise Failure(WRONG_CALL, "the two passphrases differ; nothing was changed.")
    return first


def _first_line(file: Path) -> str:
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        raise Failure(MACHINE, f"{file} is not a text file.") from None
    except OSError as error:
        raise Failure(MACHINE, f"{file} cannot be read: {error.strerror}.") from None
    return text.split("\n", 1)[0].removesuffix("\r")
