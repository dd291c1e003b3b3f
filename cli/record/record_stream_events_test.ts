import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import type { StateEvent, StateFrame } from "../../lib/world.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  recordHere,
  rowsOf,
  statesAt,
  testdata,
} from "../run_cli_test_helper.ts";

async function eventsOf(path: string): Promise<StateEvent[]> {
  const source = new FileSource(path);
  try {
    return await Array.fromAsync((await RecordingReader.open(source)).events());
  } finally {
    source.close();
  }
}

const SLOW = { timeout: 60_000 };

const REWIND = [
  ...["--shots", "shot", "--shot-map", "shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit"],
  ...["--shape", "player=box:-16,-16,-24,16,16,32", "--alive", "dead=0"],
  ...["--policy", "rtt+interp", "--details", "--json"],
];

/** Frames of a recording. */
async function framesOf(reader: RecordingReader): Promise<StateFrame[]> {
  return await Array.fromAsync(reader.snapshots(), (snapshot) => snapshot.toFrame());
}

const STATES = rowsOf("rewind/half-rtt.state.ndjson");
const SHOT = rowsOf("rewind/half-rtt.events.ndjson")[0]!;
const { f: _f, t: _t, ...BARE } = SHOT;
/** Index of the second row of the shot's frame. */
const AT = STATES.findIndex(({ f }) => f === SHOT["f"]) + 1;
const mixed = (event: object, to: number) => ndjson(STATES.toSpliced(to, 0, event as never));

test(
  "record takes a bare event among states, and rewind --shots has it as if of --events",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const streams = {
        apart: [ndjson(STATES), "--events", testdata("rewind/half-rtt.events.ndjson")],
        bare: [mixed(BARE, AT)],
      };
      const reports = await Promise.all(
        Object.entries(streams).map(async ([name, [input, ...options]]) => {
          const record = ["record", "-", "-o", `${name}.mcap`, ...options];
          const { code, stderr } = await hindcast(record, { cwd, input: input! });
          assert.equal(code, 0, stderr);
          assert.match(stderr, /^recorded \d+ frames, \d+ states, 1 event to /);
          const report = await hindcastJson<object>(["rewind", `${name}.mcap`, ...REWIND], { cwd });
          return JSON.stringify(report).replaceAll(`${name}.mcap`, "x.mcap");
        }),
      );
      assert.equal(JSON.parse(reports[0]!).details.length, 1);
      assert.deepEqual(await eventsOf(join(cwd, "apart.mcap")), [
        { frame: 50, timeMs: 1000, name: "shot", data: SHOT },
      ]);
      assert.deepEqual(await eventsOf(join(cwd, "bare.mcap")), [
        { frame: 50, timeMs: undefined, name: "shot", data: BARE },
      ]);
      assert.equal(reports[1], reports[0]);
    }),
);

test("a recording has an event that names its frame the same wherever it stands", async () => {
  const expected = await framesOf(await recordHere(ndjson(STATES)));
  assert.ok(expected.length > 50);
  for (const to of [0, AT, STATES.length]) {
    const reader = await recordHere(mixed(SHOT, to));
    assert.deepEqual(await Array.fromAsync(reader.events()), [
      { frame: 50, timeMs: 1000, name: "shot", data: SHOT },
    ]);
    assert.deepEqual(await framesOf(reader), expected);
  }
});

test(
  "record merges the events of a stream with those of --events, and counts both",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const row = (f: number) => ({ f, t: f * 20, id: 3, hp: 9 - f });
      const stream = [row(0), { ev: "hurt", id: 3, by: { id: 8 } }, row(1), row(2), { ev: "end" }];
      writeFileSync(join(cwd, "states.ndjson"), ndjson(stream));
      writeFileSync(join(cwd, "more.ndjson"), ndjson([{ f: 0, ev: "go" }, { f: 2, ev: "win" }]));
      const { code, stderr } = await hindcast(
        ["record", "states.ndjson", "--events", "more.ndjson", "-o", "o.mcap"],
        { cwd },
      );
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^recorded 3 frames, 3 states, 4 events to o\.mcap/);
      const events = await eventsOf(join(cwd, "o.mcap"));
      assert.deepEqual(events.map(({ frame, name }) => [frame, name]), [
        [0, "hurt"],
        [0, "go"],
        [2, "end"],
        [2, "win"],
      ]);
      assert.deepEqual(events[0]!.data, { ev: "hurt", id: 3, by: { id: 8 } });
      assert.deepEqual(await statesAt(join(cwd, "o.mcap"), 1), [
        { id: 3, kind: "entity", fields: { hp: 8 } },
      ]);
    }),
);

test("record --event-key leaves a field called ev alone", SLOW, () =>
  inFolder(async (cwd) => {
    const input = ndjson([
      { f: 0, t: 0, id: 3, ev: 1.5 },
      { f: 1, t: 20, id: 3, ev: 2.5 },
      { what: "lap", id: 3 },
    ]);
    const refused = await hindcast(["record", "-", "-o", "o.mcap"], { cwd, input });
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /^hindcast: Cannot read standard input:1:26: the event's name "ev" is 1\.5, expected a text; /,
    );
    const record = ["record", "-", "--event-key", "what", "-o", "o.mcap"];
    const { code, stderr } = await hindcast(record, { cwd, input });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /2 states, 1 event to/);
    const [state] = await statesAt(join(cwd, "o.mcap"), 1);
    assert.deepEqual(state!.fields, { ev: 2.5 });
  }));

test(
  "record refuses a stream of events alone and writes nothing",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const input = ndjson([{ f: 0, ev: "a" }, { f: 1, t: 5, ev: "b" }]);
      const { code, stderr } = await hindcast(["record", "-", "-o", "new.mcap"], { cwd, input });
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^hindcast: Cannot read standard input: it holds no states, only 2 events;/,
      );
      assert.equal(existsSync(join(cwd, "new.mcap")), false);
    }),
);
