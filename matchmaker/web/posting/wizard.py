"""Typing a listing in five steps. The draft is kept at every step."""

from flask import jsonify, redirect, render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.joint.alike import is_question
from matchmaker.listings.actions import change_kind as give_kind
from matchmaker.listings.actions import problems_with, save_draft
from matchmaker.listings.keeping import keep_typed
from matchmaker.listings.kinds import fields_for
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import listing_for_owner
from matchmaker.listings.reach import reach_of
from matchmaker.listings.rules import allows
from matchmaker.listings.suggesting import likely_work_fields, suggested_study_fields, suggested_work_fields
from matchmaker.listings.values import InvalidListing
from matchmaker.listings.writing import problems_in
from matchmaker.organisations.queries import programmes_of, teams_of
from matchmaker.reference import work_fields
from matchmaker.vocabulary import Kind
from matchmaker.web.posting.advice import advice_for, compared
from matchmaker.web.posting.forms import FORMS, ForWhomForm, KindForm, StepForm, WhatForm
from matchmaker.web.posting.pages import Posting
from matchmaker.web.sign_in_state import acting, me, my_organisation
from matchmaker.words.dates import say_time
from matchmaker.words.errors import sentence_for
from matchmaker.words.listings import all_facts, poster_line

TEMPLATES = {"wat": "posting/what.html", "voor-wie": "posting/for_whom.html", "wanneer": "posting/when.html"}


def post(posting: Posting) -> Response | str:
    """Step 1 of something new: choosing a kind makes the draft."""
    form = KindForm()
    form.offer_kinds(posting.kinds)
    if not form.is_submitted():
        form.kind.data = posting.kinds[0].value if len(posting.kinds) == 1 else request.args.get("soort")
    if form.validate_on_submit():
        listing = save_draft(
            None,
            side=posting.side,
            kind=Kind(form.kind.data),
            organisation=my_organisation(),
            values=_first_values(posting, Kind(form.kind.data)),
            by=me(),
        )
        db.session.commit()
        return redirect(posting.step_url(listing, "wat"))
    return _kind_page(posting, form, None)


def change_kind(posting: Posting, reference: str) -> Response | str:
    """Step 1 again, for a draft."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    if not allows(listing, "change_kind"):
        return redirect(posting.step_url(listing, "wat"))
    form = KindForm(kind=listing.kind.value)
    form.offer_kinds(posting.kinds)
    if form.validate_on_submit():
        give_kind(listing, Kind(form.kind.data), by=me())
        db.session.commit()
        return redirect(posting.step_url(listing, "wat"))
    return _kind_page(posting, form, listing)


def edit(posting: Posting, reference: str, step: str) -> Response | str:
    """Steps 2 to 4. What cannot be true is said at its field, and nothing that was typed is lost."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    if not allows(listing, "save"):
        return redirect(posting.url("show", reference=reference))
    form = FORMS[step](listing)
    _fill_choices(form, listing)
    current = form.is_current(listing)
    if form.is_submitted() and not form.validate():
        form.refuse_further(problems_in(listing, form.values()))
    elif form.is_submitted() and current and _save(form, listing):
        db.session.commit()
        return redirect(posting.after(listing, step))
    return render_template(
        TEMPLATES[step],
        posting=posting,
        listing=listing,
        form=form,
        step=step,
        wizard_steps=posting.wizard_steps(listing, step),
        advice=advice_for(listing, form),
        proposed_work=suggested_work_fields(listing.title, listing.text),
        proposed_studies=suggested_study_fields(listing.title, listing.text),
        is_question=is_question(listing),
    )


def keep(posting: Posting, reference: str, step: str) -> Response | tuple[Response, int]:
    """Keep a draft while someone types. A field that cannot be kept yet stops nothing; another's change is never
    overwritten."""
    listing = listing_for_owner(reference, my_organisation())
    form = FORMS[step](listing)
    _fill_choices(form, listing)
    if not allows(listing, "keep") or not form.sent_from(listing.version):
        return jsonify({"said": gettext(
            "Niet opgeslagen. U of een collega heeft dit in een ander venster veranderd. "
            "Er is niets weg. Druk op Bewaar, dan ziet u beide versies."
        )}), 409  # fmt: skip
    form.validate()
    left = keep_typed(listing, form.right_values(), by=me()) | form.wrong_fields()
    db.session.commit()
    return jsonify({"version": str(listing.version), "saved": _said_of_keeping(len(left))})


