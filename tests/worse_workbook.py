"""Our workbook as users make it worse, by hand in its XML: what no library can edit without losing the rest.

On it: tblFacturen moved on its renamed sheet, its columns in another order with columns of the user's own
before, between and behind; filtered and hidden rows, a hidden column, protection, merged cells; a totals row
under tblContact, comments beside it; the user's own rules, names and formulas over our columns; thirty sheets
with charts, some hidden or very hidden; a pivot table, a slicer and a link to another workbook.
"""

import re
import zipfile
from pathlib import Path

from lxml import etree
from xlsxwriter.utility import xl_col_to_name

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_M = f"{{{MAIN}}}"
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument."
SHEETS = 30
DOWN, RIGHT = 5, 1
TITLE = "Onze facturen"
OWN = {"Mijn code": "", "Mijn notitie": "", "Dubbel": "tblFacturen[[#This Row],[Bedrag]]*2"}


class _Parts(dict[str, bytes]):
    def swap(self, name: str, old: str, new: str) -> None:
        """Replace text that must be there, once."""
        assert old.encode() in self[name], (name, old)
        self[name] = self[name].replace(old.encode(), new.encode(), 1)

    def add(self, name: str, kind: str, text: str) -> None:
        """A new part with its content type."""
        self[name] = _XML + text.encode()
        override = f'<Override PartName="/{name}" ContentType="{kind}"/>'
        self.swap("[Content_Types].xml", "</Types>", override + "</Types>")

    def link(self, owner: str, link_id: str, kind: str, target: str, mode: str = "") -> None:
        """A relationship of a part."""
        folder, _, file = owner.rpartition("/")
        name = f"{folder}/_rels/{file}.rels"
        kind = kind if "://" in kind else f"{REL}/{kind}"
        namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
        self.setdefault(name, _XML + f'<Relationships xmlns="{namespace}"></Relationships>'.encode())
        line = f'<Relationship Id="{link_id}" Type="{kind}" Target="{target}"{mode}/>'
        self.swap(name, "</Relationships>", line + "</Relationships>")


def worsen(path: Path) -> None:
    """Make it worse, in its place."""
    with zipfile.ZipFile(path) as archive:
        parts = _Parts({name: archive.read(name) for name in archive.namelist()})
    last = _invoices(parts)
    _contacts(parts)
    _own_sheets(parts, last)
    _pivot(parts)
    parts.swap("xl/workbook.xml", '<sheet name="Facturen"', f'<sheet name="{TITLE}"')
    book = parts["xl/workbook.xml"].decode()
    names = book[book.index("<definedNames>") :].replace("Facturen!", f"'{TITLE}'!")
    own = f"<definedName name=\"MijnBedragen\">'{TITLE}'!$E${5 + DOWN}:$E${last}</definedName>"
    names = re.sub(r"(?=<definedName name=\"Ondertekening\")", own, names, count=1)
    parts["xl/workbook.xml"] = (book[: book.index("<definedNames>")] + names).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _child(element: etree._Element, name: str) -> etree._Element:
    found = element.find(f"{_M}{name}")
    assert found is not None
    return found


