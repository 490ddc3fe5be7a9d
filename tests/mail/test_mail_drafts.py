"""Drafts in a folder: all at once or none, each once, whenever the run dies; names that are only names."""

import contextlib
import errno
import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from debiteuren.domain.problem import SurroundingsError
from debiteuren.domain.reminder import Skipped
from debiteuren.domain.settings import DraftPlace, Settings
from debiteuren.mail.drafts import Around, Draft, EmlFolder, mailbox_of
from debiteuren.mail.drafts import eml as eml_module
from debiteuren.mail.drafts.eml import file_words
from debiteuren.mail.drafts.port import Placed, Recovered


def draft(key: str = "k1", name: str = "Bakkerij van Dam", **other: str) -> Draft:
    return Draft(
        key=key,
        debtor="1002",
        name=name,
        to="info@vandam.example",
        subject=other.get("subject", "Factuur 2026-0311"),
        step="Herinnering",
        invoices=("2026-0311",),
        amount=Decimal("98.75"),
        on=date(2026, 11, 21),
        content=f"X-Debiteuren-Sleutel: {key}".encode(),
        suffix=other.get("suffix", ".eml"),
        note=other.get("note", ""),
    )


def file_of(place: Placed) -> Path:
    assert place.path is not None
    return place.path


def seen(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


THREE = [draft("k1"), draft("k2"), draft("k3", "Jansen", suffix=".html")]
NAMES = [
    "2026-11-21 Bakkerij van Dam - Herinnering (2).eml",
    "2026-11-21 Bakkerij van Dam - Herinnering.eml",
    "2026-11-21 Jansen - Herinnering.html",
    "Concepten.html",
]


def ready(_: str = "") -> str:
    return "geheim"


@pytest.mark.parametrize("place", [place for place in DraftPlace if place is not DraftPlace.AUTO])
def test_every_word_for_a_target_has_one_without_a_way_to_send(place: DraftPlace) -> None:
    settings = Settings(mailbox_server="imap.delinde.example", mailbox_user="marijke", graph_app="app")
    around = Around(system="win32", outlook=lambda: "", secret=ready)
    target = mailbox_of(place, settings, around) or EmlFolder(Path())
    assert getattr(target, "word", DraftPlace.EML) is place
    assert [name for name in dir(target) if "send" in name.lower() or "verstuur" in name.lower()] == []


def test_nothing_is_seen_before_publishing_and_everything_after(tmp_path: Path) -> None:
    target = EmlFolder(tmp_path / "a" / "Concepten")
    staged = target.stage(THREE)
    assert [name for name in seen(target.folder) if not name.startswith(".")] == []
    placed = target.publish(staged)
    assert seen(target.folder) == NAMES
    assert [file_of(place).read_bytes() for place in placed] == [each.content for each in THREE]


def test_no_drafts_no_folder(tmp_path: Path) -> None:
    target = EmlFolder(tmp_path / "Concepten")
    assert target.publish(target.stage([])) == ()
    assert seen(tmp_path) == []


def test_discarded_drafts_leave_nothing(tmp_path: Path) -> None:
    target = EmlFolder(tmp_path)
    target.discard(target.stage(THREE))
    assert seen(tmp_path) == []


def test_a_run_that_died_before_contact_was_saved_leaves_nothing(tmp_path: Path) -> None:
    target = EmlFolder(tmp_path)
    target.stage(THREE)
    assert target.recover(set()) == Recovered()
    assert seen(tmp_path) == []


def test_a_run_that_died_after_contact_was_saved_is_finished(tmp_path: Path) -> None:
    target = EmlFolder(tmp_path)
    target.stage(THREE)
    assert len(target.recover({"k1", "k2", "k3"}).files) == 3
    assert seen(tmp_path) == NAMES
    assert target.recover({"k1", "k2", "k3"}) == Recovered()


def test_only_what_stands_in_contact_is_finished(tmp_path: Path) -> None:
    target = EmlFolder(tmp_path)
    target.stage(THREE)
    assert len(target.recover({"k3", "other"}).files) == 1
    assert seen(tmp_path) == ["2026-11-21 Jansen - Herinnering.html", "Concepten.html"]


class PowerCut(BaseException):
    """The run ends here, without a chance to tidy up."""


def cut_after(calls: int, real: Callable[..., object]) -> Callable[..., object]:
    """The same function, until the power fails."""
    left = [calls]

    def cut(*args: object, **named: object) -> object:
        if left[0] == 0:
            raise PowerCut
        left[0] -= 1
        return real(*args, **named)

    return cut


@pytest.mark.parametrize("writes", range(6))
def test_power_fails_while_staging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    target = EmlFolder(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(eml_module, "_write", cut_after(writes, eml_module._write))
        with contextlib.suppress(PowerCut):
            target.stage(THREE)
    target.recover(set())
    assert seen(tmp_path) == []


@pytest.mark.parametrize("moves", range(5))
def test_power_fails_while_publishing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int) -> None:
    target = EmlFolder(tmp_path)
    staged = target.stage(THREE)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut_after(moves, Path.replace))
        with contextlib.suppress(PowerCut):
            target.publish(staged)
    target.recover({"k1", "k2", "k3"})
    assert seen(tmp_path) == NAMES
    contents = [path.read_bytes() for path in tmp_path.iterdir() if path.name != "Concepten.html"]
    assert sorted(contents) == sorted(each.content for each in THREE)


