"""One form for one record: errors that lead to their fields, a draft that is never lost, one button to finish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from spr_desktop.casework import words
from spr_desktop.casework.corrections import CannotCorrect, correct, fields_of_key
from spr_desktop.casework.drafts import draft, drop_draft
from spr_desktop.casework.lifting import lift_stop, may_rest_on, why_not
from spr_desktop.casework.signatures import signature_note
from spr_desktop.records.agreement import Agreement
from spr_desktop.records.bodies import plain_body
from spr_desktop.records.case import Case
from spr_desktop.records.record import AnyRecord, Body
from spr_desktop.records.safety import StopLifted
from spr_desktop.records.work import Session, Wraparound
from ui.desk import Desk, Place
from ui.fields import Choices, Field
from ui.form_texts import FORMS, words_for
from ui.forms import Finished, Form, People, ToMend
from ui.on_record import Beside, OnRecord
from ui.parts import button, card, column, empty, label, row, scrolling
from ui.record_words import in_words, session_in_words
from ui.theme import AROUND, BETWEEN, GAP, measure

_OUTSIDE: Final = "This account is between this parent and one other parent. Record it outside this page."
_NOT_HERE: Final = "A stop is looked at with the whole family in view. Lift it outside this page."
_CORRECTED_ALREADY: Final = "This entry was corrected already. Correct the newer entry."


class RecordForm(Place):
    """The form for a record of one kind.

    ``given`` is known and not shown, ``starting`` is shown filled in. ``correcting`` is the id of a record that the
    new one corrects. ``scope`` is the id of the adult whose page this is: no other adult is named then.
    """

    def __init__(
        self,
        desk: Desk,
        case_ref: str,
        kind: str,
        given: Mapping[str, Any],
        starting: Mapping[str, Any] | None = None,
        correcting: str | None = None,
        scope: str | None = None,
        at: str = "",
    ) -> None:
        super().__init__()
        self._opened_with = {"given": dict(given), "correcting": correcting}
        self._at = at
        self._desk = desk
        self.case_ref = case_ref
        self._case = desk.caseload.case(case_ref, date.today())
        self._draft_name = f"{case_ref}/{kind}/{'/'.join(str(each) for each in given.values())}"
        self._scope = scope
        self._old: AnyRecord | None = None
        people = _people(self._case)
        if correcting:
            self._draft_name += f"/correcting/{correcting}"
            self._old = next(each for each in self._case.records if each.id == correcting)
            given, starting = _of_old(self._old, given, starting)
        self._refusal = self._why_no_form()
        if scope:
            people = people.only(scope)
            given, refusal = _within(scope, kind, given, self._case)
            self._refusal = self._refusal or refusal
        self._form = Form(
            kind,
            people,
            _filled_in(kind, given),
            _choices(kind, self._case, {**(starting or {}), **given}),
            _starting(kind, given, starting, self._case),
            correcting=self._old.happened_on if self._old else None,
        )
        self.title = self._form.text.title
        self._begun = self._form.typed()
        self._about = ", ".join(_names(people, given.get(self._form.text.about)))
        self._about_id = scope or given.get(self._form.text.about)
        kept = draft(desk.caseload, self._draft_name)
        if kept and not self._refusal:
            self._form.restore(kept.get("typed", kept))  # before, a draft was what was typed and nothing else
            desk.say("What you typed here before is back.")
        self._summary = column()
        words_of_button = "Save the correction" if self._old else self._form.text.save
        self._finish_button = button(words_of_button, self._finish, "main")
        self._back_button = button("Go back", desk.back, "main")
        self._build(people, given)

    def _why_no_form(self) -> str:
        is_superseded = self._old is not None and self._old.id in self._case.superseded
        return _CORRECTED_ALREADY if is_superseded else ""

    # The page

    def _build(self, people: People, given: Mapping[str, Any]) -> None:
        text = self._form.text
        heading = f"{text.title}: {self._about}" if self._about else text.title
        intro = [
            label(each)
            for each in (self._correcting_text(), self._key_text(people), *self._caution_text(given), text.intro)
            if each
        ]
        content = column(label(heading, "title"), *intro, *self._inside(), gap=BETWEEN, around=AROUND)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(content)
        side = OnRecord(self._desk, self._case, scope=self._scope, about=self._about_id)
        layout.addWidget(Beside(self._area, side))
        self._summary.hide()
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _inside(self) -> list[QWidget]:
        if self._refusal:
            return [card(label(self._refusal)), row(self._back_button)]
        throw_away = button("Throw away what I typed", self._throw_away, "link")
        buttons = row(self._finish_button, throw_away, gap=BETWEEN)
        fields = card(column(*self._form.everything, gap=BETWEEN))
        fields.setMaximumWidth(measure() + 4 * BETWEEN)
        return [self._summary, fields, buttons]

    def _caution_text(self, given: Mapping[str, Any]) -> list[str]:
        """Which caution is accepted, and whether that takes a manager."""
        if self._form.kind != "caution_accepted":
            return []
        about = (given.get("rule"), given.get("subject"))
        decision = self._desk.caseload.decide(self.case_ref, date.today())
        found = [each for each in decision.rules if (each.rule, each.subject) == about]
        who = "".join(f"{each.body.known_as}: " for key, each in self._case.people.items() if key == about[1])
        needed = ["A manager's name is needed for it."] if any(each.needs_manager for each in found) else []
        return [*(f"{who}{each.reason}" for each in found), *needed]

    def _correcting_text(self) -> str:
        if self._old is None:
            return ""
        day = words.day_text(self._old.recorded_at.astimezone().date())
        who = self._old.recorded_by or "somebody not known"
        return f"You are correcting what was recorded on {day} by {who}. The old entry stays readable."

    def _key_text(self, people: People) -> str:
        """What a correction leaves as it is, in words."""
        if self._old is None:
            return ""
        plain = plain_body(self._old.body)
        said = [
            f"{FORMS[self._old.kind].fields[name][0]} {', '.join(_names(people, plain.get(name)))}."
            for name in FORMS[self._old.kind].fields
            if name in fields_of_key(self._old.body) and plain.get(name)
        ]
        return " ".join(["This stays as it is:", *said]) if said else ""

    def focus_first(self) -> None:
        if self._refusal:
            self._back_button.setFocus()
        else:
            asked = next((each for each in self._form.fields if each.name == self._at), self._form.first)
            asked.first_widget().setFocus()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep in sight what gets the focus, however it does: by a link, by a part that was moved or put back."""
        if new is not None and self._area.isAncestorOf(new):
            QTimer.singleShot(0, self, self._show_focused)  # what was shown with it has its place only then

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self._area.isAncestorOf(focused):
            return
        field: QWidget | None = focused
        while field is not None and not isinstance(field, Field):
            field = field.parentWidget()
        if field is not None and field.height() < self._area.viewport().height():
            self._area.ensureWidgetVisible(field, 0, GAP)
        self._area.ensureWidgetVisible(focused, 0, GAP)

    # Drafts

    def drafts(self) -> dict[str, dict[str, Any]]:
        typed = self._form.typed()
        return {self._draft_name: {**self._opened_with, "typed": typed}} if typed != self._begun else {}

    def _throw_away(self) -> None:
        self._drop_draft()
        self._desk.back()

    def _drop_draft(self) -> None:
        drop_draft(self._desk.caseload, self._draft_name)
        self._begun = self._form.typed()

    # Finishing

    def _finish(self) -> None:
        finished = self._form.finish()
        if isinstance(finished, Finished):
            finished = self._save(finished) or finished
        if not isinstance(finished, Finished):
            self._say_what_to_mend(finished)
            return
        self._drop_draft()
        self._desk.back()
        self._desk.say(f"{self.title}: {'corrected' if self._old else 'saved'}.")

    def _save(self, finished: Finished) -> ToMend:
        """Write it down; or what is to be mended first, and nothing is written."""
        caseload, body, when = self._desk.caseload, finished.body, finished.happened_on
        if isinstance(body, StopLifted):
            refused = why_not(self._case, body, when, caseload.practitioner.name)
            if refused:
                return self._form.show_wrong(dict([refused]))
        with_it = _signature(body, finished)
        if self._old is not None:
            try:
                correct(caseload, self.case_ref, self._old, body, when, finished.reason, with_it)
            except CannotCorrect:
                return self._form.show_wrong({self._form.when.name: _CORRECTED_ALREADY})
        elif isinstance(body, StopLifted):
            lift_stop(caseload, self.case_ref, body, when)
        else:
            caseload.record(self.case_ref, [body, *with_it], happened_on=when)
        return []

    def _say_what_to_mend(self, found: ToMend) -> None:
        layout = self._summary.layout()
        assert layout is not None
        empty(layout)
        layout.addWidget(label("Before this can be saved", "error"))
        for field, advice in found:
            title = field.title.removesuffix(" (optional)")
            said = f"{title} {advice}" if title.endswith("?") else f"{title}: {advice}"
            layout.addWidget(button(said, partial(_go_to, field), "link"))
        self._summary.show()
        if found:
            found[0][0].first_widget().setFocus()


