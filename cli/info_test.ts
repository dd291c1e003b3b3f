import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { type FrameChecksum, frameChecksums, RecordingPart } from "../lib/recording.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  otherRuntimes,
  recordHere,
  recordRows,
  recordShort,
  rowsOf,
  SHORT_EVENTS,
  SHORT_STATES,
  testdata,
} from "./run_cli_test_helper.ts";

interface Info {
  readonly [key: string]: unknown;
  readonly kinds: readonly {
    readonly name: string;
    readonly entities: number;
    readonly rows: number;
    readonly fields: readonly Record<string, unknown>[];
  }[];
}

/** Keys of `info --json` and the types of their values; scripts rely on them. */
const TYPES = {
  path: "string",
  bytes: "number",
  format: "number",
  rateHz: "number",
  frames: "number",
  firstFrame: "number",
  lastFrame: "number",
  durationMs: "number",
  gaps: "number",
  missingFrames: "number",
  blocks: "number",
  kinds: "object",
  events: "object",
};

test("info --json has the documented keys, and counts what the input has", () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const info = await hindcastJson<Info>(["info", path, "--json"]);
    const types = Object.entries(info).map(([key, value]) => [key, typeof value]);
    assert.deepEqual(Object.fromEntries(types), TYPES);

    const rows = rowsOf(SHORT_STATES);
    const [first, last] = [rows[0]!, rows.at(-1)!];
    assert.equal(info["path"], path);
    assert.equal(info["bytes"], statSync(path).size);
    assert.equal(info["frames"], new Set(rows.map(({ f }) => f)).size);
    assert.equal(info["firstFrame"], first["f"]);
    assert.equal(info["lastFrame"], last["f"]);
    assert.equal(info["durationMs"], Number(last["t"]) - Number(first["t"]));
    assert.equal(info["gaps"], 0);
    for (const { name, entities, rows: count, fields } of info.kinds) {
      const mine = rows.filter(({ kind }) => kind === name);
      assert.equal(count, mine.length);
      assert.equal(entities, new Set(mine.map(({ id }) => id)).size);
      for (const field of fields) {
        const keys = ["name", "type", "min", "max", "distinct", "step"];
        assert.deepEqual(Object.keys(field), keys, String(field["name"]));
        const values = mine.map((row) => row[field["name"] as string]);
        assert.equal(field["distinct"], new Set(values).size);
        if (typeof values[0] !== "number") continue;
        assert.equal(field["min"], Math.min(...values.map(Number)));
        assert.equal(field["max"], Math.max(...values.map(Number)));
        const step = field["step"];
        // Binary steps only: a decimal one would ask this test to round.
        if (step === null || !Number.isInteger(Math.log2(step as number))) continue;
        for (const value of values) assert.ok(Number.isInteger(Number(value) / (step as number)));
      }
    }
    const counts: Record<string, number> = {};
    for (const { ev } of rowsOf(SHORT_EVENTS)) {
      counts[ev as string] = (counts[ev as string] ?? 0) + 1;
    }
    assert.deepEqual(info["events"], counts);
  }));

test("info counts the gaps of a recording and the frames in them", () =>
  inFolder(async (folder) => {
    const rows = [3, 4, 7, 8, 20].map((f) => ({ f, t: f * 100, id: 1, x: f }));
    const info = await hindcastJson<Info>(["info", await recordRows(folder, rows), "--json"]);
    assert.deepEqual([info["gaps"], info["missingFrames"], info["frames"]], [2, 13, 5]);
    assert.equal(info["rateHz"], 10);
    const table = await hindcast(["info", join(folder, "rows.mcap")]);
    assert.match(table.stdout, /5 frames, 3 to 20, 1\.700 s, 10 Hz, 2 gaps \(13 frames missing\)/);
  }));

