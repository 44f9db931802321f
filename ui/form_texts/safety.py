"""What forms ask about safety (records.md section 3)."""

from __future__ import annotations

from typing import Final

from ui.form_texts.form_text import FormText

SAFETY: Final[dict[str, FormText]] = {
    "safety_information": FormText(
        title="Safety information",
        save="Save the safety information",
        day="the day on which this was told",
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
        when="When did it happen?",
        save="Save what happened",
        day="the day on which it happened",
        fields={
            "category": ("What happened?", ""),
            "safety_relevant": ("Could it bear on anyone's safety?", ""),
        },
    ),
    "advice": FormText(
        title="Advice",
        save="Save the advice",
        day="the day on which the advice was given",
        fields={
            "about": ("About what?", ""),
            "from": ("Who gave it?", ""),
            "role": ("In which role?", ""),
            "says": ("What does it say?", ""),
            "content": ("In their words", ""),
            "person_id": ("About one person only? (optional)", "Leave this open if it is about everybody"),
        },
        long=frozenset({"content"}),
    ),
    "safety_action": FormText(
        title="What was done",
        has_time=True,
        save="Save what was done",
        day="the day on which it was done",
        intro="Record each action separately.",
        fields={"action": ("What was done?", ""), "outcome": ("What came of it? (optional)", "")},
    ),
    "stop_lifted": FormText(
        title="Lifting a stop",
        save="Save that the stop is lifted",
        day="the day on which the stop was lifted",
        intro="A stop is lifted by another person than the one who recorded it, and never by the person whose vault "
        "this is. The manager or safeguarding lead fills this in, and it is kept under their name. A caution stays.",
        when="When was it lifted?",
        fields={
            "records": ("What does the stop rest on?", "Tick what was looked at again"),
            "by": ("Who lifts it?", "The full name of the person who fills this in"),
            "role": ("In which role?", ""),
            "reason": ("Why may it be lifted?", "Say what was looked at, and what has been put right"),
        },
        long=frozenset({"reason"}),
    ),
}
