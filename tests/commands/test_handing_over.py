"""Handing over, receiving and receipts on the command line, and a kill in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.competing import COMPETING, as_setting
from spr_desktop.casework.refreshing import work_out
from spr_desktop.records.people import Person
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.commands.conftest import Run
from tests.vaults import NAMES, NOT_READY, PASSPHRASE, READY


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The empty vault of a colleague."""
    folder = tmp_path / "other"
    Vault.create(folder, PASSPHRASE, cost=LEAST_COST)[0].close()
    return folder


@pytest.fixture
def bundle(run: Run, vault: Path, other: Path, secret: Path, tmp_path: Path) -> Path:
    """Both families, for the colleague."""
    run("key", other, "--to", tmp_path / "other.key", "--passphrase-file", secret)
    to = tmp_path / "bundle.age"
    done = run(
        "hand-over", vault, READY, NOT_READY, "--for", tmp_path / "other.key", "--to", to, "--passphrase-file", secret
    )
    assert done.code == 0, done.err
    assert "Do not send the bundle before you have compared it" in done.out
    return to


def test_from_one_vault_to_another_and_a_receipt_back(
    run: Run, vault: Path, other: Path, bundle: Path, secret: Path, tmp_path: Path
) -> None:
    looked = run("receive", other, bundle, "--dry-run", "--json", "--passphrase-file", secret)
    assert looked.code == 0, looked.err
    plain = json.loads(looked.out)
    assert [each["case_ref"] for each in plain["families"]] == [READY, NOT_READY]
    assert all(each["is_new"] and not each["taken"] and not each["competing"] for each in plain["families"])
    assert "[]" in run("list", other, "--json", "--passphrase-file", secret).out
    taken = run("receive", other, bundle, "--passphrase-file", secret)
    assert taken.code == 0, taken.err
    assert "a new family" in taken.out
    assert not any(name in taken.out for name in NAMES)
    again = run("receive", other, bundle, "--passphrase-file", secret)
    assert f"{READY}: nothing new." in again.out
    receipt = next(tmp_path.glob("receipt-*.age"))
    assert "no receipt yet" in run("handed-over", vault, "--passphrase-file", secret).out
    noted = run("receipt", vault, receipt, "--passphrase-file", secret)
    assert noted.code == 0, noted.err
    assert "was received by" in noted.out
    plain = json.loads(run("handed-over", vault, "--json", "--passphrase-file", secret).out)
    assert plain[0]["received_at"]
    assert plain[0]["refused"] == []
    for each in (READY, NOT_READY):
        files = [tmp_path / f"{name}-{each}.json" for name in ("one", "two")]
        for folder, file in zip((vault, other), files, strict=True):
            assert run("export-case", folder, each, "--to", file, "--passphrase-file", secret).code == 0
        assert files[0].read_bytes() == files[1].read_bytes()


def test_a_fingerprint_that_was_read_out_is_compared(
    run: Run, vault: Path, other: Path, secret: Path, tmp_path: Path
) -> None:
    key, to = tmp_path / "other.key", tmp_path / "bundle.age"
    written = json.loads(run("key", other, "--to", key, "--json", "--passphrase-file", secret).out)
    call = ("hand-over", vault, READY, "--for", key, "--to", to, "--passphrase-file", secret, "--fingerprint")
    wrong = run(*call, "00" * 32)
    assert wrong.code == 2
    assert not to.exists()
    done = run(*call, written["fingerprint"].lower().replace(" ", ""))
    assert "It was compared on" in done.out
    plain = json.loads(run(*call[:-1], "--replace", "--json").out)
    assert plain["compared_on"]
    assert plain["for"] == written["fingerprint"]


