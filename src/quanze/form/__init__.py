"""Schema → form → validation: the only package that knows the JSON Schema libraries."""

from quanze.form.fields import Form, form
from quanze.form.kinds.kind import Field
from quanze.form.pattern import pattern
from quanze.form.schema import COMMON, DECLARED, SUFFIX, forms, load_forms
from quanze.form.sentences import RULES
from quanze.form.validate import FormError, Validator

__all__ = [
    "COMMON",
    "DECLARED",
    "RULES",
    "SUFFIX",
    "Field",
    "Form",
    "FormError",
    "Validator",
    "form",
    "forms",
    "load_forms",
    "pattern",
]
