"""Where things are on this machine if nobody says otherwise."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def has_display() -> bool:
    """Whether there is a screen on which a window can open."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def default_vault_folder() -> Path:
    """The folder of the vault that the window opens."""
    from platformdirs import user_data_path  # here and below, since a vault that was named needs neither

    return user_data_path("SPR Desktop", appauthor=False) / "vault"


def default_documents_folder() -> Path:
    """Where sealed documents go if nobody chooses another place."""
    from platformdirs import user_documents_path

    return user_documents_path()


def may_open_to_organisation(folder: Path) -> bool:
    """Whether it is worth reading the slot file of a closed vault for an organisation's slot; reads bytes only."""
    try:
        with (folder / "vault.keys").open("rb") as file:
            return b'"kind":"organisation"' in file.read(64 * 1024)
    except OSError:
        return False


def last_seen_folder() -> Path:
    """Where this computer keeps how far it saw each vault get; ``SPR_DESKTOP_STATE`` names another folder for it."""
    named = os.environ.get("SPR_DESKTOP_STATE")
    if named:
        return Path(named) / "last-seen"
    from platformdirs import user_state_path

    return user_state_path("SPR Desktop", appauthor=False) / "last-seen"


def holds_vault(folder: Path) -> bool:
    """Whether there is a vault in a folder, without opening it."""
    return (folder / "vault.keys").exists() or (folder / "caseload.db").exists()
