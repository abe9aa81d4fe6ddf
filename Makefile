# SPDX-License-Identifier: Apache-2.0
# `make` alone lists what there is.

SHELL := bash
PREFIX ?= /usr/local
SOURCES := Sources Plugins Tests Integration docs/Template Package.swift

# An import of a target that the manifest does not name fails.
STRICT := --explicit-target-dependency-import-check error
EMBEDDING := --package-path Integration/Embedding --scratch-path .build/embedding

.PHONY: peer help demo test check docs format lint install build packages tools embedding contract bench prove record fuzz sanitize

help: ## lists what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

packages:
	@.ci/packages libraries

tools: packages
	@.ci/packages tools

# What others wrote against the real SCM, and Prometheus' own parser. Without them, tests say that they were skipped, and
# fail in CI. The mark is renewed with what is in there.
PEERS := cert-manager==4.0.0 cryptography prometheus-client==0.26.0
PEER_MARK := .build/python/prometheus-client-0.26.0
peer: $(PEER_MARK) ## gets what others wrote that this is tried with, from PyPI
$(PEER_MARK):
	@python3 -m venv --clear .build/python.new && .build/python.new/bin/pip install -q --disable-pip-version-check \
	  $(PEERS) && rm -rf .build/python && mv .build/python.new .build/python && touch $@ \
	  || echo "SKIPPED: no venv with $(PEERS)"

demo: packages ## walks through docs/Sectigo.md with a simulated SCM
	@.ci/packages demo
	swift build --product publicca
	swift build --product scm-simulator
	Integration/Demo/story.sh "$$(swift build --show-bin-path)"

build: packages ## builds everything, tests included
	swift build --build-tests $(STRICT)

test: tools peer ## builds and runs the tests
	swift build --build-tests $(STRICT)
	swift test --skip-build

lint:
	swift format lint --strict --recursive $(SOURCES)

format: ## rewrites the sources in the project's format
	swift format --in-place --recursive $(SOURCES)

embedding: packages ## builds, tests and runs a package that embeds this one
	if [ -f Package.resolved ]; then cp Package.resolved Integration/Embedding/; fi
	swift build $(EMBEDDING) --build-tests
	swift test $(EMBEDDING) --skip-build
	"$$(swift build $(EMBEDDING) --show-bin-path)/FirstOrder"

contract: packages ## compares the contract with the last tag
	@tag=$$(git describe --tags --abbrev=0 2>/dev/null); \
	if [ -z "$$tag" ]; then echo "SKIPPED: there is no tag yet to compare the contract with"; \
	else echo "comparing with $$tag"; swift package diagnose-api-breaking-changes "$$tag" --products PublicCA; fi

record: packages ## writes down anew what the simulated SCM says to the checks of the contract
	RECORD_EXCHANGES="$(CURDIR)/Plugins/Sectigo/Exchanges/contract.json" \
	  swift test --filter SectigoTests.RecordingTests

check: lint test demo embedding contract ## what CI runs

bench: packages peer ## measures, each number as a ratio of another of the same run
	swift build -c release --product publicca
	swift build -c release --product scm-simulator
	swift build -c release --product benchmarks
	swift build -c release --product prove
	bin=$$(swift build -c release --show-bin-path) && \
	  "$$bin/benchmarks" --program "$$bin/publicca" --simulator "$$bin/scm-simulator" && "$$bin/prove" year

prove: packages ## shows that nothing is bought twice, no key is lost, and nothing ends in silence
	swift build -c release --product publicca
	swift build -c release --product scm-simulator
	swift build -c release --product prove
	bin=$$(swift build -c release --show-bin-path) && "$$bin/prove" explore && \
	  "$$bin/prove" kill --program "$$bin/publicca" --simulator "$$bin/scm-simulator"

