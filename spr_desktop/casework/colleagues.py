"""Colleagues: whose key it is, how that is written in a key file, and which keys were compared by telephone.

A key file may be read by anybody and opens nothing. It carries the key that bundles are encrypted for, and a
certificate that vouches for it: comparing the one fingerprint is enough for both.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import BadBundle
from spr_desktop.casework.files import read_file_up_to, write_file
from spr_desktop.documents import identity
from spr_desktop.records.faults import NewerDocument
from spr_desktop.records.texts import text_fault
from spr_desktop.vault.envelope import is_public_key, new_key, public_key

_PRIVATE: Final = "hand_over_key"
_COMPARED: Final = "keys_compared"
_LIMIT: Final = 16_000
_NAME_LIMIT: Final = 200
_TITLE: Final = "SPR Desktop hand-over key, version 1"
_ABOUT: Final = (
    "Give this file to colleagues who hand families over to you. It opens nothing.\n"
    "Before they use it they ring you, and you read the fingerprint out to each other."
)
_FIELDS: Final = ("Name", "Role", "Organisation", "Key", "Fingerprint", "Certificate", "Signature")
_NOT_A_KEY: Final = "That is not a colleague's key file, or it was changed on its way. Ask for it once more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody with a vault, as far as their keys say."""

    name: str
    role: str
    organisation: str
    key: str
    """The public key that bundles for them are encrypted for."""
    certificate: bytes
    """Of the key that they sign with, as DER."""

    @classmethod
    def checked(cls, *, name: str, role: str, organisation: str, key: str, certificate: bytes) -> Self:
        """From what came from outside; raises ValueError for what no key file has."""
        for each in (name, role, organisation):
            if len(each) > _NAME_LIMIT or text_fault(each) or "\n" in each or "\t" in each:
                raise ValueError("a name that is none")
        if not is_public_key(key):
            raise ValueError("a key that is none")
        return cls(name=name, role=role, organisation=organisation, key=key, certificate=certificate)

    @property
    def fingerprint(self) -> str:
        """What is read out on the telephone."""
        return identity.fingerprint(self.certificate)

    @property
    def described(self) -> str:
        """Name, role and organisation, as far as they are given."""
        return ", ".join(each for each in (self.name, self.role, self.organisation) if each) or "nobody named"


def private_key(caseload: Caseload) -> str:
    """The key that opens what is handed over to this vault; made when first needed, and kept in the vault."""
    kept = caseload.vault.setting(_PRIVATE)
    if kept:
        return kept
    made = new_key()
    caseload.vault.set_setting(_PRIVATE, made)
    return made


def oneself(caseload: Caseload) -> Colleague:
    """Whose vault it is, as colleagues see it."""
    who = caseload.practitioner
    return Colleague(
        name=_in_one_line(who.name),
        role=_in_one_line(who.role),
        organisation=_in_one_line(who.organisation),
        key=public_key(private_key(caseload)),
        certificate=caseload.identity().certificate,
    )


def write_key_file(caseload: Caseload, to: Path, *, replace: bool = False) -> Colleague:
    """Write the key file of this vault, for colleagues; raises FileExists and FileFault."""
    who = oneself(caseload)
    signature = caseload.identity().sign(_to_sign(who))
    values = (
        who.name,
        who.role,
        who.organisation,
        who.key,
        who.fingerprint,
        b64encode(who.certificate).decode(),
        b64encode(signature).decode(),
    )
    lines = [f"{name}: {value}" for name, value in zip(_FIELDS, values, strict=True)]
    text = "\n".join([_TITLE, "", _ABOUT, "", *lines, ""])
    write_file(to, text.encode(), replace=replace, check=lambda written: _read(written))
    return who


def read_key_file(path: Path) -> Colleague:
    """The colleague whose key file it is; raises FileFault, BadBundle and NewerDocument."""
    return _read(read_file_up_to(path, _LIMIT))


def _read(data: bytes) -> Colleague:
    try:
        title, *lines = data.decode().splitlines()
    except ValueError:
        raise BadBundle(_NOT_A_KEY) from None
    if title != _TITLE:
        if title.startswith(_TITLE.rstrip("1")) and title[len(_TITLE) - 1 :].isdecimal():
            raise NewerDocument
        raise BadBundle(_NOT_A_KEY)
    found = [each.partition(": ")[::2] for each in lines if each.partition(":")[0] in _FIELDS]
    if len(data) > _LIMIT or [name.rstrip(":") for name, _ in found] != list(_FIELDS):
        raise BadBundle(_NOT_A_KEY)
    name, role, organisation, key, fingerprint, certificate, signature = (value for _, value in found)
    try:
        who = Colleague.checked(
            name=name,
            role=role,
            organisation=organisation,
            key=key,
            certificate=b64decode(certificate, validate=True),
        )
        is_signed = identity.is_signed(_to_sign(who), b64decode(signature, validate=True), who.certificate)
    except ValueError:
        raise BadBundle(_NOT_A_KEY) from None
    if not is_signed or who.fingerprint != fingerprint:
        raise BadBundle(_NOT_A_KEY)
    return who


def _to_sign(who: Colleague) -> bytes:
    return json.dumps([_TITLE, who.name, who.role, who.organisation, who.key]).encode()


def _in_one_line(text: str) -> str:
    return " ".join(text.split())[:_NAME_LIMIT]


# Which keys were compared


def compared_on(caseload: Caseload, who: Colleague) -> date | None:
    """When the fingerprint of a colleague was compared by telephone; None if it never was."""
    found = _compared(caseload).get(who.fingerprint)
    return date.fromisoformat(found) if found else None


def note_compared(caseload: Caseload, who: Colleague, on: date) -> None:
    """Note that the fingerprint was compared; the first time counts."""
    known = _compared(caseload)
    if who.fingerprint not in known:
        caseload.vault.set_setting(_COMPARED, json.dumps(known | {who.fingerprint: on.isoformat()}))


def _compared(caseload: Caseload) -> dict[str, Any]:
    kept = caseload.vault.setting(_COMPARED)
    found: dict[str, Any] = json.loads(kept) if kept else {}
    return found
