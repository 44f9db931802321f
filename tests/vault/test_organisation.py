"""An organisation's slot: only a certificate that is good enough makes one, and only its private key opens it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from spr_desktop.vault import slot_format
from spr_desktop.vault.errors import DamagedVault, OrganisationKeyFault, VaultError, WrongSecret
from spr_desktop.vault.keys import DataKey
from spr_desktop.vault.organisation import OrganisationKey, organisation_slot, read_certificate
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slot_format import read_slot_file
from spr_desktop.vault.slots import new_slot_file, unlock
from spr_desktop.vault.vault import Vault
from tests.vault.organisations import FILES, NOW, PASSWORD, certificate, key_file, private_key
from tests.vault.samples import OTHER_PASSPHRASE, PASSPHRASE, Made
from tests.vault.test_slots import GOLDEN_DATA_KEY, GOLDEN_RECOVERY_KEY, rewritten

GOLDEN = (FILES / "vault.keys").read_bytes()
OTHER_KEY = rsa.generate_private_key(65537, 3072)


def test_slot_file_of_version_2_opens_for_ever() -> None:
    slot_file = read_slot_file(GOLDEN)
    assert [each.kind for each in slot_file.slots] == ["passphrase", "recovery", "organisation"]
    secrets = (
        Passphrase(PASSPHRASE),
        RecoveryKey.read(GOLDEN_RECOVERY_KEY),
        OrganisationKey.read(key_file()),
        OrganisationKey.read(key_file(password=PASSWORD), PASSWORD),
        OrganisationKey.read(key_file(), "a password without need"),
    )
    for secret in secrets:
        assert unlock(slot_file, secret).material.hex() == GOLDEN_DATA_KEY


def test_slot_opens_as_its_description_says() -> None:
    """With nothing of the program but the file: RSA-OAEP with SHA-256, then AES-256-GCM."""
    content = json.loads(GOLDEN)
    slot = content["slots"][2]
    oaep = padding.OAEP(padding.MGF1(SHA256()), SHA256(), None)
    key = private_key().decrypt(bytes.fromhex(slot["sealed"]), oaep)
    parameters = {name: slot[name] for name in ("id", "kind", "certificate", "sealed")}
    bound = {"format": "spr-vault-keys", "version": 1, "vault_id": content["vault_id"], "slot": parameters}
    bound_to = json.dumps(bound, sort_keys=True, separators=(",", ":")).encode()
    nonce, wrapped = bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"])
    assert AESGCM(key).decrypt(nonce, wrapped, bound_to).hex() == GOLDEN_DATA_KEY


def test_every_flipped_byte_is_damage() -> None:
    for place in range(len(GOLDEN)):
        flipped = bytearray(GOLDEN)
        flipped[place] ^= 1
        with pytest.raises(DamagedVault):
            read_slot_file(bytes(flipped))


def test_no_flipped_byte_of_the_slot_opens_even_with_the_checksum_mended() -> None:
    key = OrganisationKey.read(key_file())
    content = json.loads(GOLDEN)
    for name in ("id", "nonce", "wrapped", "sealed", "certificate"):
        value = bytes.fromhex(content["slots"][2][name])
        for place in range(0, len(value), 1 if len(value) < 100 else 37):
            changed = bytearray(value)
            changed[place] ^= 1
            text = changed.hex()
            data = rewritten(GOLDEN, lambda each, name=name, text=text: each["slots"][2].update({name: text}))  # type: ignore[misc]
            with pytest.raises((WrongSecret, DamagedVault)):
                unlock(read_slot_file(data), key)


def test_slot_of_another_vault_does_not_open() -> None:
    data = rewritten(GOLDEN, lambda content: content.update(vault_id="00" * 16))
    with pytest.raises(WrongSecret):
        unlock(read_slot_file(data), OrganisationKey.read(key_file()))


@pytest.mark.parametrize(
    "change",
    [
        {"certificate": ""},
        {"certificate": "00" * (8 * 1024 + 1)},
        {"sealed": "00" * 383},
        {"sealed": "00" * 2049},
        {"salt": "00" * 16},
        {"argon2id": {"memory_kib": 65536, "iterations": 3, "lanes": 4}},
    ],
    ids=lambda change: next(iter(change)) + str(len(str(change))),
)
def test_slot_out_of_bounds_is_damage(change: dict[str, object]) -> None:
    with pytest.raises(DamagedVault):
        read_slot_file(rewritten(GOLDEN, lambda content: content["slots"][2].update(change)))


def test_version_that_its_slots_do_not_need_is_damage() -> None:
    for version in (1, 3):
        with pytest.raises(VaultError):
            read_slot_file(rewritten(GOLDEN, lambda content, version=version: content.update(version=version)))  # type: ignore[misc]


def test_as_many_large_certificates_as_slots_stay_within_the_limit_or_are_damage() -> None:
    data_key = DataKey.generate()
    made = organisation_slot(data_key, read_certificate(certificate(), NOW), "00" * 16)
    whole = new_slot_file(data_key, "00" * 16, bytes(16), (made,) * 16).to_bytes()
    assert len(whole) < slot_format.BYTES_LIMIT
    assert len(read_slot_file(whole).slots) == 16


def test_another_private_key_opens_nothing() -> None:
    with pytest.raises(WrongSecret):
        unlock(read_slot_file(GOLDEN), OrganisationKey(OTHER_KEY))
    with pytest.raises(WrongSecret):
        unlock(read_slot_file(GOLDEN), OrganisationKey(rsa.generate_private_key(65537, 4096)))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "no_certificate"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no_certificate"),
        (key_file(), "no_certificate"),
        (certificate(rsa.generate_private_key(65537, 2048)), "too_weak"),
        (certificate(ec.generate_private_key(ec.SECP384R1())), "not_rsa"),
        (certificate(ends=timedelta(seconds=-1)), "expired"),
        (certificate(begins=timedelta(hours=1)), "not_yet_valid"),
        (certificate(seals_keys=False), "not_for_encryption"),
    ],
    ids=range(8),
)
def test_certificate_that_will_not_do_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(OrganisationKeyFault, match=f"^{fault}$"):
        read_certificate(data, NOW)


def test_certificate_is_read_in_either_form_with_what_a_person_sees_of_it() -> None:
    pem = certificate(seals_keys=True)
    der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    found = read_certificate(pem, NOW)
    assert found == read_certificate(der, NOW)
    assert found.subject == "Example Outreach recovery, Example Outreach"
    assert found.expires == NOW + timedelta(days=365)
    assert len(found.fingerprint.split()) == 16


def test_subject_cannot_run_over_or_turn_the_line() -> None:
    found = read_certificate(certificate(name="A\u202egro.elpmaxe\n" + "x" * 40), NOW)
    assert found.subject.isprintable()
    assert "\u202e" not in found.subject


@pytest.mark.parametrize(
    ("pem", "password", "fault"),
    [
        (b"", None, "no_private_key"),
        (b"nothing of the kind", "a password", "no_private_key"),
        (certificate(), None, "no_private_key"),
        (key_file(password=PASSWORD), None, "password_needed"),
        (key_file(password=PASSWORD), "", "password_needed"),
        (key_file(password=PASSWORD), "not this one", "wrong_password"),
        (key_file(ec.generate_private_key(ec.SECP384R1())), None, "not_rsa"),
    ],
    ids=range(7),
)
def test_private_key_that_cannot_be_read_is_named(pem: bytes, password: str | None, fault: str) -> None:
    with pytest.raises(OrganisationKeyFault, match=f"^{fault}$"):
        OrganisationKey.read(pem, password)


def test_organisation_opens_the_vault_that_was_opened_to_it_until_it_is_not(made: Made) -> None:
    key = OrganisationKey.read(key_file())
    with pytest.raises(WrongSecret):
        Vault.recover_by_organisation(made.folder, key, OTHER_PASSPHRASE)
    found = read_certificate(certificate(), NOW)
    with Vault.open(made.folder, PASSPHRASE) as vault:
        assert vault.keys.organisation() is None
        with pytest.raises(WrongSecret):
            vault.keys.let_organisation_open(found, OTHER_PASSPHRASE)
        assert vault.keys.organisation() is None
        vault.keys.let_organisation_open(found, PASSPHRASE)
        vault.keys.let_organisation_open(found, PASSPHRASE)  # takes the place of the one before
        assert vault.keys.organisation() == found
        assert vault.keys.strangers() == []
        assert len(vault.keys.slot_file().slots) == 3
        vault.verify()
    with Vault.recover_by_organisation(made.folder, key, OTHER_PASSPHRASE) as vault:
        assert vault.keys.prove_passphrase(OTHER_PASSPHRASE)
        assert vault.keys.prove_recovery_key(made.recovery_key)
        assert [each.action for each in vault.activity()][-4:] == [
            "organisation_key_added",
            "organisation_key_added",
            "passphrase_changed",
            "vault_recovered_by_organisation",
        ]
        with pytest.raises(WrongSecret):
            vault.keys.let_no_organisation_open(PASSPHRASE)
        vault.keys.let_no_organisation_open(OTHER_PASSPHRASE)
        assert vault.keys.slot_file().version == 1
        assert vault.activity()[-1].action == "organisation_key_removed"
    with pytest.raises(WrongSecret):
        Vault.recover_by_organisation(made.folder, key, OTHER_PASSPHRASE)
    Vault.open(made.folder, OTHER_PASSPHRASE).close()


def test_changing_the_passphrase_leaves_the_organisation_its_slot(made: Made) -> None:
    with Vault.open(made.folder, PASSPHRASE) as vault:
        vault.keys.let_organisation_open(read_certificate(certificate(), NOW), PASSPHRASE)
        vault.keys.set_passphrase(OTHER_PASSPHRASE)
        vault.keys.new_recovery_key()
        assert vault.keys.strangers() == []
    Vault.recover_by_organisation(made.folder, OrganisationKey.read(key_file()), PASSPHRASE).close()
