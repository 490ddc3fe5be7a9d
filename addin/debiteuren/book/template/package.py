"""From what XlsxWriter wrote to the workbook that is shipped: ribbon, macros behind the shapes, fixed bytes.

The zip holds its parts uncompressed with a fixed date: compressed bytes differ from one zlib to the
next, and a build must be the same everywhere. Source: MS-CUSTOMUI for the ribbon part.
Leaves to others: the sheets and the VBA.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from debiteuren.book.template.buttons import Button

RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATION = (
    '<Relationship Id="rIdLint" '
    'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{RIBBON_PART}"/>'
)
_FIXED = (1980, 1, 1, 0, 0, 0)
_ANCHOR = re.compile(r"<xdr:(twoCellAnchor|oneCellAnchor|absoluteAnchor)\b.*?</xdr:\1>", re.DOTALL)


def finish(written: bytes, path: Path, *, ribbon: str, buttons: Sequence[Button]) -> None:
    """Write the finished workbook to `path`.

    Raises:
        ValueError: a button has no shape on the sheet.
    """
    with zipfile.ZipFile(io.BytesIO(written)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    relations = parts["_rels/.rels"].decode("utf-8")
    parts["_rels/.rels"] = relations.replace(
        "</Relationships>", _RIBBON_RELATION + "</Relationships>"
    ).encode("utf-8")
    parts[RIBBON_PART] = ribbon.encode("utf-8")
    drawing = "xl/drawings/drawing1.xml"
    parts[drawing] = _tie_buttons(parts[drawing].decode("utf-8"), buttons).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            target.writestr(entry, content)


def _tie_buttons(drawing: str, buttons: Sequence[Button]) -> str:
    """Give each button's shape its macro, round corners and a name, and keep it off paper."""
    waiting = {button.label: button for button in buttons}

    def tie(found: re.Match[str]) -> str:
        anchor = found[0]
        label = next((label for label in waiting if f"<a:t>{label}</a:t>" in anchor), None)
        if label is None:
            return anchor
        button = waiting.pop(label)
        anchor = anchor.replace('<xdr:sp macro=""', f'<xdr:sp macro="[0]!{button.macro}"')
        anchor = re.sub(r'name="TextBox \d+"', f'name="Knop {button.label}"', anchor)
        anchor = anchor.replace(' txBox="1"', "").replace('prst="rect"', 'prst="roundRect"')
        return anchor.replace("<xdr:clientData/>", '<xdr:clientData fPrintsWithSheet="0"/>')

    tied = _ANCHOR.sub(tie, drawing)
    if waiting:
        raise ValueError(f"no shape for {', '.join(waiting)}")
    return tied
