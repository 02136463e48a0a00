# SPDX-License-Identifier: MIT
# shape.jq - prints one line for each mistake in the shape of a result.json (grader/README.md); nothing if it has none.

def has_keys(where; $wanted):
    (keys_unsorted | sort) as $is | ($wanted | sort) as $should
    | (($should - $is)[] | "\(where): \(.) is missing"), (($is - $should)[] | "\(where): \(.) is not documented");

def one_of(where; $types):
    type as $type | select($types | index($type) | not) | "\(where) is \($type), not \($types | join(" or "))";

def whole(where): select(type != "number" or . != floor or . < 0) | "\(where) is not a whole number";

def tally(where):
    has_keys(where; ["covered", "total", "percent"]),
    (.covered | whole(where + ".covered")), (.total | whole(where + ".total")),
    (.percent | one_of(where + ".percent"; ["number"])),
    (select(.percent < 0 or .percent > 100) | "\(where).percent is \(.percent)");

def picture(where):
    has_keys(where; ["cells", "left_out_before", "left_out"]),
    (.left_out_before | whole(where + ".left_out_before")),
    (.left_out | whole(where + ".left_out")),
    (.cells[]
        | has_keys(where + ".cells[]"; ["kind", "offset", "bytes", "header", "footer", "marked", "note"]),
          (.kind | select(IN("used", "free", "damaged", "gap") | not) | "\(where): a cell is \(.)"),
          (.offset | one_of(where + ".offset"; ["number"])),
          (.bytes, .header, .footer | whole(where + ".bytes")),
          (.marked | one_of(where + ".marked"; ["boolean"])),
          (.note | one_of(where + ".note"; ["string", "null"])));

def test:
    .name as $name
    | has_keys($name; ["name", "kind", "title", "visibility", "needs", "points", "max_points", "status", "message",
                       "expected", "found", "written", "where", "story", "heap", "hint", "output", "duration_ms"]),
      (.name, .title | one_of($name; ["string"])),
      (.kind | select(IN("test", "answer") | not) | "\($name).kind is \(.)"),
      (.visibility | select(IN("visible", "hidden", "after_due_date") | not) | "\($name).visibility is \(.)"),
      (.status | select(IN("passed", "failed", "crashed", "timed_out", "misused", "not_run") | not)
          | "\($name).status is \(.)"),
      (.points, .max_points, .duration_ms | whole($name)),
      (select((.status == "passed") != (.points == .max_points)) | "\($name): points do not go with the status"),
      (select(.status != "passed" and .points != 0) | "\($name): points for nothing"),
      (.message, .expected, .found, .where, .output | one_of($name; ["string", "null"])),
      (.story, .needs | one_of($name; ["array"])), (.story[], .needs[] | one_of($name; ["string"])),
      (.hint | has_keys($name + ".hint"; ["question", "hint", "handout"])),
      (.hint[] | one_of($name + ".hint"; ["string", "null"])),
      (.heap | one_of($name + ".heap"; ["object", "null"])),
      (.heap | objects | has_keys($name + ".heap"; ["before", "after"]),
          (.before | picture($name + ".before")), (.after | picture($name + ".after")));

def lab:
    has_keys("lab"; ["lab", "title", "score", "max_score", "build", "tests", "coverage", "own_tests", "cost", "notes"]),
    (.lab, .title | one_of("lab"; ["string"])), (.score, .max_score | whole("lab")),
    (select(([.tests[].points] | add) + (.own_tests.points? // 0) + ([.cost.points?[]?] | add // 0) != .score) | "the score is not the sum of the points"),
    (select(([.tests[].max_points] | add) + (.own_tests.max_points? // 0) + ([.cost.max_points?[]?] | add // 0) != .max_score) | "max_score is not the sum"),
    (.build | has_keys("build"; ["ok", "problem", "diagnostics"]),
        (.ok | one_of("ok"; ["boolean"])), (.problem | one_of("problem"; ["string", "null"])),
        (.diagnostics | one_of("diagnostics"; ["string"])),
        (select(.ok == (.problem != null)) | "build: ok and problem do not go together")),
    (.tests[] | test),
    (.coverage | one_of("coverage"; ["object", "null"])),
    (.coverage | objects | has_keys("coverage"; ["lines", "branches", "unreached", "untaken"]),
        (.lines | tally("lines")), (.branches | tally("branches")),
        ((.unreached, .untaken)[] | has_keys("unreached"; ["file", "line", "source"]), (.line | whole("unreached.line")),
            (.file, .source | one_of("unreached"; ["string"])))),
    (.own_tests, .cost | one_of("own_tests, cost"; ["object", "null"])),
    (.notes[] | one_of("notes"; ["string"]));

has_keys("document"; ["schema", "kit", "submission", "score", "max_score", "labs"]),
(select(.schema != 1) | "the schema is \(.schema)"),
(.kit, .submission | one_of("document"; ["string"])),
(select(([.labs[].score] | add // 0) != .score) | "the score is not the sum of the labs"),
(select(([.labs[].max_score] | add // 0) != .max_score) | "max_score is not the sum of the labs"),
(.labs[] | lab)
