"""Words for whoever reads their own records: what each kind of record is called, where it stands, its fields.

The reader is *you*. A field that has no words of its own here says nothing to a reader: an id that only joins records.
"""

from __future__ import annotations

from typing import Final

from spr_desktop.documents import wording

SECTIONS: Final = (
    "About you",
    "Ways to reach you",
    "What you said and were asked",
    "Agreements and sharing",
    "The family and the children",
    "Support and the work",
    "Notes, advice and decisions",
    "Documents that were made",
)
"""Sections of an answer, in their order."""

_SECTION: Final[dict[str, int]] = {
    **dict.fromkeys(("person", "need", "suitability"), 0),
    **dict.fromkeys(("contact_point", "confidential_words"), 1),
    **dict.fromkeys(("safety_conversation", "readiness", "wants_without_children", "relationship"), 2),
    **dict.fromkeys(("privacy_notice", "agreement", "child_agreement", "sharing_basis"), 3),
    **dict.fromkeys(("parental_responsibility", "child_voice", "conflict_profile", "plan", "court_matter"), 4),
    **dict.fromkeys(("case_opened", "lead_professional", "universal_offer", "course", "outcome_measure"), 5),
    **dict.fromkeys(("wraparound", "referral", "referral_progress", "session", "touch_point"), 5),
    **dict.fromkeys(("note", "significant_event", "contact_triage", "safety_information", "life_event"), 6),
    **dict.fromkeys(("advice", "safety_action", "stop_lifted", "caution_accepted"), 6),
    **dict.fromkeys(("document_made", "document_sent", "document_revoked"), 7),
}

_CALLED: Final[dict[str, str]] = {
    "person": "Who you are",
    "case_opened": "The work began",
    "contact_point": "A way to reach you",
    "confidential_words": "Words to keep confidential",
    "need": "A need",
    "suitability": "A check before the work",
    "safety_conversation": "A conversation with you alone",
    "wants_without_children": "Support without the children",
    "relationship": "What two adults are to each other",
    "child_voice": "The child's voice",
    "conflict_profile": "How the conflict is",
    "plan": "The plan for the family",
    "course": "Digital course",
    "wraparound": "Wrap-around support",
    "referral_progress": "How the referral went on",
    "touch_point": "A talk before a session",
    "contact_triage": "A contact that came in",
    "stop_lifted": "A stop that was lifted",
    "caution_accepted": "A caution that was accepted",
    "child_agreement": "Agreement of a child",
    "sharing_basis": "Basis for sharing",
    "universal_offer": "What was offered",
    "safety_action": "What was done for safety",
    "document_revoked": "Document withdrawn",
}

