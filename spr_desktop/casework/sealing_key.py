"""The key that seals documents: the vault's own, or one that the organisation issued.

The vault's own certificate lasts three years, and is made anew in time; the fingerprints of those before stay on a
list, so that older packs can still be answered for. The key for hand-overs is another matter, and stays.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spr_desktop.casework.errors import OrganisationFileRefused
from spr_desktop.casework.files import read_file_up_to
from spr_desktop.casework.words import day_text
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.records.record import now

if TYPE_CHECKING:
    from spr_desktop.casework.caseload import Caseload
    from spr_desktop.documents.fitness import IdentityFault

ISSUED: Final = "issued_sealing_identity"
RENEWED: Final = "renewed_sealing_identity"
EARLIER: Final = "earlier_sealing_fingerprints"
"""Settings: all in the encrypted vault, and nowhere else."""

RENEWED_BEFORE: Final = timedelta(days=30)
_FILE_LIMIT: Final = 256 * 1024
_LIST_LIMIT: Final = 512 * 1024
"""A list goes into every document that is sealed."""
_NO_ISSUED: Final = "A revocation list goes with a certificate of your organisation. Choose that first."
_REFUSED: Final = {
    "NO_PKCS12": "It is no PKCS#12 file (.p12 or .pfx). Ask your organisation for one.",
    "WRONG_PASSWORD": "The password of the file is not the right one. Type it as it was given to you.",
    "NO_KEY": "It holds no private key with its certificate. Ask your organisation for both in one file.",
    "OTHER_KEY": "Its key is of a kind that seals nothing here. Ask for an RSA key, or one of a NIST curve.",
    "TOO_WEAK": "Its key is too weak. Ask for an RSA key of 2,048 bits or more; 3,072 are better.",
    "NOT_YET_VALID": "Its certificate is not valid yet. Look whether the clock of this computer is right.",
    "EXPIRED": "Its certificate has expired. Ask your organisation for the new one, or seal with the vault's own key.",
    "NOT_FOR_SIGNING": "Its certificate forbids signing. Ask for one that is for signing documents.",
    "NOT_FOR_DOCUMENTS": "Its certificate is for something else, such as a web server. Ask for one for documents.",
    "REVOKED": "Your organisation revoked its certificate. Ask for a new one, or seal with the vault's own key.",
    "NO_LIST": "It is no revocation list (.crl). Ask your organisation for that of the authority that issues to you.",
    "OTHER_LIST": "It is no list about your certificate, or only a part of one. Ask for the whole list of the "
    "authority that issued it, and for a file with the key that holds that authority's certificate too.",
    "LIST_TO_COME": "The revocation list is of a day to come. Look whether the clock of this computer is right.",
}


_CARD: Final = {
    "NO_LIBRARY": "Its library cannot be loaded. Name the file that the maker of the card gives for PKCS#11.",
    "NO_CARD": "No card with this certificate is there. Put the card in and try again, or seal with the vault's own "
    "key (in the settings, or seal-with --own).",
    "WRONG_PIN": "The PIN is not the right one. Cards lock after a few wrong ones: look it up before you try again.",
    "LOCKED": "The card is locked, or its PIN has to be changed first. Who issued it can help; meanwhile seal with the "
    "vault's own key (in the settings, or seal-with --own).",
    "NO_KEY": "It holds no key that belongs to the certificate of this name. Ask who issued it.",
    "FAILED": "It gave no signature. Take it out, put it in and try again, or seal with the vault's own key (in the "
    "settings, or seal-with --own).",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKey:
    """What seals documents, as people need to know it."""

    signer: str
    fingerprint: str
    expires: date
    is_issued: bool
    """Whether the organisation issued it; otherwise it is the vault's own."""
    earlier: tuple[Earlier, ...]
    lists: tuple[KeptList, ...]
    """Revocation lists that go into what it seals."""
    is_on_card: bool
    """Whether the key is on a card, so that its PIN is needed to seal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A key that sealed documents until a day."""

    fingerprint: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """A revocation list of the organisation, kept with its key."""

    made_on: date
    until: date | None
    """The day on which a newer one was to be there; None where it does not say."""


