"""An account back in the hands of its owner, after someone else moved it to another address."""

from matchmaker.accounts.addresses import change_of, keep_address
from matchmaker.factors.actions import remove_app, remove_passkey
from matchmaker.factors.queries import code_app, passkeys_of
from matchmaker.federation.queries import identities_of
from matchmaker.federation.ties import untie
from matchmaker.links.models import Link
from matchmaker.tokens.actions import revoke_token
from matchmaker.tokens.queries import tokens_of


def take_back(link: Link) -> None:
    """Undo a change of address from the old one, and end every way in that was made since it was asked: passkeys, the
    app, tokens and ties to a login of an organisation. What stood before stays. Raises LinkUnusable.
    """
    since = change_of(link).asked_at
    account = keep_address(link)
    for passkey in passkeys_of(account):
        if passkey.created_at >= since:
            remove_passkey(passkey, required=False)
    app = code_app(account)
    if app is not None and app.created_at >= since:
        remove_app(account, required=False)
    for token in tokens_of(account):
        if token.created_at >= since:
            revoke_token(token)
    for identity in identities_of(account):
        if identity.created_at >= since:
            untie(identity, by=account)
