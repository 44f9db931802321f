"""The case audit: what was done in a case, when and by whom, for a manager; never what anybody answered.

People stand in it as Adult 1 or Child 2. Typed words are printed only where somebody answers for a decision: why a stop
was lifted, why a caution was accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final

from spr_desktop.documents import wording
from spr_desktop.documents.contents import Document, Origin
from spr_desktop.pathway.definition import Definition
from spr_desktop.pathway.result import CASE, Decision, RuleResult
from spr_desktop.records import work
from spr_desktop.records.bodies import ids_referred_to
from spr_desktop.records.case import Case
from spr_desktop.records.document_versions import versions
from spr_desktop.records.people import Person
from spr_desktop.records.record import AnyRecord
from spr_desktop.records.safety import SafetyConversation, StopLifted

_HANDLING: Final = "Internal: for the manager and those who supervise this work. Goes to no family member."
_THE_CASE: Final = "The case"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedRule:
    """What one rule says of one subject."""

    rule: str
    subject: str
    """Whom it is about; everybody of whom it says the same."""
    outcome: str
    reason: str
    next_step: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldConversation:
    """That a safety conversation was held, and how; nothing of what was said."""

    on: date
    who: str
    state: str
    how: str
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Who answers for a decision that a person made against a rule, and why."""

    on: date
    what: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One record or one activity: when, what, about whom, by whom."""

    at: str
    what: str
    about: str
    by: str
    written_down: str = ""
    """When a record was written, to the minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAudit(Document):
    """All that one audit says."""

    kind: ClassVar[str] = "case-audit"
    called: ClassVar[str] = "Case audit"
    case_ref: str
    as_of: date
    pathway: str
    service: str
    outcome: str
    counts: tuple[tuple[str, int], ...]
    """Of how many checks each outcome is."""
    in_the_way: tuple[AuditedRule, ...]
    others: tuple[AuditedRule, ...]
    conversations: tuple[HeldConversation, ...]
    answered: tuple[Answered, ...]
    documents: tuple[Step, ...]
    records: tuple[Step, ...]
    activity: tuple[Step, ...]


def case_audit(
    case: Case,
    decision: Decision,
    definition: Definition,
    activity: Sequence[tuple[datetime, str]],
    recipients: Sequence[str],
    origin: Origin,
) -> CaseAudit:
    """The audit of a case on the day of its decision; ``activity`` has the time, in UTC, and the words for each."""
    called = _Called(case)
    way = decision.in_the_way
    return CaseAudit(
        **origin,
        recipients=tuple(recipients),
        handling=_HANDLING,
        case_ref=case.case_ref,
        as_of=decision.as_of,
        pathway=f"{definition.title}, version {definition.version}",
        service=definition.services[decision.service].title if decision.service else "No service chosen",
        outcome="Ready: nothing stands in the way of a pack" if decision.ready else wording.OUTCOME[decision.outcome],
        counts=_counts(decision),
        in_the_way=_rules(way, called),
        others=_rules([each for each in decision.rules if each not in way and each.outcome != "pass"], called),
        conversations=tuple(_conversation(each, called) for each in case.records if _is(each, SafetyConversation)),
        answered=tuple(_answered(case, definition, called)),
        documents=tuple(_document(each, case) for each in case.records if each.kind in wording.DOCUMENT_STEP),
        records=tuple(_record(each, case, called) for each in case.records),
        activity=tuple(Step(at=_moment(at), what=what, about=_THE_CASE, by="") for at, what in activity),
    )


class _Called:
    """What each person is called in an audit."""

    def __init__(self, case: Case) -> None:
        self._names = {each.body.person_id: f"Adult {at}" for at, each in enumerate(case.adults, 1)}
        self._names |= {each.body.person_id: f"Child {at}" for at, each in enumerate(case.children, 1)}

    def __call__(self, person_id: str) -> str:
        return _THE_CASE if person_id == CASE else self._names.get(person_id, "Somebody not on record")

    def all_of(self, record: AnyRecord) -> str:
        """Everybody whom a record is about."""
        ids = [each for _path, _what, each in ids_referred_to(record.body)]
        if isinstance(record.body, Person):
            ids.append(record.body.person_id)
        found = [self._names[each] for each in ids if each in self._names]
        return wording.listed(sorted(dict.fromkeys(found))) or _THE_CASE


