"""A drawing or photo: the file, what is to be seen on it, and whether it may be shown."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length, StopValidation

from interviews.attachments import LONGEST_DESCRIPTION
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How
from webapp.forms.base import Form


def kind_words() -> list[tuple[str, str]]:
    """Return what a picture can be."""
    return [(AttachmentKind.DRAWING.value, _("Een tekening")), (AttachmentKind.PHOTO.value, _("Een foto"))]


def shown_words() -> list[tuple[str, str, str]]:
    """Return the two answers on showing a picture, the careful one first."""
    return [
        ("no", _("Nee, liever niet"), _("Alleen het team ziet het.")),
        ("yes", _("Ja, dat mag"), _("Het plaatje mag in een verslag of portret.")),
    ]


def how_words() -> list[tuple[str, str]]:
    """Return how the answer was given."""
    return [
        (How.SPOKEN.value, _("gezegd")),
        (How.SIGNED.value, _("met een handtekening")),
        (How.CROSS.value, _("met een kruisje")),
    ]


class DescribeForm(Form):
    """What is to be seen, and the answer on showing it. Nothing is chosen beforehand."""

    description = TextAreaField(validators=[Length(max=LONGEST_DESCRIPTION)])
    shown = RadioField(validate_choice=False)
    how = RadioField(default=How.SPOKEN.value, validate_choice=False)

    def validate_shown(self, field: RadioField) -> None:
        """Raise when nobody was asked."""
        if field.data not in {"yes", "no"}:
            raise StopValidation(_("Vraag of het plaatje in een verslag mag. Kies ja of nee."))

    def validate_how(self, field: RadioField) -> None:
        """Raise for a way that does not exist."""
        if field.data not in {value for value, _word in how_words()}:
            raise StopValidation(_("Kies hoe de ander dat zei."))

    @property
    def may_be_shown(self) -> bool:
        """The answer."""
        return bool(self.shown.data == "yes")


class AddForm(DescribeForm):
    """The same with a kind; the file is read by the view."""

    kind = RadioField(default=AttachmentKind.DRAWING.value, validate_choice=False)

    def validate_kind(self, field: RadioField) -> None:
        """Raise for a kind that does not exist."""
        if field.data not in {one.value for one in AttachmentKind}:
            raise StopValidation(_("Kies of het een tekening of een foto is."))
