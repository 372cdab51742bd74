"""What the home page's form takes."""

from marshmallow import EXCLUDE, Schema, fields, validate


class CodeSchema(Schema):
    """A site code as typed: spaces, hyphens and lower case are all right."""

    class Meta:
        unknown = EXCLUDE

    code = fields.String(required=True, validate=validate.Length(min=1, max=30))
