"""What forms ask about suitability, readiness and the child (records.md section 3)."""

from __future__ import annotations

from typing import Final

from ui.form_texts.form_text import FormText

SUITABILITY: Final[dict[str, FormText]] = {
    "suitability": FormText(
        title="Suitability",
        save="Save the check",
        day="the day on which you checked",
        about="person_id",
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
        save="Save the readiness",
        day="the day on which you asked",
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
        quoted=frozenset({"motivation"}),
        words={"pressure_from": {"none": "Nobody"}},
    ),
    "child_voice": FormText(
        title="The child's voice",
        when="When was the child heard?",
        save="Save the child's voice",
        day="the day on which the child was heard",
        intro="Only the agreed wording ever leaves this vault.",
        about="child_id",
        about_title="Which child?",
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
        quoted=frozenset({"sees", "hears", "feels", "wishes", "agreed_wording"}),
    ),
    "conflict_profile": FormText(
        title="What the conflict is like",
        save="Save the conflict",
        day="the day on which you saw this",
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
        save="Save the offer",
        day="the day on which you looked at it together",
        fields={
            "item": ("What was looked at?", ""),
            "person_id": ("With one parent only? (optional)", ""),
            "result": ("What came of it?", ""),
            "reason": ("Why? (optional)", ""),
        },
    ),
    "course": FormText(
        title="A course",
        save="Save the course",
        day="the day on which you knew this",
        intro="One entry a parent and course; record it again when something changes.",
        about="person_id",
        fields={
            "programme": ("Which course?", ""),
            "enrolled_on": ("Enrolled on", ""),
            "started_on": ("Started on (optional)", ""),
            "retained": ("Still taking part after the first session? (optional)", ""),
            "milestone": ("Milestone reached? (optional)", "As the course itself defines it"),
        },
    ),
    "outcome_measure": FormText(
        title="An outcome measure",
        save="Save the measure",
        day="the day on which it was filled in",
        intro="A measure is used whole, and the same way each time. A number never says that anybody is out of danger.",
        when="When was it filled in?",
        about="person_id",
        about_anybody=True,
        about_title="Who filled it in?",
        fields={
            "measure": ("Which measure?", "Its name and version, the same each time"),
            "point": ("At which point?", ""),
            "score": ("Score", "As the measure itself adds it up, in figures"),
        },
        words={"point": {"before": "Before the service", "after": "After it", "follow_up": "Some time later"}},
    ),
}
