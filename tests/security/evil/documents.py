"""Documents of word processors: doors for entities, text in odd places, and shapes that keep a machine busy."""

from __future__ import annotations

import zipfile

from tests.interviews.formats.conftest import _O, _W, docx, odt
from tests.security.evil.kinds import BAD, GOOD, BadFile
from tests.security.evil.packages import good, packed

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "word/_rels/document.xml.rels"
_ODT = "application/vnd.oasis.opendocument.text"


def p(words: str) -> str:
    """A paragraph of somebody who answers."""
    return f"<w:p><w:r><w:t>R: {words}.</w:t></w:r></w:p>"


def _document(content: bytes | str, **more: bytes | str) -> bytes:
    """A package with this as its text, written out by hand."""
    return packed(("[Content_Types].xml", _TYPES), ("word/document.xml", content), *more.items())


def _whole(body: str, before: str = "") -> str:
    return f"{before}<w:document {_W}><w:body>{body}</w:body></w:document>"


def _laughs() -> str:
    lines = ['<!ENTITY a0 "lach">']
    for number in range(1, 12):
        ten = f"&a{number - 1};" * 10
        lines.append(f'<!ENTITY a{number} "{ten}">')
    return "<?xml version='1.0'?><!DOCTYPE a [" + "".join(lines) + "]>" + _whole(p("&a11;"))


def _declared(declaration: str, used: str = "&x;", encoding: str = "utf-8") -> bytes:
    head = f"<?xml version='1.0' encoding='{encoding}'?>"
    return _document((head + declaration + _whole(p(used))).encode(encoding))


def _wide(count: int) -> str:
    return "<w:p " + " ".join(f"a{number}=''" for number in range(count)) + "/>"


def _merged(rows: int) -> str:
    first = f"<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p(GOOD + 'samen')}</w:tc></w:tr>"
    more = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
    return f"<w:tbl>{first}{more * rows}</w:tbl>"


def _tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p(f"{GOOD}diep") + "<w:p/></w:tc></w:tr></w:tbl>" * depth


def _hidden(words: str) -> str:
    return f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>R: {words}</w:t></w:r></w:p>"


def _relation(kind: str, target: str) -> str:
    return f"<Relationship Id='{kind}' Type='{_KINDS}/{kind}' Target='{target}' TargetMode='External'/>"


def _reaching(beacon: str) -> bytes:
    """Everything in a Word document that can ask for a page elsewhere, and a file of the machine."""
    kinds = ("attachedTemplate", "image", "oleObject", "hyperlink", "subDocument", "frame", "aFChunk", "styles")
    relations = "".join(_relation(kind, f"{beacon}/{kind}") for kind in kinds)
    relations += _relation("footnotes", "file:///etc/passwd")
    body = (
        f"<?xml-stylesheet type='text/xsl' href='{beacon}/xsl'?>"
        f"<w:document {_W} xmlns:xi='http://www.w3.org/2001/XInclude' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
        f"xsi:schemaLocation='a {beacon}/xsd'><w:body><xi:include href='{beacon}/xi' parse='text'/>"
        "<xi:include href='file:///etc/passwd' parse='text'/>"
        f"<w:p><w:r><w:instrText>INCLUDEPICTURE {beacon}/field</w:instrText></w:r></w:p>"
        f"<w:p><w:r><w:drawing><a:blip r:link='image'/></w:drawing></w:r></w:p>{p(GOOD + 'binnen')}</w:body></w:document>"
    )
    return _document(body, **{_RELS: f"<Relationships xmlns='{_RELATIONS}'>{relations}</Relationships>"})


def _elsewhere(beacon: str) -> bytes:
    relation = _relation("officeDocument", f"{beacon}/document.xml")
    return packed(
        ("[Content_Types].xml", _TYPES),
        ("_rels/.rels", f"<Relationships xmlns='{_RELATIONS}'>{relation}</Relationships>"),
    )


def _odt(body: str, **more: str | bytes) -> bytes:
    content = f"<office:document-content {_O}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return packed(("mimetype", _ODT), ("content.xml", content), *more.items())


def _tp(words: str) -> str:
    return f"<text:p>R: {words}.</text:p>"


