import { mkdirSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import type { Explanation, JudgeOptions, PoseHistory, Shot, StateEvent } from "../../mod.ts";
import { usageError } from "../exit_code.ts";
import { describing, isSameFile } from "../files/files.ts";
import { openOutput, writeOutput } from "../files/output.ts";
import type { RewindOptions } from "../rewind.ts";
import { reproReadme, reproTest } from "./repro_text.ts";
import type { RewindSession } from "./session.ts";
import { selectedShot } from "./shots.ts";

/** Time before and after a shot that is kept in any case, in milliseconds. */
const BEFORE_MS = 750;
const AFTER_MS = 250;

/**
 * Writes a reproduction of one shot: a small recording, a test of it, a text that says how to run it.
 *
 * @returns lines that say what was written and how to run it
 * @throws {CommandError} when no shot is selected, or a file cannot be written
 */
export async function writeRepro(
  session: RewindSession,
  folder: string,
  options: RewindOptions,
): Promise<string[]> {
  const shot = reproShot(session, options);
  const name = `shot-${shot.index}`;
  const recording = join(folder, `${name}.mcap`);
  if (isSameFile(session.path, recording)) {
    throw usageError(`The output ${recording} is the input as well; name another folder`);
  }
  const judge = await pinned(session, shot);
  const cut = await cutAround(session, shot, judge);
  const parts = {
    name,
    recording: session.path,
    importName: importName(folder, options.reproImport!),
    model: session.model,
    shot: judge.shot,
    options: judge.options,
    explanation: cut.explanation,
    // What all shots of the recording say is more than the cut can tell.
    sentences: (await session.explain(shot.index)).policies.map(({ policy, sentence }) =>
      [policy, sentence] as const
    ),
  };
  describing("write", folder, () => mkdirSync(folder, { recursive: true }));
  const test = join(folder, `${name}_test.ts`);
  await writeRecording(session, recording, shot, cut);
  const commands = [`deno test -A ${test}`, `bun test ${asPath(test)}`];
  const readme = join(folder, `${name}.md`);
  await writeOutput(test, reproTest(parts));
  await writeOutput(readme, reproReadme(parts, commands));
  return [
    `wrote ${recording}, ${test} and ${readme}; run one of`,
    ...commands.map((text) => `  ${text}`),
  ];
}

function reproShot(session: RewindSession, options: RewindOptions): Shot {
  const selected = selectedShot(options);
  const { shots } = session.found;
  if (selected !== undefined) return session.shot(selected);
  if (shots.length === 1) return shots[0]!;
  throw usageError(
    `--repro needs --shot N, the index of one of the ${shots.length} shots of ${session.path}`,
  );
}

interface PinnedShot {
  readonly shot: Shot;
  readonly options: JudgeOptions;
}

/** The shot with every number that depends on the whole recording written down. */
async function pinned(session: RewindSession, shot: Shot): Promise<PinnedShot> {
  const { findTeleports, frameIntervalMs } = await import("../../mod.ts");
  const numbers = new Map([["interval", frameIntervalMs(session.history)], ...shot.numbers]);
  // What the client saw is no part of the cut.
  const { shooterView: _, ...given } = session.judgeOptions(shot);
  // What was found from all steps is no part of it either.
  const options = {
    ...given,
    teleport: given.teleport ?? findTeleports(session.history, session.model).rule,
  };
  return { shot: { ...shot, numbers }, options };
}

interface Cut {
  readonly from: number;
  readonly to: number;
  /** Recorded frame behind which the event is written. */
  readonly eventFrame: number;
  readonly explanation: Explanation;
}

/** The shortest cut in which every policy says what it says of the whole recording. */
async function cutAround(session: RewindSession, shot: Shot, judge: PinnedShot): Promise<Cut> {
  const { explainShot, indexAtTime, momentOf } = await import("../../mod.ts");
  const { history, model, policies } = session;
  const last = history.length - 1;
  const explain = (source: PoseHistory) =>
    explainShot(source, judge.shot, policies, model, judge.options);
  const whole = explain(history);
  const { nowIndex, oldestIndex } = momentOf(history, judge.shot, model, judge.options);
  const to = Math.max(nowIndex, indexAtTime(history, shot.timeMs + AFTER_MS, 0, last));
  for (let beforeMs = BEFORE_MS;; beforeMs *= 2) {
    let from = Math.max(0, indexAtTime(history, shot.timeMs - beforeMs, 0, last));
    if (judge.options.ringFrames !== undefined) from = Math.min(from, oldestIndex);
    const part = await posesOf(session, from, to);
    const explanation = explain(part);
    if (from === 0 || saysTheSame(whole, explanation)) {
      return {
        from: history.frameAt(from),
        to: history.frameAt(to),
        eventFrame: history.frameAt(nowIndex),
        explanation,
      };
    }
  }
}

async function posesOf(session: RewindSession, from: number, to: number): Promise<PoseHistory> {
  const { PoseHistory } = await import("../../mod.ts");
  const { history, model, reader } = session;
  const part = new PoseHistory(model);
  const range = { from: history.frameAt(from), to: history.frameAt(to) };
  for await (const snapshot of reader.snapshots(range)) part.add(snapshot);
  return part;
}

function saysTheSame(a: Explanation, b: Explanation): boolean {
  return a.policies.every((policy, i) => {
    const other = b.policies[i]!;
    return policy.victim === other.victim && policy.usedMs === other.usedMs &&
      policy.clamped === other.clamped && policy.cause?.rule === other.cause?.rule;
  });
}

async function writeRecording(
  session: RewindSession,
  path: string,
  shot: Shot,
  { eventFrame, from, to }: Cut,
): Promise<void> {
  const { RecordingWriter } = await import("../../mod.ts");
  const { reader } = session;
  const output = await openOutput(path);
  const rateHz = reader.declaredRateHz;
  try {
    const writer = await RecordingWriter.open(output, {
      schema: reader.schema,
      source: { cut: `shot ${shot.index}`, ...Object.fromEntries(reader.source) },
      ...(rateHz === undefined ? {} : { rateHz }),
    });
    for await (const snapshot of reader.snapshots({ from, to })) {
      await writer.writeSnapshot(snapshot);
      if (snapshot.frame === eventFrame) await writer.writeEvent(eventOf(session, shot));
    }
    await writer.close();
  } catch (error) {
    output.discard();
    throw error;
  }
  output.close();
}

/** The event that the shot was read from, or one that says the same. */
function eventOf({ found }: RewindSession, shot: Shot): StateEvent {
  const { direction, lengthUnits, origin } = shot.ray;
  const event = found.events[shot.index];
  if (event !== undefined) return { ...event, frame: event.frame ?? shot.frame };
  const to = origin.map((value, k) => value + direction[k]! * lengthUnits);
  const data = {
    ...Object.fromEntries(shot.numbers),
    shooter: shot.shooter,
    from: origin,
    to,
    ...(shot.verdict === undefined ? {} : { verdict: shot.verdict }),
  };
  return { frame: shot.frame, timeMs: shot.timeMs, name: "shot", data };
}

/** A path is given from where the command runs, and imported from where the test is. */
function importName(folder: string, name: string): string {
  if (!/^\.{0,2}[/\\]/.test(name) && !isAbsolute(name)) return name;
  const path = relative(resolve(folder), resolve(name)).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `../${path}`;
}

/** Bun takes an argument without a leading dot for a filter. */
function asPath(path: string): string {
  return isAbsolute(path) || path.startsWith(".") ? path : `../${path}`;
}
