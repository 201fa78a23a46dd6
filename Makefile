# make demo            plays the case and serves the Desk      make demo SERVE=0   ends after the case
# make test            runs every test                         make test ARGS="-m scenario -q"
# make test BENCH=PATH SITE=NAME                               tests on an existing bench
# make serve           serves the demo's site                  make up             brings the test site up
# make benchmark       runs every benchmark, fails when a limit is missed
# make benchmark BENCH=PATH SITE=NAME                          beside ERPNext as well, on a bench with it
# make status | stop | clean
PYTHON ?= python3
SERVE ?= 1
ARGS ?=
DEVBENCH = $(PYTHON) -m devbench
TESTED = $(if $(BENCH),--bench=$(BENCH)) $(if $(SITE),--site=$(SITE))

.PHONY: demo test benchmark serve up stop status clean

demo:
	@$(DEVBENCH) demo $(if $(filter 0,$(SERVE)),--no-serve)

test:
	@$(DEVBENCH) test $(TESTED) $(ARGS)

benchmark:
	@$(DEVBENCH) python $(CURDIR)/tests/benchmarks/run_all.py $(TESTED)

serve up stop status clean:
	@$(DEVBENCH) $@
