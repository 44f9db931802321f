"""Handing families over: a bundle for one colleague's key, and what became of it.

Nothing leaves this vault but a copy; nothing is taken out of it. What was handed over is kept here, so that the receipt
can be compared with it, and no text of a record stands in it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.colleagues import Colleague, oneself, private_key
from spr_desktop.casework.competing import competing
from spr_desktop.casework.errors import BadBundle
from spr_desktop.casework.files import check_free, read_file_up_to, write_file
from spr_desktop.casework.signed_files import ENVELOPE_ROOM, close, fields, list_of, open_signed, text
from spr_desktop.records.case_document import BYTES_LIMIT, parse_utc, utc_text, write_case_document
from spr_desktop.records.record import now

BUNDLE: Final = "spr-bundle"
RECEIPT: Final = "spr-receipt"
BUNDLE_LIMIT: Final = 100_000_000
"""Bytes of a bundle before encryption."""
RECEIPT_LIMIT: Final = 2_000_000
FAMILIES_LIMIT: Final = 2_000

_HAND_OVERS: Final = "hand_overs"
_TOO_MUCH: Final = "That is more than fits into one bundle. Hand fewer families over at a time."
_UNKNOWN_BUNDLE: Final = "This receipt is for a bundle that was not made in this vault. Nothing was changed."
_OTHER_RECEIVER: Final = (
    "This receipt was signed by another key than the one the bundle was made for. Ring your colleague."
)
_OTHER_FAMILIES: Final = "This receipt does not name what was in the bundle. Ring your colleague."


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedFamily:
    """A family as it was handed over."""

    case_ref: str
    records: int
    sha256: str
    """Of its case document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One bundle that was made here, and its receipt."""

    bundle_id: str
    made_at: datetime
    to: str
    """Name, role and organisation of the colleague."""
    fingerprint: str
    """Of the colleague's certificate."""
    families: tuple[HandedFamily, ...]
    received_at: datetime | None = None
    """What the receipt says, by the colleague's clock; None while there is none."""
    refused: tuple[str, ...] = ()
    """References of families that the colleague's vault did not take."""


def hand_over(
    caseload: Caseload, case_refs: Sequence[str], reader: Colleague, to: Path, *, replace: bool = False
) -> HandOver:
    """Write a bundle of whole families, all compartments, that only this colleague can open.

    Raises NoSuchCase, FileExists, FileFault, BadBundle where it would be too large, and DamagedVault.
    """
    check_free(to, replace=replace)
    families: list[HandedFamily] = []
    documents: list[str] = []
    groups: list[list[list[str]]] = []
    size = 0
    for case_ref in dict.fromkeys(case_refs):
        records = caseload.records(case_ref, proven=True)
        document = write_case_document(case_ref, records)
        size += len(document)
        if len(document) > BYTES_LIMIT or size > BUNDLE_LIMIT // 2 or len(documents) == FAMILIES_LIMIT:
            raise BadBundle(_TOO_MUCH)
        documents.append(document.decode())
        families.append(HandedFamily(case_ref=case_ref, records=len(records), sha256=sha256(document).hexdigest()))
        groups.append([[record.id for record in each.records] for each in competing(caseload, case_ref)])
    made = HandOver(
        bundle_id=str(uuid.uuid4()),
        made_at=now(),
        to=reader.described,
        fingerprint=reader.fingerprint,
        families=tuple(families),
    )
    content = {
        "bundle_id": made.bundle_id,
        "made_at": utc_text(made.made_at),
        "families": [
            {"case_ref": each.case_ref, "records": each.records, "sha256": each.sha256, "competing": competes}
            for each, competes in zip(families, groups, strict=True)
        ],
    }
    data = close(BUNDLE, content, documents, caseload.identity(), oneself(caseload), reader.key)
    write_file(to, data, replace=replace)
    _keep(caseload, [*hand_overs(caseload), made], "handed_over", made)
    return made


def hand_overs(caseload: Caseload) -> list[HandOver]:
    """Every bundle that was made here, the oldest first."""
    kept = caseload.vault.setting(_HAND_OVERS)
    return [_read(each) for each in json.loads(kept)] if kept else []


def take_receipt(caseload: Caseload, path: Path) -> HandOver:
    """Check a receipt against what was handed over, and note that it came.

    A second time changes nothing. Raises FileFault, BadBundle and NewerDocument.
    """
    data = read_file_up_to(path, RECEIPT_LIMIT + ENVELOPE_ROOM)
    opened = open_signed(data, RECEIPT, private_key(caseload), oneself(caseload).key, RECEIPT_LIMIT)
    content = fields(opened.content, "bundle_id", "received_at", "families", "for", "sender")
    known = hand_overs(caseload)
    made = next((each for each in known if each.bundle_id == content["bundle_id"]), None)
    if made is None:
        raise BadBundle(_UNKNOWN_BUNDLE)
    if opened.sender.fingerprint != made.fingerprint:
        raise BadBundle(_OTHER_RECEIVER)
    taken = [fields(each, "case_ref", "sha256", "new", "known", "taken") for each in list_of(content["families"])]
    if {(each["case_ref"], each["sha256"]) for each in taken} != {
        (each.case_ref, each.sha256) for each in made.families
    }:
        raise BadBundle(_OTHER_FAMILIES)
    if made.received_at:
        return made
    try:
        received_at = parse_utc(text(content["received_at"]))
    except ValueError:
        raise BadBundle(_OTHER_FAMILIES) from None
    refused = tuple(each["case_ref"] for each in taken if each["taken"] is not True)
    noted = HandOver(
        bundle_id=made.bundle_id,
        made_at=made.made_at,
        to=made.to,
        fingerprint=made.fingerprint,
        families=made.families,
        received_at=received_at,
        refused=refused,
    )
    _keep(caseload, [noted if each is made else each for each in known], "receipt_taken", noted)
    return noted


def _keep(caseload: Caseload, every: Sequence[HandOver], action: str, done: HandOver) -> None:
    """What was handed over and that it was, in one transaction."""
    lines = [(action, each.case_ref, done.bundle_id) for each in done.families]
    caseload.vault.note({_HAND_OVERS: json.dumps([_plain(each) for each in every], ensure_ascii=False)}, lines)


def _plain(made: HandOver) -> dict[str, Any]:
    return {
        "bundle_id": made.bundle_id,
        "made_at": utc_text(made.made_at),
        "to": made.to,
        "fingerprint": made.fingerprint,
        "families": [[each.case_ref, each.records, each.sha256] for each in made.families],
        "received_at": utc_text(made.received_at) if made.received_at else None,
        "refused": list(made.refused),
    }


def _read(plain: dict[str, Any]) -> HandOver:
    return HandOver(
        bundle_id=plain["bundle_id"],
        made_at=parse_utc(plain["made_at"]),
        to=plain["to"],
        fingerprint=plain["fingerprint"],
        families=tuple(
            HandedFamily(case_ref=case_ref, records=records, sha256=digest)
            for case_ref, records, digest in plain["families"]
        ),
        received_at=parse_utc(plain["received_at"]) if plain["received_at"] else None,
        refused=tuple(plain["refused"]),
    )
