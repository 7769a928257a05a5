"""Start the program: the window without arguments or with a case to open, else a command."""

from __future__ import annotations

from smsdesk.cli.app import main

if __name__ == "__main__":
    main()
