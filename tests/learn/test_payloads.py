"""Whatever is sent to the player's routes gets a clear error, never a 500 and never a half-done change."""

import json
from uuid import uuid4

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.establishments import a_site
from tests.factories.learn import begin

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
NEARLY = st.fixed_dictionaries(
    {
        "answer_id": st.just(str(uuid4())) | ANY_JSON,
        "item": st.sampled_from(["who", "what", "gesture", "none", "\x00"]) | ANY_JSON,
        "choices": st.lists(st.sampled_from(["a", "b", "c", "z", ""]), max_size=5) | ANY_JSON,
    }
)
CLEAR = {200, 400, 401, 404, 409, 422}
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(body=NEARLY | ANY_JSON)
def test_any_answer_gets_a_clear_reply(app: Flask, body: object) -> None:
    client = app.test_client()
    run = begin(client, a_site(app))
    response = client.post(
        "/attempts/answers", data=json.dumps(body), content_type="application/json", headers=run.headers
    )
    assert response.status_code in CLEAR
    assert response.is_json
    if response.status_code != 200:
        assert response.json["message"]
        assert run.state().json["answers"] == []


@FUZZ
@given(body=st.binary(max_size=60), kind=st.sampled_from(["application/json", "text/plain", "image/png", ""]))
def test_any_bytes_get_a_clear_reply(app: Flask, body: bytes, kind: str) -> None:
    run = begin(app.test_client(), a_site(app))
    headers = run.headers | {"Content-Type": kind, "Accept": "application/json"}
    response = app.test_client().post("/attempts/answers", data=body, headers=headers)
    assert response.status_code in CLEAR
    assert json.loads(response.data)["error"]


@FUZZ
@given(
    form=st.dictionaries(
        st.sampled_from(["item", "choices", "answer_id", "rank-a", "rank-b"]), st.text(max_size=12)
    )
)
def test_any_plain_form_gets_a_page(app: Flask, form: dict[str, str]) -> None:
    run = begin(app.test_client(), a_site(app))
    response = app.test_client().post("/attempts/step", data=form | {"token": run.token})
    assert response.status_code in CLEAR
    assert response.mimetype == "text/html"
