import assert from "node:assert/strict";
import { test } from "node:test";
import { eventPayload } from "./event_payload.ts";

test("eventPayload() leaves out what says name, frame and time, in whatever unit", () => {
  const event = { name: "shot", frame: 12, timeMs: 1.5 };
  const rest = { id: 3, ray: [0, 0, 1] };
  for (
    const said of [
      { ev: "shot", f: 12, t: 1.5 },
      { ev: "shot", f: 12, t: 1500 },
      { ev: "shot", t: 0.0015 },
      { t: 1_500_000 },
      {},
    ]
  ) {
    assert.deepEqual(eventPayload({ ...event, data: { ...said, ...rest } }), rest);
  }
});

test("eventPayload() keeps a member that says something else, and one under another key", () => {
  const event = { name: "shot", frame: 12, timeMs: 1.5 };
  const other = { ev: "hit", f: 13, t: 2, type: "shot", tick: 12 };
  assert.deepEqual(eventPayload({ ...event, data: other }), other);
  const keys = { event: "type", frame: "tick", time: "t" };
  assert.deepEqual(eventPayload({ ...event, data: other }, keys), { ev: "hit", f: 13, t: 2 });
  const unplaced = { name: "shot", frame: undefined, timeMs: undefined, data: { f: 1 } };
  assert.deepEqual(eventPayload(unplaced), { f: 1 });
});
