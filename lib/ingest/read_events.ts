import type { StateEvent } from "../core/state/state.ts";
import { EventReader } from "./events/event_reader.ts";
import { FrameCounter } from "./clock/frame_counter.ts";
import type { ByteSource } from "./input/byte_source.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { findMember } from "./rows/json_places.ts";
import { refuseKeyTwice } from "./rows/key_twice.ts";
import { isBlank, parseObject, refuseEncoding } from "./rows/record_parser.ts";
import { RowFault } from "./input/row_fault.ts";
import { readLines } from "./rows/text_lines.ts";
import type { TIME_UNITS } from "./input/time_unit.ts";

/** How {@linkcode readEvents} reads. */
export interface ReadEventsOptions {
  /** Name of the input for messages, usually its path; "events" when left out. */
  readonly source?: string | undefined;
  /** Key of the frame index; `f` when left out. */
  readonly frameKey?: string | undefined;
  /** Key of the time; `t` when left out. */
  readonly timeKey?: string | undefined;
  /** Unit of the times; `ms` when left out. The data of an event keeps the time as it came. */
  readonly timeUnit?: typeof TIME_UNITS[number] | undefined;
  /** Added to every frame; 0 when left out. */
  readonly frameOffset?: number | undefined;
  /**
   * Bits of a frame counter that wraps; none when left out. Frames then stay what the counter says,
   * for whoever knows the frames around.
   */
  readonly frameBits?: 8 | 16 | undefined;
  /** Key of the event's name; `ev` when left out. */
  readonly eventKey?: string | undefined;
  /** True to take frames and times that go backwards, as clients stamp them; else refused. */
  readonly anyOrder?: boolean | undefined;
  /** True to skip lines that cannot be read instead of stopping at the first. */
  readonly skipBad?: boolean | undefined;
  /** Called with the error of each line that was skipped. */
  readonly onBadLine?: ((error: InputSyntaxError) => void) | undefined;
}

/**
 * Reads events from NDJSON, gzipped or not: `{"f":677,"t":10702,"ev":"shot","id":3}`.
 *
 * An event has a frame, a time, or both, and a name; all its data is kept as it came. Unless any
 * order is taken, frames must not go backwards, nor times, so that events can be merged with states
 * as both stream by; equal ones keep their order. An input without events is fine. A key that an
 * object holds twice is refused.
 *
 * @param input bytes; a stream is cancelled when the iteration ends early
 * @returns events in input order
 * @throws {InputSyntaxError} while iterating, for input that is refused
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readEvents } from "@hindcast/hindcast/ingest";
 *
 * const input = new Blob(['{"f":677,"ev":"shot","ray":[0,0,1]}\n']).stream();
 * const [shot] = await Array.fromAsync(readEvents(input));
 * assert.equal(shot.frame, 677);
 * assert.equal(shot.name, "shot");
 * assert.deepEqual(shot.data.ray, [0, 0, 1]);
 * ```
 */
export async function* readEvents(
  input: ByteSource,
  options: ReadEventsOptions = {},
): AsyncGenerator<StateEvent, void, void> {
  const { source = "events" } = options;
  const keys = {
    frame: options.frameKey ?? "f",
    time: options.timeKey ?? "t",
    event: options.eventKey ?? "ev",
  };
  const reader = new EventReader(keys, {
    anyOrder: options.anyOrder === true,
    timeUnit: options.timeUnit,
    counter: new FrameCounter(keys.frame, { bits: options.frameBits, offset: options.frameOffset }),
  });
  for await (const { lines, firstLine, damaged } of readLines(input, source)) {
    for (let i = 0; i < lines.length; i++) {
      const text = lines[i]!;
      let event: StateEvent;
      try {
        if (damaged?.has(i)) refuseEncoding(text);
        if (isBlank(text)) continue;
        const data = parseObject(text);
        refuseKeyTwice(text, data);
        event = reader.read(data, text);
      } catch (fault) {
        if (!(fault instanceof RowFault)) throw fault;
        const place = { source, line: firstLine + i, column: columnOf(fault, text) };
        const refusal = new InputSyntaxError(place, fault.problem, fault.remedy, fault.sort);
        if (options.skipBad !== true) throw refusal;
        options.onBadLine?.(refusal);
        continue;
      }
      yield event;
    }
  }
}

function columnOf({ target }: RowFault, text: string): number | undefined {
  if (target === undefined) return undefined;
  if ("offset" in target) return target.offset + 1;
  const member = findMember(text, target.path);
  return member && member.valueAt + 1;
}