_DOCUMENT: Final = {
    "document_id": "Reference",
    "document": "Document",
    "sha256": "Fingerprint of the file",
    "pathway_version": "Version of the pathway",
    "recipient": "For",
    "sent_by": "Sent by",
    "password_channel": "How the passphrase was told",
    "receipt": "Receipt",
    "reason": "Reason",
}
_LABELS: Final[dict[str, dict[str, str]]] = {
    "case_opened": {"organisation": "Organisation", "team": "Team"},
    "lead_professional": {"professional": "Lead professional"},
    "person": {
        "person_id": "Person",
        "role": "Recorded as",
        "given_names": "Given names",
        "family_name": "Family name",
        "preferred_name": "Likes to be called",
        "date_of_birth": "Date of birth",
        "date_of_birth_accuracy": "How sure the date is",
        "expected_on": "Expected on",
        "parenting_role": "Role as a parent",
        "lives_in_area": "Lives in the area",
        "language": "Language",
        "interpreter": "Interpreter",
        "access_needs": "Access needs",
        "alerts": "Before getting in touch",
    },
    "contact_point": {
        "person_id": "Of",
        "type": "What it is",
        "value": "Number or address",
        "safe": "Safe to use",
        "monitored_by_others": "Read or heard by others",
        "shared_with_other_parent": "Used by the other parent too",
        "voicemail_ok": "Voicemail may be left",
        "text_ok": "Texts may be sent",
        "safe_times": "Good times",
        "unsafe_times": "Times to avoid",
        "confirmed_on": "Confirmed with you on",
        "disclosure": "Who may see it",
    },
    "confidential_words": {"person_id": "For", "words": "Words"},
    "parental_responsibility": {
        "child_id": "Child",
        "adult_id": "Adult",
        "held": "Holds it",
        "source": "How it is known",
        "evidence_seen": "Evidence was seen",
    },
    "relationship": {"between": "Between", "status": "They are", "according_to": "As told by"},
    "wants_without_children": {"person_id": "Of", "answer": "Wanted"},
    "plan": {
        "type": "Plan",
        "intervention_in_plan": "The work is part of it",
        "closure_planned_on": "To close on",
        "closure_because_of_referral": "Closes because of the referral",
    },
    "court_matter": {
        "law": "Law",
        "type": "What it is",
        "state": "How it stands",
        "about_current_children": "About the current children",
        "children": "Children",
        "protects": "Whom it protects",
        "against": "Against whom",
    },
    "need": {"factor": "What it is about", "identified": "Is there a need?", "person_id": "Of", "note": "Note"},
    "safety_conversation": {
        "person_id": "With",
        "state": "How it went",
        "tool": "Questions used",
        "tool_name": "Name of the tool",
        "tool_version": "Version of the tool",
        "alone": "You were alone",
        "within_hearing": "Who could hear it",
        "interpreter": "Interpreter",
        "place": "Place",
        "question_set": "Set of questions",
        "answers": "What you answered",
        "observations": "What the practitioner noticed",
        "practitioner_outcome": "The practitioner's judgement",
        "rationale": "Why it was judged so",
    },
    "safety_information": {"category": "What it is about", "about": "About", "source": "Source", "detail": "Detail"},
    "life_event": {"category": "What happened", "safety_relevant": "Matters for safety"},
    "advice": {
        "about": "About",
        "from": "From",
        "role": "Role",
        "says": "Advice",
        "content": "What was said",
        "rules": "Rules it is about",
        "person_id": "Person",
    },
    "safety_action": {"action": "What was done", "outcome": "What came of it"},
    "stop_lifted": {"records": "Records it rested on", "by": "By", "role": "Role", "reason": "Reason"},
    "suitability": {
        "check": "What was checked",
        "person_id": "Of",
        "value": "Is there any?",
        "detail": "Detail",
        "review_on": "To be looked at again on",
    },
    "readiness": {
        "person_id": "Of",
        "wants_change": "Wants change",
        "freely_chosen": "Chosen freely",
        "pressure_from": "Pressure from",
        "sees_child_view": "Sees the child's view",
        "open_to_another_professional": "Open to another professional",
        "motivation": "What you hope for",
    },
    "child_voice": {
        "child_id": "Child",
        "how": "How the child was heard",
        "sees": "What the child sees",
        "hears": "What the child hears",
        "feels": "What the child feels",
        "wishes": "What the child wishes",
        "wants_to_take_part": "Wants to take part",
        "agreed_wording": "Wording agreed with the child",
    },
    "conflict_profile": {
        "frequent": "Frequent",
        "intense": "Intense",
        "poorly_resolved": "Poorly resolved",
        "summary": "Summary",
    },
    "universal_offer": {"item": "What", "person_id": "To", "result": "What came of it", "reason": "Reason"},
    "course": {
        "person_id": "Of",
        "programme": "Course",
        "enrolled_on": "Enrolled on",
        "started_on": "Started on",
        "retained": "Stayed with it",
        "milestone": "Milestone reached",
    },
    "outcome_measure": {"measure": "Measure", "person_id": "Of", "point": "When", "score": "Score"},
    "privacy_notice": {"person_id": "To", "notice": "Notice", "version": "Version", "method": "How it was given"},
    "agreement": {
        "person_id": "Of",
        "service": "Service",
        "agreed": "Answer",
        "wishes_to_access": "Wishes to use the service",
        "given_alone": "Given alone",
        "method": "How it was given",
    },
    "child_agreement": {"child_id": "Child", "service": "Service", "informed": "Was told about it", "agrees": "Agrees"},
    "sharing_basis": {
        "person_id": "Of",
        "article_6": "Legal basis",
        "article_9": "Condition for sensitive details",
        "policy_followed": "Policy was followed",
        "recipients": "May be shared with",
    },
    "wraparound": {
        "for_person": "For",
        "practitioner": "Practitioner",
        "known_to_parent": "Known to the parent",
        "outside_service": "Outside the service",
        "setting": "Setting",
        "boundary_statement": "Boundaries",
        "ended_on": "Ended on",
    },
    "referral": {
        "service": "Service",
        "taking_part": "Taking part",
        "first_discussed_on": "First talked about on",
        "referred_on": "Referred on",
    },
    "referral_progress": {"step": "Step", "person_id": "Of", "appropriate": "Found to fit", "reason": "Reason"},
    "session": {
        "number": "Session",
        "service": "Service",
        "planned_for": "Planned for",
        "attendees": "To take part",
        "state": "What became of it",
    },
    "touch_point": {
        "session_id": "Before",
        "person_id": "With",
        "by": "By",
        "individually": "On your own",
        "new_safety_information": "Something new about safety",
        "worry": "Worry",
        "note": "Note",
    },
    "caution_accepted": {"rule": "Rule", "subject": "About", "reason": "Reason", "oversight_by": "Overseen by"},
    "note": {"type": "What it is", "about": "About", "present": "Who was there", "blocks": "What was noted"},
    "significant_event": {
        "event": "What happened",
        "source": "Source",
        "impact_on_child": "What it means for the child",
        "action": "What was done",
        "is_strength": "A strength",
    },
    "contact_triage": {
        "source": "It came from",
        "classification": "How it was sorted",
        "advice": "Advice",
        "signposted_to": "Pointed to",
    },
    **dict.fromkeys(("document_made", "document_sent", "document_revoked"), _DOCUMENT),
}

