"""Check: what stands in the way first, each with its reason, the way on, its source and the records it rests on."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from spr_desktop.casework.drafts import draft, drop_draft
from spr_desktop.casework.salvaging import lost_warning
from spr_desktop.casework.summary import in_order_of_work
from spr_desktop.casework.words import OUTCOMES, day_text, pathway_title, rule_title, service_title, source_words
from spr_desktop.pathway.result import CASE, Decision, RuleResult
from spr_desktop.records.case import Case
from ui.desk import Desk, Place
from ui.forms import Finished, Form
from ui.next_steps import Way, take, way_to
from ui.on_record import open_record
from ui.parts import OutcomeShape, button, card, column, label, row, scrolling
from ui.sayings import people_of, said
from ui.theme import AROUND, BETWEEN

_NEVER_SAFE: Final = "Nothing here says that anybody is out of danger. Stay curious."


class Accepting(QWidget):
    """Going ahead with a caution, in its place: the reason, and the manager's name where the rule needs one."""

    def __init__(self, place: Check, result: RuleResult, typed: dict[str, Any]) -> None:
        super().__init__()
        self._place = place
        self.name = f"{place.case_ref}/caution_accepted/{result.rule}/{result.subject}"
        given = {"rule": result.rule, "subject": result.subject}
        self.form = Form("caution_accepted", people_of(place.case), given, {})
        if typed:
            self.form.restore(typed)
        self._begun = {} if typed else self.form.typed()
        self._problem = label("", "error")
        self._problem.hide()
        fields = [each for each in self.form.fields if result.needs_manager or each.name != "oversight_by"]
        save = button("Accept this caution", self._finish, "main", name=f"Accept this caution: {rule_title(result)}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (*fields, self._problem, row(save)):
            layout.addWidget(each)
        self._first = fields[0].first_widget()

    def begin(self) -> None:
        """Put the focus where the reason is typed."""
        self._first.setFocus()

    def typed(self) -> dict[str, Any]:
        """What stands here and is not saved."""
        typed = self.form.typed()
        return typed if typed != self._begun else {}

    def _finish(self) -> None:
        finished = self.form.finish()
        if isinstance(finished, Finished):
            self._place.accept_caution(self, finished)
        else:
            self._problem.setText(" ".join(advice for _, advice in finished))
            self._problem.show()


class Check(Place):
    """Every rule of the pathway for one family."""

    title = "Check"
    guidance = "check"

    def __init__(self, desk: Desk, case_ref: str) -> None:
        super().__init__()
        self._desk = desk
        self.case_ref = case_ref
        self.case: Case = desk.caseload.case(case_ref, date.today())
        self._decision: Decision = desk.caseload.decide(case_ref, date.today())
        self._accepting: list[Accepting] = []
        self._back = button("To the family's page", lambda: desk.show_family(case_ref))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(self._content()))

    def focus_first(self) -> None:
        self._back.setFocus()

    def drafts(self) -> dict[str, dict[str, Any]]:
        return {each.name: typed for each in self._accepting if (typed := each.typed())}

    def _content(self) -> QWidget:
        decision = self._decision
        in_the_way = in_order_of_work(decision)
        accepted = [each for each in decision.rules if each.outcome == "caution" and each.accepted]
        passed = [each for each in decision.rules if each.outcome == "pass"]
        many = "1 thing stands" if len(in_the_way) == 1 else f"{len(in_the_way)} things stand"
        summary = (
            f"{many} in the way of a referral pack." if in_the_way else f"Nothing stands in the way. {_NEVER_SAFE}"
        )
        others = column()
        others.hide()
        words = f"Show the {len(passed)} checks with nothing against them"
        show = button(words, lambda: self._show_others(others, passed), "link")
        parts: list[QWidget] = [
            label(f"Check of family {self.case_ref}", "title"),
            label(f"{pathway_title()}. {service_title(decision.service)}. {day_text(decision.as_of)}.", "quiet"),
            label(summary, "label"),
            *([label(lost, "error")] if (lost := lost_warning(self._desk.caseload, self.case_ref)) else []),
            row(self._back),
            *(self._result(each) for each in in_the_way),
        ]
        if accepted:
            parts += [label("Cautions accepted with a reason", "heading"), *(self._result(each) for each in accepted)]
        return column(*parts, row(show), others, gap=BETWEEN, around=AROUND)

    def _show_others(self, others: QWidget, passed: list[RuleResult]) -> None:
        """They are many, so they are made when somebody wants to see them."""
        layout = others.layout()
        assert layout is not None
        if not layout.count():
            for each in passed:
                layout.addWidget(self._result(each))
        _turn(others)

    def _result(self, result: RuleResult) -> QFrame:
        who = self._who(result.subject)
        title = f"{rule_title(result)}: {who}" if who else rule_title(result)
        lines: list[QWidget] = [label(f"{OUTCOMES[result.outcome]}. {title}", "label"), label(result.reason)]
        if result.next_step:
            lines.append(label(f"What would change it: {result.next_step}"))
        if result.due_on:
            lines.append(label(f"{(result.timing or 'date').capitalize()}: {day_text(result.due_on)}."))
        if result.needs_manager and not result.accepted:
            lines.append(label("A manager's name is needed."))
        lines.append(label(f"Rule {result.rule}. Source: {source_words(result.source)}.", "quiet"))
        lines += self._ways_on(result, title)
        text = column(*lines, gap=4)
        frame = card()
        line = QHBoxLayout()
        line.setSpacing(BETWEEN)
        line.addWidget(OutcomeShape(result.outcome), alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        inside = frame.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.addLayout(line)
        return frame

    def _ways_on(self, result: RuleResult, title: str) -> list[QWidget]:
        """The form to go to, the caution to accept in its place, and the records that the answer rests on."""
        buttons: list[QWidget] = []
        below: list[QWidget] = []
        way = None if result.accepted else way_to(result, self.case, self._decision.service)
        if result.outcome == "caution" and not result.accepted:
            buttons.append(self._accept_button(result, title, below))
        elif way:
            buttons.append(button(way.words, partial(self._take, way), name=f"{way.words}: {title}"))
        if result.records:
            records = column(gap=2)
            records.hide()
            shown = f"Rests on {len(result.records)} record{'s' if len(result.records) > 1 else ''}"
            open_them = button(shown, partial(self._show_records, records, result), "link", name=f"{shown}: {title}")
            buttons.append(open_them)
            below.append(records)
        return [row(*buttons), *below] if buttons else []

    def _accept_button(self, result: RuleResult, title: str, below: list[QWidget]) -> QWidget:
        name = f"{self.case_ref}/caution_accepted/{result.rule}/{result.subject}"
        typed = draft(self._desk.caseload, name)
        accepting = Accepting(self, result, typed)
        accepting.setVisible(False)
        self._accepting.append(accepting)
        below.append(accepting)

        def begin() -> None:
            accepting.show()
            accepting.begin()

        if typed:
            accepting.setVisible(True)
        return button("Accept with a reason", begin, name=f"Accept with a reason: {title}")

    def _show_records(self, records: QWidget, result: RuleResult) -> None:
        layout = records.layout()
        assert layout is not None
        if not layout.count():
            people = people_of(self.case)
            for each in self.case.records:
                if each.id in result.records:
                    told = said(each, people)
                    words = f"{day_text(each.happened_on.day)}: {told.title}. {told.line}"
                    layout.addWidget(row(button(words, partial(open_record, self._desk, self.case, each.id), "link")))
        _turn(records)

    def _take(self, way: Way) -> None:
        take(self._desk, self.case_ref, way)

    def _who(self, subject: str) -> str:
        if subject == CASE:
            return ""
        person = self.case.people.get(subject)
        return person.body.known_as if person else "Somebody not on record"

    def accept_caution(self, accepting: Accepting, finished: Finished) -> None:
        """Record that a caution is accepted, and check afresh."""
        caseload = self._desk.caseload
        caseload.record(self.case_ref, [finished.body], happened_on=finished.happened_on)
        drop_draft(caseload, accepting.name)
        self._accepting.remove(accepting)
        self._desk.show_check(self.case_ref)
        self._desk.say("The caution is accepted, with its reason on record.")


def _turn(part: QWidget) -> None:
    """Show what is hidden, and hide what is shown."""
    part.setVisible(part.isHidden())
