# `make help` lists what can be made.

prefix ?= /usr/local
CONFIGURATION ?= release
FUZZ_SECONDS ?= 1800
ifeq ($(STATIC),yes)
build = swift build -c release --static-swift-stdlib --scratch-path .build-static
binaries = .build-static/release
else
build = swift build -c $(CONFIGURATION)
binaries = .build/$(CONFIGURATION)
endif
sudo = $(if $(filter 0,$(shell id -u)),,sudo)
sources = find $(wildcard Package.swift Sources Tests Benchmarks) -name '*.swift' -not -path '*/.build*' -print0
benchmarks = --package-path Benchmarks --scratch-path .build-bench
thresholds = Benchmarks/Thresholds/hot-paths.json
share = $(DESTDIR)$(prefix)/share
bash_completions = $(share)/bash-completion/completions
zsh_completions = $(share)/zsh/site-functions
fish_completions = $(share)/fish/vendor_completions.d
# The completions that a program itself makes, of the three shells that there are.
define completions
$(binaries)/$(1) --generate-completion-script bash > $(bash_completions)/$(1)
	$(binaries)/$(1) --generate-completion-script zsh > $(zsh_completions)/_$(1)
	$(binaries)/$(1) --generate-completion-script fish > $(fish_completions)/$(1).fish
endef

# Units, with the group of the control socket.
define units
install -d $(DESTDIR)$(prefix)/lib/systemd/system
	for unit in $(1); do \
		sed 's,=/usr/local/,=$(prefix)/,' deploy/systemd/$$unit > $(DESTDIR)$(prefix)/lib/systemd/system/$$unit || exit; done
	install -D -m 644 deploy/systemd/vrrp.sysusers.conf $(DESTDIR)$(prefix)/lib/sysusers.d/vrrp.conf
endef

.DEFAULT_GOAL := help
.PHONY: help setup setup-build setup-run build run test cluster-assets test-current bench bench-quick bench-micro bench-check bench-thresholds bench-operator lint format fuzz install install-documents static image manifests clean metrics-page keepalived-page

help: ## list what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 26

setup: ## install what is missing of the packages that building, testing and measuring need (Debian 12)
	@.ci/setup

setup-build:
	@.ci/setup build

setup-run:
	@.ci/setup run

build: setup-build ## build vrrpd and vrrpctl, with AGENT=yes vrrp-agent, with EXPORTER=yes keepalived-exporter, with KUBECTL=yes the plug-in; STATIC=yes for hosts without Swift, CONFIGURATION=debug for a debug build
	$(build) --product vrrpd
	$(build) --product vrrpctl
ifeq ($(AGENT),yes)
	$(build) --product vrrp-agent
endif
ifeq ($(EXPORTER),yes)
	$(build) --product keepalived-exporter
endif
ifeq ($(KUBECTL),yes)
	$(build) --product kubectl-virtualips
endif

run: setup-run ## show a failover and edits of manifests on three hosts, or SCENARIO=keepalived (needs root)
	swift build -c $(CONFIGURATION) --product vrrpd
	swift build -c $(CONFIGURATION) --product vrrp-agent
	swift build -c $(CONFIGURATION) --product vrrp-lab
	$(sudo) $(binaries)/vrrp-lab $(SCENARIO)

test: setup ## run all tests; those on the wire need root
	.ci/test

cluster-assets: setup ## build etcd, kube-apiserver and kubectl for the tests, and fetch Helm, once; some minutes
	@.ci/cluster-assets
	@.ci/helm

test-current: setup ## run the tests of the cluster with custom resources served by a current Kubernetes; needs root
	current=$$(.ci/current-cluster-assets) && old=$$(.ci/cluster-assets) && \
		CURRENT_CLUSTER_ASSETS=$$current KUBEBUILDER_ASSETS=$$old \
		SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4 .ci/test --filter '^ClusterTests\.' --skip OperatorSuites/CostTests

bench: setup static ## measure vrrpd beside keepalived, all of it (some 40 minutes), and write docs/benchmarks.md
	swift build -c release $(benchmarks) --product Comparison
	$(sudo) env VRRP_BIN_DIR=$(CURDIR)/.build-static/release .build-bench/release/Comparison --page docs/benchmarks.md

bench-quick: setup static ## the main ratios alone, in less than five minutes
	swift build -c release $(benchmarks) --product Comparison
	$(sudo) env VRRP_BIN_DIR=$(CURDIR)/.build-static/release .build-bench/release/Comparison --quick \
		--results .build-bench/comparison-quick.json

bench-micro: setup ## take the times of the hot paths
	swift package -c release $(benchmarks) benchmark --no-progress --grouping metric </dev/null

bench-check: setup ## count the allocations and instructions of the hot paths, and fail above a threshold
	swift build -c release $(benchmarks) --product HotPathCounts
	.build-bench/release/HotPathCounts check $(thresholds) & counting=$$!; \
		swift build -c release $(benchmarks) --product Comparison; built=$$?; \
		wait $$counting && exit $$built

