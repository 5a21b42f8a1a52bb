"""Words about the login of an organisation."""

from flask_babel.speaklater import LazyString

from matchmaker.federation.models import ProviderKind
from matchmaker.words.language import lazy_gettext as _l

PROVIDER_KINDS: dict[ProviderKind, LazyString] = {
    ProviderKind.SURFCONEXT: _l("SURFconext"),
    ProviderKind.ENTRA: _l("Microsoft Entra ID"),
    ProviderKind.OTHER: _l("Een andere (OpenID Connect)"),
}
_WHY_NOT: dict[str, LazyString] = {
    "unknown_host": _l("Dit adres bestaat niet. Kijk de issuer na."),
    "private": _l("Dit adres ligt in een afgeschermd netwerk. Wij gaan alleen naar adressen op internet."),
    "unreachable": _l("De login is niet te bereiken. Kijk de issuer na of probeer het later."),
    "time": _l("De login antwoordt niet op tijd. Probeer het later."),
    "resting": _l("De login antwoordde net niet. Wacht een halve minuut en probeer het opnieuw."),
    "busy": _l("Het is nu te druk. Probeer het over een paar tellen opnieuw."),
    "certificate": _l("Het certificaat van de login klopt niet. Vraag het de beheerder ervan."),
    "other_issuer": _l("De login noemt een andere issuer. Neem de issuer over zoals de login hem schrijft."),
    "no_pkce": _l("De login kent geen PKCE met S256. Zonder kan niemand veilig inloggen."),
    "no_keys": _l("De login heeft geen sleutels waarmee wij een handtekening kunnen nakijken."),
    "odd_address": _l("De login noemt een adres waar wij niet heen gaan."),
}
_OTHER = _l("Wat de login antwoordt, begrijpen wij niet. Kijk de issuer na.")


def why_not(reason: str) -> str:
    """Why a provider cannot be used now, and what an administrator can do."""
    return str(_WHY_NOT.get(reason, _OTHER))
