"""The pictures themselves: nothing overflows, nothing hides under the captions, holds change nothing."""

import numpy
import pytest

from lms.media import art
from lms.media.colours import channels, contrast, palette
from lms.media.drawing import Drawing
from lms.media.drawings import DRAWINGS, prepare, segment_key
from lms.media.encode import Canvas
from lms.media.film import Film
from lms.media.layers import Sheet
from lms.media.lettering import break_title, drawable, width_of
from lms.media.stage import FLOOR, FPS, WIDTH
from lms.media.storyboard import PLACES
from lms.media.theme import themes
from lms.media.timeline import Timeline
from tests.factories.films import BRANDS, make_film, make_look, make_scene
from tests.media.test_colours import HARD_BRANDS

LONG = "Groupement hospitalier de territoire de la Loire-Atlantique Sud et du Littoral vendéen"
SVG_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10"/></svg>'


def drawings_of(film: Film) -> dict[str, Drawing]:
    """Every scene of `film` ready to be drawn, by kind."""
    made = prepare(film, list(range(len(film.scenes))))
    return {film.scenes[number].kind: drawing for number, drawing in made.items()}


def picture(drawing: Drawing, canvas: Canvas, at: float) -> numpy.ndarray:
    """What `drawing` shows at second `at`."""
    drawing.time.go_to(at)
    drawing.paint(canvas.stage)
    return canvas.pixels[:, :WIDTH, :3].copy()


@pytest.fixture(scope="module")
def canvas() -> Canvas:
    return Canvas()


@pytest.fixture(scope="module")
def drawings() -> dict[str, Drawing]:
    return drawings_of(make_film())


@pytest.mark.parametrize("kind", sorted(set(DRAWINGS) - {"place"}))
def test_the_place_of_the_captions_stays_free(
    kind: str, drawings: dict[str, Drawing], canvas: Canvas
) -> None:
    drawing = drawings[kind]
    band = picture(drawing, canvas, drawing.seconds * drawing.still_at)[int(FLOOR) + 6 :]
    theme = themes(palette(*BRANDS["navy"]))[make_scene(kind).ground]
    # Only the ground and its pale rings are there: text or a card would be much further from the ground.
    furthest = numpy.abs(band.astype(int) - numpy.array(channels(theme.ground))).max()
    allowed = numpy.abs(numpy.array(channels(theme.ring)) - numpy.array(channels(theme.ground))).max()
    assert furthest <= allowed + 24, "something other than rings and shadows is under the floor"


def test_the_contact_is_still_there_when_the_film_is_over(
    drawings: dict[str, Drawing], canvas: Canvas
) -> None:
    closing = drawings["closing"]
    middle = picture(closing, canvas, closing.seconds * 0.9)
    assert (picture(closing, canvas, closing.seconds - 1 / FPS) == middle).all()


@pytest.mark.parametrize("kind", sorted(set(DRAWINGS) - {"closing"}))
def test_a_scene_ends_on_its_bare_ground(kind: str, drawings: dict[str, Drawing], canvas: Canvas) -> None:
    """The next scene wipes over that ground without knowing what was on it."""
    drawing = drawings[kind]
    last = picture(drawing, canvas, drawing.seconds - 1 / FPS).astype(int)
    gap = numpy.abs(last - numpy.array(channels(drawing.theme.ground))).max(axis=2)
    assert (gap > 10).mean() < 0.001


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_two_frames_with_the_same_cues_are_the_same_picture(
    kind: str, drawings: dict[str, Drawing], canvas: Canvas
) -> None:
    drawing = drawings[kind]
    states = [drawing.time.go_to(number / FPS) for number in range(drawing.frames)]
    held = [number for number in range(1, drawing.frames) if states[number] == states[number - 1]]
    assert held, "a scene without a single hold costs twice as much"
    before = picture(drawing, canvas, (held[0] - 1) / FPS)
    assert (before == picture(drawing, canvas, held[0] / FPS)).all()


@pytest.mark.parametrize(
    "name", [LONG, "مستشفى", "🏥🏥", "CH de Valmont 🏥", "", "É" * 120, "a\u0000b\u202ec"]
)
def test_any_name_can_sign_a_film(name: str, canvas: Canvas) -> None:
    look = make_look(establishment=name, short_name=name)
    for drawing in drawings_of(make_film("opening", "closing", look=look)).values():
        picture(drawing, canvas, 2.0)
        assert drawing.plate.size[0] <= 420


@pytest.mark.parametrize("logo", [{"logo_svg": "<svg"}, {"logo_png": b"not a png"}, {"logo_svg": "<a/>"}])
def test_a_logo_that_cannot_be_drawn_gives_way_to_the_name(logo: dict[str, str]) -> None:
    drawing = drawings_of(make_film("opening", look=make_look(**logo)))["opening"]
    assert drawing.plate.logo is None


