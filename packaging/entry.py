"""What both programs of the bundle start with."""

from __future__ import annotations

from smsdesk.__main__ import main

main()
