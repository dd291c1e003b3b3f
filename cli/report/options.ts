import { type Command, Option } from "@commander-js/extra-typings";
import {
  FIGURE_DEFAULTS,
  FIGURE_RANGES,
  FIGURE_SETS,
} from "../../lib/bandwidth/report/run_settings.ts";
import { RUN_DEFAULTS } from "../../lib/replication/run_options.ts";
import { RUN_RANGES } from "../../lib/replication/run_ranges.ts";
import { ACK_POLICIES } from "../../lib/core/tracker/tracker_options.ts";
import { CODEC_NAMES } from "../../lib/core/wire/world_codec.ts";
import { NO_DAMAGE } from "../files/damage_option.ts";
import {
  collect,
  collectChoice,
  collectEach,
  integer,
  numberIn,
  once,
  onceChoice,
  U32_MAX,
} from "../arguments.ts";
import { NONE } from "./audience.ts";

/** Options of `hindcast report`, as they are parsed. */
export type ReportOptions = ReturnType<ReturnType<typeof optionsOfReport>["opts"]>;

/** `hindcast report` with its options, without what it does. */
export function optionsOfReport(command: Command) {
  const { policy, codec, consumers, sendEveryFrames, mtuBytes, historyFrames, seed } = RUN_DEFAULTS;
  const { figures, freezeMs, interpMs } = FIGURE_DEFAULTS;
  return command
    .argument("[recording]", "MCAP file that hindcast record wrote")
    .addHelpText("after", REPEATING)
    .option(
      "--consumers <n>",
      `consumers of each run (default: ${consumers})`,
      collectEach(integer(...RUN_RANGES.consumers)),
    )
    .option(
      "--ack <policy>",
      `${choiceText(ACK_POLICIES)} (default: ${policy})`,
      collectChoice(ACK_POLICIES),
    )
    .option(
      "--codec <codec>",
      `${choiceText(CODEC_NAMES)} (default: ${codec})`,
      collectChoice(CODEC_NAMES),
    )
    .option(
      "--net <spec>",
      "none, delay=50,jitter=10,loss=2%, acklag=6, a preset or a file",
      collect,
    )
    .option(
      "--send-every <k>",
      `send every k-th frame (default: ${sendEveryFrames})`,
      collectEach(integer(...RUN_RANGES.sendEveryFrames)),
    )
    .option(
      "--send-rate <hz>",
      "send so often a second instead, at the frames nearest to it",
      collectEach(numberIn(...RUN_RANGES.sendRateHz)),
    )
    .option(
      "--keyframe-every <n>",
      "a keyframe at least every n frames; none for never",
      collectEach(noneOr(integer(...RUN_RANGES.keyframeEveryFrames))),
    )
    .option(
      "--mtu <bytes>",
      `largest payload of a datagram (default: ${mtuBytes})`,
      collectEach(integer(...RUN_RANGES.mtuBytes)),
    )
    .option(
      "--history <frames>",
      `frames kept as baselines (default: ${historyFrames})`,
      collectEach(integer(...RUN_RANGES.historyFrames)),
    )
    .option(
      "--seed <n>",
      `seed of every draw (default: ${seed})`,
      collectEach(integer(...RUN_RANGES.seed)),
    )
    .option(
      "--wire <file>",
      "schema file that says how values are sent (see info --schema); none: as recorded; server: as the file says of its server",
      collect,
    )
    .option("--interest <spec>", "radius=800@x,y,z: consumers are sent what is near", collect)
    .option(
      "--own <kind>",
      "with --interest: kind of the entities that consumers own (default: player, or the only one that moves)",
      once(String),
    )
    .option(
      "--lod <spec>",
      "with --interest: near=300:all,far=800:x,y: fields by distance",
      collect,
    )
    .option("--budget <rate>", "256kbps: on the wire, for each consumer", collect)
    .option("--churn <spec>", "join=30s,reconnect=60s,away=1s,leave=300s,timeout=10s", collect)
    .addOption(
      new Option(
        "--figures <set>",
        `cost: what is sent; all: also what the player sees (default: ${figures})`,
      ).choices(FIGURE_SETS).argParser(onceChoice(FIGURE_SETS)),
    )
    .option(
      "--interp <ms>",
      `interpolation delay of what the player sees (default: ${interpMs})`,
      once(numberIn(...FIGURE_RANGES.interpMs)),
    )
    .option(
      "--freeze <ms>",
      `longest time without an update that is no freeze (default: ${freezeMs})`,
      once(numberIn(...FIGURE_RANGES.freezeMs)),
    )
    .option("--ignore-recorded", "leave aside what the file says of its server's replication")
    .addOption(new Option("--json", "print JSON").conflicts("compare"))
    .addOption(
      new Option("--frame <n>", "print the packet of this frame, part by part, and why it is so")
        .argParser(once(integer(0, U32_MAX))).conflicts([
          "html",
          "csv",
          "parquet",
          "compare",
          "figures",
          "interp",
          "freeze",
        ]),
    )
    .option(
      "--consumer <n>",
      "with --frame: whose packet, counted from 0 (default: 0)",
      once(integer(0, RUN_RANGES.consumers[1] - 1)),
    )
    .option("--html <file>", "write a page with charts", once(String))
    .option(
      "--shots-page <file>",
      "with --html: link seconds to the shots of the page that hindcast rewind --html wrote",
      once(String),
    )
    .option("--csv <file>", "write a row a run, second and consumer", once(String))
    .option("--parquet <file>", "the same as Parquet", once(String))
    .option("--compare <old.json>", "say what changed since a report", once(String))
    .option("--anyway", "with --compare: also where the two were made with other settings")
    .option("--no-damage", NO_DAMAGE)
    .option("--list-nets", "print the named networks and where their values come from");
}

/** A value, or `none` for none. */
function noneOr<T>(parse: (text: string) => T): (text: string) => T | undefined {
  return (text) => text === NONE ? undefined : parse(text);
}

/** `append, strict or nack`. */
function choiceText(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}

const REPEATING = `
Repeat any option from --consumers to --churn, but --own, for more runs: each combination is one.
"none" is a value of --wire, --keyframe-every, --interest, --lod, --budget and --churn.`;
