"""Which marks each kind of document may hold: written down from packs.md, not from the program.

``packs.md section 1`` says of whom a kind may hold data, section 2 what a pack says; the rest of what is here is how
records.md says which record holds now. What may stand in a document does stand there: a list is exact both ways.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from tests.cases import TODAY
from tests.leaks.families import Mark, MarkedFamily, whose

_DAYS_CONFIRMED: Final = 14
"""For which a way of contact counts as confirmed (pathway.md, F10)."""
_TELLS_WHERE_THEY_ARE: Final = frozenset({"school", "early_years", "health"})
"""Packs leave out schools, nurseries and clinics (packs.md section 2)."""
_OF_A_PRACTITIONER: Final = tuple(
    f"wraparound.practitioner.{each}" for each in ("name", "role", "organisation", "phone", "email")
)
_OF_THE_LEAD: Final = frozenset(
    f"lead_professional.professional.{each}" for each in ("name", "role", "organisation", "phone", "email")
)

Allowed = Callable[[Mark], bool]


def in_pack(made: MarkedFamily) -> set[str]:
    """Both parents, each in their section, and shared facts (packs.md section 2)."""
    return _texts(made, lambda mark: _in_pack(mark, made))


def _in_pack(mark: Mark, made: MarkedFamily) -> bool:
    body, where = mark.body, mark.where
    if not mark.is_current:
        return False
    if where in _OF_THE_LEAD or where in ("conflict_profile.summary", "child_voice.agreed_wording"):
        return True
    if where == "court_matter.type":
        return body["law"] in ("private", "public")
    if where in ("safety_conversation.tool_name", "safety_conversation.tool_version"):
        return body["person_id"] in made.adults  # which tool it was, never an answer
    if where.startswith("person.") and body["role"] == "child":
        return where in ("person.given_names", "person.access_needs") or _is_needed_language(mark)
    return any(
        _is_of_the_adult(mark, person) or _is_contact(mark, person, released=("service_only", "may_share"))
        for person in made.adults
    ) or (where == "wraparound.boundary_statement" and _holds(mark))


def in_copy(made: MarkedFamily, person: str) -> set[str]:
    """That parent only; no ways of contact, and nothing that speaks of the other."""
    return _texts(made, lambda mark: mark.is_current and _is_of_the_adult(mark, person))


def in_brief(made: MarkedFamily, person: str) -> set[str]:
    """The same, ways of contact that the parent lets be shared, and whom to tell."""
    return _texts(
        made,
        lambda mark: (
            mark.is_current
            and (
                _is_of_the_adult(mark, person)
                or _is_contact(mark, person, released=("may_share",))
                or mark.where in _OF_THE_LEAD
            )
        ),
    )


def in_notice(made: MarkedFamily) -> set[str]:
    """The pack's reference only; to whom it went is whom the notice goes to."""
    withdrawn = {each["body"]["document_id"] for each in made.family.found("document_revoked")}
    return _texts(
        made,
        lambda mark: (
            mark.where == "document_made.recipient"
            and mark.body["document"] == "referral-pack"
            and mark.body["document_id"] not in withdrawn
        ),
    )


def in_audit(made: MarkedFamily) -> set[str]:
    """Internal: who recorded, who decided and why; no answers, and nobody's name."""
    decided = ("caution_accepted.reason", "caution_accepted.oversight_by", "stop_lifted.reason", "recorded_by")
    return _texts(made, lambda mark: mark.where in decided)


def in_whole_answer(made: MarkedFamily, person: str) -> set[str]:
    """All that is held about the person, where every item is disclosed."""
    return _texts(made, lambda mark: is_about(mark, made, person))


def is_about(mark: Mark, made: MarkedFamily, person: str) -> bool:
    """Whether a record says something of a person: it names the person, or nobody in particular."""
    if mark.entry["kind"].startswith("document_") and mark.body["document"] == "parent-copy":
        return False  # whose copy it was is not recorded, and it would show that somebody has one
    named = whose(mark.entry, made.family.entries)
    return person in named if named else True