def _invoices(parts: _Parts) -> int:
    """Moves and reorders tblFacturen; the answer is its last row."""
    sheet, table = "xl/worksheets/sheet3.xml", etree.fromstring(parts["xl/tables/table2.xml"])
    columns = _child(table, "tableColumns")
    old = list(columns)
    order = [*old[3:], *old[:3]]
    for number, (title, formula) in enumerate(OWN.items()):
        own = etree.SubElement(columns, f"{_M}tableColumn", id=str(90 + number), name=title)
        if formula:
            etree.SubElement(own, f"{_M}calculatedColumnFormula").text = formula
        order.insert((0, 9, len(order) + 2)[number], own)
    columns[:] = order
    columns.set("count", str(len(order)))
    place = {old.index(each): order.index(each) + RIGHT for each in old}
    root = etree.fromstring(parts[sheet])
    data = _child(root, "sheetData")
    bottom = 0
    for row in list(data)[3:]:
        bottom = int(row.get("r", "0")) + DOWN
        row.set("r", str(bottom))
        row.attrib.pop("spans", "")
        cells = {}
        for cell in list(row):
            letters = cell.get("r", "").rstrip("0123456789")
            column = place[sum((ord(x) - 64) * 26**i for i, x in enumerate(reversed(letters))) - 1]
            cells[column] = cell
        for column, each in enumerate(order, RIGHT):
            if (name := each.get("name", "")) in OWN:
                made = cells[column] = etree.Element(f"{_M}c", t="inlineStr")
                text = name if bottom == 4 + DOWN else f"{name[0]}{bottom}"
                if OWN[name] and bottom > 4 + DOWN:
                    del made.attrib["t"]
                    etree.SubElement(made, f"{_M}f").text = OWN[name]
                else:
                    etree.SubElement(etree.SubElement(made, f"{_M}is"), f"{_M}t").text = text
        row[:] = [cells[column] for column in sorted(cells)]
        for column, cell in cells.items():
            cell.set("r", f"{xl_col_to_name(column)}{bottom}")
        if bottom % 7 == 0 and bottom > 4 + DOWN:
            row.set("hidden", "1")
    area = f"B{4 + DOWN}:{xl_col_to_name(len(order) - 1 + RIGHT)}{bottom}"
    table.set("ref", area)
    found = _child(table, "autoFilter")
    found.set("ref", area)
    etree.SubElement(etree.SubElement(found, f"{_M}filterColumn", colId="0"), f"{_M}filters", blank="1")
    _child(root, "dimension").set("ref", f"A1:{area.partition(':')[2]}")
    for name in ("conditionalFormatting", "dataValidations"):
        for element in root.findall(f"{_M}{name}"):
            root.remove(element)
    parts["xl/tables/table2.xml"] = etree.tostring(table, xml_declaration=True, encoding="UTF-8")
    parts[sheet] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    rules = (
        '<sheetProtection sheet="1" objects="1" scenarios="1"/><mergeCells count="1"><mergeCell ref='
        '"C2:E2"/>'
        f'</mergeCells><conditionalFormatting sqref="E{5 + DOWN}:E{bottom}"><cfRule type="cellIs" '
        f'dxfId="0" priority="1" operator="greaterThan"><formula>100</formula></cfRule>'
        f"</conditionalFormatting>"
    )
    parts.swap(sheet, "</sheetData>", f"</sheetData>{rules}")
    return bottom


def _contacts(parts: _Parts) -> None:
    """A totals row under tblContact, protection, and comments beside and above it."""
    table, sheet = "xl/tables/table7.xml", "xl/worksheets/sheet8.xml"
    last = int(re.findall(rb'ref="A4:L(\d+)"', parts[table])[0])
    parts.swap(table, f'ref="A4:L{last}" totalsRowShown="0"', f'ref="A4:L{last + 1}" totalsRowCount="1"')
    parts.swap(table, 'name="Moment"', 'name="Moment" totalsRowLabel="Totaal"')
    parts.swap(table, 'name="Sleutel"', 'name="Sleutel" totalsRowFunction="count"')
    total = (
        f'<row r="{last + 1}"><c r="A{last + 1}" t="inlineStr"><is><t>Totaal</t></is></c>'
        f'<c r="L{last + 1}"><f>SUBTOTAL(103,tblContact[Sleutel])</f></c></row>'
    )
    rule = (
        f'<sheetProtection sheet="1"/><conditionalFormatting sqref="H5:H{last}"><cfRule type="expression" '
        'dxfId="1" priority="90"><formula>$H5=""</formula></cfRule></conditionalFormatting>'
    )
    parts.swap(sheet, "</sheetData>", f"{total}</sheetData>{rule}")
    parts.swap(sheet, "<tableParts", '<legacyDrawing r:id="rId91"/><tableParts')
    comments = "".join(
        f'<comment ref="{place}" authorId="0"><text><t>let op</t></text></comment>'
        for place in ("B5", f"B{last}")
    )
    parts.add(
        "xl/comments1.xml",
        f"{_TYPE}spreadsheetml.comments+xml",
        f'<comments xmlns="{MAIN}"><authors><author>Ik</author></authors><commentList>{comments}'
        "</commentList>"
        "</comments>",
    )
    parts.add(
        "xl/threadedComments/threadedComment1.xml",
        "application/vnd.ms-excel.threadedcomments+xml",
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>',
    )
    parts["xl/drawings/vmlDrawing1.vml"] = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"></xml>'
    parts.swap(
        "[Content_Types].xml", "<Override",
        f'<Default Extension="vml" ContentType="{_TYPE}vmlDrawing"/><Override',
    )  # fmt: skip
    parts.link(sheet, "rId90", "comments", "../comments1.xml")
    parts.link(sheet, "rId91", "vmlDrawing", "../drawings/vmlDrawing1.vml")
    threads = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    parts.link(sheet, "rId92", threads, "../threadedComments/threadedComment1.xml")


