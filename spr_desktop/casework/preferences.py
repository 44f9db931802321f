"""What a person prefers on this laptop: look, size of text, time until it locks. Nothing about any family."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from spr_desktop.casework.home import holds_vault

IDLE_MINUTES: Final = (2, 5, 10, 15)
"""After so many minutes without a key or a click the vault may lock; longer is not offered."""
HIDE_KEYS: Final = ("F9", "F8", "F7", "Ctrl+Space", "Ctrl+Shift+H")
"""Keys that may hide everything; Escape is none of them, since it means something elsewhere."""
TEXT_SCALES: Final = (1.0, 1.15, 1.3, 1.5, 2.0)
_FILE: Final = "preferences.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """They are read before the vault is open, so they are kept outside it."""

    appearance: str = "system"
    """``system``, ``light``, ``dark`` or ``high_contrast``."""
    text_scale: float = 1.0
    idle_minutes: int = 5
    hide_key: str = "F9"
    names_hidden: bool = False
    """Whether the caseload begins with names hidden."""
    vault_folder: str = ""
    """The vault that opens unless another is named; empty for the one in its usual place."""

    def remembered_folder(self) -> Path | None:
        """The folder of that vault; None where none was chosen, or it is not there now."""
        folder = Path(self.vault_folder) if self.vault_folder else None
        return folder if folder and holds_vault(folder) else None


def read_preferences(folder: Path | None = None) -> Preferences:
    """The preferences; what cannot be read, or is not offered, is as at first."""
    try:
        kept = (_folder(folder) / _FILE).read_bytes()
    except OSError:
        return Preferences()
    import json  # the first screen of most does without

    try:
        found = json.loads(kept)
    except ValueError:
        return Preferences()
    if not isinstance(found, dict):
        return Preferences()
    first = Preferences()
    appearance, scale, minutes = found.get("appearance"), found.get("text_scale"), found.get("idle_minutes")
    hide_key, vault_folder = found.get("hide_key"), found.get("vault_folder")
    return Preferences(
        appearance=appearance if isinstance(appearance, str) else first.appearance,
        text_scale=scale if scale in TEXT_SCALES else first.text_scale,
        idle_minutes=minutes if minutes in IDLE_MINUTES else first.idle_minutes,
        hide_key=hide_key if hide_key in HIDE_KEYS else first.hide_key,
        names_hidden=found.get("names_hidden") is True,
        vault_folder=vault_folder if isinstance(vault_folder, str) else first.vault_folder,
    )


def keep_preferences(preferences: Preferences, folder: Path | None = None) -> None:
    """Keep them for the next time; raises OSError."""
    import json

    to = _folder(folder)
    to.mkdir(parents=True, exist_ok=True)
    (to / _FILE).write_text(json.dumps(asdict(preferences), indent=2), encoding="utf-8")


def _folder(folder: Path | None) -> Path:
    if folder is not None:
        return folder
    from platformdirs import user_config_path  # the first screen does with a folder that is named

    return user_config_path("SPR Desktop", appauthor=False)
