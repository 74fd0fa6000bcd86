# Every command of the project; `make` lists them.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run serve release test coverage check format docs lock bench system-packages clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: .venv/run work/releases/current ## Install, build the starter release, serve it (PORT=8000)
	$(BIN)/infracommons serve --port $(PORT)

serve: .venv/run ## Serve the current release (PORT=8000)
	$(BIN)/infracommons serve --port $(PORT)

work/releases/current: | .venv/run
	$(BIN)/infracommons release --raw starter

release: .venv/run ## Make a release from work/raw
	$(BIN)/infracommons release

test: .venv/dev system-packages ## Install and run every test: fast ones first, then engines, browser and PostgreSQL
	$(BIN)/pytest -q -n 2 --dist loadgroup -m "not spark and not browser"
	$(BIN)/pytest -q -m "spark or browser"
	# Once more with PostgreSQL, all that touches a database; 69 says that it is not installed, and which tests did not run.
	scripts/with-postgresql $(BIN)/pytest -q -n 2 --dist loadgroup -m "database and not browser" tests/web tests/config || [ $$? = 69 ]

coverage: .venv/dev ## Run the fast tests and tell which branches none of them takes; twice as slow as without
	$(BIN)/pytest -q -n 2 --dist loadgroup -m "not spark and not browser" --cov --cov-report=term

check: .venv/dev ## What CI checks: style, types, import contracts, templates, generated docs
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --check --quiet src/infracommons/web
	$(BIN)/djlint --lint --quiet src/infracommons/web
	$(BIN)/python -m infracommons.docs --check

format: .venv/dev ## Put code and templates in order
	$(BIN)/ruff format src tests bench
	$(BIN)/ruff check --fix src tests bench
	-$(BIN)/djlint --reformat --quiet src/infracommons/web

docs: .venv/dev ## Make the generated docs anew
	$(BIN)/python -m infracommons.docs

bench: .venv/dev ## Measure; writes work/bench.json
	$(BIN)/python -m bench.run

lock: .venv/dev ## Choose versions anew and write the lock files
	$(BIN)/pip-compile --upgrade --strip-extras --generate-hashes --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra train --extra spark --extra dev --output-file requirements-dev.lock pyproject.toml
	$(BIN)/pip-compile --upgrade --strip-extras --generate-hashes --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

system-packages: ## Install what tests need from Debian: Chromium, Java 17, PostgreSQL, ripgrep
	@scripts/system-packages

.venv/run: requirements.lock pyproject.toml
	scripts/install requirements.lock
	@touch $@

.venv/dev: requirements-dev.lock pyproject.toml
	scripts/install requirements-dev.lock
	@touch $@ .venv/run

clean: ## Remove the environment and caches; releases and raw files stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
