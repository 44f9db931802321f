"""A family: its alerts, the journey at a glance, the one next step, and below them everything else in parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QTabBar, QVBoxLayout, QWidget

from spr_desktop.casework.balance import balance
from spr_desktop.casework.competing import competing
from spr_desktop.casework.conversation import draft_name
from spr_desktop.casework.drafts import draft
from spr_desktop.casework.journey import journey
from spr_desktop.casework.register import RegisterLine
from spr_desktop.casework.register_words import standing
from spr_desktop.casework.salvaging import lost_warning
from spr_desktop.casework.summary import has_version_to_send, in_order_of_work, next_step
from spr_desktop.casework.withdrawal_marks import mark_of, to_be_ended_since, withdrawn_on
from spr_desktop.casework.words import OUTCOMES, day_text, service_title, whom_to_call
from spr_desktop.pathway.result import CASE, Decision, RuleResult
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import newest_packs
from spr_desktop.records.people import ContactPoint, Person
from spr_desktop.records.safety import SafetyConversation
from ui.balance_picture import balance_picture
from ui.chronology import Chronology
from ui.contact_rules import contact_lines
from ui.desk import Desk, Place
from ui.form_texts import words_for
from ui.genogram import Genogram
from ui.gone_out import what_went_out
from ui.journey_picture import JourneyPicture
from ui.making_documents import MakingDocuments
from ui.next_steps import Way, take, way_onwards, way_to, way_to_person
from ui.on_record import open_record
from ui.parts import OutcomeBadge, button, card, chip, column, label, row, scrolling, side_by_side
from ui.recording import ABOUT_A_CHILD, ABOUT_A_PARENT, ABOUT_THE_FAMILY, begun, menu_button
from ui.sayings import people_of
from ui.theme import AROUND, BETWEEN, GAP
from ui.where import Where
from ui.wrapping import wrapping

_ROOM_FOR_TWO: Final = 760
_CHRONOLOGY_HEIGHT: Final = 460
_RECORD_THE_END: Final = "Record that the work with this family ended."
_NOBODY: Final = "Nobody is on record yet"
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
    guidance = "family"

    def __init__(self, desk: Desk, case_ref: str) -> None:
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self._case: Case = desk.caseload.case(case_ref, date.today())
        self._decision: Decision = desk.caseload.decide(case_ref, date.today())
        self._main: QPushButton | None = None
        self._parts: dict[str, Callable[[], QWidget]] = {
            "People": self._people,
            "Notes and chronology": self._chronology,
            "Wrap-around": self._balance,
            "Documents": self._documents,
            "Picture": self._picture,
        }
        self._made: dict[str, QWidget] = {}
        self._tabs = QTabBar()
        self._room = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolling(self._content())
        layout.addWidget(self._scroll)

    def _content(self) -> QWidget:
        self._tabs.setAccessibleName("Parts of the family's page")
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        for name in self._parts:
            self._tabs.addTab(name)
        part = QWidget()
        part.setLayout(self._room)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._turn_to(0)
        self._tabs.currentChanged.connect(self._turn_by_hand)
        names = {key: each.body.known_as for key, each in self._case.people.items()}
        stages = journey(self._case, self._decision)
        picture = JourneyPicture(stages, names)
        return column(
            self._header(),
            *self._competing(),
            *self._withdrawn(),
            *what_went_out(self._desk, self._case, self._decision),
            self._step(),
            card(picture),
            self._tabs,
            part,
            gap=BETWEEN,
            around=AROUND,
        )

    def focus_first(self) -> None:
        (self._main or self._tabs).setFocus()

    def standing(self) -> dict[str, Any]:
        return {"part": self._tabs.currentIndex()}

    def stand(self, standing: Mapping[str, Any]) -> None:
        self._tabs.setCurrentIndex(standing.get("part", 0))

    def _turn_to(self, number: int) -> None:
        for each in self._made.values():
            each.hide()
        name = list(self._parts)[number]
        if name not in self._made:
            self._made[name] = self._parts[name]()
            self._room.addWidget(self._made[name])
        self._made[name].show()

    def _turn_by_hand(self, number: int) -> None:
        """What was turned to comes into sight."""
        self._turn_to(number)
        self._scroll.verticalScrollBar().setValue(self._tabs.y() - GAP)

    # Who they are

    def _header(self) -> QWidget:
        people = [each.body for each in self._case.people.values()]
        alerts = [f"{each.known_as}: {words_for(alert).lower()}" for each in people for alert in each.alerts]
        names = side_by_side(each.body.full_name for each in self._case.adults) if self._case.adults else _NOBODY
        about = f"Family {self.case_ref}. {service_title(self._decision.service)}."
        chips = [chip(each) for each in alerts]
        lost = lost_warning(self._desk.caseload, self.case_ref)
        warning = [label(lost, "error")] if lost else []
        return column(label(names, "title"), label(about, "quiet"), *warning, *chips, gap=GAP // 2)

    def _competing(self) -> list[QWidget]:
        """That records compete since families were merged, until somebody has chosen."""
        count = len(competing(self._desk.caseload, self.case_ref))
        if not count:
            return []
        go = Where("competing", {"case_ref": self.case_ref})
        what = "One thing was" if count == 1 else f"{count} things were"
        return [
            card(
                label(f"{what} recorded in two ways, by you and a colleague. Choose what is right.", "label"),
                row(button("Choose what is right", lambda: self._desk.go(go))),
                role="notice",
            )
        ]

    def _withdrawn(self) -> list[QWidget]:
        """A family that came by a pack which its sender withdrew."""
        on = withdrawn_on(self._case.records)
        if on is None:
            return []
        said = "Do not act on it, and make no contact with anybody because of it."
        return [
            card(
                label(f"{mark_of(self._case.records)} Known here since {day_text(on)}.", "error"),
                label(said),
                role="notice",
            )
        ]

    # The next step

    def _step(self) -> QFrame:
        waiting = in_order_of_work(self._decision)
        begun_with = self._conversation_begun()
        parts: list[QWidget] = [OutcomeBadge(self._decision.outcome, OUTCOMES[self._decision.outcome])]
        pack: list[QWidget] = []
        if any(each.kind == "safety" for each in self._decision.rules):
            parts += self._when_stopped()
        elif to_be_ended_since(self._case):
            parts.append(label(_RECORD_THE_END, "heading"))  # what not to do stands above
            ended = Way("referral_progress", {}, {"step": "ended_early"}, "Record that it ended")
            self._main = button(ended.words, lambda: self._take(ended), "main")
        elif begun_with:
            parts.append(label("Sign off the conversation that was begun.", "heading"))
            where = Where("sign_off", {"case_ref": self.case_ref, "person_id": begun_with})
            self._main = button("Sign it off", lambda: self._desk.go(where), "main")
        elif waiting:
            parts += [label(next_step(self._case, self._decision), "heading"), label(self._reason(waiting[0]), "quiet")]
            way = way_to(waiting[0], self._case, self._decision.service)
            self._main = button(way.words, lambda: self._take(way), "main") if way else None
        else:
            parts += [label(next_step(self._case, self._decision), "heading"), label(_NEVER_SAFE, "quiet")]
            pack = self._onwards()
        check = button("See every check, and why", lambda: self._desk.show_check(self.case_ref), "link")
        parts.append(wrapping(*([self._main] if self._main else []), *pack, check))
        return card(*parts)

    def _onwards(self) -> list[QWidget]:
        """Where nothing stands in the way: the pack is the step, or what comes after it; then it stands beside."""
        if not newest_packs(self._case):
            self._main = button("Make the referral pack", self._make_pack, "main")
            return []
        way = None if has_version_to_send(self._case) else way_onwards(self._case)
        if way:
            self._main = button(way.words, lambda: self._take(way), "main")
        else:
            self._main = button("Record that it was sent", lambda: self._desk.go(Where("register")), "main")
        return [button("Make the pack again", self._make_pack)]

    def _make_pack(self) -> None:
        self._desk.show_pack(self.case_ref)

    def _when_stopped(self) -> list[QWidget]:
        """Whom to call, the neutral words, and the way to the calm page."""
        go = Where("stopped", {"case_ref": self.case_ref})
        self._main = button("What to do now", lambda: self._desk.go(go), "main")
        role = "error" if self._decision.urgent else ""
        return [
            *(label(each, role) for each in whom_to_call()),
            label("To both parents say only: this service does not fit at the moment.", "quiet"),
        ]

    def _conversation_begun(self) -> str:
        """With whom a conversation was begun and not signed off; empty where there is none."""
        for each in self._case.adults:
            if draft(self._desk.caseload, draft_name(self.case_ref, each.body.person_id)):
                return each.body.person_id
        return ""

    def _reason(self, result: RuleResult) -> str:
        who = self._case.people.get(result.subject)
        return f"{who.body.known_as}: {result.reason}" if who and result.subject != CASE else result.reason

    def _take(self, way: Way) -> None:
        take(self._desk, self.case_ref, way)

    # People

    def _people(self) -> QWidget:
        adults = Cards([self._adult(each.body) for each in self._case.adults])
        children = Cards([self._child(each.body) for each in self._case.children])
        record = menu_button(
            "Record something about the family", "Record something about the family", ABOUT_THE_FAMILY, self._open
        )
        note = button("Write a note  Ctrl+J", lambda: self._open("note", {}, {}), name="Write a note")
        return column(wrapping(record, note), adults, children, gap=BETWEEN)

    def _adult(self, person: Person) -> QFrame:
        parts: list[QWidget] = [label(person.full_name, "heading"), label(words_for(person.role), "quiet")]
        parts += [chip(words_for(each)) for each in person.alerts]
        parts.append(label(self._when_talked(person.person_id)))
        points = [
            each.body for each in self._case.current(ContactPoint).values() if each.body.person_id == person.person_id
        ]
        for point in points:
            rules, value = contact_lines(point)
            parts.append(column(label(" ".join(rules), "quiet"), label(value), gap=2))
        page = button(
            "Open this parent's page",
            lambda: self._desk.show_parent(self.case_ref, person.person_id),
            name=f"Open {person.known_as}'s page, where nobody else is shown",
        )
        talk = button(
            "Safety conversation",
            lambda: self._desk.show_conversation(self.case_ref, person.person_id),
            name=f"Safety conversation with {person.known_as}, alone",
        )
        record = menu_button(
            "Record",
            f"Record something about {person.known_as}",
            {"": ABOUT_A_PARENT},
            partial(self._open_about, person.person_id),
        )
        return card(*parts, wrapping(page, talk, record, self._change_button(person)))

    def _when_talked(self, person_id: str) -> str:
        held = [
            each.happened_on.day
            for each in self._case.every(SafetyConversation)
            if each.body.person_id == person_id and each.body.state == "completed"
        ]
        return f"Spoken to alone on {day_text(max(held))}." if held else "Not spoken to alone yet."

    def _child(self, person: Person) -> QFrame:
        born = f"Born {day_text(person.date_of_birth)}" if person.date_of_birth else "Date of birth not known"
        if person.expected_on and not person.date_of_birth:
            born = f"Expected {day_text(person.expected_on)}"
        record = menu_button(
            "Record",
            f"Record something about {person.known_as}",
            {"": ABOUT_A_CHILD},
            partial(self._open_about, person.person_id),
        )
        return card(label(person.full_name, "label"), label(born, "quiet"), row(record, self._change_button(person)))

    def _change_button(self, person: Person) -> QPushButton:
        return button(
            "Details",
            lambda: self._take(way_to_person(self._case, person.person_id)),
            "link",
            name=f"Details of {person.known_as}",
        )

    def _open(self, kind: str, given: Mapping[str, Any], starting: Mapping[str, Any]) -> None:
        first_given, first = begun(kind, None, self._case, self._decision.service)
        self._desk.show_form(self.case_ref, kind, {**first_given, **given}, {**first, **starting})

    def _open_about(self, person_id: str, kind: str, given: Mapping[str, Any], starting: Mapping[str, Any]) -> None:
        first_given, first = begun(kind, person_id, self._case, self._decision.service)
        self._desk.show_form(self.case_ref, kind, {**first_given, **given}, {**first, **starting})

    # The other parts

    def _chronology(self) -> QWidget:
        made = Chronology(self._case)
        made.setMinimumHeight(_CHRONOLOGY_HEIGHT)
        made.opened.connect(partial(open_record, self._desk, self._case))
        note = button("Write a note  Ctrl+J", lambda: self._open("note", {}, {}), name="Write a note")
        return column(row(note), made, gap=BETWEEN)

    def _balance(self) -> QWidget:
        people = people_of(self._case)
        found = balance(self._case, date.today())
        if not found:
            return label("Record the parents first, then who holds each of them in mind.")
        record = button("Record a commitment", lambda: self._open("wraparound", {}, {}))
        session = button("Record a session", lambda: self._open("session", {}, {}))
        return column(card(balance_picture(found, people.adults)), row(record, session), gap=BETWEEN)

    def _documents(self) -> QWidget:
        told = [label(_told(each)) for each in self._desk.caseload.register_of(self.case_ref)]
        in_register = Where("register", {"case_ref": self.case_ref})
        register = button("Open the register", lambda: self._desk.go(in_register), "link")
        go = Where("hand_over", {"case_ref": self.case_ref})
        give = button("Hand this family over to a colleague", lambda: self._desk.go(go), "link")
        made = card(
            label("What was made", "heading"),
            *(told or [label("Nothing was made yet.")]),
            register,
            give,
        )
        making = MakingDocuments(self._desk, self._case, self._decision)
        return column(
            label("Which document, and for whom? You see its pages before anything is sealed, and send it yourself."),
            Cards(making.cards()),
            made,
            gap=BETWEEN,
        )

    def _picture(self) -> QWidget:
        return column(
            label("Drawn from what is on record. It is never printed, and never leaves this vault.", "quiet"),
            card(Genogram(self._case, date.today())),
        )


def _told(line: RegisterLine) -> str:
    """A document in one line: what it is, and what became of it."""
    which = f", version {line.version}" if line.versions > 1 else ""
    what = f"{words_for(line.document.replace('-', '_'))} {line.document_id}{which}"
    return f"{what}, made on {day_text(line.made_on)}. {standing(line, date.today())}."
