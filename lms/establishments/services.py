"""What can be decided about establishments: today, importing them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask_babel import lazy_gettext as _l

from lms import audit
from lms.db import session
from lms.errors import Invalid
from lms.establishments import cells, queries, site_codes
from lms.establishments.csv_file import Fault
from lms.establishments.drafts import UnitDraft
from lms.establishments.importing import Plan, make_plan
from lms.establishments.inherit import Level
from lms.establishments.models import Establishment, Unit
from lms.establishments.placing import Node
from lms.establishments.stating import assign, load_stated, plant, rename, state
from lms.i18n import gettext as _
from lms.i18n import ngettext

DEMONSTRATION = Path(__file__).parent / "demonstration"
DEMONSTRATION_SITE = "BRUME2"
"""Code of the site that `lms demo` opens on; documentation names it."""

HEADCOUNT = ("headcount", "headcount_date")
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


class FileUnreadable(Invalid):
    """The file named on the command line cannot be opened."""

    code = "file_unreadable"
    title = _l("Fichier illisible")
    advice = _l("Vérifiez le nom du fichier et le droit de le lire.")


class ImportRefused(Invalid):
    """The files have faults; nothing was imported."""

    code = "import_refused"
    title = _l("Import refusé")
    advice = _l("Corrigez les lignes citées, puis relancez l’import.")

    def __init__(self, faults: Sequence[Fault], warnings: Sequence[Fault]) -> None:
        super().__init__(
            ngettext(
                "%(num)s erreur : rien n’a été importé.",
                "%(num)s erreurs : rien n’a été importé.",
                len(faults),
            )
        )
        self.faults, self.warnings = faults, warnings


@dataclass
class ImportReport:
    """What an import did."""

    establishments: Counter[str] = field(default_factory=Counter)
    """How many were `created`, `updated`, `unchanged`."""
    units: Counter[str] = field(default_factory=Counter)
    warnings: Sequence[Fault] = ()
    new_sites: list[tuple[str, str]] = field(default_factory=list)
    """Code and name of each site that did not exist."""

    @property
    def changes(self) -> int:
        """Lines that created or updated something."""
        return sum(tally[CREATED] + tally[UPDATED] for tally in (self.establishments, self.units))


def import_establishments(
    *,
    file: Path,
    units_file: Path | None = None,
    actor: str,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportReport:
    """Create and update the establishments of a file, and their units, or nothing at all.

    The same file twice changes nothing the second time. `on_progress` hears lines done and lines in all.
    Raises FileUnreadable or ImportRefused.
    """
    try:
        plan = make_plan(file=file, units_file=units_file, recorded=queries.list_nodes())
    except OSError as fault:
        raise FileUnreadable(_("Le fichier « %(name)s » ne s’ouvre pas.", name=fault.filename)) from fault
    if plan.faults:
        raise ImportRefused(plan.faults, plan.warnings)
    report = ImportReport(warnings=plan.warnings)
    write_plan(plan, report, on_progress=on_progress)
    session.flush()
    if report.changes:
        audit.record(
            "establishments.import",
            actor=actor,
            subject=file.name[:200],
            establishments=dict(report.establishments),
            units=dict(report.units),
        )
    return report


def write_plan(plan: Plan, report: ImportReport, *, on_progress: Callable[[int, int], None]) -> None:
    """Record every line of a plan without faults."""
    total = len(plan.nodes) + len(plan.units)
    named = {node.establishment_id for node in plan.nodes if node.establishment_id}
    parents = {node.parent.establishment_id for node in plan.nodes if node.parent}
    recorded = load_stated(named | {parent for parent in parents if parent})
    give_codes(plan.nodes)
    done = 0
    for level in Level:
        here = [node for node in plan.nodes if node.level is level]
        new = [node for node in here if node.establishment_id is None]
        fresh = set(new)
        plant(new, recorded=recorded)
        report.new_sites += [(node.site_code, node.name) for node in new if node.site_code]
        for node in here:
            report.establishments[write_establishment(node, recorded, is_new=node in fresh)] += 1
            done += 1
            on_progress(done, total)
    sites = {site.establishment_id for site, _draft in plan.units if site.establishment_id}
    units = {(unit.establishment_id, cells.plain(unit.name)): unit for unit in queries.list_units_of(sites)}
    for done, (site, draft) in enumerate(plan.units, start=len(plan.nodes) + 1):
        report.units[write_unit(site, draft, units)] += 1
        on_progress(done, total)


def write_establishment(node: Node, recorded: dict[int, Establishment], *, is_new: bool) -> str:
    """Record what one placed line states; what happened to it."""
    values = node.draft.values if node.draft else {}
    establishment = recorded[node.establishment_id or 0]
    if is_new:
        state(establishment, values)
        return CREATED
    parent = recorded[node.parent.establishment_id or 0] if node.parent else None
    changes = [rename(establishment, node), state(establishment, values)]
    if establishment.parent_id != (parent.id if parent else None):
        move_establishment(establishment, parent=parent)
        changes.append(True)
    return UPDATED if any(changes) else UNCHANGED


def give_codes(nodes: Sequence[Node]) -> None:
    """Draw a code that nobody has for each site without one."""
    taken = {node.site_code for node in (*queries.list_nodes(), *nodes) if node.site_code}
    for node in nodes:
        if node.level is Level.SITE and node.site_code is None:
            while node.site_code is None or node.site_code in taken:
                node.site_code = site_codes.draw_site_code()
            taken.add(node.site_code)


def move_establishment(establishment: Establishment, *, parent: Establishment | None) -> None:
    """Hang a node, with all that is below it, under another (None: make it a root)."""
    old = establishment.path
    new = f"{parent.path if parent else '/'}{establishment.id}/"
    for node in queries.list_subtree(establishment):
        node.path = new + node.path.removeprefix(old)
    establishment.parent_id = parent.id if parent else None
    session.flush()


def write_unit(site: Node, draft: UnitDraft, units: dict[tuple[int, str], Unit]) -> str:
    """Record one unit; a column that the file lacks leaves what is known."""
    stated = {column: draft.values[column] for column in HEADCOUNT if column in draft.values}
    stated["name"] = draft.values["unit"]
    key = (site.establishment_id or 0, cells.plain(stated["name"]))
    if key in units:
        return UPDATED if assign(units[key], stated) else UNCHANGED
    units[key] = Unit(establishment_id=site.establishment_id, **stated)
    session.add(units[key])
    return CREATED


def install_demonstration() -> ImportReport:
    """The fictional tree that `lms demo` shows: a nation, a region, a group and two sites. Idempotent."""
    return import_establishments(
        file=DEMONSTRATION / "demonstration.csv",
        units_file=DEMONSTRATION / "demonstration-units.csv",
        actor="demo",
    )