def days_in_copy(made: MarkedFamily, person: str) -> set[date]:
    """The day it is made, and those of the person's own agreement, notice and courses offered."""
    found = {TODAY}
    for entry in made.family.entries:
        body = entry["body"]
        is_ours = body.get("notice") == "spr-hiep-families"
        if body.get("person_id") == person and (entry["kind"] in ("agreement", "universal_offer") or is_ours):
            found.add(_day(entry["happened_on"]))
    return found - _days_that_do_not_hold(made, person)


def days_in_brief(made: MarkedFamily, person: str) -> set[date]:
    """Those of the copy, of planned sessions of theirs, of touch points before them, of confirmed contacts."""
    found = days_in_copy(made, person)
    planned = [
        each["body"]
        for each in made.family.found("session")
        if person in each["body"]["attendees"] and each["body"]["state"] == "planned"
    ]
    found |= {_day(each["planned_for"]) for each in planned}
    ids = {each["session_id"] for each in planned}
    found |= {
        _day(each["happened_on"])
        for each in made.family.found("touch_point")
        if each["body"]["person_id"] == person and each["body"]["session_id"] in ids
    }
    released = [each for each in made.marks if _is_contact(each, person, released=("may_share",)) and each.is_current]
    return found | {_day(each.body["confirmed_on"]) for each in released}


def days_of_others(made: MarkedFamily, person: str) -> set[date]:
    """Days on which other adults were spoken with or agreed, and their birthdays."""
    kinds = ("safety_conversation", "agreement", "privacy_notice", "sharing_basis", "touch_point")
    own = {each["happened_on"][:10] for each in made.family.entries if person in whose(each)}
    found = set()
    for entry in made.family.entries:
        body = entry["body"]
        if body.get("person_id") in set(made.all_adults) - {person}:
            if entry["kind"] in kinds and entry["happened_on"][:10] not in own:
                found.add(_day(entry["happened_on"]))
            if "date_of_birth" in body:
                found.add(_day(body["date_of_birth"]))
    return found


def _days_that_do_not_hold(made: MarkedFamily, person: str) -> set[date]:
    notices = [
        _day(each["happened_on"])
        for each in made.family.found("privacy_notice")
        if (each["body"]["person_id"], each["body"]["notice"]) == (person, "spr-hiep-families")
    ]
    return set(notices) - {max(notices)} if notices else set()


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _texts(made: MarkedFamily, allowed: Allowed) -> set[str]:
    return {mark.text for mark in made.marks if allowed(mark)}


def _is_of_the_adult(mark: Mark, person: str) -> bool:
    """Name, needs, basis for sharing and the practitioner of one adult."""
    body, where = mark.body, mark.where
    if where in ("person.given_names", "person.family_name", "person.preferred_name", "person.access_needs"):
        return bool(body["person_id"] == person)
    if where == "person.language":
        return body["person_id"] == person and _is_needed_language(mark)
    if where == "sharing_basis.article_9":
        return bool(body["person_id"] == person)
    if where in _OF_A_PRACTITIONER and body["for_person"] == person and _holds(mark):
        tells = where.endswith((".organisation", ".email")) and body.get("setting") in _TELLS_WHERE_THEY_ARE
        return not tells
    return False


def _is_needed_language(mark: Mark) -> bool:
    return mark.where == "person.language" and mark.body.get("interpreter", "none") != "none"


def _holds(mark: Mark) -> bool:
    ended = mark.body.get("ended_on")
    return ended is None or _day(ended) > TODAY


def _is_contact(mark: Mark, person: str, released: tuple[str, ...]) -> bool:
    """A way of contact that the person released, and that is fit for use; an address only if it may be shared."""
    body = mark.body
    if not mark.where.startswith("contact_point.") or body["person_id"] != person or not body.get("confirmed_on"):
        return False
    is_fit = (body["safe"], body["monitored_by_others"], body["shared_with_other_parent"]) == ("yes", "no", "no")
    is_fresh = (TODAY - _day(body["confirmed_on"])).days <= _DAYS_CONFIRMED
    disclosure = body.get("disclosure", "confidential")
    is_released = disclosure in released and (body["type"] != "post" or disclosure == "may_share")
    return is_fit and is_fresh and is_released
