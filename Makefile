# SPDX-License-Identifier: MIT
# heaplab: what people type. `make` alone prints help. grader/kit.mk says how things are built.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# One job for each processor; make -j1 runs one at a time.
ifeq ($(MAKELEVEL) $(filter clean,$(MAKECMDGOALS)),0 )
MAKEFLAGS += -j$(shell nproc)
endif

include grader/kit.mk

HEAPLAB := build/heaplab
LAB_OPTION := $(foreach lab,$(LAB),--lab $(lab))
FROM_OPTION := $(if $(FROM),--from '$(FROM)')

.PHONY: help setup grade batch pages gradescope autolab test test-packages stubs bench release template new-lab mutants clean

help:
	@sed -n 's/^#> \{0,1\}//p' Makefile

#> heaplab: labs for C's memory API
#>
#>   make grade                     grade your work in labs/: every lab, one after the other
#>   make grade LAB=05              only lab 05
#>   make grade LAB=05 FROM=path    grade work in a folder or a file (FROM=solutions: the reference)
#>   make batch LAB=06 SUBMISSIONS=folder-or-zip    grade a class; results go to OUT (default: build/batch/06)
#>   make pages DIR=build/batch/06  make its pages again: one for each student, one for the class, with plots and similar submissions
#>   make gradescope LAB=06         make an autograder for Gradescope: build/gradescope-06.zip
#>   make autolab LAB=06            make one for Autolab: build/autolab-06.tar (grader/README.md: marks into other systems)
#>   make test                      test the kit itself
#>   make elsewhere                 try the kit on Debian 13, in a root that debootstrap makes (ELSEWHERE="start class": only
#>                                  these parts of grader/tests/elsewhere/inside)
#>   make handouts                  make the handouts in build/handouts/student and instructor, as HTML and PDF
#>   make stubs                     derive labs/*/*.c from solutions/*/*.c again
#>   make quiz-keys                 find the answers of many quizzes a second time
#>   make bench                     measure the time of a grade, a class and a judged call, and compare lab 08 with real allocators
#>   make release LABS="01 02"      make a tarball for students, without solutions, hidden tests, wrong versions or answers
#>   make template LABS="01 02"     make the same as a git repository for GitHub Classroom
#>                                  OBJECTS=1: add wrong versions as objects, for students' own tests; OUT=...: where to write
#>   make new-lab NAME=string-pool  start a new lab, small and complete; grader/labs/README.md goes on from there
#>   make mutants LAB=05            put small mistakes into the reference: which ones do the tests miss?
#>                                  MUTANT_FLAGS="--every 5": only a sample
#>   make setup                     install the necessary Debian packages (the other targets do so, too)
#>   make clean                     remove build/
#>
#> In a lab's folder (cd labs/05-header-allocator), `make` alone grades that lab and `make help` lists more.

setup:
	@grader/staff/setup/setup.sh

grade: kit
	@$(HEAPLAB) grade $(LAB_OPTION) $(FROM_OPTION) $(GRADE_FLAGS)

BATCH_OUT := $(if $(OUT),$(OUT),build/batch/$(LAB))
batch: kit
	@[ -n "$(LAB)" ] && [ -n '$(SUBMISSIONS)' ] || { echo "Name the lab and the submissions: make batch LAB=06 SUBMISSIONS=folder-or-zip"; exit 1; }
	@grader/staff/setup/setup.sh --optional grader/staff/setup/packages-pages.txt
	@$(HEAPLAB) batch $(LAB_OPTION) '$(SUBMISSIONS)' --out '$(BATCH_OUT)' $(BATCH_FLAGS)
	@$(HEAPLAB) export '$(BATCH_OUT)' -o '$(BATCH_OUT)/marks.csv'
	@echo 'Marks, for the lms in handouts/course.yaml: $(BATCH_OUT)/marks.csv'

pages: kit
	@[ -n '$(DIR)' ] || { echo "Name a batch's folder: make pages DIR=build/batch/06"; exit 1; }
	@grader/staff/setup/setup.sh --optional grader/staff/setup/packages-pages.txt
	@$(HEAPLAB) pages '$(DIR)'

PACK_OUT = $(if $(OUT),$(OUT),build/$@-$(LAB))
gradescope autolab:
	@[ -n "$(LAB)" ] || { echo "Name the lab: make $@ LAB=06"; exit 1; }
	@grader/staff/pack/pack $@ '$(LAB)' '$(PACK_OUT)$(if $(OUT),,$(if $(filter autolab,$@),.tar,.zip))'

# Only x86-64 has gcc -m32.
TEST_BITS32 := $(if $(filter x86_64,$(shell uname -m)),bits32)
test: test-packages
	@$(ALONE) $(MAKE) --no-print-directory kit unit-tests $(TEST_BITS32)
	@grader/tests/run

.PHONY: elsewhere
elsewhere:
	@ELSEWHERE='$(ELSEWHERE)' grader/tests/elsewhere/elsewhere

test-packages:
	@grader/staff/setup/setup.sh grader/staff/setup/packages.txt grader/staff/setup/packages-test.txt grader/staff/setup/packages-browser.txt \
	    grader/staff/setup/packages-handouts.txt $(if $(TEST_BITS32),grader/staff/setup/packages-32.txt)

# ACCEPT=1 writes the current output of blocks and figures into the handouts; read it with git diff.
.PHONY: handouts
handouts: kit
	@grader/staff/setup/setup.sh grader/staff/setup/packages-handouts.txt
	@ACCEPT=$(ACCEPT) $(MAKE) --no-print-directory -f handouts/build.mk
	@echo "build/handouts/student and build/handouts/instructor: start with course.html"

bench: test-packages
	@$(MAKE) --no-print-directory kit
	@grader/bench/bench
	@grader/bench/bench_batch
	@grader/bench/bench_allocators
	@grader/bench/bench_replay

# Finds the answers of many quizzes a second time; it takes long. LABS="05 06", SEEDS=50, WHEATS=1, QUESTIONS=10.
.PHONY: quiz-keys
quiz-keys: kit
	@python3 grader/tests/support/quiz/keys.py

stubs: $(STUBS)

RELEASE := grader/staff/release/release $(if $(OBJECTS),--objects) $(if $(OUT),--out '$(OUT)')
release: kit
	@$(RELEASE) $(LABS)

template: kit
	@$(RELEASE) --template $(LABS)

new-lab:
	@grader/staff/setup/setup.sh
	@grader/staff/newlab/newlab '$(NAME)' $(if $(TITLE),'$(TITLE)')

mutants: kit
	@grader/staff/setup/setup.sh grader/staff/setup/packages-mutants.txt
	@[ -n "$(LAB)" ] || { echo "Name a lab: make mutants LAB=05"; exit 1; }
	@grader/staff/mutants/mutants $(LAB) $(MUTANT_FLAGS)

clean:
	rm -rf build
