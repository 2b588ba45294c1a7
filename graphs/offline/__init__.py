"""The model that answers where no key is set: fixed Portuguese rules, no machine learning, never chosen silently.

It reads what any model reads (prompt, window, tool results) and calls the same tools, so that every path can be tried by hand.
"""

from graphs.offline.model import OfflineChatModel

__all__ = ["OfflineChatModel"]
