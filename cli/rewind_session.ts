import type {
  ClientView,
  Explanation,
  HitModel,
  JudgeOptions,
  PoseHistory,
  RecordingReader,
  RewindPolicy,
  RewindReport,
  RunOptions,
  Shot,
  ShotAges,
} from "../mod.ts";
import { CommandError } from "./exit_code.ts";
import { openRecording } from "./open_recording.ts";
import { openOutput } from "./output.ts";
import type { RewindOptions } from "./rewind.ts";
import { assertKinds, isQuakeWorld, readMap, readModel } from "./rewind_model.ts";
import { defaultPolicies, readPolicies } from "./rewind_policies.ts";
import { describesShots, findShots, type FoundShots } from "./rewind_shots.ts";
import type { RewindAnswer } from "./rewind_table.ts";
import { readRun, simulateViews } from "./rewind_views.ts";
import { Progress } from "./terminal.ts";

/** What was left out of an answer. */
export interface Losses {
  /** Lines, shots and judgements that were skipped. */
  readonly count: number;
  /** What they were, a line each, not all of them. */
  readonly lines: readonly string[];
}

/** Losses that are named; the others are only counted. */
const LOSSES_NAMED = 10;

/** Shots of `--shot-map quakeworld` when none are named. */
const QUAKEWORLD_EVENT = "lg_shot";

/** Rewinds that intervals cover without a sweep. */
const DEFAULT_FLIP_MS = 150;

/** Reads a recording and its shots; every bad input shows here. @throws {CommandError} */
export async function openSession(path: string, options: RewindOptions): Promise<RewindSession> {
  const quakeWorld = isQuakeWorld(options);
  const model = await readModel(options);
  const map = await readMap(options);
  const named = await readPolicies(options.policy);
  const run = await readRun(options);
  const reader = await openRecording(path);
  assertKinds(path, reader, model);
  const history = await readPoses(path, reader, model);
  const isDefault = quakeWorld && options.shots === undefined && !describesShots(options);
  const shotOptions = isDefault ? { ...options, shots: QUAKEWORLD_EVENT } : options;
  const found = await findShots(path, reader, history, map, shotOptions);
  const policies = named ?? await defaultPolicies(found.shots, quakeWorld);
  const views = run === undefined
    ? undefined
    : await simulateViews(reader, history, found.shots, model, run, options);
  const { shotAgesMs } = await import("../mod.ts");
  const ages = shotAgesMs(history, found.shots);
  const parts = { path, reader, history, model, policies, found, run, views, ages, options };
  return new RewindSession(parts);
}

async function readPoses(
  path: string,
  reader: RecordingReader,
  model: HitModel,
): Promise<PoseHistory> {
  const { PoseHistory } = await import("../mod.ts");
  const history = new PoseHistory(model);
  const progress = new Progress();
  try {
    for await (const snapshot of reader.snapshots()) {
      history.add(snapshot);
      progress.show(() => `reading: ${history.length} of ${reader.frameCount} frames`);
    }
  } catch (error) {
    const isMisfit = error instanceof TypeError && error.message.startsWith("Cannot rewind kind");
    throw isMisfit ? new CommandError(`${error.message} (in ${path})`) : error;
  } finally {
    progress.clear();
  }
  return history;
}

interface SessionParts {
  readonly path: string;
  readonly reader: RecordingReader;
  readonly history: PoseHistory;
  readonly model: HitModel;
  readonly policies: readonly RewindPolicy[];
  readonly found: FoundShots;
  readonly run: RunOptions | undefined;
  readonly views: ReadonlyMap<number, ClientView> | undefined;
  readonly ages: ShotAges;
  readonly options: RewindOptions;
}

/** One recording with its shots and policies, ready to answer. */
export class RewindSession implements SessionParts {
  /** Path of the recording. */
  readonly path: string;
  readonly reader: RecordingReader;
  readonly history: PoseHistory;
  readonly model: HitModel;
  readonly policies: readonly RewindPolicy[];
  readonly found: FoundShots;
  readonly run: RunOptions | undefined;
  readonly views: ReadonlyMap<number, ClientView> | undefined;
  readonly ages: ShotAges;
  readonly options: RewindOptions;
  #report: RewindReport | undefined;

  constructor(parts: SessionParts) {
    this.path = parts.path;
    this.reader = parts.reader;
    this.history = parts.history;
    this.model = parts.model;
    this.policies = parts.policies;
    this.found = parts.found;
    this.run = parts.run;
    this.views = parts.views;
    this.ages = parts.ages;
    this.options = parts.options;
  }

