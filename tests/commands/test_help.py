"""What the help says: every argument of every command is explained."""

from __future__ import annotations

import argparse

from spr_desktop.commands.failure import MACHINE, failure_of
from spr_desktop.commands.main import _parser
from spr_desktop.documents.errors import SealFailed


def test_every_argument_of_every_command_is_explained() -> None:
    [commands] = [each for each in _parser()._actions if isinstance(each, argparse._SubParsersAction)]
    silent = [
        f"{name} {each.metavar or each.dest}"
        for name, command in commands.choices.items()
        for each in command._actions
        if not each.help
    ]
    assert len(commands.choices) > 20
    assert silent == []


def test_a_document_that_does_not_read_back_blames_no_disk() -> None:
    failure = failure_of(SealFailed())
    assert failure.code == MACHINE
    assert "could not be read back as it was made" in failure.sentence
    assert "disk" not in failure.sentence
