"""What forms ask about wrap-around, referral and work done (records.md section 3)."""

from __future__ import annotations

from typing import Final

from ui.form_texts.form_text import FormText

WORK: Final[dict[str, FormText]] = {
    "wraparound": FormText(
        title="Wrap-around",
        save="Save the commitment",
        day="the day on which they committed",
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
        may_lie_ahead=True,
        save="Save the referral",
        day="the day of the referral",
        fields={
            "service": ("Which service?", ""),
            "taking_part": ("Who takes part?", ""),
            "first_discussed_on": ("First discussed with the parents on (optional)", "After each was spoken to alone"),
            "referred_on": ("Referral made on (optional)", ""),
        },
    ),
    "caution_accepted": FormText(
        title="Going ahead with a caution",
        save="Save and go ahead",
        day="the day on which this was decided",
        intro="The caution stays on record. Say why it may go ahead.",
        fields={
            "reason": ("Why may it go ahead?", ""),
            "oversight_by": ("Manager (needed for some cautions)", "The name of the manager who agrees"),
        },
        long=frozenset({"reason"}),
    ),
    "referral_progress": FormText(
        title="How the referral goes on",
        save="Save the progress",
        day="the day on which it happened",
        fields={
            "step": ("What happened?", ""),
            "person_id": ("With one person? (optional)", "For an initial assessment"),
            "appropriate": ("Was the referral appropriate? (optional)", ""),
            "reason": ("Reason (optional)", ""),
        },
    ),
    "session": FormText(
        title="A session",
        save="Save the session",
        day="the day on which this was arranged or known",
        intro="A session of the service. Each parent is seen alone before it, at a touch point.",
        when="When was this arranged, or when did you hear how it went?",
        may_lie_ahead=True,
        fields={
            "number": ("Which session is it?", "In figures: 1 for the first"),
            "service": ("Of which service?", ""),
            "planned_for": ("When does it take place?", "For example 3 11 2026, at 10:30"),
            "attendees": ("Who is to come, or came?", ""),
            "state": ("How does it stand?", ""),
        },
        words={"state": {"attended": "Took place"}},
    ),
    "touch_point": FormText(
        title="A touch point",
        save="Save the touch point",
        day="the day of the touch point",
        intro="Before each session, with this parent alone, by somebody outside the service.",
        when="When was it?",
        has_time=True,
        about="person_id",
        about_title="With which parent?",
        fields={
            "session_id": ("Before which session?", ""),
            "by": ("Who touched base?", "The name of the wrap-around practitioner"),
            "individually": ("Was this parent alone?", ""),
            "new_safety_information": ("Did anything new come up about safety?", "If it did, record it as well"),
            "worry": ("How worried are you?", ""),
            "note": ("In your words (optional)", ""),
        },
        long=frozenset({"note"}),
        words={"worry": {"none": "Not worried", "some": "Somewhat worried", "high": "Very worried"}},
    ),
}
