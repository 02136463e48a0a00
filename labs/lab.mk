# SPDX-License-Identifier: MIT
# lab.mk - what all labs' Makefiles share. `make` grades; `make help` lists the other commands.
# A lab's Makefile sets LAB to its folder's name and includes this file.

.DEFAULT_GOAL := grade

TOP := ../..
# Some archives drop files' modes.
$(shell [ -x $(TOP)/grader/config/key ] || sh $(TOP)/grader/staff/setup/modes.sh)
SELF := labs/$(LAB)
NUMBER := $(firstword $(subst -, ,$(LAB)))
BUILD := $(TOP)/build
MINE := $(BUILD)/mine/$(LAB)
# What you hand in. Other C files of this folder count nowhere.
files_of = $(shell $(TOP)/grader/config/key $(1) files)
present = $(if $(findstring *,$(1))$(filter %?,$(1)),$(wildcard $(1:%?=%)),$(1))
handed_in = $(filter-out my_tests.c,\
    $(filter %.c,$(foreach name,$(call files_of,$(1)),$(call present,$(name)))))
SOURCES := $(call handed_in,$(LAB))

BASE := $(shell $(TOP)/grader/config/key $(LAB) base)
INCLUDES := -I. $(addprefix -I../,$(BASE)) -I..

# The lab that this one builds on: the kit's solution if the kit has it, otherwise your own.
KITS_BASES := $(TOP)/solutions/$(BASE) $(TOP)/grader/labs/$(BASE)/objects/base.o
BASE_KIT := $(if $(BASE),$(wildcard $(KITS_BASES)))
OWN_BASE := $(if $(BASE),$(if $(BASE_KIT),,$(MINE)/base.o))
BASE_OBJECT := $(if $(BASE_KIT),$(BUILD)/subject/$(BASE).base.o,$(OWN_BASE))

CC ?= gcc
C_STANDARD ?= c11
# Valgrind 3.19 reads clang's debug information only in this older form.
STUDENT_FLAGS := -std=$(C_STANDARD) -D_DEFAULT_SOURCE -g $(if $(findstring clang,$(CC)),-gdwarf-4) \
    -Wall -Wextra -fno-omit-frame-pointer

# What several commands hand to heaplab: the lab, and what was said on the command line.
quoted = '$(subst ','\'',$(1))'
OF_LAB = --lab $(NUMBER) --from $(TOP)/labs $(if $(SEED),--seed $(SEED)) $(if $(BASE),--own-base)
OF_TEST = $(if $(TEST),--test $(call quoted,$(TEST)))
OF_TRACE = $(if $(TRACE),--trace $(call quoted,$(TRACE)))

.PHONY: grade watch help demo gdb valgrind asan direct compare kit

help:
	@sed -n -e 's/^#>\( \|$$\)//p' \
	    -e '/^#>\[[0-9 ]*$(NUMBER)[0-9 ]*\]/s/^#>\[[^]]*\] \{0,1\}//p' $(TOP)/labs/lab.mk

# A line that starts with #>[06 07] is for these labs only.
#> In this lab's folder:
#>
#>   make                    build your code, run the tests, show what to fix first
#>   make TEST=name          only this test, and what it needs
#>   make FUNCTION=name      only the tests that name this function
#>   make SEED=n             the whole, with other calls in the random tests
#>   make watch              grade again whenever you save
#>   make hint               a hint on the first test that failed, a little more
#>                           each time; TEST=name for another test
#>   make tests              the names of all tests
#>   make format             lay out your code as .clang-format says; no points
#>                           depend on it
#>   make demo               run the demo: do this before you write anything
#>   make gdb TEST=name      stop in gdb where this test first calls your code
#>   make who TEST=name AT=heap+144
#>                           which line wrote this word, in which call, and what
#>                           stood there before; AT=b or AT=b+8 works, too
#>   make valgrind TEST=name run this test under valgrind
#>   make asan TEST=name     run this test with the address sanitizer
#>   make direct TEST=name   run this test as one ordinary program
#>[05 06 07 08 09]   make test-mine          run my_tests.c on your code, and show which lines it
#>[05 06 07 08 09]                           reaches
#>[05 06 07 08 09]   make coverage           the same, and web pages that show it line by line
#>[05 06 07 08]   make run PROGRAM="..."  a real program on your malloc
#>[05 06 07 08]                           (try: python3 -c 'print(1)')
#>   make quiz               five questions about your own code, once tests pass;
#>                           SEED=n for others
#>   make submit             pack the files to hand in, with their grade
#>   make progress           your best score in each lab so far
#>   make reset              restore the stub; your own file is kept beside it
#>   make explore TEST=name  the heap over time while this test runs, as a page for
#>                           your browser
#>[05 06 07 08]   make explore TRACE=file the same while a trace is replayed (traces are in
#>[05 06 07 08]                           grader/traces)
#>[08]   make traces             one line a trace: utilization and cost
#>[08]   make check TRACE=file   replay a trace with mm_checkheap after every operation, and
#>[08]                           stop at its first no (without TRACE: all traces)
#>[06]   make compare            the fit policies on traces of real programs, as a table
#>[06]                           and plots