_GOOD_PLACES = (
    "<w:sdt><w:sdtContent>" + p(f"{GOOD}vak") + "</w:sdtContent></w:sdt>"
    f"<w:p><w:ins><w:r><w:t>R: {GOOD}erbij.</w:t></w:r></w:ins><w:del><w:r><w:delText>{BAD}eraf</w:delText></w:r></w:del>"
    f"<w:moveTo><w:r><w:t> {GOOD}verplaatst</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>{BAD}weg</w:t></w:r></w:moveFrom></w:p>"
    f"<w:p><w:smartTag><w:r><w:t>R: {GOOD}slim</w:t></w:r></w:smartTag><w:customXml><w:r><w:t> {GOOD}eigen</w:t></w:r></w:customXml>"
    f"<w:hyperlink><w:r><w:t> {GOOD}koppeling</w:t></w:r></w:hyperlink></w:p>"
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
    + p(f"{GOOD}tekstvak")
    + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>MERGEFIELD " + BAD + "code</w:instrText></w:r>"
    f"<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>R: {GOOD}veld</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    f"<w:p><w:fldSimple><w:r><w:t>R: {GOOD}enkelveld</w:t></w:r></w:fldSimple></w:p>"
    "<w:p><w:r><w:t>R: met noten</w:t><w:footnoteReference w:id='2'/><w:endnoteReference w:id='3'/><w:commentReference w:id='1'/></w:r></w:p>"
    "<w:altChunk r:id='chunk'/>"
)
_NOTES = {
    "footnotes": f"<w:footnote w:id='2'>{p(GOOD + 'voetnoot')}</w:footnote>",
    "endnotes": f"<w:endnote w:id='3'>{p(GOOD + 'eindnoot')}</w:endnote>",
    "comments": f"<w:comment w:id='1'>{p(BAD + 'opmerking')}</w:comment>",
}
_SEEN = tuple(
    f"{GOOD}{one}"
    for one in "vak erbij verplaatst slim eigen koppeling tekstvak veld enkelveld voetnoot eindnoot".split()
)
DOCUMENTS: tuple[BadFile, ...] = (
    BadFile(
        "words in every odd place of a Word document",
        "overal.docx",
        lambda _: docx(_GOOD_PLACES, _NOTES),
        shown=_SEEN,
        hidden=(f"{BAD}eraf", f"{BAD}weg", f"{BAD}code", f"{BAD}opmerking"),
        told=("read.altchunk_left_out", "read.changes_accepted", "read.comments_left_out"),
    ),
    BadFile(
        "hidden words",
        "verborgen.docx",
        lambda _: docx(p(f"{GOOD}hier") + _hidden(f"{BAD}hier")),
        shown=(f"{GOOD}hier",),
        hidden=(f"{BAD}hier",),
        told=("read.hidden_left_out",),
    ),
    BadFile(
        "an entity of a file of the machine",
        "xxe.docx",
        lambda _: _declared('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        refused=("doctype",),
    ),
    BadFile(
        "a declaration from elsewhere",
        "xxe.docx",
        lambda beacon: _declared(f'<!DOCTYPE a SYSTEM "{beacon}/evil.dtd">', "niets"),
        refused=("doctype",),
    ),
    BadFile(
        "an entity from elsewhere",
        "xxe.docx",
        lambda beacon: _declared(f'<!DOCTYPE a [<!ENTITY x SYSTEM "{beacon}/x">]>'),
        refused=("doctype",),
    ),
    BadFile(
        "a parameter entity",
        "xxe.docx",
        lambda beacon: _declared(f'<!DOCTYPE a [<!ENTITY % y SYSTEM "{beacon}/y"> %y;]>', "niets"),
        refused=("doctype",),
    ),
    BadFile(
        "an entity in UTF-16",
        "xxe.docx",
        lambda beacon: _declared(f'<!DOCTYPE a [<!ENTITY x SYSTEM "{beacon}/x">]>', encoding="utf-16"),
        refused=("doctype",),
    ),
    BadFile(
        "an entity in UTF-7",
        "xxe.docx",
        lambda beacon: _declared(f'<!DOCTYPE a [<!ENTITY x SYSTEM "{beacon}/x">]>', encoding="utf-7"),
        refused=("doctype", "broken"),
    ),
    BadFile(
        "an entity in the letters of a mainframe",
        "xxe.docx",
        lambda beacon: _declared(f'<!DOCTYPE a [<!ENTITY x SYSTEM "{beacon}/x">]>', encoding="cp037"),
        refused=("doctype", "broken"),
    ),
    BadFile(
        "an entity behind a very long remark",
        "xxe.docx",
        lambda beacon: _declared(f'<!--{"x" * 70_000}--><!DOCTYPE a [<!ENTITY x SYSTEM "{beacon}/x">]>'),
        refused=("doctype",),
    ),
    BadFile("a billion laughs", "lachen.docx", lambda _: _document(_laughs()), refused=("doctype",)),
    BadFile(
        "laughs in the list of relations",
        "lachen.docx",
        lambda _: _document(_whole(p("hoi")), **{_RELS: _laughs()}),
        refused=("doctype",),
    ),
    BadFile(
        "three thousand tags in each other",
        "diep.docx",
        lambda _: _document(_whole("<w:sdt>" * 3000 + "</w:sdt>" * 3000)),
        refused=("broken", "too_heavy"),
    ),
    BadFile("sixty tables in each other", "tabellen.docx", lambda _: docx(_tables(60)), shown=(f"{GOOD}diep",)),
    BadFile(
        "an attribute of twelve million letters",
        "lang.docx",
        lambda _: packed(
            ("[Content_Types].xml", _TYPES),
            ("word/document.xml", _whole(p(GOOD)).replace("<w:p>", f"<w:p w:x='{'ab' * 6_000_000}'>", 1)),
            method=zipfile.ZIP_STORED,
        ),
        refused=("broken", "too_heavy"),
    ),
    BadFile(
        "two hundred thousand attributes",
        "breed.docx",
        lambda _: _document(_whole(_wide(200_000) + p(f"{GOOD}attribuut"))),
        shown=(f"{GOOD}attribuut",),
        refused=("broken", "too_heavy"),
        either=True,
    ),
    BadFile("a table of 900 merged rows", "samen.docx", lambda _: docx(_merged(900)), shown=(f"{GOOD}samen",)),
    BadFile("a table of 20,000 merged rows", "samen.docx", lambda _: docx(_merged(20_000)), refused=("too_heavy",)),
    BadFile(
        "Word with a password",
        "dicht.docx",
        lambda _: _OLE + "EncryptedPackage".encode("utf-16-le"),
        refused=("password",),
    ),
    BadFile("old Word", "oud.docx", lambda _: _OLE + "WordDocument".encode("utf-16-le"), refused=("old_word",)),
    BadFile(
        "Word with macros, under another name",
        "macro.docx",
        lambda _: _document(_whole(p(f"{GOOD}macro")), **{"word/vbaProject.bin": _OLE + b"AutoOpen Shell calc.exe"}),
        shown=(f"{GOOD}macro",),
    ),
    BadFile(
        "strict Word",
        "strikt.docx",
        lambda _: _document(
            _whole(p(f"{GOOD}strikt")).replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
        ),
        shown=(f"{GOOD}strikt",),
    ),
    BadFile(
        "Word without its text", "zonder.docx", lambda _: packed(("[Content_Types].xml", _TYPES)), refused=("broken",)
    ),
    BadFile("Word whose text is elsewhere", "elders.docx", _elsewhere, refused=("broken",)),
    BadFile(
        "everything in Word that asks for a page elsewhere",
        "bereik.docx",
        _reaching,
        shown=(f"{GOOD}binnen",),
        hidden=("root:x:",),
    ),
    BadFile("Word that says nothing", "leeg.docx", lambda _: docx("<w:p/>"), refused=("no_words",)),
    BadFile(
        "Word in UTF-16",
        "utf16.docx",
        lambda _: _document(_whole(p(f"{GOOD}zestien")).encode("utf-16")),
        shown=(f"{GOOD}zestien",),
    ),
    BadFile("NUL in Word", "nul.docx", lambda _: _document(_whole(p("a&#0;b"))), refused=("broken",)),
    BadFile("half a character in Word", "half.docx", lambda _: _document(_whole(p("a&#xD800;b"))), refused=("broken",)),
    BadFile(
        "a field that never ends",
        "veld.docx",
        lambda _: docx("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>" + p(f"{GOOD}erna")),
        shown=(f"{GOOD}erna",),
    ),
    BadFile(
        "a picture that is a program",
        "svg.docx",
        lambda _: _document(
            _whole(p(f"{GOOD}plaat")), **{"word/media/a.svg": f"<svg onload='{BAD}()'><script>{BAD}</script></svg>"}
        ),
        shown=(f"{GOOD}plaat",),
        hidden=(BAD,),
    ),
    BadFile(
        "a spreadsheet",
        "cijfers.docx",
        lambda _: packed(("[Content_Types].xml", _TYPES), ("xl/workbook.xml", "<a/>")),
        refused=("spreadsheet",),
    ),
    BadFile(
        "a presentation",
        "dia.docx",
        lambda _: packed(("[Content_Types].xml", _TYPES), ("ppt/presentation.xml", "<a/>")),
        refused=("slides",),
    ),
    BadFile(
        "OpenDocument with a password",
        "dicht.odt",
        lambda _: _odt(_tp("x"), **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        refused=("password",),
    ),
    BadFile(
        "OpenDocument with an entity",
        "xxe.odt",
        lambda beacon: packed(
            ("mimetype", _ODT), ("content.xml", f'<!DOCTYPE a [<!ENTITY x SYSTEM "{beacon}/x">]><a>&x;</a>')
        ),
        refused=("doctype",),
    ),
    BadFile(
        "OpenDocument without its text",
        "zonder.odt",
        lambda _: packed(("mimetype", _ODT), ("styles.xml", "<a/>")),
        refused=("broken",),
    ),
    BadFile(
        "words in every odd place of an OpenDocument",
        "overal.odt",
        lambda _: odt(
            f"<text:tracked-changes><text:changed-region><text:deletion>{_tp(BAD + 'eraf')}</text:deletion></text:changed-region></text:tracked-changes>"
            f"<text:section>{_tp(GOOD + 'deel')}</text:section><text:section text:display='none'>{_tp(BAD + 'deel')}</text:section>"
            f"<text:list><text:list-item>{_tp(GOOD + 'lijst')}</text:list-item></text:list>"
            f"<text:p>R: noot<text:note><text:note-citation>1</text:note-citation><text:note-body>{_tp(GOOD + 'noot')}</text:note-body></text:note></text:p>"
            f"<text:p>R: kader<draw:frame><draw:text-box>{_tp(GOOD + 'kader')}</draw:text-box></draw:frame></text:p>"
            f"<text:p>R: rand<office:annotation>{_tp(BAD + 'rand')}</office:annotation></text:p>"
        ),
        shown=tuple(f"{GOOD}{one}" for one in ("deel", "lijst", "noot", "kader")),
        hidden=tuple(f"{BAD}{one}" for one in ("eraf", "deel", "rand")),
    ),
    BadFile(
        "an OpenDocument of a billion spaces",
        "spaties.odt",
        lambda _: _odt(f"<text:p>R: {GOOD}<text:s text:c='{'9' * 9}'/>ruim<text:s text:c='{'9' * 5000}'/></text:p>"),
        shown=(GOOD, "ruim"),
    ),
    BadFile(
        "an OpenDocument of a billion rows",
        "rijen.odt",
        lambda _: _odt(
            f"<table:table><table:table-row table:number-rows-repeated='999999999'><table:table-cell table:number-columns-repeated='999999999'>{_tp(GOOD + 'rij')}</table:table-cell></table:table-row></table:table>"
        ),
        shown=(f"{GOOD}rij",),
    ),
    BadFile(
        "everything in an OpenDocument that asks for a page elsewhere",
        "bereik.odt",
        lambda beacon: _odt(
            f"<text:section><text:section-source xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='{beacon}/deel'/>{_tp(GOOD + 'thuis')}</text:section>"
            f"<text:p><draw:frame><draw:image xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='{beacon}/beeld'/></draw:frame></text:p>"
        ),
        shown=(f"{GOOD}thuis",),
    ),
    BadFile("a good file, so that this corpus can fail", "goed.docx", lambda _: good(), shown=(f"{GOOD}pakket",)),
)
"""Verdicts on what stands inside a document."""
