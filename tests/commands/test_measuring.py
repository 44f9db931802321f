"""The benchmark: figures on very few families, to see that they are measured at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from spr_desktop.casework.invented_many import RECORDS, ManyFamilies
from spr_desktop.commands.failure import WRONG_CALL
from spr_desktop.records.case_document import read_case_document, write_case_document
from spr_desktop.records.record import now
from tests.commands.conftest import Run

TODAY = date(2026, 11, 22)
COMPARED = {"search", "open", "first_page", "last_page", "count", "save"}


def test_figures_stand_beside_those_without_encryption(run: Run) -> None:
    shown = run("benchmark", "--families", "30", "--json")
    assert shown.code == 0
    found = {each["id"]: each for each in json.loads(shown.out)["figures"]}
    assert {id_ for id_, each in found.items() if each["ratio"]} == COMPARED
    assert found.keys() > COMPARED | {"refresh", "due", "register", "likely"}
    assert all(each["milliseconds"] > 0 for each in found.values())


def test_figures_are_said_in_plain_english(run: Run) -> None:
    shown = run("benchmark", "--families", "5")
    assert "search as you type" in shown.out
    assert "times plain SQLite" in shown.out


def test_number_of_families_must_be_one(run: Run) -> None:
    for wrong in ("0", "-3", "many"):
        assert run("benchmark", "--families", wrong).code == WRONG_CALL


def test_the_counterpart_never_meets_the_encrypted_library(tmp_path: Path) -> None:
    code = "import spr_desktop.casework.bare_counterpart, sys; print('sqlcipher3' in sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert ended.stdout == "False\n"


def test_many_families_are_valid_differ_and_are_the_same_in_every_run() -> None:
    families = ManyFamilies(500, TODAY)
    for number in (0, 1, 499):
        records = families.records(number)
        assert len(records) == RECORDS
        document = write_case_document(families.case_ref(number), records)
        assert len(read_case_document(document, written_at=now()).records) == RECORDS
        assert families.records(number) == records
    assert len({families.names(number) for number in range(500)}) > 450
    assert len({families.case_ref(number) for number in range(500)}) == 500
