"""Keeping and disposal on the command line: the due list, holds, dry runs, confirmations and the certificate."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date
from pathlib import Path

import pypdf
import pytest

from tests.commands.conftest import Run
from tests.vaults import NAMES, NOT_READY, PASSPHRASE, READY

LATER = f"{date.today().year + 30}-01-01"


def test_nothing_is_due_until_a_rule_is_chosen(run: Run, vault: Path, secret: Path) -> None:
    common = (vault, "--passphrase-file", secret)
    assert "No rule of retention is chosen" in run("retention", *common).out
    looked = json.loads(run("retention", *common, "--rule", "case+6", "--as-of", LATER, "--json").out)
    assert [each["case_ref"] for each in looked["due"]] == [NOT_READY, READY]
    assert json.loads(run("retention", *common, "--json").out)["rule"] is None
    assert run("retention", *common, "--rule", "six years").code == 2
    assert run("retention", *common, "--rule", "CASE+6", "--choose").code == 2
    chosen = run("retention", *common, "--rule", "CASE+6", "--choose", "--basis", "Schedule 12")
    assert (chosen.code, chosen.out) == (0, "The rule is CASE+6: cases are kept 6 years after the last record.\n")
    assert "No case is past its time." in run("retention", *common).out
    assert f"{READY}  past its time since" in run("retention", *common, "--as-of", LATER).out
    assert run("retention", *common, "--rule", "none", "--choose").code == 0
    assert "No rule of retention is chosen" in run("retention", *common).out


def test_a_case_is_held_and_released(run: Run, vault: Path, secret: Path) -> None:
    common = (vault, "--passphrase-file", secret)
    assert run("retention", *common, "--hold", READY).code == 2
    held = run("retention", *common, "--hold", READY, "--reason", "court", "--review-on", "2031-05-01")
    assert (held.code, "Review it by 1 May 2031" in held.out) == (0, True)
    refused = run("dispose", vault, READY, "--reason", "erasure", "--dry-run", "--passphrase-file", secret)
    assert refused.code == 3
    assert "is held: It is or may be needed in court" in refused.err
    listed = json.loads(run("retention", *common, "--rule", "CASE+6", "--as-of", LATER, "--json").out)
    assert [each["case_ref"] for each in listed["due"]] == [NOT_READY]
    assert listed["held"][0]["hold"] == {"reason": "court", "review_on": "2031-05-01"}
    assert run("retention", *common, "--release", READY).code == 0
    assert run("retention", *common, "--release", READY).code == 2
    assert run("dispose", vault, READY, "--reason", "erasure", "--dry-run", "--passphrase-file", secret).code == 0


def test_a_case_goes_with_a_certificate(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    to, copy = tmp_path / "certificate.pdf", tmp_path / "copy.json"
    run("backup", vault, "--passphrase-file", secret)
    run("export-case", vault, READY, "--to", copy, "--passphrase-file", secret)
    call = ("dispose", vault, "rdya1234", "--reason", "erasure", "--passphrase-file", secret)
    tried = run(*call, "--dry-run")
    assert tried.code == 0
    assert "1 of 2 cases would go" in tried.out
    assert "Nothing was removed" in tried.out
    assert json.loads(run(*call, "--dry-run", "--json").out)["backups"] == 1
    assert run(*call).code == 2
    to.write_text("already there")
    assert run(*call, "--certificate", to).code == 9
    done = run(*call, "--certificate", to, "--replace")
    assert done.code == 0, done.err
    assert "A new backup was made without them" in done.out
    assert not any(name in done.out for name in NAMES)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(to).pages)
    assert READY in text
    assert not any(name in text for name in NAMES)
    assert len(list((vault / "backups").iterdir())) == 1
    gone = run("export-case", vault, READY, "--to", tmp_path / "again.json", "--passphrase-file", secret)
    assert (gone.code, f"{READY} was disposed of on" in gone.err) == (2, True)
    for more in ((), ("--dry-run",)):
        taken = run("import", vault, copy, "--passphrase-file", secret, *more)
        assert (taken.code, "a copy of it is not taken back" in taken.err) == (3, True)
    assert READY not in run("list", vault, "--passphrase-file", secret).out
    checked = run("check-vault", vault, "--passphrase-file", secret)
    assert (checked.code, "with the gaps that 1 case left" in checked.out) == (0, True)
    (number,) = re.findall(r"DC-[0-9A-Z]{4}-[0-9A-Z]{4}", run("retention", vault, "--passphrase-file", secret).out)
    again = run("retention", vault, "--certificate", number, "--to", tmp_path / "2.pdf", "--passphrase-file", secret)
    assert again.code == 0
    assert (tmp_path / "2.pdf").read_bytes().startswith(b"%PDF")


def test_many_at_once_need_their_number(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    call = ("dispose", vault, READY, NOT_READY, "--reason", "by_mistake", "--passphrase-file", secret)
    to = ("--certificate", tmp_path / "c.pdf")
    for wrong in ((), ("--count", "1")):
        refused = run(*call, *to, *wrong)
        assert (refused.code, "--count 2" in refused.err) == (2, True)
    assert not (tmp_path / "c.pdf").exists()
    done = run(*call, *to, "--count", "2", "--json")
    assert done.code == 0, done.err
    assert [each["case_ref"] for each in json.loads(done.out)["cases"]] == [NOT_READY, READY]


def test_the_passphrase_is_asked_for_twice(
    run: Run, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\nanother one\n"))
    refused = run("dispose", vault, READY, "--reason", "erasure", "--certificate", tmp_path / "c.pdf")
    assert (refused.code, "nothing was removed" in refused.err) == (4, True)
    assert not (tmp_path / "c.pdf").exists()
