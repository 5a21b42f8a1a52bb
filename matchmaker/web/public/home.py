"""The front door."""

from flask import render_template

from matchmaker.web.public import public


@public.get("/")
def show_home() -> str:
    return render_template("public/home.html")
