# The verbs of this project. On a fresh machine with JDK 17, Maven 3.8 and make, `make demo` and `make test` do all set-up.
MAVEN ?= mvn
MAVEN_FLAGS ?= --batch-mode --no-transfer-progress
DEMO_DIR ?= demo
SERVE_DIR ?= serve
SERVE_PORT ?= 8080

.PHONY: build test demo models serve lint format clean help

help: ## Show the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Compile everything, without tests
	@echo "building; the first time this fetches libraries from Maven Central, which takes some minutes"
	@$(MAVEN) $(MAVEN_FLAGS) --quiet -DskipTests package

test: ## Run all tests and checks
	@MAVEN="$(MAVEN)" MAVEN_FLAGS="$(MAVEN_FLAGS)" sh .ci/test

demo: build ## Show the whole way in a few minutes: scenes, training, package, segmentation, map
	@./landslide demo --out "$(DEMO_DIR)"

models: build ## Train the shipped models again: make models DATA=DIR [MODELS="NAME ..."]; hours
	@experiments/make-models "$(DATA)" $(MODELS)

serve: ## Start the GeoServer in GEOSERVER_HOME with the built plugin and a copy of geoserver-data, in SERVE_DIR
	@sh wps-landslide/server/serve "$(SERVE_DIR)" "$(SERVE_PORT)"

lint: ## Check format, compiler warnings, Error Prone, nullness and architecture
	@$(MAVEN) $(MAVEN_FLAGS) --quiet -Dtest='ArchitectureTests' -Dsurefire.failIfNoSpecifiedTests=false verify

format: ## Format the code
	@$(MAVEN) $(MAVEN_FLAGS) --quiet spotless:apply

clean: ## Remove what was built
	@$(MAVEN) $(MAVEN_FLAGS) --quiet clean
