"""Start the program: the window without arguments or with a case to open, else a command."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from smsdesk.cli import output
from smsdesk.cli.app import run


def main() -> None:
    """Run the program and leave with the exit code of the contract."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console may be set to GBK
            stream.reconfigure(encoding="utf-8")
    arguments = output.choose_language(sys.argv[1:])
    if arguments and not arguments[0].lower().endswith(".smscase"):
        sys.exit(run(sys.argv[1:]))
    sys.exit(_show_window(Path(arguments[0]) if arguments else None))


def _show_window(case: Path | None) -> int:
    if output.language_was_asked():  # else the window's own setting holds
        os.environ["SMSDESK_LANG"] = output.language()
    try:
        from smsdesk.gui.app import run as run_window  # Qt is loaded for the window only
    except ImportError as error:  # Linux without the libraries that Qt needs
        output.tell(output.words("no_window", detail=error))
        return output.WRONG_USE
    return run_window(case)


if __name__ == "__main__":
    main()
