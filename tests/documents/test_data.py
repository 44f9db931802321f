"""The data that a pack carries: of the published form, and nothing in it that is not on a page."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

import jsonschema
import pypdf
import pytest

from spr_desktop.documents import contents as contents_module
from spr_desktop.documents.contents import ReferralPack
from spr_desktop.documents.data import ON_PAPER_ONLY, referral_json
from spr_desktop.documents.reading import attached, texts_of_pages
from spr_desktop.documents.wording import day
from tests.cases import Family
from tests.documents.marks import marked_family
from tests.documents.packs import EXAMPLES, ROOT, contents, example, laid_out, large_family, released

TOLD = json.loads((EXAMPLES / "expected.json").read_text())
READY = sorted(name for name, told in TOLD.items() if told["ready"])


@cache
def schema() -> Any:
    return json.loads((ROOT / "docs" / "referral.schema.json").read_text())


def families() -> dict[str, Family]:
    return {
        "released": released(),
        "kept": Family(),
        "counselling": released("family_counselling"),
        "couple": released("couple_support"),
        "marked": marked_family().family,
        "large": large_family(),
    }


def values_of(pdf: bytes) -> Any:
    return json.loads(attached(pdf, "referral.json"))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", families())
def test_data_are_of_the_published_form(name: str) -> None:
    values = json.loads(referral_json(contents(families()[name])))
    jsonschema.validate(values, schema(), format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", READY)
def test_data_of_the_example_cases_are_of_the_published_form(name: str) -> None:
    family = example(name)
    family.as_of = date.fromisoformat(TOLD[name]["as_of"])
    jsonschema.validate(json.loads(referral_json(contents(family))), schema())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda values: values.pop("reference"),
        lambda values: values.update(surname="x"),
        lambda values: values["adults"][0].update(date_of_birth="1990-01-01"),
        lambda values: values.update(made_on="3 November 2026"),
        lambda values: values["children"][0].update(takes_part="Yes"),
        lambda values: values.update(format_version=2),
    ],
)
def test_the_schema_refuses_what_is_of_another_form(spoil: Any) -> None:
    values = json.loads(referral_json(contents(released())))
    spoil(values)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(values, schema())


def test_the_schema_names_every_field_and_no_other() -> None:
    assert set(schema()["properties"]) - {"format", "format_version"} == fields(ReferralPack) - set(ON_PAPER_ONLY)
    assert fields_differ(ReferralPack, schema()) == []


def fields(of: type) -> set[str]:
    return {each.name for each in dataclasses.fields(of)}


def fields_differ(of: type, described: Any) -> list[str]:
    """Names of fields that the schema and the dataclass do not share, at any depth."""
    hints = get_type_hints(of, vars(contents_module))
    found = []
    for name, hint in hints.items():
        if name not in fields(of) or name in ON_PAPER_ONLY:
            continue  # said of the kind as a whole, not of one pack
        part = described["properties"][name]
        for inner in [hint, *get_args(hint)]:
            if dataclasses.is_dataclass(inner) and isinstance(inner, type):
                wanted = resolved(part)
                if set(wanted["properties"]) != fields(inner):
                    found.append(f"{of.__name__}.{name}")
                found += fields_differ(inner, wanted)
    return found


def resolved(part: Any) -> Any:
    """The description that a reference, a list or a choice comes down to."""
    if "$ref" in part:
        return schema()["$defs"][part["$ref"].rpartition("/")[2]]
    if "items" in part:
        return resolved(part["items"])
    return resolved(part["anyOf"][0]) if "anyOf" in part else part


@pytest.mark.parametrize("name", families())
def test_every_value_stands_on_a_page(name: str) -> None:
    pdf = laid_out(families()[name])
    # A text that goes on over the page is interrupted by what every page says around its content.
    content = [text.split("no family member.", 1)[-1] for text in texts_of_pages(pdf)]
    pages = squeezed("".join([texts_of_pages(pdf)[0], *content]))
    values = [(path, value) for path, value in leaves(values_of(pdf), "$") if value is not None]
    assert len(values) > 50
    assert not [(path, value) for path, value in values if squeezed(as_printed(value)) not in pages]


def leaves(value: Any, path: str) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in leaves(part, f"{path}.{key}")]
    if isinstance(value, list):
        return [leaf for at, part in enumerate(value) for leaf in leaves(part, f"{path}[{at}]")]
    return [(path, value)]


def as_printed(value: Any) -> str:
    """How a value of the data stands on a page."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return day(date.fromisoformat(value))
    return str(value)


def squeezed(text: str) -> str:
    """Without white space, since a line may end anywhere, and without case, since a page may begin a sentence."""
    return "".join(text.split()).casefold()


def test_no_mark_reaches_the_data_that_may_not_reach_a_page() -> None:
    marked = marked_family()
    text = attached(laid_out(marked.family), "referral.json").decode()
    assert not {field for mark, field in marked.allowed.items() if mark.split()[0] not in text}
    assert not {field for mark, field in marked.forbidden.items() if mark.split()[0] in text}


def test_it_is_an_associated_file() -> None:
    root: Any = pypdf.PdfReader(io.BytesIO(laid_out(released()))).root_object
    [associated] = root["/AF"]
    specification = associated.get_object()
    assert specification["/AFRelationship"] == "/Data"
    assert specification["/F"] == specification["/UF"] == "referral.json"
    assert specification["/EF"]["/F"]["/Subtype"] == "/application/json"
