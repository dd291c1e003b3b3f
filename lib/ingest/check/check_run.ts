import { optionKey, remedy } from "../../core/remedy.ts";
import type { Schema } from "../../core/state/schema.ts";
import type { InputNote } from "../input/input_note.ts";
import { type CheckedInput, type CheckedReading, readChecked } from "./checked_reading.ts";
import { proposeMends } from "./check_mends.ts";
import type { CheckedOptions } from "./checked_options.ts";
import { likelyChanges } from "./likely_options.ts";
import {
  digitsSchema,
  mendedSchema,
  mixedSchema,
  recordedSchema,
  textNotes,
} from "./mended_schema.ts";
import type { FaultGroup } from "./fault_groups.ts";
import { guessNameKey } from "./guess/guess_marks.ts";
import {
  isBetter,
  isBetterFile,
  isInOthers,
  mergeFaults,
  mergeNotes,
  statesOf,
} from "./compared_readings.ts";
import { isReadOnce } from "./single_reading.ts";
import type { FileCheck, StatesCheck } from "./states_check.ts";
import { type SampledLine, sampleLines } from "./guess/line_sample.ts";

/** Faults of lines behind a restart, whose frames are taken for those before it. */
const OF_RESTARTS: ReadonlySet<string> = new Set([
  "bad-time",
  "frame-twice",
  "id-twice",
  "time-back",
]);

/** Readings of an input with other options, as long as one mends something. */
export class CheckRun {
  readonly #input: CheckedInput;
  readonly #given: CheckedOptions;
  #faults: readonly FaultGroup[] = [];
  /** Notes that an option mends now. */
  readonly #mended: InputNote[] = [];
  /** Changes of options that were tried. */
  readonly #tried = new Set<string>();
  /** Options that brought other faults in place of those that they are for; the best of them. */
  #other: { readonly options: CheckedOptions; readonly skipped: number } | undefined;
  #options: CheckedOptions;
  #schema: Schema | undefined;
  #fromFile: FileCheck | undefined;
  #left: number;

  constructor(input: CheckedInput, given: CheckedOptions, readings: number) {
    this.#input = input;
    this.#given = given;
    this.#options = given;
    this.#left = input.isRepeatable ? readings : 1;
  }

  /**
   * Options that were not taken, as more lines had another fault with them, though none had the one
   * that they are for any more, and fewer could not be read; undefined without such.
   */
  get other(): CheckedOptions | undefined {
    return this.#other?.options;
  }

