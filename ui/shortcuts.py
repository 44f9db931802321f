"""Every shortcut and what it does; one table, which F12 shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys, the method of the window that they call, and the words for it."""

    keys: str
    does: str
    words: str


SHORTCUTS: Final = (
    Shortcut("F9", "hide_and_lock", "Hide everything and lock"),
    Shortcut("Ctrl+L", "lock_now", "Lock the vault"),
    Shortcut("Ctrl+K", "show_find", "Find a family or a place"),
    Shortcut("Ctrl+N", "show_new_family", "New family"),
    Shortcut("Ctrl+J", "write_note", "Write a note about the family at hand"),
    Shortcut("Ctrl+1", "show_today", "Today"),
    Shortcut("Ctrl+2", "show_families", "Families"),
    Shortcut("Ctrl+3", "show_register", "Register"),
    Shortcut("Ctrl+4", "show_report", "Report"),
    Shortcut("Ctrl+5", "show_library", "Library"),
    Shortcut("Ctrl+6", "show_settings", "Settings"),
    Shortcut("Ctrl+7", "show_prove", "Prove that the vault is encrypted and whole"),
    Shortcut("Alt+Left", "back", "Back to the place before"),
    Shortcut("F1", "show_guidance", "Guidance for what is on the screen"),
    Shortcut("F12", "show_shortcuts", "This list"),
    Shortcut("?", "show_shortcuts", "This list, where nothing is being typed"),
)


def shortcuts(hide_key: str) -> tuple[Shortcut, ...]:
    """The table, with the key that this person chose for hiding."""
    return tuple(replace(each, keys=hide_key) if each.does == "hide_and_lock" else each for each in SHORTCUTS)


ALWAYS: Final = ("hide_and_lock", "lock_now")
"""What works over every dialog, menu and preview too."""
