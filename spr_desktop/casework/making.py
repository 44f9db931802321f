"""Making a document: prepared and looked at, then sealed, read back, written, and only then registered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import NoSuchPerson, NotReady, PersonNeeded
from spr_desktop.casework.files import check_free, read_file, write_file
from spr_desktop.casework.leak_search import looked_for
from spr_desktop.casework.mending import printed_in_part, printed_whole, records_to_mend
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.sealing_key import sealing_identity
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.facts import Facts
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import PACK as PACK
from spr_desktop.records.document_versions import pack_to_continue, versions, withdrawn
from spr_desktop.records.people import LeadProfessional, Professional
from spr_desktop.records.record import Body, Record
from spr_desktop.records.references import new_reference
from spr_desktop.records.work import DocumentMade, DocumentRevoked, Note, NoteBlock

if TYPE_CHECKING:
    from spr_desktop.documents.contents import Document, Origin
    from spr_desktop.documents.identity import SigningIdentity
    from spr_desktop.documents.making import Checked
    from spr_desktop.documents.subject_access import Decided, Item

COPY: Final = "parent-copy"
BRIEF: Final = "wraparound-brief"
NOTICE: Final = "withdrawal-notice"
AUDIT: Final = "case-audit"
ACCESS: Final = "subject-access"
KINDS: Final = (PACK, COPY, BRIEF, NOTICE, AUDIT, ACCESS)
"""Every kind of document (packs.md section 1)."""
ABOUT_ONE: Final = frozenset({COPY, BRIEF, ACCESS})
"""Kinds that are about one person alone."""
FOR_THE_PERSON: Final = frozenset({COPY, ACCESS})
"""Kinds that are given to the person whom they are about."""

FILE_OF: Final = "file_of_document:"
"""Before the name of a document's file: the setting that says where it was written."""

_MANAGER: Final = "The manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which document is wanted."""

    kind: str
    person_id: str | None = None
    """For the kinds of ``ABOUT_ONE``."""
    decided: Mapping[str, Decided] = field(default_factory=dict)
    """For a subject access: what was decided about each item, by its id."""
    activity: Sequence[tuple[datetime, str]] = ()
    """For an audit: what was done with the case, with the time in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A finished document that is not sealed yet, so that a person can look at its pages."""

    case_ref: str
    wish: Wish
    contents: Document
    checked: Checked
    decision: Decision

    @property
    def pdf(self) -> bytes:
        """The pages, for looking at; never for the disk."""
        return self.checked.pdf

    @property
    def reference(self) -> str:
        """The document's reference."""
        return self.contents.reference

    @property
    def file_name(self) -> str:
        """What the file is called, without its ending."""
        return file_name(self.contents.reference, self.contents.version)

    @property
    def contacts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each adult with what the document says about getting in touch, to be confirmed once more."""
        from spr_desktop.documents.contents import ReferralPack
        from spr_desktop.documents.one_adult import WraparoundBrief

        match self.contents:
            case ReferralPack(adults=adults):
                return tuple(
                    (
                        each.name,
                        tuple(f"{one.kind}: {one.value}" for one in each.contacts) or (each.contact_through or "",),
                    )
                    for each in adults
                )
            case WraparoundBrief(adult=adult, contacts=contacts) if contacts:
                return ((adult.name, tuple(f"{one.kind}: {one.value}" for one in contacts)),)
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A document as it leaves: encrypted and signed, with the passphrase that is told by another way."""

    prepared: Prepared
    data: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    fingerprint: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document that is on the disk and registered."""

    sealed: Sealed
    path: Path

    @property
    def reference(self) -> str:
        """The document's reference, which is also its id."""
        return self.sealed.prepared.reference

    @property
    def version(self) -> int:
        """Which version of that reference it is."""
        return self.sealed.prepared.contents.version


def file_name(reference: str, version: int) -> str:
    """What the file of a document is called, without its ending: nobody's name, and no version over another."""
    return reference if version == 1 else f"{reference}-v{version}"


# Preparing