def test_what_is_refused_and_how(run: Run, vault: Path, bundle: Path, secret: Path, tmp_path: Path) -> None:
    ours = run("receive", vault, bundle, "--passphrase-file", secret)
    assert ours.code == 6
    assert "somebody else's key" in ours.err
    assert len(ours.err.splitlines()) == 2
    bundle.write_bytes(bundle.read_bytes()[:-1])
    assert run("receive", vault, bundle, "--passphrase-file", secret).code == 6
    assert run("receive", vault, tmp_path / "none", "--passphrase-file", secret).code == 9
    assert run("receipt", vault, bundle, "--passphrase-file", secret).code == 6
    call = ("hand-over", vault, READY, "--to", tmp_path / "new.age", "--passphrase-file", secret, "--for")
    assert run(*call, bundle).code == 6
    assert run("hand-over", vault, "ZZZZ-9999", *call[3:], tmp_path / "other.key").code == 2
    assert run(*call[:3], "--to", bundle, *call[5:], tmp_path / "other.key").code == 9, "an existing file stays"
    assert not (tmp_path / "new.age").exists()


def test_a_family_that_contradicts_gives_exit_6_and_the_other_is_taken(
    run: Run, vault: Path, other: Path, bundle: Path, secret: Path
) -> None:
    with Caseload.open(vault, PASSPHRASE) as one, Caseload.open(other, PASSPHRASE) as two:
        first = next(each for each in one.records(READY) if each.kind == "person")
        assert isinstance(first.body, Person)
        two.keep({READY: [replace(first, body=replace(first.body, given_names="Mallory"))]}, date.today())
    done = run("receive", other, bundle, "--passphrase-file", secret)
    assert done.code == 6
    assert "1 of 2 families were left alone" in done.err
    assert first.id in done.err
    assert f"{NOT_READY}: a new family" in done.out
    with Caseload.open(other, PASSPHRASE) as two:
        assert len(two.records(READY)) == 1
        assert len(two.records(NOT_READY)) > 1


def test_what_competes_is_listed_and_chosen_between(run: Run, vault: Path, secret: Path) -> None:
    assert "Nothing competes." in run("competing", vault, "--passphrase-file", secret).out
    with Caseload.open(vault, PASSPHRASE) as caseload:
        body = caseload.case(READY).people["a"].body
        made = [
            caseload.record(READY, [replace(body, preferred_name=name)], happened_on=date.today())[0]
            for name in ("Joan", "Joanna")
        ]
        groups = {READY: [frozenset(each.id for each in made)]}
        caseload.vault.set_setting(COMPETING, as_setting(groups))
    said = run("competing", vault, "--passphrase-file", secret)
    assert all(each.id in said.out for each in made)
    assert "Joan" not in said.out
    plain = json.loads(run("competing", vault, "--json", "--content", "--passphrase-file", secret).out)
    assert [each["body"]["preferred_name"] for each in plain[0]["records"]] == ["Joan", "Joanna"]
    assert plain[0]["counts"] == made[1].id
    call = ("choose", vault, READY, made[0].id, "--passphrase-file", secret, "--reason")
    assert run(*call, " ").code == 2
    assert run("choose", vault, READY, "none", "--passphrase-file", secret, "--reason", "x").code == 2
    done = run(*call, "Asked her.")
    assert done.code == 0, done.err
    assert run(*call, "Asked her.").code == 2
    with Caseload.open(vault, PASSPHRASE) as caseload:
        assert caseload.case(READY).people["a"].body == made[0].body


def test_a_kill_in_the_middle_takes_all_or_nothing(other: Path, bundle: Path, secret: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "spr_desktop",
        "receive",
        str(other),
        str(bundle),
        "--passphrase-file",
        str(secret),
    ]
    begun = time.monotonic()
    subprocess.run([*command, "--dry-run"], check=True, capture_output=True, timeout=120)
    whole = time.monotonic() - begun
    counts = set()
    for step in range(12):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
        try:
            process.wait(whole * (0.5 + step * 0.05))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        with Caseload.open(other, PASSPHRASE) as caseload:
            caseload.vault.verify(work_out)
            refs = caseload.vault.case_refs()
            assert refs in ([], sorted([READY, NOT_READY]))
            counts.add(caseload.vault.count_records())
    assert len(counts - {0}) <= 1
    for leftover in tmp_path.iterdir():
        assert b"spr-case" not in (leftover.read_bytes() if leftover.is_file() else b"")
