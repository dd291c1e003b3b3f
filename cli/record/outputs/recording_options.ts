import type { Schema } from "../../../lib/ingest.ts";
import type { RecordingOptions } from "../../../lib/recording.ts";
import type { ReadonlyEntityNames } from "../../../lib/world.ts";
import type { RecordOptions } from "../options.ts";

/** Level of zstd where nobody waits for a small file. */
const LIVE_LEVEL = 3;

/** How a recording is written. @param isOffThread true to go on while a block is made */
export function recordingOptions(
  options: RecordOptions,
  schema: Schema | undefined,
  names: ReadonlyEntityNames,
  isOffThread: boolean,
): RecordingOptions {
  const { rate, preview, frameBits, frameOffset, generationKey, sparse } = options;
  return {
    ...(schema === undefined ? {} : { schema }),
    ...(rate === undefined ? {} : { rateHz: rate }),
    ...(preview === undefined ? {} : { preview }),
    source: {
      ...(frameBits === undefined ? {} : { "record.frameBits": frameBits }),
      // In sparse input a removal makes another entity as well.
      ...(generationKey === undefined || sparse ? {} : { "record.generationKey": generationKey }),
      ...(frameOffset === undefined ? {} : { "record.frameOffset": String(frameOffset) }),
    },
    names,
    sharesStates: true,
    ...(isOffThread ? { offThread: true, level: LIVE_LEVEL } : {}),
  };
}
