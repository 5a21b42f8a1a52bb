"""The demo as every role finds it, for the rules that are held against all of it."""

from tests.house_rules.grounds import demo_app, grounds  # noqa: F401 - fixtures
