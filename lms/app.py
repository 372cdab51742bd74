"""create_app: wires the plumbing, then each slice; the only module that knows them all."""

import os

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import assets, db, errors, headers, i18n, jobs, security
from lms.catalog import commands as catalog_commands
from lms.catalog import films_commands
from lms.establishments import commands as establishments_commands
from lms.establishments.brand_style import brand_css
from lms.learn import views as learn_views
from lms.media import views as media_views
from lms.media import worker as media_worker
from lms.pages import views as pages_views
from lms.settings import ROOT, Settings

SLICES = ("learn", "pages")
"""Slices that have templates: `learn/site.html` is `lms/learn/templates/site.html`."""

BLUEPRINTS = (media_views.bp, learn_views.bp, pages_views.bp)
COMMANDS = (establishments_commands.cli, catalog_commands.cli, films_commands.cli)
JOBS = (media_worker.JOB,)


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Raises SettingsError when the environment is at fault."""
    settings = settings or Settings.from_env(os.environ)
    app = Flask("lms", static_folder=None, root_path=str(ROOT / "lms"))
    app.config.update(
        ROOT=ROOT,
        MAX_CONTENT_LENGTH=1_000_000,
        COMPRESS_REGISTER=False,
        COMPRESS_MIMETYPES=["text/html", "application/json", "image/svg+xml"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
    )
    app.extensions["lms.settings"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.loader = template_loader()
    app.jinja_env.globals["brand_css"] = brand_css
    for plumbing in (errors, security, headers, i18n, assets):
        plumbing.init_app(app)
    db.init_app(app, settings.database_url, full_durability=settings.durability == "power")
    jobs.init_app(app, JOBS)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        # Replacing `wsgi_app` is how Flask's documentation adds a middleware; mypy sees a method.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def template_loader() -> ChoiceLoader:
    """Each slice's pages under its own name, and the frame they share under none."""
    slices = {name: FileSystemLoader(ROOT / "lms" / name / "templates") for name in SLICES}
    return ChoiceLoader([PrefixLoader(slices), FileSystemLoader(ROOT / "lms" / "templates")])
