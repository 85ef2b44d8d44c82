# Two commands: `make run` starts the product, `make test` runs all tests. Both set everything up first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run setup test check format locale clean

run: setup  ## LINK=https://... or TEXT=file answers once on the terminal
ifdef LINK
	@$(BIN)/second-source compare "$(LINK)"
else ifdef TEXT
	@$(BIN)/second-source compare --text "$(TEXT)"
else
	@$(BIN)/second-source run
endif

setup: $(READY)

test: setup
	$(BIN)/pytest

check: setup  ## format, lint, types, quick tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/claims tests/test_imports.py tests/test_docs.py

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# uv installs in seconds what pip takes minutes for; pip is the fallback where uv cannot be had. The last line proves
# that every dependency can be imported: pip 23 leaves one of trafilatura's out. Compiling ahead saves each start some
# three seconds where Python may not write its cache.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11.5 or later is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11, 5) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet uv -c constraints.txt && \
		UV_SYSTEM_CERTS=1 $(BIN)/python -m uv pip install --quiet --compile-bytecode --python $(BIN)/python \
			-e '.[dev]' -c constraints.txt || { \
		$(BIN)/python -m pip install --quiet --upgrade pip && \
		$(BIN)/python -m pip install --quiet -e '.[dev]' -c constraints.txt; }
	@$(BIN)/python -m compileall -q bot newsroom scrapers storage claims migrations
	@$(BIN)/python -c 'import bot.cli, newsroom.wiring, scrapers.web, storage.store, claims.comparing'
	@touch $(READY)

locale: setup  ## bring the catalogues up to date with the texts, and compile them
	@mkdir -p build
	$(BIN)/pybabel -q extract -F pyproject.toml --no-default-keywords -k _ -k lazy -k plural:1,2 \
		--add-location=file --no-wrap -o build/bot.pot bot
	$(BIN)/pybabel -q update -D bot -i build/bot.pot -d bot/locale --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date --no-wrap
	$(BIN)/pybabel -q compile -D bot -d bot/locale

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache
