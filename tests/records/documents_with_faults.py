"""Documents with one fault each: what is wrong, where, and what is said of it."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from tests.records.reading import Change, Plain, append, put, without

IDS: Final = [f"1d0e4b5a-0000-4000-8000-0000000000{number:02}" for number in range(20)]
PERSON, CHILD, TALK, SESSION, TOUCH, PLAN, LEAD, ADVICE, RELATIONSHIP, SUITABILITY, NOTE, MEASURE, CONTACT = range(13)


def _bodies() -> list[tuple[str, Plain]]:
    unknown = {"safe": "yes", "monitored_by_others": "no", "shared_with_other_parent": "no"}
    return [
        ("person", {"person_id": "a", "role": "parent_carer", "given_names": "Jo"}),
        ("person", {"person_id": "c1", "role": "child", "given_names": "Kit", "date_of_birth": "2016-02-29"}),
        (
            "safety_conversation",
            {
                "person_id": "a",
                "state": "completed",
                "tool": "built_in",
                "alone": "yes",
                "answers": {"A1": {"value": "easy"}},
            },
        ),
        (
            "session",
            {
                "session_id": "s1",
                "number": 1,
                "service": "mediation",
                "planned_for": "2026-11-10T10:30",
                "state": "planned",
            },
        ),
        (
            "touch_point",
            {"session_id": "s1", "person_id": "a", "by": "Wren", "individually": "yes"}
            | {"new_safety_information": "no", "worry": "none"},
        ),
        ("plan", {"type": "none", "intervention_in_plan": "no", "closure_because_of_referral": "no"}),
        ("lead_professional", {"professional": {"name": "Linden", "role": "worker", "organisation": "Example"}}),
        ("advice", {"about": "safety", "from": "M.", "role": "manager", "says": "go_ahead", "content": "Yes."}),
        ("relationship", {"between": ["a", "c1"], "status": "undecided", "according_to": "practitioner"}),
        ("suitability", {"check": "therapy", "person_id": "a", "value": "yes", "detail": "ended"}),
        (
            "note",
            {"type": "visit", "blocks": [{"type": "fact", "text": "Seen."}, {"type": "opinion", "text": "Well."}]},
        ),
        ("outcome_measure", {"measure": "m", "person_id": "a", "point": "before", "score": 3.5}),
        (
            "contact_point",
            {"contact_id": "m", "person_id": "a", "type": "email", "value": "", "voicemail_ok": "no", "text_ok": "no"}
            | unknown,
        ),
    ]


def good() -> Plain:
    """A document that is of the form."""
    return {
        "format": "spr-case",
        "version": 1,
        "case_ref": "K7QX-3M2P",
        "records": [
            {"id": uuid, "kind": kind, "happened_on": "2026-11-02", "recorded_at": f"2026-11-02T10:{number:02}:00Z"}
            | {"recorded_by": "J. Outreach", "supersedes": [], "body": body}
            for number, (uuid, (kind, body)) in enumerate(zip(IDS, _bodies(), strict=False))
        ],
    }


class Wrong(NamedTuple):
    """One fault in a document that is good but for that."""

    says: str
    change: Change
    path: str
    message: str


GONE: Final = object()
"""Stands for what is left out."""


def at(record: int, rest: str) -> str:
    """The path of something inside a record."""
    return f"records[{record}].{rest}"


def wrong(says: str, path: str, value: Any, message: str, where: str = "") -> Wrong:
    """A value where it should not be; the fault is found there, unless it is found elsewhere."""
    change = without(path) if value is GONE else put(path, value)
    return Wrong(says, change, where or f"$.{path}", message)


def wrongs(says: str, path: str, message: str, *values: Any) -> list[Wrong]:
    """The same fault with one value after the other."""
    return [wrong(f"{says} {value!r}", path, value, message) for value in values]


ALERTS: Final = (
    "confidential_address, lone_visit_risk, monitored_device, no_voicemail, safe_contact_only, separate_waiting"
)
NO_DATE: Final = "is not a date like 2026-11-03 or a local date and time like 2026-11-03T10:30"
NO_DAY: Final = "is not a day of the calendar or a time of the day"
NO_TIME: Final = "is not a time in UTC like 2026-11-02T10:15:00Z"
NO_UUID: Final = "is not a UUID"
CONTROL: Final = "holds a control character other than newline and tab"
BIDI: Final = "holds a character that turns the direction of writing"
HALF: Final = "holds half a character"
NO_ID: Final = "is a word that cannot be an id"
MARKUP: Final = "holds markup, which no name does"
NO_FIELD: Final = "is not a field of this kind"

FAULTS: Final[list[Wrong]] = [
    # The document
    wrong("another format", "format", "spr-cases", 'is not "spr-case"'),
    wrong("no format", "format", GONE, 'is not "spr-case"'),
    wrong("no version", "version", GONE, "is not 1"),
    wrong("a version of zero", "version", 0, "is not 1"),
    wrong("a version that is a text", "version", "1", "is not 1"),
    wrong("a version that is true", "version", True, "is not 1"),
    wrong("another field", "exported_by", "x", "is not a field of a case document"),
    wrong("no reference", "case_ref", GONE, "is not a case reference like K7QX-3M2P"),
    *wrongs(
        "a reference like",
        "case_ref",
        "is not a case reference like K7QX-3M2P",
        "K7QX3M2P",
        "K7QX-3M2U",
        "k7qx-3m2p",
        "K7QX-3M2P\n",
        "K7QX-3M2",
        "",
        7,
        None,
    ),
    wrong("no records", "records", GONE, "is not a list of records"),
    wrong("records that are an object", "records", {}, "is not a list of records"),
    # A record
    wrong("a record that is a text", "records[0]", "x", "is not a record"),
    wrong("a record that is null", "records[0]", None, "is not a record"),
    wrong("another field of a record", at(PLAN, "note"), "x", "is not a field of a record"),
    wrong("no id", at(PLAN, "id"), GONE, "is missing"),
    *wrongs(
        "an id like",
        at(PLAN, "id"),
        NO_UUID,
        "1",
        5,
        IDS[5] + "\n",
        IDS[5].replace("-", ""),
        "{" + IDS[5] + "}",
        "１" + IDS[5][1:],
    ),
    wrong("no kind", at(PLAN, "kind"), GONE, "is missing"),
    *wrongs("a kind like", at(PLAN, "kind"), "is not a kind of record", "plans", "Plan", "", 5, ["plan"], {}),
    wrong("no body", at(PLAN, "body"), GONE, "is missing"),
    *wrongs("a body like", at(PLAN, "body"), "is not an object", [], "x", None, 5),
    # When it happened and was written down
    wrong("no day", at(PLAN, "happened_on"), GONE, "is missing"),
    wrong("a day that is a number", at(PLAN, "happened_on"), 20261103, "is not a text"),
    *wrongs(
        "a day like",
        at(PLAN, "happened_on"),
        NO_DATE,
        "",
        "03/11/2026",
        "20261103",
        "2026-11-3",
        "2026-W45-2",
        "2026-11-03T10",
        "2026-11-03 10:30",
        "2026-11-03T10:30Z",
        "2026-11-03T10:30+00:00",
        "2026-11-03T10:30:15.5",
        "2026-11-03\n",
        "２０２６-11-03",
    ),
    *wrongs(
        "a day like",
        at(PLAN, "happened_on"),
        NO_DAY,
        "2026-02-30",
        "2026-02-29",
        "2026-13-01",
        "0000-01-01",
        "2026-11-03T24:00",
        "2026-11-03T10:60",
    ),
    *wrongs(
        "a time of writing like",
        at(PLAN, "recorded_at"),
        NO_TIME,
        "",
        "2026-11-02",
        "2026-11-02T10:15Z",
        "2026-11-02T10:15:00",
        "2026-11-02T10:15:00+01:00",
        "2026-11-02T10:15:00.Z",
        "2026-11-02T10:15:00,5Z",
        "2026-11-02T10:15:00Z\n",
    ),
    *wrongs(
        "a time of writing like",
        at(PLAN, "recorded_at"),
        NO_DAY,
        "2026-02-30T10:15:00Z",
        "2026-11-02T24:00:00Z",
        "2026-11-02T23:59:60Z",
    ),
    *wrongs("a time of writing like", at(PLAN, "recorded_at"), "is not a text", 5, [], {}),
    *wrongs("a time of writing like", at(PLAN, "recorded_at"), "is missing", None),
    wrong("a recorder that is a number", at(PLAN, "recorded_by"), 5, "is not a text"),
    wrong("a recorder that is null", at(PLAN, "recorded_by"), None, "is not a text"),
    wrong("a recorder with markup", at(PLAN, "recorded_by"), "<b>J", MARKUP),
    wrong("a recorder with a bell", at(PLAN, "recorded_by"), "J\x07", CONTROL),
    # Superseding
    wrong("supersedes a text", at(PLAN, "supersedes"), IDS[0], "is not a list"),
    wrong("supersedes null", at(PLAN, "supersedes"), None, "is not a list"),
    wrong("supersedes no id", at(PLAN, "supersedes"), [IDS[19], "x"], NO_UUID, "$.records[5].supersedes[1]"),
    wrong("supersedes a number", at(PLAN, "supersedes"), [5], NO_UUID, "$.records[5].supersedes[0]"),
    wrong(
        "supersedes itself",
        at(PLAN, "supersedes"),
        [IDS[PLAN].upper()],
        "names the record itself",
        "$.records[5].supersedes[0]",
    ),
    wrong(
        "supersedes another kind",
        at(PLAN, "supersedes"),
        [IDS[PERSON]],
        "names a record of another kind or about something else",
        "$.records[5].supersedes[0]",
    ),
    wrong(
        "supersedes a record about somebody else",
        at(CHILD, "supersedes"),
        [IDS[PERSON]],
        "names a record of another kind or about something else",
        "$.records[1].supersedes[0]",
    ),
    Wrong(
        "supersedes a later record",
        lambda document: document["records"].append(
            document["records"][PLAN] | {"id": IDS[19], "happened_on": "2026-11-01", "supersedes": [IDS[PLAN]]}
        ),
        "$.records[13].supersedes[0]",
        "names a record that is not earlier",
    ),
    # Fields of bodies
    wrong("another field of a body", at(PLAN, "body.colour"), "x", NO_FIELD),
    wrong("a field of another kind", at(PLAN, "body.person_id"), "a", NO_FIELD),
    wrong("another field of a professional", at(LEAD, "body.professional.fax"), "x", NO_FIELD),
    wrong("another field of an answer", at(TALK, "body.answers.A1.score"), 1, NO_FIELD),
    wrong("another field of a block", at(NOTE, "body.blocks[1].by"), "x", NO_FIELD),
    wrong("a name of Python", at(ADVICE, "body.from_"), "x", NO_FIELD),
    wrong("a missing field", at(PLAN, "body.type"), GONE, "is missing"),
    wrong("a missing field with a name of Python", at(ADVICE, "body.from"), GONE, "is missing"),
    wrong("a professional without a name", at(LEAD, "body.professional.name"), GONE, "is missing"),
    wrong("an answer without a value", at(TALK, "body.answers.A1.value"), GONE, "is missing"),
    wrong("a block without a text", at(NOTE, "body.blocks[1].text"), GONE, "is missing"),
    wrong("a professional that is a text", at(LEAD, "body.professional"), "x", "is not an object"),
    wrong("answers that are a list", at(TALK, "body.answers"), [], "is not an object"),
    wrong("an answer that is a text", at(TALK, "body.answers.A1"), "easy", "is not an object"),
    wrong("blocks that are an object", at(NOTE, "body.blocks"), {}, "is not a list"),
    wrong("a block that is null", at(NOTE, "body.blocks[0]"), None, "is not an object"),
    # Types and enumerations
    wrong("an unknown answer", at(PLAN, "body.intervention_in_plan"), "maybe", "is not one of: no, not_known, yes"),
    wrong("an answer in capitals", at(PLAN, "body.intervention_in_plan"), "Yes", "is not one of: no, not_known, yes"),
    wrong("a bare truth", at(PLAN, "body.intervention_in_plan"), True, "is not a text"),
    wrong("null for what is required", at(PLAN, "body.intervention_in_plan"), None, "is not a text"),
    wrong("null for what has a default", at(PERSON, "body.lives_in_area"), None, "is not a text"),
    wrong("a number for a text", at(CONTACT, "body.value"), 7700, "is not a text"),
    wrong("a list for a text", at(CONTACT, "body.value"), ["x"], "is not a text"),
    wrong("a text for a list", at(PERSON, "body.access_needs"), "x", "is not a list"),
    wrong(
        "null in a list",
        at(PERSON, "body.access_needs"),
        ["x", None],
        "is not a text",
        "$.records[0].body.access_needs[1]",
    ),
    wrong(
        "an unknown alert",
        at(PERSON, "body.alerts"),
        ["no_voicemail", "x"],
        f"is not one of: {ALERTS}",
        "$.records[0].body.alerts[1]",
    ),
    wrong("a text for a number", at(SESSION, "body.number"), "1", "is not a whole number"),
    wrong("a part of a number", at(SESSION, "body.number"), 1.5, "is not a whole number"),
    wrong("a text for a score", at(MEASURE, "body.score"), "3", "is not a number"),
    wrong("a truth for a score", at(MEASURE, "body.score"), True, "is not a number"),
    *(
        wrong(
            f"a date of birth like {value!r}", at(CHILD, "body.date_of_birth"), value, "is not a date like 2026-11-03"
        )
        for value in ("2026-02-30", "03/11/2026", "2026-11-03T10:30", "2026-11-3", "")
    ),
    wrong("a date of birth that is a number", at(CHILD, "body.date_of_birth"), 2016, "is not a date like 2026-11-03"),
    *(
        wrong(f"a session planned for {value!r}", at(SESSION, "body.planned_for"), value, message)
        for value, message in (
            ("2026-11-10", "is not a local date and time like 2026-11-03T10:30"),
            ("2026-02-30T10:30", NO_DAY),
            ("2026-11-10T10:30Z", NO_DATE),
            (5, "is not a date as a text"),
        )
    ),
    # Ids and references
    *(wrong(f"a person called {word}", at(PERSON, "body.person_id"), word, NO_ID) for word in ("case", "practitioner")),
    wrong("an id without a character", at(PERSON, "body.person_id"), "", "is not a text of length >= 1"),
    wrong("an id of 65 characters", at(PERSON, "body.person_id"), "x" * 65, "is not a text of length <= 64"),
    wrong(
        "an id of 65 characters in a list",
        at(SESSION, "body.attendees"),
        ["a", "x" * 65],
        "is not a text of length <= 64",
        "$.records[3].body.attendees[1]",
    ),
    wrong("a session called case", at(SESSION, "body.session_id"), "case", NO_ID),
    wrong("according to the case", at(RELATIONSHIP, "body.according_to"), "case", NO_ID),
    wrong("a conversation with the practitioner", at(TALK, "body.person_id"), "practitioner", NO_ID),
    wrong(
        "attendees of whom one is the case",
        at(SESSION, "body.attendees"),
        ["a", "case"],
        NO_ID,
        "$.records[3].body.attendees[1]",
    ),
    wrong("a person who is not there", at(TALK, "body.person_id"), "b", "refers to a person that is not there"),
    wrong(
        "one of a list who is not there",
        at(SESSION, "body.attendees"),
        ["a", "b"],
        "refers to a person that is not there",
        "$.records[3].body.attendees[1]",
    ),
    wrong(
        "one of two who is not there",
        at(RELATIONSHIP, "body.between"),
        ["b", "a"],
        "refers to a person that is not there",
        "$.records[8].body.between[0]",
    ),
    wrong("a session that is not there", at(TOUCH, "body.session_id"), "s2", "refers to a session that is not there"),
    wrong("a contact taken for a person", at(TALK, "body.person_id"), "m", "refers to a person that is not there"),
    Wrong(
        "a caution of somebody who is not there",
        append(
            id=IDS[19],
            kind="caution_accepted",
            happened_on="2026-11-02",
            body={"rule": "A02", "subject": "b", "reason": "x"},
        ),
        "$.records[13].body.subject",
        "refers to a person that is not there",
    ),
    Wrong(
        "a document that was never made",
        append(
            id=IDS[19],
            kind="document_sent",
            happened_on="2026-11-02",
            body={"document_id": "d", "document": "x", "sha256": "0", "pathway_version": "1"},
        ),
        "$.records[13].body.document_id",
        "refers to a document that is not there",
    ),
    # What depends on more than one field
    wrong("between one and the same", at(RELATIONSHIP, "body.between"), ["a", "a"], "names the same person twice"),
    wrong("between one", at(RELATIONSHIP, "body.between"), ["a"], "is not a list of length 2, got 1"),
    wrong("between three", at(RELATIONSHIP, "body.between"), ["a", "c1", "a"], "is not a list of length 2, got 3"),
    wrong(
        "public law of a person",
        at(SUITABILITY, "body"),
        {"check": "public_law", "person_id": "a", "value": "no"},
        "does not go with a check of public law",
        "$.records[9].body.person_id",
    ),
    wrong("therapy of nobody", at(SUITABILITY, "body.person_id"), GONE, "is missing: this check is about one person"),
    wrong(
        "an unknown detail of therapy",
        at(SUITABILITY, "body.detail"),
        "soon",
        "is not one of: receiving_now, waiting_soon, waiting_date_unknown, assessment_only, non_talking_therapy, ended",
    ),
    # Texts
    wrong("a text of 100,001 characters", at(PLAN, "recorded_by"), "x" * 100001, "is longer than 100,000 characters"),
    wrong("a long value", at(CONTACT, "body.value"), "é" * 100001, "is longer than 100,000 characters"),
    *(
        wrong(f"a text with U+{ord(character):04X}", at(CONTACT, "body.value"), f"a{character}b", message)
        for message, characters in {
            CONTROL: "\x00\x08\x0b\x0c\r\x1b\x1f\x7f\x80\x85\x9f",
            BIDI: "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
            HALF: "\ud800\udbff\udc00\udfff",
        }.items()
        for character in characters
    ),
    wrong(
        "half a character in a list",
        at(PERSON, "body.access_needs"),
        ["", "\ud83d"],
        HALF,
        "$.records[0].body.access_needs[1]",
    ),
    wrong("half a character in an answer", at(TALK, "body.answers.A1.note"), "\ud83d", HALF),
    wrong(
        "half a character for a question",
        at(TALK, "body.answers"),
        {"\ud83d": {"value": "x"}},
        f"has a name that {HALF}",
        '$.records[2].body.answers["…"]',
    ),
    wrong("half a character for a field", at(PLAN, "body.\ud83d"), "x", NO_FIELD, '$.records[5].body["…"]'),
    wrong(
        "half a character for a field of a record",
        at(PLAN, "\ud83d"),
        "x",
        "is not a field of a record",
        '$.records[5]["…"]',
    ),
    wrong("half a character for a field of the document", "\ud83d", "x", "is not a field of a case document", '$["…"]'),
    *(
        wrong(f"markup {name!r} in a name", path, name, MARKUP)
        for path in (
            at(PERSON, "body.given_names"),
            at(LEAD, "body.professional.name"),
            at(ADVICE, "body.from"),
            at(TOUCH, "body.by"),
        )
        for name in ("<img src=x>", "Jo </b>", "Jo < script", "Jo <!-- x", "Jo &lt; x", "Jo &#60; x")
    ),
    # Depth
    wrong(
        "an answer in many lists",
        at(TALK, "body.answers.A1.note"),
        [[[[[[[[[[[[["x"]]]]]]]]]]]]],
        "is nested too deeply",
        "$.records[2].body.answers.A1.note" + "[0]" * 10,
    ),
]
