"""What smsdesk knows about messages, numbers, times and custody; standard library only."""

from __future__ import annotations
