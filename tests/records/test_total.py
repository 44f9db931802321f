"""Whatever is handed in is a document, or is refused as one; nothing else ever happens."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from spr_desktop.records.case_document import write_case_document
from spr_desktop.records.faults import FAULTS_LISTED, InvalidDocument, NewerDocument
from tests.records.generated import Plain, documents, over
from tests.records.reading import EXAMPLES, read

KEYS: Final = st.one_of(
    st.sampled_from(["format", "version", "case_ref", "records", "id", "kind", "happened_on", "body", "person_id"]),
    st.text(),
)
LEAVES: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=20),  # half characters too
    st.sampled_from(
        ["spr-case", "K7QX-3M2P", "person", "2026-11-02", "yes", "case", "\ud800", 10**400, 2**63, -(2**63) - 1]
    ),
)
ANYTHING: Final = st.recursive(
    LEAVES,
    lambda inside: st.one_of(st.lists(inside, max_size=5), st.dictionaries(KEYS, inside, max_size=5)),
    max_leaves=25,
)


def is_taken(data: bytes) -> bool:
    """Whether a document is taken; one that is refused must say why, and what is taken can be written."""
    try:
        document = read(data)
    except NewerDocument:
        return False
    except InvalidDocument as error:
        refused = error.faults
    else:
        assert read(write_case_document(document.case_ref, document.records)).case_ref == document.case_ref
        return True
    assert 0 < len(refused) <= FAULTS_LISTED
    assert all(each.path.startswith("$") and each.message for each in refused)
    return False


@over(400)
@given(ANYTHING)
def test_any_json_is_taken_or_refused(value: Any) -> None:
    is_taken(json.dumps(value).encode())


@over(400)
@given(ANYTHING)
def test_anything_for_records_is_taken_or_refused(value: Any) -> None:
    document = {"format": "spr-case", "version": 1, "case_ref": "K7QX-3M2P", "records": value}
    assert is_taken(json.dumps(document).encode()) == (value == [])


@over(300)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert not is_taken(data)


@over(500)
@given(documents(), st.randoms(use_true_random=False), ANYTHING)
def test_a_document_with_a_part_that_is_anything_is_taken_or_refused(
    document: Plain, where: random.Random, value: Any
) -> None:
    mangle(document, where, value)
    is_taken(json.dumps(document).encode())


@over(300)
@given(st.sampled_from(EXAMPLES), st.randoms(use_true_random=False), ANYTHING)
def test_an_example_with_a_part_deleted_replaced_or_doubled_is_taken_or_refused(
    path: Path, where: random.Random, value: Any
) -> None:
    document = json.loads(path.read_bytes())
    for _ in range(where.randint(1, 4)):
        mangle(document, where, value)
    is_taken(json.dumps(document).encode())


@over(300)
@given(st.sampled_from(EXAMPLES), st.randoms(use_true_random=False))
def test_an_example_with_some_bytes_changed_is_taken_or_refused(path: Path, where: random.Random) -> None:
    found = bytearray(path.read_bytes())
    for _ in range(where.randint(1, 5)):
        at = where.randrange(len(found))
        match where.randrange(3):
            case 0:
                found[at] = where.randrange(256)
            case 1:
                del found[at : at + where.randint(1, 200)]
            case _:
                found[at:at] = found[at : at + where.randint(1, 200)]
    is_taken(bytes(found))


def mangle(document: Any, where: random.Random, value: Any) -> None:
    """Delete, replace or double something somewhere inside."""
    holder: Any = document
    while isinstance(holder, (dict, list)) and holder:
        key = where.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        if not isinstance(holder[key], (dict, list)) or not holder[key] or where.random() < 0.1:
            break
        holder = holder[key]
    else:
        return
    match where.randrange(3):
        case 0:
            del holder[key]
        case 1:
            holder[key] = copy.deepcopy(value)
        case _ if isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        case _:
            holder[key] = copy.deepcopy(where.choice(list(holder.values())))
