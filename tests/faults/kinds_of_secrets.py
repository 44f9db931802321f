"""Kinds of changes of what opens a vault: its passphrase, its recovery key, an organisation's slot."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from spr_desktop.vault.errors import WrongSecret
from spr_desktop.vault.key_file import unlock_key_file
from spr_desktop.vault.organisation import Certificate, OrganisationKey, read_certificate
from spr_desktop.vault.passphrase import Passphrase
from spr_desktop.vault.recovery_key import RecoveryKey
from spr_desktop.vault.slots import Secret
from tests.faults.kind import Kind
from tests.faults.scene import OPENS_WITH_PASSPHRASE, RECOVERY_KEY, Scene, as_next_recovery_key, prepare_vault
from tests.vault.organisations import NOW, certificate, private_key
from tests.vault.samples import PASSPHRASE


def _passphrase_of(number: int) -> str:
    return f"passphrase number {number}" if number else PASSPHRASE


def _set_passphrase(scene: Scene, number: int) -> None:
    scene.vault.keys.set_passphrase(_passphrase_of(number + 1))


def _opening(scene: Scene, secrets: dict[int, Secret]) -> list[int]:
    """Which of the secrets open the vault."""
    found = []
    for number, secret in secrets.items():
        with suppress(WrongSecret):
            unlock_key_file(scene.vault_folder, secret).data_key.wipe()
            found.append(number)
    return found


def _passphrases(scene: Scene, number: int) -> Any:
    near = range(max(0, number - 2), number + 4)
    return _opening(scene, {each: Passphrase(_passphrase_of(each)) for each in near})


def _recovery_key_of(number: int) -> RecoveryKey:
    return RecoveryKey(hashlib.sha256(str(number).encode()).digest()[:20]) if number else RECOVERY_KEY


def _set_recovery_key(scene: Scene, number: int) -> None:
    with as_next_recovery_key(_recovery_key_of(number + 1)):
        scene.vault.keys.new_recovery_key()


def _recovery_keys(scene: Scene, number: int) -> Any:
    return _opening(scene, {each: _recovery_key_of(each) for each in range(max(0, number - 2), number + 4)})


def _just_this(number: int) -> Any:
    return [number]


# An organisation

_NAMES: Final = ("First Example", "Second Example", None)
"""Whom the vault is opened to with each step, in turn; to nobody with every third."""


@cache
def _organisation() -> tuple[OrganisationKey, dict[str, Certificate]]:
    """One private key with two certificates."""
    certificates = {name: read_certificate(certificate(name=name), NOW) for name in _NAMES if name}
    return OrganisationKey(private_key()), certificates


def _prepare_organisation(folder: Path) -> None:
    _organisation()  # once, and not in each child
    prepare_vault(folder)


def _open_to_organisation(scene: Scene, number: int) -> None:
    name = _NAMES[number % len(_NAMES)]
    if name is None:
        scene.vault.keys.let_no_organisation_open(PASSPHRASE)
    else:
        scene.vault.keys.let_organisation_open(_organisation()[1][name], PASSPHRASE)


def _organisations(scene: Scene, _number: int) -> Any:
    """Whom it is opened to, whether their key does open it, the person's own too, and what is strange in it."""
    keys, (key, _) = scene.vault.keys, _organisation()
    own: dict[int, Secret] = {0: OPENS_WITH_PASSPHRASE, 1: RECOVERY_KEY, 2: key}
    found = keys.organisation()
    return found and found.subject, _opening(scene, own), keys.strangers()


def _wanted_organisations(number: int) -> Any:
    name = _NAMES[(number - 1) % len(_NAMES)]
    subject = _organisation()[1][name].subject if name else None
    return subject, [0, 1, 2] if name else [0, 1], []


SECRETS: Final = (
    Kind("passphrase", _set_passphrase, _passphrases, _just_this, steps=4, may_be_done=True, changes_files=True),
    Kind(
        "recovery key",
        _set_recovery_key,
        _recovery_keys,
        _just_this,
        secret=OPENS_WITH_PASSPHRASE,
        steps=4,
        may_be_done=True,
        changes_files=True,
    ),
    Kind(
        "organisation's slot",
        _open_to_organisation,
        _organisations,
        _wanted_organisations,
        _prepare_organisation,
        steps=4,
        may_be_done=True,
        changes_files=True,
    ),
)
