# One command per need. The environments are a pure function of pyproject.toml and requirements.lock:
# when either changes they are made again, otherwise `make setup` does nothing.

# The lock is made for 3.11; a machine that has none takes what it has.
PYTHON ?= $(or $(shell sh .ci/find-python 3.11),python3)
SOURCES := api data engine schemas signals tests $(wildcard benchmarks)
KEY := $(shell cat pyproject.toml requirements.lock | sha256sum | cut -c1-16)
STAMP := .venv/ready-$(KEY)
STAMP313 := .venv-3.13/ready-$(KEY)
WORKERS ?= 2

# Only looked up by the targets that need it. A python3.13 on PATH can be a version manager's shim
# that does not run, so each candidate is asked for its version.
PYTHON313 ?= $(shell sh .ci/find-python 3.13)

# The page needs Node.js; everything else works without it, and says so.
NODE_BIN ?= $(shell sh .ci/find-node)
PAGE_STAMP = app/node_modules/ready-$(shell cat app/package-lock.json | sha256sum | cut -c1-16)
PAGE_SOURCES = $(shell find app \( -name node_modules -o -name dist -o -name test-results \) -prune -o -type f -print)
IN_APP = cd app && PATH="$(NODE_BIN):$$PATH"

# One thread per process: the order of floating-point additions in BLAS depends on the thread count.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

# Bytecode is kept, whatever the machine says: a process that compiles pandas anew takes longer than most tests.
unexport PYTHONDONTWRITEBYTECODE

# Each worker begins with a half of the tests and takes from the other's end: fixtures of a module are made once.
pytest = $(1)/bin/python -m pytest -n $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup setup-3.13 demo serve page test test-python test-page test-3.13 test-long lint format openapi bench bench-page \
	lock clean node

help:  ## print the targets
	@awk -F ':.*## ' '/^[a-z0-9.-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## make .venv from the lock (PYTHON=...: another Python)

setup-3.13: $(STAMP313)  ## make .venv-3.13 from the same lock (PYTHON313=...)

demo: setup  ## run an iron condor over 2014 to 2018 on the data that comes along, and say where to look
	.venv/bin/ironfly run configs/spx_model_iron_condor.yaml
	@echo
	@echo 'Look at it in the browser: make serve, then http://127.0.0.1:8000'

serve: setup  ## build the page and serve it with the API and the demo run (ARGS="--port 8001")
ifeq ($(strip $(NODE_BIN)),)
	@echo 'No Node.js 20.19 or newer on PATH: the API is served without the page.'
else
	$(MAKE) page
endif
	.venv/bin/ironfly serve --demo $(ARGS)

page: app/dist/index.html  ## build the page (needs Node.js 20.19 or newer)

test: test-python test-page  ## run all tests: Python, page, browser

test-python: setup  ## run the Python tests (reference data: IRONFLY_REFERENCE_DATA, default ../shared)
	$(call pytest,.venv) $(ARGS)

test-page: setup  ## run the page's tests, in a browser where chromium is present
ifeq ($(strip $(NODE_BIN)),)
	@echo 'No Node.js 20.19 or newer on PATH: the tests of the page are left out.'
	@test -z "$(CI)"
else
	$(MAKE) $(PAGE_STAMP)
	$(IN_APP) npm test
	@if command -v chromium > /dev/null; then $(IN_APP) npm run e2e; \
		else echo 'No chromium on PATH: the browser tests are left out.'; test -z "$(CI)"; fi
endif

test-3.13: setup-3.13  ## run the tests on Python 3.13, but for documentation and properties, which say the same on both
	$(call pytest,.venv-3.13) --ignore=tests/docs -m "not long and not hypothesis" $(ARGS)

test-long: setup  ## run the tests marked long and every property test, with 2,000 examples each
	$(call pytest,.venv) -m "long or hypothesis" --hypothesis-profile=long -o faulthandler_timeout=3600 $(ARGS)

lint: setup  ## ruff, mypy --strict, import contracts, generated documents; the page's linters
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict $(SOURCES)
	.venv/bin/lint-imports
	.venv/bin/python -m schemas.generate --check
	.venv/bin/python -m data.mapping_schema --check
	.venv/bin/python -m api.openapi --check
ifeq ($(strip $(NODE_BIN)),)
	@echo 'No Node.js 20.19 or newer on PATH: the linters of the page are left out.'
	@test -z "$(CI)"
else
	$(MAKE) $(PAGE_STAMP)
	$(IN_APP) npm run lint
	$(IN_APP) npm run openapi:check
endif

openapi: setup node $(PAGE_STAMP)  ## write app/openapi.json and the client that is generated from it
	.venv/bin/python -m api.openapi
	$(IN_APP) npm run openapi

format: setup  ## rewrite the sources as ruff likes them
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: setup  ## run the benchmarks
	.venv/bin/python -m benchmarks $(ARGS)

bench-page: page  ## measure how fast the payoff chart follows a slider, in the browser
	$(IN_APP) npm run bench

# One version of each package for every supported Python, so that 3.11 and 3.13 compare like with like.
lock: setup  ## resolve requirements.lock again from pyproject.toml (ARGS=--upgrade)
	.venv/bin/uv pip compile --system-certs pyproject.toml --extra dev --extra vendors --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --quiet --output-file requirements.lock $(ARGS)

clean:  ## remove environments, caches and build results
	rm -rf .venv .venv-3.13 app/node_modules app/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
	find $(SOURCES) -name __pycache__ -prune -exec rm -rf {} +

node:
	@test -n "$(strip $(NODE_BIN))" || { echo 'Node.js 20.19 or newer is needed: put it on PATH, or name its folder with NODE_BIN=' >&2; exit 1; }

# Not `npm ci`: it insists on the binaries of every other system, which not every index holds. Versions and hashes are the lock's.
$(PAGE_STAMP): | node
	$(IN_APP) npm install --no-save --no-audit --no-fund
	touch $@

app/dist/index.html: $(PAGE_STAMP) $(PAGE_SOURCES)
	$(IN_APP) npm run build

# install_into(environment): uv comes from the lock like everything else; where uv cannot reach the
# index (one configured for pip only), pip installs the same files, checked against the same hashes.
define install_into
	awk '/^[^ #]/ {keep = /^uv==/} keep' requirements.lock > $(1)/uv.lock
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)/uv.lock
	$(1)/bin/uv pip install --system-certs --quiet --python $(1)/bin/python --require-hashes --no-build -r requirements.lock \
		|| $(1)/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	touch $@
endef

$(STAMP): | pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear .venv
	$(call install_into,.venv)

$(STAMP313): | pyproject.toml requirements.lock
	@test -n "$(PYTHON313)" || { echo "no working python3.13 found; set PYTHON313=/path/to/python3.13" >&2; exit 1; }
	$(PYTHON313) -m venv --clear .venv-3.13
	$(call install_into,.venv-3.13)