def _go_to(field: Field) -> None:
    field.first_widget().setFocus()


def _people(case: Case) -> People:
    return People(
        {each.body.person_id: each.body.known_as for each in case.adults},
        {each.body.person_id: each.body.known_as for each in case.children},
    )


def _names(people: People, value: Any) -> list[str]:
    """Whom or what a value stands for, in words."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return [
        "another adult" if each in people.not_offered else people.everybody.get(each) or words_for(each)
        for each in values
        if isinstance(each, str) and each
    ]


def _of_old(
    old: AnyRecord, given: Mapping[str, Any], starting: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a correction takes over unseen from the old record, and what it shows filled in."""
    text = FORMS[old.kind]
    plain = plain_body(old.body)
    fixed = fields_of_key(old.body) | (set(plain) - set(text.fields) - {text.about})
    kept = {name: value for name, value in plain.items() if name in fixed}
    return {**given, **kept}, {**plain, **(starting or {})}


def _within(scope: str, kind: str, given: Mapping[str, Any], case: Case) -> tuple[dict[str, Any], str]:
    """What is filled in on the page of one adult; and why there is no form, where there can be none."""
    if kind == "stop_lifted":
        return dict(given), _NOT_HERE
    if kind != "relationship" or "between" in given:
        return dict(given), ""
    others = [key for key, each in case.people.items() if each.body.role == "parent_carer" and key != scope]
    if len(others) != 1:
        return {**given, "between": [scope, scope], "according_to": scope}, _OUTSIDE
    return {**given, "between": [scope, others[0]], "according_to": scope}, ""


