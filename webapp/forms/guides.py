"""What people fill in about the interview guide: a question, and a remark on one."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField

from interviews.guides import MAX_TEXT, QuestionWords
from interviews.models import Question
from webapp.forms.base import Form, tidy

_FIELDS = {"guide.topic": "topic", "guide.follow_up": "follow_up", "guide.themes": "themes"}


def field_of(key: str, words: QuestionWords) -> str:
    """Return beside which field a refusal with this key is shown."""
    if key == "guide.text" and 0 < len(words.text_je) <= MAX_TEXT:
        return "text_u"
    return _FIELDS.get(key, "text_je")


class QuestionForm(Form):
    """One question in both forms of address, what to ask on, whom it is for, and which themes it serves."""

    text_je = StringField(filters=[tidy])
    text_u = StringField(filters=[tidy])
    topic = SelectField(validate_choice=False)
    must = BooleanField()
    follow_up = TextAreaField()
    themes = SelectMultipleField(validate_choice=False)

    @classmethod
    def of(cls, question: Question) -> QuestionForm:
        """Return the form filled in with a question as it is."""
        return cls(
            formdata=None,
            data={
                "text_je": question.text_je,
                "text_u": question.text_u,
                "topic": question.topic,
                "must": question.must,
                "follow_up": "\n".join(question.follow_up),
                "themes": list(question.themes),
            },
        )

    def words(self, known: frozenset[str]) -> QuestionWords:
        """Return what was filled in. Themes that are not in the codebook (`known`) are left out."""
        return QuestionWords(
            text_je=self.text_je.data or "",
            text_u=self.text_u.data or "",
            topic=self.topic.data or "",
            must=bool(self.must.data),
            follow_up=(self.follow_up.data or "").splitlines(),
            themes=[theme for theme in self.themes.data or [] if theme in known],
        )


class RemarkForm(Form):
    """What somebody thinks of a question."""

    text = TextAreaField()
