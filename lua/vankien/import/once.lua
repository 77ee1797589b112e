-- For readers of many documents: a file in which something is wrong before its first document.

local once = {}

--- An iterator over no document, that tells its problems once.
--- Shape: list of err -> function giving nil, list of err; then nil.
--- Units: none.
--- Errors: none.
--- Source: none.
---@param problems table[]
function once.problems(problems)
  return function()
    local given = problems
    problems = nil
    return nil, given
  end
end

return once