def advise(posting: Posting, reference: str) -> Response:
    """What stands beside the text, for what is being typed now. Changes nothing."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    form = WhatForm(listing)
    advice = advice_for(listing, form)
    return jsonify(
        {
            f"hulp-{part}": render_template(f"posting/advice/{part}.html", advice=advice, posting=posting)
            for part in ("niveau", "woorden", "compleet", "werk", "studie", "bereik", "eerder")
        }
    )


def preview(posting: Posting, reference: str) -> str:
    """Step 5: how the other side sees it, what is missing, and the button that puts it online."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    return render_template(
        "posting/preview.html",
        posting=posting,
        listing=listing,
        facts=[(fact.name, fact.value) for fact in all_facts(listing)],
        poster=poster_line(listing),
        problems=[_problem(posting, listing, problem) for problem in problems_with(listing)],
        reach=reach_of(listing),
        advice=advice_for(listing),
        compared=compared(listing),
        wizard_steps=posting.wizard_steps(listing, "controle") if allows(listing, "change_kind") else [],
    )


def _said_of_keeping(left: int) -> str:
    said = gettext("Opgeslagen om %(time)s.", time=say_time(now()))
    waits = ngettext(
        "%(num)d veld is nog niet compleet en wordt nog niet bewaard.",
        "%(num)d velden zijn nog niet compleet en worden nog niet bewaard.",
        left,
    )
    return f"{said} {waits}" if left else said


def _problem(posting: Posting, listing: Listing, problem: InvalidValue) -> dict[str, str]:
    """What is still needed, and the address of the field where it is asked."""
    names = {"title": gettext("Titel"), "text": gettext("Tekst"), "place": gettext("Plaats")}
    step = "wat" if problem.field in WhatForm.__dict__ else "wanneer"
    return {
        "url": f"{posting.step_url(listing, step)}#{problem.field}",
        "name": names.get(problem.field, gettext("Wanneer")),
        "text": sentence_for(problem),
    }


def _kind_page(posting: Posting, form: KindForm, listing: Listing | None) -> str:
    return render_template(
        "posting/kind.html", posting=posting, form=form, wizard_steps=posting.wizard_steps(listing, "soort")
    )


def _first_values(posting: Posting, kind: Kind) -> dict[str, object]:
    """What is known before anything is typed: the team of whoever posts, Dutch as the language, and the field of work
    the address asks for."""
    membership = acting()
    known: dict[str, object] = {"languages": ["nl"]}
    if (field := request.args.get("werkveld")) in {each.code for each in work_fields()}:
        known["work_fields"] = [field]
    if membership is not None and membership.team_id is not None and "team_id" in fields_for(kind, posting.side):
        known["team_id"] = membership.team_id
    return known


def _fill_choices(form: StepForm, listing: Listing) -> None:
    organisation = my_organisation()
    if isinstance(form, WhatForm):
        form.offer_rows(
            [(str(team.id), team.name) for team in teams_of(organisation)] if "team" in form else [],
            [(str(row.id), row.name) for row in programmes_of(organisation)] if "programme" in form else [],
        )
    if isinstance(form, ForWhomForm):
        work = suggested_work_fields(listing.title, listing.text)
        if not form.is_submitted() and not listing.work_fields:
            form.work_fields.data = likely_work_fields(listing.title, listing.text)
        form.offer_work([*(form.work_fields.data or []), *work])
        form.offer_studies(suggested_study_fields(listing.title, listing.text))


def _save(form: StepForm, listing: Listing) -> bool:
    """Keep it; False when the domain found something that cannot be, which then stands at its field."""
    try:
        save_draft(
            listing,
            side=listing.side,
            kind=listing.kind,
            organisation=my_organisation(),
            values=form.values(),
            by=me(),
        )
    except InvalidListing as refused:
        form.refuse_further(refused.problems)
        return False
    return True