# Builds the kit quietly, and only if something is missing or has changed.
kit:
	@$(TOP)/grader/staff/setup/alone.sh $(MAKE) --no-print-directory -s \
	    $(if $(filter -j%,$(MAKEFLAGS)),,-j$$(nproc)) -C $(TOP) kit KIT_LAB=$(LAB)

# PROBLEMS=1: with lines that an editor lists (.vscode/ of a release).
EDITOR_LINES := $(if $(PROBLEMS),--problems)

grade: kit
	@$(BUILD)/heaplab grade $(OF_LAB) $(EDITOR_LINES) $(OF_TEST) \
	    $(if $(FUNCTION),--function $(call quoted,$(FUNCTION)))

watch: kit
	@$(BUILD)/heaplab watch --lab $(NUMBER) --from $(TOP)/labs $(if $(BASE),--own-base) $(EDITOR_LINES)

# Your code runs inside that program, as you, without the grader's sandbox. In lab 03 `run` means
# something else.
.PHONY: run
RUN_NEEDS ?= Name a program: make run PROGRAM="python3 -c 'print(1)'"
run: kit
	@[ -n '$(subst ','\'',$(PROGRAM))' ] || { echo '$(subst ','\'',$(RUN_NEEDS))'; exit 1; }
	@$(BUILD)/heaplab run --lab $(NUMBER) --from $(TOP)/labs -- $(PROGRAM)

.PHONY: hint tests
hint: kit
	@$(BUILD)/heaplab hint --lab $(NUMBER) $(OF_TEST) $(if $(STEP),--step $(STEP))

.PHONY: quiz
quiz: kit
	@$(BUILD)/heaplab quiz $(OF_LAB)

tests: kit
	@$(BUILD)/heaplab tests --lab $(NUMBER)

demo:
	@[ -e demo.c ] || { echo "This lab has no demo."; exit 1; }
	@mkdir -p $(MINE)
	@$(CC) $(STUDENT_FLAGS) $(INCLUDES) demo.c -o $(MINE)/demo
	@$(MINE)/demo

.PHONY: format
format:
	@command -v clang-format >/dev/null || { \
	    echo "Install clang-format first, for instance: sudo apt install clang-format"; exit 1; }
	@clang-format -i --style=file $(SOURCES) $(wildcard my_tests.c)

# --- direct mode: your code and the tests in one program ---

# The grader answers your calls of malloc and its family, as in a graded run.
RENAMED := $(foreach f,malloc calloc realloc free strdup strndup,--redefine-sym $(f)=direct_$(f)) \
           $(foreach f,sbrk brk mmap munmap fork wait waitpid exit sysconf getpagesize,\
               --redefine-sym $(f)=watched_$(f))

# Your loads and stores are watched, as in a graded run; valgrind and the sanitizer do that
# themselves. gdb steps over the functions that are called at each store ($(DEBUG)/who.py), and its
# command who reads what they record.
SANITIZE := -fsanitize=address,undefined
WATCHED := -fsanitize=thread -fsanitize=bounds
# In gdb a function then begins with its own first line.
NO_ENTRY := $(if $(findstring clang,$(CC)),-mllvm -,--param )tsan-instrument-func-entry-exit=0
WATCHED_NAMES := --redefine-syms=$(BUILD)/subject/watched.renames

# Threads switch at loads and stores, also in gdb. Other tools do not know their stacks.
THREADS := $(wildcard threads.h)
GDB_ONLY := The threads of this lab run in the grader and in gdb only: make gdb TEST=name
no_threads = $(if $(THREADS),@echo "$(GDB_ONLY)"; exit 1)

