"""What every form has: a token against other sites' pages, and its refusals in the order of the page."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from interviews.errors import Invalid
from interviews.text import one_line
from webapp.messages import sentence


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form whose first error per field is shown beside it and in the list on top of the page."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        """Where the fields come from."""

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
            """Return what was typed: the texts of the form, and nothing else.

            Flask-WTF would also take JSON and files for fields, so that a text could be a number, a list or a file.
            """
            given = isinstance(formdata, MultiDict)
            return formdata if given or formdata is None else request.form or None

    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, sentence) for each field that is not right yet."""
        return [(field.id, str(field.errors[0])) for field in self if field.errors]

    def error(self, name: str) -> str | None:
        """Return what is not right with the field `name`, None when nothing is."""
        errors = self[name].errors
        return str(errors[0]) if errors else None

    def refuse(self, name: str, error: Invalid) -> None:
        """Show what the field or the analysis refused beside the field `name`."""
        self[name].errors = [*self[name].errors, sentence(error.key, **error.fields)]


def tidy(text: str | None) -> str | None:
    """Return what was typed on one line, without white space around it."""
    return None if text is None else one_line(text)
