import { checkedKeys, type CheckedOptions } from "./checked_options.ts";
import type { CheckedReading } from "./checked_reading.ts";
import type { FaultGroup } from "./fault_groups.ts";
import * as ids from "./guess/guess_ids.ts";
import { frameOffsetOf, guessFrameKey, isFrameName } from "./guess/guess_keys.ts";
import * as marks from "./guess/guess_marks.ts";
import type { SampledLine } from "./guess/line_sample.ts";
import { areRows } from "./guess/sampled_rows.ts";
import { leaveOutMends } from "./leave_out_mends.ts";
import { guessTime, NO_KEY, rateOf, unitOf } from "./time_mends.ts";

/** Faults of lines that are events under another key. */
const OF_EVENTS = ["no-id", "no-entities", "no-time", "frame-twice", "frame-back", "time-back"];
/** Faults of cells that are no numbers as JSON spells them. */
const OF_NUMBERS = ["field-type", "bad-time", "bad-frame", "bad-id"];
/** Faults of input that names its entities by another key. */
const OF_IDS = ["no-id", "bad-id", "frame-twice"];
/** Bad lines a frame up to which rows that come and go are believed to do so. */
const BAD_SHARE_MAX = 0.02;

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
  const keys = checkedKeys(options);
  const taken = Object.values(keys);
  const listed = reading.notes.find(({ code }) => code === "listed-events")?.mend?.eventKey;
  if (listed !== undefined) add(["listed-events"], { eventKey: listed });
  const idKey = reading.notes.find(({ code }) => code === "listed-entities")?.mend?.idKey;
  if (idKey !== undefined) add(["listed-entities"], { idKey });
  if (has("no-frame", "bad-frame")) {
    const frameKey = guessFrameKey(sample, taken.slice(1));
    const isThere = haveMost(sample, keys.frameKey);
    // A key that is there is not replaced by a field that only counts on.
    const isOther = frameKey !== undefined && frameKey !== keys.frameKey &&
      (!isThere || isFrameName(frameKey));
    if (isOther) {
      // What is wrong with the frames of that key is mended after it.
      add(isThere ? ["no-frame", "bad-frame"] : ["no-frame"], {
        frameKey,
        ...guessTime(sample, options, frameKey),
        ...offsetOf(sample, frameKey),
      });
    }
  }
  const countdown = reading.refused.countdownFrom(reading.inference.frames === 0);
  if (has("bad-frame") && countdown < 0) add(["bad-frame"], { frameOffset: -countdown });
  if (has("bad-frame") && reading.refused.beyond !== undefined) {
    const first = offsetOf(sample, keys.frameKey);
    add(["bad-frame"], { frameOffset: -reading.refused.beyond, ...first });
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
  const isOfFrames = reading.notes.some(({ code }) => code === "frame-fields") &&
    areRows(sample, keys.frameKey);
  const haveIds = haveMost(sample, keys.idKey) || ids.haveKey(sample, keys.frameKey, keys.idKey);
  if ((has(...OF_IDS) || isOfFrames) && !haveIds) {
    // Events that name their shooter by the key of ids have it a second time in a frame.
    const nameKey = marks.guessRareEventKey(sample, taken);
    const states = nameKey === undefined ? [] : sample.filter(({ own }) => !own.has(nameKey));
    const ofStates = ids.guessIdKey(sample, keys.frameKey, taken) === undefined
      ? ids.guessIdKey(states, keys.frameKey, taken)
      : undefined;
    if (ofStates !== undefined) add(OF_IDS, { idKey: ofStates, eventKey: nameKey });
    for (const idKey of ids.guessIdKeys(sample, keys.frameKey, taken)) {
      const others = sample.filter(({ own }) => own.has(idKey));
      const event = marks.guessEventKey(others.length > 0 ? sample : [], idKey, taken);
      add([...OF_IDS, "frame-fields"], {
        idKey,
        ...(event && event !== "ev" ? { eventKey: event } : {}),
      });
    }
  }
  // States that have a field by which events are known are taken for events, or refused.
  const isField =
    reading.groups.list.some(({ code, field }) =>
      code === "event-bad" && field === (options.eventKey ?? "ev")
    ) || (reading.ending?.sort.code === "no-rows" && haveMost(sample, options.eventKey ?? "ev"));
  if (isField) add(["event-bad", "no-rows"], { eventKey: NO_KEY });
  for (const change of leaveOutMends(reading, options)) add(["fields-max"], change);
  for (const path of ambiguousPaths(reading.groups.list)) {
    add(["ambiguous-entities"], { entities: path });
  }
  if (has("id-twice")) {
    const eventKey = marks.guessRareEventKey(sample, taken);
    if (eventKey !== (options.eventKey ?? "ev")) add(["id-twice"], { eventKey });
    if (options.idsByKind !== true) {
      add(["id-twice"], { idsByKind: true });
      const kindKey = ids.guessTellingKind(sample, keys.frameKey, keys.idKey, taken);
      if (kindKey !== undefined) add(["id-twice"], { idsByKind: true, kindKey });
    }
    // For some rows among many the key is right.
    const isOften = reading.groups.countOf("id-twice") > reading.inference.frames / 2;
    const idKey = isOften ? ids.guessIdKey(sample, keys.frameKey, taken) : undefined;
    const isWeaker = idKey !== undefined && !ids.isIdName(idKey) && ids.isOwnIdName(keys.idKey);
    if (idKey !== keys.idKey && !isWeaker) add(["id-twice"], { idKey });
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
    const despawnKey = marks.guessDespawnKey(sample, keys.idKey, taken);
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
    const despawnKey = note.mend.sparse
      ? marks.guessDespawnKey(sample, keys.idKey, taken)
      : undefined;
    add([note.code], { ...note.mend, ...(despawnKey === undefined ? {} : { despawnKey }) });
  }
  return mends;
}

/** True when most lines have a key of their own. */
function haveMost(sample: readonly SampledLine[], key: string): boolean {
  return sample.filter(({ own }) => own.has(key)).length >= Math.max(1, sample.length / 2);
}

function offsetOf(sample: readonly SampledLine[], frameKey: string | undefined): CheckedOptions {
  const offset = frameKey === undefined ? undefined : frameOffsetOf(sample, frameKey);
  return offset === undefined ? {} : { frameOffset: offset };
}

/** Collections of which a refusal says that one has to be named. */
function ambiguousPaths(groups: readonly FaultGroup[]): readonly string[][] {
  const group = groups.find(({ code }) => code === "ambiguous-entities");
  if (group === undefined) return [];
  const named = group.first.remedy.toString().matchAll(/entities (\S+?)(?= or |,? |$)/g);
  return [...named].map(([, paths]) => paths!.split(","));
}
