import { optionKey, remedy } from "../core/remedy.ts";
import type { FrameHead, StateEvent } from "../core/state/state.ts";
import type { StreamEvents } from "./events/stream_events.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { RowFault } from "./input/row_fault.ts";
import type { LineReader } from "./line_reader.ts";
import { type ByteSource, readLines } from "./rows/text_lines.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/** Tells what frames lack because of lines that were skipped. */
export interface LineLosses<T> {
  /** Remembers a line that was skipped: what it names, and the frame that is being read. */
  skip(frame: unknown, id: unknown, current: number | undefined): void;
  /** Tells what is lost up to a frame that comes out now. */
  complete(frame: T): void;
  /** Tells what is lost behind the last frame. */
  end(): void;
}

/**
 * Frames of an input that its lines hold; events that wait in vain are handed on.
 *
 * @param reader reads the lines
 * @param events takes the events among them
 * @param losses told of lines that are skipped and of frames that come out
 * @throws {InputSyntaxError} while iterating, for input that is refused
 */
export async function* framesOfLines<T extends FrameHead>(
  input: ByteSource,
  source: string,
  reader: LineReader<T>,
  events: StreamEvents,
  options: ReadStatesOptions,
  losses: LineLosses<T> | undefined,
): AsyncGenerator<T, void, void> {
  let skipped = 0;
  const skip = (fault: unknown): boolean => {
    if (!(fault instanceof RowFault)) throw fault;
    if (options.skipBad !== true || reader.isLost) return false;
    skipped++;
    options.onBadLine?.(reader.refusal(fault));
    if (reader.named !== undefined) {
      losses?.skip(reader.named.frame, reader.named.id, reader.frame);
    }
    return true;
  };

  const tell = async (due: readonly StateEvent[]): Promise<void> => {
    for (const event of due) await options.onEvent?.(event);
  };

  let isBegun = false;
  const ready = (frame: T): T => {
    isBegun = true;
    losses?.complete(frame);
    return frame;
  };

  try {
    for await (const batch of readLines(input, source)) {
      reader.skipBlankLines(batch);
      for (; !batch.isOver; batch.next()) {
        let frames: readonly T[];
        let refusal: InputSyntaxError | undefined;
        try {
          frames = reader.read(batch);
        } catch (fault) {
          if (skip(fault)) continue;
          refusal = reader.refusal(fault as RowFault);
          const before = reader.frameBeforeFault();
          frames = before === undefined ? [] : [before];
        }
        if (events.isFull) await tell(events.rest());
        for (const frame of frames) yield ready(frame);
        if (refusal !== undefined) throw refusal;
      }
    }
  } catch (error) {
    // They were read, and are not at fault. Without a frame there is nothing that they belong to.
    if (isBegun) await tell(events.rest());
    throw error;
  }
  try {
    reader.end();
  } catch (fault) {
    if (!skip(fault)) throw reader.refusal(fault as RowFault);
  }
  const last = reader.endFrame();
  if (last !== undefined) yield ready(last);
  losses?.end();
  if (reader.taken > 0) await tell(events.rest());
  else if (events.count > 0) {
    throw new InputSyntaxError(
      { source },
      `it holds no states, only ${events.count} events`,
      remedy`send at least one row, or name another key with ${optionKey("eventKey")} if ${
        JSON.stringify(events.key)
      } is a field`,
    );
  } else {
    throw new InputSyntaxError(
      { source },
      skipped > 0 ? `all ${skipped} lines are bad` : "it holds no rows",
      skipped > 0
        ? remedy`read it without ${optionKey("skipBad")} to see why`
        : remedy`send at least one row`,
    );
  }
}
