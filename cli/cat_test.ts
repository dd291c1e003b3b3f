import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { shortened, withAlteredMessages } from "../lib/recording/altered_message_test_helper.ts";
import {
  hindcast,
  inFolder,
  otherRuntimes,
  recordRows,
  recordShort,
  rowsOf,
  shell,
  SHORT_EVENTS,
  SHORT_STATES,
} from "./run_cli_test_helper.ts";

const OPTIONS = { timeout: 60_000 };
const needsShell = { ...OPTIONS, skip: process.platform === "win32" && "this needs a shell" };

test(
  "cat prints what record read, and record takes it back",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      const { code, stdout, stderr } = await hindcast(["cat", "short.mcap"], { cwd });
      assert.deepEqual([code, stderr], [0, ""]);
      const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
      // States of a frame, then its events.
      const rank = (line: { f: number; ev?: string }) => line.f + (line.ev === undefined ? 0 : 0.5);
      const given = [...rowsOf(SHORT_STATES), ...rowsOf(SHORT_EVENTS)] as { f: number }[];
      assert.deepEqual(lines, given.toSorted((a, b) => rank(a) - rank(b)));
      assert.equal(lines.length, 307);

      await hindcast(["record", "-", "-o", "again.mcap"], { cwd, input: stdout });
      const again = await hindcast(["cat", "again.mcap", "-o", "again.ndjson"], { cwd });
      assert.deepEqual([again.code, again.stderr], [0, "wrote again.ndjson\n"]);
      assert.equal(readFileSync(join(cwd, "again.ndjson"), "utf8"), stdout);

      for (const runtime of otherRuntimes()) {
        const other = await hindcast(["cat", "short.mcap"], { cwd, runtime });
        assert.equal(other.stdout, stdout, runtime.name);
      }
    }),
);

test(
  "cat prints a part as CSV, and says what is not in it",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      const span = ["--from", "700", "--to", "11.1s", "--ids", "2,99"];
      const states = await hindcast(
        ["cat", "short.mcap", "--csv", "--fields", "x,weapon", ...span],
        {
          cwd,
        },
      );
      const rows = rowsOf(SHORT_STATES).filter(({ f, t, id }) =>
        Number(f) >= 700 && Number(t) <= 11100 && id === 2
      );
      assert.ok(rows.length > 0);
      assert.equal(
        states.stdout,
        "f,t,id,kind,x,weapon\r\n" +
          rows.map(({ f, t, id, x, weapon }) => `${f},${t},${id},player,${x},${weapon}\r\n`).join(
            "",
          ),
      );
      const events = rowsOf(SHORT_EVENTS).filter(({ f, t }) =>
        Number(f) >= 700 && Number(t) <= 11100
      );
      assert.equal(states.code, 0);
      assert.equal(
        states.stderr,
        `note: ${events.length} events stand in no table of states; write them to a table of their ` +
          "own by --events only, or leave them out by --events none\n" +
          "note: no frame has the entities 99 that --ids names\n",
      );
      const shots = await hindcast(["cat", "short.mcap", "--csv", "--events", "only"], { cwd });
      assert.equal(shots.stderr, "");
      const [header, first] = shots.stdout.split("\r\n");
      assert.ok(header!.startsWith("f,t,ev,") && header!.endsWith(",data"), header);
      const { f, t, ev } = rowsOf(SHORT_EVENTS)[0]!;
      assert.ok(first!.startsWith(`${f},${t},${ev},`), first);
    }),
);

/** Command lines that are refused before anything is written. */
const REFUSED: readonly [args: readonly string[], message: RegExp][] = [
  [
    [],
    /The kind "entity" has a field "tick", .*; give --frame-key another name, here and to record/,
  ],
  [["--csv", "--frame-key", "f", "--id-key", "hp"], /field "hp", .*; give --id-key another name/],
  [["--frame-key", "id"], /^hindcast: The keys of rows are id, t, id, kind, ev; name a different/],
  [["--frame-key", "f", "-o", "rows.mcap"], /The output rows\.mcap is the recording as well; name/],
  [["--csv", "--parquet", "t.parquet"], /'--parquet <file>' cannot be used with option '--csv'/],
];

test(
  "cat refuses names that would be read as something else, and writes nothing then",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      const rows = [{ f: 0, t: 0, id: 1, tick: 5, hp: 7 }];
      const path = await recordRows(cwd, rows);
      writeFileSync(join(cwd, "old"), "old");
      await Promise.all(REFUSED.map(async ([args, message]) => {
        const key = args.includes("--frame-key") ? [] : ["--frame-key", "tick"];
        const output = args.some((arg) => /^(-o|--parquet)$/.test(arg)) ? [] : ["-o", "old"];
        const outcome = await hindcast(["cat", "rows.mcap", ...key, ...output, ...args], { cwd });
        assert.deepEqual([outcome.code, outcome.stdout], [2, ""]);
        assert.match(outcome.stderr, /^[^\n]*\n$/);
        assert.match(outcome.stderr, message);
      }));
      assert.equal(readFileSync(join(cwd, "old"), "utf8"), "old");
      assert.ok(existsSync(path) && !existsSync(join(cwd, "t.parquet")));
    }),
);

test(
  "cat goes by other keys, and record takes them back by these",
  needsShell,
  () =>
    inFolder(async (cwd) => {
      const keys = ["--frame-key", "frame", "--id-key", "e", "--event-key", "what"];
      const rows = [
        { frame: 0, t: 0, e: 1, kind: "car", f: 1, id: 2, ev: "x" },
        { frame: 0, what: "horn", t: 0, f: 7 },
      ];
      await recordRows(cwd, rows, ...keys);
      const input = { cwd, env: { KEYS: keys.join(" ") } };
      const { stdout } = await shell('"$@" $KEYS', ["cat", "rows.mcap"], input);
      assert.deepEqual(stdout.trimEnd().split("\n").map((line) => JSON.parse(line)), rows);
    }),
);

test(
  "cat ends with the pipe that it writes to, and reads no further",
  needsShell,
  () =>
    inFolder(async (cwd) => {
      // Its last block cannot be decoded, and every CRC is right: whoever reads it says so.
      const frames = Array.from(
        { length: 20_000 },
        (_, f) => ({ f, t: f, id: 1, x: f % 100, y: f }),
      );
      const path = await recordRows(cwd, frames);
      const isLast = ({ sequence }: { readonly sequence: number }) => sequence === 19_000;
      const bytes = withAlteredMessages(
        readFileSync(path),
        (message) => isLast(message) ? shortened(message) : message,
      );
      writeFileSync(path, bytes);
      const all = await hindcast(["cat", path]);
      assert.equal(all.code, 4);
      assert.match(all.stderr, /^hindcast: [^\n]* is damaged: 1000 frames are lost [^\n]*\n$/);
      const script = '{ "$@"; echo $? > code; } | head -n 1';
      const { stdout, stderr } = await shell(script, ["cat", path], { cwd });
      assert.equal(stdout, '{"f":0,"t":0,"id":1,"kind":"entity","x":0,"y":0}\n');
      assert.deepEqual([readFileSync(join(cwd, "code"), "utf8"), stderr], ["0\n", ""]);
    }),
);
