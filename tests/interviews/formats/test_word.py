from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.formats import word
from interviews.formats.draft import TranscriptDraft
from interviews.formats.reading import read_here

Said = Callable[[TranscriptDraft], list[tuple[str | None, str]]]
Docx = Callable[..., bytes]
_HIDING_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="WegOok"><w:name w:val="x"/><w:basedOn w:val="Weg"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="AWeg"><w:name w:val="y"/><w:rPr><w:vanish w:val="true"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="EigenKop"><w:name w:val="z"/><w:basedOn w:val="Kop1"/></w:style>'
)


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def box(text: str) -> str:
    content = f"<w:txbxContent>{p(r(text))}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def keys(draft: TranscriptDraft) -> dict[str, dict[str, object]]:
    return {note.key: dict(note.fields) for note in draft.notes}


def test_speakers_in_bold_and_words_in_many_runs_are_read(docx: Docx, said: Said) -> None:
    draft = read_here(
        "a.docx",
        docx(p(r("I", "<w:b/>") + r(": Hoe ") + r("gaat het?")) + p(r("R: Goed")) + p(r("hoor."))),
    )
    assert said(draft) == [("I", "Hoe gaat het?"), ("R", "Goed"), ("R", "hoor.")]


def test_a_name_in_a_text_box_is_shown_once(docx: Docx, said: Said) -> None:
    draft = word.read(docx(p(r("I: Wie?")) + p(r("R: Zij.") + box("Wilma de Wit")) + p(r("I: Ja?"))))
    assert said(draft) == [("I", "Wie?"), ("R", "Zij."), (None, "Wilma de Wit"), ("I", "Ja?")]


def test_a_text_box_only_the_older_way_is_shown(docx: Docx, said: Said) -> None:
    inner = f"<w:pict><v:shape><v:textbox><w:txbxContent>{p(r('Wilma'))}</w:txbxContent></v:textbox></v:shape></w:pict>"
    fallback = (
        f'<mc:AlternateContent><mc:Choice Requires="nieuw"/><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>'
    )
    draft = word.read(docx(p(r("tekst") + f"<w:r>{fallback}</w:r>")))
    assert said(draft) == [(None, "tekst"), (None, "Wilma")]


def test_content_controls_smart_tags_links_and_formulas_are_shown(docx: Docx, said: Said) -> None:
    body = (
        p(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{r('een ')}</w:sdtContent></w:sdt>"
            f"<w:smartTag>{r('twee ')}</w:smartTag><w:hyperlink>{r('drie ')}</w:hyperlink>"
            f"<w:customXml>{r('vier ')}</w:customXml><m:oMath><m:r><m:t>vijf</m:t></m:r></m:oMath><w:bdo>{r(' zes')}</w:bdo>"
        )
        + f"<w:sdt><w:sdtContent>{p(r('zeven'))}</w:sdtContent></w:sdt><w:customXml>{p(r('acht'))}</w:customXml>"
    )
    assert [text for _, text in said(word.read(docx(body)))] == ["een twee drie vier vijf zes", "zeven", "acht"]


def test_tracked_changes_are_read_as_accepted(docx: Docx, said: Said) -> None:
    body = (
        p(f"{r('Zij zei ')}<w:del><w:r><w:delText>niets</w:delText></w:r></w:del><w:ins>{r('veel')}</w:ins>.")
        + p(f"<w:moveFrom>{r('verplaatst')}</w:moveFrom>")
        + p(f"<w:moveTo>{r('hierheen')}</w:moveTo>")
        + p(r("een "), "<w:rPr><w:del/></w:rPr>")
        + p(r("regel"))
    )
    draft = word.read(docx(body))
    assert [text for _, text in said(draft)] == ["Zij zei veel", "hierheen", "een regel"]
    assert keys(draft)["read.changes_accepted"] == {"inserted": 2, "deleted": 2}


