import assert from "node:assert/strict";
import { test } from "node:test";
import { LONG_SCHEMA, recordLong } from "./long_stream_test_helper.ts";

const SLOW = { timeout: 120_000 };

// `deno task verify:memory` does the same over 10 million rows.
for (const [how, schema] of [["an inferred", undefined], ["a declared", LONG_SCHEMA]] as const) {
  test(
    `RecordingWriter of readStates() takes no more memory with the rows, with ${how} schema`,
    SLOW,
    async () => {
      const used: number[] = [];
      for await (const mark of recordLong(120_000, schema, 29_000)) used.push(mark.usedBytes);
      // A copy of each row from the first mark to the last would add 15 MB.
      const grown = used.at(-1)! - used[0]!;
      assert.ok(
        used.length >= 4 && grown < 8e6,
        `${used.map((bytes) => (bytes / 1e6).toFixed(1))} MB`,
      );
    },
  );
}
