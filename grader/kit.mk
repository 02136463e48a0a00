# SPDX-License-Identifier: MIT
# kit.mk - how the kit is built. `kit` is everything a grade needs; all of it goes to build/.
#
#   build/heaplab             the command line program
#   build/judges/NN-name      a lab's judge: its tests, Check, the files of judge/
#   build/subject/            what a subject is linked with: libsubject.a, NN-name.o (its table), NN-name.exports
#   build/direct/             the same for direct mode: NN-name.a, NN-name.wraps
#   build/reference/NN-name/  the reference, derived from solutions/ by unifdef
#
# Labs are found by their folders: adding one changes nothing here.

# Some archives drop files' modes.
$(shell [ -x grader/config/key ] || sh grader/staff/setup/modes.sh)

CC ?= gcc
BUILD := build
RUBRIC_LABS := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard grader/labs/*/rubric.ini)))))

# Imported labs have traces and no tests of their own: another lab's judge tries what is handed in.
TRACE_LABS := $(sort $(notdir $(patsubst %/,%,$(dir $(shell grep -ls '^judged_as' grader/labs/*/rubric.ini)))))
ALL_LABS := $(filter-out $(TRACE_LABS),$(RUBRIC_LABS))
judge_of = $(if $(filter $(1),$(TRACE_LABS)),$(shell grader/config/key $(1) judged_as))

# KIT_LAB=NN-name: only what a grade of that lab needs. Who works in one lab need not wait for the others.
WANTED_LABS := $(filter-out $(TRACE_LABS),$(KIT_LAB)) $(foreach lab,$(KIT_LAB),$(call judge_of,$(lab)))
KIT_LABS := $(if $(KIT_LAB),$(sort $(WANTED_LABS) $(foreach lab,$(WANTED_LABS),$(shell grader/config/key $(lab) base))),$(ALL_LABS))
GRADED_LABS := $(if $(KIT_LAB),$(WANTED_LABS),$(ALL_LABS))
KIT_TRACE_LABS := $(if $(KIT_LAB),$(filter $(KIT_LAB),$(TRACE_LABS)),$(TRACE_LABS))

# Labs with points for utilization and cost
COST_LABS := $(filter $(GRADED_LABS),$(sort $(patsubst grader/labs/%/baseline/,%,$(dir $(wildcard grader/labs/*/baseline/*)))))

# Labs whose own tests are scored here. (A release for students may leave that to staff.)
OWN_LABS := $(filter $(GRADED_LABS),$(sort $(notdir $(patsubst %/,%,$(dir $(shell grep -ls '^chaffs_to' grader/labs/*/rubric.ini))))))

