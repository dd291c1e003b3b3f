import {
  Command,
  type CommandUnknownOpts,
  InvalidArgumentError,
  Option,
} from "@commander-js/extra-typings";
import { collect, integer, U32_MAX } from "./arguments.ts";
import { CommandError, EXIT, usageError } from "./exit_code.ts";
import { isSameFile } from "./files/files.ts";
import { jsonText } from "./terminal/json_text.ts";
import type { ModelOptions } from "./rewind/model.ts";
import { openSession, type RewindSession } from "./rewind/session.ts";
import { selectedShot, type ShotOptions } from "./rewind/shots.ts";
import { pooledAnswer, pooledLines } from "./rewind/pooled.ts";
import { type RewindAnswer, rewindLines } from "./rewind/table.ts";
import { teleportLines, type TeleportOption, teleportOption } from "./rewind/teleport.ts";
import type { ViewOptions } from "./rewind/views.ts";
import { print, printLines, visible, warn } from "./terminal/terminal.ts";

/** What `hindcast rewind` takes. */
export interface RewindOptions extends ModelOptions, ShotOptions, ViewOptions {
  readonly policy?: string[];
  readonly ring?: number;
  readonly teleport?: TeleportOption;
  readonly eventsFirst?: true;
  readonly by?: "shooter";
  readonly list?: number;
  readonly sweep?: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number };
  readonly details?: true;
  readonly json?: true;
  readonly explain?: number;
  readonly html?: string;
  readonly repro?: string;
  readonly reproImport?: string;
  readonly interp?: number;
}

/** `hindcast rewind`: shots under rewind policies. */
export function rewindCommand(): CommandUnknownOpts {
  return new Command("rewind")
    .description("Judge recorded shots under rewind policies, and say why one did not count.")
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
      teleportOption,
    )
    .option("--events-first", "shots are decided before the state of their frame is made")
    .option("--sweep <range>", "accuracy of fixed rewinds, 0..150 or 0..150/5 ms", sweepRange)
    .option("--net <spec>", "simulate what shooters saw, over this network (see report --net)")
    .addOption(
      new Option("--ack <policy>", "with --net (default: strict)").choices(
        ["append", "strict", "nack"] as const,
      ),
    )
    .addOption(
      new Option("--codec <codec>", "with --net (default: varint)").choices(
        ["raw", "mask", "varint"] as const,
      ),
    )
    .option("--send-every <k>", "with --net: every k-th frame is sent", integer(1, 1_000_000))
    .option("--seed <n>", "with --net: seed of every draw (default: 1)", integer(0, U32_MAX))
    .option("--interp <ms>", "interpolation delay of shots that have none", notNegativeMs)
    .addOption(
      new Option("--by <what>", "sum up by shooter as well").choices(["shooter"] as const),
    )
    .option("--list <n>", "misjudged shots that are listed (default: 10)", integer(0, 1_000_000))
    .option("--details", "with --json: every shot under every policy")
    .option("--json", "print JSON")
    .option("--explain <n>", "explain the shot of that index", integer(0, U32_MAX))
    .option("--html <file>", "write a page on which each shot can be scrubbed")
    .option("--repro <dir>", "write the second around a shot and a test of it; needs --shot N")
    .option("--repro-import <name>", "where that test imports hindcast from", "@hindcast/hindcast")
    .option("--skip-bad", "leave out what cannot be judged, and count it")
    .action((paths, options) => rewind(paths, options));
}

async function rewind(paths: readonly string[], options: RewindOptions): Promise<void> {
  refuseNonsense(paths, options);
  const sessions: RewindSession[] = [];
  const answers: RewindAnswer[] = [];
  for (const path of paths) {
    const session = await openSession(path, options);
    sessions.push(session);
    if (options.explain !== undefined && !options.json) {
      await explain(session, options.explain);
    } else if (options.repro === undefined || options.json) {
      answers.push(await session.report());
    }
    if (options.html !== undefined) await session.writePage(options.html);
    if (options.repro !== undefined) await repro(session, options);
  }
  if (options.json) await print(jsonText(await jsonOf(sessions, answers, options)) + "\n");
  else if (options.html !== "-") {
    for (const [i, answer] of answers.entries()) {
      await printLines([...(i > 0 ? [""] : []), ...rewindLines(answer)]);
    }
    if (answers.length > 1) {
      await printLines(["", ...pooledLines(await pooledAnswer(sessions, answers))]);
    }
  }
  for (const { notes, path } of sessions) {
    const where = sessions.length > 1 ? `${path}: ` : "";
    for (const note of notes) warn(`note: ${where}${note}`);
  }
  const losses = sessions.map((session) => session.losses()).filter((loss) => loss.count > 0);
  if (losses.length === 0) return;
  for (const line of losses.flatMap(({ lines }) => lines)) warn(line);
  const count = losses.reduce((sum, loss) => sum + loss.count, 0);
  throw new CommandError(`${count} skipped, all others are judged`, EXIT.loss);
}

