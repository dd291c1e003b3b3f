import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseNetSpec } from "../lib/net.ts";
import { measureBandwidth, RUN_DEFAULTS, type RunOptions, type RunReport } from "../lib/report.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  recordHere,
  recordRows,
} from "./run_cli_test_helper.ts";

const SLOW = { timeout: 60_000 };

/** Reports of a recording of rows, a run for each of some options. */
async function measure(rows: readonly object[], ...runs: Partial<RunOptions>[]) {
  const reader = await recordHere(ndjson(rows));
  const options = runs.map((run) => ({ ...RUN_DEFAULTS, ...run }));
  const reports = await measureBandwidth(reader.layout, reader.snapshots(), options);
  for (const { verified } of reports) assert.ok(verified);
  return { reports, schema: reader.schema };
}

type Costs = Pick<RunReport, "fields" | "overheadBits">;

const bitsOf = (run: Costs, field: string) => run.fields.find((cost) => cost.field === field)!.bits;

/** Frames of one entity that says something else in each, 21 bytes of 20 characters. */
const said = (i: number) => `é said at frame ${String(i).padStart(4, "0")}`;
const SAID_BYTES = 21;

test("measureBandwidth() counts every byte of a text that changes, in every codec", async () => {
  const rows = Array.from({ length: 50 }, (_, f) => ({ f, t: f * 50, id: 1, chat: said(f) }));
  const codecs = (["raw", "mask", "varint"] as const).map((codec) => ({ codec }));
  const { reports, schema } = await measure(rows, ...codecs);
  assert.deepEqual(schema.kinds[0]!.fields.map(({ type }) => type), ["text"]);
  assert.equal(reports.length, 3);
  for (const run of reports) {
    // Its length takes a byte.
    assert.equal(bitsOf(run, "chat"), 50 * (SAID_BYTES + 1) * 8);
    assert.equal(run.overheadBits.tables, 0);
    assert.ok(run.bytesPerFrame.p50 > SAID_BYTES);
    const parts = Object.values(run.overheadBits).reduce((sum, bits) => sum + bits, 0);
    assert.equal(parts + bitsOf(run, "chat"), run.payloadBytes * 8);
  }
});

test("measureBandwidth() counts a text once while it stays, and one that others have said again", async () => {
  // Entity 1 speaks in each frame; 2 and 3 keep their names.
  const rows = Array.from({ length: 40 }, (_, f) => [
    { f, t: f * 50, id: 1, name: said(f) },
    { f, t: f * 50, id: 2, name: "a name that stays" },
    { f, t: f * 50, id: 3, name: "another that stays" },
  ]).flat();
  const { reports } = await measure(rows, { codec: "mask", policy: "append" });
  assert.equal(bitsOf(reports[0]!, "name"), (40 * (SAID_BYTES + 1) + 18 + 19) * 8);
});

test("measureBandwidth() counts the tables of enums when a consumer joins, as a part of their own", async () => {
  const arms = ["axe", "rocket", "grün"];
  const rows = Array.from({ length: 60 }, (_, f) => ({
    f,
    t: f * 50,
    id: 1,
    arm: arms[(f >> 2) % 3],
  }));
  // A count; three texts of 3, 6 and 5 bytes with their lengths.
  const table = (1 + 3 + 3 + 6 + 5) * 8;
  const { reports } = await measure(
    rows,
    { codec: "mask", policy: "append", consumers: 4 },
    { net: parseNetSpec("acklag=3"), keyframeEveryFrames: 10 },
    { policy: "append", churn: { reconnectMs: 1000, awayMs: 100 } },
    // Who sees a part of the world, or has a budget, pays as well.
    { policy: "append", budgetKbps: 64 },
  );
  const [patches, late, again, budget] = reports.map(({ overheadBits }) => overheadBits.tables);
  assert.equal(patches, 4 * table);
  // The ack of the first keyframe is back before frame 3: three of them hold the tables.
  assert.equal(late, 3 * table);
  assert.ok(again! >= 2 * table);
  assert.equal(again! % table, 0);
  assert.equal(budget, table);
});

test(
  "record takes texts as the schema file says, and report sends them as --wire says",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const texts = ["run", "jump", "run", "fly", "jump", "run", "fly", "run"];
      const rows = texts.map((s, f) => ({ f, t: f * 50, id: 1, s }));
      const schemaOf = (name: string, field: object) => {
        const path = join(folder, name);
        writeFileSync(path, JSON.stringify({ kinds: [{ name: "entity", fields: [field] }] }));
        return path;
      };
      const text = schemaOf("text", { name: "s", type: "text" });
      const listed = schemaOf("listed", {
        name: "s",
        type: "enum",
        values: ["run", "jump", "fly"],
      });
      const missing = schemaOf("missing", { name: "s", type: "enum", values: ["run", "jump"] });
      const free = await recordRows(folder, rows, "--schema", text);
      const report = async (...options: string[]) => {
        const args = ["report", free, "--json", "--ack", "append", ...options];
        return (await hindcastJson<{ runs: Costs[] }>(args)).runs[0]!;
      };
      const [bytes, index, refused] = await Promise.all([
        report(),
        report("--wire", listed, "--codec", "mask"),
        hindcast(["report", free, "--wire", missing]),
      ]);
      assert.equal(bitsOf(bytes, "s"), texts.reduce((sum, { length }) => sum + length + 1, 0) * 8);
      assert.equal(bitsOf(index, "s"), texts.length * 8);
      assert.equal(index.overheadBits.tables, (1 + 4 + 5 + 4) * 8);
      assert.equal(refused.code, 1);
      assert.match(
        refused.stderr,
        /frame 3 .*the value is "fly", expected one of the field's values/,
      );
    }),
);

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
