import assert from "node:assert/strict";
import { test } from "node:test";
import { defineSchema } from "../wire/define_schema.ts";
import { Tracker } from "./tracker.ts";
import { ACK_POLICIES } from "./tracker_options.ts";

const kind = defineSchema("k", { n: "u8" });
const row = kind.pack({ n: 1 });

test("Tracker.unackedFrames() counts from the newest ack, or from the first frame that waits", () => {
  const tracker = new Tracker(kind.encoder, { historyFrames: 8 });
  assert.equal(tracker.unackedFrames("a"), 0);
  const first = 0xfffffffe;
  const behind = () => {
    const counts: number[] = [];
    for (let i = 0; i < 4; i++) {
      tracker.append("a", (first + sent++) >>> 0, row);
      counts.push(tracker.unackedFrames("a"));
    }
    return counts;
  };
  let sent = 0;
  assert.deepEqual(behind(), [0, 1, 2, 3]);
  tracker.ack("a", (first + 2) >>> 0);
  assert.equal(tracker.unackedFrames("a"), 1);
  assert.deepEqual(behind(), [2, 3, 4, 5]);
  tracker.ack("a", (first + 7) >>> 0);
  assert.equal(tracker.unackedFrames("a"), 0);
  tracker.reset("a");
  assert.equal(tracker.unackedFrames("a"), 0);
  assert.deepEqual(behind(), [0, 1, 2, 3]);
  assert.deepEqual(behind(), [4, 5, 6, 7], "farther than baselines are kept");
  assert.deepEqual(behind(), [8, 9, 10, 11]);
});

test("Tracker.unackedFrames() counts whatever the policy makes of acks", () => {
  for (const policy of ACK_POLICIES) {
    const tracker = new Tracker(kind.encoder, { policy });
    for (let frame = 0; frame < 9; frame++) tracker.append("a", frame, row);
    assert.equal(tracker.unackedFrames("a"), 8);
    tracker.ack("a", 6);
    assert.equal(tracker.unackedFrames("a"), 2);
  }
});
