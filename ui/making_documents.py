"""Which document is wanted: by whom it is for and what it does, not by the name of its kind."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from spr_desktop.casework.making import ACCESS, AUDIT, BRIEF, COPY, NOTICE, PACK, items_to_review
from spr_desktop.pathway.result import Decision
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import newest_packs
from spr_desktop.records.people import Person
from spr_desktop.records.work import Wraparound
from ui.desk import Desk
from ui.form_texts import words_for
from ui.parts import button, card, column, in_lines, label
from ui.theme import BETWEEN
from ui.where import Where
from ui.wrapping import wrapping

_PACK: Final = "Asks for the service. It holds separate information about each adult, each on pages of their own."
_NOT_YET: Final = "Asks for the service. It can be made once nothing stands in the way."
_NOTICE: Final = "Tells everybody who received a pack not to use it any more, without saying why."
_AUDIT: Final = "Shows how the work was done, by day. No answers, and no names of the family."
_COPY: Final = "What is recorded of this person, to be given to them. Nothing of anybody else."
_BRIEF: Final = "For {who}, who supports this person: how to be in touch, and what comes next."
_ACCESS: Final = "They asked to see what you hold about them. You decide about each record first."


class MakingDocuments:
    """What may be made for a family, as cards: for the SPR team, for the manager, and for or about each person."""

    def __init__(self, desk: Desk, case: Case, decision: Decision) -> None:
        self._desk = desk
        self._case = case
        self._decision = decision

    def cards(self) -> list[QFrame]:
        """A card for each reader; a document that makes no sense yet is not offered, or says what comes first."""
        team = self._offer(PACK, None, _PACK) if self._decision.ready else self._pack_later()
        cards = [
            _card(
                label("For the SPR team", "heading"),
                team,
                *([self._offer(NOTICE, None, _NOTICE)] if newest_packs(self._case) else []),
            ),
            _card(label("For your manager", "heading"), self._offer(AUDIT, None, _AUDIT)),
        ]
        cards += [self._about_adult(each.body) for each in self._case.adults]
        return cards + self._about_children()

    def _about_children(self) -> list[QFrame]:
        """A child who understands it may ask as well; one card for all of them."""
        asked = [each.body for each in self._case.children if items_to_review(self._case, each.body.person_id)]
        if not asked:
            return []
        ways = [self._button(ACCESS, each, f"Access request of {each.known_as}") for each in asked]
        return [_card(label("For or about a child", "heading"), wrapping(*ways), label(_ACCESS, "quiet"))]

    def _about_adult(self, person: Person) -> QFrame:
        support = [
            each.body.practitioner.name
            for each in self._case.current(Wraparound).values()
            if each.body.for_person == person.person_id
            and (each.body.ended_on is None or each.body.ended_on > date.today())
        ]
        brief = [self._offer(BRIEF, person, _BRIEF.format(who=support[0]))] if support else []
        return _card(
            label(f"For or about {person.known_as}", "heading"),
            self._offer(COPY, person, _COPY),
            *brief,
            self._access(person),
        )

    def _access(self, person: Person) -> QWidget:
        return self._offer(ACCESS, person, _ACCESS)

    def _pack_later(self) -> QWidget:
        way = button("See what stands in the way", partial(self._desk.show_check, self._case.case_ref), "link")
        return column(label(words_for("referral_pack"), "label"), label(_NOT_YET, "quiet"), way, gap=2)

    def _offer(self, kind: str, person: Person | None, what: str) -> QWidget:
        made = self._button(kind, person, words_for(kind.replace("-", "_")))
        made.setAccessibleDescription(what)
        made.setMaximumWidth(made.sizeHint().width() + BETWEEN)
        return column(made, label(what, "quiet"), gap=2)

    def _button(self, kind: str, person: Person | None, text: str) -> QPushButton:
        name = f"Make: {words_for(kind.replace('-', '_'))}{f', {person.known_as}' if person else ''}"
        return button(in_lines(text), partial(self._make, kind, person.person_id if person else None), name=name)

    def _make(self, kind: str, person_id: str | None) -> None:
        about = {"case_ref": self._case.case_ref, "person_id": person_id}
        self._desk.go(Where("review", about) if kind == ACCESS else Where("document", about | {"kind": kind}))


def _card(*parts: QWidget) -> QFrame:
    """A card that keeps its parts at the top where the one beside it is higher."""
    made = card(*parts)
    layout = made.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addStretch(1)
    return made
