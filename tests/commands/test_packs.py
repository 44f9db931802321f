"""Packs on the command line, read back by other people's readers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.work import DocumentMade
from tests.commands.conftest import Run
from tests.vaults import NAMES, NOT_READY, PASSPHRASE, READY


@pytest.fixture
def pack(run: Run, vault: Path, secret: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A sealed pack, and the file with its passphrase."""
    target, password = tmp_path / "pack.pdf", tmp_path / "password"
    made = run(
        "document",
        vault,
        READY,
        "referral-pack",
        "--to",
        target,
        "--password-to",
        password,
        "--passphrase-file",
        secret,
    )
    assert (made.code, made.err) == (0, "")
    assert password.read_text("utf-8").strip() not in made.out
    return target, password


def test_other_readers_open_and_verify_a_pack(pack: tuple[Path, Path]) -> None:
    target, password = pack
    secret = password.read_text("utf-8").strip()
    signed = subprocess.run(["pdfsig", "-upw", secret, target], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in signed
    assert "Total document signed" in signed
    text = subprocess.run(["pdftotext", "-upw", secret, target, "-"], capture_output=True, text=True, check=True).stdout
    assert "Jo Example" in text
    assert "Sam Sample" in text
    checked = subprocess.run(["qpdf", "--check", f"--password={secret}", target], capture_output=True, check=False)
    assert checked.returncode == 0
    locked = subprocess.run(["pdftotext", target, "-"], capture_output=True, text=True, check=False)
    assert (locked.returncode != 0, locked.stdout) == (True, "")


def test_nothing_of_a_person_stands_in_the_file_or_its_name(pack: tuple[Path, Path]) -> None:
    data = pack[0].read_bytes()
    for text in (*NAMES, "07700", "Outreach worker wrote"):
        assert text.encode() not in data
        assert text.encode("utf-16-be") not in data


def test_a_pack_verifies_and_gives_its_data(run: Run, pack: tuple[Path, Path], tmp_path: Path) -> None:
    target, password = pack
    data = tmp_path / "referral.json"
    checked = run("verify", target, "--password-file", password, "--json", "--data-to", data)
    found = json.loads(checked.out)
    assert checked.code == 0
    assert found.keys() == {
        "valid",
        "intact",
        "covers_whole_file",
        "encrypted",
        "signer",
        "fingerprint",
        "trusted",
        "signed_at",
        "document_ref",
        "sha256",
    }
    assert (found["valid"], found["encrypted"], found["trusted"]) == (True, True, False)
    assert "Jo Example" in data.read_text("utf-8")


@pytest.mark.parametrize("share", [0.001, 0.3, 0.6, 0.93, 0.97, 0.999])
def test_one_changed_byte_is_said(run: Run, pack: tuple[Path, Path], share: float) -> None:
    target, password = pack
    data = bytearray(target.read_bytes())
    data[int(len(data) * share)] ^= 1
    target.write_bytes(data)
    said = run("verify", target, "--password-file", password)
    assert said.code == 6
    assert "valid" not in said.out.replace("not valid", "")


def test_a_wrong_passphrase_of_a_pack_exits_with_4(run: Run, pack: tuple[Path, Path], secret: Path) -> None:
    said = run("verify", pack[0], "--password-file", secret)
    assert (said.code, len(said.err.splitlines())) == (4, 1)


def test_what_is_no_pack_exits_with_6(run: Run, secret: Path) -> None:
    assert run("verify", secret, "--password-file", secret).code == 6


def test_a_pack_is_registered_with_its_fingerprint(run: Run, pack: tuple[Path, Path], vault: Path) -> None:
    import hashlib

    with Caseload.open(vault, PASSPHRASE) as caseload:
        made = [each.body for each in caseload.case(READY).every(DocumentMade)]
    assert [each.sha256 for each in made] == [hashlib.sha256(pack[0].read_bytes()).hexdigest()]
    assert made[0].pathway_version.startswith("hampshire-spr/1 ")


def test_a_case_that_is_not_ready_gets_no_pack(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    said = run("document", vault, NOT_READY, "referral-pack", "--to", target, "--passphrase-file", secret)
    assert said.code == 3
    assert "A01" in said.err
    assert not target.exists()
    assert not any(name in said.err for name in NAMES)


def test_an_existing_file_is_left_and_nothing_is_registered(
    run: Run, vault: Path, secret: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pack.pdf"
    target.write_text("mine", "utf-8")
    said = run("document", vault, READY, "referral-pack", "--to", target, "--passphrase-file", secret)
    assert (said.code, target.read_text("utf-8")) == (9, "mine")
    with Caseload.open(vault, PASSPHRASE) as caseload:
        assert caseload.case(READY).every(DocumentMade) == []


def test_a_vault_that_nobody_put_a_name_to_makes_packs_too(run: Run, secret: Path, tmp_path: Path) -> None:
    """The lead professional refers then, and the seal does not pretend to be theirs."""
    folder, pack, password = tmp_path / "new", tmp_path / "pack.pdf", tmp_path / "password"
    example = Path(__file__).parents[1] / "examples" / "ready-mediation.json"
    run("create", folder, "--passphrase-file", secret)
    run("import", folder, example, "--passphrase-file", secret)
    arguments = ("--to", pack, "--password-to", password, "--passphrase-file", secret, "--as-of", "2026-11-22")
    assert run("document", folder, "CTMQ-SNV8", "referral-pack", *arguments).code == 0
    found = json.loads(run("verify", pack, "--password-file", password, "--json").out)
    assert (found["valid"], found["signer"]) == (True, "a key without a name")
    shown = ["pdftotext", "-layout", "-upw", password.read_text("utf-8").strip(), str(pack), "-"]
    text = subprocess.run(shown, capture_output=True, text=True, check=True).stdout
    assert "Linden Demo" in text
    assert "signed by a key without a name" in " ".join(text.split())


def test_a_reader_that_has_read_enough_is_no_failure(vault: Path, secret: Path) -> None:
    call = f"{sys.executable} -m spr_desktop check {vault} {READY} --passphrase-file {secret} | head -c 1"
    ended = subprocess.run(["bash", "-o", "pipefail", "-c", call], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_demonstration_ends_with_a_verified_pack(run: Run, tmp_path: Path) -> None:
    shown = run("demo", "--to", tmp_path / "demo", "--no-window")
    assert shown.code == 0
    steps = (
        "Screened alone:",
        "Checked:",
        "Agreed:",
        "Wrapped around:",
        "Ready:           yes",
        "Sealed:",
        "Verified:",
    )
    places = [shown.out.index(step) for step in steps]
    assert places == sorted(places)
    assert len(list((tmp_path / "demo").glob("*.pdf"))) == 1