def test_a_logo_fits_its_plate_whatever_its_shape() -> None:
    for shape in ("0 0 900 10", "0 0 10 900", "0 0 30 30"):
        logo = SVG_LOGO.replace("0 0 30 10", shape)
        drawing = drawings_of(make_film("opening", look=make_look(logo_svg=logo)))["opening"]
        assert drawing.plate.logo.width <= 361
        assert drawing.plate.logo.height <= 65


def test_a_very_long_address_shrinks_into_its_card(canvas: Canvas) -> None:
    email = "signalement." * 8 + "securite@groupement-hospitalier-de-territoire-du-littoral.example"
    for contact in ({"phone": "", "email": email}, {"email": email}, dict.fromkeys(("phone", "email"), "")):
        drawing = drawings_of(make_film("closing", contact=contact))["closing"]
        assert all(layer.width <= 552 + 1 for layer, _ in drawing.rows)
        assert sum(layer.height + gap for layer, gap in drawing.rows) < 330


def test_text_never_leaves_its_box() -> None:
    sheet = Sheet()
    words = ["mot", LONG, "anticonstitutionnellement" * 3, "a b " * 200]
    blocks = [sheet.block(word, 40, "#000000", width=300, height=90, display=True) for word in words]
    lines = [sheet.line(word, 60, "#000000", width=300) for word in words]
    sheet.compile()
    assert all(layer.width <= 301 and layer.height <= 92 for layer in blocks)
    assert all(layer.width <= 301 for layer in lines)


def test_what_people_write_is_never_read_as_markup() -> None:
    sheet = Sheet()
    layer = sheet.line("#panic() $x$ *b* \\ ] <a>", 20, "#000000")
    sheet.compile()
    assert layer.width > 100


def test_an_unbroken_title_breaks_in_even_lines() -> None:
    lines, size = break_title("Les cinq premières minutes", size=80, width=420)
    assert len(lines) in (2, 3)
    assert all(width_of(line, size) <= 421 for line in lines)


def test_the_lines_of_an_author_are_kept_when_they_fit() -> None:
    assert break_title("Un doute ?\nAppelez.", size=80, width=600) == (["Un doute ?", "Appelez."], 80)


def test_letters_the_fonts_lack_are_left_out() -> None:
    assert drawable("CH 🏥 de Valmont") == "CH de Valmont"
    assert drawable("e\u0301té") == "été"
    assert drawable("ﬁn") in ("fin", "ﬁn")
    assert drawable("مستشفى") == "–"
    assert drawable("24\u202fh") == "24\u202fh"


def test_the_segment_of_a_scene_knows_nothing_of_its_position() -> None:
    film = make_film("hook", "figure", "closing")
    shorter = Film("fr", "x", film.look, film.scenes[1:])
    assert segment_key(film, 2) == segment_key(shorter, 1)
    assert segment_key(film, 1) != segment_key(shorter, 0), "the ground it wipes over is another"


def test_only_what_signs_a_film_depends_on_the_name() -> None:
    film, renamed = make_film(), make_film(look=make_look(establishment="CH d’Ailleurs"))
    changed = [
        scene.kind for n, scene in enumerate(film.scenes) if segment_key(film, n) != segment_key(renamed, n)
    ]
    assert changed == ["opening", "closing"]


@pytest.mark.parametrize("place", PLACES)
def test_a_place_takes_the_colours_of_the_house(place: str) -> None:
    planes = art.planes(place, palette(*BRANDS["plum"]), "night")
    drawn = "".join(planes.values())
    assert "#6B1E5B" in drawn
    assert "#0B4F6C" not in drawn
    assert set(planes) == set(art.PLANES)


@pytest.mark.parametrize("brand", HARD_BRANDS.values(), ids=HARD_BRANDS.keys())
def test_words_on_the_wall_read_by_day_and_by_night(brand: tuple[str, str]) -> None:
    colours = palette(*brand)
    assert contrast(colours.ink, art.wall_of(colours, "day")) >= 7
    assert contrast("#FFFFFF", art.wall_of(colours, "night")) >= 4.5


@pytest.mark.parametrize(
    ("time", "moment", "hands"),
    [
        ("7 h 40", "dawn", (230, 240)),
        ("12 h", "day", (0, 0)),
        ("9:15 pm", "night", (277.5, 90)),
        ("19\u202fh\u202f30", "evening", (225, 180)),
        ("tôt", "dawn", (240, 0)),
    ],
)
def test_a_place_shows_the_time_it_says(time: str, moment: str, hands: tuple[float, float]) -> None:
    assert art.moment_of(time) == moment
    assert art.hands_of(time) == hands


def test_cues_start_end_and_come_back() -> None:
    time = Timeline(4.0)
    once, twice = time.cue(1.0, 1.0), time.beat(1.0, 0.5, period=1.0, times=2)
    seen = {}
    for at in (0.0, 1.25, 1.75, 2.25, 3.9):
        time.go_to(at)
        seen[at] = (once.value > 0, twice.value)
    assert seen[0.0] == (False, 0.0)
    assert seen[1.25] == (True, 0.5)
    assert seen[1.75][1] == 1.0
    assert seen[2.25][1] == 0.5
    assert seen[3.9][1] == 1.0
