"""What waits to be signed, to be made, for others, and what was signed; several at once."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.agreements.models import Agreement
from matchmaker.agreements.queries import (
    PAGE_SIZE,
    Tab,
    agreements_page,
    placements_to_make,
    signatories_to_sign,
    signatory_for,
    tab_counts,
)
from matchmaker.agreements.signing import Signed, sign_many
from matchmaker.database import MAX_ID, db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Membership
from matchmaker.placements.models import Placement
from matchmaker.vocabulary import Role
from matchmaker.web.agreements import agreements
from matchmaker.web.agreements.forms import SignTogetherForm
from matchmaker.web.fields import sent_along
from matchmaker.web.guards import PARTIES, SIGN_FOR_OTHERS, only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.words.agreements import STATES, WHY_NOT, say_day, title_of
from matchmaker.words.dates import say_short_date
from matchmaker.words.language import joined

TABS = {
    Tab.TO_SIGN: _l("Tekenen"),
    Tab.TO_MAKE: _l("Maken"),
    Tab.WAITING: _l("Wacht op anderen"),
    Tab.SIGNED: _l("Getekend"),
    Tab.ENDED: _l("Vervallen"),
}


@agreements.get("/")
@only(PARTIES)
def list_agreements() -> str:
    """One tab of the agreements someone has a part in."""
    form = SignTogetherForm(formdata=None, data={"name": me().display_name})
    return _page(form)


@agreements.post("/teken-samen")
@only(SIGN_FOR_OTHERS)
def sign_together() -> Response | str:
    """One signature under each ticked document; what cannot be signed is left alone and says why."""
    membership, form = my_membership(), SignTogetherForm()
    ids = ticked("lijn")
    if not form.validate_on_submit() or not ids:
        if not ids:
            form.form_errors.append(gettext("Kies eerst een of meer overeenkomsten in de lijst."))
        return _page(form, chosen=ids)
    lines = signatories_to_sign(ids, membership)
    hashes = {each.id: sent_along(f"hash-{each.id}") for each in lines}
    try:
        came = sign_many(lines, name=form.name.data or "", hashes=hashes, agreed=bool(form.agreed.data),
                         origin=origin(), by=me())  # fmt: skip
    except InvalidValue as error:
        form.refuse(error)
        return _page(form, chosen=ids)
    _say(came, len(ids) - len(lines))
    db.session.commit()
    return redirect(url_for("agreements.list_agreements"))


def my_membership() -> Membership:
    """The role someone acts in; the guard has seen that there is one."""
    membership = acting()
    assert membership is not None
    return membership


def origin() -> str:
    """Where a signature came from: the address of the network."""
    return request.remote_addr or ""


def ticked(name: str) -> list[int]:
    """The numbers of the ticked rows, each once."""
    digits = (each for each in request.form.getlist(name) if each.isascii() and each.isdigit() and len(each) < 20)
    return list(dict.fromkeys(number for number in map(int, digits) if 0 < number <= MAX_ID))


def _page(form: SignTogetherForm, *, chosen: Sequence[int] = ()) -> str:
    membership, tab, page = my_membership(), _tab(), _number()
    search = request.args.get("q", "").strip()[:200]
    numbers = tab_counts(membership, search=search)
    tab = tab or next((each for each in TABS if numbers.get(each)), Tab.TO_SIGN)
    rows = _rows(membership, tab, search, page, chosen)
    return render_template(
        "agreements/list_agreements.html",
        rows=rows,
        tabs=[_link(each, numbers[each], tab, search) for each in TABS if each in numbers],
        tab=tab.value,
        search=search,
        number=numbers.get(tab, 0),
        waiting=numbers.get(Tab.TO_SIGN, 0),
        form=form,
        signs_for_others=membership.role in SIGN_FOR_OTHERS,
        writes_template=membership.role is Role.COORDINATOR,
        shown=_shown(page, len(rows), numbers.get(tab, 0)),
        previous_url=_url(tab, search, page - 1) if page > 1 else "",
        next_url=_url(tab, search, page + 1) if page * PAGE_SIZE < numbers.get(tab, 0) else "",
    )


def _rows(membership: Membership, tab: Tab, search: str, page: int, chosen: Sequence[int]) -> list[dict[str, object]]:
    if tab is Tab.TO_MAKE:
        found = placements_to_make(membership, search=search, page=page)
        return [_to_make(each) for each in found]
    return [_row(each, membership, chosen) for each in agreements_page(membership, tab, search=search, page=page)]


def _row(agreement: Agreement, membership: Membership, chosen: Sequence[int]) -> dict[str, object]:
    line = signatory_for(agreement, membership)
    content = agreement.content
    return {
        "title": content["people"].get("student", ""),
        "what": title_of(agreement),
        "url": url_for("agreements.show_agreement", agreement_id=agreement.id),
        "who": joined((content["municipality"], content["school"])),
        "days": _days(content["first_day"], content["last_day"]),
        "state": str(STATES[agreement.state]),
        "waits_for": joined(each.name for each in agreement.to_sign) if agreement.to_sign else "",
        "line": line.id if line is not None and line.signed_at is None else 0,
        "hash": agreement.document_hash,
        "pdf": url_for("agreements.download_agreement", agreement_id=agreement.id),
        "chosen": line is not None and line.id in chosen,
        "signed": say_short_date(agreement.signed_at.date()) if agreement.signed_at else "",
    }


def _to_make(placement: Placement) -> dict[str, object]:
    first, last = placement.first_day, placement.last_day
    return {
        "title": placement.student.display_name,
        "url": url_for("agreements.show_for_placement", placement_id=placement.id),
        "what": placement.title,
        "who": joined((placement.municipality.name, placement.programme.name)),
        "days": _days(first.isoformat() if first else "", last.isoformat() if last else ""),
        "line": placement.id,
    }


def _days(first: str, last: str) -> str:
    return gettext("%(first)s tot en met %(last)s", first=say_day(first), last=say_day(last)) if first and last else ""


def _say(came: Signed, gone: int) -> None:
    if came.done:
        flash(ngettext("U hebt %(num)d overeenkomst getekend.", "U hebt %(num)d overeenkomsten getekend.",
                       len(came.done)), "success")  # fmt: skip
    for signatory, why in came.refused:
        name = signatory.agreement.content["people"].get("student", "")
        flash(gettext("Niet getekend: %(name)s. %(why)s", name=name, why=WHY_NOT[why]), "warning")
    if gone:
        flash(ngettext("%(num)d overeenkomst kunt u niet tekenen.", "%(num)d overeenkomsten kunt u niet tekenen.",
                       gone), "warning")  # fmt: skip


def _tab() -> Tab | None:
    asked = request.args.get("stand", "")
    return Tab(asked) if asked in list(Tab) else None


def _number() -> int:
    text = request.args.get("pagina", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else 1


def _link(tab: Tab, number: int, current: Tab, search: str) -> dict[str, object]:
    return {"label": TABS[tab], "url": _url(tab, search, 1), "current": tab is current, "count": number}


def _url(tab: Tab, search: str, page: int) -> str:
    values = {"stand": tab.value, "q": search or None, "pagina": page if page > 1 else None}
    return url_for("agreements.list_agreements", **values)


def _shown(page: int, here: int, total: int) -> str:
    first = (page - 1) * PAGE_SIZE + 1
    last = first + here - 1
    return gettext("%(first)s tot %(last)s van %(total)s", first=first, last=last, total=total) if here else ""
