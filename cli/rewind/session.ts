import type {
  ExplainOptions,
  Explanation,
  HitModel,
  JudgedShots,
  JudgeOptions,
  PoseHistory,
  RecordingReader,
  RewindPolicy,
  RewindReport,
  RewindReportOptions,
  RuleSample,
  RunOptions,
  ShooterView,
  Shot,
  ShotAges,
  ShotError,
  TeleportRule,
  UsedTeleports,
} from "../../mod.ts";
import { CommandError } from "../exit_code.ts";
import { openRecording } from "../files/open_recording.ts";
import { warnWritten, writeOutput } from "../files/output.ts";
import type { RewindOptions } from "../rewind.ts";
import { assertKinds, isQuakeWorld, readMap, readModel } from "./model.ts";
import { defaultPolicies, readPolicies } from "./policies.ts";
import { inputNotes, interpNotes, resultNotes, testNotes, verdictNotes } from "./notes.ts";
import { describesShots, findShots, type FoundShots } from "./shots.ts";
import type { RewindAnswer } from "./table.ts";
import { readTeleports, teleportLines } from "./teleport.ts";
import { readRun, simulateViews } from "./views.ts";
import { Progress } from "../terminal/terminal.ts";

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
  const given = await readTeleports(path, reader, history, model, options);
  const { findTeleports, placeableShots, upAxis } = await import("../../mod.ts");
  const isDefault = quakeWorld && options.shots === undefined && !describesShots(options);
  const shotOptions = isDefault ? { ...options, shots: QUAKEWORLD_EVENT } : options;
  const read = await findShots(path, reader, history, map, shotOptions, upAxis(model));
  const found = placed(
    read,
    placeableShots(history, read.shots, model, { eventsFirst: options.eventsFirst }),
    options,
  );
  const tried = named === undefined
    ? await defaultPolicies(found.shots, quakeWorld, history)
    : { policies: named, notes: [] };
  const views = run === undefined ? undefined : await simulateViews(
    reader,
    history,
    found.shots,
    model,
    run,
    options.interp,
    { teleport: given ?? findTeleports(history, model).rule, eventsFirst: options.eventsFirst },
  );
  const { shotAgesMs } = await import("../../mod.ts");
  const ages = shotAgesMs(history, found.shots);
  const { policies } = tried;
  const notes = [
    ...tried.notes,
    ...verdictNotes(map, found),
    ...interpNotes(policies, found.shots),
    ...await testNotes(history, model, found, { eventsFirst: options.eventsFirst }),
    ...await inputNotes(history, model, found),
  ];
  const parts = { path, reader, history, model, policies, found, run, views, ages, options };
  return new RewindSession({ ...parts, teleport: given, notes });
}

/** Shots without those that have no place; they are bad ones. @throws {ShotError} unless skipped */
function placed(
  found: FoundShots,
  { bad, shots }: { readonly bad: readonly ShotError[]; readonly shots: readonly Shot[] },
  { skipBad }: RewindOptions,
): FoundShots {
  if (bad.length > 0 && skipBad !== true) throw bad[0]!;
  return { ...found, shots, bad: [...found.bad, ...bad] };
}

