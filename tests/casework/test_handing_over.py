"""Handing families over between three vaults: bundles, what competes, receipts, and bundles that are meant to harm."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest

from spr_desktop.casework import signed_files
from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.colleagues import (
    Colleague,
    compared_on,
    note_compared,
    oneself,
    private_key,
    read_key_file,
    write_key_file,
)
from spr_desktop.casework.competing import competing, competing_everywhere
from spr_desktop.casework.corrections import CannotCorrect, reason_for, settle
from spr_desktop.casework.demonstration import recorded
from spr_desktop.casework.drafts import draft, keep_drafts
from spr_desktop.casework.errors import BadBundle
from spr_desktop.casework.exchange import export_case
from spr_desktop.casework.handing_over import BUNDLE, RECEIPT, hand_over, hand_overs, take_receipt
from spr_desktop.casework.invented import walked_family
from spr_desktop.casework.practitioner import Practitioner
from spr_desktop.casework.refreshing import work_out
from spr_desktop.casework.taking_over import Received, look, open_bundle, take, write_receipt
from spr_desktop.records.faults import NewerDocument
from spr_desktop.records.record import AnyRecord
from spr_desktop.vault import envelope
from tests.vaults import PASSPHRASE

TODAY = date.today()
REF = "RDYA-1234"


@pytest.fixture
def three(empty_vault: Path, tmp_path: Path) -> Iterator[list[Caseload]]:
    """The vaults of three colleagues; the first holds a family."""
    opened = []
    for name in ("Ada", "Bo", "Cy"):
        folder = tmp_path / name
        shutil.copytree(empty_vault, folder)
        caseload = Caseload.open(folder, PASSPHRASE)
        caseload.set_practitioner(Practitioner(name=f"{name} Example", role="Outreach worker", organisation="Example"))
        opened.append(caseload)
    opened[0].keep({REF: recorded(walked_family().events(TODAY), TODAY)}, TODAY)
    yield opened
    for each in opened:
        each.close()


def send(giver: Caseload, reader: Caseload, tmp_path: Path, *refs: str) -> Path:
    """A bundle from one vault for another, by way of the key file."""
    key, bundle = tmp_path / "reader.key", tmp_path / "bundle.age"
    write_key_file(reader, key, replace=True)
    hand_over(giver, refs or [REF], read_key_file(key), bundle, replace=True)
    return bundle


def pass_on(giver: Caseload, reader: Caseload, tmp_path: Path) -> Received:
    return take(reader, open_bundle(reader, send(giver, reader, tmp_path)), TODAY)


def person(caseload: Caseload, name: str, days_ago: int = 0) -> AnyRecord:
    """Somebody's name is recorded anew."""
    body = caseload.case(REF).people["a"].body
    return caseload.record(REF, [replace(body, preferred_name=name)], happened_on=TODAY - timedelta(days=days_ago))[0]


def exported(caseload: Caseload, tmp_path: Path) -> dict[str, Any]:
    export_case(caseload, REF, tmp_path / "case.json", replace=True)
    return {each["id"]: each for each in json.loads((tmp_path / "case.json").read_text("utf-8"))["records"]}


# Between three vaults