def sealing_identity(caseload: Caseload, at: datetime | None = None) -> SigningIdentity:
    """The key and certificate that seal documents now; the vault's own is made anew when its time is nearly over.

    Raises OrganisationFileRefused where the organisation's has expired or was revoked.
    """
    at = at or now()
    issued = caseload.vault.setting(ISSUED)
    if issued:
        return _fit(SigningIdentity.from_pem(issued), at)
    own = _own(caseload)
    return _renew(caseload, own, at) if is_nearly_over(own, at) else own


def sealing_key(caseload: Caseload) -> SealingKey:
    """What seals documents as things stand; nothing is made anew."""
    issued = caseload.vault.setting(ISSUED)
    identity = SigningIdentity.from_pem(issued) if issued else _own(caseload)
    return SealingKey(
        signer=identity.signer,
        fingerprint=identity.fingerprint,
        expires=identity.expires.date(),
        is_issued=bool(issued),
        earlier=earlier_keys(caseload),
        lists=_kept_lists(identity),
        is_on_card=identity.card is not None,
    )


def has_sealing_key(caseload: Caseload) -> bool:
    """Whether there is a key that seals; the vault's own is made with the first document."""
    return caseload.has_identity or bool(caseload.vault.setting(ISSUED))


def key_warning(caseload: Caseload, on: date) -> str | None:
    """What is to be known of a key whose time is over or nearly so; None where all is well, or no key was made yet."""
    if not has_sealing_key(caseload):
        return None
    key = sealing_key(caseload)
    if key.expires > on + RENEWED_BEFORE:
        return list_warning(caseload, on)
    when = "expired" if key.expires < on else "expires"
    if key.is_issued:
        return (
            f"The certificate of your organisation that seals documents {when} on {day_text(key.expires)}. Ask for the "
            "new one, and put it into the settings."
        )
    return (
        f"The certificate of the key that seals documents {when} on {day_text(key.expires)}. It is made anew with the "
        "next document: from then on another fingerprint is read out on the telephone."
    )


def list_warning(caseload: Caseload, on: date) -> str | None:
    """What is to be known of the revocation lists of the organisation: it revoked the key, or they are out of date."""
    from spr_desktop.documents.fitness import revoked

    issued = caseload.vault.setting(ISSUED)
    if not issued:
        return None
    identity = SigningIdentity.from_pem(issued)
    since = revoked(identity)
    if since:
        return (
            f"Your organisation revoked the certificate that seals documents on {day_text(since.date())}: nothing is "
            "sealed with it. Ask for a new one, or seal with the vault's own key."
        )
    old = [each.until for each in _kept_lists(identity) if each.until and each.until < on]
    if not old:
        return None
    return (
        f"A revocation list of your organisation held until {day_text(min(old))} and is out of date, which readers of "
        "what you seal are told. Ask for the new list, and put it into the settings."
    )


def list_words(kept: KeptList) -> str:
    """A revocation list in words."""
    until = f", valid until {day_text(kept.until)}" if kept.until else ""
    return f"What it seals carries the revocation list of {day_text(kept.made_on)}{until}."


def seal_with_issued(caseload: Caseload, file: Path, password: str | None, lists: Sequence[Path] = ()) -> SealingKey:
    """Seal with the key of a PKCS#12 file from now on, and enclose revocation lists.

    Raises OrganisationFileRefused and FileFault; then nothing is changed.
    """
    from spr_desktop.documents.fitness import IdentityFault, require_fit, with_lists
    from spr_desktop.documents.pkcs12 import read_pkcs12

    try:
        identity = read_pkcs12(read_file_up_to(file, _FILE_LIMIT), password, now())
        identity = with_lists(identity, [read_file_up_to(each, _LIST_LIMIT) for each in lists], now())
        require_fit(identity, now())
    except IdentityFault as fault:
        raise _refused(fault) from None
    return _seal_with(caseload, identity)


def seal_with_card(caseload: Caseload, library: Path, label: str, pin: str, lists: Sequence[Path] = ()) -> SealingKey:
    """Seal with a key on a card from now on, after a trial; ``label`` is the name of its certificate there.

    The PIN is not kept. Raises CardFailed, OrganisationFileRefused and FileFault; then nothing is changed.
    """
    from spr_desktop.documents.card import read_card
    from spr_desktop.documents.fitness import IdentityFault, require_fit, with_lists
    from spr_desktop.documents.identity import Card

    try:
        identity = read_card(Card(str(library.absolute()), label), pin, now())
        identity = with_lists(identity, [read_file_up_to(each, _LIST_LIMIT) for each in lists], now())
        require_fit(identity, now())
    except IdentityFault as fault:
        raise _refused(fault) from None
    return _seal_with(caseload, identity)


