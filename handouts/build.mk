# SPDX-License-Identifier: MIT
# build.mk - `make handouts`: every handouts/*.md as HTML and PDF, in two editions. Run from the kit's root.
#
#   build/handouts/run/NAME.json      the handout after all its blocks have run (filter/run.lua)
#   build/handouts/EDITION/NAME.*     student and instructor: .html, .pdf (filter/edition.lua)
#   build/handouts/blocks/            the output of blocks, by content
#
# Handouts are found by wildcard, and NN-name.md belongs to the lab NN-name: adding one changes nothing here.

OUT := build/handouts
NAMES := $(sort $(basename $(notdir $(wildcard handouts/*.md))))
EDITIONS := student instructor
FACTS := $(OUT)/facts
GRADED := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard grader/labs/*/rubric.ini)))))
FILTERS := $(wildcard handouts/filter/*)
RUNNERS := $(filter-out %/edition.lua %/pdf.py,$(FILTERS))
LOOK := handouts/template/handout.html handouts/template/handout.css

.DELETE_ON_ERROR:
.SECONDARY:
.SECONDEXPANSION:

.PHONY: all check pages
all: check $(OUT)/pdfs

# The pages without the PDFs.
pages: $(foreach edition,$(EDITIONS),$(NAMES:%=$(OUT)/$(edition)/%.html))

# Only the claims: all blocks and figures.
check: $(NAMES:%=$(OUT)/run/%.json)

# A lab's handout depends on everything that its blocks may use.
lab_files = $(wildcard labs/$(1)/* solutions/$(1)/* grader/labs/$(1)/* grader/labs/$(1)/chaffs/*)

$(OUT)/run/%.json: handouts/%.md $(RUNNERS) $$(wildcard handouts/figures/*) $$(call lab_files,$$*)
	@mkdir -p $(@D) $(OUT)/blocks
	@sed -E 's/^( *```)([a-z]+) \{/\1{.\2 /' $< | HANDOUT=$< pandoc -f markdown -t json --lua-filter handouts/filter/run.lua -o $@

# The output of heaplab, written only if it has changed.
$(FACTS)/course.json: build/heaplab handouts/course.yaml $(wildcard grader/labs/*/rubric.ini)
	@mkdir -p $(@D)
	@build/heaplab course --json >$@.new
	@cmp -s $@.new $@ || cp $@.new $@

$(FACTS)/%.json: build/heaplab grader/labs/%/rubric.ini
	@mkdir -p $(@D)
	@build/heaplab rubric --lab $* >$@.new
	@cmp -s $@.new $@ || cp $@.new $@

define edition_rules
$(OUT)/$(1)/%.html: $(OUT)/run/%.json $(FACTS)/course.json $(GRADED:%=$(FACTS)/%.json) $(FILTERS) $(LOOK)
	@mkdir -p $$(@D)
	@EDITION=$(1) HANDOUT=$$* FACTS=$(FACTS) pandoc -f json -t html5 --template handouts/template/handout.html \
	    --css handouts/template/handout.css --wrap none --self-contained --resource-path handouts:. --toc --toc-depth 2 \
	    --lua-filter handouts/filter/edition.lua -o $$@ $$<
endef
$(foreach edition,$(EDITIONS),$(eval $(call edition_rules,$(edition))))

# All changed PDFs in one run.
$(OUT)/pdfs: $(foreach edition,$(EDITIONS),$(NAMES:%=$(OUT)/$(edition)/%.html)) handouts/filter/pdf.py
	@/usr/bin/python3 handouts/filter/pdf.py $(if $(filter %.py,$?),$(filter %.html,$^),$?) && touch $@
