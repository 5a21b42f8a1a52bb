"""Every audience's pages."""

from flask import Blueprint

from matchmaker.web.account import account
from matchmaker.web.admin import admin
from matchmaker.web.agreements import agreements, signing_links
from matchmaker.web.committees import committees
from matchmaker.web.committees.links import committee_links
from matchmaker.web.desk import desk
from matchmaker.web.feeds import feeds
from matchmaker.web.insights import insights
from matchmaker.web.links import links
from matchmaker.web.municipality import municipality
from matchmaker.web.operation import operation
from matchmaker.web.public import public
from matchmaker.web.school import school
from matchmaker.web.student import student
from matchmaker.web.together import together
from matchmaker.web.together.links import appointment_links
from matchmaker.web.together.material_links import session_links
from matchmaker.web.together.placements import placement_links, placements

BLUEPRINTS: tuple[Blueprint, ...] = (
    public, account, student, school, municipality, desk, links, together, appointment_links, session_links,
    feeds, insights, committees, committee_links, placements, placement_links, agreements, signing_links, admin,
    operation,
)  # fmt: skip
