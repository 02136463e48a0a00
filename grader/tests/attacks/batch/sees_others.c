// Asks the compiler for everybody else's work, the results, the rubric, wrong versions and the gradebook: were one of them to be seen,
// this would not compile.
// as: header_alloc.c
// points: 80
#if __has_include("@OUT@/results/honest.json") || __has_include("@OUT@/files/honest/header_alloc.c")
#error "sees another's result or files"
#elif __has_include("@OUT@/gradebook.sqlite") || __has_include("@CLASS@/honest/header_alloc.c")
#error "sees the gradebook, or what others handed in"
#elif __has_include("@KIT@/grader/labs/05-header-allocator/rubric.ini") || __has_include("@KIT@/build/referee")
#error "sees the rubric, or the grader's programs"
#elif __has_include("/etc/passwd") || __has_include("/proc/self/status") || __has_include("/dev/null")
#error "sees the machine"
#endif