  /** Every shot under every policy. */
  async report(): Promise<RewindAnswer> {
    const report = await this.#judge();
    const { bad } = this.found;
    return {
      recording: this.path,
      ...report,
      ...await this.#seen(),
      ...(this.options.skipBad === true
        ? { skipped: bad.map(({ shot, reason }) => ({ shot, reason })) }
        : {}),
    };
  }

  /** What shooters saw; nothing without `--net`. */
  async #seen(): Promise<Pick<RewindAnswer, "views" | "seen">> {
    const { found, history, model, options, run, views } = this;
    if (views === undefined || run === undefined) return {};
    const { seenShots, summarizeViews } = await import("../mod.ts");
    const summary = summarizeViews(history, found.shots, views, model, options.teleport);
    return {
      views: { net: run.net.name, ack: run.policy, codec: run.codec, ...summary },
      ...(options.details === true
        ? { seen: seenShots(history, found.shots, views, model, options.teleport) }
        : {}),
    };
  }

  /** One shot in full. @throws {CommandError} when there is no such shot */
  async explain(index: number): Promise<Explanation> {
    const { explainShot } = await import("../mod.ts");
    const shot = this.shot(index);
    return explainShot(this.history, shot, this.policies, this.model, this.judgeOptions(shot));
  }

  /** The shot of an index. @throws {CommandError} */
  shot(index: number): Shot {
    const { shots, bad } = this.found;
    const shot = shots.find((candidate) => candidate.index === index);
    if (shot !== undefined) return shot;
    const skipped = bad.find((candidate) => candidate.shot === index);
    const why = skipped === undefined
      ? `shots are ${shots[0]?.index ?? "none"} to ${shots.at(-1)?.index ?? "none"}`
      : `it was skipped: ${skipped.reason}`;
    throw new CommandError(`Cannot find shot ${index} in ${this.path}: ${why}`);
  }

  /** What one shot is judged with. */
  judgeOptions(shot: Shot): JudgeOptions {
    const { ages, found, options, views } = this;
    const age = ages.agesMs[found.shots.indexOf(shot)];
    return {
      ringFrames: options.ring,
      teleportUnits: options.teleport,
      flipMs: this.#flipMs,
      view: views?.get(shot.index),
      ...(ages.found === 0 || age === undefined ? {} : { ageMs: age, medianAgeMs: ages.medianMs }),
    };
  }

  /** Writes the page. */
  async writePage(path: string): Promise<void> {
    const { rewindHtml, rewindPage } = await import("../mod.ts");
    const page = rewindPage({
      recording: this.path,
      source: this.history,
      shots: this.found.shots,
      policies: this.policies,
      model: this.model,
      report: await this.#judge(),
      optionsOf: (shot) => this.judgeOptions(shot),
    });
    const output = await openOutput(path);
    await output.write(new TextEncoder().encode(rewindHtml(page)));
    output.close();
  }

  /** What was skipped. */
  losses(): Losses {
    const { bad, badLines } = this.found;
    const unjudged = (this.#report?.policies ?? []).filter(({ skipped }) => skipped > 0);
    const named = [...badLines, ...bad].map(({ message }) => message);
    return {
      count: named.length + unjudged.reduce((sum, { skipped }) => sum + skipped, 0),
      lines: [
        ...named.slice(0, LOSSES_NAMED),
        ...(named.length > LOSSES_NAMED ? [`and ${named.length - LOSSES_NAMED} more`] : []),
        ...unjudged.map(({ policy, skipped }) =>
          `Policy ${policy} skipped ${skipped} shots that lack a number it needs`
        ),
      ],
    };
  }

  /** Intervals go as far as the sweep, and at least as far as they do without one. */
  get #flipMs(): number | undefined {
    const toMs = this.options.sweep?.toMs;
    return toMs === undefined ? undefined : Math.max(toMs, DEFAULT_FLIP_MS);
  }

  /** Judged once, whoever asks. */
  async #judge(): Promise<RewindReport> {
    if (this.#report !== undefined) return this.#report;
    const { rewindShots } = await import("../mod.ts");
    const { found, history, model, options, policies, views } = this;
    const sweep = options.sweep ?? (options.html === undefined ? undefined : {});
    this.#report = rewindShots(history, found.shots, policies, model, {
      ringFrames: options.ring,
      teleportUnits: options.teleport,
      flipMs: this.#flipMs,
      details: options.details === true,
      skipBad: options.skipBad === true,
      ...(sweep === undefined ? {} : { sweep }),
      ...(views === undefined ? {} : { viewOf: (shot) => views.get(shot.index) }),
    });
    return this.#report;
  }
}
