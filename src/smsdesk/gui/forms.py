"""Load Qt Designer forms into widgets that declare what they use of them."""

from __future__ import annotations

from typing import get_type_hints

from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QWidget

from smsdesk.resources import form


class FormError(RuntimeError):
    """A form lacks a widget that its class declares, or has it as another type."""


class _Loader(QUiLoader):
    """Build a form's top-level widget into an existing one."""

    def __init__(self, target: QWidget) -> None:
        super().__init__()
        self._target = target

    def createWidget(
        self, class_name: str, parent: QWidget | None = None, name: str = ""
    ) -> QWidget:
        if parent is None:
            return self._target
        return super().createWidget(class_name, parent, name)


def load_form(name: str, target: QWidget) -> None:
    """Fill *target* from ui/NAME.ui and check its class's declared widgets (all annotations)."""
    if _Loader(target).load(str(form(name))) is None:
        raise FormError(f"{name}.ui could not be read")
    for attribute, expected in get_type_hints(type(target)).items():
        if not isinstance(getattr(target, attribute, None), expected):
            raise FormError(f"{name}.ui has no {expected.__name__} named {attribute}")
