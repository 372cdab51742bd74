"""Which parts of a course hold under the rules of an establishment: `when: {power_off: stay_on}`."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from lms.catalog.vocabulary import RULE_CHOICES


def holds(part: Mapping[str, Any], rules: Mapping[str, str]) -> bool:
    """Whether every condition of `part` is met. A rule nobody decided has its first value."""
    conditions = part.get("when") or {}
    return all((rules.get(rule) or RULE_CHOICES[rule][0]) == value for rule, value in conditions.items())


def variants() -> Iterator[dict[str, str]]:
    """Every combination of the rules a `when` may name."""
    for values in product(*RULE_CHOICES.values()):
        yield dict(zip(RULE_CHOICES, values, strict=True))


def arranged(document: Mapping[str, Any], rules: Mapping[str, str]) -> dict[str, Any]:
    """A copy of a course document with only what holds: steps, timed questions, choices and scenes.

    Timed questions all come out with `at`, in seconds of the film as it is here, and in time order.
    """
    storyboards = {
        stem: {**board, "scenes": [scene for scene in board["scenes"] if holds(scene, rules)]}
        for stem, board in document["storyboards"].items()
    }
    steps = []
    for step in document["steps"]:
        if not holds(step, rules):
            continue
        if step["kind"] == "video":
            scenes = document["storyboards"][stem_of(step)]["scenes"]
            asked = [question(timed, rules) for timed in step["questions"] if holds(timed, rules)]
            timed = [{**one, "at": _second_of(one, scenes, rules)} for one in asked]
            steps.append({**step, "questions": sorted(timed, key=lambda one: one["at"])})
        else:
            steps.append(question(step, rules) if step["kind"] == "question" else dict(step))
    return {**document, "storyboards": storyboards, "steps": steps}


def stem_of(video: Mapping[str, Any]) -> str:
    """The name under which a video's storyboard is kept: its file name without `.yaml`."""
    return str(video["storyboard"]).removesuffix(".yaml")


def question(asked: Mapping[str, Any], rules: Mapping[str, str]) -> dict[str, Any]:
    """A copy of a question with only the choices that hold."""
    kept = {name: choice for name, choice in asked["choices"].items() if holds(choice, rules)}
    return {**asked, "choices": kept}


def _second_of(
    timed: Mapping[str, Any], scenes: Sequence[Mapping[str, Any]], rules: Mapping[str, str]
) -> float:
    """When the video stops: at the end of the scene named by `after` (or, where that scene does not hold, of
    the last one before it that does), or at the second given by `at`, never beyond the end."""
    ends, end = {}, 0.0
    for scene in scenes:
        end += scene["seconds"] if holds(scene, rules) else 0
        ends[scene["id"]] = end
    return round(ends[timed["after"]] if "after" in timed else min(timed["at"], end), 3)
