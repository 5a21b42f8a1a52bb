"""What comes of an arrival: someone known goes in; someone new gets a letter at the address the provider confirmed."""

import secrets
from dataclasses import dataclass

from matchmaker.accounts.letters import has_enough
from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import account_by_email
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.federation.arrivals import Arrival
from matchmaker.federation.errors import ArrivalRefused
from matchmaker.federation.models import Identity, IdentityProvider
from matchmaker.federation.protocol import digest
from matchmaker.federation.queries import identity_at, identity_of
from matchmaker.federation.rules import belongs, lets_in
from matchmaker.federation.ties import tie
from matchmaker.links.actions import make_link, revoke_links, use_link
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.joining import SIGN_UP_DAYS, finish_sign_up, organisations_for, start_sign_up
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Role

TIE_DAYS = 1


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a link in a letter holds of someone who arrived: to be tied in the browser they arrived in, nowhere else."""

    provider_id: int
    issuer: str
    subject: str
    browser: str


def known_account(provider: IdentityProvider, arrival: Arrival) -> Account | None:
    """Whose account opens for this arrival; None when nobody is known by it. Raises ArrivalRefused."""
    identity = identity_at(provider, arrival.subject)
    if identity is None:
        return None
    if not lets_in(provider, identity.account, identity.account.memberships):
        raise ArrivalRefused("not_let_in")
    record(
        "sign_in_by_provider",
        about=identity,
        by=identity.account,
        organisation=provider.organisation,
        second_step=arrival.second_step,
    )
    return identity.account


def write_to_newcomer(provider: IdentityProvider, arrival: Arrival, *, browser: str, language: str) -> None:
    """A letter to someone who is not known by this provider yet. The page says the same, whoever it is.

    A member of the organisation gets a link that ties the two, someone new with an address of the organisation a link
    to sign up, anyone else what `/aanmelden` would send. Raises ArrivalRefused without a confirmed address.
    """
    if not arrival.email:
        raise ArrivalRefused("no_address")
    newcomer = {
        "provider_id": provider.id,
        "issuer": provider.issuer,
        "subject": arrival.subject,
        "browser": digest(browser),
    }
    account = account_by_email(arrival.email)
    if has_enough(arrival.email, "identity_to_tie", "confirm_address"):
        return
    if account and account.is_active and belongs(provider, account.memberships):
        _offer_tie(account, provider, newcomer)
    elif account is None and provider.organisation in organisations_for(arrival.email):
        link = make_link(
            Purpose.SIGN_UP_BY_PROVIDER,
            subject_id=provider.id,
            days=SIGN_UP_DAYS,
            email=arrival.email,
            name=arrival.name,
            language=language,
            newcomer=newcomer,
        )
        queue_letter(
            "confirm_address",
            topic=Topic.ACCOUNT,
            address=arrival.email,
            language=language,
            link=link,
            by_provider=True,
        )
    else:
        start_sign_up(arrival.email, name=arrival.name, language=language)


def _offer_tie(account: Account, provider: IdentityProvider, newcomer: dict[str, object]) -> None:
    """A link to tie. None to an account that is tied to someone else there: an address can get another owner."""
    if identity_of(account, provider) or not lets_in(provider, account, account.memberships):
        record("refuse_arrival", about=provider, by=None, result="refused", reason="changed_subject")
        return
    revoke_links(Purpose.TIE_IDENTITY, subject_id=account.id)
    link = make_link(
        Purpose.TIE_IDENTITY, subject_id=account.id, account_id=account.id, days=TIE_DAYS, newcomer=newcomer
    )
    queue_letter("identity_to_tie", topic=Topic.ACCOUNT, to=account, link=link, organisation=provider.organisation.name)
    record("offer_tie", about=account, by=None, organisation=provider.organisation)


def newcomer_of(link: Link) -> tuple[IdentityProvider, Newcomer]:
    """Who the link ties, and where; raises LinkUnusable when the provider is off, gone or another since."""
    newcomer = Newcomer(**link.values["newcomer"])
    provider = db.session.get(IdentityProvider, newcomer.provider_id)
    if provider is None or not provider.active or provider.issuer != newcomer.issuer:
        raise LinkUnusable("revoked")
    return provider, newcomer


def is_same_browser(newcomer: Newcomer, browser: str) -> bool:
    """Whether this is the browser someone arrived in: else a stranger could have another confirm for them."""
    return bool(browser) and secrets.compare_digest(digest(browser), newcomer.browser)


def account_of_tie_link(link: Link) -> Account:
    """Whose account the link ties; raises LinkUnusable when it was closed since."""
    account = db.session.get(Account, link.account_id) if link.account_id else None
    if account is None or not account.is_active:
        raise LinkUnusable("revoked")
    return account


def tie_by_link(link: Link, *, browser: str) -> Identity:
    """Spend the link of a letter on a tie. Raises LinkUnusable, ArrivalRefused (`other_browser`) or InvalidValue."""
    provider, newcomer = newcomer_of(link)
    account = account_of_tie_link(link)
    if not is_same_browser(newcomer, browser):
        raise ArrivalRefused("other_browser")
    use_link(link)
    return tie(account, provider, newcomer.subject, by=account)


def finish_sign_up_by_provider(link: Link, *, role: Role, name: str, browser: str) -> Membership:
    """Sign up as anyone does, at the provider's organisation and without a password of one's own.

    The account gets a password nobody knows; a forgotten one can be chosen anew as always. Raises LinkUnusable,
    ArrivalRefused (`other_browser`) or InvalidValue.
    """
    provider, newcomer = newcomer_of(link)
    if not is_same_browser(newcomer, browser):
        raise ArrivalRefused("other_browser")
    membership = finish_sign_up(
        link, organisation=provider.organisation, typed="", role=role, name=name, password=secrets.token_urlsafe(48)
    )
    db.session.refresh(membership.account, ["memberships"])
    tie(membership.account, provider, newcomer.subject, by=membership.account)
    return membership
