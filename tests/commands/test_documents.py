"""Documents of every kind on the command line, and the draft of the message they go out with."""

from __future__ import annotations

import email
import email.policy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.work import DocumentMade, DocumentRevoked, Note
from tests.commands.conftest import Outcome, Run
from tests.vaults import NAMES, NOT_READY, PASSPHRASE, READY


@pytest.fixture
def document(run: Run, vault: Path, secret: Path, tmp_path: Path) -> Any:
    """Makes a document of a kind; gives what the call came to, and its JSON."""

    def make(kind: str, *more: str | Path, case: str = READY, to: str = "it.pdf") -> Outcome:
        told = ("document", vault, case, kind, "--passphrase-file", secret, "--json", *more)
        return run(*told, "--to", tmp_path / to)

    return make


def text_of(made: Outcome) -> str:
    plain = json.loads(made.out)
    told = ["pdftotext", "-upw", plain["passphrase"], plain["file"], "-"]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout


def adults(vault: Path, case: str) -> list[tuple[str, str]]:
    with Caseload.open(vault, PASSPHRASE) as caseload:
        return [(each.body.person_id, each.body.full_name) for each in caseload.case(case).adults]


@pytest.mark.parametrize("kind", ["parent-copy", "wraparound-brief"])
def test_a_document_about_one_parent_names_no_other(document: Any, vault: Path, kind: str) -> None:
    people = adults(vault, READY)
    for number, (person, name) in enumerate(people):
        made = document(kind, "--person", person, to=f"{number}.pdf")
        assert made.code == 0, made.err
        text = text_of(made)
        assert name in text
        assert not [other for _, other in people if other != name and other in text]


def test_a_document_is_called_to_the_practitioner_as_in_the_window(
    run: Run, vault: Path, secret: Path, tmp_path: Path
) -> None:
    told = ["--person", adults(vault, READY)[0][0], "--to", tmp_path / "it.pdf", "--passphrase-file", secret]
    said = run("document", vault, READY, "parent-copy", *told).out
    assert said.startswith("Parent's own copy ")
    assert "Your copy" not in said
    assert "make sure that they can talk alone" in said
    assert "Parent's own copy " in run("register", vault, "--passphrase-file", secret).out


@pytest.mark.parametrize("kind", ["parent-copy", "case-audit"])
def test_a_case_need_not_be_ready(document: Any, vault: Path, kind: str) -> None:
    person = ["--person", adults(vault, NOT_READY)[0][0]] if kind == "parent-copy" else []
    made = document(kind, *person, case=NOT_READY)
    assert made.code == 0, made.err
    assert kind.replace("-", " ").split()[-1] in text_of(made).casefold()


def test_a_sealed_document_of_any_kind_verifies_with_its_reference(run: Run, document: Any, tmp_path: Path) -> None:
    made = json.loads(document("case-audit").out)
    password = tmp_path / "password"
    password.write_text(made["passphrase"], "utf-8")
    checked = json.loads(run("verify", made["file"], "--password-file", password, "--json").out)
    assert (checked["valid"], checked["document_ref"]) == (True, made["document_id"])


def test_a_notice_withdraws_the_packs_it_names(document: Any, vault: Path) -> None:
    assert document("withdrawal-notice").code == 3
    pack = json.loads(document("referral-pack", to="pack.pdf").out)
    made = document("withdrawal-notice")
    text = text_of(made)
    assert pack["document_id"] in text
    assert not [name for name in (*NAMES, READY) if name in text]
    with Caseload.open(vault, PASSPHRASE) as caseload:
        case = caseload.case(READY)
        assert [each.body.document_id for each in case.every(DocumentRevoked)] == [pack["document_id"]]
        assert [each.body.document for each in case.every(DocumentMade)] == ["referral-pack", "withdrawal-notice"]
    assert document("withdrawal-notice", to="again.pdf").code == 0


