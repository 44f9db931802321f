"""Importing, listing, checking and exporting cases on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cases import CASE_REF, Family
from tests.commands.conftest import Run
from tests.vaults import NAMES, NOT_READY, PASSPHRASE, READY

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_the_list_shows_references_and_next_steps_but_no_names(run: Run, vault: Path, secret: Path) -> None:
    shown = run("list", vault, "--passphrase-file", secret)
    assert shown.code == 0
    assert READY in shown.out
    assert "Make the referral pack." in shown.out
    assert not any(name in shown.out for name in NAMES)


def test_names_are_shown_when_asked_for(run: Run, vault: Path, secret: Path) -> None:
    assert "Łukasz Przykład" in run("list", vault, "--passphrase-file", secret, "--names").out


def test_a_search_finds_by_name_without_accents(run: Run, vault: Path, secret: Path) -> None:
    found = json.loads(run("list", vault, "--passphrase-file", secret, "--search", "lukasz", "--json").out)
    assert [each["case_ref"] for each in found] == [NOT_READY]
    assert "names" not in found[0]


def test_an_empty_search_result_is_said(run: Run, vault: Path, secret: Path) -> None:
    assert run("list", vault, "--passphrase-file", secret, "--search", "nobody").out == "No case fits.\n"


def test_a_case_is_checked_in_plain_english(run: Run, vault: Path, secret: Path) -> None:
    shown = run("check", vault, NOT_READY.lower().replace("-", ""), "--passphrase-file", secret)
    assert shown.code == 0
    assert "No safety conversation has been completed with this parent." in shown.out


def test_a_case_that_is_not_ready_exits_with_3_when_that_is_required(run: Run, vault: Path, secret: Path) -> None:
    assert run("check", vault, NOT_READY, "--passphrase-file", secret, "--require-ready").code == 3
    assert run("check", vault, READY, "--passphrase-file", secret, "--require-ready").code == 0


def test_one_file_gives_one_result(run: Run) -> None:
    shown = run("check", "--file", EXAMPLES / "ready-mediation.json", "--json", "--as-of", "22/11/2026")
    assert (shown.code, json.loads(shown.out)["outcome"]) == (0, "pass")


def test_a_folder_gives_a_line_a_file_and_names_what_is_not_valid(run: Run) -> None:
    shown = run("check", "--file", EXAMPLES, "--json", "--as-of", "2026-11-22")
    lines = {Path(each["file"]).name: each for each in map(json.loads, shown.out.splitlines())}
    expected = json.loads((EXAMPLES / "expected.json").read_text("utf-8"))
    assert lines.keys() == expected.keys() | {"expected.json"}
    assert lines["expected.json"]["faults"][0]["path"] == "$.format"
    today = [name for name, answer in expected.items() if answer["as_of"] == "2026-11-22"]
    assert {name: lines[name]["outcome"] for name in today} == {name: expected[name]["outcome"] for name in today}
    assert shown.code == 6


def test_an_import_takes_the_case_and_a_second_one_changes_nothing(
    run: Run, vault: Path, secret: Path, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    family = Family()
    file.write_bytes(family.document())
    dry = run("import", vault, file, "--passphrase-file", secret, "--dry-run")
    first = run("import", vault, file, "--passphrase-file", secret)
    again = run("import", vault, file, "--passphrase-file", secret)
    count = len(family.entries)
    assert f"{CASE_REF}: {count} records new, 0 known already." in dry.out
    assert first.out == f"{CASE_REF}: {count} records new, 0 known already.\n"
    assert again.out == f"{CASE_REF}: 0 records new, {count} known already.\n"


def test_one_file_that_is_not_valid_keeps_all_out(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(Family().document())
    broken = Family()
    broken.change("person", "a", role="nobody")
    bad.write_bytes(broken.document())
    said = run("import", vault, good, bad, "--passphrase-file", secret)
    assert said.code == 6
    assert "nothing was imported" in said.err.splitlines()[0]
    assert "$.records[2].body.role" in said.err
    assert CASE_REF not in run("list", vault, "--passphrase-file", secret).out


def test_a_record_that_says_something_else_than_the_kept_one_is_refused(
    run: Run, vault: Path, secret: Path, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    family = Family()
    file.write_bytes(family.document())
    run("import", vault, file, "--passphrase-file", secret)
    family.change("plan", "early_help", intervention_in_plan="no")
    file.write_bytes(family.document())
    said = run("import", vault, file, "--passphrase-file", secret)
    assert (said.code, "says something else" in said.err) == (6, True)


def test_an_export_reads_as_the_case_and_is_logged(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert run("export-case", vault, READY, "--to", target, "--passphrase-file", secret).code == 0
    checked = json.loads(run("check", "--file", target, "--json").out)
    assert (checked["case_ref"], checked["ready"]) == (READY, True)
    from spr_desktop.casework.caseload import Caseload

    with Caseload.open(vault, PASSPHRASE) as caseload:
        assert [each.case_ref for each in caseload.vault.activity() if each.action == "case_exported"] == [READY]


def test_an_existing_file_is_not_written_over(run: Run, vault: Path, secret: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("mine", "utf-8")
    said = run("export-case", vault, READY, "--to", target, "--passphrase-file", secret)
    assert (said.code, target.read_text("utf-8")) == (9, "mine")
    assert run("export-case", vault, READY, "--to", target, "--passphrase-file", secret, "--replace").code == 0


@pytest.mark.parametrize(
    "call",
    [
        ("check",),
        ("check", "VAULT"),
        ("list",),
        ("frobnicate",),
        ("check", "--file", "x.json", "--as-of", "yesterday"),
    ],
)
def test_a_wrong_call_says_so_in_one_line(run: Run, call: tuple[str, ...]) -> None:
    said = run(*call)
    assert said.code == 2
    assert said.err.startswith("spr-desktop: ")
    assert len(said.err.splitlines()) == 1


def test_a_case_that_is_not_there_is_said(run: Run, vault: Path, secret: Path) -> None:
    said = run("check", vault, "ZZZZ-ZZZZ", "--passphrase-file", secret)
    assert (said.code, said.out) == (2, "")
