"""The weights of ``claims.matching.meaning``: all-MiniLM-L6-v2 as it is published, made small. Nothing is trained."""
