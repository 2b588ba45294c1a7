"""Files that come with messages: fetched once, encrypted, kept for a while, shown to people."""
