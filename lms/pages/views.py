"""Home, the statements the law asks for, and health."""

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from lms.db import session
from lms.establishments import queries as establishments
from lms.forms import Form
from lms.pages.schemas import CodeSchema
from lms.security import public, slow_down
from lms.settings import current_settings

bp = Blueprint("pages", __name__)


@bp.get("/")
@public
def home() -> AnyResponse | str:
    """To the establishment's page where the installation has one; else the site code form."""
    code = current_settings().home_site
    site = establishments.find_site(code) if code else None
    if site is not None:
        return redirect(url_for("learn.site", code=site.site_code), 302)
    return render_template("pages/home.html", form=Form(CodeSchema()))


@bp.route("/code", methods=["GET", "POST"])
@public
def find_site() -> AnyResponse | str | tuple[str, int]:
    """From a typed code to the establishment's page; a wrong one stays in the field."""
    form = Form(CodeSchema())
    if form.is_submitted_and_valid():
        slow_down("site-code", a_minute=60)
        site = establishments.find_site(form.data["code"])
        if site is not None:
            return redirect(url_for("learn.site", code=site.site_code), 303)
        form.errors["code"] = [
            _("Aucun établissement n’a ce code. Vérifiez les six caractères sur l’affiche.")
        ]
    return render_template("pages/home.html", form=form), 422 if form.errors else 200


@bp.get("/accessibilite")
@public
def accessibility() -> str:
    """The accessibility statement (law 2005-102, article 47)."""
    return render_template("pages/accessibility.html")


@bp.get("/mentions-legales")
@public
def legal() -> str:
    """Who publishes, under which licence, and what is kept about visitors."""
    return render_template("pages/legal.html")


@bp.get("/health")
@public
def health() -> Response:
    """For the load balancer: 200 when the database answers."""
    session.execute(sa.text("SELECT 1"))
    response = jsonify(status="ok")
    response.headers["Cache-Control"] = "no-store"
    return response
