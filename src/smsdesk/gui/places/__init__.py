"""The places of a case: pages that the rail on the left leads to, each a module of its own."""

from __future__ import annotations
