"""`courses/README.md` teaches every key an author may write, and nothing that does not exist."""

import re

from lms.catalog import content
from lms.catalog.content import QUESTION_TYPES
from lms.catalog.vocabulary import AUDIENCES, FREE_RULES, PLACEHOLDERS, ROLES, RULE_CHOICES
from lms.catalog.yaml_positions import read_yaml
from lms.media.storyboard import GROUNDS, PLACES, SCENE_SCHEMAS
from lms.settings import ROOT

GUIDE = (ROOT / "courses" / "README.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[a-z][a-z_]*(?:-[a-z]+)*", GUIDE))


def test_every_key_of_a_course_is_explained() -> None:
    schemas = (
        content.CourseSchema,
        content.SourceSchema,
        content.VideoStepSchema,
        content.TimedQuestionSchema,
        content.QuestionStepSchema,
        content.ChoiceSchema,
        content.CardStepSchema,
        content.IllustrationSchema,
        content.PictureSchema,
        content.SimulatedMessageSchema,
        content.LinkSchema,
    )
    keys = {name for schema in schemas for name in schema().fields}
    assert keys - WORDS == set()


def test_every_key_and_kind_of_a_film_is_explained() -> None:
    keys = {name for schema in SCENE_SCHEMAS.values() for name in schema().fields}
    assert (keys | set(SCENE_SCHEMAS) | set(GROUNDS) | set(PLACES)) - WORDS == set()


def test_every_closed_list_is_given() -> None:
    named = {*QUESTION_TYPES, *AUDIENCES, *ROLES, *FREE_RULES, *RULE_CHOICES, *RULE_CHOICES["power_off"]}
    assert named - WORDS == set()


def test_every_placeholder_of_the_guide_exists() -> None:
    for name in re.findall(r"\{((?:contact|rule|establishment)\.[a-z_.]+)\}", GUIDE):
        assert name in PLACEHOLDERS


def test_the_examples_can_be_read() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert len(examples) > 6
    for example in examples:
        assert read_yaml(example.encode()).data


def test_durations_of_the_guide_are_those_of_the_product() -> None:
    assert f"jamais plus de {content.HARD_LIMIT}" in GUIDE
    assert f"{content.DEFAULT_BUDGET} par défaut" in GUIDE
