"""Fields about an account that several forms ask."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import EmailField, Field, PasswordField
from wtforms.validators import Email, InputRequired, Length

LONGEST_ADDRESS = 254
LONGEST_TYPED = 1000


def email_field(label: LazyString) -> Field:
    """An e-mail address that could exist."""
    return EmailField(
        label,
        [
            InputRequired(_l("Vul een e-mailadres in.")),
            Length(max=LONGEST_ADDRESS, message=_l("Een e-mailadres is nooit zo lang. Kijk het na.")),
            Email(_l("Dit is geen e-mailadres. Kijk het na.")),
        ],
    )


def password_field(label: LazyString, *, missing: LazyString) -> Field:
    """A password; how strong it must be is the domain's business."""
    return PasswordField(label, [InputRequired(missing), Length(max=LONGEST_TYPED)])
