# The two commands of the README are `make install` and `make test`; `make help` lists all.

SWIFT    ?= swift
PREFIX   ?= $(shell if [ -w /usr/local/bin ]; then echo /usr/local; else echo $(HOME)/.local; fi)
# Tests need the shared standard library, the installed program has it inside: two build folders.
BUILD     = $(SWIFT) build -c release --static-swift-stdlib --scratch-path .build-install
# The tests run the code that ships: testable imports would add functions to each module.
TEST      = $(SWIFT) test -c release --disable-testable-imports
PACKAGES  = libyaml-dev libopenblas-dev libpng-dev libjpeg62-turbo-dev libgif-dev libdeflate-dev libarchive-dev \
  libssl-dev libcurl4-openssl-dev libmicrohttpd-dev pkg-config libcairo2 fonts-liberation
KILLS    ?= 200
# Cases a test of make torture: all, or a number. CASE is the name of a single one.
TORTURE  ?= all
CASE     ?=
RUNS     ?= 1000000
READERS  ?=
ROUNDS   ?= 5
PEERS    ?= .build-peers
# Where bash, zsh and fish look for what completes a command.
COMPLETIONS = $(PREFIX)/share/bash-completion/completions/gan-exp $(PREFIX)/share/zsh/site-functions/_gan-exp \
  $(PREFIX)/share/fish/vendor_completions.d/gan-exp.fish

.PHONY: help install uninstall build test test-slurm test-report test-interop report-packages interop-packages pages book pictures answers features gallery health metrics statistics arithmetic torture fuzz peers bench ranks memory inception scaling lint format packages clean arm64

help:
	@echo "make install    system packages, release build, gan-exp on the PATH ($(PREFIX)/bin), manual pages, completions of shells"
	@echo "make test       all tests"
	@echo "make pages      what is made of the sources: spec.md, cli.md, columns.md, the snippets of architecture.md, Citations.swift"
	@echo "make book       Documentation as one page for browsers, offline, and as one file for paper, into .build-book (two minutes)"
	@echo "make pictures   all pictures of Documentation but measured ones, from committed specs (forty minutes, of which the gallery takes half an hour)"
	@echo "make arithmetic the bits of every spec, and of RANDOM=$(RANDOM) drawn ones, in every manner beside the definition (twenty minutes)"
	@echo "make arm64      kernels compiled for arm64, their loops read, and run by an emulator where there is one (two minutes)"
	@echo "make health     trains eighty runs, healthy and spoilt, and counts the symptoms of each (twenty minutes)"
	@echo "make table-grid a published table made again, into Documentation/tables (ten minutes); Documentation/tables.md has all"
	@echo "make gallery    trains the experiments of Documentation/gallery.md anew, for their sheets and verdicts (half an hour)"
	@echo "make features   trains the networks of features anew, to the same bytes: git diff shows nothing (fifteen minutes)"
	@echo "make metrics    what metrics say where the answer is known, into Documentation/metrics.md (twenty minutes)"
	@echo "make statistics what intervals and tests of runs promise, beside 20 000 draws of three worlds (four minutes)"
	@echo "make test-slurm a sweep through a Slurm of two nodes on this machine, with tasks queued again and a node killed (six minutes)"
	@echo "make test-report pages of gan-exp report in Chromium: light, dark, narrow, on paper, without scripts, by axe (five minutes)"
	@echo "make test-interop  every export read by PyTorch, Keras, onnxruntime, TensorBoard; BRIEF=--brief for some (ten minutes)"
	@echo "make answers    everything recorded: those pages, Experiments/schema.json, Tests/Answers, Tests/BadSpecs; git diff shows the change"
	@echo "make torture    kills, failing disks, power cuts, torn files: TORTURE=all of them, or a number a test (about an hour)"
	@echo "make fuzz       every reader of files with RUNS=$(RUNS) inputs that libFuzzer makes; READERS=\"png tar\" for some"
	@echo "make bench      speed beside JAX, PyTorch and Keras, into Documentation/benchmarks.md (an hour)"
	@echo "make ranks      two processes of mpirun that share out a run's shards, beside one of two threads (ten minutes)"
	@echo "make memory     what check promises of memory beside what runs take (two minutes)"
	@echo "make inception  features of Documentation/inception.yaml beside torch-fidelity's, with random parameters (ten minutes)"
	@echo "make scaling    cost by batch, width, depth and threads, into Documentation/scaling.png (ten minutes)"
	@echo "make lint       the format of all sources"
	@echo "make format     mends it"
	@echo "make uninstall  removes what make install put under $(PREFIX)"
	@echo "make clean      removes what was built"

