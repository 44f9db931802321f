"""What opens a vault, on the command line: strong passphrases only, an organisation if wanted, what a guess costs."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from spr_desktop.casework.backing_up import back_up, is_backup_due
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.recovery import is_sheet_to_be_tried, put_off_trying_sheet, sheet_proven_on
from tests.commands.conftest import Run
from tests.vault.organisations import PASSWORD, certificate, key_file
from tests.vaults import PASSPHRASE, make_caseload

NEW = "gravel teapot under moonlight"


def written(path: Path, content: str | bytes) -> Path:
    """A file with something in it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def organisation(tmp_path: Path) -> Path:
    """The file of a certificate that will do."""
    return written(tmp_path / "organisation.pem", certificate(around=datetime.now(UTC)))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A file with a new passphrase."""
    return written(tmp_path / "new-passphrase", NEW + "\n")


# Strength


@pytest.mark.parametrize(
    ("weak", "said"),
    [
        ("Password1234!", "a password that many people use"),
        ("too short", "at least 12 characters"),
        ("example outreach 26", "your organisation's"),
    ],
)
def test_a_weak_passphrase_is_refused_with_its_reason_wherever_one_is_chosen(
    run: Run, vault: Path, secret: Path, tmp_path: Path, weak: str, said: str
) -> None:
    file = written(tmp_path / "weak", weak + "\n")
    organisation = ("--organisation", "Example Outreach")
    made = run("create", tmp_path / "other", *organisation, "--passphrase-file", file)
    changed = run("passphrase", vault, "--passphrase-file", secret, "--new-passphrase-file", file)
    for each in (made, changed):
        assert (each.code, each.out) == (2, "")
        assert said in each.err
        assert weak not in each.err
    assert not (tmp_path / "other").exists()
    assert run("list", vault, "--passphrase-file", secret).code == 0


def test_recovering_refuses_a_weak_passphrase_and_leaves_the_old_one(run: Run, tmp_path: Path, secret: Path) -> None:
    folder = tmp_path / "own"
    key = written(tmp_path / "key", make_caseload(folder))
    weak = written(tmp_path / "weak", "qwertyuiopas\n")
    refused = run("recover", folder, "--recovery-key-file", key, "--new-passphrase-file", weak)
    assert (refused.code, "Keys beside each other" in refused.err) == (2, True)
    assert run("list", folder, "--passphrase-file", secret).code == 0


# An organisation


def test_an_organisation_is_let_in_opens_the_vault_and_is_let_out(
    run: Run, vault: Path, secret: Path, new: Path, organisation: Path, tmp_path: Path
) -> None:
    with_secret = ("--passphrase-file", secret)
    assert "No organisation can open this vault." in run("organisation-key", vault, *with_secret).out
    assert run("organisation-key", vault, "--json", *with_secret).out == "null\n"
    let_in = run("organisation-key", vault, "--certificate", organisation, *with_secret)
    assert (let_in.code, "Example Outreach recovery" in let_in.out) == (0, True)
    found = json.loads(run("organisation-key", vault, "--json", *with_secret).out)
    assert found["subject"] == "Example Outreach recovery, Example Outreach"
    key = written(tmp_path / "key.pem", key_file(password=PASSWORD))
    password = written(tmp_path / "password", PASSWORD + "\n")
    recovered = run(
        "recover",
        vault,
        *("--organisation-key-file", key),
        *("--organisation-key-password-file", password),
        *("--new-passphrase-file", new),
    )
    assert recovered.code == 0
    assert run("list", vault, *with_secret).code == 4
    removed = run("organisation-key", vault, "--remove", "--passphrase-file", new)
    assert (removed.code, "No organisation can open this vault." in removed.out) == (0, True)
    again = ("--organisation-key-file", key, "--organisation-key-password-file", password)
    assert run("recover", vault, *again, "--new-passphrase-file", new).code == 4
    with Caseload.open(vault, NEW) as caseload:
        actions = [each.action for each in caseload.vault.activity()]
    for action in ("organisation_key_added", "vault_recovered_by_organisation", "organisation_key_removed"):
        assert action in actions


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no certificate", "It holds no certificate."),
        (certificate(rsa.generate_private_key(65537, 2048), around=datetime.now(UTC)), "3,072 bits or more"),
        (certificate(around=datetime.now(UTC), ends=timedelta(seconds=-1)), "It has expired."),
    ],
    ids=["none", "weak", "expired"],
)
def test_a_certificate_that_will_not_do_is_refused(
    run: Run, vault: Path, secret: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    file = written(tmp_path / "cert.pem", content)
    before = (vault / "vault.keys").read_bytes()
    refused = run("organisation-key", vault, "--certificate", file, "--passphrase-file", secret)
    assert (refused.code, refused.out, said in refused.err) == (6, "", True)
    assert (vault / "vault.keys").read_bytes() == before


@pytest.mark.parametrize(
    ("key", "password", "code", "said"),
    [
        (key_file(rsa.generate_private_key(65537, 3072)), None, 4, "not the right one"),
        (key_file(password=PASSWORD), "not this one", 6, "not the password of this key"),
        (key_file(password=PASSWORD), "", 6, "encrypted"),
        (b"no key", None, 6, "no private key"),
    ],
    ids=["another", "wrong password", "no password", "no key"],
)
def test_a_private_key_that_does_not_open_changes_nothing(
    run: Run, vault: Path, secret: Path, new: Path, organisation: Path, tmp_path: Path,
    key: bytes, password: str | None, code: int, said: str,
) -> None:  # fmt: skip
    assert run("organisation-key", vault, "--certificate", organisation, "--passphrase-file", secret).code == 0
    with_key = ["--organisation-key-file", written(tmp_path / "key.pem", key)]
    if password is not None:
        with_key += ["--organisation-key-password-file", written(tmp_path / "password", password + "\n")]
    refused = run("recover", vault, *with_key, "--new-passphrase-file", new)
    assert (refused.code, refused.out, said in refused.err) == (code, "", True)
    assert run("list", vault, "--passphrase-file", secret).code == 0


def test_two_ways_of_recovering_at_once_are_a_wrong_call(run: Run, vault: Path, tmp_path: Path, new: Path) -> None:
    key = written(tmp_path / "key.pem", key_file())
    both = ("--organisation-key-file", key, "--recovery-key-file", key)
    assert run("recover", vault, *both, "--new-passphrase-file", new).code == 2
    assert run("recover", vault, "--organisation-key-password-file", key, "--new-passphrase-file", new).code == 2


# What is strange, what a guess costs, what a backup opens with


def test_an_old_file_of_keys_is_found_by_check_vault(run: Run, vault: Path, secret: Path, new: Path) -> None:
    old = (vault / "vault.keys").read_bytes()
    whole = run("check-vault", vault, "--passphrase-file", secret)
    assert whole.code == 0
    assert re.search(
        r"2 keys open it, each known to the database\. .* One guess .* about \d+\.\d s and 64 MB on this computer\.",
        whole.out,
    )
    assert run("passphrase", vault, "--passphrase-file", secret, "--new-passphrase-file", new).code == 0
    for name in ("vault.keys", "vault.keys.bak"):
        (vault / name).write_bytes(old)
    found = run("check-vault", vault, "--passphrase-file", secret)
    assert found.code == 5
    assert "the vault is whole, but what opens it is not what was set in it" in found.err
    assert "Change the passphrase." in found.err
    assert "spr-desktop restore" not in found.err
    checks = json.loads(run("check-vault", vault, "--json", "--passphrase-file", secret).out)["checks"]
    assert [each["check"] for each in checks if not each["whole"]] == ["keys"]


def test_changed_keys_make_a_backup_due_and_a_backup_settles_it(opened: Caseload) -> None:
    now = datetime.now(UTC)
    with opened as caseload:
        assert is_backup_due(caseload, now)
        back_up(caseload.vault, now)
        assert not is_backup_due(caseload, now)
        caseload.vault.keys.set_passphrase(NEW)
        assert is_backup_due(caseload, now)
        back_up(caseload.vault, now + timedelta(seconds=1))
        assert not is_backup_due(caseload, now)
        caseload.vault.keys.new_recovery_key()
        assert is_backup_due(caseload, now)


def test_the_recovery_key_is_proven_and_the_day_is_kept(run: Run, tmp_path: Path, secret: Path) -> None:
    folder = tmp_path / "own"
    key = make_caseload(folder)
    wrong = written(tmp_path / "wrong", "0000-1111\n")
    right = written(tmp_path / "right", key.lower() + "\n")
    opens = ("--passphrase-file", secret, "--recovery-key-file")
    assert run("prove-recovery", folder, *opens, wrong).code == 4
    assert run("prove-recovery", folder, *opens, right).code == 0
    with Caseload.open(folder, PASSPHRASE) as caseload:
        assert sheet_proven_on(caseload) == date.today()


def test_the_sheet_is_asked_for_after_half_a_year_and_can_be_put_off(opened: Caseload) -> None:
    with opened as caseload:
        made = date.today()
        assert not is_sheet_to_be_tried(caseload, made + timedelta(days=179))
        due = made + timedelta(days=180)
        assert is_sheet_to_be_tried(caseload, due)
        put_off_trying_sheet(caseload, due)
        assert not is_sheet_to_be_tried(caseload, due + timedelta(days=29))
        assert is_sheet_to_be_tried(caseload, due + timedelta(days=30))
