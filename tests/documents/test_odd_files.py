"""No file makes the check of a pack fail in a way that it does not name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spr_desktop.documents.errors import NotAPack, WrongPackPassphrase
from spr_desktop.documents.page import CoverBand, Furniture, build
from spr_desktop.documents.seal import seal
from spr_desktop.documents.verify import Verification, embedded_data, verify
from tests.documents.packs import identity, passphrase, sealed
from tests.documents.test_verify import gap

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answers(document: bytes) -> Verification | None:
    """The answer, or None where the file is refused in so many words; any other exception fails the test."""
    try:
        return verify(document, passphrase())
    except (NotAPack, WrongPackPassphrase):
        return None


@given(st.binary(max_size=400))
def test_garbage_is_refused(noise: bytes) -> None:
    for document in (noise, b"%PDF-2.0\n" + noise):
        found = answers(document)
        assert found is None or not found.valid


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mangled_pack_gives_an_answer(data: st.DataObject) -> None:
    document = bytearray(sealed())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(document) - 1))
        kind = data.draw(st.sampled_from(["cut", "insert", "overwrite", "move"]))
        if kind == "cut":
            del document[at : at + data.draw(st.integers(1, 500))]
        elif kind == "insert":
            document[at:at] = data.draw(st.binary(min_size=1, max_size=60))
        elif kind == "overwrite":
            piece = data.draw(st.binary(min_size=1, max_size=60))
            document[at : at + len(piece)] = piece
        else:
            document[at:at] = document[-200:]
        if not document:
            break
    found = answers(bytes(document))
    assert found is None or not found.valid or bytes(document) == sealed()


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"%PDF-",
        b"%PDF-1.7\n/ByteRange [0 1 2 3]",
        b"%PDF-1.7\n/ByteRange [0 30 40 99999999]" + b"<00>" * 9,
        b"%PDF-1.7 /ByteRange [0 33 39 1]<<<3082>" + b"x",
        b"%PDF-1.7\n" + b"/ByteRange [0 10 14 4] " * 5000,
    ],
)
def test_odd_files_are_answered(document: bytes) -> None:
    found = answers(document)
    assert found is None or not found.valid


@given(st.binary(max_size=300))
def test_any_seal_of_a_whole_length_is_answered(noise: bytes) -> None:
    """The gap holds anything: what parses it must not fail in another way."""
    begin, end = gap()
    filled = noise.hex().upper().encode().ljust(end - begin - 2, b"0")[: end - begin - 2]
    found = answers(sealed()[: begin + 1] + filled + sealed()[end - 1 :])
    assert found is not None
    assert not found.intact


def test_a_whole_file_without_data_is_answered() -> None:
    furniture = Furniture(title="Something else", header="", footer="")
    band = CoverBand(kind="Something else", reference="", subject="")
    other = seal(build(list, furniture, band, lambda _: None), identity(), passphrase(), at=NOON)
    found = verify(other, passphrase())
    assert found.valid
    assert found.document_ref is None
    with pytest.raises(NotAPack):
        embedded_data(other, passphrase())
