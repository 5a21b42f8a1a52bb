"""A browser as people call it, from what it says about itself."""

from flask_babel import gettext

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def say_device(user_agent: str) -> str:
    """Firefox op Windows; "Onbekend apparaat" for what nobody knows. The order matters: Edge also says Chrome."""
    browser = next((name for sign, name in _BROWSERS if f"{sign}/" in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    if browser and system:
        return gettext("%(browser)s op %(system)s", browser=browser, system=system)
    return browser or system or gettext("Onbekend apparaat")