# A release for students has no solutions/. It may contain correct and wrong versions as objects, among them the
# reference as the base of later labs; otherwise a lab builds on the student's own earlier lab (grade/base.c).
base_object = $(if $(wildcard solutions/$(1)/*.c grader/labs/$(1)/objects/base.o),$(BUILD)/subject/$(1).base.o)

# Options of some processors only, for all that is linked with a subject (grade/compile.c has the reasons)
PROCESSOR_CFLAGS := $(if $(filter aarch64,$(shell uname -m)),-mno-omit-leaf-frame-pointer -mno-outline-atomics)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
OPTIMISE ?= -O2
KIT_CFLAGS := -std=c11 -D_GNU_SOURCE $(OPTIMISE) -g $(if $(findstring clang,$(CC)),-gdwarf-4) $(WARNINGS) -MMD -MP -Igrader -Igrader/include -Ilabs
# pkg-config runs only in recipes; by then, setup has installed it.
SYSTEM_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags check jansson glib-2.0 libseccomp))
CHECK_LIBS = $(shell pkg-config --libs check)
HEAPLAB_LIBS = $(shell pkg-config --libs jansson glib-2.0 libseccomp inih libarchive libdw sqlite3 yaml-0.1) -lm

# The program: the C files of its rooms, except folders that have their own main or whose code is linked elsewhere.
HEAPLAB_SOURCES := $(wildcard $(patsubst %,grader/%/*.c,kit config sandbox grade grade/foreign report report/html class class/unpack class/marks \
    class/pages class/similar desk desk/watch desk/explore desk/quiz desk/quiz/kinds desk/submit programs/import programs/record programs/replay programs/run staff/check cli cli/commands)) \
    grader/wire/rep.c
JUDGE_SOURCES := $(wildcard grader/judge/*.c grader/judge/lib/*.c grader/wire/*.c)
DIRECT_SOURCES := $(wildcard grader/judge/direct/*.c grader/judge/lib/*.c) $(addprefix grader/subject/,system.c branches.c watch.c watch_library.c watch_print.c watch_search.c) \
    grader/wire/rep.c
SUBJECT_SOURCES := $(wildcard grader/subject/*.c) grader/wire/channel.c grader/wire/registers.c
SANDBOX_SOURCES := $(wildcard grader/sandbox/*.c)
MEMLIB_SOURCES := grader/judge/lib/brk.c

object = $(patsubst grader/%.c,$(BUILD)/obj/%.o,$(1))

# Keep intermediate objects.
.SECONDARY:

# Only one make at a time builds the kit.
ALONE := $(if $(HEAPLAB_ALONE),,grader/staff/setup/alone.sh)
.PHONY: kit kit-files
ifeq ($(ALONE),)
kit: kit-files
else
kit:
	@$(ALONE) $(MAKE) --no-print-directory -s kit KIT_LAB='$(KIT_LAB)'
endif

kit-files: $(BUILD)/lib/libhome.a $(BUILD)/heaplab $(BUILD)/librecord.so $(BUILD)/unpacker $(KIT_LABS:%=$(BUILD)/judges/%) $(KIT_LABS:%=$(BUILD)/subject/%.exports) $(KIT_LABS:%=$(BUILD)/subject/%.memcheck) $(BUILD)/subject/libsubject.a \
     $(BUILD)/subject/subject.whole.o $(BUILD)/subject/watched.renames $(BUILD)/subject/whole.ends $(BUILD)/referee $(BUILD)/subject/tester.whole.o $(OWN_LABS:%=$(BUILD)/implementations/%/done) \
     $(OWN_LABS:%=$(BUILD)/subject/%.stubs.o) $(BUILD)/subject/keeper $(BUILD)/subject/probe $(COST_LABS:%=$(BUILD)/baseline/%.json) $(KIT_TRACE_LABS:%=$(BUILD)/baseline/%.json) \
     $(KIT_LABS:%=$(BUILD)/direct/%.wraps) $(BUILD)/lib/libmemlib.a

# --- packages: installed once, and again when the list changes ---

SETUP := $(BUILD)/setup-done
$(SETUP): grader/staff/setup/packages.txt grader/staff/setup/setup.sh
	@grader/staff/setup/setup.sh
	@echo "heaplab: building the kit, which takes a minute or less, once"
	@mkdir -p $(@D) && touch $@

# --- the kit's own objects ---

$(BUILD)/obj/%.o: grader/%.c | $(SETUP)
	@mkdir -p $(@D)
	@$(CC) $(KIT_CFLAGS) $(SYSTEM_CFLAGS) -c $< -o $@

$(BUILD)/heaplab: $(call object,$(HEAPLAB_SOURCES))
	@$(CC) -o $@ $^ $(HEAPLAB_LIBS)

# Run by root, this program, the keeper and the probe become nobody, who must be able to start them under any umask.
$(BUILD)/unpacker: $(call object,grader/class/unpacker/unpacker.c)
	@$(CC) -o $@ $^ $$(pkg-config --libs libarchive libseccomp) && chmod 755 $@

$(BUILD)/librecord.so: grader/programs/record/preload/preload.c grader/programs/record/record.h | $(SETUP)
	@$(CC) $(filter-out -MMD -MP,$(KIT_CFLAGS)) -fPIC -shared -fno-builtin-malloc -o $@ $< -lpthread

# heaplab run links these with a student's object. calls.c knows two kinds of mm_init.
kit-files: $(BUILD)/run/shim.a
SHIM_SOURCES := $(filter-out %/calls.c,$(wildcard grader/programs/run/shim/*.c)) grader/wire/registers.c
SHIM_OBJECTS := $(patsubst grader/%.c,$(BUILD)/run/%.o,$(SHIM_SOURCES))
SHIM_CFLAGS = $(KIT_CFLAGS) -fPIC -fno-omit-frame-pointer -fno-builtin-malloc -fno-builtin-calloc
$(BUILD)/run/%.o: grader/%.c | $(SETUP)
	@mkdir -p $(@D)
	@$(CC) $(SHIM_CFLAGS) -c $< -o $@

$(BUILD)/run/calls-int.o $(BUILD)/run/calls-bool.o: grader/programs/run/shim/calls.c | $(SETUP)
	@mkdir -p $(@D)
	@$(CC) $(SHIM_CFLAGS) $(if $(findstring bool,$@),-DINIT_IS_BOOL) -c $< -o $@

$(BUILD)/run/shim.a: $(SHIM_OBJECTS) $(BUILD)/run/calls-int.o $(BUILD)/run/calls-bool.o
	@rm -f $@ && ar rcs $@ $(SHIM_OBJECTS)

$(BUILD)/lib/libjudge.a: $(call object,$(JUDGE_SOURCES))
	@mkdir -p $(@D)
	@rm -f $@ && ar rcs $@ $^

$(BUILD)/lib/libsandbox.a: $(call object,$(SANDBOX_SOURCES))
	@mkdir -p $(@D)
	@rm -f $@ && ar rcs $@ $^

# The simulated program break alone, for programs that are not judges: labs/lab.mk, handouts.
$(BUILD)/lib/libmemlib.a: $(call object,$(MEMLIB_SOURCES))
	@mkdir -p $(@D)
	@rm -f $@ && ar rcs $@ $^

# The main program of `make test-mine`: labs/lab.mk.
$(BUILD)/lib/libhome.a: $(call object,grader/owntests/home.c)
	@mkdir -p $(@D)
	@rm -f $@ && ar rcs $@ $^

$(BUILD)/lib/libdirect.a: $(call object,$(DIRECT_SOURCES))
	@mkdir -p $(@D)
	@rm -f $@ && ar rcs $@ $^

# The subject allocates nothing and is linked with students' code. It is small, has frame pointers and is never
# instrumented. Only the copy that is linked for memcheck contains valgrind requests.
SUBJECT_CFLAGS = $(KIT_CFLAGS) -fno-omit-frame-pointer $(PROCESSOR_CFLAGS) -fno-builtin-malloc
$(BUILD)/subject/obj/%.o: grader/%.c | $(SETUP)
	@mkdir -p $(@D)
	@$(CC) $(SUBJECT_CFLAGS) -DNVALGRIND -Wno-unused -c $< -o $@

$(BUILD)/subject/memcheck/%.o: grader/%.c | $(SETUP)
	@mkdir -p $(@D)
	@$(CC) $(SUBJECT_CFLAGS) -c $< -o $@

kit-files: $(BUILD)/subject/libmemcheck.a
# Here the kit's code has a section of its own, which tells its frames from the student's in memcheck's reports (grade/memcheck.c).
$(BUILD)/subject/libmemcheck.a: $(patsubst grader/%.c,$(BUILD)/subject/memcheck/%.o,$(SUBJECT_SOURCES))
	@echo 'SECTIONS { heaplab_kit_code : { *(.text .text.*) } }' >$@.script
	@ld -r -T $@.script -o $@.o $^
	@rm -f $@ && ar rcs $@ $@.o

SUBJECT_OBJECTS := $(patsubst grader/%.c,$(BUILD)/subject/obj/%.o,$(SUBJECT_SOURCES))
$(BUILD)/subject/libsubject.a: $(SUBJECT_OBJECTS)
	@rm -f $@ && ar rcs $@ $^

# The programs that run own tests: the kit's parts of the implementations and of the tester, and the referee.
IMPLEMENTATION_OBJECTS := $(addprefix $(BUILD)/subject/obj/,subject/main.o subject/narrow.o subject/cost.o subject/wipe.o subject/plan.o subject/fall.o subject/watch.o wire/registers.o subject/counters.o subject/renew.o \
                            wire/channel.o subject/implementation/local_break.o)
$(BUILD)/subject/libimplementation.a: $(IMPLEMENTATION_OBJECTS)
	@rm -f $@ && ar rcs $@ $^

$(BUILD)/subject/libtester.a: $(addprefix $(BUILD)/subject/obj/,owntests/tester.o owntests/tester_calls.o owntests/lending.o \
                                subject/implementation/local_break.o owntests/check_shim.o wire/channel.o)
	@rm -f $@ && ar rcs $@ $^

$(BUILD)/referee: $(call object,$(addprefix grader/owntests/,referee.c pairing.c) grader/wire/channel.c \
                    grader/wire/channel_create.c) $(BUILD)/lib/libsandbox.a
	@$(CC) -o $@ $^ $$(pkg-config --libs jansson libseccomp)

# The common part of every subject, implementation or tester, linked in advance: the C start files, the kit's part, and
# what that needs from the C library. Linking an object to it takes a fifth of the time. whole.ends: the rest of ld's
# command line.
C_START = $(foreach file,crt1.o crti.o crtbeginT.o,$(shell $(CC) -print-file-name=$(file)))
C_END = $(foreach file,crtend.o crtn.o,$(shell $(CC) -print-file-name=$(file)))
C_FOLDERS = $(foreach file,libgcc.a libc.a,-L$(dir $(shell $(CC) -print-file-name=$(file))))
$(BUILD)/subject/%.whole.o: $(BUILD)/subject/lib%.a
	@$(CC) -r -nostdlib -static -o $@ $(C_START) -Wl,--whole-archive $< -Wl,--no-whole-archive \
	    -Wl,--start-group -lgcc -lgcc_eh -lc -Wl,--end-group
	@strip --strip-debug $@
.PRECIOUS: $(BUILD)/subject/%.whole.o
$(BUILD)/subject/whole.ends: grader/kit.mk | $(SETUP)
	@mkdir -p $(@D)
	@echo $(C_FOLDERS) --start-group -lgcov -lgcc -lgcc_eh -lm -lc --end-group $(C_END) >$@

# How library functions are called in a watched object.
$(BUILD)/subject/watched.renames: grader/subject/watched.renames
	@mkdir -p $(@D)
	@cp $< $@

$(BUILD)/subject/keeper: $(addprefix $(BUILD)/subject/obj/,sandbox/keeper/keeper.o sandbox/limits.o)
	@$(CC) -static -no-pie -o $@ $^ && chmod 755 $@

$(BUILD)/subject/probe: $(BUILD)/subject/obj/subject/probe/probe.o $(BUILD)/subject/libsubject.a
	@$(CC) -static -no-pie -o $@ $^ && chmod 755 $@

# --- 32-bit subjects, for heaplab replay --bits 32: made on request, and kept up to date from then on ---

SUBJECT32 := $(BUILD)/subject32
SUBJECT32_CFLAGS = $(KIT_CFLAGS) -m32 -DNVALGRIND -Wno-unused -fno-pie -fno-omit-frame-pointer -fno-builtin-malloc
C32_FILE = $(shell $(CC) -m32 -print-file-name=$(1))
.PHONY: bits32
bits32: kit
	@grader/staff/setup/setup.sh grader/staff/setup/packages-32.txt
	@$(ALONE) $(MAKE) --no-print-directory $(SUBJECT32)/ready

ifneq ($(wildcard $(SUBJECT32)/ready),)
kit-files: $(SUBJECT32)/ready
endif

$(SUBJECT32)/obj/%.o: grader/%.c | $(SETUP)
	@mkdir -p $(@D)
	@$(CC) $(SUBJECT32_CFLAGS) -c $< -o $@

$(SUBJECT32)/libsubject.a: $(patsubst grader/%.c,$(SUBJECT32)/obj/%.o,$(SUBJECT_SOURCES))
	@rm -f $@ && ar rcs $@ $^

$(SUBJECT32)/subject.whole.o: $(SUBJECT32)/libsubject.a
	@$(CC) -m32 -r -nostdlib -static -o $@ $(foreach file,crt1.o crti.o crtbeginT.o,$(call C32_FILE,$(file))) \
	    -Wl,--whole-archive $< -Wl,--no-whole-archive -Wl,--start-group -lgcc -lgcc_eh -lc -Wl,--end-group
	@strip --strip-debug $@

$(SUBJECT32)/probe: $(SUBJECT32)/obj/subject/probe/probe.o $(SUBJECT32)/libsubject.a
	@$(CC) -m32 -static -no-pie -o $@ $^ && chmod 755 $@

# The labs that traces are replayed on: those with a baseline
$(SUBJECT32)/ready: grader/kit.mk $(SUBJECT32)/subject.whole.o $(SUBJECT32)/probe $(COST_LABS:%=$(SUBJECT32)/%.o) $(COST_LABS:%=$(SUBJECT32)/%.exports)
	@echo $(foreach file,libgcc.a libc.a,-L$(dir $(call C32_FILE,$(file)))) --start-group -lgcov -lgcc -lgcc_eh -lm -lc --end-group \
	    $(foreach file,crtend.o crtn.o,$(call C32_FILE,$(file))) >$(SUBJECT32)/whole.ends
	@touch $@

# --- a lab: its tests, its stubs, its table ---

define lab_rules
$(1)_BASE := $$(shell grader/config/key $(1) base)
$(1)_SHARED := $$(addprefix grader/labs/,$$(shell grader/config/key $(1) shares))
$(1)_FOLDERS := labs/$(1) $$(addprefix labs/,$$($(1)_BASE))
$(1)_HEADERS := $$(wildcard $$(addsuffix /*.h,$$($(1)_FOLDERS)))
$(1)_INCLUDES := $$(addprefix -I,$$($(1)_FOLDERS))
$(1)_CONTRACT := $$(addprefix -include ,$$($(1)_HEADERS) $$(wildcard grader/labs/$(1)/subject/*.h)) $$($(1)_INCLUDES) -DCALLS='"labs/$(1)/calls.def"'
$(1)_TESTS := $$(wildcard grader/labs/$(1)/*.c grader/labs/$(1)/hidden/*.c)
$(1)_TEST_OBJECTS := $$(patsubst grader/%.c,$$(BUILD)/obj/%.o,$$($(1)_TESTS)) \
    $$(patsubst $$($(1)_SHARED)/%.c,$$(BUILD)/obj/labs/$(1).shared/%.o,$$(wildcard $$(addsuffix /*.c,$$($(1)_SHARED))))
$(1)_DEPENDS := $$($(1)_HEADERS) grader/labs/$(1)/calls.def
$(1)_THREADS := $$(if $$(wildcard labs/$(1)/threads.h),$$(wildcard grader/subject/threads/*.c))
$(1)_EXTRA := $$(patsubst grader/labs/$(1)/subject/%.c,$$(BUILD)/subject/$(1).extra/%.o,$$(wildcard grader/labs/$(1)/subject/*.c)) \
    $$(patsubst grader/subject/threads/%.c,$$(BUILD)/subject/$(1).extra/threads/%.o,$$($(1)_THREADS)) \
    $$(patsubst labs/$(1)/%.c,$$(BUILD)/subject/$(1).extra/%.o,$$(wildcard labs/$(1)/given_*.c))

$$(BUILD)/obj/labs/$(1)/%.o: grader/labs/$(1)/%.c | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(KIT_CFLAGS) $$($(1)_INCLUDES) $$(addprefix -I,grader/labs/$(1) $$($(1)_SHARED)) $$(SYSTEM_CFLAGS) -c $$< -o $$@

# The code that several labs' tests share is compiled for each of them, with its headers.
ifneq ($$($(1)_SHARED),)
$$(BUILD)/obj/labs/$(1).shared/%.o: $$($(1)_SHARED)/%.c | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(KIT_CFLAGS) $$($(1)_INCLUDES) -I$$($(1)_SHARED) $$(SYSTEM_CFLAGS) -c $$< -o $$@
endif

$$(BUILD)/obj/labs/$(1).stubs.o: grader/judge/each-lab/stubs.c $$($(1)_DEPENDS) | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(KIT_CFLAGS) $$($(1)_CONTRACT) $$(SYSTEM_CFLAGS) -c $$< -o $$@

$$(BUILD)/obj/labs/$(1).direct.o: grader/judge/each-lab/stubs.c $$($(1)_DEPENDS) | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(KIT_CFLAGS) -DDIRECT $$($(1)_CONTRACT) $$(SYSTEM_CFLAGS) -c $$< -o $$@

$$(BUILD)/subject/$(1).table.o: grader/subject/each-lab/table.c $$($(1)_DEPENDS) $$(wildcard grader/labs/$(1)/subject/*.h) | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(KIT_CFLAGS) -fno-omit-frame-pointer $(PROCESSOR_CFLAGS) -Igrader/labs/$(1)/subject $$($(1)_CONTRACT) -c $$< -o $$@

# A lab may add code to its subject, besides the student's object: grader/labs/NN-name/subject/*.c. Weak functions there
# replace functions that a student need not write.
$$(BUILD)/subject/$(1).extra/%.o: grader/labs/$(1)/subject/%.c $$($(1)_DEPENDS) | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(KIT_CFLAGS) -fno-omit-frame-pointer $(PROCESSOR_CFLAGS) $$($(1)_INCLUDES) -c $$< -o $$@

# A lab with threads (labs/NN-name/threads.h) gets what runs them. Code that is given to students is compiled like theirs.
$$(BUILD)/subject/$(1).extra/threads/%.o: grader/subject/threads/%.c | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(SUBJECT_CFLAGS) -DNVALGRIND -c $$< -o $$@
$$(BUILD)/subject/$(1).extra/given_%.o: labs/$(1)/given_%.c $$($(1)_HEADERS) | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) -std=c11 -D_DEFAULT_SOURCE -g -fno-omit-frame-pointer $(PROCESSOR_CFLAGS) -fsanitize=thread $$(WARNINGS) $$($(1)_INCLUDES) -c $$< -o $$@
$$(BUILD)/subject/$(1).o: $$(BUILD)/subject/$(1).table.o $$($(1)_EXTRA)
	@ld -r -o $$@ $$(filter %.o,$$^)

# The same for 32 bits
$$(SUBJECT32)/$(1).%.o: grader/labs/$(1)/subject/%.c $$($(1)_DEPENDS) | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(SUBJECT32_CFLAGS) $$($(1)_INCLUDES) -c $$< -o $$@
$$(SUBJECT32)/$(1).table.o: grader/subject/each-lab/table.c $$($(1)_DEPENDS) $$(wildcard grader/labs/$(1)/subject/*.h) | $$(SETUP)
	@mkdir -p $$(@D)
	@$$(CC) $$(SUBJECT32_CFLAGS) -Igrader/labs/$(1)/subject $$($(1)_CONTRACT) -c $$< -o $$@
$$(SUBJECT32)/$(1).o: $$(SUBJECT32)/$(1).table.o $$(patsubst grader/labs/$(1)/subject/%.c,$$(SUBJECT32)/$(1).%.o,$$(wildcard grader/labs/$(1)/subject/*.c))
	@ld -m elf_i386 -r -o $$@ $$(filter %.o,$$^)
$$(SUBJECT32)/$(1).exports: $$(BUILD)/subject/$(1).exports
	@mkdir -p $$(@D)
	@cp $$< $$@

# The tests that run under memcheck; empty for most labs.
$$(BUILD)/subject/$(1).memcheck: $$(BUILD)/judges/$(1)
	@$$< --list-memcheck >$$@

# The student has to define the symbols that the table needs, except those that the base lab provides. If the lab itself
# defines a symbol weakly, or only checks whether it exists, the student may leave it out (.optional).
$$(BUILD)/subject/$(1).calls: $$(BUILD)/subject/$(1).table.o
	@nm -u $$< | sed 's/.* //' | grep -v '^_' >$$@
$$(BUILD)/subject/$(1).optional: $$(BUILD)/subject/$(1).o
	@nm $$< | sed -n 's/.* [WwVv] //p' >$$@
$$(BUILD)/subject/$(1).exports: $$(BUILD)/subject/$(1).calls $$(BUILD)/subject/$(1).optional $$(patsubst %,$$(BUILD)/subject/%.exports,$$($(1)_BASE)) \
                                $$(foreach base,$$($(1)_BASE),$$(call base_object,$$(base)))
	@nm $$(BUILD)/subject/$(1).o | sed -n 's/.* U //p' | grep -xF -f $$< | cat - $$(BUILD)/subject/$(1).optional | \
	    grep -vxF $$(foreach base,$$($(1)_BASE),-f $$(BUILD)/subject/$$(base).exports) -e '' >$$@

# The results of the lab's baseline on the traces of its tests: a function of the kit alone. A release for students
# contains these numbers instead of the allocator.
ifneq ($$(wildcard grader/labs/$(1)/baseline/measured.json),)
$$(BUILD)/baseline/$(1).json: grader/labs/$(1)/baseline/measured.json
	@mkdir -p $$(@D)
	@cp $$< $$@
else
$$(BUILD)/baseline/$(1).json: grader/labs/$(1)/baseline/mm.c $$(BUILD)/heaplab $$(BUILD)/judges/$(1) $$(BUILD)/subject/$(1).exports \
        $$(BUILD)/subject/subject.whole.o $$(BUILD)/subject/whole.ends $$(BUILD)/subject/keeper grader/grade/compile.sh grader/grade/link.sh $$(wildcard grader/traces/*.rep grader/traces/*/*.rep)
	@mkdir -p $$(@D)
	@rm -f $$@ # an old file would limit the counting
	@$$(BUILD)/heaplab replay --lab $(1) --bits 64 --json $$@ $$<
endif

ifneq ($$(wildcard grader/labs/$(1)/objects/*.o),)
$$(BUILD)/subject/$(1).base.o: grader/labs/$(1)/objects/base.o
	@mkdir -p $$(@D)
	@cp $$< $$@

$$(BUILD)/implementations/$(1)/done: $$(BUILD)/subject/$(1).exports $$(BUILD)/subject/implementation.whole.o $$(BUILD)/subject/whole.ends \
        grader/owntests/link_objects.sh $$(wildcard grader/labs/$(1)/objects/*.o) \
        $$(foreach base,$$($(1)_BASE),$$(call base_object,$$(base)))
	@grader/owntests/link_objects.sh $(1) $$(@D) "$$(foreach base,$$($(1)_BASE),$$(call base_object,$$(base)))"
else
# The reference, to be linked into labs that build on this one: compiled like students' code.
$$(BUILD)/subject/$(1).base.o: $$(addprefix $$(BUILD)/reference/$(1)/,$$(notdir $$(filter-out %/my_tests.c,$$(wildcard solutions/$(1)/*.c))))
	@for source in $$^; do $$(CC) -std=c11 -D_DEFAULT_SOURCE -g -fno-omit-frame-pointer $(PROCESSOR_CFLAGS) $$($(1)_INCLUDES) -Ilabs -c $$$$source \
	    -o $$@.$$$$(basename $$$$source).o || exit 1; done
	@ld -r -o $$@ $$(foreach source,$$(notdir $$^),$$@.$$(source).o)

# The same, watched: else words that it has written would be put down to who wrote there before. For subjects only.
$$(BUILD)/subject/$(1).watched.o: $$(addprefix $$(BUILD)/reference/$(1)/,$$(notdir $$(filter-out %/my_tests.c,$$(wildcard solutions/$(1)/*.c))))
	@for source in $$^; do $$(CC) -std=c11 -D_DEFAULT_SOURCE -g -fno-omit-frame-pointer $(PROCESSOR_CFLAGS) -fsanitize=thread $$($(1)_INCLUDES) -Ilabs -c $$$$source \
	    -o $$@.$$$$(basename $$$$source).o || exit 1; done
	@ld -r -o $$@ $$(foreach source,$$(notdir $$^),$$@.$$(source).o)
kit-files: $$(foreach base,$$($(1)_BASE),$$(if $$(wildcard solutions/$$(base)/*.c),$$(BUILD)/subject/$$(base).watched.o))

$$(BUILD)/implementations/$(1)/done: $$(BUILD)/subject/$(1).exports $$(BUILD)/subject/implementation.whole.o $$(BUILD)/subject/whole.ends \
        grader/owntests/implementations.sh $$(wildcard grader/labs/$(1)/chaffs/*.patch grader/labs/$(1)/wheats/*/*.c) \
        $$(addprefix $$(BUILD)/reference/$(1)/,$$(notdir $$(wildcard solutions/$(1)/*.c)))
	@grader/owntests/implementations.sh $(1) $$(BUILD)/reference/$(1) $$(@D) \
	    "$$(patsubst %,$$(BUILD)/subject/%.base.o,$$($(1)_BASE))" $$($(1)_FOLDERS) labs
endif

$$(BUILD)/judges/$(1): $$($(1)_TEST_OBJECTS) $$(BUILD)/obj/labs/$(1).stubs.o $$(BUILD)/lib/libjudge.a $$(BUILD)/lib/libsandbox.a
	@mkdir -p $$(@D)
	@$$(CC) -o $$@ $$^ $$(CHECK_LIBS) $$(shell pkg-config --libs jansson libseccomp)

$$(BUILD)/direct/$(1).a: $$($(1)_TEST_OBJECTS) $$(BUILD)/obj/labs/$(1).direct.o $$($(1)_EXTRA) $$(BUILD)/lib/libdirect.a
	@mkdir -p $$(@D)
	@rm -f $$@ && cp $$(BUILD)/lib/libdirect.a $$@ && ar rs $$@ $$(filter %.o,$$^) 2>/dev/null

$$(BUILD)/direct/$(1).wraps: $$(BUILD)/subject/$(1).calls $$(BUILD)/direct/$(1).a
	@sed 's/^/-Wl,--wrap=/' $$< >$$@

$$(BUILD)/subject/$(1).stubs.o: $$(BUILD)/obj/labs/$(1).stubs.o
	@cp $$< $$@
endef

# What is derived from solutions/, and known of what is handed out
define lab_files
$(1)_SOURCES := $$(notdir $$(wildcard solutions/$(1)/*.c))
$$(BUILD)/reference/$(1)/%.c: solutions/$(1)/%.c | $$(SETUP)
	@mkdir -p $$(@D)
	@unifdef -x2 -DSOLUTION -o $$@ $$<
$$(BUILD)/reference/$(1)/%.txt: solutions/$(1)/%.txt
	@mkdir -p $$(@D)
	@cp $$< $$@
$$(BUILD)/stubs/$(1)/%.c: solutions/$(1)/%.c | $$(SETUP)
	@mkdir -p $$(@D)
	@unifdef -x2 -USOLUTION -o $$@ $$<
labs/$(1)/%.c: solutions/$(1)/%.c | $$(SETUP)
	unifdef -x2 -USOLUTION -o $$@ $$<
# Which files of the lab's folder are the kit's, and what was in them (grade/handed_out.c). Never made by `kit`: an
# edited header must not pass for the one that was handed out.
grader/labs/$(1)/handed-out.sha256: $$(sort $$(wildcard labs/$(1)/*.h labs/$(1)/given_*.c labs/$(1)/demo.c labs/$(1)/cases.c))
	cd labs/$(1) && sha256sum $$(notdir $$^) >../../$$@
STUBS += $$(addprefix labs/$(1)/,$$($(1)_SOURCES)) grader/labs/$(1)/handed-out.sha256
kit-files: $$(addprefix $$(BUILD)/stubs/$(1)/,$$($(1)_SOURCES))
kit-files: $$(addprefix $$(BUILD)/reference/$(1)/,$$($(1)_SOURCES) $$(notdir $$(wildcard solutions/$(1)/*.txt)))
endef

# The numbers of another lab's baseline on an imported lab's traces
define trace_lab_rules
$(1)_JUDGE := $$(call judge_of,$(1))
ifneq ($$(wildcard grader/labs/$(1)/baseline/measured.json),)
$$(BUILD)/baseline/$(1).json: grader/labs/$(1)/baseline/measured.json
	@mkdir -p $$(@D)
	@cp $$< $$@
else
$$(BUILD)/baseline/$(1).json: grader/labs/$$($(1)_JUDGE)/baseline/mm.c grader/labs/$(1)/rubric.ini $$(wildcard grader/labs/$(1)/traces/*) \
        $$(BUILD)/heaplab $$(BUILD)/judges/$$($(1)_JUDGE) $$(BUILD)/subject/$$($(1)_JUDGE).exports $$(BUILD)/subject/subject.whole.o \
        $$(BUILD)/subject/whole.ends $$(BUILD)/subject/keeper grader/grade/compile.sh grader/grade/link.sh
	@mkdir -p $$(@D)
	@rm -f $$@ # an old file would limit the counting
	@$$(BUILD)/heaplab replay --lab $(1) --bits 64 --json $$@ $$<
endif
endef

STUBS :=
$(foreach lab,$(KIT_LABS),$(eval $(call lab_rules,$(lab))))
$(foreach lab,$(KIT_TRACE_LABS),$(eval $(call trace_lab_rules,$(lab))))
$(foreach lab,$(KIT_LABS) $(KIT_TRACE_LABS),$(eval $(call lab_files,$(lab))))

# --- the kit's unit tests: one program a file of tests/unit, built by grader/tests/unit/unit.sh ---

UNIT_TESTS := $(patsubst grader/tests/unit/%.c,$(BUILD)/tests/%,$(wildcard grader/tests/unit/*.c))
UNIT_SUPPORT := $(BUILD)/obj/tests/unit/support

.PHONY: unit-tests
unit-tests: $(UNIT_TESTS)

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(UNIT_SUPPORT)/main.o $(UNIT_SUPPORT)/program.o \
        $(filter-out %/cli/main.o,$(call object,$(HEAPLAB_SOURCES)))
	@mkdir -p $(@D)
	@$(CC) -o $@ $^ $(HEAPLAB_LIBS) $(CHECK_LIBS)

$(BUILD)/tests/registers: $(call object,grader/wire/registers.c)

$(BUILD)/tests/judge_%: $(BUILD)/obj/tests/unit/judge_%.o $(UNIT_SUPPORT)/main.o $(UNIT_SUPPORT)/judged.o \
        $(BUILD)/lib/libdirect.a
	@mkdir -p $(@D)
	@$(CC) -o $@ $^ $(CHECK_LIBS)

$(BUILD)/tests/judge_patience: $(call object,grader/judge/patience.c)

-include $(shell find $(BUILD)/obj $(BUILD)/subject $(wildcard $(SUBJECT32)) $(BUILD)/run -name '*.d' 2>/dev/null)