# Optimised as a release is, where overflow traps all the same. What is found is kept, and new inputs are, for the next time.
FUZZ := -c release --sanitize=fuzzer --scratch-path .build/fuzz
CORPUS := Integration/Fuzzing/Corpus
TARGET ?= $(notdir $(wildcard $(CORPUS)/*))
RUNS ?= 100000
fuzz: packages ## tries any bytes on what reads what others wrote: TARGET=name RUNS=number
	FUZZING=1 swift build $(FUZZ) --product fuzz
	@bin=$$(FUZZING=1 swift build $(FUZZ) --show-bin-path) && mkdir -p .build/fuzz/findings && \
	for target in $(TARGET); do \
	  own=.build/fuzz/corpus/$$target; words=Integration/Fuzzing/Dictionaries/$$target.dict; mkdir -p $$own; \
	  if [ -f $$words ]; then words=-dict=$$words; else words=; fi; echo "fuzzing $$target"; \
	  SWIFT_BACKTRACE=enable=no FUZZ_TARGET=$$target $$bin/fuzz -runs=$(RUNS) -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 $$words \
	    -artifact_prefix=.build/fuzz/findings/$$target- $$own $(CORPUS)/$$target || exit; done

# What starts programs waits for them by the clock, which is too short for programs that are ten times as slow.
SANITIZER ?= thread
UNSANITIZED := CommandLineTests UnattendedTests ProofTests
SANITIZED = --sanitize=$(SANITIZER) --scratch-path .build/$(SANITIZER) \
  $(if $(wildcard Integration/Sanitizers/$(SANITIZER).c),-Xlinker $(CURDIR)/.build/$(SANITIZER).o)
sanitize: tools peer ## runs the tests under a sanitizer: SANITIZER=thread or SANITIZER=address
	mkdir -p .build
	if [ -f Integration/Sanitizers/$(SANITIZER).c ]; then \
	  clang -c Integration/Sanitizers/$(SANITIZER).c -o .build/$(SANITIZER).o; fi
	swift build --build-tests $(SANITIZED)
	@for suite in $(UNSANITIZED); do echo "SKIPPED: $$suite, which starts programs"; done; failed=; \
	for suite in $$(swift test list --skip-build $(SANITIZED) | cut -d. -f1 | sort -u); do \
	  case " $(UNSANITIZED) " in *" $$suite "*) continue;; esac; echo "$$suite"; \
	  swift test --skip-build $(SANITIZED) --filter "^$$suite\." > .build/$(SANITIZER).log 2>&1 \
	    || { failed="$$failed $$suite"; grep -E "✘|↳|Sanitizer" .build/$(SANITIZER).log; }; \
	  grep "Test run with" .build/$(SANITIZER).log || failed="$$failed $$suite"; \
	done; test -z "$$failed" || { echo "failed:$$failed"; exit 1; }

DOCUMENTED := PublicCA ProviderHTTP PublicCATesting
docs: packages ## builds the contract's documentation into .build/docs
	@swift build --target ProviderHTTP && swift build --target PublicCATesting
	@rm -rf .build/docs; triple=$$(swift -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)",/\1/p'); \
	docc=$$(command -v docc || echo xcrun docc); for m in $(DOCUMENTED); do \
	  symbols=.build/docs/symbols/$$m; mkdir -p $$symbols; \
	  swift symbolgraph-extract -module-name $$m -I "$$(swift build --show-bin-path)/Modules" -target $$triple \
	    -output-dir $$symbols -minimum-access-level public -skip-inherited-docs || exit; \
	  catalog=Sources/$$m/Documentation.docc; if [ ! -d $$catalog ]; then catalog=; fi; \
	  $$docc convert $$catalog --additional-symbol-graph-dir $$symbols --output-path .build/docs/$$m \
	    --fallback-display-name $$m --fallback-bundle-identifier swift-public-ca.$$m --warnings-as-errors || exit; \
	  echo "documentation of $$m: $(CURDIR)/.build/docs/$$m"; done
	@echo "to read it: python3 -m http.server -d .build/docs/PublicCA, then /documentation/publicca"

install: packages ## puts a release of publicca, its completions and man pages under PREFIX
	swift build -c release --product publicca
	swift package -c release plugin generate-manual --multi-page
	install -D "$$(swift build -c release --show-bin-path)/publicca" $(PREFIX)/bin/publicca
	install -D -m 644 -t $(PREFIX)/share/man/man1 .build/plugins/GenerateManual/outputs/publicca/*.1
	mkdir -p $(addprefix $(PREFIX)/share/,bash-completion/completions zsh/site-functions fish/vendor_completions.d)
	$(PREFIX)/bin/publicca --generate-completion-script bash > $(PREFIX)/share/bash-completion/completions/publicca
	$(PREFIX)/bin/publicca --generate-completion-script zsh > $(PREFIX)/share/zsh/site-functions/_publicca
	$(PREFIX)/bin/publicca --generate-completion-script fish > $(PREFIX)/share/fish/vendor_completions.d/publicca.fish
