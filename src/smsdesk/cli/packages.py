"""Commands about evidence packages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smsdesk.cli.commands import app
from smsdesk.cli.output import put, shown_task, tell, words
from smsdesk.services.unpacking import unpack as unpack_case


@app.command(help=words("help_unpack"))
def unpack(
    package: Annotated[Path, typer.Argument(metavar="PACKAGE", help=words("help_package"))],
    case: Annotated[Path, typer.Argument(metavar="CASE", help=words("help_new_case"))],
) -> None:
    """Take the case out of an evidence package."""
    with shown_task() as task:
        unpack_case(package, case, task)
    tell(words("unpacked"))
    put(str(case))