_WORDS: Final[dict[str, dict[str, str]]] = {
    "person.role": wording.PERSON_ROLE,
    "person.parenting_role": wording.PARENTING_ROLE,
    "person.date_of_birth_accuracy": {"unknown": "Not known"},
    "person.interpreter": wording.INTERPRETER,
    "person.alerts": {
        "confidential_address": "Your address is confidential",
        "safe_contact_only": "Only the ways of contact that you gave",
        "no_voicemail": "No voicemail",
        "lone_visit_risk": "Nobody visits alone",
        "separate_waiting": wording.SEPARATE_WAITING,
        "monitored_device": "Somebody else may read your messages",
    },
    "contact_point.type": wording.CONTACT_TYPE,
    "contact_point.disclosure": {
        "confidential": "Nobody but those who keep these records",
        "service_only": "The SPR team and the service",
        "may_share": "It may be shared",
    },
    "relationship.status": {
        "together_living_together": "Together, living together",
        "together_living_apart": "Together, living apart",
        "separated_living_apart": "Separated, living apart",
        "separated_same_home": "Separated, in the same home",
    },
    "plan.type": wording.PLAN,
    "court_matter.law": {"public": "Public law", "private": "Private law", "protective": "A protective order"},
    "court_matter.state": {code: words.capitalize() for code, words in wording.COURT_STATE.items()},
    "need.factor": {"money_or_work": "Money or work", "send": "Special educational needs or disability"},
    "safety_conversation.state": {code: words.capitalize() for code, words in wording.CONVERSATION_STATE.items()},
    "safety_conversation.tool": {
        code: words[0].upper() + words[1:] for code, words in wording.TOOL.items()
    },  # SPR stays in capitals
    "safety_conversation.within_hearing": {
        "pre_verbal_child": "A child too young to understand",
        "child": "A child",
        "relative": "A relative",
        "friend": "A friend",
        "other_parent": "The other parent",
        "second_practitioner": "A second practitioner",
    },
    "safety_conversation.interpreter": {
        "professional": "A professional interpreter",
        "family_or_friend": "Family or a friend",
        "needed_but_none": "Needed, but there was none",
    },
    "safety_conversation.practitioner_outcome": {
        "domestic_abuse_indicated": "Domestic abuse is indicated",
        "unclear_seek_advice": "Unclear; advice is to be sought",
        "harmful_conflict": "Conflict that is harmful",
        "conflict_not_harmful": "Conflict that is not harmful",
    },
    "safety_information.category": {"marac_or_hrda": "A meeting about high risk (MARAC or HRDA)"},
    "advice.role": {"spr_team": "SPR team", "da_specialist": "Domestic abuse specialist"},
    "safety_action.action": {
        "dash": "DASH risk checklist",
        "marac": "Referral to MARAC",
        "da_advice_line": "Domestic abuse advice line",
        "childrens_services": "Children's services",
    },
    "suitability.check": {"therapy": "Therapy elsewhere", "public_law": "Public law proceedings"},
    "suitability.detail": {
        "waiting_date_unknown": "Waiting, date not known",
        "non_talking_therapy": "Therapy that is not talking",
    },
    "child_voice.how": {
        "school_report": "A report from school",
        "drawing_or_play": "Drawing or play",
        "not_safe_to_ask": "It was not safe to ask",
    },
    "universal_offer.result": {code: words.capitalize() for code, words in wording.OFFER_RESULT.items()},
    "outcome_measure.point": {"before": "Before the work", "after": "After the work", "follow_up": "Some time later"},
    "privacy_notice.method": {code: words.capitalize() for code, words in wording.NOTICE_METHOD.items()},
    "agreement.agreed": wording.AGREED,
    "agreement.method": {code: words.capitalize() for code, words in wording.AGREEMENT_METHOD.items()},
    "sharing_basis.article_6": wording.ARTICLE_6,
    "wraparound.setting": wording.SETTING,
    "referral_progress.step": {
        "sent": "Sent to the SPR team",
        "spr_discussion": "Talked over with the SPR team",
        "provider_informed": "The service was told",
        "provider_contacted": "The service got in touch",
        "initial_assessment": "First appointment",
    },
    "note.type": {"phone": "Telephone call"},
    "blocks.type": {"fact": "Fact", "reported": "Told", "observation": "Seen", "opinion": "Opinion"},
    "contact_triage.source": {"self": "The family itself"},
    "contact_triage.classification": {
        "low_domestic_abuse": "Domestic abuse, low",
        "medium_domestic_abuse": "Domestic abuse, medium",
        "high_domestic_abuse": "Domestic abuse, high",
    },
}


def section_of(kind: str) -> str:
    """The section in which a kind of record stands."""
    return SECTIONS[_SECTION[kind]]


def called(kind: str) -> str:
    """What a kind of record is called."""
    return _CALLED.get(kind) or wording.KIND.get(kind) or kind.replace("_", " ").capitalize()


def label_of(kind: str, field: str) -> str:
    """The label of a field; empty where the field says nothing to a reader."""
    return _LABELS[kind].get(field, "")


def words_of(kind: str, field: str, code: str) -> str:
    """A code in words; most codes are words already."""
    return _WORDS.get(f"{kind}.{field}", {}).get(code) or code.replace("_", " ").capitalize()
