-- Sends the doubles of a file, 16 hexadecimal digits a line, and a text that is no UTF-8, by the Lua writer: PORT FILE
package.path = arg[0]:gsub("worlds/numbers%.lua$", "?.lua") .. ";" .. package.path
os.setlocale("de_DE.UTF-8")
local writer = require("hindcast_writer").new("127.0.0.1", tonumber(arg[1]))
local i = 0
for line in io.lines(arg[2]) do
  local value = string.unpack("d", string.pack("j", tonumber("0x" .. line)))
  writer:event(i, "n", { v = value })
  i = i + 1
end
writer:event(i, "n", { v = "a\xFF\xED\xA0\xBDb" })
writer:close()
print('{"dropped":' .. writer.dropped .. "}")
