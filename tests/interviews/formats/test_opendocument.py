from __future__ import annotations

from collections.abc import Callable

from interviews.formats.draft import TranscriptDraft
from interviews.formats.reading import read_here

Said = Callable[[TranscriptDraft], list[tuple[str | None, str]]]
Odt = Callable[..., bytes]
_AUTOMATIC = (
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
)


def keys(draft: TranscriptDraft) -> dict[str, dict[str, object]]:
    return {note.key: dict(note.fields) for note in draft.notes}


def test_paragraphs_lists_spaces_and_tabs_are_read(odt: Odt, said: Said) -> None:
    body = (
        "<text:p>I:<text:tab/>Hoe<text:s text:c='3'/>gaat\n <text:span>het</text:span>?</text:p>"
        "<text:p>R: Goed<text:line-break/>hoor.</text:p>"
        "<text:list><text:list-item><text:p>een</text:p></text:list-item><text:list-item><text:p>twee</text:p></text:list-item></text:list>"
        "<text:section><text:p>I: <text:a>Fijn.</text:a></text:p></text:section>"
    )
    draft = read_here("x.odt", odt(body))
    assert said(draft) == [("I", "Hoe gaat het?"), ("R", "Goed hoor."), ("R", "een"), ("R", "twee"), ("I", "Fijn.")]


def test_hidden_and_deleted_text_is_left_out(odt: Odt, said: Said) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gewist</text:p></text:deletion></text:changed-region>"
        "<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
        "<text:p>zichtbaar<text:span text:style-name='T1'> weg</text:span><text:span text:style-name='T2'> weg</text:span></text:p>"
        "<text:p text:style-name='P1'>hele alinea weg</text:p>"
        "<text:p>ook <text:hidden-text text:is-hidden='true' text:string-value='weg'>weg</text:hidden-text>hier</text:p>"
        "<text:p><text:hidden-paragraph text:is-hidden='true'/>nog eens weg</text:p>"
        "<text:section text:display='none'><text:p>sectie weg</text:p></text:section>"
        "<text:p>eind<office:annotation><text:p>opmerking</text:p></office:annotation></text:p>"
    )
    draft = read_here("x.odt", odt(body, _AUTOMATIC))
    assert [text for _, text in said(draft)] == ["zichtbaar", "ook hier", "eind"]
    assert keys(draft)["read.hidden_left_out"] == {"count": 11}
    assert keys(draft)["read.changes_accepted"] == {"inserted": 1, "deleted": 1}
    assert keys(draft)["read.comments_left_out"] == {"count": 1}


def test_notes_and_frames_are_asides(odt: Odt, said: Said) -> None:
    body = (
        "<text:p>I: een<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>uitleg</text:p></text:note-body></text:note>?</text:p>"
        "<text:p>R: twee<draw:frame><svg:title>plaatje</svg:title><draw:text-box><text:p>Wilma</text:p></draw:text-box></draw:frame>.</text:p>"
        "<text:p>I: drie <text:title>Titelveld</text:title></text:p>"
    )
    draft = read_here("x.odt", odt(body))
    assert said(draft) == [("I", "een?"), ("R", "twee."), (None, "Wilma"), ("I", "drie Titelveld"), (None, "uitleg")]


def test_a_table_of_speakers_is_a_talk(odt: Odt, said: Said) -> None:
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{who}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>zin {n}</text:p></table:table-cell></table:table-row>"
        for n, who in enumerate(["I", "R", "I"])
    )
    draft = read_here("x.odt", odt(f"<table:table><table:table-header-rows/>{rows}</table:table>"))
    assert said(draft) == [("I", "zin 0"), ("R", "zin 1"), ("I", "zin 2")]


def test_headers_are_notes_and_headings_above_the_talk_too(odt: Odt, said: Said) -> None:
    styles = (
        "<office:master-styles><style:master-page><style:header><text:p>Gesprek met Wilma</text:p></style:header>"
        '<style:footer style:display="false"><text:p>weg</text:p></style:footer></style:master-page></office:master-styles>'
    )
    draft = read_here(
        "x.odt", odt("<text:h>Gesprek</text:h><text:p>I: ja?</text:p><text:p>R: ja.</text:p>", "", styles)
    )
    assert said(draft) == [("I", "ja?"), ("R", "ja.")]
    assert keys(draft) == {"read.page_text": {"text": "Gesprek met Wilma"}, "read.heading": {"text": "Gesprek"}}


def test_a_flat_file_is_read(said: Said) -> None:
    data = (
        '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        "<text:p>I: ja?</text:p><text:p>R: ja.</text:p></office:text></office:body></office:document>"
    )
    assert said(read_here("x.fodt", data.encode())) == [("I", "ja?"), ("R", "ja.")]