def card_words(fault: str) -> str:
    """What is to be done about a card that did not seal."""
    return _CARD[fault]


def enclose_lists(caseload: Caseload, lists: Sequence[Path]) -> SealingKey:
    """Enclose revocation lists with what the organisation's key seals, in the place of earlier ones.

    One that revokes the key is kept too: from then on nothing is sealed with it. Raises OrganisationFileRefused and
    FileFault; then nothing is changed.
    """
    from spr_desktop.documents.fitness import IdentityFault, with_lists

    issued = caseload.vault.setting(ISSUED)
    if not issued:
        raise OrganisationFileRefused(_NO_ISSUED)
    try:
        files = [read_file_up_to(each, _LIST_LIMIT) for each in lists]
        identity = with_lists(SigningIdentity.from_pem(issued), files, now())
    except IdentityFault as fault:
        raise _refused(fault) from None
    caseload.vault.set_setting(ISSUED, identity.to_pem())
    caseload.vault.log("revocation_list_kept")
    return sealing_key(caseload)


def seal_with_own(caseload: Caseload) -> SealingKey:
    """Seal with the vault's own key from now on."""
    issued = caseload.vault.setting(ISSUED)
    if issued:
        _keep_earlier(caseload, issued, "")
        caseload.vault.set_setting(ISSUED, "")
        caseload.vault.log("sealing_key_own")
    return sealing_key(caseload)


def earlier_keys(caseload: Caseload) -> tuple[Earlier, ...]:
    """Keys that sealed documents of this vault before, the newest first."""
    kept = json.loads(caseload.vault.setting(EARLIER) or "[]")
    return tuple(Earlier(fingerprint=mark, until=date.fromisoformat(day)) for mark, day in reversed(kept))


def is_nearly_over(identity: SigningIdentity, at: datetime) -> bool:
    """Whether a certificate has expired, or will within 30 days."""
    return identity.expires <= at.astimezone(UTC) + RENEWED_BEFORE


def _seal_with(caseload: Caseload, identity: SigningIdentity) -> SealingKey:
    _keep_earlier(caseload, caseload.vault.setting(ISSUED), identity.fingerprint)
    caseload.vault.set_setting(ISSUED, identity.to_pem())
    caseload.vault.log("sealing_key_issued")
    return sealing_key(caseload)


def _kept_lists(identity: SigningIdentity) -> tuple[KeptList, ...]:
    from spr_desktop.documents.fitness import lists_of

    found = [(each.last_update_utc.date(), each.next_update_utc) for each in lists_of(identity)]
    return tuple(KeptList(made_on=made, until=until.date() if until else None) for made, until in found)


def _own(caseload: Caseload) -> SigningIdentity:
    renewed = caseload.vault.setting(RENEWED)
    return SigningIdentity.from_pem(renewed) if renewed else caseload.identity()


def _renew(caseload: Caseload, own: SigningIdentity, at: datetime) -> SigningIdentity:
    who = caseload.practitioner
    made = SigningIdentity.make(name=who.name, role=who.role, organisation=who.organisation, on=at)
    _keep_earlier(caseload, own.to_pem(), made.fingerprint)
    caseload.vault.set_setting(RENEWED, made.to_pem())
    caseload.vault.log("sealing_key_renewed")
    return made


def _keep_earlier(caseload: Caseload, before: str | None, after: str) -> None:
    """Put the fingerprint of what sealed until now on the list; raises nothing where there was nothing."""
    if not before:
        return
    mark = SigningIdentity.from_pem(before).fingerprint
    kept = json.loads(caseload.vault.setting(EARLIER) or "[]")
    if mark != after:
        caseload.vault.set_setting(EARLIER, json.dumps([*kept, [mark, date.today().isoformat()]]))


def _fit(identity: SigningIdentity, at: datetime) -> SigningIdentity:
    from spr_desktop.documents.fitness import IdentityFault, require_fit

    try:
        require_fit(identity, at)
    except IdentityFault as fault:
        raise _refused(fault) from None
    return identity


def _refused(fault: IdentityFault) -> OrganisationFileRefused:
    return OrganisationFileRefused(_REFUSED[fault.fault.name])
