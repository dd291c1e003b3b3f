import { fittingUnit, rereadStep, TIME_UNITS } from "../input/time_unit.ts";
import type { ReadStatesOptions } from "../states_options.ts";
import type { CheckedReading } from "./checked_reading.ts";
import type { FaultGroup } from "./fault_groups.ts";
import * as guess from "./guess_keys.ts";
import * as marks from "./guess_marks.ts";
import type { SampledLine } from "./line_sample.ts";

/** Faults of lines that are events under another key. */
const OF_EVENTS = ["no-id", "no-entities", "no-time", "frame-twice", "frame-back", "time-back"];
/** Faults of cells that are no numbers as JSON spells them. */
const OF_NUMBERS = ["field-type", "bad-time", "bad-frame", "bad-id"];
/** Bad lines a frame up to which rows that come and go are believed to do so. */
const BAD_SHARE_MAX = 0.02;

/** Share by which a rate may differ from a whole number that is meant. */
const WHOLE_RATE = 0.01;
/** Key of times that no row has. */
const NO_KEY = "none";

/** How an input is read, as a check may change it. */
export interface CheckedOptions extends ReadStatesOptions {
  /** True when an id is another entity in each kind. */
  readonly idsByKind?: boolean | undefined;
}

/** A change of options that may mend something. */
export interface Mend {
  /** Codes of what it is for. */
  readonly codes: readonly string[];
  /** The options that change, at least one. */
  readonly options: CheckedOptions;
}

