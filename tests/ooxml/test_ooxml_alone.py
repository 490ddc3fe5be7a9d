"""The editor knows nothing of the rest of the program, and lives as a package of its own."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

from debiteuren.book import ooxml
from ooxml.ooxml_books import grid, plain

HOME = Path(ooxml.__file__).parent
MODULES = sorted(HOME.glob("*.py"))
SOURCES = ("ECMA-376", "ISO 29500", "APPNOTE", "XML 1.0", "[MS-", "POSIX", "zlib")
OWN = {  # what rests on no standard: our own bookkeeping beside the workbook
    "__init__", "backups", "column_values", "edits", "growth", "notes", "owners", "refusals", "sheet_cells",
    "undo", "verify",
}  # fmt: skip


def test_it_imports_itself_and_the_standard_library_only() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                assert node.level == 1, path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in sys.stdlib_module_names, path
            elif isinstance(node, ast.Import):
                assert {name.name.split(".")[0] for name in node.names} <= sys.stdlib_module_names, path


def test_it_knows_no_word_of_the_trade() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8").lower().replace("knows nothing of invoices", "")
        assert not [word for word in ("factu", "debiteur", "invoice", "tblf") if word in text], path


def test_each_module_says_what_it_rests_on() -> None:
    for path in MODULES:
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert doc, path
        assert path.stem in OWN or any(source in doc for source in SOURCES), path


def test_it_works_under_another_name_outside_this_program(tmp_path: Path) -> None:
    shutil.copytree(HOME, tmp_path / "losbladig", ignore=shutil.ignore_patterns("__pycache__"))
    book = plain(tmp_path / "a.xlsx", 2, [[1, 2, 3]])
    code = (
        "import sys; from losbladig import Package\n"
        "with Package.open('a.xlsx') as package:\n"
        "    package.set_cells('Data', {'B5': 'x'}); package.append_rows('tblP', [{'Een': 4}])\n"
        "    package.delete_rows('tblP', [0]); package.save()\n"
        "print([name for name in sys.modules if name.startswith('debiteuren')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
    assert grid(book, "Data")[4, 2] == "x"