# A lab whose tests are all traces has no program of its own to run them in.
JUDGED_AS := $(shell $(TOP)/grader/config/key $(LAB) judged_as)
TRACES_ONLY := The tests of this lab are traces: make check TRACE=file, make explore TEST=name and \
    make who TEST=name AT=heap+144 look into them
no_traces = $(if $(JUDGED_AS),@echo "$(TRACES_ONLY)"; exit 1)

# $(1): options for the compiler and the linker, $(2): for the compiler alone, $(3): for objcopy
define link_direct
	$(no_traces)
	@mkdir -p $(MINE)
	@for source in $(SOURCES); do \
	    $(CC) $(STUDENT_FLAGS) $(1) $(2) $(INCLUDES) -c $$source -o $(MINE)/$$source.o || exit 1; done
	@ld -r -o $(MINE)/all.o $(SOURCES:%=$(MINE)/%.o)
	@objcopy --keep-global-symbols=$(BUILD)/subject/$(LAB).exports $(RENAMED) $(3) $(MINE)/all.o
	@$(CC) $(1) -no-pie @$(BUILD)/direct/$(LAB).wraps -Wl,--whole-archive $(BUILD)/direct/$(LAB).a \
	    -Wl,--no-whole-archive $(MINE)/all.o $(BASE_OBJECT) $$(pkg-config --libs check) \
	    -o $(MINE)/direct
endef

need_test = @[ -n "$(TEST)" ] || { \
	    echo "Name a test: make $@ TEST=name (make tests lists them; make shows those that fail)"; \
	    exit 1; }; \
	$(BUILD)/heaplab tests --lab $(NUMBER) $(OF_TEST)

# All sources of your earlier lab as one object.
BASE_SOURCES := $(if $(OWN_BASE),$(addprefix ../$(BASE)/,$(call handed_in,$(BASE))))
$(MINE)/base.o: $(BASE_SOURCES)
	@mkdir -p $(MINE)/base
	@for source in $^; do \
	    $(CC) $(STUDENT_FLAGS) $(INCLUDES) -c $$source \
	        -o $(MINE)/base/$$(basename $$source).o || exit 1; done
	@ld -r -o $@ $(patsubst %,$(MINE)/base/%.o,$(notdir $(BASE_SOURCES)))

direct: kit $(OWN_BASE)
	$(if $(TEST),$(need_test))
	$(call link_direct,,$(WATCHED),$(WATCHED_NAMES))
	@$(MINE)/direct $(TEST)

DEBUG := $(TOP)/grader/desk/debug
STUDENT_FUNCTIONS := nm -P --defined-only -g $(MINE)/all.o | \
    sed -n 's/^\([^ ]*\) T .*/\1/p' | tr '\n' ' '

# Code whose cost is counted is graded without being watched, so gdb refuses nothing that it does.
RUBRIC := $(TOP)/grader/labs/$(LAB)/rubric.ini
FORGIVING := $(if $(shell sed -n '/^cost_points/p' $(RUBRIC)),--forgiving)

gdb: kit $(OWN_BASE)
	$(need_test)
	$(call link_direct,,$(WATCHED) $(NO_ENTRY),$(WATCHED_NAMES))
	@gdb -q -iex 'set debuginfod enabled off' -iex 'set confirm off' $(GDB_FLAGS) \
	    -x $(DEBUG)/heap.py -x $(DEBUG)/who.py -ex 'set $$test = "$(TEST)"' \
	    -ex "set \$$functions = \"$$($(STUDENT_FUNCTIONS))\"" -x $(DEBUG)/stop.py \
	    --args $(MINE)/direct $(FORGIVING) $(TEST)

# What `make gdb` starts, for editors that start gdb themselves.
.PHONY: program
program: kit $(OWN_BASE)
	$(call link_direct,,$(if $(THREADS),$(WATCHED)),$(if $(THREADS),$(WATCHED_NAMES)))

valgrind: kit $(OWN_BASE)
	$(no_threads)
	$(need_test)
	$(call link_direct,)
	@valgrind -q --error-exitcode=3 --leak-check=no --track-origins=yes $(MINE)/direct $(TEST)
	@echo "Valgrind has found nothing wrong."

# --- your own tests on your own code, with coverage ---

OWN := $(MINE)/own
# As in a graded run, gcc compiles: gcovr's gcov reads no other compiler's files.
COVERED := $(SOURCES:%.c=$(OWN)/%.o)
GCOVR := gcovr --root . --no-markers --object-directory $(OWN) $(OWN) --exclude my_tests.c