def _own_sheets(parts: _Parts, last: int) -> None:
    """Thirty sheets, each with a formula and a chart over our columns."""
    for number in range(1, SHEETS + 1):
        state = {2: ' state="hidden"', 3: ' state="veryHidden"'}.get(number, "")
        name = f"xl/worksheets/sheet{100 + number}.xml"
        parts.add(
            name,
            f"{_TYPE}spreadsheetml.worksheet+xml",
            f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}"><sheetData><row r="1"><c r="A1"><f>'
            f"SUM('{TITLE}'!E{5 + DOWN}:E{last})</f></c><c r=\"B1\"><f>COUNTA(Contact!B5:B1000)</f></c></row>"
            '</sheetData><drawing r:id="rId1"/></worksheet>',
        )
        parts.link(name, "rId1", "drawing", f"../drawings/drawing{100 + number}.xml")
        parts.link(
            "xl/workbook.xml",
            f"rId{500 + number}",
            "worksheet",
            f"worksheets/sheet{100 + number}.xml",
        )
        line = f'<sheet name="Eigen {number}" sheetId="{100 + number}"{state} r:id="rId{500 + number}"/>'
        parts.swap("xl/workbook.xml", "</sheets>", f"{line}</sheets>")
        drawing = "http://schemas.openxmlformats.org/drawingml/2006"
        parts.add(
            f"xl/drawings/drawing{100 + number}.xml",
            f"{_TYPE}drawing+xml",
            f'<xdr:wsDr xmlns:xdr="{drawing}/spreadsheetDrawing" xmlns:a="{drawing}/main"><xdr:twoCellAnchor>'
            "<xdr:from><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row>"
            "<xdr:rowOff>0</xdr:rowOff>"
            "</xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>20</xdr:row>"
            "<xdr:rowOff>0"
            '</xdr:rowOff></xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
            '<xdr:cNvPr id="2" name="G"/>'
            '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>'
            '<a:ext cx="0" cy="0"/>'
            f'</xdr:xfrm><a:graphic><a:graphicData uri="{drawing}/chart"><c:chart xmlns:c="{drawing}/chart" '
            f'xmlns:r="{REL}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/>'
            "</xdr:twoCellAnchor></xdr:wsDr>",
        )
        parts.link(
            f"xl/drawings/drawing{100 + number}.xml", "rId1", "chart", f"../charts/chart{100 + number}.xml"
        )
        over = f"'{TITLE}'!$E${5 + DOWN}:$E${last}" if number % 2 else "Koppelingen!$C$5:$C$5"
        parts.add(
            f"xl/charts/chart{100 + number}.xml",
            f"{_TYPE}drawingml.chart+xml",
            f'<c:chartSpace xmlns:c="{drawing}/chart"><c:chart><c:plotArea><c:layout/><c:barChart><c:barDir '
            'val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/>'
            "<c:val><c:numRef>"
            f'<c:f>{over}</c:f></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart>'
            '<c:catAx><c:axId val="1"/><c:scaling/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx>'
            '<c:axId val="2"/><c:scaling/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx>'
            "</c:plotArea></c:chart>"
            "</c:chartSpace>",
        )


def _pivot(parts: _Parts) -> None:
    """A pivot cache over tblBetalingen, a slicer nobody but Excel reads, and another workbook."""
    parts.add(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f"{_TYPE}spreadsheetml.pivotCacheDefinition+xml",
        f'<pivotCacheDefinition xmlns="{MAIN}" saveData="0"><cacheSource type="worksheet"><worksheetSource '
        'name="tblBetalingen"/></cacheSource><cacheFields count="0"/></pivotCacheDefinition>',
    )
    parts.link("xl/workbook.xml", "rId700", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    parts.add(
        "xl/slicers/slicer1.xml",
        "application/vnd.ms-excel.slicer+xml",
        '<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/>',
    )
    kind = "http://schemas.microsoft.com/office/2007/relationships/slicer"
    parts.link("xl/worksheets/sheet101.xml", "rId9", kind, "../slicers/slicer1.xml")
    parts.add(
        "xl/externalLinks/externalLink1.xml",
        f"{_TYPE}spreadsheetml.externalLink+xml",
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{REL}" r:id="rId1"><sheetNames>'
        f'<sheetName val="X"/>'
        "</sheetNames></externalBook></externalLink>",
    )
    parts.link(
        "xl/externalLinks/externalLink1.xml",
        "rId1",
        "externalLinkPath",
        "ander.xlsx",
        ' TargetMode="External"',
    )
    parts.link("xl/workbook.xml", "rId701", "externalLink", "externalLinks/externalLink1.xml")
    parts.swap(
        "xl/workbook.xml", "<definedNames>",
        '<externalReferences><externalReference r:id="rId701"/></externalReferences><definedNames>',
    )  # fmt: skip
    book = parts["xl/workbook.xml"].decode()
    caches = '<pivotCaches><pivotCache cacheId="1" r:id="rId700"/></pivotCaches></workbook>'
    parts["xl/workbook.xml"] = book.replace("</workbook>", caches).encode()
