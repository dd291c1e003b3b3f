import { EntityNames } from "../../core/names/entity_names.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { SchemaInference } from "../../schema/infer.ts";
import { EventTimes } from "../events/event_times.ts";
import type { ByteSource } from "../input/byte_source.ts";
import { InputSyntaxError } from "../input/input_error.ts";
import type { InputNote } from "../input/input_note.ts";
import { ShapeFacts } from "../kinds/shape_facts.ts";
import { timeInUnit } from "../input/time_unit.ts";
import { observeStates } from "../observe_states.ts";
import { readEvents } from "../read_events.ts";
import { type ReadStatesOptions, rowKeys } from "../states_options.ts";
import { CheckMender, type FieldCounts } from "./check_mender.ts";
import { FaultGroups } from "./fault_groups.ts";
import { RefusedLines } from "./refused_lines.ts";
import { isReadAgain, isReadOnce, openEnumFaults } from "./single_reading.ts";

/** What is read: states, and events that stand beside them. */
export interface CheckedInput {
  /** False when it can be opened only once. */
  readonly isRepeatable: boolean;
  /** True when it can be opened again only here, and a recording reads it once, as a pipe. */
  readonly isRecordedOnce?: boolean | undefined;
  /** Opens the states, the same bytes each time. */
  readonly states: () => ByteSource;
  /** Opens the events; undefined where there are none. */
  readonly events?: (() => ByteSource) | undefined;
  /** Name of the events for messages. */
  readonly eventSource?: string | undefined;
}

/** What one reading of an input found. */
export interface CheckedReading {
  /** How it was read. */
  readonly options: ReadStatesOptions;
  /** What is in the way. */
  readonly groups: FaultGroups;
  /** True when another reading, by what this one found, may find less in the way. */
  readonly isLate: boolean;
  /** True when all of the input is refused, whatever its lines say. */
  readonly isRefused: boolean;
  /** What ended the reading of the states, which no line is skipped for; undefined at their end. */
  readonly ending: InputSyntaxError | undefined;
  /** Likewise of the events that stand beside them. */
  readonly eventsEnding: InputSyntaxError | undefined;
  /** What is taken as it is and may be meant otherwise. */
  readonly notes: readonly InputNote[];
  /** Values that were read, faults left out. */
  readonly inference: SchemaInference;
  /** Fields that hold numbers and texts that spell numbers, by kind. */
  readonly mixed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Integers, or texts of such, of fields that held something else. */
  readonly integers: FieldCounts;
  /** Integers of fields that no type of numbers holds. */
  readonly inexact: FieldCounts;
  /** What the lines that are refused say together. */
  readonly refused: RefusedLines;
  /** Lines and events that have a fault. */
  readonly lines: number;
  /** Lines that are skipped; of a reading that mends lines, those that nothing mended. */
  readonly skipped: number;
  /** Events that were read. */
  readonly events: number;
  /** Sessions that were read, from 1. */
  readonly sessions: number;
}

/**
 * Reads an input to its end, whatever is wrong with it.
 *
 * @param isMending true to look for all faults of a line; false to read just what is recorded
 */
export async function readChecked(
  input: CheckedInput,
  options: ReadStatesOptions,
  isByKind: boolean,
  isMending: boolean,
): Promise<CheckedReading> {
  const shapes = new ShapeFacts(isReadOnce(input));
  const read = () => readOnce(input, { ...options, shapes }, isByKind, isMending);
  let reading = await read();
  // As a recording does, by what rows said behind those that needed it.
  const isAgain = isReadAgain(input, options.schema);
  for (let more = isAgain ? ShapeFacts.MORE_READINGS_MAX : 0; shapes.isLate && more > 0; more--) {
    reading = await read();
  }
  return { ...reading, options };
}

async function readOnce(
  input: CheckedInput,
  options: ReadStatesOptions & { readonly shapes: ShapeFacts },
  isByKind: boolean,
  isMending: boolean,
): Promise<CheckedReading> {
  const groups = new FaultGroups();
  const refused = new RefusedLines();
  const { schema, timeUnit = "ms", frameOffset = 0, frameBits } = options;
  const open = schema !== undefined && isReadOnce(input)
    ? openEnumFaults(schema, options.source ?? "input")
    : [];
  for (const error of open) groups.add(error.sort, () => error);
  const mender = new CheckMender({
    isMending,
    groups,
    keys: rowKeys(options),
    schema,
    spellFrame: (frame) => String(rawFrame(frame - frameOffset, frameBits)),
    spellTime: (timeMs) => String(timeInUnit(timeMs, timeUnit)),
  });
  const inference = new SchemaInference({ declared: schema });
  const times = new EventTimes();
  const notes = new Map<string, InputNote>();
  const addNote = (note: InputNote) => notes.set(`${note.problem} ${note.remedy ?? ""}`, note);
  let [events, sessions, badEvents] = [0, 1, 0];
  let [ending, eventsEnding]: (InputSyntaxError | undefined)[] = [];
  const addEvent = (event: StateEvent) => {
    events++;
    times.addEvent(event);
  };
  try {
    await observeStates(input.states(), inference, {
      ...options,
      names: new EntityNames({ isByKind }),
      skipBad: true,
      mend: (line) => {
        refused.add(line);
        return mender.mend(line);
      },
      onBadLine: mender.add,
      onEvent: addEvent,
      onSession: () => void sessions++,
      onWarning: addNote,
      onNote: addNote,
    });
  } catch (error) {
    if (!(error instanceof InputSyntaxError)) throw error;
    mender.addLast(ending = error);
  }
  if (input.events !== undefined) {
    const bad = (error: InputSyntaxError) => {
      badEvents++;
      groups.add(error.sort, () => error);
    };
    try {
      const { frameKey, timeKey, eventKey } = options;
      const given = {
        source: input.eventSource,
        frameKey,
        timeKey,
        timeUnit,
        eventKey,
        frameBits,
        frameOffset,
        anyOrder: true,
        skipBad: true,
        onBadLine: bad,
      };
      for await (const event of readEvents(input.events(), given)) addEvent(event);
    } catch (error) {
      if (!(error instanceof InputSyntaxError)) throw error;
      groups.add(error.sort, () => error);
      eventsEnding = error;
    }
  }
  const { mixed, integers, inexact } = mender;
  return {
    options,
    groups,
    isLate: options.shapes.isLate,
    isRefused: open.length > 0,
    ending,
    eventsEnding,
    notes: [...notes.values()],
    inference,
    mixed,
    integers,
    inexact,
    refused,
    lines: mender.lines + badEvents + open.length,
    skipped: mender.skipped + badEvents,
    events,
    sessions,
  };
}

/** A frame as a counter of some bits has it. */
function rawFrame(frame: number, bits: number | undefined): number {
  return bits === undefined ? frame : ((frame % 2 ** bits) + 2 ** bits) % 2 ** bits;
}
