-- SPDX-License-Identifier: MIT
-- run.lua - the first of a handout's two pandoc filters: nothing in it is merely claimed.
--
-- Each block of C says in its classes what it is, and run-block does what they say:
--
--   ```c {.run}                a whole program. The block ```output after it must be what it prints
--   ```c {.compiles}           ```c {.statements}   ```c {.fails-to-compile says="..."}
--   ```c {.valgrind says="..."}
--   ```gdb {.run program=ID}   a transcript: each line after "(gdb) " is typed, and the others must come out
--   ```console {.run}          the same, with the shell's "$ "
--   ```c {.sketch}             C with something left out: shown, and not run
--
-- with=ID puts the block called #ID (which may be {.hidden}) in front of one that is only compiled; program=ID compiles that
-- block as a program first. A line of three dots in what is expected stands for any lines, three dots in a line for any text.
-- Figures are pictures figures/NAME.svg beside a source figures/NAME.c or .sh: drawn again, and compared.
--
-- A difference is told with file and line, and pandoc ends with status 1. With ACCEPT=1 in the environment, what came out
-- is written into the handout instead; then read `git diff`.

local source_path = PANDOC_STATE.input_files[1]
local shown_path = os.getenv("HANDOUT") or source_path
local accept = os.getenv("ACCEPT") == "1"
local run_block = "handouts/filter/run-block"

local checked = { run = true, compiles = true, statements = true, valgrind = true, ["fails-to-compile"] = true }
local passed_on = { file = true, lab = true, chaff = true, command = true, ["in"] = true, says = true, status = true,
                    flags = true, args = true }

local source = {} -- the handout's lines
local named = {}  -- blocks by id
local failures = 0

local function read_file(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

local function write_file(path, text)
  local file = assert(io.open(path .. ".new", "wb"))
  file:write(text)
  file:close()
  assert(os.rename(path .. ".new", path))
end

local function lines_of(text)
  local lines = {}
  for line in (text .. "\n"):gmatch("(.-)\n") do lines[#lines + 1] = line end
  if lines[#lines] == "" then lines[#lines] = nil end
  return lines
end

-- The number of the source line where TEXT starts; indented blocks are found, too. 0 if there is none.
local function line_of(text)
  local wanted = lines_of(text)
  for start = 1, #source - #wanted + 1 do
    local same = true
    for i = 1, #wanted do
      if source[start + i - 1]:match("^%s*(.-)%s*$") ~= wanted[i]:match("^%s*(.-)%s*$") then
        same = false
        break
      end
    end
    if same then return start end
  end
  return 0
end

local function fail(text, what)
  failures = failures + 1
  io.stderr:write(string.format("%s:%d: %s\n", shown_path, line_of(text), what))
end

-- --- expected and found ---

-- Does line FOUND match line EXPECTED, in which "..." stands for any text?
local function line_matches(expected, found)
  if expected == found then return true end
  if not expected:find("...", 1, true) then return false end
  local pattern = expected:gsub("%s+$", ""):gsub("%.%.%.", "\0"):gsub("[%^%$%(%)%%%.%[%]%*%+%-%?]", "%%%0"):gsub("%z", ".*")
  return found:find("^" .. pattern .. "%s*$") ~= nil
end

-- How many lines of EXPECTED match FOUND, from the first on; all of them, and nothing of FOUND left over: nil.
local function first_difference(expected, found)
  local deepest = 0
  local function matches(i, j)
    if i > #expected then return j > #found end
    deepest = math.max(deepest, i)
    if expected[i]:match("^%s*%.%.%.$") then
      for k = j, #found + 1 do
        if matches(i + 1, k) then return true end
      end
      return false
    end
    return found[j] ~= nil and line_matches(expected[i], found[j]) and matches(i + 1, j + 1)
  end
  if matches(1, 1) then return nil end
  return deepest
end

local function replace_in_source(old, new)
  local start = line_of(old)
  local count = #lines_of(old)
  local result = table.move(source, 1, start - 1, 1, {})
  for _, line in ipairs(lines_of(new)) do result[#result + 1] = line end
  source = table.move(source, start + count, #source, #result + 1, result)
end

-- The text to show: EXPECTED, if FOUND is that.
local function compare(expected, found)
  local expected_lines, found_lines = lines_of(expected), lines_of(found)
  local at = first_difference(expected_lines, found_lines)
  if not at then return expected end
  if accept then
    replace_in_source(expected, found)
    return found
  end
  fail(expected, string.format("what comes out is not what the handout says, from its line '%s' on; it is:\n%s\n(If that is right: make handouts ACCEPT=1)",
                               expected_lines[at] or "(the end)", found))
  return expected
end

-- --- blocks ---

local function kind_of(block)
  if block.classes:includes("sketch") or block.classes:includes("output") or block.classes:includes("hidden") then return nil end
  for _, class in ipairs(block.classes) do
    if checked[class] then
      local transcript = block.classes[1]
      return (transcript == "gdb" or transcript == "console") and transcript or class
    end
  end
  return nil
end

-- Runs BLOCK. Returns what came out, or nil after telling what is wrong.
local function outcome(block, kind, folder)
  local arguments = { kind }
  for key, value in pairs(block.attributes) do
    if passed_on[key] then
      arguments[#arguments + 1] = key .. "=" .. value
    elseif key ~= "program" and key ~= "with" then
      fail(block.text, "this block has an attribute '" .. key .. "', which is none; run-block lists them")
    end
  end
  table.sort(arguments, function(a, b) return a == kind or (b ~= kind and a < b) end)
  local other = block.attributes.program or block.attributes.with
  if other then
    if not named[other] then
      fail(block.text, "there is no block #" .. other)
      return nil
    end
    local path = folder .. "/" .. (named[other].attributes.file or other .. ".c")
    write_file(path, named[other].text .. "\n")
    arguments[#arguments + 1] = "program=" .. path
  end
  local fine, result = pcall(pandoc.pipe, run_block, arguments, block.text .. "\n")
  if fine then return result end
  fail(block.text, "this block " .. (result.output or tostring(result)))
  return nil
end

local function run(block, kind)
  return pandoc.system.with_temporary_directory("handout", function(folder) return outcome(block, kind, folder) end)
end

local function check_kind(block)
  if block.classes[1] == "c" and not kind_of(block) and
     not (block.classes:includes("sketch") or block.classes:includes("hidden")) then
    fail(block.text, "this block of C does not say what it is: .run, .compiles, .statements, .sketch, ...")
  end
end

-- Runs each block of a list that is to be run, and compares what comes out with the block ```output after it.
local function check_blocks(blocks)
  for i, block in ipairs(blocks) do
    if block.t == "CodeBlock" then
      check_kind(block)
      local kind = kind_of(block)
      local found = kind and run(block, kind)
      local following = blocks[i + 1]
      if found and (kind == "gdb" or kind == "console") then
        block.text = compare(block.text, found)
      elseif found and following and following.t == "CodeBlock" and following.classes:includes("output") then
        following.text = compare(following.text, found)
      end
    end
  end
  return blocks
