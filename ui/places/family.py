"""A family: who they are, the one next step, and what the pathway says with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from spr_desktop.casework.summary import in_order_of_work, next_step
from spr_desktop.casework.words import OUTCOMES, day_text, rule_title, service_title, whom_to_call
from spr_desktop.pathway.result import CASE, Decision, RuleResult
from spr_desktop.records.case import Case
from spr_desktop.records.people import Person
from ui.desk import Desk, Place
from ui.form_texts import FORMS, words_for
from ui.next_steps import CONVERSATION, Way, prepared, starting_referral, way_to, way_to_person
from ui.parts import OutcomeBadge, OutcomeShape, button, card, column, label, row, scrolling
from ui.theme import AROUND, BETWEEN, GAP

_FOR_A_PARENT: Final = (
    "agreement",
    "privacy_notice",
    "sharing_basis",
    "wraparound",
    "contact_point",
    "readiness",
    "wants_without_children",
)
_FOR_A_CHILD: Final = ("child_voice", "child_agreement", "sharing_basis")
_FOR_THE_FAMILY: Final = (
    "person",
    "referral",
    "relationship",
    "parental_responsibility",
    "conflict_profile",
    "universal_offer",
    "suitability",
    "plan",
    "court_matter",
    "lead_professional",
    "life_event",
    "safety_information",
    "advice",
    "safety_action",
    "referral_progress",
)
_ROOM_FOR_TWO: Final = 900
_NEVER_SAFE: Final = "Nothing here says that anybody is out of danger. Stay curious."


class Cards(QWidget):
    """Cards beside each other where there is room for two, below each other where there is not."""

    def __init__(self, cards: list[QFrame]) -> None:
        super().__init__()
        self._cards = cards
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(BETWEEN)
        self._place(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= _ROOM_FOR_TWO else 1)

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, each in enumerate(self._cards):
            self._grid.addWidget(each, number // across, number % across)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, across - 1)


class Family(Place):
    """One family's page."""

    title = "Family"

    def __init__(self, desk: Desk, case_ref: str) -> None:
        super().__init__()
        self._desk = desk
        self._case_ref = self.case_ref = case_ref
        self._case: Case = desk.caseload.case(case_ref, date.today())
        self._decision: Decision = desk.caseload.decide(case_ref, date.today())
        self._main: QPushButton | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            scrolling(column(self._header(), self._step(), self._people(), self._answer(), gap=BETWEEN, around=AROUND))
        )

    def focus_first(self) -> None:
        if self._main:
            self._main.setFocus()

    # Who they are

    def _header(self) -> QWidget:
        alerts = sorted({words_for(alert) for each in self._case.people.values() for alert in each.body.alerts})
        names = [each.body.full_name for each in self._case.adults] or ["Nobody is on record yet"]
        parts: list[QWidget] = [label(self._case_ref, "title"), *(label(each, "heading") for each in names)]
        if alerts:
            parts.append(label(f"Before getting in touch: {', '.join(alerts)}", "label"))
        parts.append(label(service_title(self._decision.service), "quiet"))
        return column(*parts, gap=GAP // 2)

    def _people(self) -> QWidget:
        cards = [self._adult(each.body) for each in self._case.adults]
        cards += [self._child(each.body) for each in self._case.children]
        holder = Cards(cards)
        record = self._menu_button("Record something about the family", _FOR_THE_FAMILY, {})
        return column(label("People", "heading"), holder, row(record))

    def _adult(self, person: Person) -> QFrame:
        talk = button(
            "Safety conversation",
            lambda: self._desk.show_conversation(self._case_ref, person.person_id),
            name=f"Safety conversation with {person.known_as}, alone",
        )
        about = {kind: FORMS[kind].about for kind in _FOR_A_PARENT}
        record = self._menu_button("Record", _FOR_A_PARENT, about, person)
        details = [words_for(person.role)] + [words_for(each) for each in person.alerts]
        return card(
            label(person.full_name, "label"),
            label(", ".join(details), "quiet"),
            row(talk, record, self._change_button(person)),
        )

    def _child(self, person: Person) -> QFrame:
        born = f"Born {day_text(person.date_of_birth)}" if person.date_of_birth else "Date of birth not known"
        if person.expected_on and not person.date_of_birth:
            born = f"Expected {day_text(person.expected_on)}"
        about = {kind: FORMS[kind].about for kind in _FOR_A_CHILD}
        record = self._menu_button("Record", _FOR_A_CHILD, about, person)
        return card(label(person.full_name, "label"), label(born, "quiet"), row(record, self._change_button(person)))

    def _change_button(self, person: Person) -> QPushButton:
        return button(
            "Details",
            lambda: self._take(way_to_person(self._case, person.person_id)),
            "link",
            name=f"Details of {person.known_as}",
        )

    def _menu_button(
        self, text: str, kinds: Iterable[str], about: dict[str, str], person: Person | None = None
    ) -> QPushButton:
        """A button that opens a menu of forms."""
        made = QPushButton(text)
        made.setAccessibleName(f"{text} about {person.known_as}" if person else text)
        menu = QMenu(made)
        for kind in kinds:
            subject = {about[kind]: person.person_id} if person else {}
            menu.addAction(FORMS[kind].title, partial(self._open, kind, subject))
        made.setMenu(menu)
        return made

    def _open(self, kind: str, subject: dict[str, str]) -> None:
        given, starting = prepared(kind, self._decision.service)
        if kind == "referral":
            starting = starting_referral(self._case)
        self._desk.show_form(self._case_ref, kind, given | subject, starting)

    # The next step

    def _step(self) -> QFrame:
        waiting = in_order_of_work(self._decision)
        parts: list[QWidget] = [OutcomeBadge(self._decision.outcome, OUTCOMES[self._decision.outcome])]
        if any(each.kind == "safety" for each in self._decision.rules):
            parts += [label(each, "error" if self._decision.urgent else "") for each in whom_to_call()]
        if self._decision.outcome == "stop":
            parts.append(label("To both parents say only: this service does not fit at the moment.", "quiet"))
        parts.append(label(next_step(self._case, self._decision), "heading"))
        if waiting:
            parts.append(label(self._reason(waiting[0]), "quiet"))
            way = way_to(waiting[0], self._case, self._decision.service)
            if way:
                self._main = button(way.words, lambda: self._take(way), "main")
        else:
            self._main = button("Make the referral pack", lambda: self._desk.show_pack(self._case_ref), "main")
        if self._main:
            parts.append(row(self._main))
        return card(*parts)

    def _reason(self, result: RuleResult) -> str:
        who = self._who(result.subject)
        return f"{who}: {result.reason}" if who else result.reason

    def _who(self, subject: str) -> str:
        if subject == CASE:
            return ""
        person = self._case.people.get(subject)
        return person.body.known_as if person else "Somebody not on record"

    def _take(self, way: Way) -> None:
        if way.kind == CONVERSATION:
            self._desk.show_conversation(self._case_ref, way.given["person_id"])
        else:
            self._desk.show_form(self._case_ref, way.kind, way.given, way.starting)

    # What the pathway says

    def _answer(self) -> QWidget:
        in_the_way = in_order_of_work(self._decision)
        accepted = [each for each in self._decision.rules if each.outcome == "caution" and each.accepted]
        passed = [each for each in self._decision.rules if each.outcome == "pass"]
        parts: list[QWidget] = [label("What the pathway says", "heading")]
        if in_the_way:
            parts.append(label(f"{len(in_the_way)} things stand in the way of a referral pack.", "quiet"))
        else:
            parts.append(label(f"Ready: nothing stands in the way of a referral pack. {_NEVER_SAFE}", "quiet"))
        parts += [self._result(each) for each in in_the_way]
        if accepted:
            parts.append(label("Accepted with a reason", "label"))
            parts += [self._result(each) for each in accepted]
        others = column(*(self._result(each) for each in passed))
        others.hide()
        show = QPushButton(f"Show the {len(passed)} checks with nothing against them")
        show.setAccessibleName(show.text())
        show.setProperty("role", "link")
        show.clicked.connect(lambda: others.setVisible(others.isHidden()))
        parts += [row(show), others]
        return column(*parts)

    def _result(self, result: RuleResult) -> QFrame:
        who = self._who(result.subject)
        title = f"{rule_title(result)}: {who}" if who else rule_title(result)
        text = column(
            label(f"{title} ({OUTCOMES[result.outcome].lower()})", "label"),
            label(result.reason),
            label(self._small_print(result), "quiet"),
            gap=2,
        )
        frame = card()
        line = QHBoxLayout()
        line.setSpacing(BETWEEN)
        line.addWidget(OutcomeShape(result.outcome), alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        way = None if result.accepted else way_to(result, self._case, self._decision.service)
        if way:
            line.addWidget(button(way.words, partial(self._take, way), name=f"{way.words}: {title}"))
        inside = frame.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.addLayout(line)
        return frame

    def _small_print(self, result: RuleResult) -> str:
        parts = [result.next_step] if result.next_step else []
        if result.needs_manager:
            parts.append("A manager's name is needed.")
        if result.due_on:
            parts.append(f"{(result.timing or 'date').capitalize()}: {day_text(result.due_on)}.")
        parts.append(f"Rule {result.rule}, source {result.source}.")
        return " ".join(parts)
