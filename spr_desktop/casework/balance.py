"""The balance of contact: who holds each parent in mind, and whether each was touched base with before each session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spr_desktop.casework.words import day_text
from spr_desktop.pathway.wraparound import is_before
from spr_desktop.records.case import Case
from spr_desktop.records.people import Professional
from spr_desktop.records.record import Record
from spr_desktop.records.values import LocalDateTime
from spr_desktop.records.work import Referral, Session, TouchPoint, Wraparound


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentBalance:
    """The wrap-around of one parent."""

    person_id: str
    held_by: tuple[Professional, ...]
    """Whose commitment to this parent has not ended."""
    sessions: int
    """Sessions up to the day that this parent was to attend, those cancelled or stopped left out."""
    touched: int
    """How many of them came after a touch point with this parent alone."""
    last_touch_point: date | None
    next_session: LocalDateTime | None

    @property
    def share(self) -> float | None:
        """Touch points held before a session, divided by sessions; None before the first."""
        return self.touched / self.sessions if self.sessions else None

    @property
    def words(self) -> tuple[str, ...]:
        """The same in sentences, which name the practitioner and nobody of the family."""
        names = " and ".join(each.name for each in self.held_by)
        found = [f"Held in mind by {names}." if names else "Nobody has committed to this parent yet."]
        if self.sessions:
            sessions = "session" if self.sessions == 1 else "sessions"
            found.append(f"A touch point before {self.touched} of {self.sessions} {sessions}.")
        else:
            found.append("No session has been held yet.")
        if self.last_touch_point:
            found.append(f"Last touch point on {day_text(self.last_touch_point)}.")
        if self.next_session:
            found.append(f"Next session on {day_text(self.next_session.day)}.")
        return tuple(found)


def balance(case: Case, as_of: date) -> tuple[ParentBalance, ...]:
    """The balance for every adult taking part, or every parent where nobody has chosen yet."""
    sessions = {each.body.session_id: each for each in case.standing(Session)}  # never left out because of their date
    still_on = [each for each in sessions.values() if each.body.state not in ("cancelled", "stopped")]
    return tuple(_of(case, person_id, still_on, as_of) for person_id in _parents(case))


def _parents(case: Case) -> list[str]:
    referral = case.latest(Referral)
    if referral:
        return [each for each in case.people if each in referral.body.taking_part and case.people[each].body.is_adult]
    return [key for key, each in case.people.items() if each.body.role == "parent_carer"]


def _of(case: Case, person_id: str, sessions: Sequence[Record[Session]], as_of: date) -> ParentBalance:
    mine = [each for each in sessions if person_id in each.body.attendees]
    due = [each for each in mine if each.body.planned_for.day <= as_of]
    coming = [each.body.planned_for for each in mine if each.body.planned_for.day > as_of]
    touch_points = [each for each in case.every(TouchPoint) if each.body.person_id == person_id]
    return ParentBalance(
        person_id=person_id,
        held_by=_held_by(case, person_id, as_of),
        sessions=len(due),
        touched=sum(_was_touched(each, touch_points) for each in due),
        last_touch_point=max((each.happened_on.day for each in touch_points), default=None),
        next_session=min(coming, default=None),
    )


def _held_by(case: Case, person_id: str, as_of: date) -> tuple[Professional, ...]:
    commitments = [each.body for each in case.current(Wraparound).values() if each.body.for_person == person_id]
    return tuple(each.practitioner for each in commitments if each.ended_on is None or each.ended_on > as_of)


def _was_touched(session: Record[Session], touch_points: Sequence[Record[TouchPoint]]) -> bool:
    """As rule E06 asks: with this parent alone, and not after the session."""
    return any(
        each.body.session_id == session.body.session_id and each.body.individually == "yes" and is_before(each, session)
        for each in touch_points
    )
