// What it takes to read the states of a file once and to infer their schema.
import { openSync, readSync } from "node:fs";
import process from "node:process";
import { SchemaInference } from "../../lib/schema/infer.ts";
import { observeStates } from "../../lib/ingest/observe_states.ts";

// deno-lint-ignore require-await
async function* pieces(): AsyncGenerator<Uint8Array> {
  const file = openSync(process.argv[2]!, "r");
  const piece = new Uint8Array(1 << 18);
  for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
    yield piece.subarray(0, length);
  }
}

const inference = new SchemaInference({ counts: false });
await observeStates(pieces(), inference);
console.log(`${inference.schema().kinds.length} kinds`);
