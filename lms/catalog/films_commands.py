"""`lms media …`: make the films before anybody waits for one, and see where they are.

The commands are named after what they make, and stand here because only the catalogue knows which films an
establishment's paths show; `media` draws what it is given.
"""

import time
from collections.abc import Iterator, Sequence

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from lms.catalog.path import VideoStep
from lms.catalog.queries import get_course, list_paths
from lms.db import transaction
from lms.establishments.models import Establishment
from lms.establishments.queries import get_profile, get_site, list_sites
from lms.i18n import LANGUAGES, typeset
from lms.media import queries, services, worker
from lms.media.film import Film
from lms.media.models import Rendition, RenditionState
from lms.serving import count_cores

ENDED = (RenditionState.READY, RenditionState.FAILED)
STATES = {
    RenditionState.READY: "prêtes",
    RenditionState.RUNNING: "en préparation",
    RenditionState.WAITING: "en attente",
    RenditionState.FAILED: "en échec",
}

cli = AppGroup("media", help="Vidéos : préparer toutes celles d’un établissement, voir où elles en sont.")


@cli.command("build")
@click.option("--site", "code", help="Code à six signes d’un site ; tous les sites par défaut.")
@click.option("--course", "slug", help="Un seul cours ; tous par défaut.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Une seule langue ; toutes par défaut.")
def build(code: str | None, slug: str | None, language: str | None) -> None:
    """Préparer les vidéos des parcours publiés ; ce qui est déjà prêt n’est pas refait."""
    sites = [get_site(code)] if code else list_sites()
    if slug:
        get_course(slug)
    films = {film.hash: film for site in sites for film in films_of(site, slug, language)}
    with transaction():
        services.retry_failed()
        for film in films.values():
            services.request_rendition(film)
    renditions = draw(films)
    failed = [rendition for rendition in renditions if rendition.state is RenditionState.FAILED]
    click.echo(f"{len(renditions) - len(failed)} vidéo(s) prête(s), {len(failed)} en échec.")
    for rendition in failed:
        click.echo(f"  {films[rendition.hash].title} : {rendition.reason}", err=True)
    if failed:
        raise SystemExit(1)


@cli.command("status")
def status() -> None:
    """Dire où en sont les vidéos, celles qui ne sont pas prêtes une par une."""
    counts = queries.count_by_state()
    click.echo(typeset(", ".join(f"{counts.get(state, 0)} {word}" for state, word in STATES.items()), "fr"))
    for rendition in queries.list_unfinished():
        share = typeset(f"{rendition.progress:.0%}".replace("%", " %"), "fr")
        told = rendition.reason or f"{share}, priorité {rendition.priority}, essai {rendition.tries}"
        title = rendition.film["title"].replace("\n", " ")
        click.echo(f"  {rendition.state.value:<8} {rendition.hash[:12]} {title} : {told}")


def films_of(site: Establishment, slug: str | None, language: str | None) -> Iterator[Film]:
    """The films of the paths a site publishes."""
    profile = get_profile(site)
    for spoken in profile.languages:
        if language in (None, spoken):
            paths, refused = list_paths(profile, spoken)
            for course in refused:
                if slug in (None, course.slug):
                    told = f"{site.name} : « {course.title} » n’est pas publié, il y manque un contact."
                    click.echo(told, err=True)
            for path in paths:
                if slug in (None, path.course):
                    yield from (step.film for step in path.steps if isinstance(step, VideoStep))


def draw(films: dict[str, Film]) -> Sequence[Rendition]:
    """Draw until each film is ready or given up, beside any worker that draws too; show how far it is."""
    words, share = TextColumn("{task.description}"), TextColumn("{task.percentage:>3.0f} %")
    with (
        Progress(words, BarColumn(), share, TimeElapsedColumn(), console=Console(stderr=True)) as progress,
        worker.drawing(lanes=max(1, count_cores() // 2)),
    ):
        bar = progress.add_task(f"{len(films)} vidéos", total=len(films) or 1)
        while True:
            with transaction():
                renditions = list(queries.list_renditions(films).values())
            done = sum(1 if one.state in ENDED else one.progress for one in renditions)
            ended = sum(one.state in ENDED for one in renditions)
            progress.update(bar, completed=done if films else 1, description=f"{ended}/{len(films)} vidéos")
            if ended == len(films):
                return renditions
            time.sleep(0.3)