def test_what_lies_in_the_folder_is_never_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "2026-11-21 BAKKERIJ VAN DAM - Herinnering.eml"
    mine.write_text("van mij")
    (tmp_path / "Concepten.html").write_text("ook van mij")
    target = EmlFolder(tmp_path)
    staged = target.stage([draft()])
    (tmp_path / file_of(staged.placed[0]).name).write_text("net opgeslagen")
    (placed,) = target.publish(staged)
    assert mine.read_text() == "van mij"
    assert (tmp_path / "Concepten.html").read_text() == "ook van mij"
    assert file_of(staged.placed[0]).read_text() == "net opgeslagen"
    assert file_of(placed).read_bytes() == draft().content


def fails_with(number: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "de schijf is vol"),
        (errno.EACCES, "u hebt daar geen rechten"),
        (errno.EROFS, "de schijf is alleen-lezen"),
        (errno.EIO, "de schijf geeft een fout"),
    ],
)
def test_no_room_and_no_permission_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    target = EmlFolder(tmp_path / "nieuw" / "Concepten")
    monkeypatch.setattr(os, "fsync", fails_with(number))
    with pytest.raises(SurroundingsError, match=reason) as stop:
        target.stage(THREE)
    assert stop.value.exit_code == 3
    assert str(stop.value).startswith("Niets gewijzigd: ")
    assert seen(tmp_path) == []


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "Concepten").write_text("een bestand")
    with pytest.raises(SurroundingsError, match="daar staat al iets met die naam"):
        EmlFolder(tmp_path / "Concepten").stage(THREE)


def test_a_place_that_closes_after_staging_waits_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = EmlFolder(tmp_path)
    staged = target.stage(THREE)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fails_with(errno.EACCES))
        with pytest.raises(SurroundingsError, match="dan komt elk er alsnog, één keer"):
            target.publish(staged)
    target.recover({"k1", "k2", "k3"})
    assert seen(tmp_path) == NAMES


def test_a_list_that_was_tampered_with_moves_nothing_out(tmp_path: Path) -> None:
    hidden = tmp_path / "in" / ".debiteuren-x"
    hidden.mkdir(parents=True)
    (tmp_path / "geheim").write_text("blijft")
    (hidden / "lijst.json").write_text('{"../../geheim": "k1", "/etc/passwd": "k1", ".x": "k1", "a": 3}')
    assert EmlFolder(tmp_path / "in").recover({"k1"}) == Recovered()
    assert (tmp_path / "geheim").read_text() == "blijft"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bakkerij van Dam", "Bakkerij van Dam"),
        ("../../etc/passwd", "etc passwd"),
        (".. ..", ""),
        ("C:\\Windows\\con", "C Windows con"),
        ("a\r\nb\x00c\u202ed", "a b c d"),
        ("Café Zoë & Zn. B.V.", "Café Zoë Zn. B.V."),
        ("naam.exe", "naam.exe"),
        ("Camping 't Zonnetje", "Camping 't Zonnetje"),
        ("...", ""),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_name_from_outside_is_only_words(name: str, expected: str) -> None:
    assert file_words(name) == expected


def test_nameless_customers_get_a_file_too(tmp_path: Path) -> None:
    (placed,) = EmlFolder(tmp_path).stage([draft(name="///")]).placed
    assert file_of(placed).name == "2026-11-21 klant - Herinnering.eml"


def test_the_page_lists_drafts_and_who_was_skipped(tmp_path: Path) -> None:
    target = EmlFolder(tmp_path)
    target.publish(target.stage([draft("k0", "Eerder")]))
    skipped = [Skipped(debtor="7", name="<b>Jansen</b>", reason="Er is een ontvangst & nog geen keuze.")]
    target.publish(target.stage([draft(subject="<script>x</script>", note="Print hem.")], skipped))
    page = (tmp_path / "Concepten.html").read_text(encoding="utf-8")
    assert "<h1>1 concept van 21-11-2026</h1>" in page
    assert 'href="2026-11-21%20Bakkerij%20van%20Dam%20-%20Herinnering.eml">&lt;script&gt;x' in page
    assert "<span class=note>Print hem.</span>" in page
    assert (
        "&lt;b&gt;Jansen&lt;/b&gt; <small>7</small></td><td>Er is een ontvangst &amp; nog geen keuze." in page
    )
    assert 'href="2026-11-21%20Eerder%20-%20Herinnering.eml"' in page
    assert page.count("<script") == 1
