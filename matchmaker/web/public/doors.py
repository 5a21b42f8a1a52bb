"""The three doors of the front page: student, school, municipality, each with where they lead."""

from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_login import current_user

from matchmaker.vocabulary import PLACEMENT_KINDS, Kind
from matchmaker.web.guards import MUNICIPALITY, SCHOOL
from matchmaker.web.sign_in_state import has_role


def doors() -> list[dict[str, Any]]:
    """Who, sign, title, text and links of each door.

    What needs an account leads to signing in first; who is signed in with another role gets the public page instead.
    """
    return [
        {
            "who": "student",
            "sign": "backpack",
            "title": gettext("Ik ben student"),
            "text": gettext("Vind een plek die past bij je opleiding. Je ziet meteen wat de gemeente ervoor geeft."),
            "links": [
                _link(gettext("Zoek een stage"), _offers(*sorted(PLACEMENT_KINDS - {Kind.GRADUATION}))),
                _link(gettext("Zoek een afstudeeropdracht"), _offers(Kind.GRADUATION)),
                _link(gettext("Zo maak je een goede start"), url_for("public.show_help") + "#student"),
            ],
        },
        {
            "who": "school",
            "sign": "school",
            "title": gettext("Ik werk bij een school"),
            "text": gettext("Stel één vraag. Het loket zoekt de juiste collega bij de gemeente."),
            "links": [
                _link(gettext("Vraag een gastspreker"), _ask(Kind.LECTURE)),
                _link(gettext("Plaats een groep studenten"), _ask(Kind.WORK)),
                _link(gettext("Zoek een lid voor uw werkveldcommissie"), _ask(Kind.SEAT)),
            ],
        },
        {
            "who": "gemeente",
            "sign": "landmark",
            "title": gettext("Ik werk bij een gemeente"),
            "text": gettext("Zet een plek online in een paar minuten. U ziet meteen welke opleidingen passen."),
            "links": [
                _link(gettext("Bied een plek aan"), _offer()),
                _link(gettext("Bekijk vragen van scholen"), url_for("public.browse_needs")),
                _link(gettext("Open een loket"), url_for("public.show_help") + "#gemeente"),
            ],
        },
    ]


def _link(label: str, url: str) -> dict[str, str]:
    return {"label": label, "url": url}


def _offers(*kinds: Kind) -> str:
    return url_for("public.browse_offers", soort=[kind.value for kind in kinds])


def _ask(kind: Kind) -> str:
    if has_role(*SCHOOL):
        return url_for("school.post_need", soort=kind.value)
    return url_for("public.choose_desk", soort=kind.value)


def _offer() -> str:
    target = url_for("municipality.post_offer")
    if has_role(*MUNICIPALITY):
        return target
    if current_user.is_authenticated:
        return url_for("public.show_help") + "#gemeente"
    return url_for("account.sign_in", next=target)
