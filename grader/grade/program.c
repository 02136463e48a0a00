// SPDX-License-Identifier: MIT
/*
 * program.c - reads the linked program as it will run: what must not be in it, and how much memory it has of its own
 * (grade.h). Where memory counts, it is compared with its frame: the same link without the student's object.
 *
 * The bytes are the linker's, made from a student's object, and are not trusted: whatever lies outside of the file is
 * left out.
 */
#include "grade/program.h"
#include "grade/grade.h"

#include <elf.h>
#include <string.h>

/* Code and constants are not state, so this much is free (grader/README.md, handout of lab 08). Tables of answers need
 * more. */
enum { FREE_READ_ONLY_BYTES = 64 * 1024 };

struct facts {
    bool known;
    bool writes_code; /* a segment is writable and executable, or the stack is executable */
    size_t writable;  /* bytes of memory */
    size_t read_only;
    size_t before_main;     /* bytes of lists of functions that run before main or after it */
    size_t local_resolvers; /* local ifuncs: code that runs at the start */
    size_t to_valgrind;     /* instruction sequences that talk to valgrind */
};

/* --- ELF, of 64 and 32 bits --- */

struct image {
    const unsigned char *bytes;
    gsize n;
    bool wide;
};

/* N things of SIZE bytes at OFFSET; NULL if they don't all lie in the file. */
static const void *things_at(const struct image *image, uint64_t offset, uint64_t n, uint64_t size)
{
    bool inside = offset <= image->n && n <= (image->n - offset) / size;
    return inside ? image->bytes + offset : NULL;
}

#define HEADER(image, field)                                                                                           \
    ((image)->wide ? ((const Elf64_Ehdr *)(const void *)(image)->bytes)->field                                         \
                   : ((const Elf32_Ehdr *)(const void *)(image)->bytes)->field)

static Elf64_Phdr segment_at(const void *table, const struct image *image, size_t i)
{
    if (image->wide) {
        Elf64_Phdr segment;
        memcpy(&segment, (const Elf64_Phdr *)table + i, sizeof segment);
        return segment;
    }
    Elf32_Phdr narrow;
    memcpy(&narrow, (const Elf32_Phdr *)table + i, sizeof narrow);
    return (Elf64_Phdr){.p_type = narrow.p_type, .p_flags = narrow.p_flags, .p_memsz = narrow.p_memsz};
}

static Elf64_Shdr section_at(const void *table, const struct image *image, size_t i)
{
    if (image->wide) {
        Elf64_Shdr section;
        memcpy(&section, (const Elf64_Shdr *)table + i, sizeof section);
        return section;
    }
    Elf32_Shdr narrow;
    memcpy(&narrow, (const Elf32_Shdr *)table + i, sizeof narrow);
    return (Elf64_Shdr){.sh_name = narrow.sh_name,
                        .sh_type = narrow.sh_type,
                        .sh_offset = narrow.sh_offset,
                        .sh_size = narrow.sh_size,
                        .sh_link = narrow.sh_link};
}

static void read_segments(const struct image *image, struct facts *facts)
{
    size_t n = HEADER(image, e_phnum);
    const void *table =
        things_at(image, HEADER(image, e_phoff), n, image->wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr));
    for (size_t i = 0; table && i < n; i++) {
        Elf64_Phdr segment = segment_at(table, image, i);
        bool writable = (segment.p_flags & PF_W) != 0;
        bool runs = (segment.p_flags & PF_X) != 0;
        if (segment.p_type == PT_GNU_STACK || segment.p_type == PT_LOAD)
            facts->writes_code = facts->writes_code || (writable && runs);
        if (segment.p_type == PT_TLS || (segment.p_type == PT_LOAD && writable))
            facts->writable += segment.p_memsz;
        else if (segment.p_type == PT_LOAD)
            facts->read_only += segment.p_memsz;
    }
    facts->known = table != NULL;
}

static bool runs_by_itself(const char *section)
{
    static const char *const names[] = {".preinit_array", ".init_array", ".fini_array", ".ctors",
                                        ".dtors",         ".init",       ".fini",       NULL};
    return g_strv_contains(names, section);
}

static Elf64_Sym symbol_at(const unsigned char *at, bool wide)
{
    Elf64_Sym symbol;
    if (wide) {
        memcpy(&symbol, at, sizeof symbol);
        return symbol;
    }
    Elf32_Sym narrow;
    memcpy(&narrow, at, sizeof narrow);
    return (Elf64_Sym){.st_name = narrow.st_name, .st_info = narrow.st_info, .st_shndx = narrow.st_shndx};
}

typedef void (*note)(const struct image *image, Elf64_Shdr section, Elf64_Sym symbol, void *data);

