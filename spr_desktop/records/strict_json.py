"""Reading JSON strictly: no repeated names, no NaN, no endless nesting, no text that is not UTF-8."""

from __future__ import annotations

import json
from typing import Any

from spr_desktop.records.faults import Faults, InvalidDocument


def read_strict_json(data: bytes, limit: int) -> Any:
    """The value that a document of at most ``limit`` bytes holds; raises InvalidDocument with the one fault."""
    faults = Faults()
    if len(data) > limit:
        faults.add("$", f"is larger than {limit // 1_000_000} MB")
    else:
        try:
            return json.loads(
                data.decode("utf-8-sig"), object_pairs_hook=_object_without_repeats, parse_constant=_refuse_constant
            )
        except UnicodeDecodeError as error:
            faults.add("$", f"is not UTF-8 text (byte {error.start:,})")
        except json.JSONDecodeError as error:
            faults.add("$", f"is not JSON (line {error.lineno}, column {error.colno})")
        except RecursionError:
            faults.add("$", "is nested too deeply")
        except ValueError as error:
            faults.add("$", str(error) if isinstance(error, _NotStrict) else "holds a number that cannot be read")
    raise InvalidDocument(faults.found)


class _NotStrict(ValueError):
    """JSON that other readers would read otherwise."""


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotStrict("holds an object that names one field twice")
    return found


def _refuse_constant(_: str) -> None:
    raise _NotStrict("holds NaN or Infinity, which are not JSON")