# Installs what is missing with apt, as root or through sudo; says what to install where it may not.
packages:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; \
	  else echo "Please install:  sudo apt-get install$$missing" >&2; exit 1; fi; \
	  echo "Installing$$missing"; \
	  $$as_root apt-get update -q && DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -qy --no-install-recommends $$missing; \
	fi

build: packages
	$(BUILD) --product gan-exp

install: build
	install -d $(PREFIX)/bin $(PREFIX)/share/gan-exp/datasets/mnist $(PREFIX)/share/gan-exp/datasets/features
	install -m 755 "$$($(BUILD) --show-bin-path)/gan-exp" $(PREFIX)/bin/gan-exp
	install -m 644 Sources/Datasets/Resources/mnist/* $(PREFIX)/share/gan-exp/datasets/mnist/
	install -m 644 Sources/Datasets/Resources/features/* $(PREFIX)/share/gan-exp/datasets/features/
	$(PREFIX)/bin/gan-exp manual -o $(PREFIX)/share/man/man1 > /dev/null
	install -d $(dir $(COMPLETIONS))
	$(PREFIX)/bin/gan-exp --generate-completion-script bash > $(word 1,$(COMPLETIONS))
	$(PREFIX)/bin/gan-exp --generate-completion-script zsh > $(word 2,$(COMPLETIONS))
	$(PREFIX)/bin/gan-exp --generate-completion-script fish > $(word 3,$(COMPLETIONS))
	@echo "Installed $(PREFIX)/bin/gan-exp."
	@found=$$(command -v gan-exp || true); if [ "$$found" = "$(PREFIX)/bin/gan-exp" ]; then \
	  echo "Try:  gan-exp run Experiments/mlp-mnist.yaml"; \
	else \
	  if [ -n "$$found" ]; then echo "Another gan-exp comes first on your PATH: $$found"; fi; \
	  echo "Put this line into ~/.profile and run it:  export PATH=\"$(PREFIX)/bin:\$$PATH\""; \
	  echo "Try:  $(PREFIX)/bin/gan-exp run Experiments/mlp-mnist.yaml"; \
	fi

uninstall:
	rm -f $(PREFIX)/bin/gan-exp $(PREFIX)/share/man/man1/gan-exp.1 $(PREFIX)/share/man/man1/gan-exp-*.1 $(COMPLETIONS)
	rm -rf $(PREFIX)/share/gan-exp

# Tests make single calls of the system fail, list the functions of a module, and ask a server for pages.
test torture: PACKAGES += strace binutils openmpi-bin procps curl

test: packages
	$(TEST)

# BLOWS is how often a task or a node is disturbed.
BLOWS = 6
TRIALS = 8
test-slurm: PACKAGES += slurm-wlm python3
test-slurm: build
	python3 Tests/Slurm/slurm.py --program "$$($(BUILD) --show-bin-path)/gan-exp" --blows $(BLOWS) --trials $(TRIALS) \
	  || [ $$? = 77 ]

# The browser's packages live in a Python environment of their own.
LOOKERS = .build-report
test-report report-packages: PACKAGES += chromium chromium-driver poppler-utils python3 python3-venv
report-packages: packages
	test -x $(LOOKERS)/bin/python || python3 -m venv $(LOOKERS)
	$(LOOKERS)/bin/python -m pip install --quiet --requirement Tests/Interop/requirements.txt
	$(LOOKERS)/bin/python -m pip install --quiet --no-deps axe-playwright-python==0.1.8

test-report: build report-packages
	$(LOOKERS)/bin/python Tests/Interop/report.py --program "$$($(BUILD) --show-bin-path)/gan-exp" --work $(LOOKERS)/work \
	  || [ $$? = 77 ]

# The readers' packages live in a Python environment of their own.
READERS_OF_EXPORTS = .build-interop
BRIEF =
test-interop interop-packages: PACKAGES += python3 python3-venv
interop-packages: packages
	test -x $(READERS_OF_EXPORTS)/bin/python || python3 -m venv $(READERS_OF_EXPORTS)
	$(READERS_OF_EXPORTS)/bin/python -m pip install --quiet --requirement Tests/Interop/exports.txt \
	  $(if $(BRIEF),,--requirement Tests/Interop/exports-more.txt)

test-interop: build interop-packages
	$(READERS_OF_EXPORTS)/bin/python Tests/Interop/exports.py --program "$$($(BUILD) --show-bin-path)/gan-exp" \
	  --work $(READERS_OF_EXPORTS)/work $(BRIEF)

pages: packages
	RECORD_ANSWERS=1 $(TEST) --filter PagesTests

book: PACKAGES = pandoc weasyprint
book: packages
	Documentation/Book/make.sh .build-book

# The sheets of the gallery, then those of the README, of the tutorial and of runs.md; that of make scaling is a measurement.
pictures: PACKAGES += python3
pictures: gallery
	python3 Documentation/Book/pictures.py --program "$$($(BUILD) --show-bin-path)/gan-exp" --runs .build-pictures

# Eighty runs, healthy and spoilt, and what is said of them; SHIFT=100 for other seeds.
SHIFT = 0
health: build
	python3 Tests/Benchmarks/health.py --program "$$($(BUILD) --show-bin-path)/gan-exp" --runs .build-health --shift $(SHIFT)

# A published table made again, into Documentation/tables: make table-grid, table-losses-mnist, table-losses-fashion-mnist.
table-%: build
	python3 Tests/Benchmarks/tables.py $* --program "$$($(BUILD) --show-bin-path)/gan-exp" --runs .build-tables

# The sheets and verdicts of Documentation/gallery.md, and what a step takes.
gallery: build
	python3 Tests/Benchmarks/gallery.py --program "$$($(BUILD) --show-bin-path)/gan-exp"

# The networks by whose features samples are measured, from their specs.
FEATURES = Sources/Datasets/Resources/features
features: build
	rm -rf .build-features
	program="$$($(BUILD) --show-bin-path)/gan-exp"; \
	$$program run Experiments/classifier-mnist.yaml --runs .build-features && \
	$$program run Experiments/classifier-fashion-mnist.yaml --runs .build-features && \
	$$program features classifier-mnist --runs .build-features --layer 14 -o $(FEATURES)/digits-1.safetensors && \
	$$program features classifier-fashion-mnist --runs .build-features --layer 19 -o $(FEATURES)/clothes-1.safetensors

# Between the marks of code in the page; a value that is wrong is there to be read.
metrics: build
	"$$($(BUILD) --show-bin-path)/gan-exp" verify metrics --thorough > .build-install/metrics.txt || test -s .build-install/metrics.txt
	awk 'FNR == NR {text = text $$0 "\n"; next} \
	  $$0 == "```" {inside = !inside; print; if (inside) printf "%s", text; next} !inside' \
	  .build-install/metrics.txt Documentation/metrics.md > .build-install/metrics.md
	cp .build-install/metrics.md Documentation/metrics.md

# Coverage and false positives of the default interval and test, and whether they are held.
DRAWS = 20000
statistics: packages
	STATISTICS_DRAWS=$(DRAWS) $(TEST) --filter SimulationTests

arithmetic arm64 memory: PACKAGES += python3
# Clothes, which the repository has not.
gallery features table-losses-fashion-mnist: PACKAGES += dataset-fashion-mnist python3
bench scaling peers inception: PACKAGES += python3 python3-venv

# Every spec by the definition of products, value by value, and with all lanes and other threads: the same bits. Then specs
# that are drawn, also without fusing and stacking.
RANDOM = 200
arithmetic: build
	@program="$$($(BUILD) --show-bin-path)/gan-exp"; bits=.build-install/digests.txt; \
	python3 Tests/digests.py $$program --option=--lanes=1 --option=--threads=2 > $$bits && \
	for manner in 8:1 8:3 $$(grep -q avx512dq /proc/cpuinfo && echo 16:2); do \
	  lanes=$${manner%:*}; threads=$${manner#*:}; echo "$$lanes lanes, $$threads threads:"; \
	  python3 Tests/digests.py $$program --against $$bits --option=--lanes=$$lanes --option=--threads=$$threads || exit 1; done
	GAN_EXP_RANDOM=$(RANDOM) $(TEST) --filter RandomSpecTests

# Embedded Swift, which is part of the toolchain, needs no system's libraries for another processor.
arm64: packages
	Tests/Arm64/check.sh .build-arm64

# Citations.swift is one of the pages, and what it says is in the answers of the program.
answers: pages
	RECORD_ANSWERS=1 $(TEST) --filter "SchemaTests|AnswersTests|BadSpecsTests"

# With its figures, and what failed, at the end.
torture: packages
	@rm -f .build/torture.txt; status=0; \
	GAN_EXP_KILLS=$(KILLS) GAN_EXP_TORTURE=$(TORTURE) GAN_EXP_TORTURE_REPORT=.build/torture.txt \
	$(if $(CASE),GAN_EXP_TORTURE_CASE="$(CASE)") \
	$(TEST) --filter "TortureTests$(if $(CASE),,|SameBits)" || status=$$?; \
	cat .build/torture.txt; exit $$status

# The readers are built once more, with libFuzzer's coverage and the address sanitizer.
fuzz: packages
	GAN_EXP_FUZZ=1 $(SWIFT) build -c release --scratch-path .build-fuzz --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address --product fuzz
	RUNS=$(RUNS) Tests/Fuzz/campaign.sh .build-fuzz/release/fuzz $(READERS)

# The peers live in a Python environment of their own.
peers: packages
	test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --requirement Tests/Benchmarks/requirements.txt

bench: install peers
	$(PEERS)/bin/python Tests/Benchmarks/bench.py --program $(PREFIX)/bin/gan-exp --rounds $(ROUNDS)

# Two ranks beside one process of two threads.
ranks: PACKAGES += openmpi-bin python3
ranks: install
	python3 Tests/Benchmarks/ranks.py --program $(PREFIX)/bin/gan-exp --rounds $(ROUNDS)

memory: install
	python3 Tests/Benchmarks/memory.py --program $(PREFIX)/bin/gan-exp

# The parameters are made by the script of evaluation.md; torch-fidelity's package would bring another torchvision.
inception: peers
	$(PEERS)/bin/python -m pip install --quiet pillow==13.0.0 safetensors==0.8.0
	$(PEERS)/bin/python -m pip install --quiet --no-deps torch-fidelity==0.4.0
	$(PEERS)/bin/python Tests/Benchmarks/inception.py .build/inception
	GAN_EXP_INCEPTION=$(CURDIR)/.build/inception $(TEST) --filter InceptionTests

scaling: install peers
	$(PEERS)/bin/python Tests/Benchmarks/scaling.py --program $(PREFIX)/bin/gan-exp

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

clean:
	rm -rf .build .build-install .build-fuzz .build-report .build-interop .build-book .build-pictures
