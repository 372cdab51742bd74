"""Static files: hashed names, kept for ever, compressed; fonts made from their packages."""

import brotli
from flask import Flask

from lms.assets import asset_url, import_map, shelf
from lms.settings import Settings


def test_a_static_file_is_kept_for_ever_under_a_name_that_carries_its_content(app: Flask, client) -> None:
    with app.test_request_context():
        address, asset = asset_url("core/base.css"), shelf().get("core/base.css")
    assert asset.digest in address
    response = client.get(address, headers={"Accept-Encoding": "br"})
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.mimetype == "text/css"
    assert brotli.decompress(response.data) == asset.body
    assert client.get(address, headers={"Accept-Encoding": ""}).data == asset.body


def test_only_the_hashed_name_is_served(client) -> None:
    assert client.get("/assets/core/base.css").status_code == 404
    assert client.get("/assets/../pyproject.toml").status_code == 404


def test_every_module_is_in_the_import_map(app: Flask) -> None:
    with app.test_request_context():
        mapped = import_map()
        for name in shelf().by_name:
            if name.endswith(".js"):
                assert f'"{name[:-3]}": "/assets/' in mapped


def test_fonts_are_made_from_the_packages_and_stay_small(app: Flask, client, settings: Settings) -> None:
    total = 0
    for name in ("figtree.woff2", "bricolage-grotesque.woff2"):
        with app.test_request_context():
            address = asset_url(f"fonts/{name}")
        response = client.get(address)
        assert response.data[:4] == b"wOF2"
        total += len(response.data)
    assert total <= 80_000
    assert len(list((settings.instance_path / "fonts").glob("*.woff2"))) == 2
