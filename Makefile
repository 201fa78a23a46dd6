# make demo            plays the case and serves the Desk      make demo SERVE=0   ends after the case
# make test            runs every test                         make test ARGS="-m scenario -q"
# make serve           serves the demo's site                  make up             brings the test site up
# make status | stop | clean
PYTHON ?= python3
SERVE ?= 1
ARGS ?=
DEVBENCH = $(PYTHON) -m devbench

.PHONY: demo test serve up stop status clean

demo:
	@$(DEVBENCH) demo $(if $(filter 0,$(SERVE)),--no-serve)

test:
	@$(DEVBENCH) test $(ARGS)

serve up stop status clean:
	@$(DEVBENCH) $@
