"""Pure analysis: article -> claims -> comparison. No I/O, no clock, no package of ours imported."""
