"""Our VBA is read by two static checkers, which stop at what Excel would only say after a click."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def lint(macros: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / "lint-macros", macros],
        env={**os.environ, "BIN": str(Path(sys.executable).parent)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_our_macros_are_clean() -> None:
    done = lint(ROOT / "macros")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("    BankImporteren\n", "    BankImporteer\n"),
        ("GoTo Mislukt", "GoTo Misluk"),
        ("End Sub", "End Function"),
        ("ByVal opdracht", "ByVal opdrcht"),
    ],
)
def test_a_fault_stops_it(right: str, wrong: str, tmp_path: Path) -> None:
    for module in (ROOT / "macros").glob("*.bas"):
        shutil.copy(module, tmp_path)
    texts = {path: path.read_text(encoding="cp1252") for path in sorted(tmp_path.iterdir())}
    path = next(path for path, text in texts.items() if right in text)
    path.write_text(texts[path].replace(right, wrong, 1), encoding="cp1252")
    assert lint(tmp_path).returncode != 0
