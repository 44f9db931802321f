"""Making a referral pack: prepared and looked at, then sealed, read back, written, and only then registered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import NotReady
from spr_desktop.casework.files import check_free, write_file
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.pathway.definition import definition
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case import Case
from spr_desktop.records.people import LeadProfessional, Professional
from spr_desktop.records.references import new_reference
from spr_desktop.records.work import DocumentMade, DocumentSent, ReferralProgress

if TYPE_CHECKING:
    from spr_desktop.documents.contents import ReferralPack
    from spr_desktop.documents.identity import SigningIdentity
    from spr_desktop.documents.pack import CheckedPack

KIND: Final = "referral-pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPack:
    """A finished pack that is not sealed yet, so that a person can look at its pages."""

    case_ref: str
    contents: ReferralPack
    checked: CheckedPack
    decision: Decision

    @property
    def pdf(self) -> bytes:
        """The pages, for looking at; never for the disk."""
        return self.checked.pdf

    @property
    def reference(self) -> str:
        """The pack's reference, which is also the file's name."""
        return self.contents.reference

    @property
    def contacts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each adult with what the pack says about getting in touch, to be confirmed once more."""
        return tuple(
            (each.name, tuple(f"{one.kind}: {one.value}" for one in each.contacts) or (each.contact_through or "",))
            for each in self.contents.adults
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPack:
    """A pack as it leaves: encrypted and signed, with the passphrase that is told by another way."""

    prepared: PreparedPack
    data: bytes
    passphrase: str
    fingerprint: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePack:
    """A pack that is on the disk and registered."""

    sealed: SealedPack
    path: Path

    @property
    def reference(self) -> str:
        """The pack's reference, which is also the id of the document."""
        return self.sealed.prepared.reference


def prepare_pack(
    case: Case, decision: Decision, practitioner: Practitioner, identity: SigningIdentity, made_on: date
) -> PreparedPack:
    """Lay a pack out and search it for what must not be in it; raises NotReady, LeakFound, MissingGlyph."""
    from spr_desktop.documents import pack
    from spr_desktop.documents.identity import UNNAMED
    from spr_desktop.documents.referral_pack import referral_pack

    if not decision.ready:
        raise NotReady(decision)
    contents = referral_pack(
        case,
        decision,
        definition(),
        reference=new_reference(),
        version=1,
        made_on=made_on,
        referrer=_referrer(case, practitioner),
        fingerprint=identity.fingerprint,
        key_holder=practitioner.name or UNNAMED,
    )
    checked = pack.check_pack(pack.lay_out_pack(contents), case, decision, definition())
    return PreparedPack(case_ref=case.case_ref, contents=contents, checked=checked, decision=decision)


def _referrer(case: Case, practitioner: Practitioner) -> Professional:
    """Who refers: whose vault it is or, where nobody said, the lead professional."""
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


def seal_pack(prepared: PreparedPack, identity: SigningIdentity) -> SealedPack:
    """Encrypt and sign a pack under a new passphrase, and read it back; raises SealFailed."""
    from spr_desktop.documents import pack
    from spr_desktop.documents.passphrase import new_passphrase

    passphrase = new_passphrase()
    data = pack.seal_pack(prepared.checked, identity, passphrase)
    return SealedPack(prepared=prepared, data=data, passphrase=passphrase, fingerprint=identity.fingerprint)


def keep_pack(caseload: Caseload, sealed: SealedPack, path: Path, *, replace: bool = False) -> MadePack:
    """Write a sealed pack, and register it once it is there; raises FileExists, FileFault.

    A pack that cannot be registered is taken away again.
    """
    write_file(path, sealed.data, replace=replace)
    try:
        _register(caseload, sealed)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return MadePack(sealed=sealed, path=path)


def _register(caseload: Caseload, sealed: SealedPack) -> None:
    prepared = sealed.prepared
    made = DocumentMade(
        document_id=prepared.reference,
        document=KIND,
        sha256=sealed.sha256,
        pathway_version=pathway_version(prepared.decision),
        recipient=", ".join(prepared.contents.recipients),
    )
    caseload.record(prepared.case_ref, [made], happened_on=prepared.contents.made_on)
    caseload.vault.log("pack_made", prepared.case_ref, prepared.reference)


def pathway_version(decision: Decision) -> str:
    """Which pathway decided, so that a later one never rewrites it."""
    return f"{decision.pathway}/{decision.pathway_version} sha256:{decision.pathway_sha256}"


def record_sent(caseload: Caseload, made: MadePack, on: date, password_channel: str) -> None:
    """Record that a pack was sent, and how its passphrase was told."""
    prepared = made.sealed.prepared
    sent = DocumentSent(
        document_id=made.reference,
        document=KIND,
        sha256=made.sealed.sha256,
        pathway_version=pathway_version(prepared.decision),
        recipient=", ".join(prepared.contents.recipients),
        sent_by=caseload.practitioner.name or None,
        password_channel=password_channel,
    )
    caseload.record(prepared.case_ref, [sent, ReferralProgress(step="sent")], happened_on=on)


def make_pack(
    caseload: Caseload, case_ref: str, as_of: date, where: Callable[[str], Path], *, replace: bool = False
) -> MadePack:
    """Prepare, seal, write and register in one go; ``where`` gives the path for a pack's reference.

    Raises NoSuchCase, and what the steps raise; then nothing is left behind.
    """
    case, decision = caseload.case(case_ref, as_of), caseload.decide(case_ref, as_of)
    identity = caseload.identity()
    prepared = prepare_pack(case, decision, caseload.practitioner, identity, as_of)
    path = where(prepared.reference)
    check_free(path, replace=replace)
    return keep_pack(caseload, seal_pack(prepared, identity), path, replace=replace)
