"""How the second opinion reads a case document; see ``second_opinion``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

_QUESTION_FILE: Final = Path(__file__).parents[2] / "resources" / "questions" / "safety-conversation-1.toml"
_SET: Final[dict[str, Any]] = tomllib.loads(_QUESTION_FILE.read_text("utf-8"))
SET_ID: Final = f"{_SET['id']}/{_SET['version']}"
QUESTIONS: Final[dict[str, dict[str, Any]]] = {each["id"]: each for each in _SET["question"]}
OBSERVATIONS: Final[dict[str, str]] = {each["id"]: each["effect"] for each in _SET["observation"]}
TELLS_NOTHING: Final = (None, "unsure", "declined", "not_asked")

COLUMNS: Final = {
    "together_living_together": "together",
    "together_living_apart": "together",
    "separated_living_apart": "apart",
    "separated_same_home": "between",
    "separating": "between",
    "never_together": "never",
}
GOING_ON: Final = ("issued", "listed", "live")


Body = dict[str, Any]
# What a record is about, for kinds of which the newest counts. Conversations are spoken of by person.
KEYS: Final[dict[str, Callable[[Body], Any]]] = {
    "person": lambda body: body["person_id"],
    "safety_conversation": lambda body: body["person_id"],
    "contact_point": lambda body: body["contact_id"],
    "parental_responsibility": lambda body: (body["child_id"], body["adult_id"]),
    "relationship": lambda body: (frozenset(body["between"]), body["according_to"]),
    "wants_without_children": lambda body: body["person_id"],
    "court_matter": lambda body: body["matter_id"],
    "need": lambda body: (body["factor"], body.get("person_id")),
    "suitability": lambda body: (body["check"], body.get("person_id")),
    "readiness": lambda body: body["person_id"],
    "child_voice": lambda body: body["child_id"],
    "course": lambda body: (body["person_id"], body["programme"]),
    "privacy_notice": lambda body: (body["person_id"], body["notice"]),
    "agreement": lambda body: (body["person_id"], body["service"]),
    "child_agreement": lambda body: (body["child_id"], body["service"]),
    "sharing_basis": lambda body: body["person_id"],
    "wraparound": lambda body: body["commitment_id"],
    "session": lambda body: body["session_id"],
    "caution_accepted": lambda body: (body["rule"], body["subject"]),
}


class Told:
    """One record."""

    def __init__(self, plain: dict[str, Any], read_at: datetime) -> None:
        self.id: str = plain["id"]
        self.kind: str = plain["kind"]
        self.body: Body = plain["body"]
        happened = plain["happened_on"]
        self.day, self.time = happened[:10], happened[11:]
        at = datetime.fromisoformat(plain["recorded_at"]) if plain.get("recorded_at") else read_at
        self.by: str | None = plain.get("recorded_by")
        self.supersedes: list[str] = plain.get("supersedes") or []
        self.order = (self.day, self.time, at, self.id)
        self.key = KEYS[self.kind](self.body) if self.kind in KEYS else ()
        self.superseded = False

    def __getitem__(self, name: str) -> Any:
        return self.body[name]

    def get(self, name: str, default: Any = None) -> Any:
        """A field that may be left out."""
        value = self.body.get(name)
        return default if value is None else value

    @property
    def counts_from(self) -> str:
        """The day from which on somebody could have known of it."""
        return str(self["planned_for"])[:10] if self.kind == "session" else self.day


def norm(name: str | None) -> str:
    """A name without case and spaces."""
    return "".join((name or "").split()).casefold()


def days_between(earlier: str, later: str) -> int:
    """Days from one date to another."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def birthday(born: str, years: int) -> str:
    """The day on which an age is reached; for 29 February that is 1 March in common years."""
    year, month, day = int(born[:4]) + years, int(born[5:7]), int(born[8:])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return date(year, 3, 1).isoformat()


def company(conversation: Told) -> str:
    """What rule A02 says of a conversation."""
    hearing = set(conversation.get("within_hearing", []))
    alone = conversation["alone"] == "yes" and hearing <= {"second_practitioner", "pre_verbal_child"}
    if not alone or conversation.get("interpreter", "none_needed") not in ("none_needed", "professional"):
        return "not_yet"
    return "caution" if "pre_verbal_child" in hearing else "pass"


def tool(conversation: Told) -> str:
    """What rule A03 says of a conversation."""
    name = norm(conversation.get("tool_name"))
    if "spr_safety_net" in (norm(conversation["tool"]), name):
        return "pass"
    named = conversation["tool"] == "other_named" and name
    return "caution" if conversation["tool"] == "built_in" or named else "not_yet"


def answer(conversation: Told, question: str) -> str | None:
    """The answer to a question, read as one of the built-in set where no set is named."""
    if conversation.get("question_set", SET_ID) != SET_ID:
        return None
    value = conversation.get("answers", {}).get(question, {}).get("value")
    return None if value is None else str(value)


def effects(conversation: Told) -> list[tuple[str, str]]:
    """Every answer and observation that has an effect."""
    answers = [(question, answer(conversation, question)) for question in conversation.get("answers", {})]
    found = [
        (question, QUESTIONS[question]["effects"].get(value)) for question, value in answers if question in QUESTIONS
    ]
    seen = [(each, OBSERVATIONS.get(each)) for each in dict.fromkeys(conversation.get("observations", []))]
    return [(sign, effect) for sign, effect in found + seen if effect]


def column(accounts: list[Told]) -> str:
    """What two people are to each other by some accounts."""
    said = [each for each in accounts if each["status"] != "not_known"]
    columns = {COLUMNS.get(each["status"], "unclear") for each in said}
    return columns.pop() if len(columns) == 1 else "unclear"


def public_matter(state: str, about: str) -> str:
    """What rule B03 says of a court matter of public law."""
    if about == "yes" and state in GOING_ON:
        return "stop"
    if about != "no" and state in (*GOING_ON, "not_known"):
        return "not_yet"
    return "caution" if about != "no" and state == "concluded" else "pass"
