"""Corrections: a new record that supersedes an old one, and the reason, which is kept beside it as a note.

Nothing is changed in place: the old record stays readable. A record has no field for the reason, so it is a note of
type ``decision`` written in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.errors import CaseworkError
from spr_desktop.casework.words import day_text
from spr_desktop.records.case import Case
from spr_desktop.records.kinds import fields_of
from spr_desktop.records.record import AnyRecord, Body, Record, now
from spr_desktop.records.values import When
from spr_desktop.records.work import Note, NoteBlock


class CannotCorrect(CaseworkError):
    """The record was corrected already, or the new one is not about the same thing, or is dated before the old one."""


def correct(
    caseload: Caseload,
    case_ref: str,
    old: AnyRecord,
    body: Body,
    happened_on: date | When,
    reason: str,
    also: Sequence[Body] = (),
) -> list[AnyRecord]:
    """Write down what is right instead of a record, and why; all of it or nothing.

    ``also`` is written down with it. Returns the new record, then the reason, then the others. Raises CannotCorrect.
    """
    when = happened_on if isinstance(happened_on, When) else When(happened_on)
    if old.id in caseload.case(case_ref).superseded:
        raise CannotCorrect("the record was corrected already")
    if (body.kind, body.key) != (old.kind, old.body.key):
        raise CannotCorrect("a correction is about the same as what it corrects")
    if when < old.happened_on:
        raise CannotCorrect("a correction is not dated before what it corrects")
    # A copy that was merged may have been written on a machine whose clock was ahead.
    written_at = max(now(), old.recorded_at + timedelta(microseconds=1))
    who = caseload.practitioner.name or None
    new = _record(body, when, written_at, who, (old.id,))
    others = [
        _record(each, when, written_at + timedelta(microseconds=number), who)
        for number, each in enumerate((_note(old, reason), *also), 1)
    ]
    caseload.keep({case_ref: [new, *others]}, date.today())
    return [new, *others]


def settle(
    caseload: Caseload, case_ref: str, competing: Sequence[AnyRecord], chosen: AnyRecord, reason: str
) -> AnyRecord:
    """Choose between records that compete: one new record says what the chosen one says, and supersedes them all.

    It is of the day of the newest of them, because nothing is corrected before its day; the day of the chosen one goes
    into the reason where that is another. Returns the new record. Raises CannotCorrect.
    """
    case = caseload.case(case_ref)
    standing = {each.id for each in case.records} - case.superseded
    if len(competing) < 2 or chosen not in competing or not {each.id for each in competing} <= standing:
        raise CannotCorrect("there is nothing to choose between any more")
    newest = max(competing, key=lambda each: each.order)
    written_at = max(now(), *(each.recorded_at + timedelta(microseconds=1) for each in competing))
    who = caseload.practitioner.name or None
    new = _record(chosen.body, newest.happened_on, written_at, who, tuple(each.id for each in competing))
    if chosen.happened_on != newest.happened_on:
        reason = f"{reason}\nWhat was chosen is of {day_text(chosen.happened_on.day)}."
    notes = [
        _record(_note(each, reason), newest.happened_on, written_at + timedelta(microseconds=number), who)
        for number, each in enumerate(competing, 1)
    ]
    caseload.keep({case_ref: [new, *notes]}, date.today())
    return new


def reason_for(case: Case, record: AnyRecord) -> str | None:
    """Why a record was corrected; None where it was not, or where no reason is on record."""
    first = _first_line(record)
    for each in reversed(case.ever(Note)):
        blocks = each.body.blocks
        if each.body.type == "decision" and len(blocks) == 2 and blocks[0].text == first:
            return blocks[1].text
    return None


def fields_of_key(body: Body) -> set[str]:
    """The fields that say what a record is about: a correction leaves them as they are."""
    return {
        field.name
        for field in fields_of(type(body)).values()
        if replace(body, **{field.attribute: _another(getattr(body, field.attribute))}).key != body.key
    }


def _another(value: object) -> object:
    """A value that is not this one; keys are made of texts and of lists of them."""
    return tuple(f"{each}+" for each in value) if isinstance(value, tuple) else f"{value}+"


def _note(old: AnyRecord, reason: str) -> Note:
    about = getattr(old.body, "person_id", None) or getattr(old.body, "child_id", None)
    return Note(
        type="decision",
        about=(about,) if about else (),
        blocks=(NoteBlock(type="fact", text=_first_line(old)), NoteBlock(type="analysis", text=reason)),
    )


def _first_line(record: AnyRecord) -> str:
    return f"Correction of the record {record.id}."


def _record(
    body: Body, when: When, written_at: datetime, who: str | None, supersedes: tuple[str, ...] = ()
) -> AnyRecord:
    return Record(
        id=str(uuid.uuid4()),
        happened_on=when,
        recorded_at=written_at,
        recorded_by=who,
        body=body,
        supersedes=supersedes,
    )
