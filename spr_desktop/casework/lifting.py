"""Lifting a stop: somebody else than its recorder, a manager or safeguarding lead, signs for it with their own name.

It is written down as recorded by that person, because the pathway takes a lift for what it is only then.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from spr_desktop.casework.caseload import Caseload
from spr_desktop.records.case import Case
from spr_desktop.records.people import CourtMatter
from spr_desktop.records.record import AnyRecord, Body, Record, now
from spr_desktop.records.safety import Advice, SafetyConversation, SafetyInformation, StopLifted
from spr_desktop.records.values import When, same_name
from spr_desktop.records.work import TouchPoint

_MAY_STOP: tuple[type[Body], ...] = (SafetyConversation, SafetyInformation, TouchPoint, Advice, CourtMatter)
"""The kinds that rules read whose stops can be lifted (pathway.md section 3)."""


def may_rest_on(case: Case) -> list[AnyRecord]:
    """The records that a stop which can be lifted may rest on, the newest first, superseded or not."""
    found: list[AnyRecord] = [each for kind in _MAY_STOP for each in case.ever(kind)]
    return sorted(found, key=lambda each: each.order, reverse=True)


def why_not(case: Case, lift: StopLifted, happened_on: When, practitioner: str) -> tuple[str, str] | None:
    """The field that keeps a stop from being lifted, and what to do; None where nothing does."""
    if same_name(lift.by, practitioner):
        return "by", "This is your own name. A stop is lifted by another person: a manager or safeguarding lead."
    if not lift.by.strip():
        return "by", "Enter the name of the manager or safeguarding lead who lifts the stop."
    return next(filter(None, (_why_not_this(each, lift, happened_on) for each in _named(case, lift.records))), None)


def _why_not_this(stopped: AnyRecord, lift: StopLifted, happened_on: When) -> tuple[str, str] | None:
    if stopped.recorded_by is None:
        return "records", "Nobody knows who recorded one of these, so its stop cannot be lifted."
    if same_name(lift.by, stopped.recorded_by):
        return "by", "This person recorded the stop. Another person has to lift it."
    if happened_on.day < stopped.happened_on.day:
        return "happened_on", "A stop is lifted on the day of what it rests on, or later."
    return None


def _named(case: Case, ids: Iterable[str]) -> list[AnyRecord]:
    wanted = {each.lower() for each in ids}
    return [each for each in case.records if each.id in wanted]


def lift_stop(caseload: Caseload, case_ref: str, lift: StopLifted, happened_on: date | When) -> AnyRecord:
    """Write down that a stop was lifted, as recorded by the person who lifted it. ValueError where ``why_not`` says so.

    Returns the record as it is kept.
    """
    when = happened_on if isinstance(happened_on, When) else When(happened_on)
    refused = why_not(caseload.case(case_ref), lift, when, caseload.practitioner.name)
    if refused:
        raise ValueError(refused[1])
    made = Record(id=str(uuid.uuid4()), happened_on=when, recorded_at=now(), recorded_by=lift.by.strip(), body=lift)
    caseload.keep({case_ref: [made]}, date.today())
    return made