def test_hidden_text_is_left_out_however_it_was_hidden_and_counted(docx: Docx, said: Said) -> None:
    body = (
        p(r("zichtbaar ") + r("verborgen ", "<w:vanish/>") + r("ook", '<w:vanish w:val="0"/>'))
        + p(r("weg ", '<w:rStyle w:val="Weg"/>') + r("weg ", '<w:rStyle w:val="WegOok"/>') + r("hier"))
        + p(r("weg") + r(" toch", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="AWeg"/>')
        + p(r("dubbel verborgen is zichtbaar", '<w:rStyle w:val="Weg"/>'), '<w:pStyle w:val="AWeg"/>')
        + f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p(r('weg'))}</w:tc></w:tr></w:tbl>"
        + p('<w:r><w:rPr><w:vanish/></w:rPr><w:drawing><wp:inline><wp:docPr id="1"/></wp:inline></w:drawing></w:r>')
    )
    draft = word.read(docx(body, {"styles": _HIDING_STYLES}))
    assert [text for _, text in said(draft)] == ["zichtbaar ook", "hier", "toch", "dubbel verborgen is zichtbaar"]
    assert keys(draft)["read.hidden_left_out"] == {"count": 5}


def test_the_results_of_fields_are_shown_and_not_their_code(docx: Docx, said: Said) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        p(
            mark("begin")
            + "<w:r><w:instrText>HYPERLINK geheim</w:instrText></w:r>"
            + r("code")
            + mark("begin")
            + "<w:r><w:instrText>IF</w:instrText></w:r>"
            + mark("separate")
            + r("binnen")
            + mark("end")
            + mark("separate")
            + r("resultaat")
            + mark("end")
            + r(" erna")
        )
        + p(f'<w:fldSimple w:instr="PAGE">{r("12")}</w:fldSimple>')
        + p(mark("end") + r("een eind zonder begin"))
        + p(mark("begin") + r("een veld zonder eind verbergt niets"))
    )
    expected = ["resultaat erna", "12", "een eind zonder begin", "een veld zonder eind verbergt niets"]
    assert [text for _, text in said(word.read(docx(body)))] == expected


def test_marks_become_the_characters_people_see(docx: Docx, said: Said) -> None:
    run = (
        "<w:r><w:t>Anne</w:t><w:noBreakHyphen/><w:t>Fleur</w:t><w:tab/><w:t>re</w:t><w:softHyphen/><w:t>gel</w:t><w:br/>"
        '<w:t>twee</w:t><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="Arial" w:char="20AC"/></w:r>'
    )
    ruby = f"<w:r><w:ruby><w:rt>{r('lees')}</w:rt><w:rubyBase>{r('basis')}</w:rubyBase></w:ruby></w:r>"
    assert said(word.read(docx(p(run) + p(ruby)))) == [(None, "Anne-Fleur regel twee☺€"), (None, "basis (lees)")]