  /** Reads it, and tells all that is in the way. */
  async run(): Promise<StatesCheck> {
    const first = await this.#read(this.#options, true);
    this.#report(first);
    const mended = this.#left > 0 ? await this.#mend(first) : first;
    const { groups } = mended;
    const isMended = groups.count === 0;
    const final = isMended || this.#left === 0 ? mended : await this.#read(this.#options, false);
    const faults = this.#schema === undefined
      ? mergeFaults(this.#faults, final.groups.list)
      : this.#faults;
    const schema = this.#schema &&
      recordedSchema(this.#schema, this.#given.schema, final.inference.schema());
    // A mark that was tried may be none.
    const isMarked = (code: string) =>
      this.#given.despawnKey !== undefined || final.groups.countOf(code) > 0;
    return {
      faults: faults.filter(({ code }) => code !== "bad-despawn" || isMarked(code)),
      notes: mergeNotes(this.#mended, final.notes),
      given: this.#given,
      options: schema === undefined ? this.#options : { ...this.#options, schema },
      schema,
      left: isMended ? [] : final.groups.list,
      skipped: isMended ? 0 : final.skipped,
      ending: final.ending,
      eventsEnding: final.eventsEnding,
      states: statesOf(final),
      fromFile: this.#fromFile && isBetterFile(this.#fromFile, final) ? this.#fromFile : undefined,
      seen: final.inference.schema(),
      seenAsGiven: first.groups.count === 0 ? first.inference.schema() : undefined,
    };
  }

  /** Tries changes of options until none is left that mends something. @returns the last reading */
  async #mend(first: CheckedReading): Promise<CheckedReading> {
    const { source = "input" } = this.#options;
    const sample = await sampleLines(this.#input.states(), source);
    let best = await this.#mendEvents(await this.#mendOptions(first, sample), sample);
    const lacksTime = best.notes.some(({ code }) => code === "assumed-rate");
    const isOther = this.#options !== this.#given || best.groups.count > 0 || lacksTime;
    const isRenamed = this.#options !== this.#given;
    const changes = likelyChanges(this.#options, sample, isOther);
    for (const others of changes) {
      if (this.#left < 2) break;
      const options = { ...this.#options, ...others };
      const reading = await this.#tryReading(options);
      // Times that are there are worth the lines where they are wrong.
      const isTime = isRenamed && Object.keys(others).every((name) => name.startsWith("time"));
      const linesMax = isTime ? Math.max(best.lines, first.lines / 2) : best.lines;
      if (reading === undefined || reading.lines > linesMax) continue;
      this.#forgetKinds(reading);
      this.#noteTime(others);
      best = await this.#mendOptions(this.#take(options, reading), sample);
      if (others === changes[0]) break;
    }
    return await this.#mendSchema(await this.#mendOnce(best));
  }

  /** Looks what a second reading mends, which no pipe gives, and tries the schema that it finds. */
  async #mendOnce(best: CheckedReading): Promise<CheckedReading> {
    const { isLate, isRefused, lines } = best;
    if (!isReadOnce(this.#input) || lines === 0 || !(isLate || isRefused)) return best;
    if (this.#left < 2) return best;
    const input = { ...this.#input, isRecordedOnce: false };
    const { skipped, inference, ...reading } = await this.#read(this.#options, false, input);
    if (reading.lines >= lines) return best;
    const { schema } = this.#options;
    const options = skipped > 0 ? { ...this.#options, skipBad: true } : this.#options;
    this.#fromFile = { options, skipped };
    const found = schema === undefined ? inference.schema() : inference.widen(schema);
    return await this.#trySchema(found, best);
  }

  /** Finds the key by which the events that stand beside the states have their names. */
  async #mendEvents(
    first: CheckedReading,
    states: readonly SampledLine[],
  ): Promise<CheckedReading> {
    const { events, eventSource = "events" } = this.#input;
    const lacks = first.groups.list.some(({ code, field }) =>
      code === "event-bad" && field === (this.#options.eventKey ?? "ev")
    );
    if (events === undefined || !lacks || this.#left < 2) return first;
    const eventKey = guessNameKey(await sampleLines(events(), eventSource), states);
    if (eventKey === undefined) return first;
    const options = { ...this.#options, eventKey };
    const reading = await this.#tryReading(options);
    const isBetter = reading !== undefined && reading.lines <= first.lines &&
      reading.groups.countOf("event-bad") < first.groups.countOf("event-bad");
    return isBetter ? this.#take(options, reading) : first;
  }

  /** Tries options as long as one mends something. */
  async #mendOptions(
    first: CheckedReading,
    sample: readonly SampledLine[],
  ): Promise<CheckedReading> {
    let best = first;
    const next = () =>
      proposeMends(best, this.#options, sample).find((mend) =>
        !this.#tried.has(JSON.stringify([this.#options, mend.options]))
      );
    // The last reading is the one that skips what is left.
    for (let mend = next(); mend !== undefined && this.#left > 1; mend = next()) {
      this.#tried.add(JSON.stringify([this.#options, mend.options]));
      const options = { ...this.#options, ...mend.options };
      const reading = await this.#tryReading(options);
      if (reading !== undefined && isBetter(reading, best, mend.codes)) {
        this.#mended.push(...best.notes.filter(({ code }) => mend.codes.includes(code)));
        if (mend.options.rateHz !== undefined) this.#forgetTime();
        else this.#noteTime(mend.options);
        if (mend.codes.includes("frame-back")) this.#forgetFollowing(reading);
        best = this.#take(options, reading);
      } else if (reading !== undefined && isInOthers(reading, best, mend.codes)) {
        if (reading.skipped < (this.#other?.skipped ?? best.skipped)) {
          this.#other = { options, skipped: reading.skipped };
        }
      }
    }
    return best;
  }

  /** Tries schemas, which take what no other option does. */
  async #mendSchema(before: CheckedReading): Promise<CheckedReading> {
    let best = before;
    const { schema: declared } = this.#options;
    if (declared !== undefined && best.groups.count > 0 && this.#left > 2) {
      const { schema: _, ...options } = this.#options;
      const reading = await this.#tryReading(options);
      if (reading !== undefined && reading.lines < best.lines) {
        const schema = mendedSchema(declared, reading.inference.schema(), best.groups.list);
        best = await this.#trySchema(schema, best);
      }
    }
    const seen = best.inference.schema();
    const mixed = mixedSchema(best, seen);
    const wide = await this.#trySchema(mixed, best);
    if (wide === best) return await this.#trySchema(digitsSchema(best, seen), best);
    if (this.#left < 2) return wide;
    const exact = mixedSchema({ ...best, mixed: new Map() }, wide.inference.schema());
    return await this.#trySchema(exact ?? wide.inference.schema(), wide);
  }

  async #trySchema(schema: Schema | undefined, best: CheckedReading): Promise<CheckedReading> {
    if (schema === undefined || this.#left < 2) return best;
    const options = { ...this.#options, schema };
    const reading = await this.#tryReading(options);
    if (reading === undefined || reading.lines > best.lines) return best;
    if (reading.lines === best.lines && this.#schema === undefined) return best;
    this.#mended.push(...textNotes(best, schema));
    this.#schema = schema;
    // What does not fit it is none of the input's faults.
    this.#options = options;
    return reading;
  }

  #take(options: CheckedOptions, reading: CheckedReading): CheckedReading {
    this.#options = options;
    this.#report(reading);
    return reading;
  }

  /** Adds what no reading before found. */
  #report({ groups }: CheckedReading): void {
    this.#faults = mergeFaults(this.#faults, groups.list);
  }

  /** Notes that there were no times under the key that was given, which no fault tells. */
  #noteTime({ timeKey }: CheckedOptions): void {
    if (timeKey === undefined) return;
    this.#mended.push({
      code: "no-time",
      problem: `no row has the time ${JSON.stringify(this.#given.timeKey ?? "t")}`,
      remedy: remedy`give ${optionKey("timeKey")} ${timeKey}`,
    });
  }

  /** Leaves out what is told of times that are not taken after all. */
  #forgetTime(): void {
    const others = this.#mended.filter(({ code }) => code !== "no-time" && code !== "rate");
    this.#mended.splice(0, this.#mended.length, ...others);
  }

  /** Leaves out what only follows from a frame that went back, as after a restart. */
  #forgetFollowing({ groups }: CheckedReading): void {
    const lineOf = ({ first }: FaultGroup) => first.place.line ?? 0;
    const back = this.#faults.find(({ code }) => code === "frame-back");
    if (back === undefined) return;
    this.#faults = this.#faults.filter((group) =>
      !OF_RESTARTS.has(group.code) || lineOf(group) < lineOf(back) ||
      groups.list.some(({ code, field }) => code === group.code && field === group.field)
    );
  }

  /** Leaves out what is told of the kinds that another reading takes apart. */
  #forgetKinds({ groups }: CheckedReading): void {
    const isOfOther = ({ code, kind, field }: FaultGroup) =>
      kind !== undefined &&
      groups.list.some((other) =>
        other.code === code && other.field === field && other.kind !== kind
      );
    this.#faults = this.#faults.filter((group) => !isOfOther(group));
  }

  /** A reading with other options; undefined where they make no sense together. */
  async #tryReading(options: CheckedOptions): Promise<CheckedReading | undefined> {
    try {
      return await this.#read(options, true);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  #read(
    options: CheckedOptions,
    isMending: boolean,
    input: CheckedInput = this.#input,
  ): Promise<CheckedReading> {
    this.#left--;
    return readChecked(input, options, options.idsByKind === true, isMending);
  }
}
