"""The demonstration: the main job of the program, from end to end, on invented families."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from spr_desktop.casework.demonstration import demonstrate
from spr_desktop.casework.errors import FileExists, FileFault
from spr_desktop.casework.home import has_display
from spr_desktop.commands.failure import DONE
from spr_desktop.commands.terminal import say


def demo(call: Namespace, open_window: Callable[[Path | None, str], int]) -> int:
    """Make the demonstration, say what it left behind, and open the window where there is a display."""
    folder = _make_folder(call.to)
    made = demonstrate(folder, date.today(), say)
    say()
    say(f"Vault:           {made.vault}")
    say(f"  passphrase:    {made.passphrase}")
    say(f"  recovery key:  {made.recovery_key}")
    say(f"Pack:            {made.pack}")
    say(f"  passphrase:    {made.pack_passphrase}")
    say()
    if call.no_window:
        return DONE
    if not has_display():
        say("There is no display here, so the window stays closed. Where there is one, spr-desktop opens it.")
        return DONE
    say("The window opens on this vault, with its passphrase typed in already.")
    return open_window(made.vault, made.passphrase)


def _make_folder(wanted: Path | None) -> Path:
    """A folder of its own: the one that was named, or the next that is free."""
    for folder in [wanted] if wanted else _free_names():
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if wanted:
                raise FileExists(wanted) from None
            continue
        except OSError as error:
            raise FileFault(folder, error.strerror or "it cannot be made") from None
        return folder
    raise AssertionError("there is always a next number")


def _free_names() -> Iterator[Path]:
    yield Path("demo")
    number = 2
    while True:
        yield Path(f"demo-{number}")
        number += 1