def test_notes_come_after_the_text_and_unused_ones_do_not(docx: Docx, said: Said) -> None:
    parts = {
        "footnotes": f'<w:footnote w:id="0" w:type="separator">{p(r("streep"))}</w:footnote>'
        f'<w:footnote w:id="1">{p(r("uitleg bij een"))}</w:footnote><w:footnote w:id="2">{p(r("nooit gebruikt"))}</w:footnote>',
        "endnotes": f'<w:endnote w:id="1">{p(r("slotnoot"))}</w:endnote>',
    }
    body = p(r("I: een") + '<w:r><w:footnoteReference w:id="1"/></w:r>') + p(
        r("R: twee") + '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    draft = word.read(docx(body, parts))
    assert said(draft) == [("I", "een"), ("R", "twee"), (None, "uitleg bij een"), (None, "slotnoot")]
    assert keys(draft)["read.footnotes"] == {"count": 2}


def test_headers_and_footers_are_notes_and_comments_are_left_out(docx: Docx, said: Said) -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/></w:sectPr>'
    body = p(r("tekst") + '<w:r><w:commentReference w:id="1"/></w:r>') + section
    parts = {"header1": p(r("Gesprek met Wilma")), "header2": p(r("nooit te zien")), "comments": p(r("opmerking"))}
    draft = word.read(docx(body, parts))
    assert said(draft) == [(None, "tekst")]
    assert keys(draft)["read.page_text"] == {"text": "Gesprek met Wilma"}
    assert keys(draft)["read.comments_left_out"] == {"count": 1}


def test_parts_from_elsewhere_are_told(docx: Docx) -> None:
    assert keys(word.read(docx(p(r("tekst")) + '<w:altChunk r:id="x"/>')))["read.altchunk_left_out"] == {"count": 1}


def test_words_in_a_diagram_and_in_word_art_are_shown(docx: Docx, said: Said) -> None:
    drawing = '<w:r><w:drawing><wp:inline><a:graphic><dgm:relIds r:dm="diagramData1"/></a:graphic></wp:inline></w:drawing></w:r>'
    art = '<w:r><w:pict><v:shape><v:textpath string="Sierletters"/></v:shape></w:pict></w:r>'
    data = "<dgm:pt><dgm:t><a:p><a:r><a:t>Kring</a:t></a:r></a:p></dgm:t></dgm:pt>"
    draft = word.read(docx(p(r("tekst") + drawing + art), {"diagramData1": data}))
    assert said(draft) == [(None, "tekst"), (None, "Kring"), (None, "Sierletters")]


def test_a_table_with_a_column_of_speakers_is_a_talk(docx: Docx, said: Said) -> None:
    rows = "".join(
        f"<w:tr><w:tc>{p(r(time))}</w:tc><w:tc>{p(r(who))}</w:tc><w:tc>{p(r(text))}{p(r('en meer'))}</w:tc></w:tr>"
        for time, who, text in [
            ("00:01", "I:", "Hoe?"),
            ("00:05", "R:", "Zo."),
            ("00:07", "", "En zo."),
            ("00:09", "I:", "Ja."),
        ]
    )
    draft = word.read(docx(f"<w:tbl>{rows}</w:tbl>"))
    assert said(draft) == [("I", "Hoe? en meer"), ("R", "Zo. en meer"), ("R", "En zo. en meer"), ("I", "Ja. en meer")]
    assert [turn.start_ms for turn in draft.turns] == [1000, 5000, 7000, 9000]


def test_any_other_table_is_read_row_by_row(docx: Docx, said: Said) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p(r('binnen'))}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p(r('a'))}</w:tc><w:tc>{p(r('b'))}{inner}</w:tc></w:tr><w:sdt><w:sdtContent><w:tr><w:tc>{p(r('c'))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
    assert [text for _, text in said(word.read(docx(body)))] == ["a", "b", "binnen", "c"]


def test_a_heading_above_the_talk_is_a_note_and_one_inside_it_stays(docx: Docx, said: Said) -> None:
    heading = '<w:pStyle w:val="EigenKop"/>'
    body = (
        p(r("Gesprek drie"), heading) + p(r("I: Hoe?")) + p(r("R: Zo.")) + p(r("Over werk"), heading) + p(r("En ook."))
    )
    draft = word.read(docx(body, {"styles": _HIDING_STYLES}))
    assert said(draft) == [("I", "Hoe?"), ("R", "Zo."), (None, "Over werk"), ("R", "En ook.")]
    assert keys(draft)["read.heading"] == {"text": "Gesprek drie"}


def test_names_in_headings_are_the_speakers(docx: Docx, said: Said) -> None:
    heading = '<w:pStyle w:val="Kop1"/>'
    body = "".join(
        p(r(who), heading) + p(r(text))
        for who, text in [("Gerda", "Hoe?"), ("Wilma", "Zo."), ("Gerda", "Ja?"), ("Wilma", "Ja.")]
    )
    draft = word.read(docx(body, {"styles": _HIDING_STYLES}))
    assert said(draft) == [("Gerda", "Hoe?"), ("Wilma", "Zo."), ("Gerda", "Ja?"), ("Wilma", "Ja.")]


def test_a_strict_file_is_read(zipped: Callable[..., bytes], said: Said) -> None:
    base = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    rels = f'<Relationships><Relationship Id="a" Type="{base}/officeDocument" Target="/Word/Document.xml"/></Relationships>'
    document = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        f"{p(r('strikt') + r('weg', '<w:vanish/>'))}</w:body></w:document>"
    )
    data = zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": rels, "word/document.xml": document})
    assert said(read_here("x", data)) == [(None, "strikt")]


