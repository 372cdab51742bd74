"""What the home page's form takes."""

from marshmallow import EXCLUDE, Schema, fields, validate

from lms.i18n import lazy_gettext as _l

ASK = _l("Tapez les six caractères du code.")
"""Whatever is wrong, this is what to do; marshmallow would say it in its own English."""


class CodeSchema(Schema):
    """A site code as typed: spaces, hyphens and lower case are all right."""

    class Meta:
        unknown = EXCLUDE

    code = fields.String(
        required=True,
        validate=validate.Length(min=1, max=30, error=ASK),
        error_messages={"required": [ASK]},
    )