async function jsonOf(
  sessions: readonly RewindSession[],
  answers: readonly RewindAnswer[],
  options: RewindOptions,
): Promise<object> {
  if (answers.length !== 1) {
    return { recordings: answers, pooled: await pooledAnswer(sessions, answers) };
  }
  if (options.explain === undefined) return answers[0]!;
  const explanation = await sessions[0]!.explain(options.explain);
  const shot = { ...explanation.shot, numbers: Object.fromEntries(explanation.shot.numbers) };
  return { ...answers[0]!, explanation: { ...explanation, shot } };
}

async function explain(session: RewindSession, index: number): Promise<void> {
  const { renderExplanation } = await import("../mod.ts");
  const text = renderExplanation(await session.explain(index)).trimEnd();
  const teleports = teleportLines(await session.teleports());
  await printLines([...text.split("\n").map(visible), "", ...teleports]);
}

async function repro(session: RewindSession, options: RewindOptions): Promise<void> {
  const { writeRepro } = await import("./rewind/repro.ts");
  const lines = await writeRepro(session, options.repro!, options);
  if (options.json) { for (const line of lines) warn(line); }
  else await printLines(lines);
}

function refuseNonsense(paths: readonly string[], options: RewindOptions): void {
  const selected = selectedShot(options);
  if (selected !== undefined && options.repro === undefined) {
    throw usageError(`--shot ${selected} selects a shot for --repro DIR; to explain it: --explain`);
  }
  for (const name of ["explain", "html", "repro"] as const) {
    if (paths.length > 1 && options[name] !== undefined) {
      throw usageError(`--${name} takes one recording, not ${paths.length}`);
    }
  }
  if (options.html === "-" && (options.json || options.explain !== undefined)) {
    throw usageError("--html - leaves no room on standard output for anything else; name a file");
  }
  const { eventsFile, html, shots } = options;
  for (const read of [...paths, eventsFile, shots]) {
    if (read !== undefined && html !== undefined && isSameFile(read, html)) {
      throw usageError(`The output ${html} is an input as well; name another file`);
    }
  }
  if (options.details && !options.json) throw usageError("--details needs --json");
}

function sweepRange(text: string): NonNullable<RewindOptions["sweep"]> {
  const [, from, to, step] = /^([\d.]+)\.\.([\d.]+)(?:\/([\d.]+))?$/.exec(text) ?? [];
  const [fromMs, toMs, stepMs] = [Number(from), Number(to), Number(step ?? 1)];
  const steps = (toMs - fromMs) / stepMs;
  if (from !== undefined && steps >= 0 && steps <= SWEEP_STEPS_MAX && toMs <= SWEEP_MS_MAX) {
    return { fromMs, toMs, stepMs };
  }
  throw new InvalidArgumentError(
    `Expected a range such as 0..150 or 0..150/5, up to ${SWEEP_MS_MAX} ms in at most ` +
      `${SWEEP_STEPS_MAX} steps.`,
  );
}

const SWEEP_MS_MAX = 10_000;
const SWEEP_STEPS_MAX = 10_000;

function numberOf(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number.");
}

function notNegative(text: string): number {
  const value = numberOf(text);
  if (value >= 0) return value;
  throw new InvalidArgumentError("Expected a number of 0 or more.");
}

function notNegativeMs(text: string): number {
  const value = notNegative(text);
  if (value <= SWEEP_MS_MAX) return value;
  throw new InvalidArgumentError(`Expected at most ${SWEEP_MS_MAX} ms.`);
}
