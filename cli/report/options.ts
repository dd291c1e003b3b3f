import { type Command, Option } from "@commander-js/extra-typings";
import { RUN_DEFAULTS } from "../../lib/replication/run_options.ts";
import { RUN_RANGES } from "../../lib/replication/run_ranges.ts";
import { ACK_POLICIES } from "../../lib/core/tracker/tracker_options.ts";
import { CODEC_NAMES } from "../../lib/core/wire/world_codec.ts";
import { NO_DAMAGE } from "../files/damage_option.ts";
import { collect, collectChoice, integer, U32_MAX } from "../arguments.ts";

/** Options of `hindcast report`, as they are parsed. */
export type ReportOptions = ReturnType<ReturnType<typeof optionsOfReport>["opts"]>;

/** Kind of the entities that consumers own unless it is said. */
export const OWN_KIND = "player";

/** `hindcast report` with its options, without what it does. */
export function optionsOfReport(command: Command) {
  const { policy, codec, consumers, sendEveryFrames, mtuBytes, historyFrames, seed } = RUN_DEFAULTS;
  return command
    .argument("[recording]", "MCAP file that hindcast record wrote")
    .option(
      "--consumers <n>",
      `consumers of each run (default: ${consumers})`,
      integer(...RUN_RANGES.consumers),
    )
    .option(
      "--ack <policy>",
      `${choiceText(ACK_POLICIES)}; repeat for more runs (default: ${policy})`,
      collectChoice(ACK_POLICIES),
    )
    .option(
      "--codec <codec>",
      `${choiceText(CODEC_NAMES)}; repeat for more runs (default: ${codec})`,
      collectChoice(CODEC_NAMES),
    )
    .option(
      "--net <spec>",
      "none, delay=50,jitter=10,loss=2%, acklag=6, a preset or a file; repeat for more runs",
      collect,
    )
    .option(
      "--send-every <k>",
      `send every k-th frame (default: ${sendEveryFrames})`,
      integer(...RUN_RANGES.sendEveryFrames),
    )
    .option(
      "--keyframe-every <n>",
      "a keyframe at least every n frames",
      integer(...RUN_RANGES.keyframeEveryFrames),
    )
    .option(
      "--mtu <bytes>",
      "largest payload of a datagram",
      integer(...RUN_RANGES.mtuBytes),
      mtuBytes,
    )
    .option(
      "--history <frames>",
      `frames kept as baselines (default: ${historyFrames})`,
      integer(...RUN_RANGES.historyFrames),
    )
    .option("--seed <n>", "seed of every draw", integer(...RUN_RANGES.seed), seed)
    .option("--wire <file>", "schema file that says how values are sent (see info --schema)")
    .option("--interest <spec>", "radius=800@x,y,z: consumers are sent what is near")
    .option(
      "--own <kind>",
      `with --interest: kind of the entities that consumers own (default: ${OWN_KIND})`,
    )
    .option("--lod <spec>", "with --interest: near=300:all,far=800:x,y: fields by distance")
    .option("--budget <rate>", "256kbps: on the wire, for each consumer")
    .option("--churn <spec>", "join=30s,reconnect=60s,away=1s,leave=300s,timeout=10s")
    .option("--ignore-recorded", "leave aside what the file says of its server's replication")
    .addOption(new Option("--json", "print JSON").conflicts("compare"))
    .addOption(
      new Option("--frame <n>", "print the packet of this frame, part by part, and why it is so")
        .argParser(integer(0, U32_MAX)).conflicts(["html", "csv", "parquet", "compare"]),
    )
    .option(
      "--consumer <n>",
      "with --frame: whose packet, counted from 0 (default: 0)",
      integer(0, RUN_RANGES.consumers[1] - 1),
    )
    .option("--html <file>", "write a page with charts")
    .option("--csv <file>", "write a row a run, second and consumer")
    .option("--parquet <file>", "the same as Parquet")
    .option("--compare <old.json>", "say what changed since a report")
    .option("--no-damage", NO_DAMAGE)
    .option("--list-nets", "print the named networks and where their values come from");
}

/** `append, strict or nack`. */
function choiceText(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}
