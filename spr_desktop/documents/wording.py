"""Plain English for every code that a document prints; no code ever stands on a page.

The words are neutral: they say what was recorded and judge nobody. Packs never use the word "safe".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(of: date) -> str:
    """A date as people read it: ``3 November 2026``."""
    return f"{of.day} {_MONTHS[of.month - 1]} {of.year}"


def short_day(of: date) -> str:
    """A date in a narrow column: ``3 Nov 2026``."""
    return f"{of.day} {_MONTHS[of.month - 1][:3]} {of.year}"


def days(first: date, last: date) -> str:
    """The days from one to another: ``3 November 2026``, ``3 to 5 November 2026``, ``30 May to 5 June 2026``."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def listed(parts: Sequence[str]) -> str:
    """Parts of a sentence put together: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def counted(number: int, one: str, many: str) -> str:
    """A number and its noun, small numbers as words: ``two adults``."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return f"{words[number] if number < len(words) else number} {one if number == 1 else many}"


PARENTING_ROLE: Final = {
    "birth_mother": "Birth mother",
    "birth_father": "Birth father",
    "adoptive_parent": "Adoptive parent",
    "step_parent": "Step-parent",
    "special_guardian": "Special guardian",
    "kinship_carer": "Kinship carer",
    "foster_carer": "Foster carer",
    "parents_partner": "Partner of a parent",
    "other": "Other parenting role",
}

PERSON_ROLE: Final = {"parent_carer": "Parent or carer", "other_adult": "Other adult of the family", "child": "Child"}

RESPONSIBILITY: Final = {"yes": "Yes", "no": "No", "not_known": "Not known", "disputed": "Disputed"}

INTERPRETER: Final = {
    "none": "None needed",
    "spoken": "Spoken language interpreter",
    "bsl": "British Sign Language interpreter",
    "other_signed": "Interpreter for another sign language",
}

CONTACT_TYPE: Final = {
    "mobile": "Mobile",
    "landline": "Landline",
    "email": "Email",
    "post": "Post",
    "via_worker": "Through a worker",
}

VOICEMAIL: Final = {
    "yes": "Voicemail may be left.",
    "no": "Do not leave voicemail.",
    "not_known": "Do not leave voicemail: it was not asked about.",
}

TEXT_MESSAGE: Final = {
    "yes": "Text messages may be sent.",
    "no": "Do not send text messages.",
    "not_known": "Do not send text messages: it was not asked about.",
}

ALERT_RULE: Final = {
    "safe_contact_only": "Use only the ways of contact that are given here.",
    "no_voicemail": "Do not leave voicemail on any number.",
    "monitored_device": "In a message ask only for a call back; do not say what it is about.",
    "confidential_address": "Do not ask anybody for an address, and do not write one down.",
}
"""What an alert asks of those who make contact.

``lone_visit_risk`` is left out on purpose: a label of risk never leaves the case.
``separate_waiting`` is an access need.
"""

SEPARATE_WAITING: Final = "A place and time of their own to arrive and to wait"

AGREEMENT_METHOD: Final = {
    "face_to_face": "face to face",
    "signed_paper": "signed on paper",
    "signed_on_screen": "signed on screen",
    "email": "by email",
    "phone": "by telephone",
    "video": "by video call",
    "interpreted": "through an interpreter",
}

YOU_AGREED: Final = {
    "yes": "You agreed",
    "no": "You did not agree",
    "undecided": "You had not decided",
    "withdrawn": "You took your agreement back",
}
"""As the person themselves reads it."""

AGREED: Final = {
    "yes": "Agreed",
    "no": "Did not agree",
    "undecided": "Had not decided",
    "withdrawn": "Took the agreement back",
}

NOTICE_METHOD: Final = {
    "paper_given": "given on paper",
    "emailed": "sent by email",
    "read_aloud": "read aloud",
    "translated": "given in translation",
    "easy_read": "given in easy read",
    "link_sent": "sent as a link",
}

ARTICLE_6: Final = {
    "consent": "Consent, UK GDPR Article 6(1)(a)",
    "legal_obligation": "Legal obligation, UK GDPR Article 6(1)(c)",
    "vital_interests": "Vital interests, UK GDPR Article 6(1)(d)",
    "public_task": "Public task, UK GDPR Article 6(1)(e)",
    "legitimate_interests": "Legitimate interests, UK GDPR Article 6(1)(f)",
}

PLAN: Final = {
    "none": "No plan is open",
    "universal": "Universal services only",
    "early_help": "Early help",
    "targeted_early_help": "Targeted early help",
    "family_help": "Family Help",
    "child_in_need": "Child in need",
    "child_protection": "Child protection",
    "looked_after": "Looked-after child",
    "pre_proceedings": "Pre-proceedings",
    "other": "Another kind of plan",
    "not_known": "Not known",
}

