"""One spelling of an e-mail address, so that nobody is two people, or looks like another, by writing it otherwise."""

from email_validator import validate_email

LONGEST = 254


def normal_form(text: str) -> str:
    """The address in small letters, its domain as the network knows it (`xn--...` for signs beyond a to z: RFC 5891).

    Raises ValueError when no mail server could deliver to it.
    """
    if len(text) > LONGEST:
        raise ValueError("longer than an address can be")
    found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    return f"{found.local_part}@{found.ascii_domain}".lower()


def is_address(text: str) -> bool:
    try:
        return bool(normal_form(text))
    except ValueError:
        return False
