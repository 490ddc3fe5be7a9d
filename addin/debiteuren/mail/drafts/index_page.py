"""The page that lists the drafts of a run, to read and open them one by one: Concepten.html.

Answers: which drafts are there, what does each say, who was skipped and why; with mouse, keyboard or printer.
Source: docs/regels.md, "Concepten", "Uiterlijk" and "Beloften" (5: escaped). The page may run one small
script of its own (index_script.py) and load nothing at all: its security policy says so to the browser.
Leaves to others: the drafts themselves (eml.py, outbox.py).
"""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from debiteuren.domain.days import dutch
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.reminder import Skipped
from debiteuren.mail.drafts.index_script import HINT, POLICY, SCRIPT, STYLE
from debiteuren.mail.drafts.port import Placed

INDEX_NAME = "Concepten.html"
_MARK = '<meta name="generator" content="Debiteuren">'
_HEAD_BYTES = 600


def is_ours(path: Path) -> bool:
    """There is no such file, or it is a page of ours: a file of the user's is never overwritten."""
    if not path.exists():
        return True
    with path.open("rb") as file:
        return _MARK.encode() in file.read(_HEAD_BYTES)


def index_page(placed: Sequence[Placed], skipped: Sequence[Skipped], earlier: Sequence[str]) -> Iterator[str]:
    """The page, piece by piece: this run's drafts, who was skipped and why, what lay there already."""
    count = len(placed)
    total = euro(sum((place.draft.amount for place in placed), ZERO))
    day = dutch(placed[0].draft.on) if placed else ""
    title = f"{count} concept{'' if count == 1 else 'en'} van {day}"
    yield (
        f'<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n{_MARK}\n{POLICY}\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n"
        f"<p>Samen {total}. Er is niets verstuurd: {_where(placed)}, lees het na en verstuur het zelf.</p>\n"
        f"{HINT}\n"
    )
    yield from _drafts(placed)
    if skipped:
        yield f"<h2 id=overgeslagen>Overgeslagen</h2>\n{_skipped(skipped)}\n"
    if earlier:
        yield f"<h2>Van een eerdere keer, nog in deze map</h2>\n{_earlier(earlier)}\n"
    yield f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _where(placed: Sequence[Placed]) -> str:
    if all(place.path is None for place in placed):
        return "de concepten staan in uw postvak, open er een"
    if any(place.path is None for place in placed):
        return "de mails staan bij de concepten in uw postvak, de brieven hier; open er een"
    return "open een concept"


def _drafts(placed: Sequence[Placed]) -> Iterator[str]:
    """One block a draft: whom, what, how much, what to know, and the letter to unfold."""
    for number, place in enumerate(placed, start=1):
        draft = place.draft
        subject = escape(draft.subject)
        if place.path is not None:
            subject = f'<a class=open href="{quote(place.path.name)}">{subject}</a>'
        note = f"<p><span class=note>{escape(draft.note)}</span></p>" if draft.note else ""
        letter = f"<details><summary>De brief</summary><pre>{escape(draft.text)}</pre></details>"
        yield (
            f'<article id="c{number}" tabindex=0 aria-label="Concept {number} van {len(placed)}">'
            f"<header><b>{escape(draft.name)}</b> <small>{escape(draft.to)}</small>"
            f"<span class=money>{euro(draft.amount)}</span></header>"
            f"<p>{escape(draft.step)}, {escape(', '.join(draft.invoices))}<br>{subject}</p>{note}"
            f"{letter if draft.text else ''}</article>\n"
        )


def _skipped(skipped: Sequence[Skipped]) -> str:
    rows = [
        f"<tr><td>{escape(one.name)} <small>{escape(one.debtor)}</small></td>"
        f"<td>{escape(one.reason)}</td></tr>"
        for one in skipped
    ]
    return "<table>\n<tr><th>Klant</th><th>Waarom</th></tr>\n" + "\n".join(rows) + "\n</table>"


def _earlier(names: Sequence[str]) -> str:
    return (
        "<ul>" + "".join(f'<li><a href="{quote(name)}">{escape(name)}</a></li>' for name in names) + "</ul>"
    )