COURT_STATE: Final = {
    "contemplated": "being considered",
    "issued": "issued",
    "listed": "listed for a hearing",
    "live": "under way",
    "concluded": "concluded",
    "withdrawn": "withdrawn",
    "expired": "expired",
    "not_known": "state not known",
}

OFFER_RESULT: Final = {
    "offered": "offered",
    "started": "started",
    "completed": "completed",
    "declined": "not taken up",
    "not_suitable_entrenched": "considered; not suited to conflict that has gone on this long",
    "not_available": "considered; not available",
    "no_digital_access": "considered; no access to it online",
    "language_barrier": "considered; not available in the language needed",
}

SETTING: Final = {
    "school": "Education",
    "early_years": "Early years",
    "health": "Health",
    "childrens_services": "Children's services",
    "voluntary": "Voluntary sector",
    "other": "Another setting",
}

UNNAMED_SETTINGS: Final = frozenset({"school", "early_years", "health"})
"""Settings whose name would tell where a child or parent goes day by day: schools, nurseries and clinics stay out."""

FREQUENT: Final = {
    "yes": "Conflict is frequent.",
    "no": "Conflict is not frequent.",
    "not_known": "How frequent conflict is, is not known.",
}

INTENSE: Final = {
    "yes": "It is intense.",
    "no": "It is not intense.",
    "not_known": "How intense it is, is not known.",
}

POORLY_RESOLVED: Final = {
    "yes": "It is poorly resolved.",
    "no": "It is mostly resolved.",
    "not_known": "How it is resolved is not known.",
}

CONVERSATION_STATE: Final = {"completed": "held", "incomplete": "begun, not completed", "declined": "declined"}

TOOL: Final = {
    "spr_safety_net": "the SPR team's own tool",
    "built_in": "the built-in questions, which are not validated",
    "other_named": "another tool",
    "none": "no tool",
}

ALONE: Final = {"yes": "alone", "no": "not alone", "not_known": "whether alone is not known"}

OUTCOME: Final = {"stop": "Stop", "not_yet": "Not yet", "caution": "Caution", "pass": "Nothing against it"}

KIND: Final = {
    "case_opened": "Case opened",
    "confidential_words": "Words to keep confidential",
    "wants_without_children": "Wishes for time without the children",
    "need": "A need",
    "stop_lifted": "A stop lifted",
    "child_voice": "The child's voice",
    "course": "Digital course",
    "contact_triage": "Contact triaged",
    "universal_offer": "Universal offer",
    "sharing_basis": "Basis for sharing",
    "wraparound": "Wrap-around support",
    "document_revoked": "Document withdrawn",
}
"""Kinds of records whose name in the case document is not what people call them; the others are called by it."""

DOCUMENT_STEP: Final = {"document_made": "made", "document_sent": "sent", "document_revoked": "withdrawn"}

CAUTION: Final = {
    "A03": "A screening tool other than the SPR team's own was used.",
    "A04": "Screening took place after the referral was first talked about.",
    "A10": "Some weeks have passed since screening.",
    "A21": "An adult taking part is 16 or 17 years old.",
    "B03": "Public law proceedings about the children have concluded.",
    "B04": "Public law proceedings are being considered.",
    "B05": "There are private law proceedings or orders.",
    "C03": "Something of the universal offer has been offered and not yet taken further.",
    "C05": "The circumstances of the parents' separation call for another look at mediation.",
    "C07": "Whether and how the children are consulted calls for another look.",
    "C09": "Couple support or family counselling: both were thought about.",
    "C11": "There are children under 8 at home who do not take part.",
    "C12": "A child is not yet sure about taking part.",
    "D01": "Readiness for this work was talked through.",
    "D03": "Readiness for this work was talked through.",
    "D05": "The dates of the plan were looked at beside this referral.",
    "D06": "Readiness for this work was talked through.",
    "E03": "A wrap-around practitioner is still getting to know the family.",
    "E05": "One wrap-around practitioner supports more than one adult, within stated boundaries.",
    "E07": "One wrap-around practitioner in education supports more than one adult.",
    "F03": "An earlier version of the privacy notice was used.",
    "F08": "Some weeks have passed since agreement was given.",
}
"""Accepted cautions that may be named, in words that mark nobody out.

Left out on purpose: everything that rests on what was heard, advised or lifted (A02, A05 to A09, A12, A19), what would
tell of somebody's health (B02) or of why a child was not asked (D07), and what follows after the pack (E06, G).
"""
