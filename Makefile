# Usher's targets. Only Go, a C compiler and make are needed to build and run.
# `make` alone lists them.

GO       ?= go
ADDR     ?= :8080
DATA     ?= ./usher-data
FUZZTIME ?= 30s
TEMPL    := $(GO) tool templ
LINT     := $(GO) tool -modfile=tools/go.mod

.DEFAULT_GOAL := help
.PHONY: help run demo-mail dev build generate check test race cover fuzz bench tools screenshots clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## run Usher with its data in ./usher-data (ADDR=:8080 DATA=./usher-data)
	@echo "Building Usher. The first time takes a minute, since SQLite is compiled too."
	@$(GO) run ./cmd/usher serve --addr "$(ADDR)" --data "$(DATA)"

demo-mail: ## run Usher with a letterbox as its mail server, to see its e-mails at http://127.0.0.1:8025
	$(GO) run ./internal/letterbox/serve -- $(GO) run ./cmd/usher serve --addr "$(ADDR)" --data "$(DATA)"

dev: ## run Usher and reload the browser at every change (http://127.0.0.1:7331)
	$(TEMPL) generate --watch --proxy="http://127.0.0.1$(ADDR)" --open-browser=false \
		--cmd="$(GO) run ./cmd/usher serve --addr $(ADDR) --data $(DATA) --trusted-proxies 127.0.0.1,::1"

build: ## build the program ./usher
	$(GO) build -trimpath -o usher ./cmd/usher

generate: ## write the _templ.go files again from their .templ files
	$(TEMPL) generate

check: ## generated files, formatting, vet, linters, modules
	.ci/generated
	.ci/formatted
	$(GO) vet ./...
	$(LINT) staticcheck ./...
	$(LINT) golangci-lint run ./...
	$(GO) test ./internal/architecture
	$(GO) mod verify
	$(GO) mod tidy -diff

test: ## run every test, with the race detector
	$(GO) test -race -timeout 30m ./...

race: ## run every test a few times in changing order, to find what races
	$(GO) test -race -count=3 -shuffle=on ./...

cover: ## run every test and write cover.html
	$(GO) test -coverpkg=./... -coverprofile=cover.out ./...
	$(GO) tool cover -html=cover.out -o cover.html
	@$(GO) tool cover -func=cover.out | tail -n 1

fuzz: ## fuzz everything that parses, FUZZTIME=30s each
	.ci/fuzz $(FUZZTIME)

bench: ## measure the speed that docs/performance.md speaks of
	$(GO) test -run '^$$' -bench . -benchmem ./...

tools: ## fetch axe-core for the accessibility tests (needs npm)
	.ci/tools

screenshots: ## take the README's pictures again, from the running program
	$(GO) run ./docs/screenshots

clean: ## remove what these targets made, but no data
	rm -rf usher cover.out cover.html .tools
