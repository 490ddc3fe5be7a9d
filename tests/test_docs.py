"""The guide tells of everything there is, and of nothing that is not: names, links, pictures, examples."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.main import get_command

from debiteuren import cli
from debiteuren.book import layout, layout_cells
from debiteuren.book.layout_parts import TableLayout
from debiteuren.domain.arrangement import ArrangementStatus, InstalmentStatus
from debiteuren.domain.contact import ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel, DebtorKind, Form, Language, Tone
from debiteuren.domain.invoice import Action, Age, Block, InvoiceStatus
from debiteuren.domain.ledger import AllocationKind
from debiteuren.domain.payment import MatchStatus
from debiteuren.domain.problem import Severity
from debiteuren.domain.settings import DEFAULT_LADDER, LetterTemplate, Settings, Step
from debiteuren.mail.letters.render import check_templates
from debiteuren.mail.letters.standard import known_facts
from debiteuren.rules.behaviour import Behaviour
from reminder_examples import SETTINGS, reminder

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
GUIDE = (ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8")

CHOICES: tuple[type[StrEnum], ...] = (
    Action,
    Age,
    AllocationKind,
    ArrangementStatus,
    Behaviour,
    Block,
    Channel,
    ContactKind,
    DebtorKind,
    DraftState,
    Form,
    InstalmentStatus,
    InvoiceStatus,
    Language,
    MatchStatus,
    Outcome,
    Severity,
    Step,
    Tone,
)


def stands_in(word: str, text: str) -> bool:
    """The word itself, not a part of a longer one."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def section(title: str) -> str:
    """The text under a heading of the guide, up to the next heading as high or higher."""
    heading = re.search(rf"^(#+) {re.escape(title)}$", GUIDE, re.MULTILINE)
    assert heading is not None, f"no heading {title}"
    below = GUIDE[heading.end() :]
    following = re.search(rf"^#{{1,{len(heading[1])}}} ", below, re.MULTILINE)
    return below[: following.start()] if following else below


@pytest.mark.parametrize("sheet", layout.SHEETS)
def test_every_sheet_has_its_own_heading(sheet: str) -> None:
    assert section(sheet)


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: str(table.name))
def test_every_column_is_explained_under_its_sheet(table: TableLayout) -> None:
    text = section(table.sheet)
    assert [name for name in table.names() if not stands_in(name, text)] == []


def test_every_setting_is_explained() -> None:
    text = section("Instellingen")
    missing = [
        cell.name for cell in layout_cells.SETTINGS_CELLS if f"| {cell.label} | {cell.name} | " not in text
    ]
    assert missing == []


def test_the_guide_gives_the_defaults_as_they_are() -> None:
    text = section("Instellingen")
    for cell in layout_cells.SETTINGS_CELLS:
        default = re.search(rf"\| {re.escape(cell.label)} \| {cell.name} \| ([^|]*?) ?\|", text)
        assert default is not None
        assert default[1].removeprefix("€ ").replace("leeg", "") == cell.default, cell.name


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: str(choice.__name__))
def test_every_word_of_a_list_is_explained(choice: type[StrEnum]) -> None:
    assert [member.value for member in choice if not stands_in(member.value, GUIDE)] == []


@pytest.mark.parametrize(
    ("title", "choice"),
    [
        ("Wat een status betekent", InvoiceStatus),
        ("Wat een volgende actie betekent", Action),
        ("Blokkades: even niet herinneren", Block),
        ("Wat bij wat hoort", MatchStatus),
        ("Regelingen en termijnen", ArrangementStatus),
        ("Regelingen en termijnen", InstalmentStatus),
        ("Contact: wat u noteert, telt", Outcome),
    ],
)
def test_every_status_and_action_has_a_row_that_says_what_it_means(title: str, choice: type[StrEnum]) -> None:
    text = section(title)
    missing = [
        member.value for member in choice if not re.search(rf"^\| {member.value} \| \S", text, re.MULTILINE)
    ]
    assert missing == []


def test_the_ladder_of_the_guide_is_the_ladder() -> None:
    rows = re.findall(r"^\| (.+?) \| .+? \| (\d+) \|$", section("De ladder"), re.MULTILINE)
    waits = {step.step.value: step.wait_days for step in DEFAULT_LADDER}
    shown = {
        name: int(wait) for names, wait in rows for name in waits if name in re.split(r" \(|\) of ", names)
    }
    assert shown == waits


def command_options() -> Iterator[tuple[str, str]]:
    commands = getattr(get_command(cli.app), "commands", {})
    for name, command in commands.items():
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    yield name, option