def test_a_family_goes_round_three_vaults_and_all_agree(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, cy = three
    first = pass_on(ada, bo, tmp_path).families[0]
    assert first.is_new_family
    assert first.new == len(ada.records(REF))
    assert not first.competing
    person(bo, "Joey")
    assert pass_on(bo, cy, tmp_path).families[0].new == len(bo.records(REF))
    ada.record(REF, [replace(ada.case(REF).people["b"].body, preferred_name="Sammy")], happened_on=TODAY)
    back = pass_on(cy, ada, tmp_path).families[0]
    assert (back.new, back.competing) == (1, ())
    for giver, reader in ((ada, bo), (ada, cy), (bo, ada), (cy, bo)):
        pass_on(giver, reader, tmp_path)
    assert exported(ada, tmp_path) == exported(bo, tmp_path) == exported(cy, tmp_path)
    assert ada.case(REF).records == bo.case(REF).records == cy.case(REF).records
    assert ada.decide(REF, TODAY) == bo.decide(REF, TODAY) == cy.decide(REF, TODAY)
    for each in three:
        each.vault.verify(work_out)


def test_a_copy_brings_nothing_and_an_older_bundle_takes_nothing_away(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, _ = three
    old = tmp_path / "old.age"
    old.write_bytes(send(ada, bo, tmp_path).read_bytes())
    take(bo, open_bundle(bo, old), TODAY)
    person(bo, "Joey")
    keep_drafts(bo, {f"{REF}/note/": {"text": "half a sentence"}})
    before = bo.records(REF)
    again = take(bo, open_bundle(bo, old), TODAY).families[0]
    assert (again.new, again.known, again.competing, again.contradicting) == (0, len(before) - 1, (), ())
    assert bo.records(REF) == before
    assert draft(bo, f"{REF}/note/") == {"text": "half a sentence"}
    assert competing_everywhere(bo) == []


def test_looking_takes_nothing(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, _ = three
    found = look(bo, open_bundle(bo, send(ada, bo, tmp_path)))
    assert found.families[0].new == len(ada.records(REF))
    assert bo.vault.case_refs() == []


def test_what_competes_is_kept_until_a_person_chooses(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, cy = three
    pass_on(ada, bo, tmp_path)
    mine, theirs = person(ada, "Joan", 2), person(bo, "Joanna", 1)
    found = pass_on(bo, ada, tmp_path).families[0]
    assert found.competing == ((mine, theirs),)
    assert [each.records for each in competing(ada, REF)] == [(mine, theirs)]
    assert ada.case(REF).people["a"] == theirs, "until then the order decides"
    pass_on(ada, cy, tmp_path)
    assert [each.records for each in competing(cy, REF)] == [(mine, theirs)], "a third vault learns of it"
    pass_on(ada, bo, tmp_path)
    assert [each.records for each in competing(bo, REF)] == [(mine, theirs)], "and so does the other side"

    chosen = settle(ada, REF, [mine, theirs], mine, "Asked her.")
    assert competing(ada, REF) == []
    assert ada.case(REF).people["a"] == chosen
    assert chosen.body == mine.body
    assert set(chosen.supersedes) == {mine.id, theirs.id}
    assert reason_for(ada.case(REF), theirs) == reason_for(ada.case(REF), mine)
    assert "Asked her." in (reason_for(ada.case(REF), mine) or "")
    with pytest.raises(CannotCorrect):
        settle(ada, REF, [mine, theirs], theirs, "Too late.")
    pass_on(ada, bo, tmp_path)
    assert competing(bo, REF) == []
    assert exported(ada, tmp_path) == exported(bo, tmp_path)


def test_a_family_that_contradicts_is_left_alone_and_the_others_are_taken(
    three: list[Caseload], tmp_path: Path
) -> None:
    ada, bo, _ = three
    other = ada.open_case(TODAY)
    pass_on(ada, bo, tmp_path)
    forged = [replace(each, recorded_by="Somebody else") for each in ada.records(REF)[:1]]
    bundle = open_bundle(bo, send(ada, bo, tmp_path, REF, other))
    altered = replace(bundle.families[0], records=(*forged, *bundle.families[0].records[1:]))
    before = bo.records(REF)
    done = take(bo, replace(bundle, families=(altered, bundle.families[1])), TODAY)
    assert [each.case_ref for each in done.refused] == [REF]
    assert done.refused[0].contradicting == (forged[0].id,)
    assert [each.case_ref for each in done.taken] == [other]
    assert bo.records(REF) == before
    assert bo.records(other) == ada.records(other)


def test_another_family_of_the_same_reference_is_left_alone(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, _ = three
    bo.keep({REF: [replace(each, id=str(uuid4())) for each in ada.records(REF)[:2]]}, TODAY)
    before = bo.records(REF)
    done = pass_on(ada, bo, tmp_path)
    assert [each.is_another_family for each in done.refused] == [True]
    assert done.taken == []
    assert bo.records(REF) == before


def test_a_bundle_is_as_its_schema_says(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, _ = three
    schema = json.loads((Path(__file__).parents[2] / "docs" / "bundle.schema.json").read_text("utf-8"))
    pass_on(ada, bo, tmp_path)
    person(ada, "Joan")
    person(bo, "Joanna")
    pass_on(bo, ada, tmp_path)
    plain = _plain(bo, send(ada, bo, tmp_path).read_bytes())
    jsonschema.Draft202012Validator(schema).validate(plain)
    content = json.loads(plain["content"])
    assert content["families"][0]["competing"]
    jsonschema.Draft202012Validator({"$ref": "#/$defs/content", "$defs": schema["$defs"]}).validate(content)


# Receipts


def test_a_receipt_comes_back_and_is_noted_once(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, cy = three
    received = pass_on(ada, bo, tmp_path)
    receipt = tmp_path / "receipt.age"
    write_receipt(bo, received, receipt)
    assert hand_overs(ada)[0].received_at is None
    with pytest.raises(BadBundle, match="somebody else's key"):
        take_receipt(cy, receipt)
    noted = take_receipt(ada, receipt)
    assert noted.received_at is not None
    assert "Bo Example" in noted.to
    assert hand_overs(ada) == [noted]
    assert take_receipt(ada, receipt) == noted
    assert [each.action for each in ada.vault.activity()].count("receipt_taken") == 1
    done = [each for each in bo.vault.activity() if each.action == "received"]
    assert [(each.case_ref, (each.detail or "").split()[0]) for each in done] == [(REF, noted.bundle_id)]
    with pytest.raises(BadBundle, match="not a receipt"):
        take_receipt(bo, send(ada, bo, tmp_path))


def test_a_receipt_of_another_signer_or_about_something_else_is_refused(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, cy = three
    received = pass_on(ada, bo, tmp_path)
    receipt = tmp_path / "receipt.age"
    write_receipt(cy, received, receipt)
    with pytest.raises(BadBundle, match="another key"):
        take_receipt(ada, receipt)
    write_receipt(bo, replace(received, families=()), receipt, replace=True)
    with pytest.raises(BadBundle, match="does not name"):
        take_receipt(ada, receipt)
    write_receipt(bo, replace(received, bundle=replace(received.bundle, bundle_id="x")), receipt, replace=True)
    with pytest.raises(BadBundle, match="not made in this vault"):
        take_receipt(ada, receipt)
    assert hand_overs(ada)[0].received_at is None


# Keys


def test_a_key_file_can_be_read_by_people_and_not_be_changed(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, _ = three
    file = tmp_path / "ada.key"
    written = write_key_file(ada, file)
    said = file.read_text("utf-8")
    assert "Name: Ada Example" in said
    assert ada.identity().fingerprint in said
    assert private_key(ada) not in said
    assert read_key_file(file) == written == oneself(ada)
    for old, new in (
        ("Ada Example", "Eve Example"),
        (written.key, oneself(bo).key),
        (written.fingerprint, oneself(bo).fingerprint),
        ("version 1", "version one"),
        ("Signature: ", "Signature: A"),
        ("Role: ", "Rôle: "),
        ("Name: ", "Key: x\nName: "),
    ):
        file.write_text(said.replace(old, new), "utf-8")
        with pytest.raises(BadBundle):
            read_key_file(file)
    for bad in (b"", b"\xff", b"x" * 1_000_000, b"\n" * 100, said.encode() + b" " * 20_000):
        file.write_bytes(bad)
        with pytest.raises(BadBundle):
            read_key_file(file)
    file.write_text(said.replace("version 1", "version 2"), "utf-8")
    with pytest.raises(NewerDocument):
        read_key_file(file)


def test_which_keys_were_compared(three: list[Caseload]) -> None:
    ada, bo, _ = three
    assert compared_on(ada, oneself(bo)) is None
    note_compared(ada, oneself(bo), TODAY - timedelta(days=3))
    note_compared(ada, oneself(bo), TODAY)
    assert compared_on(ada, oneself(bo)) == TODAY - timedelta(days=3)


# Bundles that are meant to harm, or were damaged on their way

Forge = Callable[[Caseload, Caseload, bytes], bytes]


def _plain(reader: Caseload, data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(envelope.open_envelope(data, private_key(reader)))
    return found


def _closed(reader: Caseload, plain: Any) -> bytes:
    data = plain if isinstance(plain, bytes) else json.dumps(plain).encode()
    return envelope.close_envelope(data, oneself(reader).key)


def _frame(**changed: Any) -> Forge:
    return lambda giver, reader, data: _closed(reader, _plain(reader, data) | changed)


def _signed(change: Callable[[dict[str, Any], list[str]], None]) -> Forge:
    """Changed, and signed by its sender all the same."""

    def forge(giver: Caseload, reader: Caseload, data: bytes) -> bytes:
        plain = _plain(reader, data)
        content, documents = json.loads(plain["content"]), plain["documents"]
        change(content, documents)
        text = json.dumps(content)
        signature = giver.identity().sign(f"{BUNDLE} 1\n{text}".encode())
        signed = {"content": text, "signature": base64.b64encode(signature).decode(), "documents": documents}
        return _closed(reader, plain | signed)

    return forge


def _document(change: Callable[[str], str]) -> Forge:
    def swap(content: dict[str, Any], documents: list[str]) -> None:
        documents[0] = change(documents[0])
        content["families"][0]["sha256"] = sha256(documents[0].encode()).hexdigest()

    return _signed(swap)


def _flood(giver: Caseload, reader: Caseload, data: bytes) -> bytes:
    header, end, rest = data.partition(b"\n--- ")
    return header + b"\n-> X25519 S/qlEX6I4mAqLd0oAaapnC/DCptCDGiVjN7UCXmhgAM\nAAAA" * 200_000 + end + rest


def _flip(giver: Caseload, reader: Caseload, data: bytes) -> bytes:
    return data[:-50] + bytes([data[-50] ^ 1]) + data[-49:]


def _set(content: dict[str, Any], **changed: Any) -> None:
    content.update(changed)


def _twice(content: dict[str, Any], documents: list[str]) -> None:
    content["families"] *= 2
    documents *= 2


HOSTILE: dict[str, tuple[Forge, str]] = {
    "empty": (lambda giver, reader, data: b"", "cut short"),
    "something else": (lambda giver, reader, data: b"PK\x03\x04" * 100, "cut short"),
    "cut short in its header": (lambda giver, reader, data: data[:60], "cut short"),
    "cut short at its end": (lambda giver, reader, data: data[:-1], "cut short"),
    "one bit flipped": (_flip, "cut short"),
    "something added": (lambda giver, reader, data: data + b"x", "cut short"),
    "a flood of stanzas": (_flood, "cut short"),
    "for somebody else": (
        lambda giver, reader, data: envelope.close_envelope(b"{}", oneself(giver).key),
        "somebody else",
    ),
    "sent on by its reader to another": (
        _signed(lambda content, _: _set(content, **{"for": "age1x"})),
        "somebody else",
    ),
    "no JSON": (lambda giver, reader, data: _closed(reader, b"{"), "cut short"),
    "NaN": (lambda giver, reader, data: _closed(reader, b'{"format": NaN}'), "cut short"),
    "endless nesting": (lambda giver, reader, data: _closed(reader, b"[" * 200_000), "cut short"),
    "a name twice": (lambda giver, reader, data: _closed(reader, b'{"format": "a", "format": "b"}'), "cut short"),
    "a list": (lambda giver, reader, data: _closed(reader, []), "cut short"),
    "another kind": (_frame(format=RECEIPT), "not a bundle"),
    "no version": (_frame(version="1"), "cut short"),
    "another field": (_frame(more=1), "cut short"),
    "another signature": (_frame(signature=base64.b64encode(b"x" * 70).decode()), "signature does not fit"),
    "a signature that is none": (_frame(signature=7), "cut short"),
    "a certificate that is none": (_frame(certificate=base64.b64encode(b"x").decode()), "signature does not fit"),
    "half a character": (_frame(content="\ud800"), "cut short"),
    "another content": (_frame(content="{}"), "signature does not fit"),
    "other documents": (_frame(documents=["{}"]), "cut short"),
    "too few documents": (_frame(documents=[]), "cut short"),
    "half a character in a document": (_frame(documents=["\ud800"]), "cut short"),
    "a document that is none": (_document(lambda text: "{}"), "cut short"),
    "a record of no kind": (_document(lambda text: text.replace('"plan"', '"plot"')), "cut short"),
    "another family": (_signed(lambda content, _: _set(content["families"][0], case_ref="K7QX-3M2P")), "cut short"),
    "another number": (_signed(lambda content, _: _set(content["families"][0], records=1)), "cut short"),
    "a number that is none": (_signed(lambda content, _: _set(content["families"][0], records=True)), "cut short"),
    "competing with nothing": (
        _signed(lambda content, _: _set(content["families"][0], competing=[["a", "b"]])),
        "cut short",
    ),
    "a sender of many lines": (_signed(lambda content, _: _set(content["sender"], name="Bo\nEve")), "cut short"),
    "a sender without a key": (_signed(lambda content, _: _set(content["sender"], key="age1x")), "cut short"),
    "no day": (_signed(lambda content, _: _set(content, made_at="yesterday")), "cut short"),
    "one family twice": (_signed(_twice), "cut short"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_bundle_is_refused_whole_with_one_sentence(three: list[Caseload], tmp_path: Path, name: str) -> None:
    ada, bo, _ = three
    bundle = send(ada, bo, tmp_path)
    forge, why = HOSTILE[name]
    bundle.write_bytes(forge(ada, bo, bundle.read_bytes()))
    with pytest.raises(BadBundle) as refused:
        open_bundle(bo, bundle)
    assert why in refused.value.why
    assert bo.vault.case_refs() == []


def test_the_forger_of_the_table_would_pass_if_nothing_were_changed(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, _ = three
    bundle = send(ada, bo, tmp_path)
    for forge in (_frame(), _signed(lambda content, _: None), _document(lambda text: text)):
        bundle.write_bytes(forge(ada, bo, bundle.read_bytes()))
        assert open_bundle(bo, bundle).families[0].case_ref == REF


def test_a_later_version_is_told_apart(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, _ = three
    bundle = send(ada, bo, tmp_path)
    bundle.write_bytes(_frame(version=2)(ada, bo, bundle.read_bytes()))
    with pytest.raises(NewerDocument):
        open_bundle(bo, bundle)
    bundle.write_bytes(send(ada, bo, tmp_path).read_bytes())
    newer = _document(lambda text: text.replace('"version": 1', '"version": 2'))
    bundle.write_bytes(newer(ada, bo, bundle.read_bytes()))
    with pytest.raises(NewerDocument):
        open_bundle(bo, bundle)


def test_too_large_is_refused_before_it_is_opened(
    three: list[Caseload], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bo, _ = three
    bundle = send(ada, bo, tmp_path)
    monkeypatch.setattr("spr_desktop.casework.taking_over.BUNDLE_LIMIT", 1000)
    with pytest.raises(BadBundle, match="larger"):
        open_bundle(bo, bundle)
    monkeypatch.setattr(signed_files, "ENVELOPE_ROOM", 0)
    with pytest.raises(BadBundle, match="larger"):
        open_bundle(bo, bundle)
    monkeypatch.setattr("spr_desktop.casework.handing_over.BUNDLE_LIMIT", 1000)
    with pytest.raises(BadBundle, match="fewer families"):
        send(ada, bo, tmp_path)


def test_a_bundle_says_nothing_to_others(three: list[Caseload], tmp_path: Path) -> None:
    ada, bo, _ = three
    data = send(ada, bo, tmp_path).read_bytes()
    for mark in (b"Example", REF.encode(), b"spr-bundle"):
        assert mark not in data
    left = {each.name for each in tmp_path.iterdir() if each.is_file()}
    assert left == {"reader.key", "bundle.age"}, "nothing is written in clear, nor left beside it"


def test_a_colleague_without_a_name(three: list[Caseload], tmp_path: Path) -> None:
    ada, _, _ = three
    ada.set_practitioner(Practitioner(name="A\nB\tC"))
    file = tmp_path / "ada.key"
    assert write_key_file(ada, file).name == "A B C"
    nobody = Colleague(name="", role="", organisation="", key="", certificate=b"")
    assert nobody.described == "nobody named"
