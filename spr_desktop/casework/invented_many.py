"""Very many invented families, each with fourteen records, the same ones in every run: for measuring, not for showing.

Nothing here needs a vault, so that a process with another SQLite can make the same families.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from spr_desktop.records.agreement import Agreement
from spr_desktop.records.people import CaseOpened, ContactPoint, LeadProfessional, Person, Professional, Relationship
from spr_desktop.records.record import AnyRecord, Body, Record
from spr_desktop.records.safety import SafetyConversation
from spr_desktop.records.values import When
from spr_desktop.records.work import DocumentMade, Note, NoteBlock, Referral

RECORDS: Final = 14
"""Records of each family."""

_GIVEN: Final = tuple(
    name
    for line in (
        "Alex Billie Chris Dana Ellis Fern Gray Harper Indra Jo Kim Lan Maya Noor Oli Pat Quinn Robin Sam Toni",
        "Uma Val Wren Xanthe Yusuf Zofia Łukasz Siân Nguyễn Samira Morgan Lee Rowan Ash Bo Casey Drew Eden Frances",
        "Glen Hollis Ira Jules Kit Lou Max Nico Ona Perry Ray",
    )
    for name in line.split()
)
_FAMILY: Final = tuple(
    name
    for line in (
        "Example Sample Invented Fictional Madeup Pretend Nobody Imaginary Imagined Testcase Specimen Placeholder",
        "Standin Dummy Mock Newcomer Przykład Vzorová Muster Modelo Exemple Esempio Voorbeeld Örnek Pelda Mostra",
    )
    for name in line.split()
)
_SYLLABLES: Final = ("ba", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "wa", "ze")
_TEXT: Final = (
    "Rows about money and times of contact, several a week, which are not settled. Each says alone that there is no "
    "fear, and gives examples of saying no. The child was at school. Will look at it again in two weeks."
)


@dataclass(frozen=True, slots=True)
class ManyFamilies:
    """So many invented families; a family is named by its number."""

    count: int
    today: date

    def case_ref(self, number: int) -> str:
        """The reference of a family."""
        digits = f"{number:08}"
        return f"{digits[:4]}-{digits[4:]}"

    def names(self, number: int) -> tuple[str, str, str]:
        """Full names of the two parents and the child."""
        first, second = self._family_name(number), self._family_name(number * 31 + 7)
        given = [_GIVEN[(number * step + step) % len(_GIVEN)] for step in (7, 11, 13)]
        return f"{given[0]} {first}", f"{given[1]} {second}", f"{given[2]} {first}"

    def records(self, number: int) -> list[AnyRecord]:
        """Fourteen records; their days differ from family to family."""
        return [
            self.record(number, place, days, body) for place, (days, body) in enumerate(self._events(number), start=1)
        ]

    def record(self, number: int, place: int, days_ago: int, body: Body) -> AnyRecord:
        """A record of a family, on so many days before today."""
        day = self.today - timedelta(days=days_ago)
        return Record(
            id=str(UUID(int=number * 1000 + place, version=4)),
            happened_on=When(day),
            recorded_at=datetime.combine(day, time(17, 0, place % 60), tzinfo=UTC),
            recorded_by="J. Outreach",
            body=body,
        )

    def note(self) -> Note:
        """Something that was written down."""
        return Note(type="visit", blocks=(NoteBlock(type="fact", text=_TEXT),))

    def _family_name(self, number: int) -> str:
        """One of some that many share, or one that few do."""
        if number % 3 == 0:
            return _FAMILY[number // 3 % len(_FAMILY)]
        parts = [_SYLLABLES[number // 12**power % 12] for power in range(4)]
        return "".join(parts).capitalize()

    def _events(self, number: int) -> Iterator[tuple[int, Body]]:
        since = 20 + number % 120
        lead = Professional(name="Linden Demo", role="family worker", organisation="Example Outreach")
        yield since, CaseOpened(organisation="Example Outreach")
        yield since, LeadProfessional(professional=lead)
        roles: tuple[tuple[str, bool], ...] = (("a", True), ("b", True), ("c1", False))
        for (person_id, is_adult), name in zip(roles, self.names(number), strict=True):
            given, family = name.split(" ")
            yield (
                since,
                Person(
                    person_id=person_id,
                    role="parent_carer" if is_adult else "child",
                    given_names=given,
                    family_name=family,
                    lives_in_area="yes",
                    date_of_birth=self.today - timedelta(days=(11000 if is_adult else 3000) + number % 3000),
                ),
            )
        yield since, Relationship(between=("a", "b"), status="separated_living_apart", according_to="a")
        for person_id in ("a", "b"):
            yield since - 5, self._conversation(person_id)
            yield since - 12, self._contact(person_id, number)
        yield since - 10, Referral(service="mediation", taking_part=("a", "b"))
        yield since - 12, self._agreement("a")
        yield since - 14, self.note()
        yield (
            since - 15,
            DocumentMade(
                document_id=f"P{number:07}",
                document="referral-pack",
                sha256="0" * 64,
                pathway_version="hampshire-spr/1",
                recipient="Hampshire SPR team",
            ),
        )

    def _conversation(self, person_id: str) -> SafetyConversation:
        return SafetyConversation(
            person_id=person_id,
            state="completed",
            tool="spr_safety_net",
            alone="yes",
            practitioner_outcome="harmful_conflict",
            rationale=_TEXT,
        )

    def _contact(self, person_id: str, number: int) -> ContactPoint:
        return ContactPoint(
            contact_id=f"mobile-{person_id}",
            person_id=person_id,
            type="mobile",
            value=f"07700 900{number % 1000:03}",
            safe="yes",
            monitored_by_others="no",
            shared_with_other_parent="no",
            voicemail_ok="no",
            text_ok="yes",
            confirmed_on=self.today - timedelta(days=number % 30),
        )

    def _agreement(self, person_id: str) -> Agreement:
        return Agreement(
            person_id=person_id,
            service="mediation",
            agreed="yes",
            wishes_to_access="yes",
            given_alone="yes",
            method="face_to_face",
        )