def _is(record: AnyRecord, kind: type) -> bool:
    return isinstance(record.body, kind)


def _counts(decision: Decision) -> tuple[tuple[str, int], ...]:
    found: Counter[tuple[str, bool]] = Counter((each.outcome, each.accepted) for each in decision.rules)
    return tuple(
        (_outcome(outcome, is_accepted=is_accepted), found[outcome, is_accepted])
        for outcome in wording.OUTCOME
        for is_accepted in (False, True)
        if found[outcome, is_accepted]
    )


def _rules(results: Sequence[RuleResult], called: _Called) -> tuple[AuditedRule, ...]:
    """The rules in their order; what a rule says in the same words of several people is said once."""
    found: dict[AuditedRule, list[str]] = {}
    for each in results:
        said = AuditedRule(
            rule=each.rule,
            subject="",
            outcome=_outcome(each.outcome, is_accepted=each.accepted),
            reason=each.reason,
            next_step="" if each.accepted else each.next_step,
            due_on=each.due_on,
        )
        found.setdefault(said, []).append(called(each.subject))
    return tuple(replace(said, subject=wording.listed(about)) for said, about in found.items())


def _outcome(outcome: str, *, is_accepted: bool) -> str:
    return f"{wording.OUTCOME[outcome]}, accepted" if is_accepted else wording.OUTCOME[outcome]


def _conversation(record: AnyRecord, called: _Called) -> HeldConversation:
    body: SafetyConversation = record.body
    how = [wording.ALONE[body.alone], wording.TOOL[body.tool]]
    return HeldConversation(
        on=record.happened_on.day,
        who=called(body.person_id),
        state=wording.CONVERSATION_STATE[body.state].capitalize(),
        how=", ".join(how),
        recorded_by=_by(record),
    )


def _answered(case: Case, definition: Definition, called: _Called) -> list[Answered]:
    lifts = [
        Answered(on=each.happened_on.day, what="A stop was lifted", by=each.body.by, reason=each.body.reason)
        for each in case.ever(StopLifted)
    ]
    cautions = [
        Answered(
            on=each.happened_on.day,
            what=f"Caution accepted, {called(each.body.subject)}: {_title(definition, each.body.rule)}",
            by=wording.listed([name for name in (each.recorded_by, each.body.oversight_by) if name]),
            reason=each.body.reason,
        )
        for each in case.ever(work.CautionAccepted)
    ]
    return sorted([*lifts, *cautions], key=lambda each: each.on)


def _title(definition: Definition, rule: str) -> str:
    known = definition.rules.get(rule)
    return f"{known.title} ({rule})" if known else rule


def _document(record: AnyRecord, case: Case) -> Step:
    body = record.body
    kind = body.document.replace("-", " ").capitalize()
    known = versions(case, body.document_id)
    which = f", version {known[body.sha256]}," if len(known) > 1 and body.sha256 in known else ""
    return Step(
        at=wording.short_day(record.happened_on.day),
        what=f"{kind} {body.document_id}{which} {wording.DOCUMENT_STEP[record.kind]}",
        about=_THE_CASE,
        by=_by(record),
    )


def _record(record: AnyRecord, case: Case, called: _Called) -> Step:
    what = wording.KIND.get(record.kind) or record.kind.replace("_", " ").capitalize()
    corrected = " (corrected later)" if record.id in case.superseded else ""
    corrects = " (a correction)" if record.supersedes else ""
    return Step(
        at=wording.short_day(record.happened_on.day),
        what=f"{what}{corrects}{corrected}",
        about=called.all_of(record),
        by=_by(record),
        written_down=_moment(record.recorded_at),
    )


def _by(record: AnyRecord) -> str:
    return record.recorded_by or "Somebody not named"


def _moment(at: datetime) -> str:
    """To the minute, where the program runs."""
    here = at.astimezone()
    return f"{wording.short_day(here.date())}, {here:%H:%M}"
