"""The weights of ``claims.statement_likeness``: two logistic regressions over few features."""
