"""A ready family in which every text that could be typed holds a mark of its own, to see which of them reach a pack."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from spr_desktop.records.kinds import KINDS, Field, fields_of
from spr_desktop.records.values import PlainName
from tests.cases import MANAGER, Family
from tests.documents.packs import released

ALLOWED: Final = {
    "person.given_names",
    "person.family_name",
    "person.preferred_name",
    "person.language",
    "person.access_needs",
    "contact_point.value",
    "contact_point.safe_times",
    "contact_point.unsafe_times",
    "lead_professional.professional.name",
    "lead_professional.professional.role",
    "lead_professional.professional.organisation",
    "lead_professional.professional.phone",
    "lead_professional.professional.email",
    "wraparound.practitioner.name",
    "wraparound.practitioner.role",
    "wraparound.practitioner.organisation",
    "wraparound.practitioner.phone",
    "wraparound.practitioner.email",
    "wraparound.boundary_statement",
    "child_voice.agreed_wording",
    "conflict_profile.summary",
    "court_matter.type",
    "sharing_basis.article_9",
    "safety_conversation.tool_name",
    "safety_conversation.tool_version",
}
"""Fields of text that a pack may carry, and then does (packs.md section 2)."""

_STAYS_AS_IT_IS: Final = {
    "advice.rules",
    "caution_accepted.rule",
    "document_made.sha256",
    "privacy_notice.notice",
    "privacy_notice.version",
    "safety_conversation.question_set",
    "sharing_basis.recipients",
    "stop_lifted.by",
    "stop_lifted.records",
    "suitability.detail",
    "universal_offer.item",
    "touch_point.by",
}
"""Fields of text that hold codes, or names that must agree with another field."""

_OF_THE_CHILD: Final = {"person.family_name", "person.preferred_name"}
"""Not printed of a child."""


@dataclass(frozen=True)
class Marked:
    """The family, and where each mark stands."""

    family: Family
    allowed: dict[str, str]
    forbidden: dict[str, str]
    """By mark: the field that holds it."""


def marked_family() -> Marked:
    """A family with a record of every kind; every text holds a mark."""
    family = _family_of_every_kind()
    missing = set(KINDS) - {each["kind"] for each in family.entries}
    assert not missing, missing
    marks = Marked(family, {}, {})
    numbers = count(1)
    for entry in family.entries:
        _mark(entry, entry["body"], fields_of(KINDS[entry["kind"]]), entry["kind"], marks, numbers)
    return marks


def _family_of_every_kind() -> Family:
    family = released()
    other: dict[str, Any] = {
        "safe": "no",
        "monitored_by_others": "yes",
        "shared_with_other_parent": "yes",
        "voicemail_ok": "no",
    }
    kept: dict[str, Any] = {"person_id": "a", "text_ok": "no", "value": "x", **other}
    family.add("contact_point", -6, contact_id="kept", type="email", disclosure="confidential", **kept)
    family.add("contact_point", -60, contact_id="mobile-a", type="mobile", disclosure="confidential", **kept)
    family.change("contact_point", "service_only", safe_times="x", unsafe_times="x")
    family.change("person", "parent_carer", preferred_name="x", language="x", interpreter="spoken", access_needs=["x"])
    family.change("person", "child", family_name="x", preferred_name="x", language="x", interpreter="bsl")
    family.change("person", "child", access_needs=["x"])
    who = {"name": "x", "role": "x", "organisation": "x", "phone": "x", "email": "x"}
    family.change("lead_professional", professional=dict(who))
    for person in "ab":
        family.change("wraparound", person, practitioner=dict(who), boundary_statement="x", setting="voluntary")
    family.change("safety_conversation", tool="other_named", tool_name="x", tool_version="x", place="x", rationale="x")
    family.change("safety_conversation", answers={"A1": {"value": "hard", "note": "x", "last_happened": "x"}})
    family.change("conflict_profile", summary="x")
    family.change("child_voice", sees="x", hears="x", feels="x", wishes="x", agreed_wording="x")
    family.change("readiness", motivation="x")
    family.change("sharing_basis", article_9="x")
    family.change("universal_offer", reason="x")
    family.change("parental_responsibility", source="x")
    family.change("suitability", "active_crisis", detail="x")
    _add_the_rest(family)
    return family


def _add_the_rest(family: Family) -> None:
    """A record of each kind that a ready family has none of, so that it stays ready."""
    add = family.add
    add("confidential_words", -40, person_id="a", words=["x"])
    add("wants_without_children", -40, person_id="a", answer="yes")
    add("person", -69, person_id="g", role="other_adult", given_names="x", family_name="x")
    add("court_matter", -30, matter_id="m1", law="private", type="x", state="live", about_current_children="yes")
    secret: dict[str, Any] = {"type": "x", "about_current_children": "yes", "protects": "x", "against": "x"}
    add("court_matter", -30, matter_id="m2", law="criminal", state="concluded", **secret)
    add("court_matter", -30, matter_id="m3", law="protective", state="expired", **secret)
    add("need", -30, factor="alcohol", identified="yes", person_id="a", note="x")
    told = add("safety_information", -30, category="other_concern", about=["a"], source="x", detail="x")
    add("life_event", -30, category="house_move", safety_relevant="no")
    add("advice", -30, about="service_fit", from_="x", role="other", says="go_ahead", content="x")
    add("safety_action", -30, action="manager_informed", outcome="x")
    add("stop_lifted", -29, recorded_by=MANAGER, records=[told], by=MANAGER, role="manager", reason="x")
    add("course", -30, person_id="a", programme="other", enrolled_on=family.day(-30))
    add("outcome_measure", -30, measure="x", person_id="a", point="before", score=3)
    add("child_agreement", -9, child_id="c1", service="mediation", informed="yes", agrees="yes")
    add("referral_progress", -3, step="spr_discussion", reason="x")
    times: dict[str, Any] = {
        "number": 1,
        "service": "mediation",
        "planned_for": f"{family.day(30)}T10:00",
        "attendees": ["a"],
    }
    add("session", -3, session_id="s1", state="planned", **times)
    _add_work(family)


def _add_work(family: Family) -> None:
    """Work done, what was written about it, and the cautions accepted on the way."""
    add = family.add
    touch: dict[str, Any] = {
        "by": "Wren",
        "individually": "yes",
        "new_safety_information": "no",
        "worry": "none",
        "note": "x",
    }
    add("touch_point", -3, session_id="s1", person_id="a", **touch)
    block = {"type": "opinion", "text": "x", "attributed_to": "x"}
    add("note", -3, type="supervision", about=["a"], present=["x"], blocks=[block])
    add("note", -3, type="management_oversight", blocks=[dict(block)])
    add("significant_event", -3, event="x", source="x", impact_on_child="x", action="x", is_strength="no")
    add("contact_triage", -3, source="self", classification="parental_conflict", advice="x", signposted_to=["x"])
    for step in ("document_made", "document_sent", "document_revoked"):
        more: dict[str, Any] = {
            "recipient": "x",
            "sent_by": "x",
            "password_channel": "x",
            "receipt": "x",
            "reason": "x",
        }
        add(step, -3, document_id="d1", document="x", sha256="00", pathway_version="x", **more)
    for rule, subject in (("A03", "a"), ("A03", "b"), ("A08", "a"), ("A08", "b"), ("B05", "case"), ("E05", "case")):
        add("caution_accepted", 0, rule=rule, subject=subject, reason="x", oversight_by=MANAGER)


def _mark(
    entry: dict[str, Any], body: dict[str, Any], fields: dict[str, Field], path: str, marks: Marked, numbers: count[int]
) -> None:
    """Put a mark in the place of every text of a body."""
    for name, field in fields.items():
        where = f"{path}.{name}"
        value = body.get(name)
        if value is None or where in _STAYS_AS_IT_IS:
            continue
        if field.nested is not None:
            parts = value.values() if "dict" in str(field.type) else value if isinstance(value, list) else [value]
            for part in parts:
                _mark(entry, part, fields_of(field.nested), where, marks, numbers)
        elif value == "x" or value == ["x"] or _is_free_text(field, value):
            mark = _mark_of(entry, where, next(numbers))
            body[name] = [mark] if isinstance(value, list) else mark
            kept = marks.allowed if _is_allowed(entry, where) else marks.forbidden
            kept[mark] = where


def _is_free_text(field: Field, value: Any) -> bool:
    """Whether the field takes any text: a name, not a code, an id or a date."""
    is_an_id = bool(field.marks) and not any(isinstance(each, PlainName) for each in field.marks)
    if not isinstance(value, str) or is_an_id:
        return False
    return not any(word in str(field.type) for word in ("Literal", "date", "DateTime"))


def _mark_of(entry: dict[str, Any], where: str, number: int) -> str:
    """A word that stands nowhere else, in the form that the field asks for."""
    mark = f"Zq{number:04}xw"
    # The rules ask for a reason and a statement of a certain length.
    return f"{mark} {'so ' * 20}".strip() if where.endswith(("rationale", "boundary_statement")) else mark


def _is_allowed(entry: dict[str, Any], where: str) -> bool:
    body = entry["body"]
    if where not in ALLOWED:
        return False
    if entry["kind"] == "person" and (
        body["role"] == "other_adult" or (body["role"] == "child" and where in _OF_THE_CHILD)
    ):
        return False
    if entry["kind"] == "contact_point":
        return bool(body["disclosure"] == "service_only")
    return bool(entry["kind"] != "court_matter" or body["law"] == "private")
