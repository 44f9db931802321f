"""Families for tests: one that is ready for its service, and that a test changes where it matters.

    family = Family("mediation")
    family.change("safety_conversation", "a", alone="no")
    assert family.check().of("A02", "a").outcome == "not_yet"

Two parents, ``a`` and ``b``, and their children ``c1`` and (for family counselling) ``c2``. Every rule passes on the
day of the check. Records are kept as the case document has them, and are read by the program whenever they are asked
for, so that no test works on a case that could not be.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from spr_desktop.pathway.check import check
from spr_desktop.pathway.definition import Definition
from spr_desktop.pathway.questions import BUILT_IN, question_set
from spr_desktop.pathway.result import CASE, Decision
from spr_desktop.records.case_document import read_case_document
from spr_desktop.records.record import AnyRecord

TODAY: Final = date(2026, 11, 22)
"""The day of the check, unless a test names another."""
CASE_REF: Final = "K7QX-3M2P"
RECORDER: Final = "J. Outreach"
MANAGER: Final = "M. Manager"
RATIONALE: Final = "Rows go both ways and end; each says alone that they are not afraid."

PlainRecord = dict[str, Any]

_RELATIONSHIP: Final = {
    "mediation": "separated_living_apart",
    "couple_support": "together_living_together",
    "family_counselling": "separated_living_apart",
}
_CHILDREN: Final = {
    "mediation": {"c1": (13, "Kit")},
    "couple_support": {"c1": (5, "Kit")},
    "family_counselling": {"c1": (12, "Kit"), "c2": (9, "Bo")},
}
_RECIPIENTS: Final = {
    "mediation": ["spr_team", "mediation_now"],
    "couple_support": ["spr_team", "mediation_now", "southampton_family_trust"],
    "family_counselling": ["spr_team", "off_the_record", "hart_voluntary_action"],
}


class Family:
    """A family that is ready for a service, to be changed."""

    def __init__(self, service: str = "mediation", as_of: date = TODAY) -> None:
        self.service = service
        self.as_of = as_of
        self.entries: list[PlainRecord] = []
        """The records, as the case document has them."""
        self._number = 0
        self.children = list(_CHILDREN[service])
        self._tell_of_people()
        self._tell_of_the_family()
        for person in ("a", "b"):
            self._make_ready(person)
        self._refer()

    # Changing

    def add(
        self,
        kind: str,
        on: int | str = 0,
        at: str | None = None,
        *,
        recorded_by: str | None = RECORDER,
        supersedes: tuple[str, ...] = (),
        **body: Any,
    ) -> str:
        """Add a record of a day (so many days from the day of the check, or a date), and give its id.

        A field whose name is a word of Python takes an underscore at its end; a field of None is left out.
        """
        self._number += 1
        number = self._number
        day = self.day(on) if isinstance(on, int) else on
        entry = {
            "id": str(UUID(int=number, version=4)),
            "kind": kind,
            "happened_on": f"{day}T{at}" if at else day,
            "recorded_at": f"{day}T17:{number // 60 % 60:02}:{number % 60:02}Z",
            "recorded_by": recorded_by,
            "supersedes": list(supersedes),
            "body": {name.removesuffix("_"): value for name, value in body.items() if value is not None},
        }
        if recorded_by is None:
            del entry["recorded_by"]
        self.entries.append(entry)
        return str(entry["id"])

    def change(self, kind: str, *of: str, **fields: Any) -> None:
        """Give fields of every such record another value; None takes a field away."""
        for entry in self.found(kind, *of):
            entry["body"].update({name.removesuffix("_"): value for name, value in fields.items()})
            entry["body"] = {name: value for name, value in entry["body"].items() if value is not None}

    def move(self, kind: str, *of: str, on: int | str, at: str | None = None) -> None:
        """Let every such record have happened on another day."""
        for entry in self.found(kind, *of):
            day = self.day(on) if isinstance(on, int) else on
            entry["happened_on"] = f"{day}T{at}" if at else day

    def drop(self, kind: str, *of: str) -> None:
        """Take every such record away."""
        gone = [each["id"] for each in self.found(kind, *of)]
        self.entries = [each for each in self.entries if each["id"] not in gone]

    def found(self, kind: str, *of: str) -> list[PlainRecord]:
        """The records of a kind in which each of these values stands; at least one, or the test is about nothing."""
        found = [
            each
            for each in self.entries
            if each["kind"] == kind and all(value in each["body"].values() for value in of)
        ]
        assert found, f"no {kind} of {of}"
        return found

    def day(self, days: int) -> str:
        """The day so many days after the day of the check, as a text."""
        return (self.as_of + timedelta(days=days)).isoformat()

    # Reading

    def document(self) -> bytes:
        """The case document."""
        document = {"format": "spr-case", "version": 1, "case_ref": CASE_REF, "records": self.entries}
        return json.dumps(document, ensure_ascii=False).encode()

    def records(self) -> tuple[AnyRecord, ...]:
        """The records as the program reads them."""
        return read_case_document(self.document(), written_at=datetime(2026, 11, 22, 9, tzinfo=UTC)).records

    def check(self, service: str | None = None, pathway: Definition | None = None) -> Decision:
        """What the pathway says on the day."""
        return check(CASE_REF, self.records(), self.as_of, service, pathway=pathway)

    # The ready family

    def _tell_of_people(self) -> None:
        self.add("case_opened", -70, organisation="Example Council", team="Demo team")
        self.add("lead_professional", -70, professional=professional("Linden Demo"))
        for person, given, family in (("a", "Jo", "Example"), ("b", "Sam", "Sample")):
            names: PlainRecord = {"given_names": given, "family_name": family}
            self.add("person", -69, person_id=person, role="parent_carer", lives_in_area="yes", **names)
        for child, (age, given) in _CHILDREN[self.service].items():
            born = self.as_of.replace(year=self.as_of.year - age, month=2, day=10).isoformat()
            self.add("person", -69, person_id=child, role="child", given_names=given, date_of_birth=born)
            for adult in ("a", "b"):
                held: PlainRecord = {"held": "yes", "evidence_seen": "yes"}
                self.add("parental_responsibility", -60, child_id=child, adult_id=adult, **held)

    def _tell_of_the_family(self) -> None:
        for teller in ("a", "b"):
            status = _RELATIONSHIP[self.service]
            self.add("relationship", -50, between=["a", "b"], status=status, according_to=teller)
        self.add("conflict_profile", -41, frequent="yes", intense="yes", poorly_resolved="yes")
        self.add("universal_offer", -38, item="arguing_better", result="not_suitable_entrenched")
        self.add("plan", -33, type="early_help", intervention_in_plan="yes", closure_because_of_referral="no")
        for child in self.children:
            self.add("child_voice", -32, child_id=child, how="conversation", wants_to_take_part="yes")
        self.add("suitability", -17, check="public_law", value="no")

    def _make_ready(self, person: str) -> None:
        self.add(
            "safety_conversation",
            -20,
            person_id=person,
            state="completed",
            tool="spr_safety_net",
            alone="yes",
            practitioner_outcome="harmful_conflict",
            rationale=RATIONALE,
        )
        self.add(
            "readiness",
            -16,
            person_id=person,
            wants_change="yes",
            freely_chosen="yes",
            sees_child_view="yes",
            open_to_another_professional="yes",
        )
        self.add(
            "wraparound",
            -9,
            commitment_id=f"for-{person}",
            for_person=person,
            practitioner=professional({"a": "Wren Demo", "b": "Ash Demo"}[person]),
            known_to_parent="yes",
            outside_service="yes",
        )
        self.add(
            "contact_point",
            -6,
            contact_id=f"mobile-{person}",
            person_id=person,
            type="mobile",
            value="07700 900197",
            safe="yes",
            monitored_by_others="no",
            shared_with_other_parent="no",
            voicemail_ok="no",
            text_ok="yes",
            confirmed_on=self.day(-6),
        )

    def _refer(self) -> None:
        taking_part = ["a", "b"] + (self.children if self.service == "family_counselling" else [])
        for person in taking_part:
            for what in ("active_crisis", "therapy"):
                self.add("suitability", -17, check=what, person_id=person, value="no")
            self.add(
                "sharing_basis",
                -10,
                person_id=person,
                article_6="public_task",
                policy_followed="yes",
                recipients=list(_RECIPIENTS[self.service]),
            )
        for person in ("a", "b"):
            notice: PlainRecord = {"notice": "spr-hiep-families", "version": "1", "method": "read_aloud"}
            self.add("privacy_notice", -11, person_id=person, **notice)
            agreed: PlainRecord = {
                "agreed": "yes",
                "wishes_to_access": "yes",
                "given_alone": "yes",
                "method": "face_to_face",
            }
            self.add("agreement", -10, person_id=person, service=self.service, **agreed)
        for child in taking_part[2:]:
            self.add("child_agreement", -9, child_id=child, service=self.service, informed="yes", agrees="yes")
        self.add(
            "referral",
            -12,
            service=self.service,
            taking_part=taking_part,
            first_discussed_on=self.day(-12),
            referred_on=self.day(-4),
        )


def professional(name: str, organisation: str = "Example Outreach") -> dict[str, str]:
    """Somebody who works with the family."""
    return {"name": name, "role": "support worker", "organisation": organisation}


def mild_answers(**but: str) -> dict[str, dict[str, str]]:
    """An answer without effect to every built-in question, but for those that are named."""
    questions = question_set(BUILT_IN).questions.values()
    answers = {
        each.id: next(choice.code for choice in each.choices if choice.code not in each.effects) for each in questions
    }
    return {question: {"value": value} for question, value in (answers | but).items()}


__all__ = ["CASE", "CASE_REF", "MANAGER", "RECORDER", "TODAY", "Family", "PlainRecord", "mild_answers", "professional"]
