"""Files for one reader: encrypted for a public key in the age format, opened with the key that only its reader has.

The only module that uses the age library. It works in memory, on whole files.
"""

from __future__ import annotations

from typing import Final

from pyrage import DecryptError, RecipientError, decrypt, encrypt
from pyrage.x25519 import Identity, Recipient

HEADER_LIMIT: Final = 4096
"""Bytes in which the header must end."""
STANZAS_LIMIT: Final = 8
"""The library takes minutes over a header with very many, and one reader needs one."""

_BEGIN: Final = b"age-encryption.org/v1\n"
_END: Final = b"\n--- "
_NO_KEY: Final = "No matching keys"


class NotAnEnvelope(Exception):
    """The file is not of the form, was cut short or was changed."""


class NotForThisKey(Exception):
    """The file was encrypted for somebody else."""


def new_key() -> str:
    """A private key as text; it belongs in the vault and nowhere else."""
    return str(Identity.generate())


def public_key(private: str) -> str:
    """The public key of a private one, as text that may be given to anybody."""
    return str(Identity.from_str(private).to_public())


def is_public_key(text: str) -> bool:
    """Whether a text is a public key."""
    try:
        return str(Recipient.from_str(text)) == text
    except RecipientError:
        return False


def close_envelope(data: bytes, reader: str) -> bytes:
    """Data encrypted for one reader, named by a public key."""
    closed: bytes = encrypt(data, [Recipient.from_str(reader)])
    return closed


def open_envelope(data: bytes, private: str) -> bytes:
    """What was encrypted for the holder of this private key; raises NotAnEnvelope or NotForThisKey."""
    header, end, _ = data[:HEADER_LIMIT].partition(_END)
    if not data.startswith(_BEGIN) or not end or header.count(b"\n-> ") > STANZAS_LIMIT:
        raise NotAnEnvelope
    try:
        opened: bytes = decrypt(data, [Identity.from_str(private)])
    except DecryptError as error:
        if str(error).startswith(_NO_KEY):
            raise NotForThisKey from None
        raise NotAnEnvelope from None
    return opened
