"""The page that lists the drafts of a run, to open them one by one: Concepten.html.

Source: docs/regels.md, "Concepten", "Uiterlijk" and "Beloften" (5: escaped).
Leaves to others: the drafts themselves (eml.py).
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from debiteuren.domain.days import dutch
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.reminder import Skipped
from debiteuren.mail.drafts.port import Placed

INDEX_NAME = "Concepten.html"
_MARK = '<meta name="generator" content="Debiteuren">'
_HEAD_BYTES = 600
_STYLE = """
body { font: 16px/1.5 Calibri, Carlito, 'Segoe UI', sans-serif; color: #1F2933; margin: 32px auto;
  max-width: 900px; padding: 0 16px }
h1 { color: #0B5C63; font-size: 26px; margin: 0 } h2 { color: #0B5C63; font-size: 18px; margin: 32px 0 8px }
p { margin: 4px 0 16px; color: #5A6875 }
table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: normal; font-size: 13px; color: #5A6875;
  border-bottom: 2px solid #0B5C63 }
th, td { padding: 7px 10px 7px 0; vertical-align: top } td { border-bottom: 1px solid #D9E2EC }
.money { text-align: right; white-space: nowrap } a { color: #0B5C63 } small { color: #5A6875 }
.note { background: #FFE9B8; color: #6B4300; padding: 1px 6px }
@media print { body { margin: 0; max-width: none } a { text-decoration: none } tr { break-inside: avoid } }
"""


def is_ours(path: Path) -> bool:
    """There is no such file, or it is a page of ours: a file of the user's is never overwritten."""
    if not path.exists():
        return True
    with path.open("rb") as file:
        return _MARK.encode() in file.read(_HEAD_BYTES)


def index_page(placed: Sequence[Placed], skipped: Sequence[Skipped], earlier: Sequence[str]) -> str:
    """The whole page: this run's drafts with links, who was skipped and why, what lay there already."""
    count = len(placed)
    total = euro(sum((place.draft.amount for place in placed), ZERO))
    day = dutch(placed[0].draft.on) if placed else ""
    title = f"{count} concept{'' if count == 1 else 'en'} van {day}"
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>Samen {total}. Er is niets verstuurd: open een concept, lees het na en verstuur het zelf.</p>",
        _drafts(placed),
    ]
    if skipped:
        body += ["<h2>Overgeslagen</h2>", _skipped(skipped)]
    if earlier:
        body += ["<h2>Van een eerdere keer, nog in deze map</h2>", _earlier(earlier)]
    return (
        f'<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n{_MARK}\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _drafts(placed: Sequence[Placed]) -> str:
    rows = ["<tr><th>Klant</th><th>Stap</th><th>Concept</th><th class=money>Bedrag</th></tr>"]
    for place in placed:
        draft = place.draft
        note = f"<br><span class=note>{escape(draft.note)}</span>" if draft.note else ""
        rows.append(
            f"<tr><td>{escape(draft.name)}<br><small>{escape(draft.to)}</small></td><td>{escape(draft.step)}</td>"
            f'<td><a href="{quote(place.path.name)}">{escape(draft.subject)}</a>{note}</td>'
            f"<td class=money>{euro(draft.amount)}</td></tr>"
        )
    return "<table>\n" + "\n".join(rows) + "\n</table>"


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