/* Calls AT for each symbol of SECTION, a table of them. */
static void each_symbol(const struct image *image, Elf64_Shdr section, note at, void *data)
{
    size_t size = image->wide ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
    size_t n = (size_t)(section.sh_size / size);
    const unsigned char *symbols = things_at(image, section.sh_offset, n, size);
    for (size_t i = 0; symbols && i < n; i++)
        at(image, section, symbol_at(symbols + i * size, image->wide), data);
}

static void count_resolver(const struct image *image, Elf64_Shdr section, Elf64_Sym symbol, void *data)
{
    (void)image;
    (void)section;
    struct facts *facts = data;
    facts->local_resolvers +=
        ELF64_ST_TYPE(symbol.st_info) == STT_GNU_IFUNC && ELF64_ST_BIND(symbol.st_info) == STB_LOCAL;
}

typedef void (*look)(const struct image *image, const char *name, Elf64_Shdr section, void *data);

/* Calls AT for each section. */
static void each_section(const struct image *image, look at, void *data)
{
    size_t n = HEADER(image, e_shnum);
    size_t of_names = HEADER(image, e_shstrndx);
    const void *table =
        things_at(image, HEADER(image, e_shoff), n, image->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr));
    if (!table || of_names >= n)
        return;
    Elf64_Shdr names = section_at(table, image, of_names);
    const char *text = things_at(image, names.sh_offset, names.sh_size, 1);
    for (size_t i = 0; text && i < n; i++) {
        Elf64_Shdr section = section_at(table, image, i);
        if (section.sh_name >= names.sh_size)
            continue;
        g_autofree char *name = g_strndup(text + section.sh_name, names.sh_size - section.sh_name);
        at(image, name, section, data);
    }
}

static void add_section(const struct image *image, const char *name, Elf64_Shdr section, void *data)
{
    struct facts *facts = data;
    if (runs_by_itself(name))
        facts->before_main += section.sh_size;
    if (section.sh_type == SHT_SYMTAB)
        each_symbol(image, section, count_resolver, facts);
}

/* --- talking to valgrind --- */

struct sequence {
    const char *bytes;
    gsize n;
};

/* From valgrind.h: the first two of four rotations of a register. x86-64, x86 and arm64. */
static const struct sequence sequences[] = {
    {"\x48\xc1\xc7\x03\x48\xc1\xc7\x0d", 8}, {"\xc1\xc7\x03\xc1\xc7\x0d", 6}, {"\x8c\x0d\xcc\x93\x8c\x35\xcc\x93", 8}};

static size_t count_sequences(const unsigned char *bytes, gsize n)
{
    size_t found = 0;
    for (guint i = 0; i < G_N_ELEMENTS(sequences); i++) {
        const unsigned char *at = bytes;
        while ((at = memmem(at, n - (gsize)(at - bytes), sequences[i].bytes, sequences[i].n)) != NULL) {
            found++;
            at++;
        }
    }
    return found;
}

/* The caller frees BYTES. False if the file at PATH is no ELF file. */
static bool open_image(const char *path, char **bytes, struct image *image)
{
    *image = (struct image){0};
    if (!g_file_get_contents(path, bytes, &image->n, NULL) || image->n < sizeof(Elf64_Ehdr) ||
        memcmp(*bytes, ELFMAG, SELFMAG) != 0)
        return false;
    image->bytes = (const unsigned char *)*bytes;
    image->wide = image->bytes[EI_CLASS] == ELFCLASS64;
    return true;
}

static struct facts facts_of(const char *path)
{
    struct facts facts = {0};
    g_autofree char *bytes = NULL;
    struct image image;
    if (!open_image(path, &bytes, &image))
        return facts;
    read_segments(&image, &facts);
    each_section(&image, add_section, &facts);
    facts.to_valgrind = count_sequences(image.bytes, image.n);
    return facts;
}

struct wanted {
    const char *name;
    unsigned found;
    uint64_t start, size;
};

static void note_section(const struct image *image, const char *name, Elf64_Shdr section, void *data)
{
    struct wanted *wanted = data;
    (void)image;
    if (strcmp(name, wanted->name) != 0)
        return;
    wanted->found++;
    wanted->start = section.sh_addr;
    wanted->size = section.sh_size;
}

bool program_section(const char *path, const char *name, uint64_t *start, uint64_t *end)
{
    struct wanted wanted = {.name = name};
    g_autofree char *bytes = NULL;
    struct image image;
    if (open_image(path, &bytes, &image) && image.wide)
        each_section(&image, note_section, &wanted);
    *start = wanted.start;
    *end = wanted.start + wanted.size;
    return wanted.found == 1;
}

