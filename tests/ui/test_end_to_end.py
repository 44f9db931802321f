"""From the first run to a sealed pack, as one person does it, once by keyboard alone and once by mouse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spr_desktop.casework.receiving import verify_pack
from tests.ui.conftest import LONGEST
from tests.ui.hands import Hand, Keyboard, Mouse
from ui.theme import apply_theme
from ui.window import Window

PASSPHRASE: Final = "a long enough passphrase"
REPOSITORY: Final = Path(__file__).parents[2]
_CAUTION: Final = "The tool used: Jo"
_MANY_STEPS: Final = 60
_NEXT: Final = "Next part"
_TODAY: Final = "Confirmed with this parent on: today"

Answers = tuple[tuple[str, str], ...]

PROFESSIONAL: Final = (("Role", "Support worker"), ("Organisation", "Example Outreach"))
ANSWERS: Final[dict[str, Answers]] = {
    "A person": (("Lives in the Hampshire County Council area?", "Yes"),),
    "Suitability": (
        ("Is in active crisis?", "No"),
        ("Is in therapy elsewhere, or waiting for it?", "No"),
        ("Public law (care) proceedings about the current children?", "No"),
    ),
    "What the conflict is like": (("Frequent?", "Yes"), ("Intense?", "Yes"), ("Poorly resolved?", "Yes")),
    "Universal offer": (
        ("What was looked at?", "Arguing Better"),
        ("What came of it?", "Not suitable: the conflict is entrenched"),
    ),
    "The plan around the family": (
        ("Which plan is open?", "None"),
        ("Is the service part of the plan?", "Not known"),
        ("Is it to close because of this referral?", "No"),
    ),
    "The child's voice": (
        ("How was the child heard?", "Conversation"),
        ("Does the child want to take part?", "Yes"),
    ),
    "What two people are to each other": (
        ("What are they to each other?", "Separated, living apart"),
        ("Who says so?", "What I see as the practitioner"),
    ),
    "Parental responsibility": (("Does this adult hold it?", "Yes"),),
    "Who does well: readiness": (
        ("Wants things to change?", "Yes"),
        ("Chose this freely?", "Yes"),
        ("Is anyone pressing?", "Nobody"),
        ("Willing to see it from the child's side?", "Yes"),
        ("Open to work with another professional?", "Yes"),
    ),
    "Service and who takes part": (("Which service?", "Mediation (parents who have separated)"),),
    "Lead professional": (("Name", "Linden Demo"), *PROFESSIONAL),
    "Privacy notice shared": (("How was it shared?", "Read aloud"),),
    "Agreement": (
        ("Does this parent agree to the referral?", "Yes"),
        ("Does this parent wish to use the service?", "Yes"),
        ("Was this parent alone when answering?", "Yes"),
        ("How was the answer given?", "Face to face"),
    ),
    "Basis for sharing": (
        ("Lawful basis (Article 6)", "Public task"),
        ("Was your organisation's policy followed?", "Yes"),
    ),
    "A way to get in touch": (
        ("Is it safe to use?", "Yes"),
        ("Does anyone else read or hear it?", "No"),
        ("Does the other parent use it too?", "No"),
        ("May a voicemail be left?", "No"),
        ("May a text be sent?", "Yes"),
        ("What is it?", "Mobile"),
        ("Number, address or worker", "07700 900123"),
        ("Who may see it?", "The SPR team and the service"),
    ),
}
"""By the title of a form: what may be asked, and what is answered then."""


class Worker:
    """Somebody who reads what is on the screen and does it, with one of two hands."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.done: list[str] = []

    # The first run

    def make_a_vault(self) -> None:
        hand = self.hand
        hand.until("Whose vault is it?")
        hand.write("Your name", "J. Outreach")
        hand.write("Your role", "Outreach worker")
        hand.write("Your organisation", "Example Outreach")
        hand.press("Go on")
        hand.until("Choose a passphrase")
        hand.write("Passphrase", PASSPHRASE)
        hand.write("Passphrase again", PASSPHRASE)
        hand.press("Make the vault")

    def prove_the_recovery_key(self) -> None:
        hand = self.hand
        hand.until("Your recovery key")
        on_paper = hand.text_called("Block ")
        assert len(on_paper) == 9
        hand.press("I have it on paper")
        hand.until("Prove it, from the paper")
        for name in hand.names("Block "):
            hand.write(name, on_paper[int(name.removeprefix("Block ")) - 1])
        hand.press("Prove it")
        hand.until("What next?")

    # The family

    def add_a_family(self) -> None:
        hand = self.hand
        hand.press("Begin with my own first family")
        hand.until("Type a name, and whoever is here already is shown.")
        for name, text in (
            ("Given names", "Jo"),
            ("Family name", "Example"),
            ("Given names of the other adult (optional)", "Sam"),
            ("Family name of the other adult (optional)", "Sample"),
        ):
            hand.write(name, text)
        hand.until("Nobody here is like this.")
        hand.press("Open a new case")
        hand.press("Open the case")
        hand.until("Jo Example")

    def add_a_child(self) -> None:
        hand = self.hand
        hand.take("Record something about the family", "People and family", "A person")
        hand.until("Each person is recorded once.")
        hand.answer("Who is this?", "Child")
        hand.answer("Given names", "Kit")
        for part, figures in (("Day", "1"), ("Month", "1"), ("Year", "2014")):
            hand.answer(f"Date of birth (optional): {part}", figures)
        hand.answer("Lives in the Hampshire County Council area?", "Yes")
        hand.press("Save the person")
        hand.until("Kit")

    def see_why_it_is_not_ready(self) -> None:
        hand = self.hand
        hand.press("See every check, and why")
        hand.until("Check of family")
        assert hand.is_read("No safety conversation has been completed with this parent.")
        hand.go_back()
        self.at_the_family()

    # One next step after the other

    def take_every_next_step(self) -> None:
        """Until the family is ready."""
        for _ in range(_MANY_STEPS):
            step = self.hand.large_button
            self.done.append(step)
            if step == "Make the referral pack":
                return
            self.hand.press(step)
            if step == "Accept with a reason":
                self.accept()
            elif step == "Hold the conversation":
                self.talk()
            else:
                self.fill_in()
            self.at_the_family()
        raise AssertionError(f"there is always another step: {self.done}")

    def accept(self) -> None:
        """A caution is accepted where all checks stand, with a reason."""
        hand = self.hand
        hand.until("The built-in questions were used, which are not validated.")
        hand.press(f"Accept with a reason: {_CAUTION}")
        hand.answer("Why may it go ahead?", "Asked as they stand, and what was said fits what is known.")
        hand.press(f"Accept this caution: {_CAUTION.partition(':')[0]}")
        hand.until("Nothing stands in the way")
        hand.press("To the family's page")

    def at_the_family(self) -> None:
        self.hand.bot.waitUntil(lambda: self.hand.find("See every check, and why") is not None, timeout=LONGEST)

    def fill_in(self) -> None:
        """Fill in the form that is open, and finish it."""
        hand = self.hand
        hand.bot.waitUntil(lambda: hand.find("Throw away what I typed") is not None, timeout=LONGEST)
        form = next(each for each in (*ANSWERS, "Wrap-around") if hand.title.startswith(each))
        self.done.append(hand.title)
        for question, answer in self.answers(form, hand.title.removeprefix(f"{form}: ")):
            if hand.is_asked(question, answer):
                hand.answer(question, answer)
        if hand.find(_TODAY):
            hand.press(_TODAY)
        hand.press(hand.large_button)

    def answers(self, form: str, who: str) -> Answers:
        """What is answered on a form about somebody."""
        if form == "Wrap-around":
            own = (("Does this parent know them?", "Yes"), ("Are they outside the service?", "Yes"))
            return (("Name", f"Supporter of {who}"), *PROFESSIONAL, *own)
        return ANSWERS[form]

    def talk(self) -> None:
        """The conversation with one parent alone, up to signing it off."""
        hand = self.hand
        hand.until(", alone")
        name = hand.title.removeprefix("With ").removesuffix(", alone")
        self.done.append(name)
        for check in hand.names("Before you start: "):
            hand.tick(check)
        tool = "The built-in questions" if name == "Jo" else "SPR Safety Net"
        hand.answer("Which questions are used?", tool)
        hand.answer(f"Is {name} alone?", "Yes")
        hand.answer("Interpreter", "None needed")
        hand.press(_NEXT)
        self.asked = 0
        while hand.find(_NEXT):
            for each in hand.first_choices():
                hand.tick(each)
                self.asked += 1
            hand.press(_NEXT)
        hand.press("End the conversation and leave this page")
        hand.until("Type your passphrase, then everything is shown again.")
        hand.write("Passphrase", PASSPHRASE)
        hand.press("Leave this page")
        hand.until("Sign off: conversation with")
        hand.answer("How did it end?", "Completed")
        hand.answer("What is your judgement?", "Conflict that is harmful")
        hand.answer("What is it based on?", "Rows go both ways and end, and there is no fear in what is said.")
        hand.press("Finish and sign off")

    # The pack

    def make_the_pack(self, file: Path) -> str:
        """Seal the pack into a file, and give the passphrase that is on the screen."""
        hand = self.hand
        hand.press("Make the referral pack")
        hand.until("Confirm the contact details")
        for each in hand.names("Confirmed: "):
            hand.tick(each)
        hand.in_the_dialog("Seal the pack", lambda: self.save_as(file))
        hand.until("Passphrase: shown on this page only")
        (passphrase,) = hand.text_called("Passphrase: ")
        hand.answer("How was the passphrase told?", "By telephone")
        hand.press("Record that I sent it")
        hand.until("recorded as sent today")
        hand.press("Back to the family")
        hand.until("Wait for the SPR team's decision.")
        assert hand.is_read("Wait for the SPR team's decision.")
        assert hand.large_button == "Record progress"
        return passphrase.replace("\n", "")

    def save_as(self, file: Path) -> None:
        """In Qt's own dialog, which has its own name for the box or the one that we gave it."""
        name = next(each for each in ("Name", "File name:") if self.hand.find(each))
        self.hand.write(name, str(file))
        self.hand.press("Save")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window where there is no vault yet."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app)
    made = Window(tmp_path / "vault")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()  # where nothing manages windows, nobody else does
    qtbot.waitUntil(made.isActiveWindow, timeout=LONGEST)
    yield made
    made.close()


@pytest.mark.parametrize("kind", [Keyboard, Mouse])
def test_from_the_first_run_to_a_sealed_pack(kind: type[Hand], qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    hand = kind(qtbot, window)
    worker = Worker(hand)
    worker.make_a_vault()
    worker.prove_the_recovery_key()
    worker.add_a_family()
    worker.add_a_child()
    worker.see_why_it_is_not_ready()
    worker.take_every_next_step()
    pack = tmp_path / "pack.pdf"
    passphrase = worker.make_the_pack(pack)
    checked = verify_pack(pack, passphrase)
    assert checked.valid


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="there is no screen to make up here")
def test_the_same_on_a_made_up_screen(tmp_path: Path) -> None:
    """Another platform of Qt, with real windows: small, and with nothing that manages them."""
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", sys.executable, "-m", "pytest", "-q", "-x"]
    command += ["-p", "no:cacheprovider", "--basetemp", str(tmp_path / "there"), f"{__file__}", "-k", "sealed_pack"]
    ran = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=os.environ | {"QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout[-5_000:]
    assert "2 passed" in ran.stdout
