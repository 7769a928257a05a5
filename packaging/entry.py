"""What both programs of the bundle start with."""

from __future__ import annotations

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a reading process of the bundle is this program once more
    from smsdesk.__main__ import main

    main()