struct name_visitor {
    void (*see)(const struct program_name *name, void *data);
    void *data;
};

static void see_name(const struct image *image, Elf64_Shdr section, Elf64_Sym symbol, void *data)
{
    const struct name_visitor *visitor = data;
    const void *table = things_at(image, HEADER(image, e_shoff), (uint64_t)section.sh_link + 1,
                                  image->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr));
    if (!table)
        return;
    Elf64_Shdr texts = section_at(table, image, section.sh_link);
    const char *text = things_at(image, texts.sh_offset, texts.sh_size, 1);
    unsigned char type = ELF64_ST_TYPE(symbol.st_info);
    if (!text || symbol.st_name >= texts.sh_size || type == STT_FILE || type == STT_SECTION)
        return;
    g_autofree char *name = g_strndup(text + symbol.st_name, texts.sh_size - symbol.st_name);
    const struct program_name seen = {
        .text = name, .defined = symbol.st_shndx != SHN_UNDEF, .local = ELF64_ST_BIND(symbol.st_info) == STB_LOCAL};
    if (name[0])
        visitor->see(&seen, visitor->data);
}

static void see_names(const struct image *image, const char *name, Elf64_Shdr section, void *data)
{
    (void)name;
    if (section.sh_type == SHT_SYMTAB)
        each_symbol(image, section, see_name, data);
}

void program_names(const char *path, void (*see)(const struct program_name *name, void *data), void *data)
{
    struct name_visitor visitor = {see, data};
    g_autofree char *bytes = NULL;
    struct image image;
    if (open_image(path, &bytes, &image))
        each_section(&image, see_names, &visitor);
}

static struct facts facts_in_work(const struct submission *submission, const char *name)
{
    g_autofree char *path = submission_path(submission, name);
    return facts_of(path);
}

/* --- what is wrong --- */

/* How many such sequences FILE has, one of those that SUBMISSION is linked with. */
static size_t kits_to_valgrind(const struct submission *submission, const char *file)
{
    g_autofree char *path = kit_path("build", build_support(submission), file, NULL);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    if (!g_file_get_contents(path, &bytes, &n, NULL))
        die_fault("cannot read %s", path);
    return count_sequences((const unsigned char *)bytes, n);
}

static char *problem_with(const struct submission *submission, const struct facts *program, const char *library)
{
    g_autofree char *of_lab = g_strconcat(rubric_machine(submission->rubric), ".o", NULL);
    if (program->writes_code)
        return g_strdup("your code has a section that is both writable and executable (or needs an executable stack): "
                        "in graded code, what can be written is data, and what runs cannot be written");
    if (program->to_valgrind > kits_to_valgrind(submission, library) + kits_to_valgrind(submission, of_lab))
        return g_strdup("your code calls valgrind: the instructions that talk to it are for the grader only");
    return NULL;
}

/* Only where all work is counted. */
static char *runs_too_early(const struct facts *program, const struct facts *frame)
{
    if (program->before_main <= frame->before_main && program->local_resolvers <= frame->local_resolvers)
        return NULL;
    return g_strdup("your code has a function that runs by itself before the first call or after the last (a "
                    "constructor, for example). In this lab all work is counted: do it when a call asks for it");
}

char *program_problem(const struct submission *submission)
{
    struct facts program = facts_in_work(submission, "subject");
    char *problem = problem_with(submission, &program, "subject.whole.o");
    if (!problem && submission->measured) {
        struct facts frame = facts_in_work(submission, "subject-frame");
        problem = runs_too_early(&program, &frame);
    }
    struct facts under_memcheck = facts_in_work(submission, "subject-memcheck");
    if (!problem && under_memcheck.known) /* most labs have no such program */
        problem = problem_with(submission, &under_memcheck, "libmemcheck.a");
    return problem;
}

size_t program_writable_bytes(const struct submission *submission)
{
    g_autofree char *path = submission_path(submission, "subject");
    g_autofree char *bytes = NULL;
    struct facts facts = {0};
    struct image image;
    if (open_image(path, &bytes, &image))
        read_segments(&image, &facts);
    return facts.writable;
}

size_t program_static_bytes(const struct submission *submission)
{
    struct facts program = facts_in_work(submission, "subject");
    struct facts frame = facts_in_work(submission, "subject-frame");
    size_t own = program.writable > frame.writable ? program.writable - frame.writable : 0;
    size_t read_only = program.read_only > frame.read_only ? program.read_only - frame.read_only : 0;
    return own + (read_only > FREE_READ_ONLY_BYTES ? read_only - FREE_READ_ONLY_BYTES : 0);
}
