import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Schema } from "../core/state/schema.ts";
import { readStates } from "../ingest/read_states.ts";
import { RecordingWriter } from "./recording_writer.ts";

const PLAYERS = 32;
const FRAMES_PER_CHUNK = 60;

/** Schema of the rows of {@linkcode longStream}. */
export const LONG_SCHEMA: Schema = {
  kinds: [
    {
      name: "player",
      fields: [
        { name: "x", type: "fixed", step: 0.001 },
        { name: "y", type: "fixed", step: 0.001 },
        { name: "yaw", type: "f64" },
        { name: "hp", type: "u8" },
        { name: "weapon", type: "enum", values: ["rl", "lg", "gl"] },
        { name: "on", type: "bool" },
      ],
    },
    { name: "rocket", fields: [{ name: "z", type: "i32" }] },
  ],
};

/** NDJSON of a match that goes on: players move, and every second a rocket of a new id flies. */
export async function* longStream(rows: number): AsyncGenerator<Uint8Array, void, void> {
  let seed = 1;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const encoder = new TextEncoder();
  let count = 0;
  for (let f = 0; count < rows;) {
    let text = "";
    const end = f + FRAMES_PER_CHUNK;
    for (; f < end && count < rows; f++) {
      const head = `{"f":${f},"t":${(f * 1000) / 60},"id":`;
      for (let id = 0; id < PLAYERS; id++) {
        const x = (Math.round(random() * 4e6) - 2e6) / 1000;
        const y = id % 4 === 0 ? 7 : (Math.round(random() * 1e6) / 1000);
        const weapon = LONG_SCHEMA.kinds[0]!.fields[4]!.values![(f >> 6) % 3];
        text += `${head}${id},"kind":"player","x":${x},"y":${y},"yaw":${random() * 360},"hp":${
          f & 127
        },"weapon":"${weapon}","on":${f % 7 === 0}}\n`;
      }
      text += `${head}${1000 + Math.floor(f / 60)},"kind":"rocket","z":${f % 60}}\n`;
      count += PLAYERS + 1;
    }
    yield encoder.encode(text);
  }
}

/** Memory in use once that many rows were recorded. */
export interface MemoryMark {
  /** Rows so far. */
  readonly rows: number;
  /** Heap and external memory after a collection, in bytes. */
  readonly usedBytes: number;
  /** Largest resident memory seen so far, in bytes. */
  readonly peakBytes: number;
}

/**
 * Records a long stream into nothing, as a library user does who reads states and writes them.
 *
 * @param schema undefined to have it inferred as the stream goes
 * @param step rows between two marks
 */
export async function* recordLong(
  rows: number,
  schema: Schema | undefined,
  step: number,
): AsyncGenerator<MemoryMark, void, void> {
  const sink = { write: () => {} };
  const writer = await RecordingWriter.open(sink, { level: 1, ...(schema && { schema }) });
  let count = 0;
  let next = step;
  let peakBytes = 0;
  for await (const frame of readStates(longStream(rows), schema === undefined ? {} : { schema })) {
    await writer.write(frame);
    count += frame.entities.length;
    if (count < next) continue;
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    yield { rows: count, usedBytes: heapUsed + external, peakBytes };
    next += step;
  }
  await writer.close();
}

/** Collects all garbage now, on every runtime. */
export function collectGarbage(): void {
  const { Bun } = globalThis as { Bun?: { gc(isSync: boolean): void } };
  if (Bun !== undefined) return Bun.gc(true);
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
