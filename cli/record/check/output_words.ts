import { durationWord, sizeWord } from "../../quantities.ts";
import { conditionText } from "../keep/event_condition.ts";
import { FLUSH_MS } from "../live_flush.ts";
import { LINE_BYTES, LINES_A_SECOND, PRODUCERS } from "../listen/listen_flags.ts";
import type { GivenRecordOptions } from "../options.ts";

/** Options of where and how something is recorded, as they are typed; nothing of its reading. */
export function outputWords(options: GivenRecordOptions): string[] {
  const { rotate, maxSize, keep, keepSize, dumpOn = [], before, after } = options;
  const { flushMs, maxLine, maxProducers, maxRate } = options;
  const time = (name: string, ms: number | undefined) =>
    ms === undefined ? [] : [name, durationWord(ms)];
  const size = (name: string, bytes: number | undefined) =>
    bytes === undefined ? [] : [name, sizeWord(bytes)];
  const number = (name: string, value: number, usual: number) =>
    value === usual ? [] : [name, String(value)];
  const { timeMs, bytes } = rotate ?? {};
  const when = [
    ...(timeMs === undefined ? [] : [durationWord(timeMs)]),
    ...(bytes === undefined ? [] : [sizeWord(bytes)]),
  ];
  return [
    ...(options.preview ? ["--preview"] : []),
    ...(rotate === undefined ? [] : ["--rotate", when.join()]),
    ...size("--max-size", maxSize),
    ...time("--keep", keep),
    ...size("--keep-size", keepSize),
    ...dumpOn.flatMap((condition) => ["--dump-on", conditionText(condition)]),
    ...time("--before", before),
    ...time("--after", after),
    ...number("--flush-ms", flushMs, FLUSH_MS),
    ...number("--max-line", maxLine, LINE_BYTES),
    ...number("--max-producers", maxProducers, PRODUCERS),
    ...number("--max-rate", maxRate, LINES_A_SECOND),
    ...(options.fsync ? ["--fsync"] : []),
  ];
}
