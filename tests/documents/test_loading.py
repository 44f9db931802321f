"""What is loaded when: the libraries for pages and signatures take a second that only those pay who need them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.documents.packs import ROOT

HEAVY = ("reportlab", "pyhanko", "pypdf", "pypdfium2", "uharfbuzz", "segno")


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(*{{each.partition('.')[0] for each in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["", ".contents", ".referral_pack", ".leak_check", ".forbidden", ".passphrase", ".errors"]
)
def test_contents_load_no_library_for_pages_or_signatures(module: str) -> None:
    assert loaded_by(f"spr_desktop.documents{module}").isdisjoint(HEAVY)


@pytest.mark.parametrize("module", [".identity", ".reading"])
def test_identities_and_reading_load_them_late(module: str) -> None:
    assert loaded_by(f"spr_desktop.documents{module}").isdisjoint(HEAVY)


def test_layout_loads_no_library_for_signatures() -> None:
    assert "pyhanko" not in loaded_by("spr_desktop.documents.referral_layout")
    assert "pyhanko" not in loaded_by("spr_desktop.documents.making")
