"""Making and sending documents where something is there already, or goes wrong at the last step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.making import ACCESS, BRIEF, COPY, PACK, Wish, items_to_review, make
from spr_desktop.casework.mending import refusal
from spr_desktop.casework.sending import record_line_sent
from spr_desktop.documents.errors import LeakFound
from spr_desktop.documents.subject_access import Decided
from spr_desktop.records.document_versions import newest_packs
from spr_desktop.records.people import ConfidentialWords
from spr_desktop.records.work import Note, NoteBlock, ReferralProgress, Wraparound
from tests.vaults import PASSPHRASE, READY, make_caseload


@pytest.fixture
def caseload(tmp_path: Path) -> Caseload:
    make_caseload(tmp_path / "vault")
    return Caseload.open(tmp_path / "vault", PASSPHRASE)


def test_what_a_document_would_have_replaced_is_put_back(
    caseload: Caseload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.pdf"
    file.write_bytes(b"what was there before")

    def refuses(*_args: object) -> None:
        raise OSError("the vault's disk takes nothing")

    monkeypatch.setattr("spr_desktop.casework.making._register", refuses)
    with caseload, pytest.raises(OSError, match="takes nothing"):
        make(caseload, READY, Wish(kind=COPY, person_id="a"), date.today(), lambda _: file, replace=True)
    assert file.read_bytes() == b"what was there before"


def test_sending_a_copy_moves_no_referral_on(caseload: Caseload, tmp_path: Path) -> None:
    with caseload:
        make(caseload, READY, Wish(kind=COPY, person_id="a"), date.today(), lambda each: tmp_path / f"{each}.pdf")
        assert newest_packs(caseload.case(READY)) == []
        [line] = caseload.register()
        record_line_sent(caseload, line, date.today(), "face to face")
        assert caseload.case(READY).every(ReferralProgress) == []


def test_a_refusal_names_the_records_that_hold_it_and_no_others(caseload: Caseload) -> None:
    with caseload:
        support = next(each.body for each in caseload.case(READY).every(Wraparound) if each.body.for_person == "a")
        told = (NoteBlock(type="fact", text="Lives at Elm Court."),)
        made = caseload.record(
            READY,
            [
                ConfidentialWords(person_id="a", words=("Elm Court",)),
                Note(type="contact", blocks=told),
                replace(support, practitioner=replace(support.practitioner, role="worker at Elm Court")),
            ],
            happened_on=date.today(),
        )
        for wish in (Wish(kind=PACK), Wish(kind=BRIEF, person_id="a")):
            with pytest.raises(LeakFound) as refused:
                make(caseload, READY, wish, date.today(), lambda _: Path("nowhere"))
            found = refusal(refused.value)
            assert found
            assert found.records == (made[2].id,)
            assert "Elm" not in " ".join(found.places)


def test_a_refused_answer_names_the_record_that_is_to_be_decided_about_again(caseload: Caseload) -> None:
    with caseload:
        told = (NoteBlock(type="fact", text="Met at the library. Sam was there."),)
        [note] = caseload.record(READY, [Note(type="contact", about=("a",), blocks=told)], happened_on=date.today())
        items = items_to_review(caseload.case(READY), "a")
        decided = {each.id: Decided(choice="disclose") for each in items}
        with pytest.raises(LeakFound) as refused:
            make(
                caseload,
                READY,
                Wish(kind=ACCESS, person_id="a", decided=decided),
                date.today(),
                lambda _: Path("nowhere"),
            )
        found = refusal(refused.value)
        assert found
        assert note.id in found.records
        assert len(found.records) < len(items)
