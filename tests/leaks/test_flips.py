"""A sample of changed bytes, and changes that somebody makes who has the passphrase: each is said."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from spr_desktop.documents.errors import NotAPack
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.reading import attached, texts_of_pages
from spr_desktop.documents.seal import seal
from spr_desktop.documents.verify import embedded_data, verify
from tests.documents.packs import identity, passphrase, sealed
from tests.documents.test_seal import WHEN
from tests.leaks.conftest import FLIPS, SEED
from tests.leaks.flipping import flip, places


def test_every_changed_byte_is_said_by_the_program_and_by_its_exit_code() -> None:
    found = flip(sealed(), passphrase(), places(len(sealed()), FLIPS, SEED, every=None), ask_others_each=FLIPS // 4)
    assert found.wrong == []
    assert (found.invalid + found.unreadable, found.told_by_command) == (FLIPS, found.poppler_asked)


# By somebody who has the passphrase


def updated(change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The sealed pack with an update at its end."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
    writer.encrypt(passphrase())  # type: ignore[no-untyped-call]
    change(writer)
    target = io.BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def _other_first_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root.raw_get("/Pages")
    kids = pages.get_object()["/Kids"]
    kids[0] = kids.raw_get(1)
    writer.mark_update(pages)


def _note_on_the_first_page(writer: IncrementalPdfFileWriter) -> None:
    note = generic.DictionaryObject(  # type: ignore[no-untyped-call]
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 90))),
            generic.pdf_name("/Contents"): generic.pdf_string("Ring another number"),
            generic.pdf_name("/DA"): generic.pdf_string("/Helv 12 Tf"),
        }
    )
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    page.get_object()["/Annots"].append(writer.add_object(note))
    writer.mark_update(page)
    writer.update_container(page.get_object()["/Annots"])


def _other_data(writer: IncrementalPdfFileWriter) -> None:
    file = writer.root["/AF"][0]["/EF"]
    file[generic.pdf_name("/F")] = writer.add_object(generic.StreamObject(stream_data=b'{"reference": "AAAA-BBBB"}'))
    writer.update_container(file)


def _no_data(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Names"]
    writer.update_root()  # type: ignore[no-untyped-call]


def _other_title(writer: IncrementalPdfFileWriter) -> None:
    title = {generic.pdf_name("/Title"): generic.pdf_string("Another pack")}
    writer.set_info(generic.DictionaryObject(title))  # type: ignore[no-untyped-call]


def _seal_taken_away(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "change",
    [_other_first_page, _note_on_the_first_page, _other_data, _no_data, _other_title, _seal_taken_away],
)
def test_an_update_after_the_seal_is_said(change: Callable[[IncrementalPdfFileWriter], None]) -> None:
    changed = updated(change)
    assert changed.startswith(sealed())
    found = verify(changed, passphrase())
    assert (found.valid, found.covers_whole_file) == (False, False)
    with pytest.raises(NotAPack):
        embedded_data(changed, passphrase())


def test_a_pack_that_was_opened_changed_and_sealed_by_another_shows_the_other_key() -> None:
    """Nobody can keep who has the passphrase from it; the fingerprint tells, and the first page names another one."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed()), password=passphrase()) as opened:
        del opened.Root.Perms, opened.Root.AcroForm.Fields[0]["/V"]
        del opened.pages[1]
        opened.save(target, encryption=False)
    another = SigningIdentity.make(name="Jo Outreach", role="family worker", organisation="Example Outreach")
    forged = seal(target.getvalue(), another, passphrase(), at=WHEN)
    found = verify(forged, passphrase(), [identity().certificate_pem().encode()])
    assert (found.valid, found.trusted) == (True, False)
    assert found.fingerprint == another.fingerprint != identity().fingerprint
    printed = "".join("".join(texts_of_pages(forged, passphrase())).split())
    assert "".join(identity().fingerprint.split()) in printed


def test_data_that_were_replaced_are_not_taken_from_an_unsealed_copy() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed()), password=passphrase()) as opened:
        opened.attachments["referral.json"] = b'{"reference": "AAAA-BBBB"}'
        opened.save(target)
    assert b"AAAA-BBBB" in attached(target.getvalue(), "referral.json", None)
    with pytest.raises(NotAPack):
        embedded_data(target.getvalue(), passphrase())