def test_every_command_and_option_is_explained_and_no_other() -> None:
    text = section("Opdrachten")
    options = set(command_options())
    commands = {name for name, _ in options}
    assert set(re.findall(r"^\| `debiteuren (\w+)", text, re.MULTILINE)) == commands
    named = {option for _, option in options}
    assert {option for option in named if not stands_in(option, text)} == set()
    everywhere = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    ours = set(re.findall(r"`[^`\n]*?(--[a-z-]+)[^`\n]*`", everywhere))
    assert ours - named <= {"--help", "--versie"}
    assert set(re.findall(r"\bdebiteuren ([a-z]+) [A-Z\[\"]", everywhere)) <= commands


def test_every_name_for_an_own_letter_is_explained() -> None:
    text = section("Eigen brieven")
    names = known_facts(reminder(), SETTINGS, attached=1)
    assert [name for name in names if not re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", text)] == []


@pytest.mark.parametrize("form", Form)
def test_the_example_of_an_own_letter_has_no_fault(form: Form) -> None:
    text = section("Eigen brieven")
    example = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    subject = re.search(r"voor Onderwerp: `(.+?)`", text)
    assert example is not None
    assert subject is not None
    templates = [
        LetterTemplate(step="Herinnering", form=form, tone=tone, subject=subject[1], text=example[1])
        for tone in Tone
    ]
    assert check_templates(templates, Settings()) == ()


def headings(page: Path) -> set[str]:
    """What stands behind the # of each heading, without a number in front."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"^\d+\. ", "", heading) for heading in found}


def sources() -> Iterator[tuple[str, str]]:
    for room in ("addin", "tests"):
        for file in sorted((ROOT / room).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def chapters_named(text: str) -> Iterator[tuple[str, str]]:
    """Page and heading of every `docs/x.md, "Heading" (aside), "Other" and "Third"`, over line ends too."""
    between = r"(?:\s*\([^()]*\))?(?:,|;|\s+and|\s+)*\s*"
    for page, named in re.findall(rf'docs/([\w-]+\.md)((?:{between}"[^"]+")+)', text):
        for heading in re.findall(r'"([^"]+)"', named):
            yield page, " ".join(heading.split())


def test_several_chapters_in_one_reference_are_all_found() -> None:
    text = (
        'Source: docs/regels.md, "Ladder" (the wait), "Actie\nop" and "Status"; docs/handleiding.md, "Start".'
    )
    assert list(chapters_named(text)) == [
        ("regels.md", "Ladder"),
        ("regels.md", "Actie op"),
        ("regels.md", "Status"),
        ("handleiding.md", "Start"),
    ]


def test_every_chapter_the_code_refers_to_is_there() -> None:
    wrong = {
        (file, page, heading)
        for file, text in sources()
        if file != "tests/test_docs.py"
        for page, heading in chapters_named(text)
        if heading not in headings(ROOT / "docs" / page)
    }
    assert wrong == set()


def test_every_rule_the_code_names_is_explained_and_no_other() -> None:
    explained = re.findall(
        r"^\| ([A-E]\d\d) \| \S", (ROOT / "docs" / "regels.md").read_text("utf-8"), re.MULTILINE
    )
    named = set()
    for file, text in sources():
        if file.startswith("addin/"):
            for first, last in re.findall(r"(?<![:$])\b([A-E]\d\d)(?:-([A-E]\d\d))?\b(?!:[A-Z])", text):
                numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
                named |= {f"{first[0]}{number:02}" for number in numbers}
    assert sorted(explained) == explained
    assert set(explained) == named


def test_the_code_refers_to_no_text_that_is_not_here() -> None:
    absent = re.compile(
        r"(?<![-\w])(?:law|mail|design|style|formats|excel)\.md\b|\bcontract(?:,| section)|\bissue \""
    )
    assert [file for file, text in sources() if file != "tests/test_docs.py" and absent.search(text)] == []


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        path, _, place = unquote(target).partition("#")
        found = page.parent / path if path else page
        assert found.exists(), target
        if place:
            headings = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert place in {anchor(heading) for heading in headings}, target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_no_path_of_one_machine_is_named(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.])/(?:home|root|tmp|usr|work|Users|opt)/\S*|\b[A-Z]:\\\S*", text) == []


def test_every_picture_is_shown_and_small_enough() -> None:
    everything = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for picture in (ROOT / "docs" / "plaatjes").iterdir():
        assert f"plaatjes/{picture.name}" in everything
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < 200_000, picture.name
