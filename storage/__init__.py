"""The database: the one place that knows SQLAlchemy. Public: ``storage.store``."""
