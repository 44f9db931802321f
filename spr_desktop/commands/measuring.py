"""The benchmark: what the program costs on this machine."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date

from spr_desktop.casework.benchmark import benchmark
from spr_desktop.commands.failure import DONE
from spr_desktop.commands.terminal import say, say_json


def measure(call: Namespace) -> int:
    """The figures, each as a ratio to its bare counterpart where there is one."""
    found = []
    for each in benchmark(call.families, date.today(), _progress):
        found.append(each)
        if not call.json:
            bare = f"  {each.ratio:5.1f} times plain SQLite ({each.bare_milliseconds:.2f} ms)" if each.ratio else ""
            say(f"{each.milliseconds:9.2f} ms  {each.what}{bare}")
    if call.json:
        say_json({"families": call.families, "figures": [each.plain() for each in found]})
    return DONE


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)
