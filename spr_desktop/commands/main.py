"""The parser of the command line, and the one place where a failure becomes a sentence and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from spr_desktop import __version__
from spr_desktop.commands import backups, cases, demo, measuring, packs, vaults
from spr_desktop.commands.failure import DONE, WRONG_CALL, Failure, failure_of
from spr_desktop.commands.terminal import say_failure

OpenWindow = Callable[[Path | None, str], int]
"""Opens the window on a vault, with a passphrase typed in already; returns the exit code."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line."""

    def error(self, message: str) -> NoReturn:
        raise Failure(WRONG_CALL, f"{message}; see {self.prog} --help.")


def main(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Carry out one call; returns its exit code."""
    debug = "--debug" in arguments
    try:
        call = _parser().parse_args([each for each in arguments if each != "--debug"])
        if call.command is None:
            return open_window(None, "")
        code: int = call.run(call, open_window) if call.command == "demo" else call.run(call)
    except BrokenPipeError:  # whoever read the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        say_failure(Failure(WRONG_CALL, "stopped; nothing was lost."))
        return 130
    except Exception as error:  # noqa: BLE001 - the last place before a person: nobody is shown a traceback
        failure = failure_of(error)
        if debug:
            import traceback

            traceback.print_exc()
        say_failure(failure)
        return failure.code
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="spr-desktop",
        description="Families in conflict: screened alone, wrapped around, referred with care. Offline and encrypted.",
        epilog="Without a command the window opens. Add --debug to see where the program failed.",
    )
    parser.add_argument("--version", action="version", version=f"spr-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_demo(commands)
    _add_vaults(commands)
    _add_backups(commands)
    _add_cases(commands)
    _add_packs(commands)
    _add_benchmark(commands)
    return parser


if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction["_Parser"]  # noqa: SLF001 - argparse gives it no other name


def _day(text: str) -> date:
    """A day on the command line: ISO as in files, or day first as people write it."""
    for order in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, order).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError("is not a day like 2026-11-03 or 03/11/2026")


def _add_as_of(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of", type=_day, default=None, metavar="DAY", help="the day to look from; today if not given"
    )


def _add_passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="its first line is the vault's passphrase"
    )


def _add_demo(commands: _Commands) -> None:
    command = commands.add_parser("demo", help="an invented caseload, and one family's way to a sealed pack")
    command.add_argument("--to", type=Path, metavar="DIR", help="a new folder for it")
    command.add_argument("--no-window", action="store_true", help="do not open the window at the end")
    command.set_defaults(run=demo.demo)


def _add_vaults(commands: _Commands) -> None:
    create = commands.add_parser("create", help="make a vault; shows its recovery key once")
    create.add_argument("vault", type=Path, metavar="VAULT")
    create.add_argument("--name", default="", help="your name, as it stands under records and on packs")
    create.add_argument("--role", default="")
    create.add_argument("--organisation", default="")
    create.add_argument("--recovery-to", type=Path, metavar="FILE.pdf", help="make the recovery sheet for printing")
    create.add_argument("--replace", action="store_true", help="write over an existing recovery sheet")
    create.add_argument(
        "--synced-folder", action="store_true", help="make it in a folder that a service copies to other computers"
    )
    _add_passphrase(create)
    create.set_defaults(run=vaults.create)
    recover = commands.add_parser("recover", help="set a new passphrase with the recovery key")
    recover.add_argument("vault", type=Path, metavar="VAULT")
    recover.add_argument("--recovery-key-file", type=Path, metavar="FILE")
    recover.add_argument("--new-passphrase-file", type=Path, metavar="FILE")
    recover.set_defaults(run=vaults.recover)
    older = commands.add_parser("accept-older", help="go on with a copy that is older than this computer last saw")
    older.add_argument("vault", type=Path, metavar="VAULT")
    older.add_argument("--recovery-key", action="store_true", help="ask for the recovery key, not the passphrase")
    older.add_argument("--recovery-key-file", type=Path, metavar="FILE", help="its first line is the recovery key")
    _add_passphrase(older)
    older.set_defaults(run=vaults.accept_older)
    change = commands.add_parser("passphrase", help="set a new passphrase")
    change.add_argument("vault", type=Path, metavar="VAULT")
    change.add_argument("--new-passphrase-file", type=Path, metavar="FILE")
    _add_passphrase(change)
    change.set_defaults(run=vaults.change_passphrase)


def _add_backups(commands: _Commands) -> None:
    backup = commands.add_parser("backup", help="make an encrypted copy, and read it again before it counts")
    backup.add_argument("vault", type=Path, metavar="VAULT")
    backup.add_argument("--to", type=Path, metavar="DIR", help="the folder for it; that of the vault if not given")
    backup.add_argument("--json", action="store_true")
    _add_passphrase(backup)
    backup.set_defaults(run=backups.back_up)
    restore = commands.add_parser("restore", help="make a vault from a backup, in a new folder")
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    restore.add_argument("--to", type=Path, required=True, metavar="VAULT", help="a new folder")
    restore.add_argument("--recovery-key", action="store_true", help="ask for the recovery key, not the passphrase")
    restore.add_argument("--recovery-key-file", type=Path, metavar="FILE", help="its first line is the recovery key")
    restore.add_argument("--json", action="store_true")
    _add_passphrase(restore)
    restore.set_defaults(run=backups.restore)
    check = commands.add_parser("check-vault", help="prove that a vault is encrypted and whole")
    check.add_argument("vault", type=Path, metavar="VAULT")
    check.add_argument("--json", action="store_true")
    _add_passphrase(check)
    check.set_defaults(run=backups.check_vault)


def _add_cases(commands: _Commands) -> None:
    take = commands.add_parser("import", help="take case documents into a vault")
    take.add_argument("vault", type=Path, metavar="VAULT")
    take.add_argument("files", type=Path, nargs="+", metavar="FILE")
    take.add_argument("--dry-run", action="store_true", help="say what would be new, and take nothing")
    take.add_argument("--json", action="store_true")
    _add_passphrase(take)
    _add_as_of(take)
    take.set_defaults(run=cases.import_files)
    show = commands.add_parser("list", help="the caseload: reference, outcome, next step")
    show.add_argument("vault", type=Path, metavar="VAULT")
    show.add_argument("--search", metavar="TEXT")
    show.add_argument("--due", action="store_true", help="only what has a date on it")
    show.add_argument("--names", action="store_true", help="show people's names")
    show.add_argument("--json", action="store_true")
    _add_passphrase(show)
    _add_as_of(show)
    show.set_defaults(run=cases.list_cases)
    check = commands.add_parser("check", help="what the pathway says of a case, and why")
    check.add_argument("vault", type=Path, nargs="?", metavar="VAULT")
    check.add_argument("case_ref", nargs="?", metavar="CASE_REF")
    check.add_argument("--file", dest="files", type=Path, nargs="+", metavar="CASE.json", help="files or folders")
    check.add_argument("--service", choices=("mediation", "couple_support", "family_counselling"))
    check.add_argument("--require-ready", action="store_true", help="exit 3 if it is not ready")
    check.add_argument("--json", action="store_true")
    _add_passphrase(check)
    _add_as_of(check)
    check.set_defaults(run=cases.check_cases)
    export = commands.add_parser("export-case", help="the whole case document, readable by anybody who has the file")
    export.add_argument("vault", type=Path, metavar="VAULT")
    export.add_argument("case_ref", metavar="CASE_REF")
    export.add_argument("--to", type=Path, required=True, metavar="FILE.json")
    export.add_argument("--replace", action="store_true")
    _add_passphrase(export)
    export.set_defaults(run=cases.export)


def _add_packs(commands: _Commands) -> None:
    document = commands.add_parser("document", help="make, seal and register a document")
    document.add_argument("vault", type=Path, metavar="VAULT")
    document.add_argument("case_ref", metavar="CASE_REF")
    document.add_argument("kind", choices=("referral-pack",), metavar="KIND", help="referral-pack")
    document.add_argument("--to", type=Path, required=True, metavar="FILE.pdf")
    document.add_argument("--password-to", type=Path, metavar="FILE", help="write the pack's passphrase here")
    document.add_argument("--replace", action="store_true")
    document.add_argument("--json", action="store_true")
    _add_passphrase(document)
    _add_as_of(document)
    document.set_defaults(run=packs.make_document)
    verify = commands.add_parser("verify", help="whether a pack is as it was sealed, and by which key")
    verify.add_argument("file", type=Path, metavar="FILE.pdf")
    verify.add_argument("--password-file", type=Path, metavar="FILE", help="its first line is the pack's passphrase")
    verify.add_argument("--trust", type=Path, action="append", default=[], metavar="CERT.pem")
    verify.add_argument("--data-to", type=Path, metavar="FILE.json", help="take the embedded data out")
    verify.add_argument("--replace", action="store_true")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=packs.verify_file)


def _add_benchmark(commands: _Commands) -> None:
    command = commands.add_parser("benchmark", help="what the program costs on this machine")
    command.add_argument("--families", type=_count, default=20_000, metavar="N", help="20000 if not given")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=measuring.measure)


def _count(text: str) -> int:
    """A number of families; one at least."""
    if not text.isdecimal() or not 0 < int(text) < 10_000_000:
        raise argparse.ArgumentTypeError("is not a number of families")
    return int(text)
