"""What people write down while they read."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, SelectField, TextAreaField

from coding.models.memo import MemoKind
from webapp.forms.base import Form


class MemoForm(Form):
    """A text, what kind it is, what it is about ("" for the whole story), and whether others may read it."""

    text = TextAreaField()
    kind = RadioField(choices=[kind.value for kind in MemoKind], default=MemoKind.STRIKES.value)
    about = SelectField(validate_choice=False)
    shared = BooleanField()
