import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, hindcastJson, inFolder, ndjson, recordRows } from "./run_cli_test_helper.ts";

interface Report {
  readonly runs: readonly {
    readonly payloadBytes: number;
    readonly packets: number;
    readonly bytesPerFrame: { readonly mean: number; readonly p50: number };
    readonly overheadBits: Readonly<Record<"packet" | "entity" | "mask" | "tables", number>>;
    readonly fields: readonly { readonly field: string; readonly bits: number }[];
  }[];
}

interface Info {
  readonly kinds: readonly { readonly fields: readonly { name: string; type: string }[] }[];
}

const report = async (path: string, ...options: string[]) =>
  (await hindcastJson<Report>(["report", path, "--json", ...options])).runs;

const bitsOf = (run: Report["runs"][number], field: string) =>
  run.fields.find((cost) => cost.field === field)!.bits;

/** Frames of one entity that says something else in each, 21 bytes of 20 characters. */
const said = (i: number) => `é said at frame ${String(i).padStart(4, "0")}`;
const SAID_BYTES = 21;

test(
  "report counts every byte of a text that changes, in every codec",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const rows = Array.from({ length: 50 }, (_, f) => ({ f, t: f * 50, id: 1, chat: said(f) }));
      const path = await recordRows(folder, rows);
      const info = await hindcastJson<Info>(["info", path, "--json"]);
      assert.deepEqual(info.kinds[0]!.fields.map(({ type }) => type), ["text"]);
      for (const codec of ["raw", "mask", "varint"]) {
        const [run] = await report(path, "--codec", codec);
        // Its length takes a byte.
        assert.equal(bitsOf(run!, "chat"), 50 * (SAID_BYTES + 1) * 8);
        assert.equal(run!.overheadBits.tables, 0);
        assert.ok(run!.bytesPerFrame.p50 > SAID_BYTES);
        const parts = Object.values(run!.overheadBits).reduce((sum, bits) => sum + bits, 0);
        assert.equal(parts + bitsOf(run!, "chat"), run!.payloadBytes * 8);
      }
    }),
);

test("report counts a text once while it stays, and one that others have said again", {
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    // Entity 1 speaks in each frame; 2 and 3 keep their names.
    const rows = Array.from({ length: 40 }, (_, f) => [
      { f, t: f * 50, id: 1, name: said(f) },
      { f, t: f * 50, id: 2, name: "a name that stays" },
      { f, t: f * 50, id: 3, name: "another that stays" },
    ]).flat();
    const path = await recordRows(folder, rows);
    const [run] = await report(path, "--codec", "mask", "--ack", "append");
    assert.equal(bitsOf(run!, "name"), (40 * (SAID_BYTES + 1) + 18 + 19) * 8);
  }));

test("report counts the tables of enums when a consumer joins, as a part of their own", {
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const arms = ["axe", "rocket", "grün"];
    const rows = Array.from({ length: 60 }, (_, f) => ({
      f,
      t: f * 50,
      id: 1,
      arm: arms[(f >> 2) % 3],
    }));
    const path = await recordRows(folder, rows);
    // A count; three texts of 3, 6 and 5 bytes with their lengths.
    const table = (1 + 3 + 3 + 6 + 5) * 8;
    const [patches] = await report(path, "--codec", "mask", "--ack", "append", "--consumers", "4");
    assert.equal(patches!.overheadBits.tables, 4 * table);
    // The ack of the first keyframe is back before frame 3: three of them hold the tables.
    const [late] = await report(path, "--net", "acklag=3", "--keyframe-every", "10");
    assert.equal(late!.overheadBits.tables, 3 * table);
    const [again] = await report(
      path,
      "--churn",
      "reconnect=1s,away=100ms",
      "--ack",
      "append",
    );
    assert.ok(again!.overheadBits.tables >= 2 * table);
    assert.equal(again!.overheadBits.tables % table, 0);
    // Who sees a part of the world, or has a budget, pays as well.
    const [budget] = await report(path, "--budget", "64kbps", "--ack", "append");
    assert.equal(budget!.overheadBits.tables, table);
  }));

test("record takes texts as the schema file says, and report sends them as --wire says", {
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const texts = ["run", "jump", "run", "fly", "jump", "run", "fly", "run"];
    const rows = texts.map((s, f) => ({ f, t: f * 50, id: 1, s }));
    const schemaOf = (field: object) => {
      const path = join(folder, `${Object.keys(field).length}.json`);
      writeFileSync(path, JSON.stringify({ kinds: [{ name: "entity", fields: [field] }] }));
      return path;
    };
    const text = schemaOf({ name: "s", type: "text" });
    const listed = schemaOf({ name: "s", type: "enum", values: ["run", "jump", "fly"] });
    const free = await recordRows(folder, rows, "--schema", text);
    const [bytes] = await report(free, "--ack", "append");
    assert.equal(bitsOf(bytes!, "s"), texts.reduce((sum, { length }) => sum + length + 1, 0) * 8);
    const [index] = await report(free, "--wire", listed, "--ack", "append", "--codec", "mask");
    assert.equal(bitsOf(index!, "s"), texts.length * 8);
    assert.equal(index!.overheadBits.tables, (1 + 4 + 5 + 4) * 8);
    const missing = schemaOf({ name: "s", type: "enum", values: ["run", "jump"] });
    const refused = await hindcast(["report", free, "--wire", missing]);
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /frame 3 .*the value is "fly", expected one of the field's values/,
    );
  }));

test(
  "record of ever new texts grows with them, not with their square",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      // A kilobyte of texts a second of time, for three minutes, by pipe.
      const rows = Array.from(
        { length: 10_000 },
        (_, f) => ({ f, t: f * 17, id: 1, chat: said(f) }),
      );
      const input = ndjson(rows);
      const path = join(folder, "pipe.mcap");
      const { code, stderr } = await hindcast(["record", "-", "-o", path], { input });
      assert.equal(code, 0, stderr);
      assert.ok(statSync(path).size < input.length, `${statSync(path).size} of ${input.length}`);
      const { code: found, stdout } = await hindcast(["at", path, "--frame", "9876", "--json"]);
      assert.equal(found, 0);
      assert.equal(JSON.parse(stdout).entities[0].chat, said(9876));
    }),
);
