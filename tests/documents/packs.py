"""Packs for tests: families whose ways of contact are released, their contents, and files made of them."""

from __future__ import annotations

import copy
import subprocess
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from spr_desktop.documents.contents import Origin, ReferralPack
from spr_desktop.documents.forbidden import forbidden_in_pack
from spr_desktop.documents.identity import SigningIdentity
from spr_desktop.documents.making import Checked, check, lay_out, seal_checked
from spr_desktop.documents.passphrase import new_passphrase
from spr_desktop.documents.referral_pack import referral_pack
from spr_desktop.documents.workers import worker
from spr_desktop.pathway.definition import definition
from spr_desktop.records.case import Case
from spr_desktop.records.case_document import read_case_document
from spr_desktop.records.people import Professional
from spr_desktop.records.record import now
from tests.cases import CASE_REF, TODAY, Family, professional

REFERENCE: Final = "K7QX-3M2P"
REFERRER: Final = Professional(
    name="Jo Outreach",
    role="family worker",
    organisation="Example Outreach",
    phone="023 8018 0100",
    email="jo.outreach@example.org",
)
NUMBERS: Final = {"a": "07700 900181", "b": "07700 900182"}

FOREIGN_NAMES: Final = (
    "Łukasz", "Žižková", "Nguyễn", "محمد", "谢", "王小明", "O’Neil", "עברית", "हिन्दी", "প্রিয়া", "ਗੁਰਪ੍ਰੀਤ",
    "ગુજરાતી", "தமிழ்", "ไทย", "ሰላም", "ქეთევან", "Հայկ", "Ελένη", "Юлія", "김민준", "さくら", "മലയാളം",
)  # fmt: skip
LONG_WORD: Final = "Wolfeschlegelsteinhausenbergerdorff" * 4
LONG_NAME: Final = "Maximiliana Theodora Wilhelmina Alexandrina " * 4

ROOT: Final = Path(__file__).parents[2]
EXAMPLES: Final = ROOT / "tests" / "examples"


def released(service: str = "mediation") -> Family:
    """A ready family of which each parent lets a number of their own go to the service."""
    family = Family(service)
    for person, number in NUMBERS.items():
        family.change("contact_point", person, disclosure="service_only", value=number)
    return family


def large_family() -> Family:
    """Four adults and six children with the longest and the most foreign names."""
    family = released()
    for person in ("d", "e"):
        _copy_person(family, "a", person)
    for one, other in combinations(("a", "b", "d", "e"), 2):
        if {one, other} == {"a", "b"}:
            continue
        for teller in (one, other):
            family.add("relationship", -50, between=[one, other], status="separated_living_apart", according_to=teller)
    family.change("referral", taking_part=["a", "b", "d", "e"])
    names = {"a": "王小明 Łukasz", "b": "محمد بن عبد الله", "d": LONG_NAME, "e": LONG_WORD}
    for person, name in names.items():
        family.change("person", person, given_names=name, family_name="Wolfeschlegelsteinhausenbergerdorff")
    family.change("person", "c1", given_names=" ".join(FOREIGN_NAMES))
    for number in range(2, 7):
        _add_child(family, f"c{number}", f"{LONG_NAME}{number}")
    family.change("conflict_profile", summary="\n".join(f"{number}. {'words ' * 60}" for number in range(30)))
    return family


def _copy_person(family: Family, of: str, to: str) -> None:
    """Say of another adult what is said of one."""
    for entry in list(family.entries):
        body = copy.deepcopy(entry["body"])
        fields = [name for name in ("person_id", "for_person", "adult_id") if body.get(name) == of]
        if not fields or entry["kind"] == "relationship":
            continue
        for name in ("contact_id", "commitment_id", *fields):
            if name in body:
                body[name] = to if name in fields else f"{body[name]}-{to}"
        if entry["kind"] == "contact_point":
            body["value"] = {"d": "07700 900183", "e": "07700 900184"}[to]
        if entry["kind"] == "wraparound":
            body["practitioner"] = professional(f"Demo of {to}")
        family.add(entry["kind"], entry["happened_on"], **body)


def _add_child(family: Family, child: str, name: str) -> None:
    family.add("person", -69, person_id=child, role="child", given_names=name, date_of_birth="2013-02-10")
    for adult in ("a", "b", "d", "e"):
        family.add("parental_responsibility", -60, child_id=child, adult_id=adult, held="yes")
    wording: dict[str, Any] = {"wants_to_take_part": "yes", "agreed_wording": "Would like it to be quieter at home."}
    family.add("child_voice", -32, child_id=child, how="conversation", **wording)


def origin(**more: Any) -> Origin:
    """Where a document comes from, with what a test changes."""
    told: dict[str, Any] = {
        "reference": REFERENCE,
        "version": 1,
        "made_on": TODAY,
        "referrer": worker(REFERRER),
        "key_holder": REFERRER.name,
        "key_fingerprint": identity().fingerprint,
    }
    found: Origin = told | more  # type: ignore[assignment]
    return found


def contents(family: Family, **more: Any) -> ReferralPack:
    """What the family's pack says."""
    case = Case(CASE_REF, family.records(), family.as_of)
    decision = family.check()
    assert decision.ready, [f"{each.rule} {each.subject}: {each.reason}" for each in decision.in_the_way]
    return referral_pack(case, decision, definition(), origin(**more))


def laid_out(family: Family) -> bytes:
    """The family's pack, not sealed yet."""
    return lay_out(contents(family))


def checked(family: Family) -> Checked:
    """The family's pack, checked for leaks; raises LeakFound."""
    case = Case(CASE_REF, family.records(), family.as_of)
    return check(laid_out(family), forbidden_in_pack(case, family.check(), definition()))


@cache
def identity() -> SigningIdentity:
    """Somebody who seals packs."""
    return SigningIdentity.make(name="Jo Outreach", role="family worker", organisation="Example Outreach")


@cache
def passphrase() -> str:
    """The passphrase of sealed packs."""
    return new_passphrase()


@cache
def sealed() -> bytes:
    """An ordinary pack, sealed."""
    return seal_checked(checked(released()), identity(), passphrase())


def example(name: str) -> Family:
    """A family of the example cases, as it stands there."""
    document = read_case_document((EXAMPLES / name).read_bytes(), written_at=now())
    family = Family()
    family.entries = []
    family.records = lambda: document.records  # type: ignore[method-assign]
    return family


def run(*command: str | Path, stdin: bytes | None = None) -> str:
    """What another program says; fails the test if it fails."""
    done = subprocess.run([*map(str, command)], input=stdin, capture_output=True, check=False)
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0, said
    return said
