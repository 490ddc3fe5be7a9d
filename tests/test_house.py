"""The house keeps its own rules: style, types, direction of imports, glossary, no way to send."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from debiteuren.book import layout
from debiteuren.domain.arrangement import ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel, DebtorKind, Form, Language, Tone
from debiteuren.domain.invoice import Action, Age, Block, InvoiceStatus
from debiteuren.domain.ledger import AllocationKind
from debiteuren.domain.payment import MatchStatus
from debiteuren.domain.problem import Severity
from debiteuren.domain.settings import Step

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("style", [BIN / "ruff", "check", "."]),
        ("format", [BIN / "ruff", "format", "--check", "."]),
        ("types", [BIN / "mypy"]),
        ("imports", [BIN / "lint-imports"]),
    ],
)
def test_the_code_is_clean(name: str, command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name}:\n{done.stdout}{done.stderr}"


def glossary() -> dict[str, str]:
    """Dutch word → English word, from the table in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## Woordenlijst") :]
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", table, re.MULTILINE)
    return {dutch: english for dutch, english in rows if dutch not in {"Nederlands", "---"}}


def words_of_the_surface() -> Iterator[str]:
    for table in layout.TABLES:
        yield table.sheet
        yield from table.names()
    choices: tuple[type[StrEnum], ...] = (
        *(
            Action,
            Age,
            AllocationKind,
            ArrangementStatus,
            Block,
            Channel,
            ContactKind,
            DebtorKind,
            DraftState,
        ),
        *(Form, InstalmentStatus, InvoiceStatus, Language, MatchStatus, Outcome, Severity, Step, Tone),
    )
    for words in choices:
        yield from words


GLOSSED = {
    "factuur": "invoice",
    "creditfactuur": "credit_note",
    "debiteur": "debtor",
    "vervaldatum": "due",
    "betaling": "payment",
    "afschrift": "statement",
    "boeking": "transaction",
    "koppeling": "allocation",
    "openstaand": "unpaid",
    "te laat": "overdue",
    "herinnering": "reminder",
    "aanmaning": "demand",
    "regeling": "arrangement",
    "termijn": "instalment",
    "toezegging": "promise",
    "betwist": "disputed",
    "pauze": "hold",
    "uit handen": "handed_over",
    "incassokosten": "collection_costs",
    "stap": "step",
    "concept": "draft",
}
"""Words of the glossary that stand in the surface or the messages, and the English of them in our names."""


def test_the_glossary_is_what_the_code_says() -> None:
    listed = glossary()
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "addin" / "debiteuren").rglob("*.py")
    ).lower()
    for dutch, english in GLOSSED.items():
        assert listed[dutch].replace(" ", "_").startswith(english), dutch
        assert re.search(rf"\b{english}|_{english}", code), english


def test_every_word_of_a_choice_stands_on_one_surface_only_as_the_contract_spells_it() -> None:
    by_fold: dict[str, set[str]] = {}
    for word in words_of_the_surface():
        by_fold.setdefault(word.casefold(), set()).add(word)
    doubles = {fold: words for fold, words in by_fold.items() if len(words) > 1}
    # Both spellings are fixed: a header and a word in a list.
    assert set(doubles) <= {"te laat", "u", "je"}


def test_no_module_is_longer_than_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "addin").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_nothing_in_the_product_can_send() -> None:
    sending = re.compile(r"\bsmtplib\b|\.[Ss]end\(|sendmail|/sendMail|def send\b")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("addin", "macros")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".py", ".bas", ".cls", ".xml"}
        and sending.search(path.read_text("utf-8", "replace"))
    ]
    assert found == []


NETWORK = frozenset(
    {
        *("socket", "socketserver", "ssl", "http", "urllib.request", "urllib3", "ftplib", "asyncio"),
        *("requests", "imaplib", "imapclient", "msal"),
    }
)
ONLINE = {
    "addin/debiteuren/mail/drafts/imap.py": {"imaplib", "imapclient", "ssl"},
    "addin/debiteuren/mail/drafts/graph.py": {"requests", "urllib3"},
    "addin/debiteuren/mail/drafts/graph_login.py": {"msal"},
}
"""The only modules that may open a connection, and with what: to the mailbox that the user set up, and to log
in there (docs/regels.md, "Beloften", 4). Nothing of theirs is imported before a mailbox is set up."""


def network_imports(source: str) -> set[str]:
    """Which of NETWORK this code imports, however it is written."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in {"__import__", "import_module"}:
                imported.add(str(node.args[0].value))
    return {known for known in NETWORK for name in imported if f"{name}.".startswith(f"{known}.")}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import socket", {"socket"}),
        ("import os, socket", {"socket"}),
        ("import http.client as mail", {"http"}),
        ("from urllib import parse, request", {"urllib.request"}),
        ("from urllib.request import urlopen", {"urllib.request"}),
        ("def later():\n    import ssl", {"ssl"}),
        ("__import__('socket')", {"socket"}),
        ("importlib.import_module('requests')", {"requests"}),
        ("from urllib.parse import quote", set()),
        ("from . import requests", set()),
        ("import socketless", set()),
        ("'import socket'", set()),
    ],
)
def test_an_import_of_the_network_is_seen(source: str, found: set[str]) -> None:
    assert network_imports(source) == found


def test_connections_are_opened_by_the_mailboxes_only() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): modules
        for path in (ROOT / "addin").rglob("*.py")
        if (modules := network_imports(path.read_text(encoding="utf-8")))
    }
    assert found == ONLINE