async function readPoses(
  path: string,
  reader: RecordingReader,
  model: HitModel,
): Promise<PoseHistory> {
  const { PoseHistory } = await import("../../mod.ts");
  const history = new PoseHistory(model);
  const progress = new Progress();
  try {
    for await (const snapshot of reader.snapshots()) {
      history.add(snapshot);
      progress.show(() => `reading: ${history.length} of ${reader.frameCount} frames`);
    }
  } catch (error) {
    const isMisfit = error instanceof TypeError && error.message.startsWith("Cannot rewind");
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
  readonly views: ReadonlyMap<number, ShooterView> | undefined;
  readonly ages: ShotAges;
  readonly options: RewindOptions;
  readonly teleport: TeleportRule | undefined;
  readonly notes: readonly string[];
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
  readonly views: ReadonlyMap<number, ShooterView> | undefined;
  readonly ages: ShotAges;
  readonly options: RewindOptions;
  /** Teleports as the command line says them; undefined when they are found. */
  readonly teleport: TeleportRule | undefined;
  readonly #inputNotes: readonly string[];
  /** Place of each shot among the shots, by its index. */
  readonly #placeOf: ReadonlyMap<number, number>;
  #judgedShots: readonly JudgedShots[] | undefined;
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
    this.teleport = parts.teleport;
    this.#inputNotes = parts.notes;
    this.#placeOf = new Map(parts.found.shots.map(({ index }, place) => [index, place]));
  }

  /** What looks odd, a sentence each, with its remedy. */
  get notes(): readonly string[] {
    return [
      ...this.#inputNotes,
      ...resultNotes((this.#judgedShots ?? []).map(({ summary }) => summary)),
    ];
  }

  /** Every shot under every policy. */
  async report(): Promise<RewindAnswer> {
    const report = await this.#judge();
    const { bad } = this.found;
    return {
      recording: this.path,
      ...report,
      ...(this.notes.length > 0 ? { notes: this.notes } : {}),
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
    const { findTeleports, seenShots, summarizeShooterViews } = await import("../../mod.ts");
    const teleport = this.teleport ?? findTeleports(history, model).rule;
    const summary = summarizeShooterViews(history, found.shots, views, model, teleport);
    return {
      views: { net: run.net.name, ack: run.policy, codec: run.codec, ...summary },
      ...(options.details === true
        ? { seen: seenShots(history, found.shots, views, model, teleport) }
        : {}),
    };
  }

  /** One shot in full. @throws {CommandError} when there is no such shot */
  async explain(index: number): Promise<Explanation> {
    const { explainShot } = await import("../../mod.ts");
    const shot = this.shot(index);
    const options = await this.explainOptions();
    const policies = await this.#policiesFor(shot);
    return explainShot(this.history, shot, policies, this.model, options(shot));
  }

  /** Policies that can judge a shot; all, unless bad ones are skipped. */
  async #policiesFor(shot: Shot): Promise<readonly RewindPolicy[]> {
    if (this.options.skipBad !== true) return this.policies;
    const judged = await this.judged();
    return this.policies.filter(({ name }) =>
      judged.find(({ policy }) => policy === name)!.results.some((result) => result.shot === shot)
    );
  }

  /** Which steps count as teleports. */
  async teleports(): Promise<UsedTeleports> {
    const { usedTeleports } = await import("../../mod.ts");
    return usedTeleports(this.history, this.model, this.#world);
  }

  /** What each shot is explained with: reasons look at all shots. */
  async explainOptions(): Promise<(shot: Shot) => ExplainOptions> {
    const causes = new Map(
      (await this.judged()).map(({ causes, policy, results }) => [
        policy,
        new Map(results.map(({ shot }, i) => [shot.index, causes[i]])),
      ]),
    );
    return (shot) => ({
      ...this.judgeOptions(shot),
      causeOf: ({ name }) => causes.get(name)?.get(shot.index),
    });
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
    const { ages, views } = this;
    const place = this.#placeOf.get(shot.index);
    const age = place === undefined ? undefined : ages.agesMs[place];
    return {
      ...this.#world,
      flipMs: this.#flipMs,
      shooterView: views?.get(shot.index),
      ...(ages.found === 0 || age === undefined ? {} : { ageMs: age, medianAgeMs: ages.medianMs }),
    };
  }

  /** How the server is looked at, whatever the shot. */
  get #world(): Pick<JudgeOptions, "ringFrames" | "teleport" | "eventsFirst"> {
    const { options, teleport } = this;
    return { ringFrames: options.ring, teleport, eventsFirst: options.eventsFirst };
  }

  /** Writes the page. */
  async writePage(path: string): Promise<void> {
    const { rewindHtml, rewindPage } = await import("../../mod.ts");
    const report = await this.#judge();
    const page = rewindPage({
      recording: this.path,
      source: this.history,
      shots: this.found.shots,
      policies: this.policies,
      model: this.model,
      report,
      remarks: [...teleportLines(report.teleport), ...this.notes],
      optionsOf: await this.explainOptions(),
    });
    await writeOutput(path, rewindHtml(page));
    warnWritten(path);
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
    const { reportShots } = await import("../../mod.ts");
    const { found, history, model } = this;
    this.#report = reportShots(
      history,
      found.shots,
      await this.judged(),
      model,
      this.#reportOptions(),
    );
    return this.#report;
  }

  /** Every shot under every policy. */
  async judged(): Promise<readonly JudgedShots[]> {
    if (this.#judgedShots !== undefined) return this.#judgedShots;
    const { judgeShots } = await import("../../mod.ts");
    const { found, history, model, policies } = this;
    return this.#judgedShots = judgeShots(
      history,
      found.shots,
      policies,
      model,
      this.#reportOptions(),
    );
  }

  #reportOptions(): RewindReportOptions {
    const { options, views } = this;
    const sweep = options.sweep ?? (options.html === undefined ? undefined : {});
    return {
      ...this.#world,
      flipMs: this.#flipMs,
      details: options.details === true,
      skipBad: options.skipBad === true,
      byShooter: options.by === "shooter",
      ...(options.list === undefined ? {} : { list: options.list }),
      ...(sweep === undefined ? {} : { sweep }),
      ...(views === undefined ? {} : { shooterViewOf: (shot) => views.get(shot.index) }),
    };
  }

  /** What the shots say about rules over the ping, for several recordings together. */
  async samples(): Promise<RuleSample[]> {
    const { ruleSamples } = await import("../../mod.ts");
    const { found, history, model, options } = this;
    return ruleSamples(history, found.shots, model, { ...this.#world, ...options.sweep });
  }
}
