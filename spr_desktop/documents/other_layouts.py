"""Lays out the documents that are not referral packs: each with a first page like a pack's, and how to check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from spr_desktop.documents import style
from spr_desktop.documents.audit import AuditedRule, CaseAudit, Step
from spr_desktop.documents.blocks import Fact, Lines
from spr_desktop.documents.contents import Document
from spr_desktop.documents.layout_parts import (
    BULLET,
    NONE_RECORDED,
    bulleted,
    contacts,
    how_to_check,
    reach,
    section,
    sharing,
    signed_by,
    who,
    wraparound,
)
from spr_desktop.documents.one_adult import OneAdult, ParentCopy, WraparoundBrief
from spr_desktop.documents.page import CoverBand, Furniture, build
from spr_desktop.documents.subject_access import SubjectAccess
from spr_desktop.documents.withdrawal import WithdrawalNotice
from spr_desktop.documents.wording import counted, day

_ROOM_FOR_AN_ITEM: Final = 110
"""Points; the title of an item and some of what it says."""

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
_ANSWERS: Final = (
    "Every record that says something of you was read and decided about, one by one. Where something was removed, the "
    "reason stands in its place.",
    "If you think that this answer is wrong, ask for it to be looked at again. You may also complain to the "
    "Information Commissioner's Office, ico.org.uk.",
)


def parent_copy_layout(copy: ParentCopy) -> bytes:
    """A parent's own copy as a PDF, not sealed yet. Raises MissingGlyph."""

    def story() -> Iterator[Flowable]:
        yield from _cover(copy)
        yield PageBreak()
        yield Lines(copy.adult.name, style.HEADING)
        yield from _adult(copy.adult)
        yield from section("What you should know", bulleted(_COPY))
        yield from how_to_check(copy, "copy")

    return _built(copy, story, "About you, and about nobody else")


def wraparound_brief_layout(brief: WraparoundBrief) -> bytes:
    """A wrap-around practitioner's brief as a PDF, not sealed yet. Raises MissingGlyph."""

    def story() -> Iterator[Flowable]:
        yield from _cover(brief)
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
        yield from section("Sessions", _sessions(brief))
        if brief.lead_professional:
            lead = brief.lead_professional
            yield from section("Lead professional", [Fact("Whom to tell", *who(lead), *reach(lead))])
        yield from section("What is asked of you", bulleted(_BRIEF))
        yield from how_to_check(brief, "brief")

    return _built(brief, story, "For one parent's wrap-around practitioner")


def withdrawal_notice_layout(notice: WithdrawalNotice) -> bytes:
    """A withdrawal notice as a PDF, not sealed yet. Raises MissingGlyph."""

    def story() -> Iterator[Flowable]:
        yield from _cover(notice)
        yield PageBreak()
        withdrawn = [Lines(each, style.SUBSECTION) for each in notice.packs]
        number = counted(len(notice.packs), "referral pack is", "referral packs are")
        yield from section(f"{number.capitalize()} withdrawn", withdrawn)
        yield from section("What to do now", bulleted(_WITHDRAWN))
        yield Lines(_NO_REASON, style.BODY)
        yield from how_to_check(notice, "notice")

    return _built(notice, story, "Packs that must not be used any more")


def case_audit_layout(audit: CaseAudit) -> bytes:
    """A case audit as a PDF, not sealed yet. Raises MissingGlyph."""

    def story() -> Iterator[Flowable]:
        yield from _cover(
            audit,
            Fact("Case", audit.case_ref),
            Fact("As of", day(audit.as_of)),
            Fact("Service", audit.service),
            Fact("The pathway says", audit.outcome),
        )
        yield PageBreak()
        yield from section("What stands in the way", list(_rules(audit.in_the_way)))
        yield from section("Cautions and notes of the pathway", list(_rules(audit.others)))
        yield from section("Safety conversations", _conversations(audit))
        answered = [Fact(day(each.on), each.what, f"By {each.by}", each.reason) for each in audit.answered]
        yield from section("Decided by a person, and why", answered or _none())
        yield from section("Documents", list(_steps(audit.documents)))
        yield from section("Everything that was recorded", list(_steps(audit.records)))
        yield from section("What was done with the case in this vault", list(_steps(audit.activity)))
        yield from how_to_check(audit, "audit")

    return _built(audit, story, audit.pathway)


def subject_access_layout(answer: SubjectAccess) -> bytes:
    """The answer to a subject access request as a PDF, not sealed yet. Raises MissingGlyph."""

    def story() -> Iterator[Flowable]:
        yield from _cover(answer)
        yield PageBreak()
        yield Lines(answer.name, style.HEADING)
        yield from section("About this answer", bulleted(_ANSWERS))
        left_out = [Fact(counted(count, "record", "records").capitalize(), why) for why, count in answer.not_disclosed]
        yield from section("What was removed or left out, and why", left_out or [Lines("Nothing.", style.BODY)])
        yield from section("What is recorded about you", [])
        for item in answer.items:
            yield CondPageBreak(_ROOM_FOR_AN_ITEM)
            yield Lines(f"{item.number}. {item.called}, {day(item.on)}", style.SUBSECTION)
            for label, value in item.parts:
                yield Fact(label, *value.split("\n"))
            yield Fact("Written down by", item.recorded_by)
        yield from how_to_check(answer, "answer")

    return _built(answer, story, "Your own records")


def _built(document: Document, story: Callable[[], Iterator[Flowable]], subject: str) -> bytes:
    furniture = Furniture(
        title=document.title, header=f"{document.title}, version {document.version}", footer=document.handling
    )
    band = CoverBand(kind=document.called, reference=document.reference, subject=subject)
    return build(lambda: list(story()), furniture, band, lambda _canvas: None)


def _cover(document: Document, *more: Flowable) -> Iterator[Flowable]:
    yield from more
    yield Fact("Made on", f"{day(document.made_on)}, version {document.version}")
    yield Fact("Made by", *who(document.referrer))
    yield Fact("Work contact", *reach(document.referrer))
    yield Fact("For", *document.recipients)
    yield Spacer(0, 12)
    yield Lines("Handling", style.COVER_PANEL_HEADING)
    yield Lines(document.handling, style.PANEL_TEXT)
    yield signed_by(document, "document")
    yield Lines("", style.PANEL_END)


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


def _rules(rules: Sequence[AuditedRule]) -> Iterator[Flowable]:
    for each in rules:
        due = [f"Due on {day(each.due_on)}"] if each.due_on else []
        yield Fact(f"{each.rule}, {each.subject}", each.outcome, each.reason, each.next_step, *due)
    if not rules:
        yield from _none()


def _conversations(audit: CaseAudit) -> list[Flowable]:
    return [
        Fact(day(each.on), f"{each.who}: {each.state}", each.how, f"Recorded by {each.recorded_by}")
        for each in audit.conversations
    ] or _none()


def _steps(steps: Sequence[Step]) -> Iterator[Flowable]:
    for each in steps:
        yield Fact(each.at, each.what, ", ".join(part for part in (each.about, each.by) if part))
    if not steps:
        yield from _none()


def _none() -> list[Flowable]:
    return [Lines("None.", style.BODY)]
