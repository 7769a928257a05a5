"""Carry out a command line; failures become sentences and exit codes."""

from __future__ import annotations

import logging
import os
import sys

import typer

from smsdesk.cli import output
from smsdesk.domain.errors import SmsdeskError, WrongUse
from smsdesk.services.jobs import Cancelled
from smsdesk.services.logs import log_file, start_log
from smsdesk.wording import explain


def run(arguments: list[str]) -> int:
    """Carry out one command line; return its exit code."""
    arguments = output.choose_language(arguments)
    start_log()
    try:
        return _command(arguments)
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


def _command(arguments: list[str]) -> int:
    from smsdesk.cli.program import app  # its help texts are in the language now chosen

    try:
        result = app(arguments, prog_name="smsdesk", standalone_mode=False)
    except typer.TyperException as error:
        raise WrongUse(detail=error.format_message()) from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    return result if isinstance(result, int) else output.DONE