/** Changes of options that may mend what a reading found, the likeliest first. */
export function proposeMends(
  reading: CheckedReading,
  options: CheckedOptions,
  sample: readonly SampledLine[],
): Mend[] {
  const found = new Set(reading.groups.list.map(({ code }) => code));
  const has = (...codes: string[]) => codes.some((code) => found.has(code));
  const mends: Mend[] = [];
  const add = (codes: readonly string[], change: CheckedOptions) => {
    const isChange = Object.values(change).some((value) => value !== undefined);
    if (isChange) mends.push({ codes, options: change });
  };
  const keys = keysOf(options);
  const taken = Object.values(keys);
  const listed = reading.notes.find(({ code }) => code === "listed-events")?.mend?.eventKey;
  if (listed !== undefined) add(["listed-events"], { eventKey: listed });
  const idKey = reading.notes.find(({ code }) => code === "listed-entities")?.mend?.idKey;
  if (idKey !== undefined) add(["listed-entities"], { idKey });
  if (has("no-frame", "bad-frame")) {
    const frameKey = guess.guessFrameKey(sample, taken.slice(1));
    if (frameKey !== keys.frameKey) {
      add(["no-frame", "bad-frame"], {
        frameKey,
        ...guessTime(sample, options, frameKey),
        ...offsetOf(sample, frameKey),
      });
    }
  }
  if (has("bad-frame") && reading.refused.least < 0) {
    add(["bad-frame"], { frameOffset: (options.frameOffset ?? 0) - reading.refused.least });
  }
  if (has("bad-frame") && reading.refused.beyond !== undefined) {
    add(["bad-frame"], { frameOffset: -reading.refused.beyond });
  }
  if (has("no-time", "bad-time", "time-back")) {
    add(["no-time", "bad-time", "time-back"], guessTime(sample, options, keys.frameKey));
    add(["bad-time"], unitOf(sample, options, keys.timeKey));
  }
  if (has(...OF_EVENTS) || reading.notes.some(({ code }) => code === "frame-fields")) {
    const eventKey = marks.guessEventKey(sample, keys.idKey, taken);
    const isEvent = eventKey !== undefined && eventKey !== (options.eventKey ?? "ev");
    if (isEvent) add(has(...OF_EVENTS) ? OF_EVENTS : ["frame-fields"], { eventKey });
  }
  for (const { code, field } of reading.groups.list) {
    if (code === "no-entities" && field !== options.eventKey) add([code], { eventKey: field });
  }
  const withId = sample.filter(({ own }) => own.has(keys.idKey)).length;
  const isOfFrames = reading.notes.some(({ code }) => code === "frame-fields") &&
    guess.areRows(sample, keys.frameKey);
  if ((has("no-id", "bad-id", "frame-twice") || isOfFrames) && withId < sample.length / 2) {
    // Events that name their shooter by the key of ids have it a second time in a frame.
    const nameKey = marks.guessRareEventKey(sample, taken);
    const states = nameKey === undefined ? [] : sample.filter(({ own }) => !own.has(nameKey));
    const allKey = guess.guessIdKey(sample, keys.frameKey, taken);
    const idKey = allKey ?? guess.guessIdKey(states, keys.frameKey, taken);
    if (idKey !== undefined && allKey === undefined) {
      add(["no-id", "bad-id", "frame-twice"], { idKey, eventKey: nameKey });
    } else if (idKey !== keys.idKey) {
      const others = sample.filter(({ own }) => idKey !== undefined && own.has(idKey));
      const event = idKey && marks.guessEventKey(others.length > 0 ? sample : [], idKey, taken);
      add(["no-id", "bad-id", "frame-twice", "frame-fields"], {
        idKey,
        ...(event && event !== "ev" ? { eventKey: event } : {}),
      });
    }
  }
  const wide = reading.groups.list.find(({ code, field }) =>
    code === "fields-max" && field !== undefined
  );
  if (wide?.field !== undefined) {
    add(["fields-max"], { leaveOut: [...options.leaveOut ?? [], wide.field] });
  }
  for (const path of ambiguousPaths(reading.groups.list)) {
    add(["ambiguous-entities"], { entities: path });
  }
  if (has("id-twice")) {
    const eventKey = marks.guessRareEventKey(sample, taken);
    if (eventKey !== (options.eventKey ?? "ev")) add(["id-twice"], { eventKey });
    if (options.idsByKind !== true) {
      add(["id-twice"], { idsByKind: true });
      const kindKey = guess.guessTellingKind(sample, keys.frameKey, keys.idKey, taken);
      if (kindKey !== undefined) add(["id-twice"], { idsByKind: true, kindKey });
    }
    // For some rows among many the key is right.
    const isOften = reading.groups.countOf("id-twice") > reading.inference.frames / 2;
    const idKey = isOften ? guess.guessIdKey(sample, keys.frameKey, taken) : undefined;
    if (idKey !== keys.idKey) add(["id-twice"], { idKey });
  }
  const { bits, isRestart, isClockSet } = reading.refused;
  if (has("time-back") && isClockSet && options.rateHz === undefined) {
    add(["time-back"], rateOf(sample, options));
  }
  if (has("frame-back") && bits !== undefined) add(["frame-back"], { frameBits: bits });
  if (has("frame-back", "time-back") && isRestart) {
    add(["frame-back", "time-back"], { onRestart: "split" });
  }
  if (options.decimal === undefined && reading.refused.isCsv && has(...OF_NUMBERS)) {
    for (const decimal of ["comma", "point"] as const) add(OF_NUMBERS, { decimal });
  }
  if (options.sparse !== true) {
    const despawnKey = marks.guessDespawnKey(sample, taken);
    const codes = ["id-twice", "field-missing"];
    if (despawnKey !== undefined) {
      add(has(...codes) ? codes : ["optional-fields", "looks-sparse"], {
        sparse: true,
        despawnKey,
      });
    }
  }
  for (const note of reading.notes) {
    // Where lines are left out, what is left seems to come and go.
    const isUnclear = note.mend?.sparse === true &&
      reading.lines > reading.inference.frames * BAD_SHARE_MAX;
    if (note.mend === undefined || isUnclear) continue;
    const despawnKey = note.mend.sparse ? marks.guessDespawnKey(sample, taken) : undefined;
    add([note.code], { ...note.mend, ...(despawnKey === undefined ? {} : { despawnKey }) });
  }
  return mends;
}

/**
 * Options beside those that mend something, for a command that is given anyhow: the time and the
 * kind of rows that name them by other keys.
 */
export function likelyKeys(
  options: CheckedOptions,
  sample: readonly SampledLine[],
): CheckedOptions {
  const keys = keysOf(options);
  const taken = Object.values(keys);
  const change = guessTime(sample, options, keys.frameKey);
  const hasKind = sample.some(({ own, lists }) =>
    own.has(keys.kindKey) || [...lists.values()].flat().some((row) => row.has(keys.kindKey))
  );
  const kindKey = hasKind
    ? undefined
    : guess.guessKindKey(sample, keys.frameKey, keys.idKey, [...taken, options.eventKey ?? "ev"]);
  return { ...change, ...(kindKey === undefined ? {} : { kindKey }) };
}

