"""What forms ask about notes, events and contacts (records.md section 3)."""

from __future__ import annotations

from typing import Final

from ui.form_texts.form_text import FormText

NOTES: Final[dict[str, FormText]] = {
    "note": FormText(
        title="A note",
        save="Save the note",
        day="the day of what the note is about",
        intro="Written so that the child can read it one day. It is kept apart and never printed.",
        when="When was this?",
        has_time=True,
        fields={
            "blocks": (
                "What do you want to keep?",
                "Say of each part what it is, so that nobody takes an opinion for a fact",
            ),
            "type": ("What kind of note is it?", ""),
            "about": ("Who is it about? (optional)", ""),
            "present": ("Who was there? (optional)", ""),
        },
        people=frozenset({"about", "present"}),
        about="about",
        about_title="Who is it about? (optional)",
        first="blocks",
        words={
            "type": {
                "contact": "A contact",
                "visit": "A visit",
                "phone": "A telephone call",
                "meeting": "A meeting",
                "observation": "Something I saw",
                "decision": "A decision",
                "management_oversight": "Management oversight (a manager's decision)",
                "supervision": "Supervision",
                "analysis": "What I make of it",
            }
        },
    ),
    "significant_event": FormText(
        title="A significant event",
        save="Save the event",
        day="the day on which it happened",
        intro="For the chronology: short, factual, and what it meant for the child. Strengths belong here too.",
        when="When did it happen?",
        has_time=True,
        fields={
            "event": ("What happened?", ""),
            "source": ("How do you know?", "For example: told by the school"),
            "impact_on_child": ("What did it mean for the child? (optional)", ""),
            "action": ("What was done? (optional)", ""),
            "is_strength": ("Is it a strength?", "Something that went well, or that helps"),
        },
        long=frozenset({"event", "impact_on_child", "action"}),
    ),
    "contact_triage": FormText(
        title="A contact that came in",
        save="Save the contact that came in",
        day="the day on which it came in",
        intro="How a contact was sorted when it came in. It is counted in the report, and kept apart.",
        when="When did it come in?",
        fields={
            "source": ("Who got in touch?", ""),
            "classification": ("What was it taken to be?", "If in doubt, seek advice on domestic abuse first"),
            "advice": ("What was advised? (optional)", ""),
            "signposted_to": ("Who were they pointed to? (optional)", "One a line, for example: Citizens Advice"),
        },
        long=frozenset({"advice"}),
        words={
            "source": {
                "partner_agency": "Another agency",
                "self": "The family itself",
                "other": "Somebody else",
            },
            "classification": {
                "low_domestic_abuse": "Domestic abuse, low risk",
                "medium_domestic_abuse": "Domestic abuse, medium risk",
                "high_domestic_abuse": "Domestic abuse, high risk",
            },
        },
    ),
}
