"""Small programs that guard the tree; `make lint` and `make test` run them."""
