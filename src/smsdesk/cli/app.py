"""Entry point: choose the language, then the window or a command; failures become exit codes."""

from __future__ import annotations

import io
import logging
import os
import sys
from pathlib import Path

import typer

from smsdesk.cli import output
from smsdesk.domain.errors import SmsdeskError, WrongUse
from smsdesk.services.jobs import Cancelled
from smsdesk.services.logs import log_file, start_log
from smsdesk.wording import explain


def main() -> None:
    """Run the program and leave with the exit code of the contract."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console may be set to GBK
            stream.reconfigure(encoding="utf-8")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Carry out one command line; return its exit code."""
    arguments = output.choose_language(arguments)
    start_log()
    try:
        return _window_or_command(arguments)
    except SmsdeskError as error:
        output.tell(explain(error, output.language()))
        return error.exit_code
    except (Cancelled, KeyboardInterrupt):
        output.tell(output.words("interrupted"))
        return output.INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return output.DONE
    except Exception:
        logging.getLogger(__name__).exception("a bug ended the command")
        output.tell(output.words("bug", log=log_file()))
        return output.BUG


def _window_or_command(arguments: list[str]) -> int:
    if not arguments or arguments[0].endswith(".smscase"):
        from smsdesk.gui.app import run as run_window  # Qt is loaded for the window only

        return run_window(Path(arguments[0]) if arguments else None)
    from smsdesk.cli.commands import app

    try:
        result = app(arguments, prog_name="smsdesk", standalone_mode=False)
    except typer.TyperException as error:
        raise WrongUse(detail=error.format_message()) from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    return result if isinstance(result, int) else output.DONE
