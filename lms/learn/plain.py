"""Reading the player's plain forms, for browsers without script."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from lms.catalog.path import Path, Question, QuestionType
from lms.learn.models import Shift


def read_start(form: Mapping[str, str]) -> dict[str, Any]:
    """Unit and shift of the cover's form; what is not a choice of the form counts as not said."""
    unit, shift = form.get("unit", ""), form.get("shift", "")
    return {
        "unit_id": int(unit) if unit.isdecimal() and len(unit) < 10 else None,
        "shift": Shift(shift) if shift in {kind.value for kind in Shift} else None,
    }


def read_answer_id(form: Mapping[str, str]) -> UUID:
    """The id the form carries, so that a form sent twice is one answer."""
    try:
        return UUID(form.get("answer_id", ""))
    except ValueError:
        return uuid4()


def read_choices(path: Path, item_id: str, form: MultiDict[str, str]) -> tuple[tuple[str, ...], str]:
    """What was chosen, and what is missing in plain French (empty when nothing is)."""
    item = path.find_item(item_id)
    if not isinstance(item, Question):
        return (), ""
    if item.type is QuestionType.ORDER:
        return _read_order(item, form)
    chosen = tuple(dict.fromkeys(form.getlist("choices")))
    if not chosen:
        return chosen, _("Choisissez une réponse, puis validez.")
    return chosen, ""


def _read_order(question: Question, form: MultiDict[str, str]) -> tuple[tuple[str, ...], str]:
    """Each choice comes with its rank, `rank-<choice>` = 1, 2, 3…; a rank is given once."""
    ranks = {choice.id: form.get(f"rank-{choice.id}", "") for choice in question.choices}
    expected = [str(rank) for rank in range(1, len(ranks) + 1)]
    ordered = tuple(sorted(ranks, key=lambda choice_id: ranks[choice_id].zfill(3)))
    if sorted(ranks.values(), key=lambda rank: rank.zfill(3)) != expected:
        return ordered, _("Donnez à chaque geste un numéro différent, de 1 à %(last)s.", last=len(ranks))
    return ordered, ""
