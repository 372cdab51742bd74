"""The player: from a link, a QR code or a typed code to a completed path.

No cookie and nothing in an address: the page holds a bearer token (design D3). The routes under
`/attempts` answer the player's script in JSON, except `step`, which is the player without script.
"""

from uuid import uuid4

import orjson
from flask import Blueprint, Response, render_template, request
from flask_babel import force_locale
from marshmallow import Schema, ValidationError

from lms.catalog import queries as catalog
from lms.catalog.path import Path, VideoStep
from lms.errors import Invalid
from lms.establishments import queries as establishments
from lms.establishments.models import Establishment
from lms.i18n import current_language
from lms.learn import plain, services
from lms.learn.schemas import AnswerSchema, ResumeSchema, StartSchema, dump_judgement, dump_result
from lms.learn.services import PathChanged
from lms.media import queries as media
from lms.media import services as media_services
from lms.qr import public_address, qr_response
from lms.security import public, slow_down
from lms.settings import current_settings

bp = Blueprint("learn", __name__)

START, ANSWER, RESUME = StartSchema(), AnswerSchema(), ResumeSchema()
OPENED = 10
"""Priority of a film whose page is open: it is rendered before those nobody waits for."""


class Unreadable(Invalid):
    """The page sent something that does not have the expected shape."""

    code = "unreadable"


def read_json(schema: Schema) -> dict:
    """The JSON body checked by `schema`. Raises Unreadable."""
    try:
        body = orjson.loads(request.get_data(cache=False))
        return schema.load(body if isinstance(body, dict) else {})
    except (orjson.JSONDecodeError, ValidationError) as fault:
        raise Unreadable() from fault


def bearer() -> str:
    """The token in the Authorization header, or nothing (RFC 6750 §2.1)."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def reply(body: dict, status: int = 200) -> Response:
    """JSON that no cache keeps."""
    response = Response(orjson.dumps(body), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def open_path(site: Establishment, slug: str, language: str) -> Path:
    """The path as this site plays it. Raises CourseUnknown or PathIncomplete."""
    return catalog.get_path(establishments.get_profile(site), slug, language)


@bp.get("/p/<string:code>")
@public
def site(code: str) -> str:
    """The establishment's page: its paths."""
    profile = establishments.get_profile(establishments.get_site(code))
    paths, refused = catalog.list_paths(profile, current_language())
    return render_template("learn/site.html", profile=profile, paths=paths, refused=refused)


@bp.get("/p/<string:code>/qr")
@public
def codes(code: str) -> str:
    """The site code and the QR code of each path, to print or download."""
    profile = establishments.get_profile(establishments.get_site(code))
    paths, _refused = catalog.list_paths(profile, current_language())
    address = public_address("learn.site", code=profile.site_code)
    return render_template("learn/codes.html", profile=profile, paths=paths, address=address)


def films_of(path: Path) -> list:
    """The films of a path, in order."""
    return [step.film for step in path.steps if isinstance(step, VideoStep)]


@bp.get("/p/<string:code>/<string:course>")
@public
def path(code: str, course: str) -> str:
    """The cover of a path and, for the script, its steps; never the right choices."""
    found = establishments.get_site(code)
    profile = establishments.get_profile(found)
    played = catalog.get_path(profile, course, current_language())
    films = {film.hash: media_services.request_rendition(film, priority=OPENED) for film in films_of(played)}
    return render_template(
        "learn/path.html", site=found, profile=profile, path=played, films=films,
        units=establishments.list_units(found) if profile.asks_unit else (),
        idle_seconds=current_settings().idle_seconds,
    )  # fmt: skip


@bp.get("/p/<string:code>/<string:course>/qr.<any(svg, png):kind>")
@public
def qr(code: str, course: str, kind: str) -> Response:
    """The QR code of a path's link, to print or to show to a phone."""
    found = establishments.get_site(code)
    open_path(found, course, current_language())
    return qr_response("learn.path", kind, code=str(found.site_code), course=course)