end

-- --- figures ---

local function check_figure(image)
  local name = image.src:match("^figures/(.*)%.svg$")
  if not name then return nil end
  if pandoc.utils.stringify(image.caption) == "" then
    fail("", "figure " .. name .. " has no alternative text")
  end
  local fine, svg = pcall(pandoc.pipe, "handouts/figures/draw", { name }, "")
  if not fine then
    fail("", "figure " .. name .. ": " .. (svg.output or tostring(svg)))
  elseif svg ~= read_file("handouts/figures/" .. name .. ".svg") then
    if accept then
      write_file("handouts/figures/" .. name .. ".svg", svg)
    else
      fail("", "handouts/" .. image.src .. " is not what its source draws now (if the new one is right: make handouts ACCEPT=1)")
    end
  end
  return nil
end

-- --- the whole ---

local function remember(block)
  if block.identifier ~= "" then named[block.identifier] = block end
end

local function check_document(document)
  source = lines_of(read_file(shown_path))
  local before = table.concat(source, "\n")
  document:walk({ CodeBlock = remember })
  local result = document:walk({ Blocks = check_blocks, Image = check_figure })
  local after = table.concat(source, "\n")
  if after ~= before then write_file(shown_path, after .. "\n") end
  if failures > 0 then os.exit(1) end
  return result
end

return { { Pandoc = check_document } }
