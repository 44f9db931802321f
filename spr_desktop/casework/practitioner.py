"""Who works in a vault: the name that stands under records, on packs and in the certificate."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """The person whose vault it is; every part may be left empty."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""

    def to_text(self) -> str:
        """As the vault keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str | None) -> Practitioner:
        """As the vault kept it; nobody in particular where nothing is kept."""
        return cls(**json.loads(text)) if text else cls()
