-- The world of world_test_helper.ts, sent by the Lua writer: world PORT FRAMES PACE_MS TOKEN
package.path = arg[0]:gsub("worlds/world%.lua$", "?.lua") .. ";" .. package.path
os.setlocale("de_DE.UTF-8")
local socket = require("socket")
local Writer = require("hindcast_writer")
local port, frames, pace, token = tonumber(arg[1]), tonumber(arg[2]), tonumber(arg[3]) / 1000, arg[4]
local awkward = 'q" b\\ n\n r\r t\t bell\7 esc\27 del\127 😀 é \226\128\168 </script>'
local writer = Writer.new("127.0.0.1", port, token)

local function player(f, j)
  local odd = f % 2 == 1
  return {
    x = (f * 7 + j * 3) / 8,
    tenth = f / 10,
    third = (f + j) / 3,
    single = string.unpack("f", string.pack("f", (f + j) / 7)),
    zero = odd and -0.0 or 0.0,
    big = odd and -1e21 or 1e21,
    wide = 9007199254740992,
    edge = odd and 2.0 ^ -1074 or (2 - 2.0 ^ -52) * 2.0 ^ 1023,
    small = f / 1e7,
    never = math.huge,
    odd = odd and 0 / 0 or f,
    alive = f % 3 == 0,
    name = awkward,
    ticks = -9007199254740991 + f,
  }
end

for f = 100, 99 + frames do
  if f % 3 == 0 then
    writer:event(f, "shot", {
      shooter = 'a"b\\c 😀', ping = f / 4, stamp = f - 2.5, text = awkward, nothing = 0 / 0, hit = f % 2 == 0,
    })
  end
  local players, rockets = {}, {}
  if f % 7 ~= 2 then
    for j, id in ipairs({ 1, 'a"b\\c 😀', 9007199254740993 }) do players[id] = player(f, j - 1) end
    if f % 4 ~= 0 then rockets["r" .. f // 8] = { owner = "9007199254740993" } end
  end
  writer:frame(f, f * 20, { player = players, rocket = rockets })
  if pace > 0 then socket.sleep(pace) end
end
writer:close()
print('{"dropped":' .. writer.dropped .. "}\n" .. (writer.told or ""))
