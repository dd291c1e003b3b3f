import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { FileSource, RecordingReader } from "../lib/recording.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  otherRuntimes,
  recordRows,
  recordShort,
  rowsOf,
  shell,
  SHORT_EVENTS,
  SHORT_STATES,
} from "./run_cli_test_helper.ts";

const SLOW = { timeout: 60_000 };

/** The short duel with one number changed, without one frame and one event. @returns its path */
async function recordChanged(folder: string): Promise<string> {
  const events = join(folder, "events.ndjson");
  writeFileSync(events, ndjson(rowsOf(SHORT_EVENTS).slice(1)));
  const rows = rowsOf(SHORT_STATES).filter(({ f }) => f !== 750)
    .map((row) => row["f"] === 740 && row["id"] === 2 ? { ...row, health: -5 } : row);
  return await recordRows(folder, rows, "--events", events);
}

/** Keys of `diff --json` and the types of their values; scripts rely on them. */
const TYPES = {
  equal: "boolean",
  first: "object",
  firstFrame: "object",
  fields: "object",
  structural: "object",
  events: "object",
  drift: "object",
  compared: "object",
  setting: "object",
};

test(
  "diff exits with 3 and names what differs first, as text and as JSON",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const other = await recordChanged(folder);
      const event = rowsOf(SHORT_EVENTS)[0]!;
      const was = rowsOf(SHORT_STATES).find(({ f, id }) => f === 740 && id === 2)!;
      const place = `frame 740 (${was["t"]} ms)`;
      const first = `entity 2 (player) health: ${was["health"]} in A, -5 in B`;
      const states = ["diff", path, other, "--events", "none"];
      const [all, text, json] = await Promise.all([
        hindcast(["diff", path, other]),
        hindcast(states),
        hindcast([...states, "--json"]),
      ]);
      assert.deepEqual([all.code, text.code, json.code], [3, 3, 3]);
      assert.deepEqual([all.stderr, text.stderr, json.stderr], ["", "", ""]);
      const line = all.stdout.split("\n").slice(0, 2).join("").replace("):  ", "): ");
      assert.match(
        line!,
        new RegExp(
          `^A and B differ: first at frame ${event["f"]} .*: event ${event["ev"]}: only in A:`,
        ),
      );
      const headlines = [`A and B differ: first at ${place}:`, `  ${first}`];
      assert.deepEqual(text.stdout.split("\n").slice(0, 2), headlines);
      assert.match(text.stdout, /^frame only in A: 750$/m);

      const diff = JSON.parse(json.stdout);
      const types = Object.entries(diff).map(([key, value]) => [key, typeof value]);
      assert.deepEqual(Object.fromEntries(types), TYPES);
      assert.deepEqual(diff.first, {
        what: "value",
        class: "exact",
        frame: 740,
        timeMs: was["t"],
        id: 2,
        kind: "player",
        field: "health",
        a: was["health"],
        b: -5,
      });
      assert.deepEqual(diff.structural.frames.onlyInA, {
        count: 1,
        runs: [{ from: 750, to: 750, count: 1 }],
        unlisted: 0,
      });
      assert.deepEqual(diff.setting, {
        a: path,
        b: other,
        by: "frame",
        tolerances: {},
        timeToleranceMs: 0,
        selection: { events: "none" },
      });
    }),
);

test(
  "diff exits with 0 when nothing is beyond its tolerance, and prints the same on every runtime",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const other = await recordChanged(folder);
      const same = await hindcast(["diff", path, path]);
      assert.deepEqual([same.code, same.stderr], [0, ""]);
      assert.match(same.stdout, /^A and B are equal: 100 frames, 220 states, 87 events compared\n/);
      const args = ["diff", path, other, "--tolerance", "player.health=2000"];
      const span = [...args, "--from", "740", "--to", "749", "--events", "none"];
      const drift = await hindcast(span);
      assert.equal(drift.code, 0);
      assert.match(drift.stdout, /^A and B are equal within the tolerances: 10 frames/);
      for (const runtime of otherRuntimes()) {
        const outcome = await hindcast(span, { runtime });
        assert.deepEqual([outcome.code, outcome.stdout], [0, drift.stdout], runtime.name);
      }
      const json = await hindcastJson<{ drift: object[] }>([...span, "--json"]);
      assert.equal(json.drift.length, 1);
    }),
);

test(
  "diff refuses flags that are none in one line with exit code 2, and a damaged recording with 1 where it is to be whole",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const refusals: readonly (readonly [flags: readonly string[], message: RegExp])[] = [
        [["--tolerance", "x"], /--tolerance is "x", expected a field and a number from 0 on/],
        [["--tolerance", "x=1", "--tolerance", "x=2"], /--tolerance names "x" twice/],
        [["--tolerance", "time=1"], /names "time", which is no field; --time-tolerance says/],
        [["--tolerance", "nope=1"], /of "nope": no field that is compared has that name/],
        [["--from", "9000"], /span 9000 to end holds no frame of either recording/],
      ];
      const damaged = join(folder, "damaged.mcap");
      const bytes = readFileSync(path);
      const source = new FileSource(path);
      const { blocks } = await RecordingReader.open(source);
      source.close();
      const { offset, length } = blocks.at(-1)!;
      bytes[offset + length - 30]! ^= 0x40;
      writeFileSync(damaged, bytes);
      const outcomes = await Promise.all([
        ...refusals.map(([flags]) => hindcast(["diff", path, path, ...flags])),
        hindcast(["diff", path, damaged, "--no-damage"]),
      ]);
      const { code, stdout, stderr } = outcomes.pop()!;
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(
        stderr,
        /^hindcast: Cannot read [^\n]*damaged\.mcap: it is damaged: 37 frames are lost \(753 to 789\)[^\n]*\n$/,
      );
      outcomes.forEach(({ code, stdout, stderr }, i) => {
        assert.deepEqual([code, stdout], [2, ""]);
        assert.match(stderr, refusals[i]![1]);
        assert.match(stderr, /^hindcast: [^\n]*\n$/);
      });
    }),
);

test("diff notes what it did not compare, and keeps its exit code for a reader that stops", {
  skip: process.platform === "win32" && "this needs a shell",
  ...SLOW,
}, () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const later = await recordRows(
      folder,
      rowsOf(SHORT_STATES).map((row) => ({ ...row, f: Number(row["f"]) + 5000 })),
    );
    const [apart, unseen] = await Promise.all([
      hindcast(["diff", path, later]),
      hindcast(["diff", path, later, "--by", "time", "--events", "none", "--ids", "2,77"]),
    ]);
    assert.equal(apart.code, 3);
    assert.match(
      apart.stderr,
      /^note: no frame has the same number in both; --by time pairs .*\n$/,
    );
    assert.equal(unseen.code, 0, unseen.stdout);
    assert.equal(unseen.stderr, "note: no frame has the entities 77 that --ids names\n");
    const code = join(folder, "code");
    const { stderr } = await shell(
      '{ "$@"; echo $? > "$CODE"; } | true',
      ["diff", path, later, "--by", "time"],
      { env: { CODE: code } },
    );
    assert.deepEqual([readFileSync(code, "utf8"), stderr], ["3\n", ""]);
  }));
