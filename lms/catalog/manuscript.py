"""The files of one course's folder as they were typed, and the faults found in them so far.

Nothing here knows what makes a good course; it knows where each value was written.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from lms.catalog.content import ById
from lms.catalog.fault_messages import flat_messages, in_french, one_of
from lms.catalog.faults import CourseFault, expected_among
from lms.catalog.shape import COURSE, STORYBOARD, at, known_keys
from lms.catalog.yaml_positions import MAX_BYTES, Keys, Position, PositionedYaml, YamlFault, read_yaml
from lms.i18n import typeset

COURSE_FILE = "course.yaml"


class Manuscript:
    """One folder being read. `sheets` are the YAML files that could be read, by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slug = folder.name
        self.sheets: dict[str, PositionedYaml] = {}
        self.faults: list[CourseFault] = []
        self._faulty: dict[str, list[Keys]] = {}

    def read_bytes(self, name: str) -> bytes | None:
        """The content of a file, at most a little more than we accept; None when there is no such file."""
        try:
            with (self.folder / name).open("rb") as opened:
                return opened.read(MAX_BYTES + 1)
        except (OSError, ValueError):
            return None

    def read(self, name: str) -> PositionedYaml | None:
        """Read a YAML file of the folder once; a file that is missing or unreadable is a fault."""
        if name in self.sheets:
            return self.sheets[name]
        content = self.read_bytes(name)
        if content is None:
            self.fault(name, (), "Ce fichier est introuvable.")
            return None
        try:
            sheet = read_yaml(content)
        except YamlFault as fault:
            self._add(name, fault.position, (), "", fault.message)
            return None
        if not isinstance(sheet.data, Mapping):
            self.fault(name, (), "Ce fichier doit contenir des lignes « clé: valeur ».")
            return None
        self.sheets[name] = sheet
        return sheet

    def check_shape(self, name: str, schema: Schema) -> None:
        """Add a fault for everything in the file that its schema refuses."""
        try:
            schema.load(self.sheets[name].data)
        except ValidationError as error:
            for keys, message in flat_messages(error.messages):
                self._shape_fault(name, schema, keys, message)
        except OSError:  # the film engine looks an icon up by file name, and this one cannot be a file name
            self.fault(name, (), "Un nom d’icône est trop long.")

    def _shape_fault(self, name: str, schema: Schema, keys: Keys, message: str) -> None:
        shape, parent = at(schema, self.sheets[name].data, keys[:-1])
        known = known_keys(shape, parent)
        key = keys[-1] if keys else ""
        if known is not None and key not in known:
            self.fault(name, keys, f"Clé inconnue « {key} ». {expected_among(key, known)}", key=True)
            return
        found = parent[key] if isinstance(parent, Mapping) and key in parent else None
        if isinstance(parent, list) and isinstance(key, int) and key < len(parent):
            found = parent[key]
        if message == "Missing data for required field.":
            message = f"Il manque la clé « {key} »."
        is_key = isinstance(shape, ById) and shape.refuses(str(key))
        said = one_of(message, key if is_key else found) or in_french(message)
        self.fault(name, keys, said, key=is_key)

    def fault(self, name: str, keys: Keys, message: str, *, key: bool = False) -> None:
        """Add a fault at the value that stands at `keys` in the file (or at its key)."""
        sheet = self.sheets.get(name)
        position = sheet.at(keys, key=key) if sheet else Position()
        self._add(name, position, keys, self._field(name, keys), message)

    def _add(self, name: str, position: Position, keys: Keys, field: str, message: str) -> None:
        self._faulty.setdefault(name, []).append(keys)
        told = CourseFault(name, position.line, position.column, field, typeset(message, "fr"))
        self.faults.append(told)

    def is_sound(self, name: str, keys: Keys = ()) -> bool:
        """Whether the file was read and nothing at or below `keys`, or above it, is at fault."""
        return name in self.sheets and not any(
            faulty[: len(keys)] == keys or (faulty and keys[: len(faulty)] == faulty)
            for faulty in self._faulty.get(name, ())
        )

    def _field(self, name: str, keys: Keys) -> str:
        """The address of a field; a thing in a list is called by its id when it has one."""
        if name not in self.sheets:
            return ""
        value: Any = self.sheets[name].data
        names: list[str] = []
        for key in keys:
            parent = value
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                value = None
            own = value.get("id") if isinstance(parent, list) and isinstance(value, Mapping) else None
            names.append(own if isinstance(own, str) else str(key))
        return ".".join(names)

    def steps(self) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
        """The steps that can be told to be some, with their keys in `course.yaml`."""
        steps = self.sheets[COURSE_FILE].data.get("steps") if COURSE_FILE in self.sheets else None
        for rank, step in enumerate(steps if isinstance(steps, list) else ()):
            if isinstance(step, Mapping):
                yield ("steps", rank), step

    def questions(self) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
        """Every question, in a video or not, with its keys in `course.yaml`."""
        for keys, step in self.steps():
            if step.get("kind") == "question":
                yield keys, step
            timed = step.get("questions") if step.get("kind") == "video" else None
            for rank, question in enumerate(timed if isinstance(timed, list) else ()):
                if isinstance(question, Mapping):
                    yield (*keys, "questions", rank), question

    def storyboards(self) -> Iterator[tuple[Keys, str]]:
        """The storyboard files named by videos, with the keys of their names in `course.yaml`."""
        for keys, step in self.steps():
            name = step.get("storyboard")
            if step.get("kind") == "video" and isinstance(name, str):
                yield (*keys, "storyboard"), name

    def document(self) -> dict[str, Any]:
        """The course document (see `addresses.py`) of a manuscript whose shape is sound."""
        loaded: dict[str, Any] = COURSE.load(self.sheets[COURSE_FILE].data)
        names = dict.fromkeys(name for _keys, name in self.storyboards())
        boards = {name.removesuffix(".yaml"): STORYBOARD.load(self.sheets[name].data) for name in names}
        return {**loaded, "storyboards": boards}
