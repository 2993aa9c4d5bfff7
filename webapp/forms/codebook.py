"""What people fill in to make a theme."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, StringField, TextAreaField

from webapp.forms.base import Form, tidy


class ThemeForm(Form):
    """A name, what it means, and under which group. `sure` says that a name much like it is meant."""

    name = StringField(filters=[tidy])
    definition = TextAreaField()
    group = SelectField(validate_choice=False)
    sure = BooleanField()
