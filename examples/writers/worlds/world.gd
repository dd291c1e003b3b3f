# The world of world_test_helper.ts, sent by the GDScript writer: PORT FRAMES PACE_MS TOKEN
extends SceneTree

func player(f, j, awkward):
	var odd = f % 2 == 1
	return {
		"x": (f * 7 + j * 3) / 8.0,
		"tenth": f / 10.0,
		"third": (f + j) / 3.0,
		"single": Vector2((f + j) / 7.0, 0).x,
		"zero": 0.0 * (-1 if odd else 1), # of two constants that are equal one is kept
		"big": pow(10, 21) * (-1 if odd else 1),
		"wide": 9007199254740992,
		"edge": pow(2, -1074) if odd else (2 - pow(2, -52)) * pow(2, 1023),
		"small": f / 10000000.0,
		"never": INF,
		"odd": NAN if odd else float(f),
		"alive": f % 3 == 0,
		"name": awkward,
		"ticks": -9007199254740991 + f,
	}

func _init():
	var args = OS.get_cmdline_args()
	var at = args.size() - 4
	var path = get_script().resource_path.get_base_dir().get_base_dir()
	var writer = load(path + "/hindcast_writer.gd").new("127.0.0.1", int(args[at]), args[at + 3].trim_prefix("token="))
	var awkward = "q\" b\\ n\n r" + char(13) + " t\t bell" + char(7) + " esc" + char(27) + " del" + char(127) + " 😀 é " + char(0x2028) + " </script>"
	for f in range(100, 100 + int(args[at + 1])):
		if f % 3 == 0:
			writer.event(f, "shot", {
				"shooter": "a\"b\\c 😀", "ping": f / 4.0, "stamp": f - 2.5, "text": awkward, "nothing": null, "hit": f % 2 == 0,
			})
		var players = {}
		var rockets = {}
		if f % 7 != 2:
			var ids = [1, "a\"b\\c 😀", 9007199254740993]
			for j in range(3):
				players[ids[j]] = player(f, j, awkward)
			if f % 4 != 0:
				rockets["r%d" % (f / 8)] = {"owner": "9007199254740993"}
		writer.frame(f, f * 20, {"player": players, "rocket": rockets})
		OS.delay_msec(int(args[at + 2]))
	writer.close()
	print("{\"dropped\":%d}\n%s" % [writer.dropped, writer.told])
	quit()
