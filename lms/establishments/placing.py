"""Where each line of the file goes in the tree: a known establishment or a new one, and below whom.

An establishment is recognised by its FINESS, otherwise by its site code, otherwise by level, name and parent.
Lines are placed from the nation down to the sites, so a parent may stand anywhere in the file; since a child
is strictly below its parent, no loop can be written.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lms.establishments import cells, finess, site_codes
from lms.establishments.csv_file import Fault, Table
from lms.establishments.drafts import Draft
from lms.establishments.inherit import Level
from lms.establishments.labels import level_label
from lms.i18n import current_language
from lms.i18n import gettext as _


@dataclass(eq=False)
class Node:
    """An establishment: already recorded, in the file, or both."""

    level: Level
    name: str
    finess: str | None = None
    site_code: str | None = None
    parent: "Node | None" = None
    establishment_id: int | None = None
    draft: Draft | None = None


class Misplaced(Exception):
    """A line that has no place; tells the column and what was expected."""

    def __init__(self, column: str, message: str, expected: str = "") -> None:
        super().__init__(message)
        self.column, self.message, self.expected = column, message, expected


class InDoubt(Exception):
    """A line that hangs on another faulty one: there is nothing to add to that fault."""


class Tree:
    """What is recorded, then what the file adds to it."""

    def __init__(self, recorded: Iterable[Node]) -> None:
        self._by_finess: dict[str, Node] = {}
        self._by_code: dict[str, Node] = {}
        self._by_name: defaultdict[str, list[Node]] = defaultdict(list)
        self._doubtful: set[str] = set()
        self.warnings: list[tuple[int, str, str]] = []
        for node in recorded:
            self._index(node)

    def doubt(self, draft: Draft) -> None:
        """Remember the names of a line that could not be placed, so that its children are not blamed."""
        said = (draft.values.get(column) for column in ("name", "finess", "site_code"))
        self._doubtful |= {cells.plain(word) for word in said if word}

    def find(self, words: str) -> list[Node]:
        """Whoever has this name, FINESS or site code."""
        found = list(self._by_name.get(cells.plain(words), ()))
        exact = self._by_finess.get(finess.normalise(words)), self._by_code.get(site_codes.normalise(words))
        return list(dict.fromkeys([*found, *(node for node in exact if node)]))

    def is_doubtful(self, words: str) -> bool:
        """Whether these words may name a line that could not be placed."""
        return cells.plain(words) in self._doubtful

    def place(self, draft: Draft) -> Node:
        """Give a line its node. Raises Misplaced or InDoubt."""
        level = draft.values["level"]
        states_parent = "parent" in draft.values
        parent = self._parent(draft) if states_parent else None
        if draft.values.get("site_code") and level is not Level.SITE:
            raise Misplaced("site_code", _("Seul un site a un code."), _("une cellule vide"))
        node = self._recognise(draft, parent, states_parent=states_parent)
        if node is None:
            node = Node(level, draft.values["name"])
            self.warn_of_namesakes(draft, parent)
        elif node.level is not level:
            raise Misplaced(
                "level",
                _("« %(name)s » est déjà enregistré à un autre niveau.", name=node.name),
                level_label(node.level, current_language()),
            )
        if node.establishment_id is None or states_parent:
            node.parent = parent
        self._take(node, draft)
        return node

    def warn_of_namesakes(self, draft: Draft, parent: Node | None) -> None:
        """A second establishment of one name in one place may be meant, or be a mistyped FINESS."""
        for other in self._by_name.get(cells.plain(draft.values["name"]), ()):
            if other.parent is parent and other.level is draft.values["level"] and other.finess:
                message = _("« %(name)s » existe déjà ici avec le FINESS %(finess)s : un second est créé.",
                            name=other.name, finess=other.finess)  # fmt: skip
                self.warnings.append((draft.line, "finess", message))

    def _parent(self, draft: Draft) -> Node | None:
        """The node named by the parent cell; None for a root. Raises Misplaced or InDoubt."""
        words = draft.values["parent"]
        if words is None:
            return None
        named = self.find(words)
        above = [node for node in named if node.level.depth < draft.values["level"].depth]
        if len(above) == 1:
            return above[0]
        if above:
            raise Misplaced(
                "parent",
                _("Plusieurs établissements s’appellent « %(name)s ».", name=words),
                _("le FINESS de l’un d’eux"),
            )
        if self.is_doubtful(words):
            raise InDoubt
        if named:
            raise Misplaced(
                "parent",
                _("« %(name)s » n’est pas d’un niveau supérieur.", name=words),
                _("un établissement de niveau supérieur : national, region ou group"),
            )
        raise Misplaced(
            "parent",
            _("« %(name)s » n’est ni dans ce fichier, ni déjà enregistré.", name=words),
            _("le nom, le FINESS ou le code d’un établissement"),
        )

    def _recognise(self, draft: Draft, parent: Node | None, *, states_parent: bool) -> Node | None:
        """The node this line speaks of, or None when it is new. Raises Misplaced."""
        number, code = draft.values.get("finess"), draft.values.get("site_code")
        by_finess = self._by_finess.get(number) if number else None
        by_code = self._by_code.get(code) if code else None
        if by_code and by_finess and by_code is not by_finess:
            raise Misplaced(
                "site_code",
                _("Ce code est celui de « %(name)s ».", name=by_code.name),
                _("un autre code, ou une cellule vide"),
            )
        known = by_finess or by_code
        alike = [known] if known else self._namesakes(draft, parent, states_parent=states_parent)
        column = "finess" if by_finess else "site_code" if by_code else "name"
        if len(alike) > 1:
            raise Misplaced(
                column,
                _("Plusieurs établissements s’appellent « %(name)s » ici.", name=draft.values["name"]),
                _("le FINESS de celui-ci"),
            )
        if alike and alike[0].draft:
            raise Misplaced(
                column,
                _("C’est le même établissement qu’à la ligne %(line)s.", line=alike[0].draft.line),
                _("une ligne par établissement"),
            )
        return alike[0] if alike else None

    def _namesakes(self, draft: Draft, parent: Node | None, *, states_parent: bool) -> list[Node]:
        """Nodes of the same level, name and parent that are not known under another FINESS."""
        return [
            node
            for node in self._by_name.get(cells.plain(draft.values["name"]), ())
            if node.level is draft.values["level"]
            and (not states_parent or node.parent is parent)
            and not (draft.values.get("finess") and node.finess)
        ]

    def _take(self, node: Node, draft: Draft) -> None:
        """Let the line speak for the node from now on."""
        old_name = cells.plain(node.name)
        if node in self._by_name.get(old_name, ()):
            self._by_name[old_name].remove(node)
        code = draft.values.get("site_code")
        if code and node.site_code and node.site_code != code:
            message = _("Le code change : les affiches qui portent %(code)s ne mèneront plus nulle part.",
                        code=node.site_code)  # fmt: skip
            self.warnings.append((draft.line, "site_code", message))
        node.draft = draft
        node.name = draft.values["name"]
        node.finess = draft.values.get("finess") or node.finess
        node.site_code = code or node.site_code
        self._index(node)

    def _index(self, node: Node) -> None:
        """Make a node findable."""
        self._by_name[cells.plain(node.name)].append(node)
        if node.finess:
            self._by_finess[node.finess] = node
        if node.site_code:
            self._by_code[node.site_code] = node


def place_all(table: Table, drafts: Sequence[Draft], tree: Tree) -> list[Node]:
    """The nodes of the file, parents first; every line without a place is a fault of the table."""
    placed = []
    placeable = []
    for draft in drafts:
        if draft.is_placeable:
            placeable.append(draft)
        else:
            tree.doubt(draft)
    for draft in sorted(placeable, key=lambda draft: draft.values["level"].depth):
        try:
            placed.append(tree.place(draft))
        except Misplaced as fault:
            table.add_fault(draft.line, fault.column, fault.message, fault.expected)
            tree.doubt(draft)
        except InDoubt:
            tree.doubt(draft)
    return placed


def warnings_of(table: Table, tree: Tree) -> list[Fault]:
    """What the tree found doubtful, with its place."""
    return [
        Fault(table.file, line, table.columns.index(column) + 1, column, message)
        for line, column, message in tree.warnings
    ]