def prepare(
    wish: Wish, case: Case, decision: Decision, practitioner: Practitioner, identity: SigningIdentity, made_on: date
) -> Prepared:
    """Lay a document out and search it for what must not be in it.

    Raises NotReady (a pack of a case that is not), NotMade, PersonNeeded, NoSuchPerson, LeakFound and MissingGlyph.
    """
    from spr_desktop.documents import making
    from spr_desktop.documents.errors import LeakFound

    if wish.kind == PACK and not decision.ready:
        raise NotReady(decision)
    if wish.kind in ABOUT_ONE:
        if wish.person_id is None:
            raise PersonNeeded(wish.kind)
        if wish.person_id not in case.people:
            raise NoSuchPerson
    before = _version_before(wish, case, decision)
    contents = _contents(wish, case, decision, _origin(case, before, practitioner, identity, made_on), before)
    forbidden, typed = looked_for(contents, case, decision, person_id=wish.person_id or "", decided=wish.decided)
    try:
        checked = making.check(making.lay_out(contents), forbidden, typed)
    except LeakFound as error:
        if wish.kind == ACCESS:
            printed = printed_whole(items_to_review(case, wish.person_id or ""), wish.decided)
        else:
            printed = printed_in_part(case, wish.person_id)
        error.records = records_to_mend(printed, error.leaks, forbidden, typed)
        raise
    return Prepared(case_ref=case.case_ref, wish=wish, contents=contents, checked=checked, decision=decision)


def _version_before(wish: Wish, case: Case, decision: Decision) -> Record[DocumentMade] | None:
    """The pack whose next version this is; every other document is a new one."""
    return pack_to_continue(Case(case.case_ref, case.records), decision.service) if wish.kind == PACK else None


def _origin(
    case: Case,
    before: Record[DocumentMade] | None,
    practitioner: Practitioner,
    identity: SigningIdentity,
    made_on: date,
) -> Origin:
    from spr_desktop.documents.workers import worker

    return {
        "reference": before.body.document_id if before else new_reference(),
        "version": len(versions(case, before.body.document_id)) + 1 if before else 1,
        "made_on": made_on,
        "referrer": worker(_referrer(case, practitioner)),
        "key_holder": identity.signer,
        "key_fingerprint": identity.fingerprint,
    }


def _referrer(case: Case, practitioner: Practitioner) -> Professional:
    """Who makes it: whose vault it is or, where nobody said, the lead professional."""
    lead = case.body(LeadProfessional)
    if not practitioner.name and lead:
        return lead.professional
    return Professional(
        name=practitioner.name,
        role=practitioner.role,
        organisation=practitioner.organisation,
        phone=practitioner.phone or None,
        email=practitioner.email or None,
    )


def _contents(
    wish: Wish, case: Case, decision: Decision, origin: Origin, before: Record[DocumentMade] | None
) -> Document:
    from spr_desktop.documents.audit import case_audit
    from spr_desktop.documents.one_adult import parent_copy, wraparound_brief
    from spr_desktop.documents.referral_pack import referral_pack
    from spr_desktop.documents.subject_access import subject_access
    from spr_desktop.documents.withdrawal import withdrawal_notice

    facts = Facts(case, decision.as_of, definition(), decision.service)
    person = wish.person_id or ""
    match wish.kind:
        case "referral-pack":
            replaces = before.happened_on.day if before else None
            return referral_pack(case, decision, definition(), origin, replaces)
        case "parent-copy":
            return parent_copy(facts, person, origin)
        case "wraparound-brief":
            return wraparound_brief(facts, person, origin)
        case "withdrawal-notice":
            packs = packs_to_withdraw(case)
            recipients = dict.fromkeys(each.recipient or "Whoever received it" for each in packs)
            references = dict.fromkeys(each.document_id for each in packs)
            return withdrawal_notice(tuple(references), tuple(recipients), origin)
        case "case-audit":
            return case_audit(case, decision, definition(), wish.activity, (_MANAGER,), origin)
        case "subject-access":
            return subject_access(case, person, wish.decided, ("The person it is about",), origin)
    raise ValueError("no such kind of document")


def packs_to_withdraw(case: Case) -> list[DocumentMade]:
    """Packs that were made and not withdrawn, in every version of theirs.

    Where all were, all of them, so that a notice can be made again.
    """
    made = [each.body for each in case.every(DocumentMade) if each.body.document == PACK]
    return [each for each in made if each.document_id not in withdrawn(case)] or made


def activity_of(caseload: Caseload, case_ref: str) -> list[tuple[datetime, str]]:
    """What was done with a case in this vault, without content: the time in UTC, and the words for it."""
    return [
        (each.at, " ".join([each.action.replace("_", " ").capitalize(), *([each.detail] if each.detail else [])]))
        for each in caseload.vault.activity()
        if each.case_ref == case_ref
    ]


