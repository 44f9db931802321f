"""Texts that are meant to do something, in every text of every kind of document: ``python -m tests.leaks.hostile``.

A process of its own, since what watches a process cannot be taken away again: once everything is loaded, each file that
is opened, each connection and each program that is started is noted. Prints what came of each document as JSON.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pikepdf

from spr_desktop.casework.making import ABOUT_ONE, ACCESS, AUDIT, BRIEF, COPY, KINDS, NOTICE, PACK, Wish, prepare
from spr_desktop.documents.errors import LeakFound, MissingGlyph
from spr_desktop.documents.reading import texts_of_pages
from spr_desktop.documents.subject_access import Decided
from spr_desktop.records.faults import InvalidDocument
from spr_desktop.records.work import Note
from tests.cases import TODAY, Family
from tests.documents.kinds import PRACTITIONER, as_proposed, case_of
from tests.documents.packs import identity, released
from tests.leaks.extraction import strings_in

LONGEST: Final = 100_000
MARKUP: Final = (
    '<img src="file:///etc/passwd">',
    '<img src="/etc/hostname" width="9"/>',
    '<img src="https://example.org/x.png"/>',
    '<img src="data:image/png;base64,AAAA"/>',
    '<a href="https://example.org/">here</a>',
    '<a href="javascript:alert(1)">here</a>',
    '<link destination="x">x</link>',
    '<onDraw name="x" label="y"/>',
    "<font color=\"[[[getattr(pow, Word('__globals__'))]]]\">x</font>",
    "<b><i>never closed",
    "</para></font></b>",
    "<para><seq id='a'/><br/>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "<![CDATA[ x ]]> <?xml version='1.0'?>",
    "&lt;b&gt; &#60;b&#62; &nbsp; &unknown; &#0; &#xD800;",
    "javascript:alert(1) https://example.org/ mailto:x@example.org",
    "(unbalanced \\( \\) \\053 <48656c6c6f> /Name [ 1 0 R ] endobj stream",
    "%%EOF %PDF-1.7 {{7*7}} ${7*7} %(x)s %n {0.__class__}",
    "=cmd|'/c calc'!A1 @SUM(1) +1 -1",
    "../../etc/passwd C:\\Windows \\\\server\\share",
)
"""Printed as they were typed."""
REFUSED: Final = {
    "NUL": "a\x00b",
    "escape": "a\x1b[2Jb",
    "backspaces": "no\x08\x08yes",
    "carriage return": "kept\rhidden",
    "next line": "a\x85b",
    "delete": "a\x7fb",
    "override to the left": "ring \u202e281009\u202c now",
    "override to the right": "ring \u202d281009\u202c now",
    "embedding": "a \u202babc\u202c b",
    "isolate, never ended": "a \u2067abc b",
    "first strong isolate": "a \u2068abc\u2069 b",
    "lone surrogate": "a\ud800b",
    "too long": "x" * (LONGEST + 1),
}
"""No record may hold them."""
NOT_PRINTED: Final = {
    "noncharacter": "a\ufffeb",
    "noncharacter of a far plane": "a\U0001fffeb",
    "private use": "a\ue000b",
    "an emoji": "a 🙂 b",
    "tags": "a\U000e0041b",
    "interlinear marks": "a\ufff9b\ufffac\ufffbd",
    "line separator": "a\u2028b",
    "marks of direction": "07700\u200f900\u200f123 \u200eand\u061c on",
    "variation": "a\ufe0fb",
    "invisible letters": "a\u3164b\u115fc",
    "right to left in the middle": "before שלום עולם 123 after, then مرحبا (456) on",
}
"""Printed without harm, or refused with the name of the character."""
LONG: Final = {
    "one word": "w" * LONGEST,
    "words": "ab " * (LONGEST // 3),
    "spaces": "a" + " " * (LONGEST - 2) + "b",
    "new lines": "a" + "\n" * (LONGEST - 2) + "b",
    "combining marks": "a" + "\u0301" * (LONGEST - 1),
    "tabs": "\t" * LONGEST,
    "brackets": "<a" * (LONGEST // 2),
    "entities": "&amp;" * (LONGEST // 5),
    "figures and letters": "1o" * (LONGEST // 2),
    "one figure and letters": "1" + "o" * (LONGEST - 1),
    "right to left": "שלום " * (LONGEST // 5),
    "Chinese": "谢" * LONGEST,
}
"""As long as a text may be."""

_WATCHED: Final = (
    "open", "socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "ctypes.dlopen", "urllib.",
    "http.client.", "ftplib.", "webbrowser.", "shutil.", "os.listdir", "os.scandir", "glob.",
)  # fmt: skip
_MAY_BE_OPENED: Final = re.compile(r"\.(py|pyc|so|ttf|toml|afm|pfb)$")
_OUTSIDE: Final = frozenset(
    ("/URI", "/JavaScript", "/JS", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/RichMedia")
)
_MARKS: Final = re.compile("[\u200e\u200f\u061c\ufe0f]")
_noticed: list[str] = []
_is_watched = [False]


def watch() -> None:
    """Note from now on what is opened while a document is made; cannot be undone."""
    sys.addaudithook(_notice)


def _notice(event: str, arguments: tuple[Any, ...]) -> None:
    if not _is_watched[0] or not event.startswith(_WATCHED):
        return
    about = str(arguments[0]) if arguments else ""
    if event == "open" and _MAY_BE_OPENED.search(about):
        return  # the program's own; all of its code and fonts are read once
    _noticed.append(f"{event} {about}")


def family_with(text: str, kind: str) -> Family:
    """A family with a text wherever a kind of document prints what was typed; one as long as may be, in one place."""
    family = released()
    if kind == NOTICE:
        family.add("document_made", -1, document_id="K7QX-3M2P", recipient=text, **_MADE)
    elif kind == AUDIT:
        family.add("caution_accepted", -1, rule="A04", subject="a", reason=text)
    elif kind == ACCESS:
        family.add("note", -3, type="visit", about=["a"], blocks=[{"type": "fact", "text": text}])
    else:
        puts = _PUTS[kind] if len(text) < LONGEST else _PUTS[kind][-1:]
        for put in puts:
            put(family, text)
    return family


_MADE: Final[dict[str, Any]] = {"document": "referral-pack", "sha256": "00", "pathway_version": "x"}


def _changed(kind: str, of: str, **fields: str) -> Callable[[Family, str], None]:
    """Puts a text into fields of records; ``{}`` in a value stands for it."""
    return lambda family, text: family.change(
        kind, of, **{name: [text] if value == "[]" else text for name, value in fields.items()}
    )


def _professional(family: Family, text: str) -> None:
    who = {"name": "Wren Demo", "role": text, "organisation": text, "phone": text, "email": text}
    family.change("wraparound", "a", practitioner=who)
    family.change("lead_professional", professional=who | {"name": "Linden Demo"})


_OF_ONE: Final = (
    lambda family, _text: family.change("person", "a", interpreter="spoken"),
    _changed("person", "a", language=""),
    _changed("sharing_basis", "a", article_9=""),
    _professional,
    _changed("person", "a", access_needs="[]"),
)
_PUTS: Final[dict[str, tuple[Callable[[Family, str], None], ...]]] = {
    COPY: _OF_ONE,
    BRIEF: (
        *_OF_ONE,
        lambda family, text: family.change(
            "contact_point", "a", disclosure="may_share", safe_times=text, unsafe_times=text
        ),
    ),
    PACK: (
        *_OF_ONE,
        _changed("contact_point", "a", safe_times="", unsafe_times=""),
        _changed("child_voice", "c1", agreed_wording=""),
        _changed("wraparound", "a", boundary_statement=""),
        _changed("conflict_profile", "yes", summary=""),
    ),
}


def made(text: str, kind: str) -> tuple[str, bytes]:
    """What became of a document with a text: ``made`` and the file, or ``refused`` with the name of why."""
    try:
        family = family_with(text, kind)
        case = case_of(family)
        notes = {each.id: Decided(choice="disclose") for each in case.every(Note)}
        decided = (as_proposed(case, "a") | notes) if kind == ACCESS else {}
        wish = Wish(kind=kind, person_id="a" if kind in ABOUT_ONE else None, decided=decided)
        return "made", prepare(wish, case, family.check(), PRACTITIONER, identity(), TODAY).pdf
    except (InvalidDocument, MissingGlyph, LeakFound) as refused:
        return f"refused: {type(refused).__name__}", b""
    except UnicodeEncodeError:
        return "refused: no file can hold it", b""  # it cannot even be handed over


def tried(name: str, text: str, kind: str) -> dict[str, Any]:
    """Make one document, watched."""
    _noticed.clear()
    began = time.process_time()
    _is_watched[0] = True
    try:
        outcome, pdf = made(text, kind)
    finally:
        _is_watched[0] = False
    seconds = time.process_time() - began
    pages = "".join("".join(texts_of_pages(pdf)).split()) if pdf and len(text) < LONGEST else ""
    return {
        "text": name,
        "kind": kind,
        "outcome": outcome,
        "printed": _MARKS.sub("", "".join(text.split())) in pages,
        "noticed": list(_noticed),
        "outside": sorted(_names_in(pdf) & _OUTSIDE) if pdf and len(text) < LONGEST else [],
        "seconds": round(seconds, 2),
    }


_LONG_AMONG_THE_SHORT: Final = ("one figure and letters", "brackets", "entities")


def _names_in(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {name for each in opened.objects for name in strings_in(each)}


def _all(which: str) -> Iterator[tuple[str, str, str]]:
    if which == "short":
        for kind in KINDS:
            yield "all markup", " ".join(MARKUP), kind
        for kind in (COPY, ACCESS):
            yield from ((name, text, kind) for name, text in NOT_PRINTED.items())
        yield from ((name, text, COPY) for name, text in REFUSED.items())
        yield from ((name, LONG[name], COPY) for name in _LONG_AMONG_THE_SHORT)
    elif which == "long":
        yield from ((name, text, kind) for kind in KINDS for name, text in LONG.items())


def ask(which: str) -> list[dict[str, Any]]:
    """What comes of all of a sort, in a process of its own; raises AssertionError with its words if it breaks down."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.leaks.hostile", which]
    environment = os.environ | {"PYTHONPATH": str(root)}
    ended = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    told: list[dict[str, Any]] = json.loads(ended.stdout)
    return told


def main() -> int:
    """Try all of a sort, ``short`` or ``long``."""
    for kind in KINDS:
        for text in ("loads what is loaded once", " ".join(MARKUP)):
            made(text, kind)
    watch()
    json.dump([tried(*each) for each in _all(sys.argv[1])], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