def _filled_in(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, and what the program knows besides."""
    if kind == "privacy_notice":
        return {**words.current_notice(), **given}
    if kind == "stop_lifted":  # shown, so that it is seen what is lifted
        return {name: value for name, value in given.items() if name != "records"}
    return dict(given)


def _starting(
    kind: str, given: Mapping[str, Any], starting: Mapping[str, Any] | None, case: Case
) -> Mapping[str, Any] | None:
    """What is shown filled in, with what the ledger says is likely."""
    if kind == "stop_lifted" and "records" in given:
        return {**(starting or {}), "records": given["records"]}
    if kind == "touch_point":
        held = [each.body for each in case.current(Wraparound).values() if each.body.ended_on is None]
        names = {each.practitioner.name for each in held if each.for_person == given.get("person_id")}
        return {**({"by": names.pop()} if len(names) == 1 else {}), **(starting or {})}
    return starting


def _choices(kind: str, case: Case, known: Mapping[str, Any]) -> dict[str, Choices]:
    """Choices that the pathway and the ledger give."""
    if kind == "universal_offer":
        return {"item": words.offer_items()}
    if kind == "sharing_basis":
        return {"recipients": words.organisations()}
    if kind == "touch_point":
        sessions = sorted((each.body for each in case.current(Session).values()), key=lambda each: each.planned_for)
        return {"session_id": [(each.session_id, session_in_words(each)) for each in sessions]}
    if kind == "stop_lifted":
        wanted = set(known.get("records", ()))
        records = [each for each in may_rest_on(case) if each.id in wanted or not wanted]
        return {"records": [(each.id, in_words(each, case)) for each in records]}
    return {}


def _signature(body: Body, finished: Finished) -> list[Body]:
    if not finished.strokes or not isinstance(body, Agreement):
        return []
    return [signature_note(body.person_id, body.service, finished.strokes)]
