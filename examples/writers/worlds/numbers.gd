# Sends the doubles of a file, 16 hexadecimal digits a line, and a text that is no UTF-8, by the GDScript writer: PORT FILE
extends SceneTree

func _init():
	var args = OS.get_cmdline_args()
	var path = get_script().resource_path.get_base_dir().get_base_dir()
	var writer = load(path + "/hindcast_writer.gd").new("127.0.0.1", int(args[args.size() - 2]))
	var file = File.new()
	file.open(args[args.size() - 1], File.READ)
	var lines = file.get_as_text().strip_edges().split("\n")
	for i in range(lines.size()):
		var bytes = PoolByteArray([TYPE_REAL, 0, 1, 0]) # as var2bytes() has a double
		for k in range(8):
			bytes.append(("0x" + lines[i].substr(14 - 2 * k, 2)).hex_to_int())
		writer.event(i, "n", {"v": bytes2var(bytes)})
	writer.event(lines.size(), "n", {"v": "a" + char(0xD83D) + "b"})
	writer.close()
	print("{\"dropped\":%d}" % writer.dropped)
	quit()
