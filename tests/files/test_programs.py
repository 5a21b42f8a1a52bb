"""A document that fetches or starts something when it opens is refused however that is written; ordinary ones pass."""

import io

import pytest
import xlsxwriter

from tests.factories.documents import photo
from tests.factories.office import ORIGINS, W, field, mark, open_document, refused, run, sheet, word, zipped

WEB = "http://evil.example/x.png"
PROGRAM, ELSEWHERE, BROKEN = "file_with_program", "file_with_elsewhere", "file_broken"


PICTURE = f' INCLUDEPICTURE "{WEB}" \\d '


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(word(field(PICTURE)), ELSEWHERE, id="a picture"),
        pytest.param(word(field(" INCL", "UDEPIC", f'TURE "{WEB}"')), ELSEWHERE, id="in pieces"),
        pytest.param(word(field(f"&#x49;NCLUDEPICTURE <!-- -->&quot;{WEB}&quot;")), ELSEWHERE, id="in other signs"),
        pytest.param(word(f"<w:fldSimple w:instr='{PICTURE}'/>"), ELSEWHERE, id="a simple field"),
        pytest.param(word(field(f'includetext "{WEB}"')), ELSEWHERE, id="a text, in small letters"),
        pytest.param(word(field(r'INCLUDETEXT "\\\\evil.example\\a\\b.docx"')), ELSEWHERE, id="from a server"),
        pytest.param(word(field(f"IMPORT {WEB}")), ELSEWHERE, id="import"),
        pytest.param(word(field('IF 1 = 1 "', field(PICTURE), '"')), ELSEWHERE, id="within another field"),
        pytest.param(word(field("INCLUDEPICTURE ", field("DOCPROPERTY x"))), ELSEWHERE, id="an address of a field"),
        pytest.param(word(field(field('QUOTE "DDE"'), "AUTO a b")), PROGRAM, id="a first word of a field"),
        pytest.param(
            word(field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe" ')),
            PROGRAM, id="DDEAUTO",
        ),
        pytest.param(word(mark("begin") + run("D") + run("DE cmd x")), PROGRAM, id="DDE, never ended"),
        pytest.param(word(field('LINK Excel.Sheet.12 "c:\\\\a.xlsx" "a"')), PROGRAM, id="LINK"),
        *[
            pytest.param(word(field(PICTURE), part=part), ELSEWHERE, id=part)
            for part in ("word/header1.xml", "word/footer2.xml", "word/footnotes.xml", "word/any.bin")
        ],
        pytest.param(
            zipped({"word/document.xml": f"<w:p {W}>{field(PICTURE)}</w:p>".encode("utf-16")}), ELSEWHERE, id="UTF-16"
        ),
        pytest.param(
            zipped({"word/document.xml": f'<?xml version="1.0" encoding="utf-7"?><w:p {W}>+ADw-a/></w:p>'}),
            BROKEN, id="an encoding that hides names",
        ),
        pytest.param(
            zipped({"word/document.xml": f'<!DOCTYPE a [<!ENTITY b "DDE">]><w:p {W}>{field("&b; x")}</w:p>'}),
            BROKEN, id="entities",
        ),
        pytest.param(
            word("x", **{"word/vmlDrawing1.vml": f'<v:imagedata xmlns:v="v" src="{WEB}"/>'.encode()}),
            ELSEWHERE, id="a drawing of old",
        ),
        pytest.param(
            word("x", **{
                "word/media/a.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{WEB}"/></svg>'.encode()
            }),
            ELSEWHERE, id="a drawing that fetches",
        ),
    ],
)  # fmt: skip
def test_a_field_of_word_that_fetches_or_starts_something_is_refused(content: bytes, reason: str) -> None:
    assert refused(content) == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(
            sheet("<ddeLink ddeService='cmd' ddeTopic='/c calc'/>", "xl/externalLinks/externalLink1.xml"),
            PROGRAM, id="DDE",
        ),
        pytest.param(sheet("<oleLink progId='a'/>", "xl/externalLinks/externalLink1.xml"), PROGRAM, id="OLE"),
        pytest.param(sheet("<f>cmd|'/c calc'!A0</f>"), PROGRAM, id="DDE in a formula"),
        pytest.param(sheet('<f>RTD("a","","b")</f>'), PROGRAM, id="a server on the machine"),
        pytest.param(sheet(f'<f>_xlfn.WEBSERVICE("{WEB}")</f>'), ELSEWHERE, id="WEBSERVICE"),
        pytest.param(sheet('<f>1+WebService ( A1 )</f>'), ELSEWHERE, id="with another cell"),
        pytest.param(sheet('<f>WEB<!-- -->SER&#86;ICE(A1)</f>'), ELSEWHERE, id="in pieces"),
        pytest.param(sheet('<f>WEBSERVICE(A1)</f>', encoding="utf-16"), ELSEWHERE, id="in UTF-16"),
        pytest.param(sheet("<f>'a\"b'!A1&amp;WEBSERVICE(\"a\")</f>"), ELSEWHERE, id="behind a sheet with a quote"),
        pytest.param(sheet(f'<f>_xlfn.IMAGE("{WEB}")</f>'), ELSEWHERE, id="IMAGE"),
        pytest.param(
            sheet('<definedName name="a">WEBSERVICE("x")</definedName>', "xl/names.xml"),
            ELSEWHERE, id="a name",
        ),
        pytest.param(sheet("<cfRule><formula>WEBSERVICE(A1)</formula></cfRule>"), ELSEWHERE, id="a layout"),
        pytest.param(
            sheet(f'<connection><webPr url="{WEB}"/></connection>', "xl/connections.xml"),
            ELSEWHERE, id="a page",
        ),
        pytest.param(
            sheet('<connection><dbPr connection="DSN=a"/></connection>', "xl/connections.xml"),
            ELSEWHERE, id="a database",
        ),
        pytest.param(
            sheet(f'<connection><textPr sourceFile="{WEB}"/></connection>', "xl/connections.xml"),
            ELSEWHERE, id="a text",
        ),
    ],
)  # fmt: skip
def test_a_workbook_that_fetches_or_starts_something_is_refused(content: bytes, reason: str) -> None:
    assert refused(content) == reason


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (f'<draw:image xlink:href="{WEB}" xlink:actuate="onLoad"/>', ELSEWHERE),
        ('<draw:image xlink:href="//evil.example/a.png"/>', ELSEWHERE),
        ('<draw:image xlink:href="file://evil.example/a.png"/>', ELSEWHERE),
        ('<draw:image xlink:href=" ht&#9;tp://evil.example/a.png"/>', ELSEWHERE),
        (f'<draw:object xlink:href="{WEB}"/>', ELSEWHERE),
        (f'<text:section-source xlink:href="{WEB}"/>', ELSEWHERE),
        (f'<table:cell-range-source xlink:href="{WEB}"/>', ELSEWHERE),
        (f'<table:table-source xlink:href="{WEB}"/>', ELSEWHERE),
        (f'<meta:auto-reload xlink:href="{WEB}"/>', ELSEWHERE),
        (f'<form:button form:image-data="{WEB}"/>', ELSEWHERE),
        ("<table:table-cell table:formula='of:=COM.MICROSOFT.WEBSERVICE([.A1])'/>", ELSEWHERE),
        (f"<table:table-cell table:formula=\"of:=['{WEB}'#$A.A1]\"/>", ELSEWHERE),
        ("<table:table-cell table:formula='of:=DDE([.A1];[.A2];[.A3])'/>", PROGRAM),
        ('<text:dde-connection-decl office:dde-application="cmd"/>', PROGRAM),
        ('<table:dde-link><office:dde-source office:dde-application="cmd"/></table:dde-link>', PROGRAM),
        ("<office:scripts><office:script/></office:scripts>", PROGRAM),
        ('<text:script script:language="JavaScript">1</text:script>', PROGRAM),
        ("<text:execute-macro/>", PROGRAM),
        ('<text:a xlink:href="vnd.sun.star.script:a.b?language=Basic">x</text:a>', PROGRAM),
        ('<presentation:event-listener presentation:action="execute" xlink:href="a.sh"/>', PROGRAM),
        ('<draw:object-ole xlink:href="./Object 1"/>', PROGRAM),
    ],
)  # fmt: skip
def test_an_open_document_that_fetches_or_starts_something_is_refused(inside: str, reason: str) -> None:
    assert refused(open_document(inside)) == reason


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            word(
                field(' TOC \\o "1-3" \\h \\z \\u ')
                + field(' HYPERLINK "https://www.example.org/include" ')
                + field(' HYPERLINK "mailto:a@example.org" ')
                + field(" PAGE ")
                + field(" REF _Ref1 \\h ", field(" PAGEREF _Toc1 \\h "))
                + field(" IF ", field(" PAGE "), ' = 1 "a" "b" ')
                + field(" = ", field(" PAGE "), " - 1 ")
                + field(" MACROBUTTON NoMacro Klik hier ")
                + field(" ADDIN ZOTERO_ITEM CSL_CITATION {&quot;uri&quot;:&quot;http://zotero.org/a&quot;} ")
                + '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
                + "<w:r><w:t>Zie DDEAUTO en INCLUDEPICTURE op http://example.org/</w:t></w:r>"
            ),
            id="fields of Word",
        ),
        pytest.param(word(field(' INCLUDEPICTURE "C:\\\\Users\\\\m\\\\a b.png" \\* MERGEFORMAT ')), id="from a disk"),
        pytest.param(word(field(' INCLUDEPICTURE "/var/folders/a.png" \\* MERGEFORMATINET ')), id="from a Mac"),
        pytest.param(word(field(' INCLUDEPICTURE "cid:image001.png@01D" ')), id="from a mail"),
        pytest.param(
            word("x", **{"word/media/image1.png": photo("PNG"), "word/media/a.emf": b"\1\0\0\0"}), id="pictures",
        ),
        pytest.param(word("x", **{"word/fonts/font1.odttf": b"MZ\x13\x37"}), id="a scrambled font"),
        pytest.param(
            word("x", **{"xl/drawings/vmlDrawing1.vml": b"<xml><v:shape href='a'><br></xml>"}), id="a comment",
        ),
        pytest.param(word("x", **{"customXml/item1.xml": b""}), id="an empty part"),
        pytest.param(sheet('<f>HYPERLINK("https://www.example.org/")</f><f>"image (1)"</f>'), id="a link in a cell"),
        pytest.param(sheet("<f>SUM('Blad 1'!A1:A3,T[a|b],[1]Blad!B2)</f><f>_xlfn.FILTERXML(A1,B1)</f>"), id="formulas"),
        pytest.param(
            sheet('<dbPr connection="Data Model Connection" command="Data Model"/>', "xl/connections.xml"), id="a model"
        ),
        pytest.param(
            open_document(
                '<office:scripts/><text:a xlink:type="simple" xlink:href="https://www.example.org/">x</text:a>'
                '<text:a xlink:href="mailto:a@example.org">x</text:a><draw:a xlink:href="http://example.org/">x</draw:a>'
                '<draw:image xlink:href="Pictures/1.png" xlink:actuate="onLoad"/><draw:object xlink:href="./Object 1"/>'
                '<draw:image xlink:href="file:///home/m/a.png"/><draw:image xlink:href="../a.png"/>'
                '<presentation:event-listener presentation:action="show" xlink:href="#Dia 2"/>'
                '<meta:template xlink:href="https://school.example.org/a.ott"/>'
            ),
            id="OpenDocument",
        ),
        pytest.param(
            open_document(
                "<table:table-cell table:formula=\"of:=SUM([$&apos;Blad 1&apos;.A1];{1;2|3;4})\"/>"
                "<table:table-cell table:formula=\"of:=['file:///C:/a.ods'#$A.A1]\"/>",
                kind="spreadsheet",
            ),
            id="cells of OpenDocument",
        ),
        pytest.param(
            zipped({
                "mimetype": "application/vnd.oasis.opendocument.text",
                "Configurations2/toolbar/a.xml":
                    f'<!DOCTYPE t PUBLIC "-//a//b" "toolbar.dtd"><t {ORIGINS} xlink:href="private:factory/swriter"/>',
                "Configurations2/accelerator/current.xml": "",
            }),
            id="bars of LibreOffice",
        ),
    ],
)  # fmt: skip
def test_what_ordinary_documents_hold_passes(content: bytes) -> None:
    assert refused(content) is None


def test_a_workbook_as_excel_keeps_it_passes_with_links_formulas_a_picture_and_a_chart() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Blad 1")
        page.write_column(0, 0, [1, 2, 3])
        page.write_formula("B1", "=SUM('Blad 1'!A1:A3)")
        page.write_url("B2", "https://www.example.org/")
        page.write_comment("B3", "zie hier")
        page.insert_image("D1", "a.png", {"image_data": io.BytesIO(photo("PNG")), "url": "https://www.example.org/"})
        page.conditional_format("A1:A3", {"type": "formula", "criteria": "=$A1>1"})
        book.define_name("Som", "='Blad 1'!$A$1")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Blad 1'!$A$1:$A$3"})
        page.insert_chart("F1", chart)
    assert refused(out.getvalue()) is None


@pytest.mark.parametrize(
    "start", [b"MZ\x90\0", b"\x7fELF\2", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf", b"\xca\xfe\xba\xbe", b"#!/bin/sh\n"]
)
@pytest.mark.parametrize("name", ["word/media/image1.png", "word/media/a.mp4", "word/any"])
def test_a_program_is_refused_under_any_name(name: str, start: bytes) -> None:
    assert refused(word("x", **{name: start})) == PROGRAM