# What the kit adds where you leave something optional out.
DEFAULTS = $$(ls $(BUILD)/subject/$(LAB).extra/*.o 2>/dev/null)

$(OWN)/%.o: %.c | kit
	@mkdir -p $(OWN)
	@gcc $(STUDENT_FLAGS) $(INCLUDES) --coverage -c $< -o $@

.PHONY: test-mine coverage
test-mine: kit $(COVERED) $(OWN_BASE)
	@[ -e my_tests.c ] || { echo "This lab asks for no tests of your own."; exit 1; }
	@rm -f $(OWN)/*.gcda
	@gcc $(STUDENT_FLAGS) $(INCLUDES) -c my_tests.c -o $(OWN)/my_tests.o
	@gcc --coverage -no-pie -Wl,--wrap=_exit $(OWN)/my_tests.o $(COVERED) $(BASE_OBJECT) \
	    $(DEFAULTS) $(BUILD)/lib/libhome.a $(BUILD)/lib/libmemlib.a \
	    $$(pkg-config --libs check) -o $(OWN)/tests
	@$(OWN)/tests || true
	@$(GCOVR) --filter '$(CURDIR)/' --json | python3 $(DEBUG)/unreached.py .

coverage: test-mine
	@mkdir -p $(OWN)/html
	@$(GCOVR) --html-details $(OWN)/html/index.html
	@echo; echo "Line by line, in your browser:"; echo "  $(abspath $(OWN)/html/index.html)"

# --- handing in, starting over ---

.PHONY: submit progress reset
submit: kit
	@$(BUILD)/heaplab submit --lab $(NUMBER) --from $(TOP)/labs

progress: kit
	@$(BUILD)/heaplab progress

reset: kit
	@$(BUILD)/heaplab reset --lab $(NUMBER) --from $(TOP)/labs

# --- the heap over time ---

.PHONY: explore
explore: kit
	@[ -n "$(TEST)$(TRACE)" ] || { \
	    echo "Name a test or a trace: make explore TEST=name, make explore TRACE=file.rep"; exit 1; }
	@mkdir -p $(MINE)
	@$(BUILD)/heaplab explore $(OF_LAB) $(or $(OF_TRACE),$(OF_TEST)) -o $(MINE)/explore.html
	@echo "Open this in your browser:"; echo "  $(abspath $(MINE)/explore.html)"

.PHONY: who
who: kit
	@[ -n "$(TEST)$(TRACE)" ] && [ -n "$(AT)" ] || { \
	    echo "Name a test and a place: make who TEST=name AT=heap+144"; exit 1; }
	@$(BUILD)/heaplab who $(OF_LAB) $(or $(OF_TRACE),$(OF_TEST)) --at $(call quoted,$(AT))

# --- traces, one line each ---

REPLAY = $(BUILD)/heaplab replay --lab $(NUMBER) $(OF_TRACE)

.PHONY: traces check
traces: kit
	@$(REPLAY) mm.c

check: kit
	@$(REPLAY) --check mm.c

# Only labs with something to compare have this.
COMPARE := $(TOP)/grader/labs/$(LAB)/compare
TRACES := $(sort $(wildcard $(TOP)/grader/traces/*.rep))

compare: kit
	@[ -d $(COMPARE) ] || { echo "There is nothing to compare in this lab."; exit 1; }
	@$(TOP)/grader/staff/setup/setup.sh $(TOP)/grader/staff/setup/packages-plots.txt
	@mkdir -p $(MINE)/compare
	@$(CC) -O2 -D_GNU_SOURCE $(STUDENT_FLAGS) $(INCLUDES) -I$(TOP)/grader -I$(TOP)/grader/include \
	    $(COMPARE)/compare.c $(TOP)/grader/wire/rep.c $(SOURCES) $(BUILD)/lib/libmemlib.a -no-pie \
	    -o $(MINE)/compare/compare
	@$(MINE)/compare/compare $(MINE)/compare $(TRACES)
	@for trace in $(basename $(notdir $(TRACES))); do \
	    gnuplot -e "trace='$$trace'; folder='$(MINE)/compare'" $(COMPARE)/plot.gp || exit 1; done
	@echo; echo "Plots of each trace over time:"; echo "  $(abspath $(MINE)/compare)/*.svg"

asan: kit $(OWN_BASE)
	$(no_threads)
	$(need_test)
	$(call link_direct,$(SANITIZE))
	@$(MINE)/direct $(TEST)
	@echo "The sanitizers have found nothing wrong."