def test_a_request_is_answered_after_a_review_of_every_item(
    run: Run, document: Any, vault: Path, secret: Path, tmp_path: Path
) -> None:
    person = adults(vault, READY)[0][0]
    assert document("subject-access", "--person", person).code == 3
    review = tmp_path / "review.json"
    told = run(
        "document",
        vault,
        READY,
        "subject-access",
        "--person",
        person,
        "--review-to",
        review,
        "--passphrase-file",
        secret,
    )
    assert told.code == 0, told.err
    plain = json.loads(review.read_text("utf-8"))
    assert not [name for name in NAMES if name in review.read_text("utf-8")]
    for item in plain["items"]:
        item["decision"] = item["proposed"]
        item["reason"], item["remove"] = item["proposed_reason"], item["proposed_removal"]
    review.write_text(json.dumps(plain), "utf-8")
    made = document("subject-access", "--person", person, "--review", review)
    assert made.code == 0, made.err
    assert "What was removed or left out, and why" in text_of(made)
    with Caseload.open(vault, PASSPHRASE) as caseload:
        log = [each.body.blocks[0].text for each in caseload.case(READY).every(Note) if each.body.type == "decision"]
    assert all(item["record"] in log[-1] for item in plain["items"])


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"decision": "maybe"}, "items[0].decision"),
        ({"decision": "withhold", "reason": "because"}, "items[0].reason"),
        ({"decision": "redact", "reason": "crime", "remove": "all"}, "items[0].remove"),
        ({"record": 3}, "items[0]"),
    ],
)
def test_a_review_that_is_wrong_is_said_with_its_place(
    run: Run, document: Any, vault: Path, secret: Path, tmp_path: Path, change: dict[str, Any], where: str
) -> None:
    person, review = adults(vault, READY)[0][0], tmp_path / "review.json"
    run(
        "document",
        vault,
        READY,
        "subject-access",
        "--person",
        person,
        "--review-to",
        review,
        "--passphrase-file",
        secret,
    )
    plain = json.loads(review.read_text("utf-8"))
    plain["items"][0] |= change
    review.write_text(json.dumps(plain), "utf-8")
    said = document("subject-access", "--person", person, "--review", review)
    assert said.code == 6
    assert where in said.err
    assert not (tmp_path / "it.pdf").exists()


@pytest.mark.parametrize(
    "call",
    [
        ("parent-copy",),
        ("case-audit", "--person", "a"),
        ("case-audit", "--review", "x.json"),
        ("parent-copy", "--person", "nobody"),
    ],
)
def test_a_wrong_call_exits_with_2(document: Any, call: tuple[str, ...]) -> None:
    assert document(*call).code == 2


# The message


def test_a_draft_has_the_document_its_reference_and_nothing_else(
    run: Run, document: Any, vault: Path, secret: Path, tmp_path: Path
) -> None:
    made = json.loads(document("referral-pack").out)
    draft = tmp_path / "draft.eml"
    said = run("email", vault, made["document_id"], "--to", draft, "--passphrase-file", secret)
    assert said.code == 0, said.err
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert (message["Subject"], message["X-Unsent"], message["To"], message["From"]) == (
        made["document_id"],
        "1",
        None,
        None,
    )
    [attached] = list(message.iter_attachments())
    assert attached.get_content() == Path(made["file"]).read_bytes()
    assert attached.get_filename() == f"{made['document_id']}.pdf"
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert not [name for name in (*NAMES, READY, made["passphrase"]) if name in text]


def test_a_draft_is_made_of_the_registered_file_only(
    run: Run, document: Any, vault: Path, secret: Path, tmp_path: Path
) -> None:
    made = json.loads(document("referral-pack").out)
    moved = tmp_path / "moved.pdf"
    Path(made["file"]).rename(moved)
    told = ("email", vault, made["document_id"], "--to", tmp_path / "draft.eml", "--passphrase-file", secret)
    assert run(*told).code == 9
    moved.write_bytes(moved.read_bytes() + b"\n")
    assert run(*told, "--file", moved).code == 6
    assert run("email", vault, "AAAA-BBBB", "--to", tmp_path / "d.eml", "--passphrase-file", secret).code == 2
    assert not (tmp_path / "draft.eml").exists()
