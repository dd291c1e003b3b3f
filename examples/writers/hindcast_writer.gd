# Sends the states and events of a game server to `hindcast record --listen tcp://127.0.0.1:7777`.
# Godot 3. Part of hindcast, MIT license; see docs/engines/godot.md.
extends Reference
const LIMB = 1000000000
var dropped = 0 # frames and events that were not sent
var told = "" # the last line that the recorder said, such as that the token is wrong
var _to
var _hello = ""
var _peer = null
var _is_greeted = false # by the token, which is no frame that could be dropped
var _waiting = PoolByteArray()
var _heard = PoolByteArray() # of a line that is not whole
var _retry_at = 0
var _quoted = {} # texts, most of which come again

func _init(address = "127.0.0.1", port = 7777, token = ""):
	_to = [address, port]
	_hello = "" if token == "" else "{\"token\":" + _text(token) + "}\n"
# One frame: {"players": {id: {"x": 1.5}}, "rockets": {}}. The keys are the kinds.
func frame(frame, time_ms, collections):
	_send({"f": frame, "t": time_ms}, collections)
func event(frame, name, data = {}):
	_send({"ev": name, "f": frame}, data)
# Sends what waits, for at most a second.
func close():
	var end = OS.get_ticks_msec() + 1000
	while _waiting.size() > 0 and OS.get_ticks_msec() < end:
		OS.delay_msec(1)
		_pump()
	_lose(1 << 60)
func _send(head, members):
	var inner = _json(members).substr(1)
	var line = _json(head).trim_suffix("}") + ("" if inner == "}" else ",") + inner + "\n"
	var bytes = line.to_utf8()
	_pump()
	if _peer == null or _waiting.size() + bytes.size() > 1048576: dropped += 1
	else: _waiting.append_array(bytes)
	_pump()
func _lose(retry_at):
	dropped += _waiting.get_string_from_ascii().count("\n") # they may begin within a letter
	_waiting = PoolByteArray()
	_heard = PoolByteArray()
	_peer = null
	_retry_at = retry_at
func _pump():
	if _peer == null:
		if OS.get_ticks_msec() < _retry_at: return
		_peer = StreamPeerTCP.new()
		_is_greeted = _hello == ""
		_peer.connect_to_host(_to[0], _to[1])
	if _peer.get_status() != StreamPeerTCP.STATUS_CONNECTED:
		return null if _peer.get_status() == StreamPeerTCP.STATUS_CONNECTING else _lose(OS.get_ticks_msec() + 1000)
	if not _is_greeted and _peer.put_data(_hello.to_utf8()) != OK: return _lose(OS.get_ticks_msec() + 1000)
	_is_greeted = true
	if _peer.get_available_bytes() > 0:
		for byte in _peer.get_data(_peer.get_available_bytes())[1]:
			if byte == 10:
				told = _heard.get_string_from_utf8()
				_heard = PoolByteArray()
			elif _heard.size() < 8192: _heard.append(byte)
	if _waiting.size() > 0:
		var sent = _peer.put_partial_data(_waiting)
		if sent[0] != OK: return _lose(OS.get_ticks_msec() + 1000)
		if sent[1] > 0: _waiting = PoolByteArray() if sent[1] == _waiting.size() else _waiting.subarray(sent[1], -1)
func _json(value):
	match typeof(value):
		TYPE_REAL: return _number(value)
		TYPE_STRING: return _text(value)
		TYPE_BOOL: return "true" if value else "false"
		TYPE_INT: return str(value)
		TYPE_NIL: return "null"
		TYPE_VECTOR2: return "{\"x\":%s,\"y\":%s}" % [_number(value.x), _number(value.y)]
		TYPE_VECTOR3: return "{\"x\":%s,\"y\":%s,\"z\":%s}" % [_number(value.x), _number(value.y), _number(value.z)]
		TYPE_QUAT: value = {"x": value.x, "y": value.y, "z": value.z, "w": value.w}
	if typeof(value) < TYPE_DICTIONARY: return _text(str(value))
	var parts = PoolStringArray()
	for item in value:
		parts.append(_text(str(item)) + ":" + _json(value[item]) if value is Dictionary else _json(item))
	return ("{%s}" if value is Dictionary else "[%s]") % parts.join(",")
func _text(value):
	if not _quoted.has(value):
		var text = value.replace("\\", "\\\\").replace("\"", "\\\"")
		for code in range(1, 32): text = text.replace(char(code), "\\u%04x" % code)
		for letter in value: # half of a surrogate pair is no UTF-8
			if ord(letter) >> 11 == 27 or ord(letter) > 0x10ffff: text = text.replace(letter, "\\ufffd")
		_quoted = {} if _quoted.size() >= 4096 else _quoted
		_quoted[value] = "\"" + text + "\""
	return _quoted[value]
# Exactly the double, which str() rounds to six digits: so many decimals as tell it from its neighbours.
func _number(value):
	var size = abs(value)
	if value == floor(value) and size < 9e18: return str(int(value)) if value != 0 or atan2(value, -1) > 0 else "-0"
	if is_nan(value) or is_inf(value): return "null"
	if size < 1e9 and round(value * 1e6) / 1e6 == value: return ("%.6f" % value).rstrip("0")
	if size >= 0.5 and size < 9e15: return "%.16f" % value # doubles are more than 1e-16 apart
	return ("-" if value < 0 else "") + (_exact(size) if size < 1e-6 or size > 1 else _small(size))
func _small(size): # 25 decimals: of the first 26 bits the product is exact
	var high = floor(size * 67108864) / 67108864
	var rest = high * 1e9 - floor(high * 1e9) + (size - high) * 1e9
	return "%d%se-9" % [int(floor(high * 1e9) + floor(rest)), ("%.16f" % (rest - floor(rest))).substr(1)]
# All digits, of an integer below 2^62 in limbs of nine, times 2^10 or (10/2)^10 as often as needed:
# a double that is no integer is below 2^52, one from 2^62 is a multiple of 2^10. 109 steps at most.
func _exact(size):
	var is_wide = size > 1
	var steps = 0
	while size >= pow(2, 62) if is_wide else size != floor(size):
		size *= 1.0 / 1024 if is_wide else 1024.0
		steps += 1
	var limbs = [int(size) % LIMB, int(size) / LIMB % LIMB, int(size) / LIMB / LIMB]
	for step in range(steps):
		var carry = 0
		for i in range(limbs.size()):
			carry += limbs[i] * (1024 if is_wide else 9765625)
			limbs[i] = carry % LIMB
			carry /= LIMB
		if carry > 0: limbs.append(carry)
	var text = ""
	for limb in limbs: text = "%09d" % limb + text
	return text.lstrip("0") + ("" if is_wide else "e-%d" % (steps * 10))