def items_to_review(case: Case, person_id: str) -> tuple[Item, ...]:
    """Everything held about a person that somebody must decide about before it is disclosed; raises NoSuchPerson."""
    from spr_desktop.documents.subject_access import items_about

    if person_id not in case.people:
        raise NoSuchPerson
    return items_about(case, person_id)


# Sealing, keeping


def seal(prepared: Prepared, identity: SigningIdentity, pin: str = "") -> Sealed:
    """Encrypt and sign a document under a new passphrase, and read it back; ``pin`` is that of a card with the key.

    Raises SealFailed and CardFailed.
    """
    from spr_desktop.documents import making
    from spr_desktop.documents.passphrase import new_passphrase

    passphrase = new_passphrase()
    data = making.seal_checked(prepared.checked, identity, passphrase, pin=pin)
    return Sealed(prepared=prepared, data=data, passphrase=passphrase, fingerprint=identity.fingerprint)


def keep(caseload: Caseload, sealed: Sealed, path: Path, *, replace: bool = False) -> Made:
    """Write a sealed document, and register it once it is there; raises FileExists, FileFault.

    One that cannot be registered is taken away again, and what it replaced is put back.
    """
    before = read_file(path) if replace and path.exists() else None
    write_file(path, sealed.data, replace=replace)
    try:
        _register(caseload, sealed, path)
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            write_file(path, before, replace=True)
        raise
    return Made(sealed=sealed, path=path)


def _register(caseload: Caseload, sealed: Sealed, path: Path) -> None:
    prepared = sealed.prepared
    version = pathway_version(prepared.decision)
    made = DocumentMade(
        document_id=prepared.reference,
        document=prepared.wish.kind,
        sha256=sealed.sha256,
        pathway_version=version,
        recipient=", ".join(prepared.contents.recipients),
    )
    more: list[Body] = []
    if prepared.wish.kind == NOTICE:
        more += _revoked(caseload.case(prepared.case_ref))
    if prepared.wish.kind == ACCESS:
        more.append(_redaction_log(prepared))
    caseload.record(
        prepared.case_ref,
        [made, *more],
        happened_on=prepared.contents.made_on,
        done=(done_with(prepared.wish.kind, "made"), prepared.file_name),
        settings={f"{FILE_OF}{prepared.file_name}": str(path.absolute())},
    )


def done_with(kind: str, what: str) -> str:
    """What the activity says was done with a document: its kind, and *made*, *drafted*, *sent* or *acknowledged*."""
    return f"{kind.replace('-', '_') if kind in KINDS else 'document'}_{what}"


def _revoked(case: Case) -> list[Body]:
    """That every version of the packs is withdrawn which the notice names."""
    done = withdrawn(case)
    return [
        DocumentRevoked(
            document_id=each.document_id,
            document=each.document,
            sha256=each.sha256,
            pathway_version=each.pathway_version,
            recipient=each.recipient,
        )
        for each in packs_to_withdraw(case)
        if each.document_id not in done
    ]


def _redaction_log(prepared: Prepared) -> Note:
    """What was decided about each item, by its id; it stays in the case."""
    lines = [
        " ".join([record, each.choice, each.reason or "", ",".join(each.removed)]).strip()
        for record, each in prepared.wish.decided.items()
    ]
    text = "\n".join([f"Subject access {prepared.reference}: what was decided about each record.", *lines])
    return Note(type="decision", about=(prepared.wish.person_id or "",), blocks=(NoteBlock(type="fact", text=text),))


def pathway_version(decision: Decision) -> str:
    """Which pathway decided, so that a later one never rewrites it."""
    return f"{decision.pathway}/{decision.pathway_version} sha256:{decision.pathway_sha256}"


def make(
    caseload: Caseload,
    case_ref: str,
    wish: Wish,
    as_of: date,
    where: Callable[[str], Path],
    *,
    replace: bool = False,
    ask_pin: Callable[[], str] = str,
) -> Made:
    """Prepare, seal, write and register in one go; ``where`` gives the path for the name of the document's file.

    ``ask_pin`` is asked for the PIN where the key is on a card, once the document is found to be in order.

    Raises NoSuchCase, and what the steps raise; then nothing is left behind.
    """
    case, decision = caseload.case(case_ref, as_of), caseload.decide(case_ref, as_of)
    identity = sealing_identity(caseload)
    prepared = prepare(wish, case, decision, caseload.practitioner, identity, as_of)
    path = where(prepared.file_name)
    check_free(path, replace=replace)
    pin = ask_pin() if identity.card else ""
    return keep(caseload, seal(prepared, identity, pin), path, replace=replace)
