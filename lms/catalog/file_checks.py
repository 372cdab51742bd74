"""The files that stand beside `course.yaml`: storyboards, drawings, and the ones nobody asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lms.catalog.manuscript import COURSE_FILE, Manuscript
from lms.catalog.pictures import Drawing, UnsafeDrawing, read_drawing
from lms.catalog.shape import COURSE
from lms.catalog.yaml_positions import Keys


def check_storyboards(manuscript: Manuscript) -> None:
    """A storyboard tells one video, and its name does not hide a field of the course in addresses."""
    seen: dict[str, Keys] = {}
    for keys, name in manuscript.storyboards():
        if name in seen:
            message = f"« {name} » est déjà le storyboard d’une autre étape : un film par vidéo."
            manuscript.fault(COURSE_FILE, keys, message)
        elif name.removesuffix(".yaml") in (*COURSE.fields, "course"):
            manuscript.fault(COURSE_FILE, keys, "Ce nom est celui d’une clé du cours : changez-le.")
        seen.setdefault(name, keys)


def _pictures(manuscript: Manuscript) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for keys, question in manuscript.questions():
        if isinstance(question.get("picture"), Mapping):
            yield (*keys, "picture"), question["picture"]
    for keys, step in manuscript.steps():
        if step.get("kind") == "card" and isinstance(step.get("illustration"), Mapping):
            yield (*keys, "illustration"), step["illustration"]


def check_drawings(manuscript: Manuscript) -> dict[str, Drawing]:
    """Every drawing named is there, and only draws. Gives back the drawings by file name."""
    drawings: dict[str, Drawing] = {}
    for keys, picture in _pictures(manuscript):
        name = picture.get("file")
        if not isinstance(name, str) or not manuscript.is_sound(COURSE_FILE, (*keys, "file")):
            continue
        content = manuscript.read_bytes(name)
        if content is None:
            manuscript.fault(COURSE_FILE, (*keys, "file"), f"Le dessin « {name} » est introuvable.")
            continue
        try:
            drawings[name] = read_drawing(content)
        except UnsafeDrawing as fault:
            for message in fault.messages:
                manuscript.fault(name, (), message)
    return drawings


def check_stray_files(manuscript: Manuscript, languages: Sequence[str], drawings: Iterable[str]) -> None:
    """A course file that nothing names is most often a name mistyped somewhere."""
    named = {COURSE_FILE, *(f"{language}.yaml" for language in languages), *drawings}
    named |= {name for _keys, name in manuscript.storyboards()}
    named |= {str(picture.get("file")) for _keys, picture in _pictures(manuscript)}
    for file in sorted(manuscript.folder.iterdir()):
        if file.suffix in (".yaml", ".yml", ".svg") and file.name not in named:
            message = "Aucune étape n’utilise ce fichier : corrigez son nom, ou retirez-le."
            manuscript.fault(file.name, (), message)
