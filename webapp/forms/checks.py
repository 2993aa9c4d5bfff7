"""Checking: what the interviewer sends, and what the interviewee says of each passage."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from flask import request
from flask_babel import gettext as _
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional, StopValidation

from interviews.clock import now
from interviews.memberchecks import LONGEST_REMARK, MOST_TOP, Answer, Passage
from interviews.models.membercheck import CheckForm, CheckMatter, Verdict, WishState
from webapp.forms.base import Form, tidy

ASK_AGAIN_DAYS = 14


def verdict_words() -> list[tuple[str, str]]:
    """Return what somebody may say of a passage, in the order of the page."""
    return [(Verdict.FITS.value, _("Klopt")), (Verdict.OTHER.value, _("Anders")), (Verdict.OUT.value, _("Eruit"))]


def form_words() -> list[tuple[str, str, str]]:
    """Return how somebody hears it back, with what that means."""
    return [
        (CheckForm.LINK.value, _("Met een link"), _("De ander leest het op een telefoon of computer.")),
        (CheckForm.PAPER.value, _("Op papier"), _("Je print het en geeft het mee.")),
        (CheckForm.ALOUD.value, _("Ik lees het voor"), _("Jij leest voor en vult de antwoorden in.")),
    ]


def matter_words() -> list[tuple[str, str, str]]:
    """Return what somebody checks, with what that means."""
    return [
        (CheckMatter.SUMMARY.value, _("Een samenvatting"), _("Een paar korte zinnen. Dat is voor de meeste mensen genoeg.")),
        (CheckMatter.TRANSCRIPT.value, _("Het hele gesprek"), _("De tekst zonder namen. Dat is veel om te lezen.")),
    ]  # fmt: skip


class AskForm(Form):
    """How somebody hears back what."""

    form = RadioField(default=CheckForm.ALOUD.value, validate_choice=False)
    matter = RadioField(default=CheckMatter.SUMMARY.value, validate_choice=False)
    sentences = TextAreaField(validators=[Length(max=8_000)])
    ask_again_on = DateField(validators=[Optional()])

    def validate_form(self, field: RadioField) -> None:
        """Raise when nobody said how."""
        if field.data not in {one.value for one in CheckForm}:
            raise StopValidation(_("Kies hoe de ander het hoort of leest."))

    def validate_matter(self, field: RadioField) -> None:
        """Raise when nobody said what."""
        if field.data not in {one.value for one in CheckMatter}:
            raise StopValidation(_("Kies wat de ander nakijkt."))

    @property
    def lines(self) -> list[str]:
        """The sentences of the summary, one per line."""
        return [line.strip() for line in (self.sentences.data or "").splitlines() if line.strip()]


def in_two_weeks() -> date:
    """Return the day on which one asks again unless told otherwise."""
    return now().date() + timedelta(days=ASK_AGAIN_DAYS)


@dataclass(frozen=True, slots=True)
class Said:
    """What a page of answers holds."""

    answers: dict[int, Answer]
    top: list[str]
    remark: str


def read_answers(passages: Collection[Passage]) -> Said:
    """Return what this request says of `passages`; a passage without a choice is not in it: silence is no answer."""
    answers = {}
    for passage in passages:
        chosen = request.form.get(f"p{passage.place}", "")
        if passage.own and chosen in {one.value for one in Verdict}:
            words = request.form.get(f"w{passage.place}", "")[:LONGEST_REMARK]
            answers[passage.place] = Answer(Verdict(chosen), words)
    top = [tidy(request.form.get(f"top{number}")) or "" for number in range(1, MOST_TOP + 1)]
    return Said(
        answers, list(dict.fromkeys(one for one in top if one)), request.form.get("remark", "")[:LONGEST_REMARK]
    )


class CodeForm(Form):
    """The spoken code."""

    code = StringField(filters=[tidy])


class ReplyForm(Form):
    """What was done with a wish."""

    state = RadioField(validate_choice=False)
    reply = TextAreaField(validators=[Length(max=LONGEST_REMARK)])

    def validate_state(self, field: RadioField) -> None:
        """Raise when nobody said whether it was done."""
        if field.data not in {WishState.DONE.value, WishState.NOT_DONE.value}:
            raise StopValidation(_("Kies of het gedaan is."))
