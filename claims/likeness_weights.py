"""Weights of ``claims.statement_likeness``, written by ``benchmarks.train.alignment``; change as a set."""

WORDS = {
    "cosine": 8.6989,
    "shared": 1.8336,
    "numbers": 2.1045,
    "run": 0.3567,
    "around": 4.5375,
    "apart": -1.6506,
    "bias": -5.6794,
}

MEANING = {
    "cosine": 5.2838,
    "shared": 1.4400,
    "numbers": 2.4896,
    "run": 0.2663,
    "around": 4.6751,
    "apart": -1.1997,
    "centred": 2.1020,
    "context": 3.3725,
    "margin_low": 3.1843,
    "margin_high": 1.2000,
    "bias": -6.5028,
}
