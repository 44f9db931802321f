"""A key on a card or token that seals (PKCS#11): it never leaves the card, and the PIN is asked for each time.

The library is the card maker's own program, which whoever sets up the card names. It is loaded when a card is read or
seals, and never before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from spr_desktop.documents.errors import CardFailed
from spr_desktop.documents.fitness import Fault, IdentityFault, require_fit, require_for_documents
from spr_desktop.documents.identity import Card, SigningIdentity

if TYPE_CHECKING:
    from datetime import datetime

    from pkcs11 import Session, Token

_SHA256: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a digest that RSA signs (RFC 8017, section 9.2): that it is one of SHA-256."""

_TRIAL: Final = b"Whether the key on the card belongs to its certificate"


class CardFault(Enum):
    """Why a card did not seal."""

    NO_LIBRARY = "its library cannot be loaded"
    NO_CARD = "no card with this certificate is there"
    WRONG_PIN = "the PIN is not the right one"
    LOCKED = "the card is locked"
    NO_KEY = "the card holds no key that belongs to the certificate"
    FAILED = "the card did not sign"


def read_card(card: Card, pin: str, now: datetime) -> SigningIdentity:
    """The certificate on a card and those above it, proven to belong to the key there.

    Raises CardFailed, and IdentityFault for a certificate that will not do.
    """
    with _reporting(), _found(card) as (token, certificate):
        with token.open() as session:
            others = [each for each in _certificates(session) if each != certificate]
        key = certificate.public_key()
        if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            raise IdentityFault(Fault.OTHER_KEY)
        chain = tuple(each.public_bytes(Encoding.DER) for each in others)
        identity = SigningIdentity(certificate.public_bytes(Encoding.DER), b"", chain, card=card)
        require_fit(identity, now)
        require_for_documents(identity)
    sign_with_card(identity, pin, _TRIAL)
    return identity


def sign_with_card(identity: SigningIdentity, pin: str, data: bytes) -> bytes:
    """A signature (SHA-256) by the key on a card, proven by its certificate; raises CardFailed."""
    assert identity.card
    wanted = x509.load_der_x509_certificate(identity.certificate)
    with _reporting(), _found(identity.card, wanted) as (token, certificate), token.open(user_pin=pin) as session:
        signature = _signature(_key(session, identity.card.label), certificate.public_key(), data)
    if not _is_right(signature, wanted.public_key(), data):
        raise CardFailed(CardFault.NO_KEY)
    return signature


@contextmanager
def _found(card: Card, wanted: x509.Certificate | None = None) -> Iterator[tuple[Token, x509.Certificate]]:
    """The card that holds the certificate, looked for without the PIN, which other cards must not count as wrong."""
    import pkcs11

    try:
        library = pkcs11.lib(card.library)
    except (pkcs11.PKCS11Error, RuntimeError, OSError):
        raise CardFailed(CardFault.NO_LIBRARY) from None
    for slot in library.get_slots(token_present=True):
        try:
            token = slot.get_token()
            with token.open() as session:
                held = list(_certificates(session, card.label))
        except (pkcs11.TokenNotRecognised, pkcs11.TokenNotPresent, pkcs11.DeviceRemoved):
            continue
        certificate = next((each for each in held if wanted in {None, each}), None)
        if certificate is not None:
            yield token, certificate
            return
    raise CardFailed(CardFault.NO_CARD)


def _objects(session: Session, **wanted: Any) -> list[Any]:
    """All of a kind at once: a card searches for one thing at a time."""
    from pkcs11 import Attribute

    return list(session.get_objects({Attribute[name]: value for name, value in wanted.items()}))


def _certificates(session: Session, label: str | None = None) -> Iterator[x509.Certificate]:
    from pkcs11 import Attribute, ObjectClass

    named = {"LABEL": label} if label else {}
    for each in _objects(session, CLASS=ObjectClass.CERTIFICATE, **named):
        try:
            yield x509.load_der_x509_certificate(bytes(each[Attribute.VALUE]))
        except ValueError:
            continue


def _key(session: Session, label: str) -> Any:
    """The private key that has the id of the certificate, which is what says that they belong together, or its name."""
    from pkcs11 import Attribute, ObjectClass

    for held in _objects(session, CLASS=ObjectClass.CERTIFICATE, LABEL=label):
        for by in ({"ID": held[Attribute.ID]}, {"LABEL": label}):
            found = _objects(session, CLASS=ObjectClass.PRIVATE_KEY, **by)
            if found:
                return found[0]
    raise CardFailed(CardFault.NO_KEY)


def _signature(key: Any, public: Any, data: bytes) -> bytes:
    """Made of the digest alone, which every card can sign."""
    from pkcs11 import Mechanism

    digest = sha256(data).digest()
    if isinstance(public, rsa.RSAPublicKey):
        return bytes(key.sign(_SHA256 + digest, mechanism=Mechanism.RSA_PKCS))
    figures = bytes(key.sign(digest, mechanism=Mechanism.ECDSA))
    half = len(figures) // 2
    return encode_dss_signature(int.from_bytes(figures[:half], "big"), int.from_bytes(figures[half:], "big"))


def _is_right(signature: bytes, public: Any, data: bytes) -> bool:
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        else:
            public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


@contextmanager
def _reporting() -> Iterator[None]:
    """What goes wrong with a card, as CardFailed."""
    import pkcs11

    try:
        yield
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.ArgumentsBad):
        raise CardFailed(CardFault.WRONG_PIN) from None
    except (pkcs11.PinLocked, pkcs11.PinExpired, pkcs11.UserPinNotInitialized):
        raise CardFailed(CardFault.LOCKED) from None
    except (pkcs11.TokenNotPresent, pkcs11.DeviceRemoved, pkcs11.SlotIDInvalid):
        raise CardFailed(CardFault.NO_CARD) from None
    except pkcs11.PKCS11Error:
        raise CardFailed(CardFault.FAILED) from None
