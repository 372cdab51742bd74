"""The pages of a site and of a path: sound in both languages, few queries, never a right choice."""

import json
import re
from io import BytesIO

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from lms.catalog import queries as catalog
from lms.catalog.path import Question
from lms.db import transaction
from lms.establishments import queries as establishments
from tests.client import PageClient, assert_max_queries
from tests.factories.establishments import SUPPORT, a_site

CONTACTS = SUPPORT | {
    "phishing_report.email": "signaler@clairbois.example",
    "biomedical.phone": "01 99 00 12 35",
}
COURSES = ("hamecon", "cinq-premieres-minutes", "mon-ecran-ma-carte-ma-porte")


@pytest.fixture
def site(app: Flask):
    return a_site(app, values=CONTACTS, units=("Urgences", "Cardiologie"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_site_lists_its_paths(client: PageClient, site, language: str) -> None:
    page = client.get(f"/p/{site.site_code}?lang={language}").get_data(as_text=True)
    for course in COURSES:
        assert f"/p/{site.site_code}/{course}?lang={language}" in page


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0} {1}", " {0}{1} "])
def test_a_site_code_may_be_typed_in_many_ways(client: PageClient, site, typed: str) -> None:
    code = typed.format(site.site_code[:3].lower(), site.site_code[3:])
    response = client.post("/code", data={"code": code})
    assert response.status_code == 303
    assert response.location == f"/p/{site.site_code}"


def test_a_wrong_site_code_stays_in_the_field_with_what_to_do(client: PageClient) -> None:
    response = client.post("/code", data={"code": "ABC999"})
    assert response.status_code == 422
    assert 'value="ABC999"' in response.get_data(as_text=True)
    assert "Vérifiez les six caractères" in response.get_data(as_text=True)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("course", COURSES)
def test_a_path_page_never_holds_the_right_choices(
    client: PageClient, app, site, course: str, language
) -> None:
    page = client.get(f"/p/{site.site_code}/{course}?lang={language}").get_data(as_text=True)
    with app.test_request_context():
        path = catalog.get_path(
            establishments.get_profile(establishments.get_site(site.site_code)), course, language
        )
    questions = [item for item in path.items if isinstance(item, Question)]
    assert questions
    for question in questions:
        assert question.explanation not in page
        for choice in question.choices:
            assert choice.feedback not in page
    assert not re.search(r"data-right|is-right|correct=", page[page.index("<main") :])


def test_a_path_page_is_a_few_queries(client: PageClient, app: Flask, site) -> None:
    client.get(f"/p/{site.site_code}/hamecon")
    with assert_max_queries(app.extensions["lms.engine"], 8):
        client.get(f"/p/{site.site_code}/hamecon")


def test_beginning_from_the_page_gives_a_token_and_an_old_page_is_told_to_reload(
    client: PageClient, app, site
) -> None:
    address = f"/p/{site.site_code}/hamecon"
    path_hash = re.search(r'data-path-hash="(\w+)"', client.get(address).get_data(as_text=True))[1]
    begun = client.post(
        f"{address}/attempts", json={"path_hash": path_hash, "language": "fr", "shift": "night"}
    )
    assert begun.status_code == 201
    assert len(begun.json["token"]) > 40
    old = client.post(f"{address}/attempts", json={"path_hash": "0" * 64, "language": "fr"})
    assert (old.status_code, old.json["error"]) == (409, "path_changed")
    elsewhere = client.post(f"{address}/attempts", json={"path_hash": path_hash, "unit": 999_999})
    assert (elsewhere.status_code, elsewhere.json["error"]) == (422, "unit_unknown")


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_qr_code_leads_to_the_path(client: PageClient, site, kind: str) -> None:
    response = client.get(f"/p/{site.site_code}/hamecon/qr.{kind}")
    assert response.status_code == 200
    if kind == "png":
        read = zxingcpp.read_barcodes(Image.open(BytesIO(response.data)))
        assert [code.text for code in read] == [f"http://localhost/p/{site.site_code}/hamecon"]
    assert client.get(f"/p/{site.site_code}/nothing/qr.{kind}").status_code == 404


def test_the_codes_of_a_site_are_on_one_page_to_print(client: PageClient, site) -> None:
    page = client.get(f"/p/{site.site_code}/qr").get_data(as_text=True)
    assert page.count("qr.svg") >= len(COURSES)
    assert site.site_code in page


def test_where_a_contact_is_missing_the_course_says_its_own_phrase(client: PageClient, app: Flask) -> None:
    bare = a_site(app, values={})
    page = client.get(f"/p/{bare.site_code}/hamecon").get_data(as_text=True)
    assert "affiché dans le service" in page


def test_the_plain_player_goes_from_the_first_step_to_the_end(client: PageClient, site) -> None:
    page = client.post(f"/p/{site.site_code}/hamecon", data={"shift": "night"}).get_data(as_text=True)
    for _ in range(20):
        if 'name="token"' not in page:
            break
        token = re.search(r'name="token"\s+value="([^"]+)"', page)[1]
        fields = {
            name: re.search(rf'name="{name}"\s+value="([^"]+)"', page) for name in ("item", "answer_id")
        }
        data = {"token": token} | {name: found[1] for name, found in fields.items() if found}
        offered = re.findall(r'name="choices"\s+value="([\w-]+)"', page)
        if offered and "item" in data:
            unanswered = client.post("/attempts/step", data=data)
            assert unanswered.status_code == 422
            assert "Choisissez une réponse" in unanswered.get_data(as_text=True)
            data["choices"] = offered[:1]
        page = client.post("/attempts/step", data=data).get_data(as_text=True)
    assert "Un doute, je signale." in page


def test_the_plain_form_of_an_order_asks_for_each_rank_once(client: PageClient, app: Flask, site) -> None:
    with app.test_request_context(), transaction():
        profile = establishments.get_profile(establishments.get_site(site.site_code))
        path = catalog.get_path(profile, "cinq-premieres-minutes", "fr")
    question = path.find_item("in-order")
    page = client.post(f"/p/{site.site_code}/cinq-premieres-minutes", data={}).get_data(as_text=True)
    token = re.search(r'name="token"\s+value="([^"]+)"', page)[1]
    same = {f"rank-{choice.id}": "1" for choice in question.choices}
    refused = client.post("/attempts/step", data={"token": token, "item": "in-order"} | same)
    assert refused.status_code == 422
    assert "un numéro différent" in refused.get_data(as_text=True)
    ranks = {f"rank-{choice.id}": str(rank) for rank, choice in enumerate(question.choices, start=1)}
    client.post("/attempts/step", data={"token": token, "item": "in-order"} | ranks)
    state = client.get(
        "/attempts/state", headers={"Authorization": f"Bearer {token}", "Accept": "application/json"}
    ).json
    assert json.dumps(state).count('"in-order"') == 1
    assert next(answer for answer in state["answers"] if answer["item"] == "in-order")["correct"] is True
