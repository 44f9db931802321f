"""A sealed pack: opened and verified by other people's readers, and closed without the passphrase."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from spr_desktop.documents.errors import MissingGlyph, SealFailed
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.making import Checked, read_back, seal_checked
from spr_desktop.documents.passphrase import as_sealed, new_passphrase
from spr_desktop.documents.reading import attached, texts_of_pages
from spr_desktop.documents.seal import seal
from spr_desktop.documents.stamp import stamp
from spr_desktop.documents.verify import verify
from spr_desktop.records.references import ALPHABET
from tests.documents.packs import checked, identity, laid_out, passphrase, released, run, sealed


@pytest.fixture
def on_disk(tmp_path: Path) -> Path:
    """A sealed pack where other programs can read it."""
    path = tmp_path / "pack.pdf"
    path.write_bytes(sealed())
    return path


WHEN = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)


# Other people's readers


def test_poppler_finds_the_signature_valid(on_disk: Path) -> None:
    said = run("pdfsig", "-upw", passphrase(), on_disk)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "O=Example Outreach,title=family worker,CN=Jo Outreach" in said
    assert said.count("Signature #") == 1


def test_poppler_reads_the_text(on_disk: Path) -> None:
    said = run("pdftotext", "-upw", passphrase(), on_disk, "-")
    assert "Jo Example" in said
    assert "Referral pack K7QX-3M2P, version 1" in said


def test_qpdf_finds_no_fault(on_disk: Path) -> None:
    said = run("qpdf", "--check", f"--password={passphrase()}", on_disk)
    assert "R = 6" in said
    assert "stream encryption method: AESv3" in said
    assert "extract for accessibility: allowed" in said
    assert "modify anything: not allowed" in said
    assert "No syntax or stream encoding errors" in said


def test_pikepdf_and_pypdf_and_pdfium_open_it() -> None:
    with pikepdf.open(io.BytesIO(sealed()), password=passphrase()) as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256
    reader = pypdf.PdfReader(io.BytesIO(sealed()), password=passphrase())
    assert "Jo Example" in "".join(page.extract_text() for page in reader.pages)
    assert "Jo Example" in "".join(texts_of_pages(sealed(), passphrase()))


def test_without_the_passphrase_nobody_opens_it(on_disk: Path) -> None:
    for wrong in ("", "wrong", passphrase().lower()):
        with pytest.raises(AssertionError, match="Incorrect password"):
            run("pdftotext", "-upw", wrong, on_disk, "-")
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(on_disk, password=wrong)
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(sealed(), password=wrong)


def test_nothing_is_readable_in_the_file() -> None:
    readable = b" ".join(re.findall(rb"[\x20-\x7e]{5,}", sealed()))
    for word in (b"Example", b"Outreach", b"K7QX-3M2P", b"eferral", b"07700 9", b"Mediation", b"Strengthen"):
        assert word not in readable, word
    assert b"Jo Example".hex().encode() not in sealed().lower()


def test_the_names_of_fonts_tell_nothing_of_the_family() -> None:
    family = released()
    family.change("person", "a", given_names="محمد 王小明")
    found = seal_checked(checked(family), identity(), passphrase())
    names = set(re.findall(rb"/BaseFont /(\S+)", found))
    assert len(names) > 3
    assert all(re.fullmatch(rb"[A-Z]{6}\+Text", name) for name in names)


def test_the_file_says_nothing_of_itself_without_the_passphrase(on_disk: Path) -> None:
    with pytest.raises(AssertionError, match="Incorrect password"):
        run("pdfinfo", on_disk)


# The visible seal


def test_the_seal_stands_on_the_first_page(on_disk: Path, tmp_path: Path) -> None:
    reader = pypdf.PdfReader(on_disk, password=passphrase())
    [widget] = [note.get_object() for note in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert widget["/FT"] == "/Sig"
    assert widget["/TU"].startswith("Seal")
    left, lower, right, upper = widget["/Rect"]
    assert (right - left, upper - lower) > (400, 60)
    others = [note.get_object() for page in reader.pages[1:] for note in page.get("/Annots", [])]
    assert {each["/Subtype"] for each in others} == {"/Link"}  # of the contents


def test_the_visible_seal_says_who_and_when_and_no_more_than_it_knows() -> None:
    text = " ".join(texts_of_pages(stamp(identity().signer, WHEN, 475, 90))[0].split())
    assert text == (
        "Sealed by Jo Outreach, family worker, Example Outreach on 3 November 2026 at 09:05 "
        "Shows whether the file was changed since, and by which key it was sealed."
    )


def test_a_long_name_stays_inside_the_visible_seal() -> None:
    signer = ", ".join(["W" * 64] * 3)
    document = pypdfium2.PdfDocument(stamp(signer, WHEN, 475, 90))
    text = document[0].get_textpage()
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at)
        assert 0 <= left <= right <= 475
        assert 0 <= bottom <= top <= 90
    text.close()
    document.close()


def test_a_signer_whose_name_no_font_prints_is_refused() -> None:
    odd = SigningIdentity.make(name="Jo 🙂", role="", organisation="")
    with pytest.raises(MissingGlyph):
        seal_checked(Checked(laid_out(released())), odd, passphrase())


def test_every_seal_fits_into_its_place() -> None:
    """Signatures differ in length from one to the next, certificates with the names in them."""
    longest = SigningIdentity.make(name="王" * 64, role="Ł" * 64, organisation="O" * 64)
    laid = laid_out(released())
    for by in (identity(), longest):
        for _ in range(12):
            assert verify(seal(laid, by, passphrase(), at=WHEN), passphrase()).valid


# Passphrase


def test_passphrases_are_five_groups_of_five_and_never_the_same() -> None:
    made = {new_passphrase() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        assert re.fullmatch(f"([{ALPHABET}]{{5}}-){{4}}[{ALPHABET}]{{5}}", each)
        assert len(each) <= 32


@pytest.mark.parametrize("typed", [str.lower, lambda text: text.replace("-", ""), lambda text: text.replace("-", " ")])
def test_a_passphrase_may_be_typed_as_it_was_heard(typed: object) -> None:
    assert callable(typed)
    assert as_sealed(typed(passphrase())) == passphrase()
    assert verify(sealed(), typed(passphrase())).valid


def test_letters_that_look_like_figures_are_read_as_figures() -> None:
    assert as_sealed("o0000-iIlL1-AAAAA-BBBBB-CCCCC") == "00000-11111-AAAAA-BBBBB-CCCCC"
    assert as_sealed("Another kind of passphrase") == "Another kind of passphrase"


# Read back


def test_the_data_and_the_pages_are_those_that_were_laid_out() -> None:
    laid = laid_out(released())
    found = seal_checked(Checked(laid), identity(), passphrase())
    assert texts_of_pages(found, passphrase()) == texts_of_pages(laid)
    assert attached(found, "referral.json", passphrase()) == attached(laid, "referral.json")


def test_sealing_changes_nothing_but_what_it_must() -> None:
    laid = laid_out(released())
    found = seal_checked(Checked(laid), identity(), passphrase())
    with pikepdf.open(io.BytesIO(laid)) as before, pikepdf.open(io.BytesIO(found), password=passphrase()) as after:
        changed = set(_differences(before.Root, after.Root))
    of_the_field = {"/V", "/AP"}
    assert of_the_field <= changed <= of_the_field | {"/Perms", "/Extensions", "/SigFlags", "/Metadata"}


def _differences(before: Any, after: Any) -> Iterator[str]:
    """Under which keys two documents say something else, all the way from their catalogues."""
    waiting: list[tuple[str, Any, Any]] = [("", before, after)]
    met: set[Any] = set()
    while waiting:
        under, one, other = waiting.pop()
        if isinstance(one, pikepdf.Object) and one.is_indirect:
            if (one.objgen, other.objgen) in met:
                continue
            met.add((one.objgen, other.objgen))
        if isinstance(one, pikepdf.Stream) and one.read_bytes() != other.read_bytes():
            yield under
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            about_the_stream = {"/Length", "/Filter", "/DecodeParms"} if isinstance(one, pikepdf.Stream) else set()
            for key in {*one.keys(), *other.keys()} - about_the_stream:
                if key in one and key in other:
                    waiting.append((key, one[key], other[key]))
                else:
                    yield key
        elif isinstance(one, pikepdf.Array) and len(one) == len(other):
            waiting += [(under, *pair) for pair in zip(one, other, strict=True)]
        elif one != other:
            yield under


def test_a_file_that_does_not_read_back_is_refused() -> None:
    laid = checked(released()).pdf
    family = released()
    family.change("conflict_profile", summary="Something else.")
    another = SigningIdentity.make(name="Jo Outreach", role="family worker", organisation="Example Outreach")
    damaged = bytearray(sealed())
    damaged[len(damaged) // 2] ^= 1
    for file, pages, key, secret in [
        (sealed(), laid_out(family), identity(), passphrase()),
        (sealed(), laid, another, passphrase()),
        (sealed(), laid, identity(), new_passphrase()),
        (bytes(damaged), laid, identity(), passphrase()),
        (laid, laid, identity(), passphrase()),
        (b"", laid, identity(), passphrase()),
    ]:
        with pytest.raises(SealFailed):
            read_back(file, pages, key, secret)
    read_back(sealed(), laid, identity(), passphrase())


def test_a_pack_that_prints_another_keys_fingerprint_is_not_sealed() -> None:
    another = SigningIdentity.make(name="Jo Outreach", role="family worker", organisation="Example Outreach")
    with pytest.raises(SealFailed):
        seal_checked(checked(released()), another, passphrase())


def test_a_pack_and_its_secrets_are_not_shown_by_accident() -> None:
    assert "PDF" not in repr(checked(released()))
