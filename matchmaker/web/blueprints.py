"""Every audience's pages."""

from flask import Blueprint

from matchmaker.web.account import account
from matchmaker.web.public import public

BLUEPRINTS: tuple[Blueprint, ...] = (public, account)
