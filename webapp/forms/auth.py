"""What people fill in to get in."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

from webapp.forms.base import Form, tidy
from webapp.messages import sentence


class Filled:
    """Refuses an empty field with the sentence of `key`."""

    field_flags: dict[str, Any] = {}

    def __init__(self, key: str) -> None:
        self.key = key

    def __call__(self, form: PlainForm, field: StringField) -> None:
        """Raise StopValidation when nothing was typed."""
        if not (field.data or "").strip():
            raise StopValidation(sentence(self.key))


class SignInForm(Form):
    """Login word, and a passphrase or PIN."""

    login_word = StringField(filters=[tidy], validators=[Filled("login_word.empty")])
    passphrase = PasswordField(validators=[Filled("passphrase.empty")])
    own_device = BooleanField()
    next = HiddenField()


class InvitationCodeForm(Form):
    """The code from the card."""

    code = StringField(filters=[tidy], validators=[Filled("invitation.empty")])


def _same(form: Form, first: str, again: str, key: str) -> None:
    """Raise when two boxes do not hold the same."""
    if form[again].data != form[first].data:
        raise StopValidation(sentence(key))


class AcceptForm(Form):
    """The login word, and the passphrase or PIN, that a new person chooses."""

    way = HiddenField()
    login_word = StringField(filters=[tidy], validators=[Filled("login_word.empty")])
    passphrase = PasswordField()
    again = PasswordField()
    pin = PasswordField()
    pin_again = PasswordField()

    @property
    def by_pin(self) -> bool:
        """A PIN is chosen, no passphrase."""
        return bool(self.way.data == "pin")

    def validate_passphrase(self, field: PasswordField) -> None:
        """Raise when a passphrase is asked and none was typed."""
        if not self.by_pin:
            Filled("passphrase.empty")(self, field)

    def validate_again(self, field: PasswordField) -> None:
        """Raise when the passphrase was not typed the same way twice."""
        if not self.by_pin:
            _same(self, "passphrase", "again", "passphrase.differs")

    def validate_pin(self, field: PasswordField) -> None:
        """Raise when a PIN is asked and none was typed."""
        if self.by_pin:
            Filled("pin.empty")(self, field)

    def validate_pin_again(self, field: PasswordField) -> None:
        """Raise when the PIN was not typed the same way twice."""
        if self.by_pin:
            _same(self, "pin", "pin_again", "pin.differs")


class PinForm(Form):
    """A PIN for this device, twice."""

    pin = PasswordField(validators=[Filled("pin.empty")])
    pin_again = PasswordField()

    def validate_pin_again(self, field: PasswordField) -> None:
        """Raise when the PIN was not typed the same way twice."""
        _same(self, "pin", "pin_again", "pin.differs")


class CardForm(PinForm):
    """The login word and code of a card, and the PIN that goes with this device from now on."""

    login_word = StringField(filters=[tidy], validators=[Filled("login_word.empty")])
    code = StringField(filters=[tidy], validators=[Filled("invitation.empty")])


class PassphraseForm(Form):
    """A new passphrase, twice, with the old one when there is one."""

    old = PasswordField()
    passphrase = PasswordField(validators=[Filled("passphrase.empty")])
    again = PasswordField()

    def validate_again(self, field: PasswordField) -> None:
        """Raise when the passphrase was not typed the same way twice."""
        _same(self, "passphrase", "again", "passphrase.differs")


class ProofForm(Form):
    """What somebody types to show who they are: a passphrase, a PIN or a code."""

    proof = PasswordField(validators=[Filled("proof.empty")])
    next = HiddenField()


class CodeForm(Form):
    """The code of the authenticator app, or a recovery code."""

    code = StringField(filters=[tidy], validators=[Filled("second_factor.empty")])
    next = HiddenField()
