"""All schools, and the page of each: its faculties, programmes and open needs."""

from flask import render_template, request

from matchmaker.errors import NotFound
from matchmaker.listings.search.browse import count, first_of
from matchmaker.listings.search.filters import Filter
from matchmaker.organisations.queries import organisation_by_slug, organisations_of_kind
from matchmaker.reference import fold, provinces
from matchmaker.vocabulary import OrganisationKind, Sector, Side
from matchmaker.web.public import public
from matchmaker.web.public.cards import cards
from matchmaker.web.public.paging import page_of

MOST_SHOWN = 12


@public.get("/scholen")
def list_schools() -> str:
    typed, sector = request.args.get("q", "").strip()[:100], request.args.get("soort", "")
    wanted = fold(typed)
    found = [
        each
        for each in organisations_of_kind(OrganisationKind.INSTITUTION)
        if (not wanted or wanted in fold(f"{each.name} {each.place}"))
        and (sector not in set(Sector) or each.sector == sector)
    ]
    return render_template(
        "public/schools.html", page=page_of(found, request.args), typed=typed, sector=sector, sectors=list(Sector)
    )


@public.get("/scholen/<slug>")
def show_school(slug: str) -> str:
    school = organisation_by_slug(OrganisationKind.INSTITUTION, slug[:160])
    if school is None:
        raise NotFound("school")
    own = Filter(side=Side.NEED, organisations=(school.slug,))
    return render_template(
        "public/school.html",
        school=school,
        province=next((each.name for each in provinces() if each.code == school.province), ""),
        needs=cards(first_of(own, MOST_SHOWN)),
        total=count(own),
    )
