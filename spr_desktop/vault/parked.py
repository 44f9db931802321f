"""What was typed and the vault could not take, because its place had gone: parked outside, and taken back on opening.

Locking never waits, and nothing that was typed is to be lost by it; so it is sealed under a key of the vault's and kept
in the user's profile until the vault is opened there again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from spr_desktop.records.case_document import parse_utc, utc_text
from spr_desktop.vault.drafts import draft_names, keep_drafts
from spr_desktop.vault.keys import PARKED_KEY, DataKey
from spr_desktop.vault.sealed_file import SealedFile

if TYPE_CHECKING:
    from sqlite3 import Connection


class Parked:
    """The drafts that are parked for one vault in one folder."""

    def __init__(self, kept_in: Path, data_key: DataKey, vault_id: str, folder: Path) -> None:
        self._file = SealedFile(kept_in, data_key, PARKED_KEY, vault_id, folder)

    def park(self, typed: Mapping[str, str], at: datetime) -> bool:
        """Park drafts, beside those that are parked already; whether the profile took them."""
        return self._file.write(json.dumps([utc_text(at), self._typed() | dict(typed)]).encode(), flushed=True)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take back."""
        return not self._typed()

    def take_back(self, connection: Connection) -> None:
        """Keep what is parked as drafts; one that was typed on in the vault since then stays as it is there."""
        data = self._file.read()
        if data is None:
            return
        at_text, typed = json.loads(data)
        at = parse_utc(at_text)
        newer = {name for name, kept_at in draft_names(connection) if kept_at > at}
        keep_drafts(connection, {name: text for name, text in typed.items() if name not in newer}, at)

    def clear(self) -> None:
        """It is in the vault again."""
        self._file.remove()

    def close(self) -> None:
        """Drop the key."""
        self._file.close()

    def _typed(self) -> dict[str, str]:
        data = self._file.read()
        return {} if data is None else dict(json.loads(data)[1])
