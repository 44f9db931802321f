"""Lays out a referral pack: which block stands where, under which heading (packs.md section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from spr_desktop.documents import data, journeys, style
from spr_desktop.documents.blocks import Fact, Heading, Lines, Place, headed
from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.contents import Adult, Check, Child, CourtFact, Offer, ReferralPack, Responsibility
from spr_desktop.documents.layout_parts import (
    BULLET,
    NONE_RECORDED,
    bulleted,
    contacts,
    fact,
    how_to_check,
    reach,
    section,
    sharing,
    signed_by,
    who,
    wraparound,
)
from spr_desktop.documents.page import CoverBand, Furniture, build
from spr_desktop.documents.wording import day

_ROOM_FOR_A_CHILD: Final = 130
"""Points; what must not be torn apart at the end of a page."""

_DATA: Final = (
    f"The file also carries this content as data: {data.FILE_NAME}, form {data.FORMAT}, version {data.VERSION}. "
    "Nothing is in it that is not on these pages."
)


def lay_out(pack: ReferralPack) -> bytes:
    """The pack as a PDF, not sealed yet, with its data attached. Raises MissingGlyph."""
    furniture = Furniture(title=pack.title, header=f"{pack.title}, version {pack.version}", footer=pack.handling)
    band = CoverBand(kind="Referral pack", reference=pack.reference, subject=pack.pathway)
    attached = data.referral_json(pack)

    def finish(canvas: DocumentCanvas) -> None:
        canvas.attach(data.FILE_NAME, attached, data.MIME_TYPE, data.DESCRIPTION)

    def front() -> list[Flowable]:
        return [Lines("The way of this referral", style.SECTION), journeys.of_pack(pack)]

    return build(lambda: list(_story(pack)), furniture, band, finish, front)


def _story(pack: ReferralPack) -> Iterator[Flowable]:
    yield from _cover(pack)
    yield PageBreak()
    yield from _screening(pack)
    checks = pack.suitability
    yield from section("Suitability", map(_check, (checks.active_crisis, checks.therapy, checks.public_law)))
    for number, adult in enumerate(pack.adults, 1):
        yield from _adult(adult, f"Adult {number} of {len(pack.adults)}")
    # What follows is about everybody again, so the last adult's section ends with its page.
    yield PageBreak()
    yield from section("Children", [] if pack.children else [Lines(NONE_RECORDED, style.BODY)])
    for child in pack.children:
        yield from _child(child)
    yield from _conflict(pack)
    yield from _plan(pack)
    private = [_court(each) for each in pack.courts] or [Fact("Private law", NONE_RECORDED)]
    yield from section("Courts", [_check(pack.suitability.public_law), *private])
    yield from section("Universal offer", _family_offers(pack))
    yield from section("Cautions looked at and accepted", bulleted(pack.cautions))
    yield from section("Basis for sharing", [Lines(pack.sharing, style.BODY)])
    yield from how_to_check(pack, "pack", Lines(_DATA, style.BODY))


def _cover(pack: ReferralPack) -> Iterator[Flowable]:
    yield Fact("Service asked for", pack.service)
    yield Fact("Made on", f"{day(pack.made_on)}, version {pack.version}")
    if pack.replaces_one_of:
        yield Fact("Version", _replaces(pack.version, pack.replaces_one_of))
    yield Fact("Referred by", *who(pack.referrer))
    yield Fact("Work contact", *reach(pack.referrer))
    yield Fact("Recipients", *pack.recipients)
    yield Spacer(0, 12)
    yield Lines("Handling", style.COVER_PANEL_HEADING)
    yield Lines(f"{pack.handling} Each adult has a section that starts on a new page.", style.PANEL_TEXT)
    yield signed_by(pack, "pack")
    yield Lines("", style.PANEL_END)


def _replaces(version: int, made_on: date) -> str:
    before = f"Version {version}, replaces version {version - 1} of {day(made_on)}"
    return before if version == 2 else f"{before} and every earlier one"


def _screening(pack: ReferralPack) -> Iterator[Flowable]:
    said = pack.screening
    yield from headed(Heading("Screening", style.SECTION))
    yield Lines(said.individually, style.BODY)
    yield Fact("Conversations held on", *map(day, said.held_on))
    yield Fact("Held with", *said.tools)
    yield Fact("Judgement", *said.judgement)
    yield Fact("Oversight", said.oversight)
    yield Spacer(0, 8)
    yield Lines(said.limits, style.BODY)


def _check(check: Check) -> Fact:
    if check.checked_from == check.checked_to:
        return Fact(check.title, check.statement, f"Checked on {day(check.checked_from)}.")
    days = f"Checked from {day(check.checked_from)} to {day(check.checked_to)}."
    return Fact(check.title, check.statement, days)


def _adult(adult: Adult, number: str) -> Iterator[Flowable]:
    yield PageBreak()
    place = Place()
    yield Heading(f"{number} ", style.OVERLINE, place=place)
    yield Lines(adult.name, style.HEADING, place=place)
    yield from _contact_panel(adult)
    yield Spacer(0, 10)
    if adult.preferred_name:
        yield Fact("Likes to be called", adult.preferred_name)
    yield Fact("Role", adult.role)
    yield Fact("Parental responsibility", *_responsibilities(adult.parental_responsibility))
    yield Fact("Interpreter", adult.interpreter)
    yield Fact("Access needs", *adult.access_needs or (NONE_RECORDED,))
    agreed = f"On {day(adult.agreement.agreed_on)}, {adult.agreement.method}"
    yield Fact("Agreed to the service", agreed, "Wishes to use the service")
    notice = f"{adult.notice.title}, version {adult.notice.version}"
    yield Fact("Privacy notice", notice, f"On {day(adult.notice.given_on)}, {adult.notice.method}")
    yield sharing(adult.sharing)
    for support in adult.wraparound:
        yield from wraparound(support)
    if adult.universal_offer:
        yield Fact("Universal offer", *map(_offer, adult.universal_offer))


def _contact_panel(adult: Adult) -> Iterator[Flowable]:
    yield Lines("Before any contact", style.PANEL_HEADING)
    for rule in adult.contact_rules:
        yield Lines(rule, style.PANEL_TEXT, bullet=BULLET)
    yield from contacts(adult.contacts)
    if adult.contact_through:
        yield Lines("How to make contact", style.PANEL_HEADING)
        yield Lines("This pack gives no number or address of this person. Make contact through:", style.PANEL_TEXT)
        yield Lines(adult.contact_through, style.PANEL_STRONG)
    yield Lines("", style.PANEL_END)


def _responsibilities(held: Sequence[Responsibility]) -> tuple[str, ...]:
    # Our word first: it sets the direction of the line, also before a name that runs from the right.
    return tuple(f"{each.held}, for {each.child}" for each in held) or (NONE_RECORDED,)


def _child(child: Child) -> Iterator[Flowable]:
    yield CondPageBreak(_ROOM_FOR_A_CHILD)
    yield Lines(child.name, style.SUBSECTION)
    yield Fact("Age", child.age)
    yield Fact("Takes part", "Yes" if child.takes_part else "No")
    yield Fact("Interpreter", child.interpreter)
    yield Fact("Access needs", *child.access_needs or (NONE_RECORDED,))
    yield Fact("Wording agreed with the child", child.agreed_wording or NONE_RECORDED)
    if child.sharing:
        yield sharing(child.sharing)


def _conflict(pack: ReferralPack) -> Iterator[Flowable]:
    yield from section("Conflict", [])
    yield Fact("How often", pack.conflict.frequency)
    yield Fact("How intense", pack.conflict.intensity)
    yield Fact("How it ends", pack.conflict.resolution)
    if pack.conflict.summary:
        yield from fact("In summary", pack.conflict.summary)


def _plan(pack: ReferralPack) -> Iterator[Flowable]:
    yield from section("Plan and professionals", [])
    yield Fact("Plan", pack.plan.kind)
    if pack.plan.fit:
        yield Fact("How this service fits it", *pack.plan.fit)
    lead = pack.plan.lead_professional
    yield Fact("Lead professional", *who(lead), *reach(lead))


def _court(matter: CourtFact) -> Fact:
    kind = f"{matter.kind}: {matter.state}" if matter.kind else matter.state.capitalize()
    return Fact(matter.law, kind, f"As recorded on {day(matter.recorded_on)}")


def _family_offers(pack: ReferralPack) -> list[Flowable]:
    if not pack.universal_offer:
        return [Lines("What was offered to one person stands in that person's section.", style.BODY)]
    return [Fact(each.item, each.result.capitalize(), day(each.on)) for each in pack.universal_offer]


def _offer(offer: Offer) -> str:
    return f"{offer.item}: {offer.result}, {day(offer.on)}"
