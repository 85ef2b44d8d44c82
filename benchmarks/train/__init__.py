"""Training of the models that the package can use. Needs torch, which no other part of the project needs."""
