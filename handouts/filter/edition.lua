-- SPDX-License-Identifier: MIT
-- edition.lua - the second of a handout's two pandoc filters: from a handout whose blocks have run to one edition of it.
--
-- EDITION (in the environment) is student or instructor, HANDOUT the handout's name, FACTS the folder with course.json and
-- NN-name.json, which heaplab prints. What stands in `::: instructor` is left out for students. These are filled in:
--
--   ::: points    when the lab is due, what it weighs, what is handed in, and its points by section
--   ::: scale     where the points for utilization and cost begin, and where they are all there
--   ::: labs      all labs, with due dates and weights      ::: staff      ::: late
--
-- A lab's title is its rubric's. A paragraph that ends with a colon, or is bold as a whole, stays on the page
-- of what it announces.
-- In the instructor edition of a lab its answers, tests, wrong versions and reference are added at the end. All of this comes
-- from the lab's own files, so a new lab has it, too.

local json = require("dkjson")
local stringify = pandoc.utils.stringify

local edition = os.getenv("EDITION")
local name = os.getenv("HANDOUT")
local facts = os.getenv("FACTS")

local function read_file(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function read_json(path)
  local text = read_file(path)
  if not text then return nil end
  local value, _, mistake = json.decode(text)
  if mistake then error(path .. ": " .. mistake) end
  return value
end

local course = assert(read_json(facts .. "/course.json"), "no course.json")
local rubrics = read_json(facts .. "/" .. name .. ".json")
local rubric = rubrics and rubrics[1]

-- --- small things ---

local function number(value)
  return (string.format("%.1f", value):gsub("%.0$", ""))
end

-- Text in which `code` is written as in Markdown and nothing else is.
local function inlines(text)
  local result = pandoc.List()
  local code = false
  for part in (text .. "`"):gmatch("(.-)`") do
    if part ~= "" then result:insert(code and pandoc.Code(part) or pandoc.Str(part)) end
    code = not code
  end
  return result
end

local function cell(content)
  if type(content) == "string" then content = inlines(content) end
  return { pandoc.Plain(content) }
end

-- WIDTHS, parts of the table's width, are for long tables: to find out by their text what columns need takes a third of a PDF's time.
local function table_of(class, aligns, head, rows, widths)
  local header = head and pandoc.List(head):map(cell) or {}
  widths = widths or pandoc.List(aligns):map(function() return 0 end)
  local body = pandoc.List(rows):map(function(row) return pandoc.List(row):map(cell) end)
  local simple = pandoc.SimpleTable({}, aligns, widths, header, body)
  return pandoc.Div({ pandoc.utils.from_simple_table(simple) }, { class = class })
end

local LEFT, RIGHT = pandoc.AlignLeft, pandoc.AlignRight

local function course_lab(lab)
  for _, entry in ipairs(course.labs) do
    if entry.lab == lab then return entry end
  end
  return {}
end

-- --- points ---

local function section_titles(document)
  local titles = {}
  document:walk({ Header = function(header) titles[header.identifier] = stringify(header) end })
  return titles
end

-- The rubric's points by handout section, in the rubric's order.
local function points_by_section(titles)
  local rows, row_of = {}, {}
  local function add(key, what, points, tests)
    if not row_of[key] then
      rows[#rows + 1] = { what = what, points = 0, tests = 0 }
      row_of[key] = rows[#rows]
    end
    row_of[key].points = row_of[key].points + points
    row_of[key].tests = row_of[key].tests + tests
  end
  for _, item in ipairs(rubric.items) do
    if item.kind == "answer" then
      local file = item.name:match("^prediction") and "predictions.txt" or "diagnosis.txt"
      add(file, { pandoc.Str("Answers in "), pandoc.Code(file) }, item.points, 0)
    else
      local title = titles[item.handout]
      if not title then
        io.stderr:write(string.format("grader/labs/%s/rubric.ini: [test %s]: the handout has no section {#%s}\n", name, item.name,
                                      tostring(item.handout)))
        os.exit(1)
      end
      add(item.handout, { pandoc.Link(title, "#" .. item.handout) }, item.points, 1)
    end
  end
  if rubric.own_tests > 0 then
    add("own", { pandoc.Str("Tests of your own, in "), pandoc.Code("my_tests.c") }, rubric.own_tests, 0)
  end
  local contest = rubric.contest
  if contest then
    add("score", { pandoc.Link("Utilization on the traces", "#score") }, contest.utilization.points, 0)
    add("cost", { pandoc.Link("Cost on the traces", "#score") }, contest.cost.points, 0)
  end
  return rows
end

-- In percent of the baseline's.
local function scale()
  local rows = {}
  for _, part in ipairs({ "utilization", "cost" }) do
    local of = rubric.contest[part]
    rows[#rows + 1] = { part, of.from .. " %", of.to .. " %", tostring(of.points) }
  end
  return { table_of("points-table", { LEFT, RIGHT, RIGHT, RIGHT },
                    { "In percent of the baseline's", "FROM: no points", "TO: all points", "POINTS" }, rows) }
end

local function points(document)
  local entry = course_lab(name)
  local due = entry.due_text and ("Due " .. entry.due_text .. ". ") or ""
  local weight = entry.share and ("It counts " .. number(entry.share) .. " % of the labs' points. ") or ""
  local files = pandoc.List()
  for i, file in ipairs(rubric.files) do
    if i > 1 then files:insert(pandoc.Str(", ")) end
    files:insert(pandoc.Code(file))
  end
  local rows = {}
  for _, row in ipairs(points_by_section(section_titles(document))) do
    rows[#rows + 1] = { row.what, row.tests > 0 and tostring(row.tests) or "", tostring(row.points) }
  end
  rows[#rows + 1] = { { pandoc.Strong("Total") }, "", { pandoc.Strong(tostring(rubric.total)) } }
  local where = course.lms_name and (", in " .. course.lms_name) or ""
  local lead = pandoc.List({ pandoc.Str(due .. weight .. "You hand in ") }) .. files .. { pandoc.Str(where .. ".") }
  return { pandoc.Para(lead), table_of("points-table", { LEFT, RIGHT, RIGHT }, { "What is graded", "Tests", "Points" }, rows) }
end

-- --- the course ---

local function labs()
  local rows = {}
  for _, entry in ipairs(course.labs) do
    local own = read_json(facts .. "/" .. entry.lab .. ".json")
    if own then
      local title = entry.lab:sub(1, 2) .. ". " .. own[1].title
      local linked = read_file("handouts/" .. entry.lab .. ".md") and { pandoc.Link(title, entry.lab .. ".html") } or title
      rows[#rows + 1] = { linked, entry.due_text or "", number(entry.share) .. " %" }
    end
  end
  return { table_of("labs-table", { LEFT, LEFT, RIGHT }, { "Lab", "Due", "Weight" }, rows) }
end

local function staff()
  local rows = {}
  for _, person in ipairs(course.staff) do
    local mail = person.email and { pandoc.Link(person.email, "mailto:" .. person.email) } or ""
    rows[#rows + 1] = { person.name, person.role or "", mail, person.hours or "" }
  end
  if #rows == 0 then return {} end
  return { table_of("staff-table", { LEFT, LEFT, LEFT, LEFT }, { "Name", "Role", "Mail", "Hours" }, rows) }
end

local function counted(n, what)
  return n .. " " .. what .. (n == 1 and "" or "s")
end

local function late()
  local policy = course.late
  if not policy then return { pandoc.Para("Ask the staff what becomes of late work.") } end
  local text = "Late work loses " .. (policy.percent_per_day or 0) .. " % of its points for each day that has begun"
  if policy.days then text = text .. ", and counts for nothing after " .. counted(policy.days, "day") end
  text = text .. "."
  if policy.grace_minutes then text = text .. " Up to " .. counted(policy.grace_minutes, "minute") .. " late is in time." end
  return { pandoc.Para(text) }
end

-- --- for instructors ---

local function answers()
  local blocks = pandoc.List()
  for _, file in ipairs({ "predictions.txt", "diagnosis.txt" }) do
    local text = read_file("solutions/" .. name .. "/" .. file)
    if text then
      blocks:insert(pandoc.Header(3, { pandoc.Str("Answers: "), pandoc.Code(file) }))
      blocks:insert(pandoc.CodeBlock((text:gsub("\n\n\n+", "\n\n")), { class = "listing" }))
    end
  end
  return blocks
end

local function every_test()
  local rows = {}
  for _, item in ipairs(rubric.items) do
    local what = inlines(item.title)
    if #item.needs > 0 then what = what .. { pandoc.Str(" (after " .. table.concat(item.needs, ", ") .. ")") } end
    if item.visibility ~= "visible" then what = what .. { pandoc.Str(" [" .. item.visibility .. "]") } end
    rows[#rows + 1] = { { pandoc.Code(item.name) }, what, tostring(item.points) }
  end
  return { pandoc.Header(3, "Every test"),
           table_of("wide-table", { LEFT, LEFT, RIGHT }, { "Test", "Demands", "Points" }, rows, { 0.34, 0.57, 0.09 }) }
end

local function folder_entries(path)
  local entries = {}
  for entry in pandoc.pipe("sh", { "-c", 'ls "$1" 2>/dev/null || :', "ls", path }, ""):gmatch("[^\n]+") do
    entries[#entries + 1] = entry
  end
  return entries
end

-- A chaff's own lines: what is wrong, and which tests must fail.
local function wrong_versions()
  local folder = "grader/labs/" .. name .. "/chaffs"
  local rows = {}
  for _, file in ipairs(folder_entries(folder)) do
    local text = file:match("%.patch$") and read_file(folder .. "/" .. file)
    if text then
      local head = text:match("^(.-)\n%-%-%- ") or ""
      local what = (head:match("What:%s*(.-)\n%u%l+:") or ""):gsub("%s+", " ")
      local fails = (head:match("Fails:%s*(.*)$") or ""):gsub("%s+", " ")
      rows[#rows + 1] = { { pandoc.Code((file:gsub("%.patch$", ""))) }, what, fails }
    end
  end
  if #rows == 0 then return {} end
  local count = string.format("The tests tell these %d wrong versions from the reference. ", #rows)
  local where = { pandoc.Str(count .. "Each is a patch in "), pandoc.Code(folder),
                  pandoc.Str("; show one in class when a group has made its mistake.") }
  return { pandoc.Header(3, "Wrong versions"), pandoc.Para(where),
           table_of("wide-table", { LEFT, LEFT, LEFT }, { "Name", "What is wrong", "Must fail" }, rows, { 0.31, 0.41, 0.28 }) }
end

-- The first sentence of the comment at the top of a C file, after its name.
local function purpose(text)
  local words = (text:match("/%*(.-)%*/") or ""):gsub("\n%s*%*", " "):gsub("%s+", " "):gsub("^%s*[%w_]+%.c %- ", "")
  return (words:match("^%s*(.-%.)%s") or words:match("^%s*(.-)%s*$"))
end

local function right_versions()
  local folder = "grader/labs/" .. name .. "/wheats"
  local items = pandoc.List()
  for _, wheat in ipairs(folder_entries(folder)) do
    for _, file in ipairs(folder_entries(folder .. "/" .. wheat)) do
      local text = file:match("%.c$") and read_file(folder .. "/" .. wheat .. "/" .. file)
      if text then
        items:insert({ pandoc.Plain({ pandoc.Code(wheat .. "/" .. file), pandoc.Str(": " .. purpose(text)) }) })
      end
    end
  end
  if #items == 0 then return {} end
  return { pandoc.Header(3, "Other right versions"), pandoc.Para("These designs pass all tests as well:"), pandoc.BulletList(items) }
end

local function reference()
  local folder = "build/reference/" .. name
  local blocks = pandoc.List()
  for _, file in ipairs(folder_entries(folder)) do
    if file:match("%.c$") and file ~= "my_tests.c" then
      blocks:insert(pandoc.Header(3, { pandoc.Str("The reference: "), pandoc.Code(file) }))
      blocks:insert(pandoc.CodeBlock(read_file(folder .. "/" .. file), { class = "listing" }))
    end
  end
  return blocks
end

local function appendix()
  local blocks = pandoc.List({ pandoc.Header(2, "For instructors", { id = "for-instructors" }) })
  for _, part in ipairs({ answers(), every_test(), wrong_versions(), right_versions(), reference() }) do blocks:extend(part) end
  return pandoc.Div(blocks, { class = "appendix" })
end

-- --- the whole ---

local MOST_ROWS_TOGETHER = 20 -- a longer table may go on on the next page

local function fill(document)
  local filled = {
    points = function() return rubric and points(document) or {} end,
    scale = scale, labs = labs, staff = staff, late = late,
  }
  return document:walk({
    Div = function(div)
      if div.classes:includes("instructor") and edition == "student" then return {} end
      for class, content in pairs(filled) do
        if div.classes:includes(class) then
          div.content = content()
          return div
        end
      end
    end,
    CodeBlock = function(block)
      if block.classes:includes("hidden") then return {} end
      return pandoc.CodeBlock(block.text, pandoc.Attr(block.identifier, block.classes, {}))
    end,
    -- Columns as wide as their text needs. (Where a line of a table's source is long, pandoc makes them all the same.)
    Table = function(made)
      if #made.bodies[1].body > MOST_ROWS_TOGETHER then made.classes:insert("long") end
      made.colspecs = pandoc.List(made.colspecs):map(function(spec) return { spec[1] } end)
      return made
    end,
    Para = function(paragraph)
      local is_heading = #paragraph.content == 1 and paragraph.content[1].t == "Strong"
      if is_heading or stringify(paragraph):match(":$") then return pandoc.Div(paragraph, { class = "lead" }) end
    end,
    -- A handout names others by their source; here they are pages.
    Link = function(link)
      link.target = link.target:gsub("^([%w-]+)%.md", "%1.html")
      return link
    end,
  })
end

-- The first header becomes the page's title, with its id. A lab is called what its rubric calls it.
local function take_title(document)
  local blocks = pandoc.List()
  for _, block in ipairs(document.blocks) do
    if block.t == "Header" and block.level == 1 and not document.meta.title then
      local title = rubric and inlines("Lab " .. rubric.number .. ": " .. rubric.title) or block.content
      document.meta.title = pandoc.MetaInlines(title)
      document.meta.titleid = block.identifier
    else
      blocks:insert(block)
    end
  end
  document.blocks = blocks
end

local function make(document)
  take_title(document)
  document = fill(document)
  if rubric and edition == "instructor" then document.blocks:insert(appendix()) end
  document.meta.pagetitle = stringify(document.meta.title)
  document.meta.course = course.name
  document.meta.coursecode = course.code
  document.meta.term = course.term
  document.meta.url = course.url
  document.meta.instructor = edition == "instructor"
  return document
end

return { { Pandoc = make } }