_WORD = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=1, max_size=6)


@st.composite
def _visible(draw: st.DrawFn, depth: int = 0) -> tuple[str, list[str]]:
    """A piece of a paragraph and the words in it that can be seen."""
    kind = draw(st.sampled_from(["run", "ins", "del", "hidden", "sdt", "link", "field", "smart"]))
    found = [draw(_WORD)]
    inner, seen = r(f" {found[0]} "), found
    if depth < 3 and draw(st.booleans()):
        inner, seen = draw(_visible(depth=depth + 1))
    match kind:
        case "ins" | "link" | "smart":
            tag = {"ins": "w:ins", "link": "w:hyperlink", "smart": "w:smartTag"}[kind]
            return f"<{tag}>{inner}</{tag}>", seen
        case "sdt":
            return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>", seen
        case "del":
            return f"<w:del>{inner}</w:del>", []
        case "hidden":
            return r(f" {found[0]} ", "<w:vanish/>"), []
        case "field":
            begin, separate, end = (
                f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")
            )
            return f"{begin}<w:r><w:instrText>CODE</w:instrText></w:r>{separate}{inner}{end}", seen
    return inner, seen


@settings(max_examples=80, deadline=None)
@given(content=st.lists(st.lists(_visible(), min_size=1, max_size=5), min_size=1, max_size=6), as_table=st.booleans())
def test_exactly_the_visible_words_come_back(
    docx: Docx,
    words_of: Callable[[TranscriptDraft], list[str]],
    content: list[list[tuple[str, list[str]]]],
    as_table: bool,
) -> None:
    paragraphs = [p("".join(xml for xml, _ in pieces)) for pieces in content]
    if as_table:
        paragraphs = [f"<w:tbl><w:tr><w:tc>{one}</w:tc></w:tr></w:tbl>" for one in paragraphs]
    seen = [found for pieces in content for _, words in pieces for found in words]
    assert words_of(word.read(docx("".join(paragraphs)))) == seen


@pytest.mark.parametrize("count", [900])
def test_a_table_of_many_merged_rows_is_read_at_once(docx: Docx, count: int) -> None:
    merged = "<w:tcPr><w:gridSpan w:val='63'/><w:vMerge/></w:tcPr>"
    rows = "".join(f"<w:tr><w:tc>{merged}{p(r(f'rij {n}'))}</w:tc></w:tr>" for n in range(count))
    draft = read_here("x.docx", docx(f"<w:tbl>{rows}</w:tbl>"))
    assert len(re.findall(r"rij", " ".join(turn.text for turn in draft.turns))) == count


def test_alternatives_inside_alternatives_are_followed(docx: Docx, said: Said) -> None:
    def either(inner: str) -> str:
        return (
            f'<mc:AlternateContent><mc:Choice Requires="wps"/><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>'
        )

    assert said(word.read(docx(p(f"<w:r>{either(either('<w:t>diep</w:t>'))}</w:r>")))) == [(None, "diep")]


def test_a_header_named_by_many_sections_is_told_once(docx: Docx) -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    draft = word.read(docx(p(r("tekst")) + section * 50, {"header1": p(r("kop"))}))
    assert [note.key for note in draft.notes].count("read.page_text") == 1
