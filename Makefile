# `make run` and `make test` are all that is needed; each sets up what it needs on first use.
PYTHON ?= python3
BOT := .venv/bin/python -m bot

MINUTES ?= 30
KILLS ?= 200

.PHONY: run test test-postgres soak kills audit check train talk lint widget setup setup-dev lock clean

run: setup ## start everything and print the address to open
	@$(BOT) run

test: setup-dev ## set up what tests need, then run them all
	@sh deploy/chromium.sh
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m mypy
	@$(BOT) check
	@$(BOT) train
	@.venv/bin/python -m pytest -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder --durations=25 --durations-min=5 $(ARGS)

test-postgres: setup-dev ## run the door's tests, or those of ARGS, on a PostgreSQL that is started for them
	@sh deploy/chromium.sh
	@.venv/bin/python -m tests.postgres -n auto --maxprocesses 4 --dist loadgroup $(or $(ARGS),tests/web)

soak: setup-dev ## twenty people on bad connections for MINUTES: does every message arrive once and in order?
	@.venv/bin/python -m tests.soak.soak --minutes $(MINUTES) $(ARGS)

kills: setup-dev ## kill door, Rasa and database KILLS times while people and advisors talk: is anything lost?
	@.venv/bin/python -m tests.kills.kills --kills $(KILLS) $(ARGS)

audit: setup-dev ## look the locked packages up among the known vulnerabilities
	@var/tools/bin/python deploy/audit.py

check: setup ## check all data
	@$(BOT) check

train: setup ## train the model if the data changed
	@$(BOT) train

talk: setup ## hold a conversation on the terminal
	@$(BOT) talk

widget: setup-dev ## check the widget's types, and make what browsers load of it
	@.venv/bin/python deploy/widget.py

setup:
	@$(PYTHON) deploy/bootstrap.py run

setup-dev:
	@$(PYTHON) deploy/bootstrap.py dev
	@$(PYTHON) deploy/bootstrap.py tools

lock: setup-dev ## renew requirements/*.txt from requirements/*.in
	@sh deploy/lock.sh

clean: ## remove everything that was made: environment, models, databases, logs
	rm -rf .venv var models/*.tar.gz models/*.sha256 models/*.seconds
