import type { ReadStatesOptions } from "../../lib/ingest.ts";
import type { InputOptions } from "./options.ts";

/**
 * How the library is to read states.
 *
 * @param source name of the input for messages
 */
export function readOptions(options: InputOptions, source: string): ReadStatesOptions {
  const { format, frameKey, timeKey, idKey, kindKey, eventKey } = options;
  const {
    entities,
    leaveOut,
    exclude,
    generationKey,
    frameBits,
    frameOffset,
    onRestart,
    eventWindow,
  } = options;
  const { sparse, every, despawnKey, rate, timeUnit, decimal, skipBad } = options;
  return {
    source,
    format,
    frameKey,
    timeKey,
    idKey,
    kindKey,
    eventKey,
    entities,
    leaveOut,
    exclude,
    generationKey,
    frameBits: frameBits === undefined ? undefined : frameBits === "8" ? 8 : 16,
    frameOffset,
    onRestart,
    eventWindowMs: eventWindow,
    sparse,
    every,
    despawnKey,
    rateHz: rate,
    timeUnit,
    decimal,
    skipBad,
  };
}
