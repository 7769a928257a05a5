"""The command line as a person calls it."""

from __future__ import annotations

import pytest

from smsdesk.cli.app import run


@pytest.fixture
def command(capsys):
    """Run one command line; return exit code, standard output and standard error."""

    def call(*arguments):
        capsys.readouterr()  # what was printed before is not this command's
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call
