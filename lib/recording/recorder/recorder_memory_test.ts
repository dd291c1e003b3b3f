import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { float32Bits } from "../../core/bytes/bits.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { Schema } from "../../core/state/schema.ts";
import type { RecordingSink } from "../container/sink.ts";
import { collectGarbage } from "../long_stream_test_helper.ts";
import { Recorder } from "./recorder.ts";

const SLOW = { timeout: 120_000 };
const UNITS = 100;
const FIELDS = 8;

const SCHEMA: Schema = {
  kinds: [{
    name: "unit",
    fields: Array.from({ length: FIELDS }, (_, i) => ({ name: `f${i}`, type: "f32" })),
  }],
};
const snapshot = new Snapshot(new SnapshotLayout(SCHEMA), UNITS, UNITS * FIELDS);

/** Frame of a world in which everything moves. */
function worldAt(frame: number): Snapshot {
  snapshot.clear(frame, frame * 16);
  for (let unit = 0; unit < UNITS; unit++) {
    const at = snapshot.add(unit, 0);
    for (let i = 0; i < FIELDS; i++) {
      // Few values in all, so that what the states hold takes no memory that grows.
      snapshot.words[at + i] = float32Bits(((frame * (i + 1) + unit * 7) % 500) / 4);
    }
  }
  return snapshot;
}

async function usedBytes(): Promise<number> {
  // What zstd held is given back a little later.
  for (let i = 0; i < 2; i++) {
    await sleep(20);
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Records frames from one to another, with a turn of the loop after each, as a server does. */
async function run(recorder: Recorder, from: number, to: number): Promise<void> {
  for (let frame = from; frame < to; frame++) {
    recorder.writeSnapshot(worldAt(frame));
    recorder.event({ name: "e", frame, timeMs: frame * 16, data: { ev: "e", frame } });
    await nextTurn();
  }
}

test("Recorder takes no more memory with the frames", SLOW, async () => {
  const recorder = await Recorder.open({ write() {} }, { schema: SCHEMA, level: 1 });
  const used: number[] = [];
  for (let mark = 0; mark < 5; mark++) {
    await run(recorder, mark * 3000, (mark + 1) * 3000);
    await recorder.flush();
    used.push(await usedBytes());
  }
  await recorder.close();
  assert.deepEqual(recorder.dropped, { frames: 0, events: 0 });
  // The rows of those between the first mark and the last are 38 MB.
  const grown = used.at(-1)! - used[0]!;
  assert.ok(grown < 4e6, `${used.map((bytes) => (bytes / 1e6).toFixed(1))} MB`);
});

for (const [how, hold] of [["never answers", 0], ["is slow", 20]] as const) {
  test(`Recorder of a sink that ${how} takes no more memory than its queue may`, SLOW, async () => {
    const queueBytes = 4 << 20;
    const pending: (() => void)[] = [];
    let writes = 0;
    const sink: RecordingSink = {
      write() {
        // The header, and facts with the first frame.
        if (++writes < 3) return;
        return new Promise<void>((resolve) => {
          if (hold > 0) setTimeout(resolve, hold);
          else pending.push(resolve);
        });
      },
    };
    const options = { schema: SCHEMA, level: 1, queueBytes, flushMs: 10 };
    const recorder = await Recorder.open(sink, options);
    await run(recorder, 0, 50);
    const before = await usedBytes();
    let most = 0;
    // Some 50 MB of rows, in less time than the sink needs.
    for (let mark = 0; mark < 4; mark++) {
      await run(recorder, 50 + mark * 4000, 50 + (mark + 1) * 4000);
      most = Math.max(most, await usedBytes() - before);
    }
    assert.ok(recorder.dropped.frames > 1000, `${recorder.dropped.frames} are dropped`);
    assert.ok(most < queueBytes + 4e6, `${(most / 1e6).toFixed(1)} MB`);
    const { frames, events } = recorder.dropped;
    const open = setInterval(() => pending.splice(0).forEach((resolve) => resolve()), 1);
    const summary = await recorder.close().finally(() => clearInterval(open));
    assert.deepEqual([summary.frames, summary.events], [16_050 - frames, 16_050 - events]);
  });
}
