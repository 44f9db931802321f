"""Which slots the database knows: a slot file that says otherwise was put there from outside.

Whoever has an old slot file, or once had the data key, could leave a slot file that is authentic and opens for them. So
the list of slots is kept in the database as well (security.md 3.3). The two cannot be written in one step: the
database is told first what is about to be, with the MAC of the file that will say so, and afterwards that it is.
A crash in between leaves a note that the next opening settles, whichever file is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from spr_desktop.vault.setting import keep_setting, read_setting
from spr_desktop.vault.slot_format import SlotFile, SlotKind

if TYPE_CHECKING:
    from sqlite3 import Connection

_SETTING: Final = "key_slots"


@dataclass(frozen=True, slots=True)
class KnownSlot:
    """A slot of which the database knows."""

    id: str
    kind: SlotKind
    since: str
    """The day on which it was made or first known, in ISO's order."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of slots that was begun."""

    mac: str
    """Of the slot file that it leads to."""
    slots: tuple[KnownSlot, ...]
    action: str
    """As the activity will call it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The slots of which the database knows, and the change that was begun, if one was."""

    slots: tuple[KnownSlot, ...]
    change: Change | None = field(default=None)

    def that_fits(self, slot_file: SlotFile) -> tuple[KnownSlot, ...]:
        """The slots that a slot file is to have: those of the change, if it got as far as the file."""
        if self.change is not None and self.change.mac == slot_file.mac.hex():
            return self.change.slots
        return self.slots


@dataclass(frozen=True, slots=True)
class Stranger:
    """A slot in which the slot file and the database differ."""

    kind: SlotKind
    is_there: bool
    """Whether it is in the slot file and the database knows nothing of it; otherwise it is the other way round."""
    since: str | None = None
    """The day from which the database knows it."""


def read_known(connection: Connection) -> Known | None:
    """What the database knows; None in a vault that never wrote it down."""
    kept = read_setting(connection, _SETTING)
    if kept is None:
        return None
    content = json.loads(kept)
    change = content.get("change")
    return Known(_slots(content["slots"]), change and Change(change["mac"], _slots(change["slots"]), change["action"]))


def keep_known(connection: Connection, known: Known) -> None:
    """Keep what is known from now on."""
    keep_setting(connection, _SETTING, json.dumps(asdict(known), sort_keys=True))


def slots_of(slot_file: SlotFile, day: str, before: Iterable[KnownSlot] = ()) -> tuple[KnownSlot, ...]:
    """The slots of a file as the database keeps them: those from before with their day, the others with this one."""
    days = {each.id: each.since for each in before}
    return tuple(KnownSlot(each.id, each.kind, days.get(each.id, day)) for each in slot_file.slots)


def strangers(slot_file: SlotFile, known: Known) -> list[Stranger]:
    """In which slots the file and the database differ."""
    expected = known.that_fits(slot_file)
    ids, there = {each.id for each in expected}, {each.id for each in slot_file.slots}
    unknown = [Stranger(each.kind, True) for each in slot_file.slots if each.id not in ids]
    return unknown + [Stranger(each.kind, False, each.since) for each in expected if each.id not in there]


def _slots(content: list[dict[str, str]]) -> tuple[KnownSlot, ...]:
    return tuple(KnownSlot(each["id"], each["kind"], each["since"]) for each in content)  # type: ignore[arg-type]
