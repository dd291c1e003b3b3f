import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder } from "../../run_cli_test_helper.ts";
import { caseFile, recordBothWays, recordCase, Recorded } from "./recorded_test_helper.ts";

const SORTED = [{ f: 1, ev: "shot", by: 1, seen: 0 }, { f: 2, ev: "shot", by: 1, seen: 1 }];

test("record puts the events of a file in order", () =>
  inFolder(async (cwd) => {
    const events = ["--events", caseFile("22-events-out-of-order/events.ndjson")];
    const recorded = await recordCase(cwd, "22-events-out-of-order/state.ndjson", ...events);
    assert.deepEqual(await recorded.events(), SORTED);
    assert.equal((await recorded.frames()).length, 3);
  }));

test("record puts events that come late among states or by a pipe in order", () =>
  inFolder(async (cwd) => {
    const [states, events] = ["state", "events"].map((name) =>
      readFileSync(caseFile(`22-events-out-of-order/${name}.ndjson`), "utf8")
    );
    const piped = await hindcast(
      ["record", caseFile("22-events-out-of-order/state.ndjson"), "--events", "-", "-o", "a.mcap"],
      { cwd, input: events! },
    );
    assert.equal(piped.code, 0, piped.stderr);
    assert.deepEqual(await new Recorded(join(cwd, "a.mcap"), "").events(), SORTED);
    const lines = states! + events!;
    const mixed = await hindcast(["record", "-", "-o", "b.mcap"], { cwd, input: lines });
    assert.equal(mixed.code, 0, mixed.stderr);
    assert.deepEqual(await new Recorded(join(cwd, "b.mcap"), "").events(), SORTED);
  }));

test("record keeps every event of a file in any order, equals as they came", () =>
  inFolder(async (cwd) => {
    const order = Array.from({ length: 200 }, (_, i) => (i * 77) % 200);
    const states = order.map((_, f) => `{"f":${f},"t":${f * 50},"id":"a","x":${f}}`);
    const lines = order.map((n) => `{"f":${n >> 1},"ev":"hit","n":${n}}`);
    writeFileSync(join(cwd, "s.ndjson"), states.join("\n"));
    writeFileSync(join(cwd, "e.ndjson"), lines.join("\n"));
    const { code, stderr } = await hindcast(
      ["record", "s.ndjson", "--events", "e.ndjson", "-o", "out.mcap"],
      { cwd },
    );
    assert.equal(code, 0, stderr);
    const expected = order.toSorted((a, b) =>
      (a >> 1) - (b >> 1) || order.indexOf(a) - order.indexOf(b)
    );
    const events = await new Recorded(join(cwd, "out.mcap"), stderr).events();
    assert.deepEqual(events.map(({ f, n }) => [f, n]), expected.map((n) => [n >> 1, n]));
  }));

test("record keeps events among states that are later than the window, and counts them", () => {
  const rows = Array.from({ length: 40 }, (_, f) => `{"f":${f},"t":${f * 50},"id":"a","x":${f}}`);
  const late = '{"f":2,"ev":"late"}';
  return recordBothWays(
    [...rows.slice(0, 39), '{"f":38,"ev":"on time"}', late, ...rows.slice(39)],
    ["--event-window", "200"],
    async (recorded) => {
      const events = await recorded.events();
      assert.deepEqual(events.map(({ ev }) => ev).sort(), ["late", "on time"]);
      if (recorded.way === "pipe") assert.match(recorded.stderr, /note: .*event/);
    },
  );
});

test("record keeps integers of an event that a double cannot hold as their digits", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":1,"x":1}',
      '{"f":0,"ev":"join","steam":76561198000000123,"list":[18446744073709551615,-9007199254740993],"n":5}',
    ],
    [],
    async (recorded) => {
      assert.deepEqual(await recorded.events(), [
        {
          f: 0,
          ev: "join",
          steam: "76561198000000123",
          list: ["18446744073709551615", "-9007199254740993"],
          n: 5,
        },
      ]);
    },
  ));
