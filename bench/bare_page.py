"""The peer of figure 8: the barest page Flask-SQLAlchemy gives of twenty open offers of the same database.

No facets, no login, no translation, no layout: one query on the right index with what is shown, one template.
"""

import os

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, joinedload

from matchmaker.listings.models import Listing

PAGE = """<!doctype html><html lang="nl"><title>Aanbod</title><h1>Aanbod</h1>
{% for each in listings %}<article><h2><a href="/aanbod/{{ each.reference }}">{{ each.title }}</a></h2>
<p>{{ each.organisation.name }}, {{ each.place }}</p>
<p>{{ each.kind.value }} {{ each.levels|join(", ") }} {{ each.work_fields|join(", ") }} {{ each.mode.value }}</p>
<p>{{ each.starts_on or "" }} {{ each.hours_min or "" }} {{ each.hours_max or "" }}</p>
<p>{{ each.places - each.places_taken }} / {{ each.places }} {{ each.respond_before or "" }}</p>
</article>{% endfor %}</html>"""


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
page = app.jinja_env.from_string(PAGE)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1)
db.init_app(app)


@app.get("/aanbod")
def offers() -> str:
    newest = (
        select(Listing)
        .where(Listing.side == "offer", Listing.status == "published", Listing.places_left > 0)
        .order_by(Listing.published_at.desc(), Listing.id.desc())
        .limit(20)
        .options(joinedload(Listing.organisation))
    )
    return render_template(page, listings=db.session.scalars(newest).all())
