-- Sends the states and events of a game server to `hindcast record --listen tcp://127.0.0.1:7777`.
-- Lua 5.1 to 5.4 and LuaJIT with LuaSocket. Part of hindcast, MIT license; see docs/engines/lua.md.
local socket = require("socket")
local ESCAPED = { ['"'] = '\\"', ["\\"] = "\\\\" }
for code = 0, 31 do ESCAPED[string.char(code)] = string.format("\\u%04x", code) end

-- Bytes that are no UTF-8 become U+FFFD: one name would cost its whole frame.
local function sequence(bytes)
  local a, b = bytes:byte(1, 2)
  local length = a < 0xC2 and 0 or a < 0xE0 and 2 or a < 0xF0 and 3 or a < 0xF5 and 4 or 0
  local is_bad = length == 0 or #bytes < length or (a == 0xE0 and b < 0xA0) or (a == 0xED and b > 0x9F)
  if is_bad or (a == 0xF0 and b < 0x90) or (a == 0xF4 and b > 0x8F) then return ("\\ufffd"):rep(#bytes) end
  return bytes:sub(1, length) .. ("\\ufffd"):rep(#bytes - length)
end

local function text(value)
  if not value:find("[^ !#-Z%[%]^-~]") then return '"' .. value .. '"' end
  value = value:gsub('[%z\1-\31"\\]', ESCAPED):gsub("[\128-\255][\128-\191]*", sequence)
  return '"' .. value .. '"'
end

-- A short text that reads back as the same number, with a point whatever the locale.
local function number(value)
  if value ~= value or value == math.huge or value == -math.huge then return "null" end
  if math.type and math.type(value) == "integer" then return string.format("%d", value) end
  local short = string.format("%.15g", value)
  if tonumber(short) ~= value then short = string.format("%.17g", value) end
  return short:find("[^%w.+-]") and short:gsub("[^%w+-]+", ".") or short
end

-- A table is a list when it has [1].
local function json(value, depth)
  local kind, parts = type(value), {}
  if kind == "number" then return number(value) end
  if kind == "boolean" or kind == "nil" then return kind == "nil" and "null" or tostring(value) end
  if kind ~= "table" or depth > 16 then return text(tostring(value)) end
  if value[1] ~= nil then
    for i, item in ipairs(value) do parts[i] = json(item, depth + 1) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for key, item in pairs(value) do parts[#parts + 1] = text(tostring(key)) .. ":" .. json(item, depth + 1) end
  return "{" .. table.concat(parts, ",") .. "}"
end

local Writer = {}; Writer.__index = Writer

-- Never blocks and never fails for the network's sake: what cannot be sent is dropped and counted.
function Writer.new(address, port, token)
  local hello = token and token ~= "" and '{"token":' .. text(token) .. "}\n" or ""
  return setmetatable({
    dropped = 0, -- frames and events that were not sent
    told = nil, -- the last line that the recorder said, such as that the token is wrong
    address = address or "127.0.0.1", port = port or 7777, hello = hello, heard = "", retry_at = 0,
    lines = {}, first = 2, last = 1, begin = 1, bytes = 0, -- what waits, behind hello; of the first from `begin` on
  }, Writer)
end

-- One frame: { player = { [id] = { x = 1.5, alive = true } }, rocket = {} }, by kind and id.
function Writer:frame(frame, time_ms, kinds)
  local entities = {}
  for kind, entities_of_kind in pairs(kinds) do
    for id, fields in pairs(entities_of_kind) do
      local rest = json(fields, 0):gsub("^.", next(fields) ~= nil and "," or "")
      entities[#entities + 1] = '{"id":' .. json(id, 0) .. ',"kind":' .. text(kind) .. rest
    end
  end
  local list = table.concat(entities, ",")
  self:send('{"f":' .. number(frame) .. ',"t":' .. number(time_ms) .. ',"entities":[' .. list .. "]}\n")
end

function Writer:event(frame, name, data)
  local rest = json(data, 0):gsub("^.", next(data) ~= nil and "," or "")
  self:send('{"ev":' .. text(name) .. ',"f":' .. number(frame) .. rest .. "\n")
end

-- Sends what waits, for at most a second.
function Writer:close()
  local until_time = socket.gettime() + 1
  while self.first <= self.last and socket.gettime() < until_time do socket.sleep(0.001) self:pump() end
  self:lose(math.huge)
end

function Writer:send(line)
  self:pump()
  if self.tcp and self.bytes + #line <= 4194304 then
    self.last, self.bytes = self.last + 1, self.bytes + #line
    self.lines[self.last] = line
  else self.dropped = self.dropped + 1 end
  self:pump()
end

function Writer:lose(retry_at)
  self.dropped = self.dropped + self.last - math.max(self.first, 2) + 1
  if self.tcp then self.tcp:close() end
  self.tcp, self.heard, self.retry_at = nil, "", retry_at
  self.lines, self.first, self.last, self.begin, self.bytes = {}, 2, 1, 1, 0
end

function Writer:pump()
  if not self.tcp then
    if socket.gettime() < self.retry_at then return end
    self.tcp, self.lines[1], self.first, self.bytes = socket.tcp(), self.hello, 1, #self.hello
    self.tcp:settimeout(0)
    self.tcp:connect(self.address, self.port)
  end
  if #select(2, socket.select(nil, { self.tcp }, 0)) == 0 then return end -- still connecting, or full
  local said, failure, part = self.tcp:receive(512)
  local heard = self.heard .. (said or part or "")
  self.told, self.heard = heard:match("([^\n]*)\n[^\n]*$") or self.told, heard:match("[^\n]*$"):sub(1, 8192)
  while self.first <= self.last and (not failure or failure == "timeout") do
    local sent, why_not, last = self.tcp:send(self.lines[self.first], self.begin)
    failure, self.begin = why_not or failure, (sent or last) + 1
    if not sent then break end
    self.bytes, self.lines[self.first] = self.bytes - #self.lines[self.first], nil
    self.first, self.begin = self.first + 1, 1
  end
  if failure and failure ~= "timeout" then self:lose(socket.gettime() + 1) end
end

return Writer
