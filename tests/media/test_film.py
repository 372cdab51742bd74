"""A film as data: its name, its times, its captions."""

import json
import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.media.film import Film, Scene
from tests.factories.films import make_film, make_look


def film_saying(*captions: str, seconds: float = 4.0) -> Film:
    """A film of one scene that says these lines."""
    return Film("fr", "x", make_look(), (Scene("a", "hook", seconds, "deep", captions, {}),))


def test_a_film_survives_the_journey_through_json() -> None:
    film = make_film(look=make_look(logo_png=b"\x89PNG\x00\xff"))
    assert Film.from_document(json.loads(json.dumps(film.to_document()))) == film


def test_the_same_film_has_the_same_hash_and_another_has_another() -> None:
    film = make_film()
    assert film.hash == make_film().hash
    assert re.fullmatch(r"[0-9a-f]{64}", film.hash)
    assert film.hash != make_film(contact={"phone": "01 99 00 99 99"}).hash
    assert film.hash != make_film(look=make_look("plum")).hash
    assert film.hash != replace(film, language="en").hash


def test_scenes_start_where_the_ones_before_them_end() -> None:
    film = make_film("hook", "figure", "closing")
    assert film.starts() == (0.0, 4.0, 8.0)
    assert film.seconds == 12.0


def test_the_transcript_says_what_is_said_in_each_scene() -> None:
    transcript = dict(make_film("message").transcript())
    assert transcript["clues"].startswith("Regardez l’expéditeur. Repérez l’urgence.")


def test_captions_are_webvtt() -> None:
    assert film_saying("Bonjour.", "Au revoir.").captions_vtt() == (
        "WEBVTT\n\n00:00:00.200 --> 00:00:01.960\nBonjour.\n\n00:00:02.000 --> 00:00:03.760\nAu revoir.\n"
    )


def test_captions_cannot_forge_tags_or_cues() -> None:
    vtt = film_saying("a --> b <i>c</i> & d").captions_vtt()
    assert "a --&gt; b &lt;i&gt;c&lt;/i&gt; &amp; d" in vtt
    assert vtt.count("-->") == 1


def test_a_long_caption_is_cut_where_it_breathes() -> None:
    line = "Une première partie qui se termine par une virgule, puis une seconde partie qui est aussi longue."
    texts = [text for _, _, text in film_saying(line).cues()]
    assert len(texts) == 2
    assert texts[0].endswith(",")


@settings(deadline=None)
@given(
    st.lists(st.text("abé ,.<&>", min_size=1, max_size=200), max_size=4),
    st.floats(1.5, 12, allow_nan=False),
)
def test_captions_follow_each_other_inside_the_scene(lines: list[str], seconds: float) -> None:
    captions = tuple(" ".join(line.split()) for line in lines if line.strip())
    cues = list(film_saying(*captions, seconds=seconds).cues())
    assert all(0 <= begin < end <= seconds for begin, end, _ in cues)
    assert all(end <= begin for (_, end, _), (begin, _, _) in pairwise(cues))
    assert " ".join(text for _, _, text in cues) == " ".join(captions)
