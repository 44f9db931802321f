"""The data that a pack carries beside its pages, so that the receiving team need not type them again.

``docs/referral.schema.json`` describes the form for those who read it. Dates are ISO 8601, everything else is the
wording of the pages. Nothing is in it that is not on a page.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Final

import msgspec

from spr_desktop.documents.contents import ReferralPack
from spr_desktop.documents.errors import NoReferral
from spr_desktop.records.faults import InvalidDocument, NewerDocument
from spr_desktop.records.strict_json import read_strict_json

FILE_NAME: Final = "referral.json"
MIME_TYPE: Final = "application/json"
FORMAT: Final = "spr-referral"
VERSION: Final = 1
BYTES_LIMIT: Final = 5_000_000
ON_PAPER_ONLY: Final = ("replaces_one_of",)
"""What stands on a page and not in the data: programs of before would refuse a field that they do not know."""
DESCRIPTION: Final = "The content of this pack as data"


def referral_json(pack: ReferralPack) -> bytes:
    """The data of a pack, UTF-8."""
    values = {"format": FORMAT, "format_version": VERSION, **asdict(pack)}
    for name in ON_PAPER_ONLY:
        del values[name]
    return json.dumps(values, ensure_ascii=False, indent=1, default=_plain).encode()


def read_referral(data: bytes) -> ReferralPack:
    """The content of a pack from its data; raises NoReferral, and NewerDocument for a version to come."""
    try:
        values = read_strict_json(data, BYTES_LIMIT)
    except InvalidDocument:
        raise NoReferral from None
    if not isinstance(values, dict) or values.pop("format", None) != FORMAT:
        raise NoReferral
    version = values.pop("format_version", None)
    if isinstance(version, int) and version > VERSION:
        raise NewerDocument
    try:
        pack = msgspec.convert(values, ReferralPack)
    except (msgspec.ValidationError, RecursionError):
        raise NoReferral from None
    if version != VERSION or json.loads(referral_json(pack)) != {"format": FORMAT, "format_version": VERSION} | values:
        raise NoReferral  # a field that a pack does not have
    return pack


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
