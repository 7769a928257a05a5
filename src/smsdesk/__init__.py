"""smsdesk 短信取证台: from screenshots of debt-collection SMS to a file that a court can use."""

from __future__ import annotations

__version__ = "0.1.0"
