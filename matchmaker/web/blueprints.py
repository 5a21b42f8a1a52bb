"""Every audience's pages."""

from flask import Blueprint

from matchmaker.web.account import account
from matchmaker.web.admin import admin
from matchmaker.web.municipality import municipality
from matchmaker.web.public import public
from matchmaker.web.school import school

BLUEPRINTS: tuple[Blueprint, ...] = (public, account, school, municipality, admin)
