"""What can only be seen of the path itself: it resolves, and it fits in the time that was promised."""

from collections.abc import Iterator

from lms.catalog.arrange import variants
from lms.catalog.content import HARD_LIMIT
from lms.catalog.course import Course
from lms.catalog.duration import Duration, estimate
from lms.catalog.resolve import resolve
from lms.catalog.specimen import specimen_profile

LANGUAGE_NAMES = {"fr": "en français", "en": "en anglais"}

Timing = tuple[str, dict[str, str], Duration]
"""Language, local rules, duration."""


def timings(course: Course) -> Iterator[Timing]:
    """How long the course takes in each language under each local rule, contacts included."""
    for language in course.languages:
        for rules in variants():
            path = resolve(course, overlays=(), profile=specimen_profile(rules), language=language)
            yield language, rules, estimate(path.steps, gesture=path.gesture)


def longest(course: Course) -> Duration:
    """The longest of its timings: the one that is shown and judged."""
    return max((timing[2] for timing in timings(course)), key=lambda duration: duration.seconds)


def path_faults(course: Course) -> Iterator[tuple[str, str]]:
    """(field, message) for each way of playing the course that takes longer than its budget."""
    for language, rules, duration in timings(course):
        if duration.seconds <= course.budget:
            continue
        where = ", ".join(f"{rule}: {value}" for rule, value in rules.items())
        budget = f"{course.budget} s" + (" (le maximum)" if course.budget == HARD_LIMIT else "")
        yield (
            "budget",
            f"Ce parcours dure {duration.seconds} s {LANGUAGE_NAMES.get(language, language)} ({where}) : "
            f"vidéo {duration.watching:.0f} s, lecture {duration.reading:.0f} s, "
            f"réponses {duration.answering:.0f} s. Le budget est de {budget} : raccourcissez les textes.",
        )
