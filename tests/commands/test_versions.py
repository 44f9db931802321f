"""Versions of packs, from one vault to another: made again, received, read as what it replaces, and withdrawn."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.competing import every_group
from spr_desktop.casework.due import WITHDRAWN
from spr_desktop.casework.errors import PackNotTaken
from spr_desktop.casework.taking_packs import look, open_pack, take
from spr_desktop.casework.withdrawal_marks import MARK_BY_OTHER_KEY, mark_of, withdrawn_on
from spr_desktop.casework.withdrawn_by_sender import look_at_notice, open_notice, take_notice
from spr_desktop.commands.main import main
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.records.record import now
from spr_desktop.records.suitability import ConflictProfile, UniversalOffer
from spr_desktop.records.work import DocumentRevoked, Note, NoteBlock
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.commands.conftest import Run
from tests.vaults import NAMES, PASSPHRASE, READY

Made = dict[str, Any]
Receive = Callable[..., Made]
TODAY: Final = date.today()


@pytest.fixture(scope="module")
def folder(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the vault of those who refer, and its passphrase; nothing in it is made twice."""
    made = tmp_path_factory.mktemp("versions")
    shutil.copytree(made_once, made / "vault")
    (made / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")
    Vault.create(made / "team", PASSPHRASE, cost=LEAST_COST)[0].close()
    return made


@pytest.fixture(scope="module")
def sent(folder: Path) -> dict[str, Made]:
    """Three versions of a pack, of which the second says something else; a notice that withdraws them; a new pack."""

    def make(name: str, kind: str = "referral-pack") -> Made:
        target, password = folder / f"{name}.pdf", folder / f"{name}.txt"
        said = io.StringIO()
        call = ["document", folder / "vault", READY, kind, "--to", target, "--password-to", password, "--json"]
        with contextlib.redirect_stdout(said):
            assert main([*map(str, call), "--passphrase-file", str(folder / "passphrase")], no_window) == 0
        return {**json.loads(said.getvalue()), "path": target, "password": password}

    first = make("first")
    with Caseload.open(folder / "vault", PASSPHRASE) as caseload:
        said = {"frequent": "yes", "intense": "yes", "poorly_resolved": "yes", "summary": "Calmer than it was."}
        changed = [ConflictProfile(**said), UniversalOffer(item="leaflet", result="offered")]  # type: ignore[arg-type]
        caseload.record(READY, changed, happened_on=TODAY)
    return {
        "first": first,
        "second": make("second"),
        "third": make("third"),
        "notice": make("notice", "withdrawal-notice"),
        "new": make("new"),
    }


def no_window(_folder: Path | None, _passphrase: str) -> int:
    raise AssertionError("a window was to be opened")


@pytest.fixture
def team(folder: Path, tmp_path: Path) -> Path:
    """The empty vault of an SPR team."""
    return Path(shutil.copytree(folder / "team", tmp_path / "team"))


@pytest.fixture
def receive(run: Run, team: Path, folder: Path, sent: dict[str, Made]) -> Receive:
    """Receives a document, and gives what it brought."""

    def carry_out(name: str, *more: str | Path, code: int = 0, into: Path = team) -> Made:
        passphrases = ("--password-file", sent[name]["password"], "--passphrase-file", folder / "passphrase")
        done = run("receive", into, sent[name]["path"], *passphrases, "--json", *more)
        assert done.code == code, done.err
        assert not any(each in done.out for each in NAMES)
        found: Made = json.loads(done.out) if done.out else {"error": done.err}
        return found

    return carry_out


def test_a_pack_made_again_is_the_next_version_until_it_is_withdrawn(sent: dict[str, Made], folder: Path) -> None:
    packs = [sent["first"], sent["second"], sent["third"]]
    assert [each["version"] for each in packs] == [1, 2, 3]
    assert len({each["document_id"] for each in packs}) == 1
    assert len({each["sha256"] for each in packs}) == 3
    assert sent["new"]["document_id"] not in (packs[0]["document_id"], sent["notice"]["document_id"])
    assert (sent["new"]["version"], sent["notice"]["version"]) == (1, 1)
    with Caseload.open(folder / "vault", PASSPHRASE) as caseload:
        revoked = caseload.case(READY).every(DocumentRevoked)
        assert sorted(each.body.sha256 for each in revoked) == sorted(each["sha256"] for each in packs)
        lines = {each.sha256: each for each in caseload.register()}
        states = [lines[each["sha256"]].state(TODAY) for each in packs]
        assert states == ["withdrawn", "withdrawn", "withdrawn"]
        assert lines[sent["new"]["sha256"]].state(TODAY) == "not_sent"


def test_the_first_page_says_what_a_pack_replaces(sent: dict[str, Made]) -> None:
    def cover(name: str) -> str:
        made = sent[name]
        pages = texts_of_pages(made["path"].read_bytes(), made["password"].read_text("utf-8").strip())
        return " ".join(pages[0].split())

    assert "replaces" not in cover("first")
    assert "Version 2, replaces version 1 of" in cover("second")
    assert "and every earlier one" not in cover("second")
    assert "Version 3, replaces version 2 of" in cover("third")
    assert "and every earlier one" in cover("third")
    notice = texts_of_pages(sent["notice"]["path"].read_bytes(), sent["notice"]["password"].read_text("utf-8").strip())
    assert "1 referral pack is withdrawn" in " ".join(" ".join(notice).split()).replace("One", "1").replace("one", "1")


def test_a_withdrawn_document_is_not_drafted_and_each_version_is_found(
    sent: dict[str, Made], run: Run, folder: Path, tmp_path: Path
) -> None:
    def draft(name: str, *more: str) -> Any:
        call = ("email", folder / "vault", sent[name]["document_id"], "--to", tmp_path / "draft.eml", "--replace")
        return run(*call, *more, "--passphrase-file", folder / "passphrase")

    assert draft("new").code == 0
    refused = draft("third")
    assert (refused.code, "withdrawn" in refused.err) == (6, True)
    assert "no document" in draft("new", "--version", "2").err


def test_sent_and_acknowledged_stand_in_the_register(
    sent: dict[str, Made], run: Run, folder: Path, tmp_path: Path
) -> None:
    vault, reference = Path(shutil.copytree(folder / "vault", tmp_path / "vault")), sent["new"]["document_id"]

    def call(command: str, *more: str, code: int = 0) -> Any:
        done = run(command, vault, *more, "--json", "--passphrase-file", folder / "passphrase")
        assert done.code == code, done.err
        return json.loads(done.out) if done.out else done.err

    assert "not recorded as sent" in call("acknowledged", reference, "--how", "by telephone", code=2)
    assert call("sent", reference, "--told", "by telephone")["state"] == "sent"
    assert "before it is sent" in call("acknowledged", reference, "--how", "x", "--on", "2026-01-01", code=2)
    assert call("acknowledged", reference, "--how", "by email")["state"] == "acknowledged"
    listed = call("register", "--case", READY)
    assert listed == call("register")
    by_id = {(each["document_id"], each["version"]): each for each in listed}
    assert by_id[(reference, 1)]["sent"][0]["acknowledged"] == {"on": TODAY.isoformat(), "how": "by email"}
    assert by_id[(sent["first"]["document_id"], 2)]["state"] == "withdrawn"
    said = run("register", vault, "--passphrase-file", folder / "passphrase").out
    assert f"Referral pack {sent['first']['document_id']}, version 3" in said
    assert not any(name in said for name in NAMES)


def test_what_is_cut_short_leaves_nothing(receive: Receive, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case_ref = receive("first")["case_ref"]
    with Caseload.open(team, PASSPHRASE) as caseload:
        before, groups = caseload.records(case_ref), every_group(caseload.vault)

    def fails(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("spr_desktop.vault.appending.caseload.keep_summary", fails)
        receive("second", code=1)
    with Caseload.open(team, PASSPHRASE) as caseload:
        assert (caseload.records(case_ref), every_group(caseload.vault)) == (before, groups)


def test_a_newer_version_takes_the_place_of_the_one_before(receive: Receive, team: Path) -> None:
    case_ref = receive("first")["case_ref"]
    with Caseload.open(team, PASSPHRASE) as caseload:
        before, activity = caseload.records(case_ref), len(caseload.vault.activity())
    looked = receive("second", "--dry-run")
    assert (looked["state"], looked["taken"], looked["version_here"]) == ("newer", False, 1)
    with Caseload.open(team, PASSPHRASE) as caseload:
        assert caseload.records(case_ref) == before
        assert "pack_received" not in {each.action for each in caseload.vault.activity()[activity:]}
    taken = receive("second")
    assert taken["changes"] == looked["changes"]
    assert taken["changes"]["changed"] == ["How the conflict is: summary"]
    assert taken["changes"]["new"] == ["The universal offer"]
    assert taken["changes"]["gone"] == []
    assert (taken["same_key"], taken["to_choose"], taken["taken"]) == (True, 0, True)
    assert [receive(each)["state"] for each in ("second", "first")] == ["known", "known"]
    with Caseload.open(team, PASSPHRASE) as caseload:
        case = caseload.case(case_ref)
        assert len(case.records) == len(before) + taken["new_records"]
        profile = case.body(ConflictProfile)
        assert profile
        assert profile.summary == "Calmer than it was."
        assert sum((each.recorded_by or "").endswith(f"by pack {case_ref}") for each in case.every(Note)) == 1
        offers = [(each.body, each.happened_on) for each in case.every(UniversalOffer)]
        assert len(set(offers)) == len(offers)


def test_what_was_recorded_here_since_competes_and_is_not_superseded(
    receive: Receive, team: Path, run: Run, folder: Path
) -> None:
    case_ref = receive("first")["case_ref"]
    with Caseload.open(team, PASSPHRASE) as caseload:
        own = ConflictProfile(frequent="no", intense="no", poorly_resolved="no", summary="As we see it.")
        (kept,) = caseload.record(case_ref, [own], happened_on=TODAY)
    third = receive("third")  # the second was never received
    assert (third["version_here"], third["to_choose"]) == (1, 1)
    assert receive("second")["state"] == "older"
    with Caseload.open(team, PASSPHRASE) as caseload:
        assert kept.id not in caseload.case(case_ref).superseded
    listed = json.loads(run("competing", team, "--json", "--passphrase-file", folder / "passphrase").out)
    assert [each["kind"] for each in listed] == ["conflict_profile"]


def test_a_withdrawal_marks_the_family_and_keeps_the_pack_out(
    receive: Receive, team: Path, sent: dict[str, Made], folder: Path, tmp_path: Path
) -> None:
    case_ref = receive("first")["case_ref"]
    looked = receive("notice", "--dry-run")
    assert (looked["withdrawn"], looked["new"], looked["other_key"]) == ([case_ref], [case_ref], [])
    assert [receive("notice")["new"] for _ in range(2)] == [[case_ref], []]
    with Caseload.open(team, PASSPHRASE) as caseload:
        assert WITHDRAWN in [each.line.rule for each in caseload.due(TODAY)]
        texts = [each.body.blocks[0].text for each in caseload.case(case_ref).every(Note)]
        assert sum(each.startswith("The sender withdrew this referral.") for each in texts) == 1
    assert "withdraws" in receive("second", code=6)["error"]
    other = Path(shutil.copytree(folder / "team", tmp_path / "other"))
    assert receive("notice", into=other)["withdrawn"] == []
    assert "withdraws" in receive("second", code=6, into=other)["error"]


ANOTHER: Final = "0000 1111 2222 3333 4444 5555 6666 7777 8888 9999 AAAA BBBB CCCC DDDD EEEE FFFF"


def test_a_newer_version_by_another_key_is_taken_knowingly_alone(
    receive: Receive, team: Path, sent: dict[str, Made]
) -> None:
    """Whoever has a pack can seal a next version of it, with another number to ring."""
    case_ref = receive("first")["case_ref"]
    opened = open_pack(sent["second"]["path"], sent["second"]["password"].read_text("utf-8").strip())
    forged = replace(opened, checked=replace(opened.checked, fingerprint=ANOTHER))
    with Caseload.open(team, PASSPHRASE) as caseload:
        before = caseload.records(case_ref)
        with pytest.raises(PackNotTaken, match="another key"):
            take(caseload, forged, TODAY)
        assert caseload.records(case_ref) == before
        trusted = replace(forged, checked=replace(forged.checked, trusted=True))
        assert look(caseload, trusted).is_trusted
        assert take(caseload, forged, TODAY, other_key=True).state == "newer"
    assert receive("third", code=6)["error"].count("--other-key") == 1
    assert receive("third", "--other-key")["taken"]


def test_a_strangers_notice_keeps_no_pack_out_of_which_the_key_is_trusted(team: Path, sent: dict[str, Made]) -> None:
    notice = open_notice(sent["notice"]["path"], sent["notice"]["password"].read_text("utf-8").strip())
    assert notice
    strangers = replace(notice, checked=replace(notice.checked, fingerprint=ANOTHER))
    opened = open_pack(sent["first"]["path"], sent["first"]["password"].read_text("utf-8").strip())
    trusted = replace(opened, checked=replace(opened.checked, trusted=True))
    with Caseload.open(team, PASSPHRASE) as caseload:
        take_notice(caseload, strangers, TODAY)
        with pytest.raises(PackNotTaken, match="another key"):
            look(caseload, opened)
        assert look(caseload, trusted).state == "new"
        take_notice(caseload, notice, TODAY)
        with pytest.raises(PackNotTaken, match="withdraws this pack"):
            look(caseload, trusted)


def test_a_pack_of_a_day_to_come_is_not_taken(sent: dict[str, Made], monkeypatch: pytest.MonkeyPatch) -> None:
    """What corrects it later would be put to that day as well, and count for nothing until then."""
    path, passphrase = sent["first"]["path"], sent["first"]["password"].read_text("utf-8").strip()
    to_come = replace(open_pack(path, passphrase).pack, made_on=TODAY + timedelta(days=2))
    monkeypatch.setattr("spr_desktop.documents.data.read_referral", lambda _: to_come)
    with pytest.raises(PackNotTaken, match="clock"):
        open_pack(path, passphrase)


def test_a_notice_by_another_key_says_so_and_can_be_corrected(
    receive: Receive, team: Path, sent: dict[str, Made]
) -> None:
    case_ref = receive("first")["case_ref"]
    notice = open_notice(sent["notice"]["path"], sent["notice"]["password"].read_text("utf-8").strip())
    assert notice
    with Caseload.open(team, PASSPHRASE) as caseload:
        brought = take_notice(caseload, replace(notice, checked=replace(notice.checked, fingerprint=ANOTHER)), TODAY)
        assert (brought.new, brought.other_key) == ((case_ref,), (case_ref,))
        [line] = [each.line for each in caseload.due(TODAY) if each.line.rule == WITHDRAWN]
        assert "another key" in line.words
        case = caseload.case(case_ref, TODAY)
        assert "another key" in mark_of(case.records)
        assert look_at_notice(caseload, notice).new == (case_ref,)  # the sender's own says more
        [mark] = [each for each in case.every(Note) if each.body.blocks[0].text.startswith(MARK_BY_OTHER_KEY)]
        right = replace(mark, id=str(uuid.uuid4()), recorded_at=now(), supersedes=(mark.id,))
        right = replace(right, body=Note(type="decision", blocks=(NoteBlock(type="fact", text="They did not."),)))
        caseload.keep_done({case_ref: [right]}, ("record_corrected", case_ref, ""))
        assert withdrawn_on(caseload.records(case_ref)) is None
        assert not [each for each in caseload.due(TODAY) if each.line.rule == WITHDRAWN]
    assert receive("second")["taken"]
