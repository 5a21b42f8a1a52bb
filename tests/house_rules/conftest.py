"""The demo as every role finds it, for the rules that are held against all of it."""

from tests.house_rules.grounds import grounds  # noqa: F401 - a fixture
