"""resolve: a course, laid over, for one establishment, in one language, is a Path. Pure, and the only way.

The order matters: overlays first (they may speak of parts that do not hold here), then `when`, then words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lms.catalog.addresses import VERBATIM, list_addresses, put, value_at
from lms.catalog.arrange import arranged, stem_of
from lms.catalog.course import Course
from lms.catalog.duration import estimate
from lms.catalog.overlays import Overlay, lay
from lms.catalog.path import (
    Card,
    Choice,
    ContactCard,
    Icon,
    Link,
    Message,
    Path,
    Picture,
    Question,
    QuestionType,
    Reference,
    Step,
    TimedQuestion,
    VideoStep,
)
from lms.catalog.placeholders import Filler, PathProblem
from lms.errors import Unavailable
from lms.establishments.inherit import Profile
from lms.establishments.labels import field_label, role_label
from lms.i18n import lazy_gettext as _l
from lms.i18n import typeset
from lms.media.film import Film, Look, Scene

SHOWN_IN_FILM = ("label", "name", "phone", "extension", "hours", "email")
"""What a closing scene shows of a contact."""


class PathIncomplete(Unavailable):
    """The establishment has not filled in something the course needs.

    A learner is told that the path is not ready; `problems` tell a trainer what is missing, and where.
    """

    code = "path_incomplete"
    message = _l("Ce parcours n’est pas encore prêt dans cet établissement.")
    advice = _l("Choisissez un autre parcours, et prévenez la personne qui gère les contacts.")

    def __init__(self, title: str, problems: Iterable[PathProblem]) -> None:
        super().__init__()
        self.title_of_course = title
        self.problems = tuple(dict.fromkeys(problems))

    def __str__(self) -> str:
        return f"{self.title_of_course}: {', '.join(map(str, self.problems))}"


def resolve(course: Course, *, overlays: Sequence[Overlay], profile: Profile, language: str) -> Path:
    """The path of `course` for `profile` in `language`.

    Overlays are laid after the translation, in the order given (nation first, site last). Raises
    PathIncomplete, with every problem, and KeyError for a language the course does not have.
    """
    document = course.document()
    lay(document, (*course.translation(language), *overlays), language)
    document = arranged(document, profile.rules)
    filler = Filler(profile, document["fallbacks"], language)
    _fill(document, filler)
    path = _Builder(course, document, filler).path()
    if filler.problems:
        raise PathIncomplete(course.title, filler.problems)
    return path


def _fill(document: dict[str, Any], filler: Filler) -> None:
    """Fill every word that is shown; fallback phrases are read through the placeholders they serve."""
    document["fallbacks"] = {}
    for address, keys in list_addresses(document).items():
        verbatim = address.rpartition(".")[2] in VERBATIM
        put(document, keys, filler.fill(address, value_at(document, keys), verbatim=verbatim))


class _Builder:
    """Makes the frozen values out of a filled document."""

    def __init__(self, course: Course, document: Mapping[str, Any], filler: Filler) -> None:
        self.course = course
        self.document = document
        self.filler = filler
        self.profile = filler.profile
        self.language = filler.language

    def path(self) -> Path:
        document = self.document
        steps = tuple(self._step(step) for step in document["steps"])
        return Path(
            course=self.course.slug,
            version=document["version"],
            language=self.language,
            title=document["title"],
            summary=document["summary"],
            gesture=document["gesture"],
            audience=document["audience"],
            themes=tuple(document["themes"]),
            sources=tuple(Reference(**{"url": None, **source}) for source in document["sources"]),
            scored=document["scored"],
            pass_mark=document["pass_mark"],
            estimate_seconds=estimate(steps, gesture=document["gesture"]).seconds,
            steps=steps,
            contacts=self._contacts("contacts", document["contacts"]),
        )

    def _step(self, step: Mapping[str, Any]) -> Step:
        if step["kind"] == "video":
            return self._video(step)
        return self._question(step) if step["kind"] == "question" else self._card(step)

    def _video(self, step: Mapping[str, Any]) -> VideoStep:
        stem = stem_of(step)
        storyboard = self.document["storyboards"][stem]
        look = Look(
            palette=self.profile.palette,
            establishment=self.filler.local_value("establishment.name"),
            short_name=self.filler.local_value("establishment.short_name"),
            logo_svg=self.profile.logo.svg if self.profile.logo else None,
            logo_png=None
            if self.profile.logo is None or self.profile.logo.kind != "png"
            else self.profile.logo.content,
        )
        scenes = tuple(self._scene(stem, scene) for scene in storyboard["scenes"])
        film = Film(language=self.language, title=storyboard["title"], look=look, scenes=scenes)
        timed = tuple(TimedQuestion(asked["at"], self._question(asked)) for asked in step["questions"])
        return VideoStep(step["id"], step["title"], film, timed)

    def _scene(self, stem: str, data: Mapping[str, Any]) -> Scene:
        scene = Scene.from_storyboard(data)
        if "contact" not in scene.fields:
            return scene
        card = self._contact(f"{stem}.{scene.id}.contact", scene.fields["contact"])
        told = {name: getattr(card, name) for name in SHOWN_IN_FILM}
        if card.extension:
            told["extension"] = f"{field_label('extension', self.language)} {card.extension}"
        if not (card.phone or card.email):
            told["name"] = card.note
        return replace(scene, fields={**scene.fields, "contact": told})

    def _question(self, asked: Mapping[str, Any]) -> Question:
        in_order = asked["type"] == "order"
        return Question(
            id=asked["id"],
            type=QuestionType(asked["type"]),
            prompt=asked["prompt"],
            choices=tuple(
                Choice(
                    id=name,
                    text=choice.get("text", ""),
                    right=in_order or choice.get("right", False),
                    feedback=choice["feedback"],
                    on=choice.get("on"),
                    area=tuple(choice["area"]) if "area" in choice else None,
                )
                for name, choice in asked["choices"].items()
            ),
            explanation=asked["explanation"],
            message=_message(asked["message"]) if "message" in asked else None,
            picture=self._picture(asked["picture"]) if "picture" in asked else None,
        )

    def _picture(self, picture: Mapping[str, Any]) -> Picture:
        drawing = self.course.drawing(picture["file"])
        return Picture(picture["file"], picture["alt"], drawing.svg, drawing.width, drawing.height)

    def _card(self, step: Mapping[str, Any]) -> Card:
        drawn = step.get("illustration")
        illustration: Picture | Icon | None = None
        if drawn is not None:
            illustration = Icon(drawn["icon"]) if "icon" in drawn else self._picture(drawn)
        return Card(
            id=step["id"],
            title=step["title"],
            text=step["text"],
            illustration=illustration,
            contacts=self._contacts(f"steps.{step['id']}.contacts", step["contacts"]),
            shows_gesture=step["shows_gesture"],
        )

    def _contacts(self, address: str, roles: Sequence[str]) -> tuple[ContactCard, ...]:
        return tuple(self._contact(address, role) for role in roles)

    def _contact(self, address: str, role: str) -> ContactCard:
        """A contact that can be neither called nor written to carries the course's phrase as its note."""
        contact = self.profile.contacts.get(role)
        label = role_label(role, self.language)
        if contact is not None and (contact.phone or contact.email):
            said = (contact.name, contact.hours, contact.note)
            name, hours, note = (typeset(text, self.language) for text in said)
            return ContactCard(
                role, label, name, contact.phone, contact.extension, contact.email, hours, note
            )
        spoken = (f"contact.{role}", f"contact.{role}.phone", f"contact.{role}.email")
        phrase = next((one for one in spoken if one in self.filler.fallbacks), None)
        if phrase is None:
            self.filler.miss(address, f"contact.{role}.phone")
        told = self.filler.phrase(address, phrase) if phrase else None
        return ContactCard(role, label, name="", phone="", extension="", email="", hours="", note=told or "")


def _message(data: Mapping[str, Any]) -> Message:
    return Message(
        from_name=data["from_name"],
        from_address=data["from_address"],
        subject=data["subject"],
        body=tuple(data["body"]),
        link=Link(**data["link"]) if "link" in data else None,
        attachment=data.get("attachment"),
    )
