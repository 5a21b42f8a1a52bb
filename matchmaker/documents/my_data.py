"""The page in a copy of someone's own data: what is kept of them, in words, to read without this site."""

from collections.abc import Sequence

from flask import current_app
from flask_babel import force_locale

from matchmaker.accounts.models import Account
from matchmaker.clock import now
from matchmaker.privacy.my_data import Section
from matchmaker.words.my_data import column_name, table_name
from matchmaker.words.my_data_values import value_text


def render_my_data(account: Account, sections: Sequence[Section], files: Sequence[str]) -> str:
    """One page of HTML in the language of its reader."""
    return render_data(account.display_name, account.language, sections, files)


def render_data(name: str, language: str, sections: Sequence[Section], files: Sequence[str]) -> str:
    """The same for who has no account."""
    with force_locale(language):
        shown = [
            (
                table_name(section.table),
                [
                    [(column_name(name), value_text(name, value)) for name, value in line.items()]
                    for line in section.lines
                ],
            )
            for section in sections
        ]
        template = current_app.jinja_env.get_template("account/data_file.html")
        return template.render(language=language, name=name, sections=shown, files=files, moment=now())
