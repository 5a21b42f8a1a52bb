"""Fields about an account that several forms ask."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import EmailField, Field, PasswordField
from wtforms.validators import InputRequired, Length, ValidationError

from matchmaker.accounts.mail_address import LONGEST, is_address, normal_form

LONGEST_TYPED = 1000


def email_field(label: LazyString) -> Field:
    """An e-mail address that could exist, in the one spelling it is kept in."""
    return EmailField(
        label,
        [
            InputRequired(_l("Vul een e-mailadres in.")),
            Length(max=LONGEST, message=_l("Een e-mailadres is nooit zo lang. Kijk het na.")),
            address(_l("Dit is geen e-mailadres. Kijk het na.")),
        ],
        filters=[in_normal_form],
    )


def in_normal_form(typed: str | None) -> str | None:
    """What is no address stays as it was typed, for who corrects it."""
    return normal_form(typed) if typed and is_address(typed) else typed


def address(message: LazyString) -> Callable[[object, Field], None]:
    """A validator: what was typed could be an e-mail address."""

    def check(_form: object, field: Field) -> None:
        if not is_address(field.data or ""):
            raise ValidationError(str(message))

    return check


def password_field(label: LazyString, *, missing: LazyString) -> Field:
    """A password; how strong it must be is the domain's business."""
    return PasswordField(label, [InputRequired(missing), Length(max=LONGEST_TYPED)])
