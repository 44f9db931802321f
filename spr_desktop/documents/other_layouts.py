"""Lays out what is made for one parent or about packs: each with a first page like a pack's, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from spr_desktop.documents import journeys, style
from spr_desktop.documents.blocks import Fact, Lines
from spr_desktop.documents.layout_parts import (
    BULLET,
    NONE_RECORDED,
    built,
    bulleted,
    contacts,
    cover,
    how_to_check,
    pictured,
    reach,
    section,
    sharing,
    who,
    wraparound,
)
from spr_desktop.documents.one_adult import OneAdult, ParentCopy, WraparoundBrief
from spr_desktop.documents.withdrawal import WithdrawalNotice
from spr_desktop.documents.wording import counted, day

_ROOM_FOR_ADVICE: Final = 230
"""Points; what a parent should know stands together."""

_WITHDRAWN_PACK: Final = replace(style.SUBSECTION, role="P")
"""It looks like a heading, but nothing stands under it."""

_COPY: Final = (
    "This is your own copy. It says what is recorded of you for this work, and nothing of anybody else.",
    "Your telephone numbers and addresses are left out on purpose, in case somebody else sees this paper. You can ask "
    "to hear them read out.",
    "If something here is wrong, say so. What is recorded is corrected, and you get a new copy.",
    "You may change your mind about the work at any time, without giving a reason. Tell the person named on the first "
    "page.",
    "If keeping this paper could make things harder for you, give it back. It is kept for you.",
)
_BRIEF: Final = (
    "Talk with this parent alone before each session, and ask how things are.",
    "If you hear something new about fear, harm or control, or are worried: do not wait for the session. Tell the lead "
    "professional on the same day. In an emergency call 999.",
    "Do not pass on messages, and do not speak of this parent with anybody else of the family.",
    "Record each touch point, also one that did not come about.",
)
_WITHDRAWN: Final = (
    "Do not act on the packs named here, in whatever version you have them, and make no contact with anybody because "
    "of them.",
    "Delete the files and destroy what was printed, and have others do so to whom you passed them.",
    "Confirm to the sender, on a work number, that this is done.",
)
_NO_REASON: Final = (
    "Why they are withdrawn is not said here, and may have nothing to do with the people they are about."
)


def parent_copy_layout(copy: ParentCopy) -> bytes:
    """A parent's own copy as a PDF, not sealed yet. Raises MissingGlyph."""

    def story() -> Iterator[Flowable]:
        yield from cover(copy, read_by="You")
        yield PageBreak()
        yield Lines(copy.adult.name, style.HEADING)
        yield from _adult(copy.adult)
        yield from pictured("What happens in this work", journeys.of_copy(copy))
        yield CondPageBreak(_ROOM_FOR_ADVICE)
        yield from section("What you should know", bulleted(_COPY))
        yield from how_to_check(copy, "copy", is_for_family=True)

    return built(copy, story, "About you, and about nobody else")


def wraparound_brief_layout(brief: WraparoundBrief) -> bytes:
    """A wrap-around practitioner's brief as a PDF, not sealed yet. Raises MissingGlyph."""

    def story() -> Iterator[Flowable]:
        yield from cover(brief)
        yield PageBreak()
        yield Lines(brief.adult.name, style.HEADING)
        if brief.contact_rules or brief.contacts:
            yield Lines("Before any contact", style.PANEL_HEADING)
            for rule in brief.contact_rules:
                yield Lines(rule, style.PANEL_TEXT, bullet=BULLET)
            yield from contacts(brief.contacts)
            yield Lines("", style.PANEL_END)
            yield Spacer(0, 10)
        yield from _adult(brief.adult)
        yield from pictured("What happens in this work", journeys.of_brief(brief))
        yield from section("Sessions", _sessions(brief))
        if brief.lead_professional:
            lead = brief.lead_professional
            yield from section("Lead professional", [Fact("Whom to tell", *who(lead), *reach(lead))])
        yield from section("What is asked of you", bulleted(_BRIEF))
        yield from how_to_check(brief, "brief")

    return built(brief, story, "For one parent's wrap-around practitioner")


def withdrawal_notice_layout(notice: WithdrawalNotice) -> bytes:
    """A withdrawal notice as a PDF, not sealed yet. Raises MissingGlyph."""

    def story() -> Iterator[Flowable]:
        yield from cover(notice)
        yield PageBreak()
        withdrawn = [Lines(each, _WITHDRAWN_PACK) for each in notice.packs]
        number = counted(len(notice.packs), "referral pack is", "referral packs are")
        yield from section(f"{number.capitalize()} withdrawn", withdrawn)
        yield from section("What to do now", bulleted(_WITHDRAWN))
        yield Spacer(0, 6)
        yield Lines(_NO_REASON, style.BODY)
        yield from how_to_check(notice, "notice")

    return built(notice, story, "Packs that must not be used any more")


def _adult(adult: OneAdult) -> Iterator[Flowable]:
    if adult.preferred_name:
        yield Fact("Likes to be called", adult.preferred_name)
    yield Fact("Role", adult.role)
    yield Fact("Parental responsibility", *adult.responsibility or (NONE_RECORDED,))
    yield Fact("Interpreter", adult.interpreter)
    yield Fact("Access needs", *adult.access_needs or (NONE_RECORDED,))
    for answer in adult.answers:
        yield Fact(answer.service, f"{answer.answer} on {day(answer.on)}, {answer.method}")
    if not adult.answers:
        yield Fact("Agreement", NONE_RECORDED)
    for notice in adult.notices:
        how = f"On {day(notice.given_on)}, {notice.method}"
        yield Fact("Privacy notice", f"{notice.title}, version {notice.version}", how)
    if adult.sharing:
        yield sharing(adult.sharing)
    if adult.shared_with:
        yield Fact("May be shared with", *adult.shared_with)
    for support in adult.wraparound:
        yield from wraparound(support)
    for offer in adult.universal_offer:
        yield Fact(offer.item, f"{offer.result.capitalize()}, {day(offer.on)}")


def _sessions(brief: WraparoundBrief) -> list[Flowable]:
    return [
        Fact(
            f"Session {each.number}",
            f"{day(each.on)}, {each.service}",
            *(f"Touched base on {day(held)}" for held in each.touched_base_on or ()),
        )
        for each in brief.sessions
    ] or [Lines("No session is planned yet.", style.BODY)]
