"""What a user installs: the built wheel, outside the checkout, without what only we need."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console command of a fresh environment that holds the wheel and its dependencies only."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    built = subprocess.run(
        [*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], capture_output=True, text=True, check=False
    )
    if built.returncode:
        pytest.skip(f"no wheel can be built here (is the package index in reach?): {built.stderr[-300:]}")
    venv.create(folder / "env", with_pip=True)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = folder.glob("debiteuren-*.whl")
    done = subprocess.run(
        [scripts / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install", wheel],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"the package index is out of reach: {done.stderr[-300:]}")
    return scripts / "debiteuren"


def run(command: Path, folder: Path, *words: str) -> dict[str, object]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [command, *words, "--json"], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_the_installed_program_does_the_whole_day(installed: Path, tmp_path: Path) -> None:
    day = ("--peildatum", "2026-11-20")
    run(installed, tmp_path, "demo", "dag", *day)
    run(installed, tmp_path, "nieuw", "Leeg.xlsm")
    bank = sorted(str(path) for path in (tmp_path / "dag" / "Bank").iterdir())
    assert run(installed, tmp_path, "importeer", "Leeg.xlsm", *bank, *day)["zeker"] == 0
    run(installed, tmp_path, "bijwerken", "Leeg.xlsm", *day)
    assert run(installed, tmp_path, "herinneringen", "Leeg.xlsm", *day)["concepten"] == []
    assert run(installed, tmp_path, "herinneringen", "dag/Debiteuren.xlsm", *day)["concepten"] == []


def test_what_only_the_build_needs_is_not_there(installed: Path) -> None:
    python = installed.with_name("python")
    done = subprocess.run([python, "-c", "import xlsxwriter"], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in done.stderr
