"""`lms courses check`: what an author runs before anybody plays the course."""

from pathlib import Path

import click
from flask.cli import AppGroup

from lms.catalog.course import Course
from lms.catalog.faults import InvalidCourse
from lms.catalog.loader import load_course
from lms.catalog.path_checks import longest
from lms.catalog.queries import list_folders
from lms.catalog.resolve import PathIncomplete, resolve
from lms.establishments.inherit import Profile
from lms.establishments.queries import get_profile, get_site
from lms.i18n import typeset

cli = AppGroup("courses", help="Vérifier les cours.")

COLUMNS = "{:<32} {:>6} {:>8} {:>9} {:>6}  {:<8} {}"


@cli.command("check")
@click.argument("slugs", nargs=-1)
@click.option("--site", "code", help="Vérifier aussi que ce site (code à six signes) peut jouer les cours.")
def check(slugs: tuple[str, ...], code: str | None) -> None:
    """Relire des cours (tous par défaut) et dire chaque faute, avec son fichier, sa ligne et sa colonne."""
    profile = get_profile(get_site(code)) if code else None
    folders = {folder.name: folder for folder in list_folders()}
    for slug in slugs:
        if slug not in folders:
            raise click.ClickException(f"Aucun cours « {slug} ». Cours : {', '.join(folders) or 'aucun'}.")
    click.echo(COLUMNS.format("cours", "vidéo", "lecture", "réponses", "total", "langues", "verdict"))
    told = [_check(folders[slug], profile) for slug in slugs or folders]
    for faults in told:
        for line in faults:
            click.echo(line, err=True)
    if any(told):
        raise SystemExit(1)


def _check(folder: Path, profile: Profile | None) -> list[str]:
    """Print the line of one course; give back its faults, one a line."""
    try:
        course = load_course(folder)
    except InvalidCourse as error:
        verdict = f"refusé, {len(error.faults)} faute(s)"
        click.echo(COLUMNS.format(folder.name, "–", "–", "–", "–", "–", verdict))
        return [f"{folder.name}/{fault}" for fault in error.faults]
    problems = _missing_at(course, profile) if profile else []
    duration = longest(course)
    seconds = (f"{part:.0f} s" for part in (duration.watching, duration.reading, duration.answering))
    verdict = f"refusé pour ce site, {len(problems)} manque(s)" if problems else "bon"
    total = f"{duration.seconds} s"
    click.echo(COLUMNS.format(folder.name, *seconds, total, ", ".join(course.languages), verdict))
    return problems


def _missing_at(course: Course, profile: Profile) -> list[str]:
    """What a site must fill in before it can play the course."""
    missing: dict[str, None] = {}
    for language in course.languages:
        try:
            resolve(course, overlays=(), profile=profile, language=language)
        except PathIncomplete as error:
            told = (f"{course.slug} : {problem}" for problem in error.problems)
            missing |= dict.fromkeys(typeset(line, "fr") for line in told)
    return list(missing)