bench-thresholds: setup ## take the counts of now as the new thresholds
	swift build -c release $(benchmarks) --product HotPathCounts
	.build-bench/release/HotPathCounts update $(thresholds) "$$(swift --version 2>/dev/null | head -n 1)"

metrics-page: setup-build ## write docs/metrics.md anew from the metrics that there are
	VRRP_WRITE_DOCUMENTS=yes swift test --filter MetricsPageTests

keepalived-page: ## write the tables of docs/keepalived.md anew from the keywords and options that there are
	VRRP_WRITE_DOCUMENTS=yes swift test --filter KeepalivedCompatibilityTests.DocumentationTests

bench-operator: setup static ## take what the operator costs with 10,000 Services on a real API server, and how long a Service waits for its address (some minutes; needs root)
	swift build -c release --static-swift-stdlib --product vrrp-operator --scratch-path .build-static
	swift build -c release --static-swift-stdlib --product vrrp-agent --scratch-path .build-static
	swift build --build-tests
	KUBEBUILDER_ASSETS=$$(.ci/cluster-assets) OPERATOR_COST_PROGRAM=$(CURDIR)/.build-static/release/vrrp-operator \
		VRRP_BIN_DIR=$(CURDIR)/.build-static/release swift test --skip-build --disable-xctest --filter 'CostTests' </dev/null

lint: ## check the style of all sources
	@$(sources) | xargs -0 swift format lint --strict

format: ## bring all sources into style
	@$(sources) | xargs -0 swift format --in-place

fuzz: setup ## feed the parsers malformed input for FUZZ_SECONDS (1800)
	FUZZ_SECONDS=$(FUZZ_SECONDS) Tests/Fuzz/run

install: build ## install programs, manual pages and completions below prefix (/usr/local); DESTDIR is put in front; KEEPALIVED=yes also under that name, AGENT=yes the agent and units, EXPORTER=yes the exporter and its unit, KUBECTL=yes the plug-in
	install -D -m 755 $(binaries)/vrrpd $(DESTDIR)$(prefix)/sbin/vrrpd
	install -D -m 755 $(binaries)/vrrpctl $(DESTDIR)$(prefix)/bin/vrrpctl
ifeq ($(KEEPALIVED),yes)
	ln -sf vrrpd $(DESTDIR)$(prefix)/sbin/keepalived
endif
ifeq ($(AGENT),yes)
	install -D -m 755 $(binaries)/vrrp-agent $(DESTDIR)$(prefix)/bin/vrrp-agent
	$(call units,vrrpd.service vrrp-agent.service)
endif
ifeq ($(EXPORTER),yes)
	install -D -m 755 $(binaries)/keepalived-exporter $(DESTDIR)$(prefix)/bin/keepalived_exporter
	$(call units,keepalived-exporter.service)
endif
ifeq ($(KUBECTL),yes)
	install -D -m 755 $(binaries)/kubectl-virtualips $(DESTDIR)$(prefix)/bin/kubectl-virtualips
endif
	$(MAKE) install-documents

install-documents: ## the part of install that is manual pages and completions; the programs must have been built
	install -d $(share)/man/man8 $(bash_completions) $(zsh_completions) $(fish_completions)
	$(binaries)/vrrpctl manual > $(share)/man/man8/vrrpctl.8
	$(binaries)/vrrpctl manual vrrpd > $(share)/man/man8/vrrpd.8
	$(binaries)/vrrpctl completions bash > $(bash_completions)/vrrpd
	$(binaries)/vrrpctl completions zsh > $(zsh_completions)/_vrrpd
	$(binaries)/vrrpctl completions fish > $(fish_completions)/vrrpd.fish
	$(call completions,vrrpctl)
ifeq ($(AGENT),yes)
	$(binaries)/vrrp-agent --experimental-dump-help | $(binaries)/vrrpctl manual - > $(share)/man/man8/vrrp-agent.8
	$(call completions,vrrp-agent)
endif
ifeq ($(KUBECTL),yes)
	install -d $(share)/man/man1
	$(binaries)/kubectl-virtualips --experimental-dump-help | $(binaries)/vrrpctl manual - > $(share)/man/man1/kubectl-virtualips.1
	install -D -m 755 deploy/kubectl/kubectl_complete-virtualips $(DESTDIR)$(prefix)/bin/kubectl_complete-virtualips
	$(call completions,kubectl-virtualips)
endif

static: ## the same as make build STATIC=yes
	$(MAKE) build STATIC=yes

image: setup ## make the container image below .build-image, from this machine's own apt sources (needs root)
	deploy/image/build-programs .build-static
	$(sudo) deploy/image/build .build-static/release .build-image

manifests: setup ## make the Helm chart's templates and the OLM bundle anew from deploy/kubernetes
	deploy/generate

clean: ## remove all that was built
	rm -rf .build .build-*
