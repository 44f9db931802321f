"""What one vault sends another: strict JSON that is signed by its sender and encrypted for its reader.

Both bundles and receipts are such files; their form is described in docs/hand-over.md.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any, Final

from spr_desktop.casework.colleagues import Colleague
from spr_desktop.casework.errors import BadBundle
from spr_desktop.documents.identity import SigningIdentity, is_signed
from spr_desktop.records.faults import InvalidDocument, NewerDocument
from spr_desktop.records.strict_json import read_strict_json
from spr_desktop.vault.envelope import NotAnEnvelope, NotForThisKey, close_envelope, open_envelope

VERSION: Final = 1
ENVELOPE_ROOM: Final = 1_000_000
"""What encryption adds, and more."""

DAMAGED: Final = "The file is not of the form, was cut short or was changed on its way. Ask for it once more."
TOO_LARGE: Final = "The file is larger than the program takes. Ask for fewer families at a time."
NOT_FOR_THIS_VAULT: Final = "The file was made for somebody else's key. Give your colleague the key file of this vault."
NOT_SIGNED: Final = "The signature does not fit: the file was changed or forged. Ring the sender, and do not use it."


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened, and whose signature fits."""

    content: dict[str, Any]
    """What was signed."""
    documents: list[str]
    """What came with it; the content must vouch for each."""
    sender: Colleague


def close(
    kind: str,
    content: dict[str, Any],
    documents: list[str],
    identity: SigningIdentity,
    sender: Colleague,
    reader: str,
) -> bytes:
    """Sign and encrypt; ``reader`` is a public key."""
    who = {"name": sender.name, "role": sender.role, "organisation": sender.organisation, "key": sender.key}
    signed = json.dumps(content | {"for": reader, "sender": who}, ensure_ascii=False)
    plain = {
        "format": kind,
        "version": VERSION,
        "certificate": b64encode(identity.certificate).decode(),
        "signature": b64encode(identity.sign(_to_sign(kind, signed))).decode(),
        "content": signed,
        "documents": documents,
    }
    return close_envelope(json.dumps(plain, ensure_ascii=False).encode(), reader)


def open_signed(data: bytes, kind: str, private: str, reader: str, limit: int) -> Opened:
    """Decrypt, check the form and the signature; nothing that was signed is looked at before.

    Raises BadBundle and NewerDocument.
    """
    if len(data) > limit + ENVELOPE_ROOM:
        raise BadBundle(TOO_LARGE)
    try:
        plain = open_envelope(data, private)
    except NotForThisKey:
        raise BadBundle(NOT_FOR_THIS_VAULT) from None
    except NotAnEnvelope:
        raise BadBundle(DAMAGED) from None
    if len(plain) > limit:
        raise BadBundle(TOO_LARGE)
    frame = _object(_json(plain, limit))
    if frame.get("format") != kind:
        raise BadBundle(f"The file is not a {kind.removeprefix('spr-')}. Choose another one.")
    _check_version(frame.get("version"))
    if frame.keys() != {"format", "version", "certificate", "signature", "content", "documents"}:
        raise BadBundle(DAMAGED)
    signed, certificate = text(frame["content"]), _binary(frame["certificate"])
    if not is_signed(_to_sign(kind, signed), _binary(frame["signature"]), certificate):
        raise BadBundle(NOT_SIGNED)
    content = _object(_json(_encoded(signed), limit))
    if content.get("for") != reader:
        raise BadBundle(NOT_FOR_THIS_VAULT)
    who = _object(content.get("sender"))
    if who.keys() != {"name", "role", "organisation", "key"}:
        raise BadBundle(DAMAGED)
    try:
        sender = Colleague.checked(certificate=certificate, **{name: text(value) for name, value in who.items()})
    except ValueError:
        raise BadBundle(DAMAGED) from None
    return Opened(content, [text(each) for each in list_of(frame["documents"])], sender)


def text(value: Any) -> str:
    """A value that must be a text; raises BadBundle."""
    if not isinstance(value, str):
        raise BadBundle(DAMAGED)
    return value


def count(value: Any) -> int:
    """A value that must be a number of things; raises BadBundle."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadBundle(DAMAGED)
    return value


def list_of(value: Any) -> list[Any]:
    """A value that must be a list; raises BadBundle."""
    if not isinstance(value, list):
        raise BadBundle(DAMAGED)
    return value


def fields(value: Any, *names: str) -> dict[str, Any]:
    """A value that must be an object with exactly these fields; raises BadBundle."""
    found = _object(value)
    if found.keys() != set(names):
        raise BadBundle(DAMAGED)
    return found


def _to_sign(kind: str, signed: str) -> bytes:
    """With what it is in front, so that no signature fits something of another kind."""
    return f"{kind} {VERSION}\n".encode() + _encoded(signed)


def _check_version(version: Any) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < VERSION:
        raise BadBundle(DAMAGED)
    if version > VERSION:
        raise NewerDocument


def _json(data: bytes, limit: int) -> Any:
    try:
        return read_strict_json(data, limit)
    except InvalidDocument:
        raise BadBundle(DAMAGED) from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadBundle(DAMAGED)
    return value


def _binary(value: Any) -> bytes:
    try:
        return b64decode(text(value), validate=True)
    except ValueError:
        raise BadBundle(DAMAGED) from None


def _encoded(value: str) -> bytes:
    try:
        return value.encode()
    except UnicodeEncodeError:  # half a character
        raise BadBundle(DAMAGED) from None