test("info prints the same on every runtime", async (context) => {
  const others = otherRuntimes();
  if (others.length === 0) return context.skip("no other runtime is on the path");
  await inFolder(async (folder) => {
    const path = await recordShort(folder);
    for (const options of [["--json"], [], ["--schema"], ["--checksums"]]) {
      const args = ["info", path, ...options];
      const { stdout } = await hindcast(args);
      for (const runtime of others) {
        assert.equal((await hindcast(args, { runtime })).stdout, stdout, runtime.name);
      }
    }
  });
});

test("info --schema prints a schema that records the same input to the same values", () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const { stdout } = await hindcast(["info", path, "--schema"]);
    const schema = join(folder, "schema.json");
    writeFileSync(schema, stdout);
    const again = join(folder, "again.mcap");
    const { code, stderr } = await hindcast(
      ["record", "-", "--schema", schema, "-o", again],
      { input: readFileSync(testdata(SHORT_STATES)) },
    );
    assert.equal(code, 0, stderr);
    const [a, b] = await Promise.all(
      [path, again].map((file) => hindcastJson<Info>(["info", file, "--json"])),
    );
    assert.deepEqual(b!.kinds, a!.kinds);
    assert.equal((await hindcast(["info", path, "--schema", "--json"])).code, 2);
  }));

test("info --checksums prints one a frame, as lines or as JSON", () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const [text, list, both] = await Promise.all([
      hindcast(["info", path, "--checksums"]),
      hindcastJson<FrameChecksum[]>(["info", path, "--checksums", "--json"]),
      hindcast(["info", path, "--checksums", "--schema"]),
    ]);
    const frames = [...new Set(rowsOf(SHORT_STATES).map(({ f }) => f))];
    assert.deepEqual(list.map(({ frame }) => frame), frames);
    const input = readFileSync(testdata(SHORT_STATES));
    const part = RecordingPart.of(await recordHere(input));
    assert.deepEqual(list, await Array.fromAsync(frameChecksums(part)));
    const lines = list.map(({ frame, checksum }) => `${frame} ${checksum}\n`);
    assert.deepEqual([text.code, text.stdout, text.stderr], [0, lines.join(""), ""]);
    assert.equal(both.code, 2);
    assert.match(both.stderr, /'--schema' cannot be used with option '--checksums'\n$/);
  }));

/** Files that are no recording; the recording of a test is cut in half for one. */
const NOT_RECORDINGS: readonly [name: string, path: string, message: RegExp][] = [
  ["a file that is not a recording", "text", /text.*\n$/],
  ["an empty file", "empty", /read empty: the file is empty; name a file/],
  ["the head of a recording", "head.mcap", /was cut.*head\.mcap/],
  ["a directory", "folder", /read folder: it is a directory; name a file in it/],
  ["a missing file", "none", /read none: there is no such file or folder; check the path/],
];

test(
  "info, at and report refuse what is not a recording in one line",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const whole = readFileSync(await recordShort(cwd));
      writeFileSync(join(cwd, "text"), ndjson(rowsOf(SHORT_STATES)));
      writeFileSync(join(cwd, "empty"), "");
      writeFileSync(join(cwd, "head.mcap"), whole.subarray(0, 30));
      mkdirSync(join(cwd, "folder"));
      await Promise.all(NOT_RECORDINGS.flatMap(([name, file, message]) =>
        [["info", file], ["at", file, "--frame", "1"], ["report", file]].map(async (args) => {
          const { code, stdout, stderr } = await hindcast(args, { cwd });
          assert.equal(code, 1, name);
          assert.equal(stdout, "");
          assert.match(stderr, message);
          assert.match(stderr, /^hindcast: Cannot read [^\n]*\n$/);
        })
      ));
    }),
);

test("a pipe is refused as a recording, and so is standard input", {
  skip: process.platform === "win32" && "there is no /dev/null",
}, async () => {
  const device = await hindcast(["info", "/dev/null"]);
  assert.equal(device.code, 1);
  assert.match(device.stderr, /^hindcast: Cannot read \/dev\/null: .*device.*; name a file\n$/);
  const input = await hindcast(["info", "-"]);
  assert.equal(input.code, 2);
  assert.match(input.stderr, /^hindcast: .*standard input\n$/);
});
