"""What forms ask, in the words of the field: one entry a kind of record, and the words for every code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class FormText:
    """The texts of one form. Fields that are not listed are filled in by the program."""

    title: str
    intro: str = ""
    when: str = "When was this?"
    fields: dict[str, tuple[str, str]]
    """By field: the label and the hint."""
    long: frozenset[str] = frozenset()
    """Fields that take several lines."""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """By field: words for its codes where they differ from the common ones."""
    about: str = ""
    """The field that says which person the form is about, if it is about one."""


WORDS: Final[dict[str, str]] = {
    "yes": "Yes",
    "no": "No",
    "not_known": "Not known",
    "partly": "Partly",
    "unsure": "Not sure",
    "not_asked": "Not asked",
    "undecided": "Has not decided",
    "withdrawn": "Withdrawn",
    "disputed": "Disputed",
    "other": "Something else",
    "none": "None",
    "mediation": "Mediation (parents who have separated)",
    "couple_support": "Couple support (parents who are together)",
    "family_counselling": "Family counselling (aged 8 and over)",
    "spr_team": "Hampshire SPR team",
    "mediation_now": "Mediation Now (trading as Family Solutions)",
    "southampton_family_trust": "Southampton Family Trust",
    "off_the_record": "Off The Record",
    "hart_voluntary_action": "Hart Voluntary Action",
    "childrens_services": "Children's services",
    "da_advice_line": "Domestic abuse advice line",
    "dash": "DASH risk checklist",
    "marac": "MARAC referral",
    "marac_or_hrda": "High-risk meeting (MARAC or HRDA)",
    "send": "Special educational needs or disability",
    "bsl": "British Sign Language",
    "other_signed": "Another signed language",
    "spoken": "Spoken language",
    "via_worker": "Through a worker",
    "spr_safety_net": "SPR Safety Net",
    "built_in": "The built-in questions",
    "other_named": "Another tool",
    "face_to_face": "Face to face",
    "signed_on_screen": "Signed on screen",
    "signed_paper": "Signed on paper",
    "da_specialist": "Domestic abuse specialist",
    "childs_view": "The child's view",
    "case": "The case as a whole",
    "practitioner": "What I see as the practitioner",
    "parents_partner": "Partner of a parent",
    "parent_carer": "Parent or carer",
    "other_adult": "Another adult",
    "legal_obligation": "Legal obligation",
    "none_needed": "None needed",
    "professional": "A professional interpreter",
    "family_or_friend": "Family or a friend",
    "needed_but_none": "Needed, but there was none",
    "pre_verbal_child": "A child too young to understand",
    "second_practitioner": "A second practitioner",
    "other_parent": "The other parent",
    "spr_discussion": "Discussed with the SPR team",
    "me_you_and_baby_too": "Me, You and Baby Too",
    "arguing_better": "Arguing Better",
    "getting_it_right_for_children": "Getting it Right for Children",
    "debt_material": "Material on debt",
    "not_suitable_entrenched": "Not suitable: the conflict is entrenched",
    "not_available": "Not available",
    "pre_proceedings": "Before proceedings (PLO)",
    "child_in_need": "Child in need",
    "child_protection": "Child protection",
    "together_living_together": "Together, living together",
    "together_living_apart": "Together, living apart",
    "separated_living_apart": "Separated, living apart",
    "separated_same_home": "Separated, in the same home",
    "separating": "Separating",
    "never_together": "Never together",
    "not_safe_to_ask": "It was not safe to ask",
    "harmful_conflict": "Conflict that is harmful",
    "conflict_not_harmful": "Conflict that is not harmful",
    "unclear_seek_advice": "Unclear: I will seek advice",
    "domestic_abuse_indicated": "Domestic abuse is indicated",
}


def words_for(code: str) -> str:
    """A code in words; most codes are words already."""
    return WORDS.get(code) or code.replace("_", " ").capitalize()


FORMS: Final[dict[str, FormText]] = {
    "person": FormText(
        title="A person",
        intro="Each person is recorded once. Parents are asked everything on their own.",
        when="Since when do you know?",
        fields={
            "role": ("Who is this?", ""),
            "given_names": ("Given names", "A single name is fine"),
            "family_name": ("Family name (optional)", ""),
            "preferred_name": ("Likes to be called (optional)", ""),
            "date_of_birth": ("Date of birth (optional)", "For example 3 11 2016"),
            "date_of_birth_accuracy": ("How sure is the date?", ""),
            "expected_on": ("Expected on (optional)", "For a child who is not born yet"),
            "parenting_role": ("Role as a parent (optional)", "Parental responsibility is asked separately"),
            "lives_in_area": ("Lives in the Hampshire County Council area?", ""),
            "language": ("Language (optional)", ""),
            "interpreter": ("Interpreter", ""),
            "access_needs": ("Access needs (optional)", "One a line, for example: large print"),
            "alerts": ("Before getting in touch (optional)", ""),
        },
        words={"date_of_birth_accuracy": {"exact": "Exact", "estimated": "Estimated", "unknown": "Not known"}},
    ),
    "contact_point": FormText(
        title="A way to get in touch",
        intro="Ask this parent alone. The rules are shown before the number wherever it appears.",
        when="When did you ask?",
        about="person_id",
        fields={
            "safe": ("Is it safe to use?", ""),
            "monitored_by_others": ("Does anyone else read or hear it?", ""),
            "shared_with_other_parent": ("Does the other parent use it too?", ""),
            "voicemail_ok": ("May a voicemail be left?", ""),
            "text_ok": ("May a text be sent?", ""),
            "safe_times": ("Good times (optional)", ""),
            "unsafe_times": ("Times to avoid (optional)", ""),
            "type": ("What is it?", ""),
            "value": ("Number, address or worker", "As it was given to you"),
            "confirmed_on": ("Confirmed with this parent on", "Counts for 14 days"),
            "disclosure": ("Who may see it?", "A home address is confidential unless this parent says otherwise"),
        },
        words={
            "disclosure": {
                "confidential": "Nobody outside this vault",
                "service_only": "The SPR team and the service",
                "may_share": "May be shared",
            }
        },
    ),
    "parental_responsibility": FormText(
        title="Parental responsibility",
        intro="It is held by one adult for one child. Being a parent does not always bring it.",
        when="When did you find out?",
        fields={
            "child_id": ("For which child?", ""),
            "adult_id": ("Which adult?", ""),
            "held": ("Does this adult hold it?", ""),
            "source": ("How do you know? (optional)", ""),
            "evidence_seen": ("Have you seen evidence? (optional)", ""),
        },
    ),
    "relationship": FormText(
        title="What two people are to each other",
        intro="Record what each parent says alone; the accounts may differ.",
        when="When was this told?",
        fields={
            "between": ("Which two?", "Tick two"),
            "status": ("What are they to each other?", ""),
            "according_to": ("Who says so?", ""),
        },
    ),
    "wants_without_children": FormText(
        title="Support without the children",
        about="person_id",
        fields={"answer": ("Does this parent want support without the children?", "")},
    ),
    "plan": FormText(
        title="The plan around the family",
        intro="A child protection plan is no exclusion. The service must not be the way out of a plan.",
        fields={
            "type": ("Which plan is open?", ""),
            "intervention_in_plan": ("Is the service part of the plan?", ""),
            "closure_planned_on": ("To close on (optional)", ""),
            "closure_because_of_referral": ("Is it to close because of this referral?", ""),
        },
    ),
    "court_matter": FormText(
        title="A court matter",
        fields={
            "law": ("Which law?", "Public: the council applies. Private: between the parents. Protective: an order"),
            "type": ("What is it? (optional)", "For example: child arrangements"),
            "state": ("How does it stand?", ""),
            "about_current_children": ("Is it about the current children?", ""),
            "children": ("Which children? (optional)", ""),
        },
    ),
    "safety_information": FormText(
        title="Safety information",
        intro="What was told or sent by others. It is kept apart and never printed.",
        fields={
            "category": ("What is it?", ""),
            "about": ("About whom?", ""),
            "source": ("Where from?", "For example: police notice"),
            "detail": ("Detail (optional)", ""),
        },
        long=frozenset({"detail"}),
    ),
    "life_event": FormText(
        title="Something happened",
        fields={
            "category": ("What happened?", ""),
            "safety_relevant": ("Could it bear on anyone's safety?", ""),
        },
    ),
    "advice": FormText(
        title="Advice",
        fields={
            "about": ("About what?", ""),
            "from": ("Who gave it?", ""),
            "role": ("In which role?", ""),
            "says": ("What does it say?", ""),
            "content": ("In their words", ""),
            "person_id": ("About one person only? (optional)", ""),
        },
        long=frozenset({"content"}),
    ),
    "safety_action": FormText(
        title="What was done",
        intro="Record each action separately.",
        fields={"action": ("What was done?", ""), "outcome": ("What came of it? (optional)", "")},
    ),
    "suitability": FormText(
        title="Suitability",
        fields={
            "check": ("Which check?", ""),
            "person_id": ("About whom?", "Public law is about the family: leave this open"),
            "value": ("Answer", ""),
            "detail": ("Detail (optional)", ""),
            "review_on": ("Look again on (optional)", ""),
        },
        words={
            "check": {
                "active_crisis": "Is in active crisis",
                "therapy": "Is in therapy elsewhere, or waiting for it",
                "public_law": "Public law (care) proceedings about the current children",
            }
        },
    ),
    "readiness": FormText(
        title="Who does well: readiness",
        about="person_id",
        fields={
            "wants_change": ("Wants things to change?", ""),
            "freely_chosen": ("Chose this freely?", ""),
            "pressure_from": ("Is anyone pressing?", ""),
            "sees_child_view": ("Willing to see it from the child's side?", ""),
            "open_to_another_professional": ("Open to work with another professional?", ""),
            "motivation": ("What would make it worth doing? (optional)", ""),
        },
        long=frozenset({"motivation"}),
        words={"pressure_from": {"none": "Nobody"}},
    ),
    "child_voice": FormText(
        title="The child's voice",
        intro="Only the agreed wording ever leaves this vault.",
        about="child_id",
        fields={
            "how": ("How was the child heard?", ""),
            "sees": ("What does the child see? (optional)", ""),
            "hears": ("What does the child hear? (optional)", ""),
            "feels": ("What does the child feel? (optional)", ""),
            "wishes": ("What does the child wish? (optional)", ""),
            "wants_to_take_part": ("Does the child want to take part?", ""),
            "agreed_wording": ("Wording agreed with the child, for the pack (optional)", ""),
        },
        long=frozenset({"sees", "hears", "feels", "wishes", "agreed_wording"}),
    ),
    "conflict_profile": FormText(
        title="What the conflict is like",
        intro="Harmful conflict is frequent, intense and poorly resolved.",
        fields={
            "frequent": ("Frequent?", ""),
            "intense": ("Intense?", ""),
            "poorly_resolved": ("Poorly resolved?", ""),
            "summary": ("In neutral words (optional)", "Attributed to neither parent; this goes into the pack"),
        },
        long=frozenset({"summary"}),
    ),
    "universal_offer": FormText(
        title="Universal offer",
        fields={
            "item": ("What was looked at?", ""),
            "person_id": ("With one parent only? (optional)", ""),
            "result": ("What came of it?", ""),
            "reason": ("Why? (optional)", ""),
        },
    ),
    "privacy_notice": FormText(
        title="Privacy notice shared",
        about="person_id",
        fields={"method": ("How was it shared?", "")},
    ),
    "agreement": FormText(
        title="Agreement",
        intro="Ask this parent alone, and say that no is a fine answer.",
        when="When did you ask?",
        about="person_id",
        fields={
            "service": ("To which service?", ""),
            "agreed": ("Does this parent agree to the referral?", ""),
            "wishes_to_access": ("Does this parent wish to use the service?", ""),
            "given_alone": ("Was this parent alone when answering?", ""),
            "method": ("How was the answer given?", ""),
        },
    ),
    "child_agreement": FormText(
        title="The child's agreement",
        about="child_id",
        fields={
            "service": ("To which service?", ""),
            "informed": ("Was the child told what it is?", ""),
            "agrees": ("Does the child agree?", ""),
        },
    ),
    "sharing_basis": FormText(
        title="Basis for sharing",
        intro="Your organisation's own process decides. Agreement to a service is not the same as consent.",
        about="person_id",
        fields={
            "article_6": ("Lawful basis (Article 6)", ""),
            "article_9": ("Condition (Article 9, optional)", ""),
            "policy_followed": ("Was your organisation's policy followed?", ""),
            "recipients": ("Who will receive the data?", "The SPR team and every provider of the service"),
        },
    ),
    "lead_professional": FormText(
        title="Lead professional",
        fields={"professional": ("Who leads?", "")},
    ),
    "wraparound": FormText(
        title="Wrap-around",
        intro="Somebody outside the service whom this parent knows, and who touches base before each session.",
        about="for_person",
        when="When did they commit?",
        fields={
            "practitioner": ("Who?", "A separate practitioner for each parent is strongly advised"),
            "known_to_parent": ("Does this parent know them?", ""),
            "outside_service": ("Are they outside the service?", ""),
            "setting": ("Where do they work? (optional)", ""),
            "boundary_statement": (
                "Boundaries (optional)",
                "Needed where one practitioner supports both parents: how are conversations kept apart?",
            ),
            "ended_on": ("Ended on (optional)", ""),
        },
        long=frozenset({"boundary_statement"}),
    ),
    "referral": FormText(
        title="Service and who takes part",
        fields={
            "service": ("Which service?", ""),
            "taking_part": ("Who takes part?", ""),
            "first_discussed_on": ("First discussed with the parents on (optional)", "After each was spoken to alone"),
            "referred_on": ("Referral made on (optional)", ""),
        },
    ),
    "caution_accepted": FormText(
        title="Going ahead with a caution",
        intro="The caution stays on record. Say why it may go ahead.",
        fields={
            "reason": ("Why may it go ahead?", ""),
            "oversight_by": ("Manager (needed for some cautions)", "The name of the manager who agrees"),
        },
        long=frozenset({"reason"}),
    ),
    "referral_progress": FormText(
        title="How the referral goes on",
        fields={
            "step": ("What happened?", ""),
            "person_id": ("With one person? (optional)", "For an initial assessment"),
            "appropriate": ("Was the referral appropriate? (optional)", ""),
            "reason": ("Reason (optional)", ""),
        },
    ),
}

PROFESSIONAL: Final[dict[str, str]] = {
    "name": "Name",
    "role": "Role",
    "organisation": "Organisation",
    "phone": "Work telephone (optional)",
    "email": "Work email (optional)",
}
