"""What a project lead fills in to invite somebody."""

from __future__ import annotations

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import StopValidation

from interviews.models import Project
from interviews.models.project import Role
from webapp.forms.auth import Filled
from webapp.forms.base import Form, tidy
from webapp.messages import sentence


class InviteForm(Form):
    """Who, in which roles, and for a reader of which municipality."""

    display_name = StringField(filters=[tidy], validators=[Filled("display_name.empty")])
    roles = SelectMultipleField(choices=[role.value for role in Role], validate_choice=False)
    municipality = SelectField(validate_choice=False)

    def for_project(self, project: Project) -> InviteForm:
        """Offer the municipalities of `project`; return the form."""
        self.municipality.choices = [(str(place.id), place.name) for place in project.municipalities]
        return self

    def chosen(self) -> list[Role]:
        """Return the roles that are ticked; what is no role is passed over."""
        return [role for role in Role if role.value in (self.roles.data or [])]

    def validate_roles(self, field: SelectMultipleField) -> None:
        """Raise when no role is chosen."""
        if not self.chosen():
            raise StopValidation(sentence("roles.none"))

    def validate_municipality(self, field: SelectField) -> None:
        """Raise when a municipality's reader has no municipality: that reader could see nothing."""
        offered = {value for value, _name in field.choices or []}
        if Role.MUNICIPALITY_READER in self.chosen() and field.data not in offered:
            raise StopValidation(sentence("invitation.municipality"))
