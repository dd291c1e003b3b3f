import { type Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { RUN_DEFAULTS } from "../lib/replication/run_options.ts";
import { RUN_RANGES } from "../lib/replication/run_ranges.ts";
import { ACK_POLICIES } from "../lib/core/tracker/tracker_options.ts";
import { CODEC_NAMES } from "../lib/core/wire/world_codec.ts";
import { collect, integer, U32_MAX } from "./arguments.ts";
import { withDamage } from "./files/damage_option.ts";
import { notNegative, numberOf, rewindMs, sweepRange, teleportSpec } from "./rewind/flag_values.ts";
import { commandText, typedWords } from "./page/command_text.ts";
import { rewindRecordings } from "./rewind/rewind_recordings.ts";

/** `hindcast rewind`: shots under rewind policies. */
export function rewindCommand(command: Command): CommandUnknownOpts {
  return withDamage(
    command
      .argument("<recordings...>", "MCAP files that hindcast record wrote")
      .option("--shots <name>", "events of that name, or every event of a file FILE.ndjson[.gz]")
      .option("--events-file <file>", "look for events in this NDJSON file, not in the recording")
      .option("--frame-key <key>", "key of the frame in that file", "f")
      .option("--time-key <key>", "key of the time in milliseconds in that file", "t")
      .option("--event-key <key>", "key of the event's name in that file", "ev")
      .option(
        "--shot <shot>",
        "one more shot, frame=682,shooter=2,from=X,Y,Z,to=X,Y,Z[,verdict=0,ping=25], repeatable; " +
          "or the index of the shot for --repro",
        collect,
      )
      .option(
        "--shot-map <map>",
        "where events keep a shot: quakeworld, shooter=KEY,from=X,Y,Z,to=X,Y,Z,... or FILE.json",
      )
      .option(
        "--shape <shape>",
        "what can be hit: player=box:-16,-16,-24,16,16,32, player/head=sphere:0,0,22,8; repeatable",
        collect,
      )
      .option(
        "--shapes <file>",
        "the same from a JSON file, with position fields, rotations, stances; see docs/rewind.md",
      )
      .option("--alive <test>", "who is a target: dead=0, health>0&team!=shooter.team")
      .option("--rewinds <test>", "who of them is rewound, others stand at now: team!=shooter.team")
      .addOption(
        new Option("--up <axis>", "axis that points up (default: z)").choices(
          ["x", "y", "z"] as const,
        ),
      )
      .addOption(
        new Option("--handed <hand>", "which hand the axes make, for the page (default: right)")
          .choices(["left", "right"] as const),
      )
      .option("--reach <units>", "units by which rays go on behind their end", numberOf)
      .option("--ray-radius <units>", "radius of the sphere that is swept along rays", notNegative)
      .option(
        "--policy <policy>",
        "none, frames:K, ms:L, rtt+interp, half-rtt+interp, source, unity, stamped, acked or an " +
          "expression such as ping-13; repeatable (default: what the shots have numbers for)",
        collect,
      )
      .option("--ring <frames>", "frames that the server's ring holds", integer(1, 1 << 24))
      .option(
        "--teleport <rule>",
        "which steps are teleports: UNITS, speed:UNITS_PER_SECOND, field:NAME, event:NAME[:KEY] or " +
          "none " +
          "(default: found from the recording's own steps)",
        teleportSpec,
      )
      .option("--ignore-recorded", "leave aside what the file says of its server's rewinds")
      .option("--events-first", "shots are decided before the state of their frame is made")
      .option("--sweep <range>", "accuracy of fixed rewinds, 0..150 or 0..150/5 ms", sweepRange)
      .option("--net <spec>", "simulate what shooters saw, over this network (see report --net)")
      .addOption(
        new Option("--ack <policy>", `with --net (default: ${RUN_DEFAULTS.policy})`).choices(
          ACK_POLICIES,
        ),
      )
      .addOption(
        new Option("--codec <codec>", `with --net (default: ${RUN_DEFAULTS.codec})`).choices(
          CODEC_NAMES,
        ),
      )
      .option(
        "--send-every <k>",
        "with --net: every k-th frame is sent",
        integer(...RUN_RANGES.sendEveryFrames),
      )
      .option(
        "--seed <n>",
        `with --net: seed of every draw (default: ${RUN_DEFAULTS.seed})`,
        integer(...RUN_RANGES.seed),
      )
      .option("--interp <ms>", "interpolation delay of shots that have none", rewindMs)
      .addOption(
        new Option("--by <what>", "sum up by shooter as well").choices(["shooter"] as const),
      )
      .option("--list <n>", "misjudged shots that are listed (default: 10)", integer(0, 1_000_000))
      .option("--details", "with --json: every shot under every policy")
      .option("--json", "print JSON")
      .option("--explain <n>", "explain the shot of that index", integer(0, U32_MAX))
      .option("--html <file>", "write a page on which each shot can be scrubbed")
      .option(
        "--report-page <file>",
        "with --html: link each shot to its time on the page that hindcast report --html wrote",
      )
      .option("--repro <dir>", "write the second around a shot and a test of it; needs --shot N")
      .option(
        "--repro-import <name>",
        "where that test imports hindcast from",
        "@hindcast/hindcast",
      )
      .option("--skip-bad", "leave out what cannot be judged, and count it"),
  )
    .action((paths, flags, { parent }) =>
      rewindRecordings(paths, flags, commandText(typedWords(parent)))
    );
}