/** The key of what tells the lives of an id apart, where it stands beside the id and changes. */
export function likelyGeneration(
  options: CheckedOptions,
  sample: readonly SampledLine[],
): CheckedOptions {
  if (options.generationKey !== undefined) return {};
  const generationKey = marks.guessGenerationKey(sample, keysOf(options).idKey);
  return generationKey === undefined ? {} : { generationKey };
}

/** The key that removes entities of input that holds only what changed, where none is given. */
export function likelyMark(
  options: CheckedOptions,
  sample: readonly SampledLine[],
): CheckedOptions {
  if (options.despawnKey !== undefined) return {};
  const keys = keysOf(options);
  const despawnKey = options.sparse === true
    ? marks.guessDespawnKey(sample, Object.values(keys))
    : marks.guessSparseGone(sample, keys.idKey) ??
      marks.guessSparseMark(sample, Object.values(keys));
  return despawnKey === undefined ? {} : { sparse: true, despawnKey };
}

function guessTime(
  sample: readonly SampledLine[],
  options: CheckedOptions,
  frameKey: string | undefined,
): CheckedOptions {
  const { frameKey: givenFrameKey, timeKey, idKey, kindKey } = keysOf(options);
  const frame = frameKey ?? givenFrameKey;
  if (options.rateHz !== undefined || sample.some(({ own }) => own.has(timeKey))) return {};
  const key = guess.guessTimeKey(sample, frame, [frame, idKey, kindKey]);
  return key === undefined ? {} : { timeKey: key, ...unitOf(sample, options, key) };
}

/** A rate in place of the times of the input, which are then a field. */
function rateOf(sample: readonly SampledLine[], options: CheckedOptions): CheckedOptions {
  const { frameKey, timeKey } = keysOf(options);
  const step = guess.guessStep(sample, frameKey, timeKey);
  if (step === undefined) return {};
  const exactHz = 1000 / rereadStep(step, "ms", options.timeUnit ?? "ms");
  const wholeHz = Math.round(exactHz);
  const isWhole = wholeHz > 0 && Math.abs(wholeHz - exactHz) < wholeHz * WHOLE_RATE;
  const isDefault = timeKey === "t";
  return {
    timeKey: isDefault ? NO_KEY : undefined,
    timeUnit: undefined,
    rateHz: isWhole ? wholeHz : Number(exactHz.toPrecision(6)),
  };
}

/** The unit in which times fit that are beyond what a recording holds. */
function unitOf(
  sample: readonly SampledLine[],
  { timeUnit = "ms" }: CheckedOptions,
  key: string,
): CheckedOptions {
  const times = sample.map(({ own }) => Math.abs(Number(own.get(key)))).filter(Number.isFinite);
  const fitting = fittingUnit(times.reduce((most, time) => Math.max(most, time), 0));
  const isFitting = fitting === undefined ||
    TIME_UNITS.indexOf(fitting) <= TIME_UNITS.indexOf(timeUnit);
  return isFitting ? {} : { timeUnit: fitting };
}

function keysOf({ frameKey, timeKey, idKey, kindKey }: CheckedOptions) {
  return {
    frameKey: frameKey ?? "f",
    timeKey: timeKey ?? "t",
    idKey: idKey ?? "id",
    kindKey: kindKey ?? "kind",
  };
}

function offsetOf(sample: readonly SampledLine[], frameKey: string | undefined): CheckedOptions {
  const offset = frameKey === undefined ? undefined : guess.frameOffsetOf(sample, frameKey);
  return offset === undefined ? {} : { frameOffset: offset };
}

/** Collections of which a refusal says that one has to be named. */
function ambiguousPaths(groups: readonly FaultGroup[]): readonly string[][] {
  const group = groups.find(({ code }) => code === "ambiguous-entities");
  if (group === undefined) return [];
  const named = group.first.remedy.toString().matchAll(/entities (\S+?)(?= or |,? |$)/g);
  return [...named].map(([, paths]) => paths!.split(","));
}
