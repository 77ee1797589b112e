-- Help is made from what is parsed, names every command and option, and its examples run.

package.path = "tests/support/?.lua;" .. package.path
local commands = require "vankien.cli.commands"
local help = require "vankien.cli.help"
local program = require "program"

local function recipe(name)
  return dofile "tests/support/entries.lua".text(name)
end

local FIXTURES = {
  ["colleague.lua"] = recipe "colleague-question", ["somebody.lua"] = recipe "somebodys-question",
  ["question.lua"] = "print(arg[1], #congresses)\n",
  ["ladder.csv"] = "phrase,rung,label\ntham gia,1,participation\nchủ động tham gia,3,proactive\n",
  ["directive.txt"] = "I- Mục tiêu\n\nChủ động tham gia và phát huy vai trò của Việt Nam.\n",
  ["manifest.csv"] = [[
file,type,number,issued,issuer,congress,title,genre
note.txt,,,2026-03-01,,,Ghi chép,note
press.txt,,,2026-03-02,,,Bài báo,press
directive.txt,Chỉ thị,25-CT/TW,2018-08-08,Ban Bí thư,XII,Chỉ thị 25,foreign-policy section
report.txt,Báo cáo,,2021-01,Ban Chấp hành Trung ương,XIII,Báo cáo chính trị,foreign-policy section
]],
  ["note.txt"] = "Một ghi chép ngắn.\n", ["press.txt"] = "Một bài báo ngắn.\n",
  ["report.txt"] = "I- Phương hướng\n\nChủ động, tích cực hội nhập quốc tế. Việt Nam chủ động "
    .. "tham gia và tích cực đóng góp vào các thể chế đa phương, tham gia định hình trật tự.\n",
}

local function all_examples()
  local list = {}
  for _, example in ipairs(help.program_examples) do list[#list + 1] = example[1] end
  for _, command in ipairs(commands.every()) do
    for _, example in ipairs(command.examples or {}) do list[#list + 1] = example[1] end
  end
  return list
end

describe("help", function()
  it("lists every command, and explains each with all of its options", function()
    local folder <const> = program.folder()
    local _, outline = program.run({"help"}, {folder = folder})
    for _, command in ipairs(commands.every()) do
      local name, words = command.name, {}
      for word in name:gmatch "%S+" do words[#words + 1] = word end
      local list = #words == 1 and outline or select(2, program.run({"help", words[1]},
        {folder = folder}))
      assert.truthy(list:find("\n  " .. words[#words] .. " ", 1, true), name)
      local code, text = program.run({"help", table.unpack(words)}, {folder = folder})
      assert.equal(0, code)
      words[#words + 1] = "--help"
      local _, same = program.run(words, {folder = folder})
      assert.equal(text, same)
      for _, option in ipairs(command.options or {}) do
        assert.truthy(text:find("--" .. option.name, 1, true), name .. " --" .. option.name)
        assert.is_string(option.help)
      end
    end
    program.remove(folder)
  end)

  it("keeps to 100 columns", function()
    for _, command in ipairs(commands.every()) do
      for line in help.text(command):gmatch "[^\n]+" do
        assert.is_true(utf8.len(line) <= 100, line)
      end
    end
  end)

  it("shows only examples that run", function()
    local folder <const> = program.folder()
    for name, text in pairs(FIXTURES) do program.write(folder .. "/" .. name, text) end
    local options = {folder = folder}
    local code, _, problems = program.run({"import", "--manifest", "manifest.csv"}, options)
    assert.equal(0, code, problems)
    for _, line in ipairs(all_examples()) do
      local command = line:gsub("^vankien", '"$VANKIEN"')
      local exit, _, talk = program.shell(command, options)
      assert.equal(0, exit, line .. "\n" .. talk)
    end
    program.remove(folder)
  end)
end)
