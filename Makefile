# make demo   everything from nothing to a running product with demo data
# make test   every test, on SQLite and on PostgreSQL
# make quick  the short tests on SQLite alone, to try a change with
# make soak   what only long runs prove: races, kills, faults and load (takes an hour or two; docs/soak.md)
# make bench  every figure of docs/performance.md, beside its peers (takes long; nothing else should run)
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 5000
VENV := .venv
BIN := $(VENV)/bin
AUDIT := build/audit
PINNED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate -q
PO := matchmaker/translations/en/LC_MESSAGES/messages.po
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test quick soak bench check audit licences fmt assets texts lock clean

$(VENV)/.ready: requirements.lock
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	@touch $@

static/vendor/manifest.json: $(VENV)/.ready package-lock.json assets/build.mjs $(shell find static/css static/js static/img assets templates -type f 2>/dev/null)
	@echo "Building style sheets, fonts and icons ..."
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --omit=dev --no-audit --no-fund --loglevel=error
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/node assets/build.mjs

matchmaker/translations/en/LC_MESSAGES/messages.mo: $(VENV)/.ready matchmaker/translations/en/LC_MESSAGES/messages.po
	@$(BIN)/pybabel -q compile -d matchmaker/translations

# Bytecode too: where Python may not write it (a container, a unit of systemd) every start would compile all again.
assets: static/vendor/manifest.json matchmaker/translations/en/LC_MESSAGES/messages.mo
	@$(BIN)/python -m compileall -q matchmaker migrations serving config.py wsgi.py

demo: assets
	@PORT=$(PORT) $(BIN)/python -m matchmaker.demo

test: assets
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.run

quick: assets
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.run --quick

soak: assets
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m soak

bench: assets
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements-bench.lock
	@$(BIN)/python -m bench

check: assets
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/house_rules/test_style.py

audit: assets $(AUDIT)/.ready
	@$(AUDIT)/bin/bandit --quiet --configfile pyproject.toml --recursive matchmaker config.py wsgi.py migrations deploy serving supply
	@$(BIN)/python -m supply.licences --check
	@$(AUDIT)/bin/python -m supply.sbom build/sbom

$(AUDIT)/.ready: requirements-audit.lock
	@test -x $(AUDIT)/bin/python || $(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/pip install --quiet --require-hashes --requirement requirements-audit.lock
	@touch $@

licences: assets
	@$(BIN)/python -m supply.licences

fmt: $(VENV)/.ready
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

texts: $(VENV)/.ready
	@mkdir -p build
	@head -n 6 $(PO) >build/header.po
	@$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext -k N_ --no-location --sort-output --omit-header -o build/messages.pot .
	@$(BIN)/pybabel -q update -i build/messages.pot -d matchmaker/translations -l en --no-fuzzy-matching --no-wrap --omit-header --ignore-obsolete
	@cat build/header.po $(PO) >build/messages.po && mv build/messages.po $(PO)

lock:
	@uv pip compile pyproject.toml --extra build --extra test --extra fast $(PINNED) -o requirements.lock
	@uv pip compile pyproject.toml --extra fast --constraint requirements.lock $(PINNED) -o requirements-run.lock
	@uv pip compile pyproject.toml --extra fast --extra bench --constraint requirements.lock $(PINNED) -o requirements-bench.lock
	@uv pip compile --group audit --constraint requirements.lock $(PINNED) -o requirements-audit.lock

clean:
	rm -rf $(VENV) node_modules static/vendor instance
