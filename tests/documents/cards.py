"""A card that is a program (SoftHSM), with keys that an organisation issued on it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from spr_desktop.documents.identity import Card
from tests.documents.authorities import EMAIL, WEB, Holder, issue, staff
from tests.documents.issued import rsa_key

LIBRARY: Final = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN: Final = "305419"


@cache
def on_card() -> dict[str, Holder]:
    """What is on the card, by its name there; it is put there once, and is there from then on."""
    folder = Path(mkdtemp(prefix="card-"))
    atexit.register(shutil.rmtree, folder)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n", "utf-8")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    made = ["softhsm2-util", "--init-token", "--free", "--label", "Card", "--so-pin", "0000", "--pin", PIN]
    subprocess.run(made, check=True, capture_output=True)
    holders = {
        "rsa": issue("Card sealing", staff(), key=rsa_key(), purposes=EMAIL),
        "p256": issue("Card sealing", staff(), purposes=EMAIL),
        "p384": issue("Card sealing", staff(), key=ec.generate_private_key(ec.SECP384R1()), purposes=EMAIL),
        "web": issue("www", staff(), purposes=WEB),
        "another": issue("Card sealing", staff(), purposes=EMAIL),
    }
    [token] = pkcs11.lib(str(LIBRARY)).get_tokens(token_label="Card")
    with token.open(rw=True, user_pin=PIN) as session:
        for number, (label, holder) in enumerate(holders.items()):
            key = issue("Stranger", None) if label == "another" else holder
            _put(session, label, bytes([number]), holder, key)
        _put(session, "staff", b"\xff", staff(), None)
    return holders


def card(label: str) -> Card:
    on_card()
    return Card(str(LIBRARY), label)


def _put(session: Any, label: str, number: bytes, holder: Holder, key: Holder | None) -> None:
    shared: dict[Any, Any] = {
        pkcs11.Attribute.TOKEN: True,
        pkcs11.Attribute.LABEL: label,
        pkcs11.Attribute.ID: number,
    }
    session.create_object(decode_x509_certificate(holder.der) | shared | {pkcs11.Attribute.PRIVATE: False})
    if key is None:
        return
    private = key.key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    is_rsa = isinstance(key.key, rsa.RSAPrivateKey)
    data = decode_rsa_private_key(private) if is_rsa else decode_ec_private_key(private)
    session.create_object(data | shared | {pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.PRIVATE: True})
