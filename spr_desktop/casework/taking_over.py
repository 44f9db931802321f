"""Taking families over: a bundle that came from a colleague, what it would bring, taking it, and the receipt.

The union of both sides is kept and nothing is ever removed: not records that the bundle lacks, not drafts. A family
whose records contradict what is kept is left alone, and the others are taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.colleagues import Colleague, oneself, private_key
from spr_desktop.casework.competing import COMPETING, as_setting, every_group
from spr_desktop.casework.errors import BadBundle
from spr_desktop.casework.files import read_file_up_to, write_file
from spr_desktop.casework.handing_over import BUNDLE, BUNDLE_LIMIT, FAMILIES_LIMIT, RECEIPT
from spr_desktop.casework.refreshing import work_out
from spr_desktop.casework.signed_files import DAMAGED, ENVELOPE_ROOM, close, count, fields, list_of, open_signed, text
from spr_desktop.records.case import Case
from spr_desktop.records.case_document import parse_utc, read_case_document, utc_text
from spr_desktop.records.faults import InvalidDocument
from spr_desktop.records.merging import Group, Merge, merge, still_competing
from spr_desktop.records.record import AnyRecord, now
from spr_desktop.vault.appending import Addition, Ledgers

_GROUP_LIMIT: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFamily:
    """A family in a bundle."""

    case_ref: str
    sha256: str
    records: tuple[AnyRecord, ...]
    competing: frozenset[Group]
    """What competed in the sender's vault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle that was opened, and whose signature fits."""

    bundle_id: str
    made_at: datetime
    sender: Colleague
    families: tuple[BundleFamily, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a bundle brings to one family."""

    case_ref: str
    sha256: str
    is_new_family: bool
    new: int
    known: int
    competing: tuple[tuple[AnyRecord, ...], ...]
    """Records between which a person has to choose, each group oldest first; empty where nothing new came."""
    contradicting: tuple[str, ...]
    """Ids of records that contradict what is kept."""
    is_another_family: bool
    """Nothing in it is known, though a family of this reference is kept: two families came to one reference."""

    @property
    def is_taken(self) -> bool:
        """Whether the family may be taken; otherwise it is left alone, as a whole."""
        return not self.contradicting and not self.is_another_family


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a bundle brings, or brought."""

    bundle: Bundle
    families: tuple[Brought, ...]

    @property
    def taken(self) -> list[Brought]:
        """The families that are taken."""
        return [each for each in self.families if each.is_taken]

    @property
    def refused(self) -> list[Brought]:
        """The families that are left alone."""
        return [each for each in self.families if not each.is_taken]


def open_bundle(caseload: Caseload, path: Path) -> Bundle:
    """Open a bundle and check everything that needs no vault; raises FileFault, BadBundle and NewerDocument."""
    data = read_file_up_to(path, BUNDLE_LIMIT + ENVELOPE_ROOM)
    opened = open_signed(data, BUNDLE, private_key(caseload), oneself(caseload).key, BUNDLE_LIMIT)
    content = fields(opened.content, "bundle_id", "made_at", "families", "for", "sender")
    named = [fields(each, "case_ref", "records", "sha256", "competing") for each in list_of(content["families"])]
    if len(named) != len(opened.documents) or len(named) > FAMILIES_LIMIT:
        raise BadBundle(DAMAGED)
    families = [_family(each, document) for each, document in zip(named, opened.documents, strict=True)]
    if len({each.case_ref for each in families}) != len(families):
        raise BadBundle(DAMAGED)
    return Bundle(
        bundle_id=text(content["bundle_id"])[:64],
        made_at=_time(content["made_at"]),
        sender=opened.sender,
        families=tuple(families),
    )


def look(caseload: Caseload, bundle: Bundle) -> Received:
    """What a bundle would bring; nothing is taken."""
    ledgers = {each.case_ref: caseload.vault.records(each.case_ref) for each in bundle.families}
    return _received(bundle, ledgers)[0]


def take(caseload: Caseload, bundle: Bundle, as_of: date) -> Received:
    """Take a bundle: everything that does not contradict what is kept, in one transaction.

    May run in a thread, over a connection of its own (``Vault.for_background``).
    """
    outcome: list[Received] = []
    groups = every_group(caseload.vault)

    def plan(ledgers: Ledgers) -> Addition:
        received, merged = _received(bundle, ledgers)
        outcome.append(received)
        new = {each.case_ref: merged[each.case_ref].new for each in received.taken if each.new}
        found = {case_ref: merged[case_ref].competing for case_ref in new if merged[case_ref].competing}
        both = groups | {case_ref: groups.get(case_ref, set()) | each for case_ref, each in found.items()}
        settings = {COMPETING: as_setting(both)} if found else {}
        lines = [
            ("received", each.case_ref, f"{bundle.bundle_id} {each.new} new, {each.known} known")
            for each in received.taken
        ]
        refused = [("receiving_refused", each.case_ref, bundle.bundle_id) for each in received.refused]
        return Addition(new, settings, [*lines, *refused])

    caseload.vault.add([each.case_ref for each in bundle.families], plan, work_out, as_of)
    return outcome[-1]


def write_receipt(caseload: Caseload, received: Received, to: Path, *, replace: bool = False) -> None:
    """Write the receipt for the sender of a bundle that was taken; raises FileExists and FileFault."""
    content = {
        "bundle_id": received.bundle.bundle_id,
        "received_at": utc_text(now()),
        "families": [
            {
                "case_ref": each.case_ref,
                "sha256": each.sha256,
                "new": each.new,
                "known": each.known,
                "taken": each.is_taken,
            }
            for each in received.families
        ],
    }
    reader = received.bundle.sender.key
    write_file(to, close(RECEIPT, content, [], caseload.identity(), oneself(caseload), reader), replace=replace)


def receipt_name(bundle: Bundle) -> str:
    """A name for the file of a receipt that says nothing about anybody."""
    return f"receipt-{bundle.bundle_id[:8]}.age"


def _received(bundle: Bundle, ledgers: Ledgers) -> tuple[Received, dict[str, Merge]]:
    merged = {}
    families = []
    for each in bundle.families:
        kept = ledgers[each.case_ref]
        found = merge(each.case_ref, kept, each.records)
        if found.new and not found.contradicting:
            found = Merge(found.new, found.known, (), found.competing | each.competing)
        merged[each.case_ref] = found
        families.append(_brought(each, found, kept))
    return Received(bundle=bundle, families=tuple(families)), merged


def _brought(family: BundleFamily, found: Merge, kept: Sequence[AnyRecord]) -> Brought:
    is_another = bool(kept) and not found.known
    is_taken = not found.contradicting and not is_another
    union = Case(family.case_ref, [*kept, *found.new]) if is_taken and found.competing else None
    return Brought(
        case_ref=family.case_ref,
        sha256=family.sha256,
        is_new_family=not kept,
        new=len(found.new) if is_taken else 0,
        known=found.known,
        competing=tuple(map(tuple, still_competing(union, found.competing))) if union else (),
        contradicting=found.contradicting,
        is_another_family=is_another,
    )


def _family(named: Mapping[str, Any], document: str) -> BundleFamily:
    data = document.encode(errors="replace")
    if sha256(data).hexdigest() != named["sha256"]:
        raise BadBundle(DAMAGED)
    try:
        read = read_case_document(data, written_at=now())
    except InvalidDocument:
        raise BadBundle(DAMAGED) from None
    if read.case_ref != named["case_ref"] or len(read.records) != count(named["records"]) or not read.records:
        raise BadBundle(DAMAGED)
    ids = {each.id for each in read.records}
    groups = [frozenset(map(text, list_of(each))) for each in list_of(named["competing"])]
    if len(groups) > _GROUP_LIMIT or any(len(each) < 2 or not each <= ids for each in groups):
        raise BadBundle(DAMAGED)
    return BundleFamily(
        case_ref=read.case_ref, sha256=named["sha256"], records=read.records, competing=frozenset(groups)
    )


def _time(value: Any) -> datetime:
    try:
        return parse_utc(text(value))
    except ValueError:
        raise BadBundle(DAMAGED) from None
