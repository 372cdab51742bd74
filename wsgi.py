"""The WSGI entry point: `app`."""

from lms.app import create_app

app = create_app()
