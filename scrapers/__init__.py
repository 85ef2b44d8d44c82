"""The web: polite, guarded reading of pages, feeds and search services. Public: ``web`` and ``outlets``."""
