"""Every example of the documents runs as it stands, against the demo."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pesut.settings import Settings
from tests.e2e.conftest import Demo

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def _examples() -> list[str]:
    blocks = [block for document in DOCUMENTS for block in CONSOLE.findall(document.read_text())]
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def test_there_are_examples() -> None:
    assert len(_examples()) >= 10


@pytest.mark.parametrize("command", _examples())
def test_the_example_runs(demo: Demo, command: str) -> None:
    done = subprocess.run(
        ("bash", "-c", command), capture_output=True, text=True, timeout=120, check=False, cwd=ROOT,
        env=os.environ | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PESUT_DATA_DIR": str(demo.data_dir),
            "PESUT_URL": demo.url, "MAYOR": demo.tokens["mayor"],
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_links_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in LINK.findall(document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_setting_is_described() -> None:
    described = (ROOT / "docs" / "operate.md").read_text()
    for name, field in Settings.model_fields.items():
        assert f"`PESUT_{name.upper()}`" in described
        assert field.description
