"""The data that a pack carries beside its pages, so that the receiving team need not type them again.

``docs/referral.schema.json`` describes the form for those who read it. Dates are ISO 8601, everything else is the
wording of the pages. Nothing is in it that is not on a page.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Final

from spr_desktop.documents.contents import ReferralPack

FILE_NAME: Final = "referral.json"
MIME_TYPE: Final = "application/json"
FORMAT: Final = "spr-referral"
VERSION: Final = 1
DESCRIPTION: Final = "The content of this pack as data"


def referral_json(pack: ReferralPack) -> bytes:
    """The data of a pack, UTF-8."""
    values = {"format": FORMAT, "format_version": VERSION, **asdict(pack)}
    return json.dumps(values, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
