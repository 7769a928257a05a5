"""Charts that can be worked with by mouse and keyboard, drawn with pyqtgraph.

pyqtgraph takes most of a second to load: places import these modules in the background, when they
are looked at for the first time.
"""

from __future__ import annotations
