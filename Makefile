# Two commands do everything: `make wiki` and `make test`. Windows users: see the README.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
ADDRESS ?= 127.0.0.1:8000
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup wiki build cms test test-properdocs check format lock screenshots sbom bench bench-search clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 26

setup: .venv/.runtime ## the virtual environment with the command .venv/bin/wissen

.venv/.runtime: requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh "$(PYTHON)" requirements.lock
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@sh tools/setup.sh "$(PYTHON)" requirements-dev.lock
	@touch $@

wiki: setup ## set up, build and serve the wiki on http://127.0.0.1:8000/
	@$(BIN)/wissen serve --address $(ADDRESS)

build: setup ## build the wiki into site/
	@$(BIN)/wissen build

test: .venv/.dev ## set up what the tests need (browser and servers included) and run them
	@sh tools/browser.sh
	@sh tools/servers.sh
	@sh tools/cms/make.sh || echo "The tests of the CMS will be skipped."
	@$(BIN)/python -m pytest

cms: setup ## bundle Sveltia CMS (needs Node.js), for wissen build --with-cms
	@sh tools/cms/make.sh

test-properdocs: .venv/.dev ## build under ProperDocs, the successor of MkDocs, and compare
	@$(BIN)/python -m pytest -m properdocs

check: .venv/.dev ## lint and types
	@$(BIN)/ruff check generator tests tools
	@$(BIN)/ruff format --check generator tests tools
	@$(BIN)/mypy

format: .venv/.dev ## format the code
	@$(BIN)/ruff check --fix generator tests tools
	@$(BIN)/ruff format generator tests tools

lock: ## renew the lock files from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --extra build --extra test --extra dev pyproject.toml -o requirements-dev.lock

bench: .venv/.dev ## measure, side by side with Eleventy and Hugo: N=10000 RUNS=3 [STOCK=1] [VERIFY=1] [ONLY=full,edits,serve,search,pages]
	@sh tools/browser.sh
	@$(BIN)/python -m tools.bench --n $(or $(N),10000) --runs $(or $(RUNS),3) \
		$(if $(STOCK),--stock) $(if $(VERIFY),--verify) $(if $(ONLY),--only $(ONLY))

bench-search: .venv/.dev ## measure the search in Chromium: SITE=site QUERIES=tests/search/queries-content.json
	@sh tools/browser.sh
	@test -n "$(SITE)" || $(BIN)/wissen build
	@$(BIN)/python tools/bench_search.py $(or $(SITE),site) $(or $(QUERIES),tests/search/queries-content.json)

screenshots: .venv/.dev ## renew the pictures in docs/ from the example county
	@sh tools/browser.sh
	@$(BIN)/python tools/screenshots.py

sbom: .venv/.dev ## what the generator is made of, with licences: CycloneDX in build/sbom.cdx.json
	@$(BIN)/python -m tools.sbom build/sbom.cdx.json

clean: ## remove everything that can be made again
	rm -rf .venv .cache site build *.egg-info .pytest_cache .mypy_cache .ruff_cache
