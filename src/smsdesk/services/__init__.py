"""Use cases: everything the program can do, in verbs, for the window and the command line."""

from __future__ import annotations
