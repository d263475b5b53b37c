# Every target sets up what it needs by itself: bootstrap.py makes .venv from uv.lock.

SETUP := python3 bootstrap.py
IN := $(SETUP) exec --
UV := $(or $(shell command -v uv),.tools/uv-0.13.9/uv)
CHECKS := $(IN) python tests/tools/checks.py

.DEFAULT_GOAL := help
.PHONY: help run test fast lint format tour day bench torture golden lock

help:     ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

run:      ## start the kiosk and the desk (without a display: the tour)
	@$(SETUP) run

test:     ## everything that must hold: lint, coverage, all tests
	@$(SETUP) test

fast:     ## the rules alone, in seconds
	@$(IN) python -m pytest -q -n 2 tests/domain

lint:     ## formatting, rules, types, layers, screens
	@$(CHECKS) lint

format:   ## put Python and QML into the form that lint asks for
	@$(CHECKS) format

tour:     ## the story by real touches, pictures in out/tour
	@$(IN) kiosk tour

day:      ## one real day at a car park, and where every cent went
	@$(IN) kiosk day --picture out/day.png

bench:    ## how fast it is
	@$(IN) python -m pytest -q tests/bench -m bench

torture:  ## long fault runs
	@$(IN) python -m pytest -q tests/torture -m torture

golden:   ## write db/schema.sql, tariff.schema.json and the stories anew; review the difference
	@$(IN) python -m db.schema
	@$(IN) kiosk scenario --beside docs/examples/*.toml
	@$(IN) kiosk scenario --beside --json docs/examples/1[1-9]-*.toml
	@$(IN) kiosk tariff schema --out resources/tariffs/tariff.schema.json

lock:     ## write uv.lock and requirements.txt anew after a change of dependencies
	@$(UV) lock --no-config
	@$(UV) export --frozen --no-config --no-emit-project --no-header --no-annotate -q -o requirements.txt
