"""What happened and what comes next, as pictures: the same steps for every family, so that they mark nobody out.

A pack's picture tells only days that the pack tells anyway, and each of everybody together; that of a document about
one person tells that person's own.
"""

from __future__ import annotations

from typing import Final

from spr_desktop.documents.contents import ReferralPack
from spr_desktop.documents.one_adult import OneAdult, ParentCopy, WraparoundBrief
from spr_desktop.documents.pictures import Row, Step, Strip
from spr_desktop.documents.wording import day, days, listed

_SO_FAR: Final = "So far"
_NEXT: Final = "What comes next"
_TOLD: Final = 3
"""So many days are told one by one; of more, the first and the last."""


def of_pack(pack: ReferralPack) -> Strip:
    """The way of the referral, of all its adults together."""
    checks = (pack.suitability.active_crisis, pack.suitability.therapy, pack.suitability.public_law)
    agreed = [on for each in pack.adults for on in (each.notice.given_on, each.agreement.agreed_on)]
    held = pack.screening.held_on
    checked = days(min(each.checked_from for each in checks), max(each.checked_to for each in checks))
    done = [
        Step("Each adult spoken with individually", days(min(held), max(held)) if held else ""),
        Step("Suitability checked", checked),
        Step("Privacy notices given and agreement recorded", days(min(agreed), max(agreed)) if agreed else ""),
        *([Step("Wrap-around support arranged")] if all(each.wraparound for each in pack.adults) else []),
        Step("Referral made", day(pack.made_on)),
    ]
    ahead = (
        Step("The SPR team talks the referral over with the referrer"),
        Step("The service gets in touch with each adult separately"),
        Step("First appointment with each adult"),
    )
    return Strip((Row(done, _SO_FAR), Row(ahead, _NEXT, is_to_come=True)), "The way of this referral")


def of_copy(copy: ParentCopy) -> Strip:
    """What happens in this work, to the person themselves."""
    adult = copy.adult
    steps = (
        Step("You are asked how things are, on your own."),
        Step("You are told what happens with what you say: the privacy notice.", _notices(adult)),
        Step("You say whether you want this. You may change your mind at any time.", _answers(adult)),
        Step("Somebody outside the service keeps in touch with you."),
        Step("The SPR team looks at the referral."),
        Step("The service offers you a first appointment."),
    )
    return Strip((Row(steps[:3]), Row(steps[3:])), "What happens in this work")


def of_brief(brief: WraparoundBrief) -> Strip:
    """What happens in this work, to the practitioner of one parent."""
    planned = [day(each.on) for each in brief.sessions]
    when = listed(planned) if len(planned) <= _TOLD else f"{planned[0]} to {planned[-1]}"
    steps = (
        Step("This parent is given the privacy notice.", _notices(brief.adult)),
        Step("This parent says whether they want this work.", _answers(brief.adult)),
        Step("The SPR team looks at the referral."),
        Step("Before each session you talk with this parent alone."),
        Step("The session takes place.", when),
        Step("You write down each touch point. This goes on to the end of the work."),
    )
    return Strip((Row(steps[:3]), Row(steps[3:])), "What happens in this work")


def _notices(adult: OneAdult) -> str:
    return listed(list(dict.fromkeys(day(each.given_on) for each in adult.notices)))


def _answers(adult: OneAdult) -> str:
    return listed(list(dict.fromkeys(day(each.on) for each in adult.answers)))
