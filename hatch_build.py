"""Build step: compile the translations, and ship resources/ and ui/ inside the package."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import PySide6
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {"resources": "smsdesk/_resources", "ui": "smsdesk/_ui"}


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every .ts beside its source; add the shipped folders, except to an editable install."""
        folder = Path(self.root, "resources", "translations")
        lrelease = shutil.which("lrelease", path=str(Path(PySide6.__file__).parent))
        for source in sorted(folder.glob("*.ts")):
            if lrelease is None:
                raise FileNotFoundError("lrelease, which PySide6-Essentials carries")
            command = [lrelease, "-silent", str(source), "-qm", str(source.with_suffix(".qm"))]
            subprocess.run(command, check=True)  # noqa: S603 - our own tool on our own files
        if version != "editable":  # an editable install reads the checkout itself
            build_data["force_include"].update(SHIPPED)
