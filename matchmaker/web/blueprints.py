"""Every audience's pages."""

from flask import Blueprint

from matchmaker.web.account import account
from matchmaker.web.admin import admin
from matchmaker.web.desk import desk
from matchmaker.web.feeds import feeds
from matchmaker.web.insights import insights
from matchmaker.web.links import links
from matchmaker.web.municipality import municipality
from matchmaker.web.public import public
from matchmaker.web.school import school
from matchmaker.web.together import together
from matchmaker.web.together.lesson_links import session_links
from matchmaker.web.together.links import appointment_links

BLUEPRINTS: tuple[Blueprint, ...] = (
    public, account, school, municipality, desk, links, together, appointment_links, session_links, feeds, insights,
    admin,
)  # fmt: skip
