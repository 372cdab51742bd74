"""What an author may write in a storyboard, and what is said when it is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from lms.forms import Words
from lms.media.drawings import DRAWINGS
from lms.media.icons import UnknownIcon, has_icon, icon_svg
from lms.media.scenes.place import LIVES
from lms.media.storyboard import PLACES, SCENE_SCHEMAS, StoryboardSchema, check_pace
from tests.factories.films import SCENES, make_storyboard


def faults(change: Callable[[list[dict[str, Any]]], object], *kinds: str) -> dict[str, Any]:
    """What is said of a storyboard once `change` has been at its scenes."""
    storyboard = make_storyboard(*kinds)
    change(storyboard["scenes"])
    with pytest.raises(ValidationError) as caught:
        StoryboardSchema().load(storyboard)
    return caught.value.normalized_messages()["scenes"]


def test_a_storyboard_with_every_kind_of_scene_is_accepted() -> None:
    loaded = StoryboardSchema().load(make_storyboard())
    assert [scene["kind"] for scene in loaded["scenes"]] == [scene["kind"] for scene in SCENES]


def test_every_kind_of_scene_has_a_schema_a_drawing_and_an_example() -> None:
    assert set(SCENE_SCHEMAS) == set(DRAWINGS) == {scene["kind"] for scene in SCENES}


def test_every_place_has_its_drawing() -> None:
    assert set(PLACES) == set(LIVES)


def test_a_scene_without_ground_gets_the_usual_one_of_its_kind() -> None:
    loaded = StoryboardSchema().load(make_storyboard("gestures", "figure"))
    assert [scene["ground"] for scene in loaded["scenes"]] == ["paper", "accent"]


def test_the_words_of_a_scene_are_known_to_the_loader() -> None:
    words = {name for name, field in SCENE_SCHEMAS["message"]().fields.items() if isinstance(field, Words)}
    assert words == {"caption", "from_name", "from_address", "subject", "body", "button"}


def test_a_caption_nobody_can_read_in_time_is_refused() -> None:
    said = faults(lambda scenes: scenes[0].update(caption="x" * 61, seconds=3), "hook")
    assert "in 3 seconds people read 60" in said[0]["caption"][0]


def test_the_same_pace_can_be_asked_of_a_translation() -> None:
    check_pace("x" * 60, 3)
    with pytest.raises(ValidationError, match="people read 60"):
        check_pace("x" * 61, 3)


@pytest.mark.parametrize("seconds", [0, 1.4, 12.5, -3])
def test_a_scene_too_short_or_too_long_is_refused(seconds: float) -> None:
    said = faults(lambda scenes: scenes[0].update(seconds=seconds), "hook")
    assert said[0]["seconds"] == [f"A scene lasts between 1.5 and 12 seconds; this one has {seconds:g}."]


def test_an_unknown_icon_is_refused_where_it_is() -> None:
    said = faults(lambda scenes: scenes[0]["items"][1].update(icon="unicorn"), "gestures")
    assert "There is no icon “unicorn”" in said[0]["items"][1]["icon"][0]


def test_an_unknown_place_is_refused_with_those_that_exist() -> None:
    said = faults(lambda scenes: scenes[0].update(place="moon"), "place")
    assert "No place is called “moon”" in said[0]["place"][0]
    assert "nurses-station" in said[0]["place"][0]


def test_an_unknown_kind_is_refused_with_those_that_exist() -> None:
    said = faults(lambda scenes: scenes[0].update(kind="explosion"), "hook")
    assert "There is no scene of kind “explosion”" in said[0]["kind"][0]


def test_an_unknown_key_is_refused() -> None:
    said = faults(lambda scenes: scenes[0].update(captoin="x"), "hook")
    assert "typing mistake" in said[0]["captoin"][0]


def test_a_title_on_three_lines_is_refused() -> None:
    said = faults(lambda scenes: scenes[0].update(title="a\nb\nc"), "hook")
    assert said[0]["title"] == ["A title has one or two lines."]


def test_two_scenes_with_one_id_are_refused() -> None:
    said = faults(lambda scenes: scenes[1].update(id=scenes[0]["id"]), "hook", "figure")
    assert "already used by another scene" in said[1]["id"][0]


def test_two_items_with_one_id_are_refused() -> None:
    said = faults(lambda scenes: scenes[0]["items"][1].update(id="stop"), "gestures")
    assert "already used in this scene" in said[0]["items"][1]["id"][0]


def test_an_id_that_is_not_kebab_case_is_refused() -> None:
    said = faults(lambda scenes: scenes[0].update(id="Fake Sender"), "hook")
    assert "lower-case words joined by hyphens" in said[0]["id"][0]


def test_a_message_with_a_single_clue_is_refused() -> None:
    said = faults(lambda scenes: scenes[0]["clues"].__delitem__(slice(1, None)), "message")
    assert said[0]["clues"] == ["A message shows two or three clues."]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.data())
def test_whatever_is_written_is_accepted_or_explained(data: st.DataObject) -> None:
    storyboard = make_storyboard()
    scene = data.draw(st.sampled_from(storyboard["scenes"]))
    scene[data.draw(st.sampled_from(sorted(scene)) | st.text(max_size=6))] = data.draw(ANYTHING)
    try:
        StoryboardSchema().load(storyboard)
    except ValidationError as fault:
        said = fault.normalized_messages()
        if not said:
            pytest.fail("refused without a word")


def test_icons_come_coloured_from_their_package() -> None:
    assert has_icon("eye")
    assert not has_icon("../eye")
    source = icon_svg("eye", colour="#123456", second="#ABCDEF")
    assert "#123456" in source
    assert "#ABCDEF" in source
    assert "currentColor" not in source
    with pytest.raises(UnknownIcon):
        icon_svg("unicorn")
