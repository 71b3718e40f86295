-- A filter of pandoc that makes the book of Documentation/README.md: where that lists pages, they stand as chapters.
--
-- Headings of pages get the page's name before their identifiers, so that they are unique, and links between pages lead to
-- them. What lies outside of Documentation stands as code, without a link. A link that leads nowhere ends the program.

local included = {}
local known = {}
local wanted = {}

local function stem(target)
  return target:match("^([%w-]+)%.md$") or target:match("^([%w-]+)%.md#")
end

-- Where a link of a page leads within the book; nil for one that leads out of it.
local function place(target, page)
  if target:match("^#") then return page .. "--" .. target:sub(2) end
  local name = stem(target)
  if not name then return nil end
  local anchor = target:match("#(.+)$")
  return anchor and (name .. "--" .. anchor) or name
end

local function link(element, page)
  if element.target:match("^https?:") then return element end
  local goal = place(element.target, page)
  if not goal then return pandoc.Span(element.content) end
  table.insert(wanted, { goal, page .. ".md", element.target })
  element.target = "#" .. goal
  return element
end

-- The blocks of a page, its headings a level lower.
local function chapter(name)
  local file = assert(io.open(name .. ".md"), name .. ".md cannot be read")
  local page = pandoc.read(file:read("a"), "gfm")
  file:close()
  included[name] = true
  local isFirst = true
  local first = page.blocks[1]
  -- A page without a title of its own has its place all the same.
  if not first or first.t ~= "Header" then
    table.insert(page.blocks, 1, pandoc.Header(1, name, pandoc.Attr(name)))
  end
  return pandoc.walk_block(pandoc.Div(page.blocks), {
    Header = function(heading)
      known[name .. "--" .. heading.identifier] = true
      heading.identifier = isFirst and name or (name .. "--" .. heading.identifier)
      known[heading.identifier] = true
      isFirst = false
      heading.level = heading.level + 1
      return heading
    end,
    Link = function(element) return link(element, name) end,
    -- Columns as wide as what stands in them, not as in the source.
    Table = function(tbl)
      tbl.colspecs = tbl.colspecs:map(function(column) return { column[1], nil } end)
      return tbl
    end,
  })
end

function Pandoc(document)
  local blocks = {}
  for _, block in ipairs(document.blocks) do
    if block.t == "Header" then
      -- The title is that of the book, the others are its parts.
      if block.level > 1 then
        block.level = 1
        block.identifier = "part--" .. block.identifier
        table.insert(blocks, block)
      end
    elseif block.t == "BulletList" then
      local list = pandoc.walk_block(block, { Link = function(element) return link(element, "README") end })
      table.insert(blocks, list)
      pandoc.walk_block(block, {
        Link = function(element)
          local name = stem(element.target)
          if name and not included[name] then table.insert(blocks, chapter(name)) end
        end,
      })
    else
      table.insert(blocks, block)
    end
  end
  local dead = 0
  for _, goal in ipairs(wanted) do
    if not known[goal[1]] then
      io.stderr:write(goal[2], ": the link ", goal[3], " leads nowhere\n")
      dead = dead + 1
    end
  end
  if dead > 0 then os.exit(1) end
  document.blocks = blocks
  return document
end