@bp.post("/p/<string:code>/<string:course>/attempts")
@public
def begin(code: str, course: str) -> Response:
    """Begin an attempt; the token goes to the page that asked."""
    data = read_json(START)
    found = establishments.get_site(code)
    played = open_path(found, course, data.get("language") or current_language())
    if data.get("path_hash") != played.hash:
        raise PathChanged()
    token = services.begin_attempt(
        establishment=found, path=played, unit_id=data.get("unit"), shift=data.get("shift")
    )
    return reply({"token": token}, 201)


@bp.post("/attempts/answers")
@public
def answer() -> Response:
    """Judge and keep one answer; durable before the reply leaves."""
    data = read_json(ANSWER)
    judgement, result = services.record_answer(
        token=bearer(), answer_id=data["answer_id"], item_id=data["item"], chosen=data["choices"]
    )
    body = dump_judgement(data["item"], judgement)
    return reply(body | {"completed": result is not None, "result": dump_result(result)})


@bp.get("/attempts/state")
@public
def state() -> Response:
    """Where an attempt stands, for a page that was reloaded or resumed."""
    progress = services.get_progress(bearer())
    answers = [dump_judgement(item, judged) for item, judged in progress.judgements.items()]
    return reply(
        {
            "path_hash": progress.path.hash,
            "language": progress.path.language,
            "answers": answers,
            "next_item": progress.next_item,
            "completed": progress.result is not None,
            "result": dump_result(progress.result),
        }
    )


@bp.post("/attempts/resume-code")
@public
def resume_code() -> Response:
    """A code to go on with the attempt on another screen."""
    hours = int(services.LIFETIME.total_seconds() // 3600)
    return reply({"code": services.make_resume_code(bearer()), "hours": hours}, 201)


@bp.post("/p/<string:code>/<string:course>/resume")
@public
def resume(code: str, course: str) -> Response | str:
    """Take an attempt over with its code: JSON for the script, the next step without it."""
    typed = read_json(RESUME)["code"] if request.is_json else request.form.get("code", "")
    slow_down("resume", a_minute=20)
    found = establishments.get_site(code)
    token = services.resume_attempt(establishment=found, course=course, code=typed)
    if request.is_json:
        return reply({"token": token})
    return show_step(token, services.get_progress(token))


@bp.post("/p/<string:code>/<string:course>")
@public
def begin_plainly(code: str, course: str) -> str:
    """Begin without script: the answer is the page of the first step."""
    found = establishments.get_site(code)
    played = open_path(found, course, current_language())
    token = services.begin_attempt(establishment=found, path=played, **plain.read_start(request.form))
    return show_step(token, services.get_progress(token))


@bp.post("/attempts/step")
@public
def step() -> str | tuple[str, int]:
    """One step without script: keep the answer, then show its judgement or the next step."""
    token, item_id = request.form.get("token", ""), request.form.get("item", "")
    progress = services.get_progress(token)
    if not item_id:
        return show_step(token, progress)
    chosen, fault = plain.read_choices(progress.path, item_id, request.form)
    if fault:
        return show_step(token, progress, fault=fault, chosen=chosen), 422
    judgement, _result = services.record_answer(
        token=token, answer_id=plain.read_answer_id(request.form), item_id=item_id, chosen=chosen
    )
    return show_step(token, services.get_progress(token), judged=item_id if judgement else None)


def show_step(
    token: str, progress: services.Progress, *, judged: str | None = None, fault: str = "", chosen: tuple = ()
) -> str:
    """The page of the next step, of the judgement of `judged`, or of the end."""
    site = establishments.get_establishment(progress.establishment_id)
    item_id = judged or progress.next_item
    template = "learn/step.html" if item_id else "learn/finished.html"
    films = media.list_renditions([film.hash for film in films_of(progress.path)])
    with force_locale(progress.path.language):
        return render_template(
            template, site=site, profile=establishments.get_profile(site), path=progress.path, token=token,
            progress=progress, item=progress.path.find_item(item_id) if item_id else None,
            judgement=progress.judgements.get(judged) if judged else None, answer_id=uuid4(),
            fault=fault, chosen=chosen, films=films,
        )  # fmt: skip
