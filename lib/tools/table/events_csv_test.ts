import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateEvent } from "../../core/state/state.ts";
import { splitRecord } from "../../ingest/rows/csv_record.ts";
import { eventfulWorld } from "../rows/random_events_test_helper.ts";
import { recordMerged, rowText } from "../rows/row_text_test_helper.ts";
import { openEventsCsv } from "./events_csv.ts";

async function tableOf(events: readonly StateEvent[], keys = {}) {
  const frames = [{ frame: 1, timeMs: 0, entities: [] }];
  const reader = await recordMerged(frames, (frame) => frame === undefined ? events : []);
  const { text, notes } = await rowText(reader, openEventsCsv, { keys, events: "only" });
  return { lines: text.split("\r\n"), notes };
}

const event = (data: StateEvent["data"], more: Partial<StateEvent> = {}): StateEvent => ({
  frame: 1,
  timeMs: undefined,
  name: "shot",
  data,
  ...more,
});

test("openEventsCsv() writes a row an event, a column a member, and the whole event", async () => {
  const events = [
    event({ ev: "shot", f: 1, at: { x: 1.5, y: [-0, true] }, say: "" }),
    event({ id: 7, say: "a,b", none: null }, { frame: undefined, timeMs: 2.5, name: "e,v" }),
  ];
  const { lines, notes } = await tableOf(events);
  assert.deepEqual(lines, [
    "f,t,ev,at.x,at.y.0,at.y.1,say,id,data",
    '1,,shot,1.5,-0,true,"",,"{""ev"":""shot"",""f"":1,""at"":{""x"":1.5,""y"":[-0,true]},""say"":""""}"',
    ',2.5,"e,v",,,,"a,b",7,"{""id"":7,""say"":""a,b"",""none"":null}"',
    "",
  ]);
  assert.deepEqual(notes, []);
});

test("openEventsCsv() gives a member a name of its own, and tells what is not as it was", async () => {
  const data = { f: 8, F: 9, data: "\ud83d", "a.b": 1, a: { b: 2 } };
  const { lines, notes } = await tableOf([event(data)]);
  assert.deepEqual(lines[0], "f,t,ev,f_2,F_3,data_2,a.b,data");
  assert.ok(lines[1]!.startsWith("1,,shot,8,9,\ufffd,1,"));
  assert.deepEqual(notes, ["members-without-column", "columns-renamed", "texts-replaced"]);
  const keys = { frame: "tick", time: "ms", event: "what" };
  const named = await tableOf([event({ tick: 1, what: "shot", f: 8 })], keys);
  assert.deepEqual(named.lines[0], "tick,ms,what,f,data");
  assert.deepEqual(named.notes, []);
});

test("openEventsCsv() has every event whole, whatever it holds", async () => {
  await fc.assert(fc.asyncProperty(eventfulWorld, async ({ events }) => {
    fc.pre(events.length > 0);
    const { lines } = await tableOf(events.map((event) => ({ ...event, frame: 1 })));
    const rows = lines.slice(0, -1).map((line) => splitRecord(line, ",").cells);
    assert.equal(rows.length, events.length + 1);
    for (const [i, { data }] of events.entries()) {
      assert.equal(rows[i + 1]!.length, rows[0]!.length);
      assert.deepEqual(JSON.parse(rows[i + 1]!.at(-1)!), data);
    }
  }));
});
