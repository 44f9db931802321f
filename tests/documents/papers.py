"""Every paper that the program makes, unsealed, for tests of what all have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from spr_desktop.casework.making import ACCESS, AUDIT, BRIEF, COPY, NOTICE, PACK
from spr_desktop.documents.activity_sheet import Entry, activity_sheet
from spr_desktop.documents.certificate import certificate_page
from spr_desktop.documents.proof_sheet import Line, proof_sheet
from spr_desktop.documents.recovery_sheet import recovery_sheet
from tests.cases import Family
from tests.documents.kinds import made
from tests.documents.marks import marked_family
from tests.documents.packs import laid_out, large_family, released
from tests.documents.test_certificate import CERTIFICATE
from tests.documents.test_other_kinds import with_pack

KEY: Final = "A1B2-C3D4-E5F6-G7H8-J9K0-M1N2-P3Q4-R5S6-T7"
MANY: Final = 60


def paper_of(kind: str, family: Family) -> bytes:
    """A document of a kind about a family, as it is before it is sealed."""
    return laid_out(family) if kind == PACK else made(family, kind, None if kind in (NOTICE, AUDIT) else "a").pdf


def foreign_family() -> Family:
    """A family with names in scripts that run from the right, that join, and that have no spaces."""
    family = released()
    for person, name in {"a": "محمد بن عبد الله", "b": "谢 王小明", "c1": "עברית हिन्दी ไทย"}.items():
        family.change("person", person, given_names=name, family_name="")
    return family


SEALED_KINDS: Final[dict[str, Callable[[], bytes]]] = {
    "pack": lambda: laid_out(released()),
    "large pack": lambda: laid_out(large_family()),
    "pack of foreign names": lambda: laid_out(foreign_family()),
    "copy": lambda: paper_of(COPY, released()),
    "copy for a foreign name": lambda: paper_of(COPY, foreign_family()),
    "brief": lambda: paper_of(BRIEF, released()),
    "notice": lambda: paper_of(NOTICE, with_pack(marked_family().family)),
    "audit": lambda: paper_of(AUDIT, released()),
    "audit of everything": lambda: paper_of(AUDIT, marked_family().family),
    "access": lambda: paper_of(ACCESS, released()),
}
"""Documents that are sealed."""

OTHER_PAPERS: Final[dict[str, Callable[[], bytes]]] = {
    "recovery sheet": lambda: recovery_sheet(KEY),
    "proof sheet": lambda: proof_sheet(
        "Everything that was checked is whole.",
        [("Vault", "4f2c"), ("Checked on", "3 November 2026")],
        [
            Line("The records", True, "Whole", "Each follows from the one before."),
            Line("A backup", False, "Not", "Gone."),
        ],
        ["That nobody saw it."],
        "Nothing needs to be done.",
    ),
    "activity": lambda: activity_sheet(
        [("Vault", "4f2c")], [("3 November 2026", Entry("09:05", "K7QX-3M2P", "Opened"))] * MANY
    ),
    "no activity": lambda: activity_sheet([("Vault", "4f2c")], []),
    "certificate": lambda: certificate_page(CERTIFICATE),
}
"""Papers without a seal."""

PAPERS: Final = [*SEALED_KINDS, *OTHER_PAPERS]


@cache
def paper(name: str) -> bytes:
    """One of them."""
    return {**SEALED_KINDS, **OTHER_PAPERS}[name]()
