import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { hindcast, inFolder, ndjson, otherRuntimes } from "../../run_cli_test_helper.ts";
import { contentOf, filesOf } from "./recorded_content_test_helper.ts";

const SLOW = { timeout: 120_000 };
const row = (f: number, t: number, x: number, id = 1) => ({ f, t, id, x });
/** Ten frames a second, from frame 100 on. */
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(100 + i, i * 100, i));

async function record(cwd: string, input: string, ...options: readonly string[]) {
  return await hindcast(["record", "-", "-o", "out.mcap", ...options], { cwd, input });
}

test(
  "record --rotate begins the next file where the time is over",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await record(cwd, ndjson(rows(25)), "--rotate", "1s");
      assert.equal(code, 0, stderr);
      assert.match(
        stderr,
        /^recorded 3 files to out-1\.mcap \(10 frames, 10 states, \d+ bytes\), out-2\.mcap \(10 frames, .*out-3\.mcap \(5 frames, /m,
      );
      assert.deepEqual(readdirSync(cwd).sort(), ["out-1.mcap", "out-2.mcap", "out-3.mcap"]);
      const second = await contentOf(join(cwd, "out-2.mcap"));
      assert.deepEqual(second.frames.slice(0, 2), ["110 1000 1:10", "111 1100 1:11"]);
    }),
);

test("record --rotate writes OUT where one file is enough", SLOW, () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await record(cwd, ndjson(rows(5)), "--rotate", "1h,1GB");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^recorded 5 frames, 5 states to out\.mcap/m);
    assert.deepEqual(readdirSync(cwd), ["out.mcap"]);
  }));

test(
  "record --rotate by size begins the next file before this one would be larger, with its index",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      // Texts and numbers without a pattern, so that a frame takes some hundred bytes.
      const noise = (id: number, i: number) => (i * 7919 * 104_729 + id * 31_337) % 65_521;
      const lines = Array.from({ length: 600 }, (_, i) => [
        ...(i % 3 === 0 ? [{ ev: "shot", f: i, at: noise(7, i), by: `p${noise(3, i)}` }] : []),
        {
          f: i,
          t: i * 100,
          entities: Array.from({ length: 10 }, (_, id) => ({
            id,
            x: noise(id, i),
            name: `n${noise(id, i)}`,
          })),
        },
      ]).flat();
      writeFileSync(join(cwd, "in"), ndjson(lines));
      const input = readFileSync(join(cwd, "in"));
      for (const [out, from] of [["out", "in"], ["again", "in"], ["pipe", "-"]] as const) {
        const words = ["record", from, "-o", `${out}.mcap`, "--rotate", "30kB"];
        const { code, stderr } = await hindcast(words, { cwd, input });
        assert.equal(code, 0, stderr);
        const files = filesOf(cwd, out);
        assert.ok(files.length > 2 && files.length < 20, String(files.length));
        for (const [i, name] of files.entries()) {
          const bytes = readFileSync(join(cwd, name));
          assert.ok(bytes.length <= 30_000, `${name}: ${bytes.length}`);
          if (i < files.length - 1) assert.ok(bytes.length > 20_000, `${name}: ${bytes.length}`);
          if (out === "again") {
            assert.deepEqual(bytes, readFileSync(join(cwd, name.replace("again", "out"))));
          }
        }
        const parts = [];
        for (const name of files) parts.push(await contentOf(join(cwd, name)));
        const frames = parts.flatMap(({ frames }) => frames.map((text) => text.split(" ")[0]));
        assert.deepEqual(frames, Array.from({ length: 600 }, (_, i) => String(i)));
        assert.equal(parts.flatMap(({ events }) => events).length, 200);
      }
    }),
);

test(
  "record --rotate by a size that no frame has room in writes a frame a file",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await record(cwd, ndjson(rows(5)), "--rotate", "100B");
      assert.equal(code, 0, stderr);
      const counts = [];
      for (const name of filesOf(cwd, "out")) {
        counts.push((await contentOf(join(cwd, name))).frames.length);
      }
      assert.deepEqual(counts, [1, 1, 1, 1, 1]);
    }),
);

test(
  "record --rotate writes an event into the file of its frame, and a late one into the file at hand",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const event = (ev: string, place: object) => ({ ev, ...place });
      const input = [
        event("early", { t: -5 }),
        ...rows(10),
        event("last", { f: 109 }),
        event("by-time", { t: 950 }),
        event("first", { f: 110 }),
        event("at", { t: 1000 }),
        ...rows(20).slice(10),
        event("late", { f: 103 }),
      ];
      const { code, stderr } = await record(cwd, ndjson(input), "--rotate", "1s");
      assert.equal(code, 0, stderr);
      const [one, two] = await Promise.all(
        ["out-1.mcap", "out-2.mcap"].map((name) => contentOf(join(cwd, name))),
      );
      assert.deepEqual(one!.events, ["early@100", "last@109", "by-time@109"]);
      assert.deepEqual(two!.events, ["late@103", "first@110", "at@110"]);
    }),
);

test(
  "record --rotate goes on with the numbers of --on-restart split",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const input = [...rows(15), row(0, 0, 7), row(1, 100, 8)];
      const split = ["--rotate", "1s", "--on-restart", "split"];
      const { code, stderr } = await record(cwd, ndjson(input), ...split);
      assert.equal(code, 0, stderr);
      const frames = [];
      for (const name of filesOf(cwd, "out")) {
        frames.push((await contentOf(join(cwd, name))).frames.length);
      }
      assert.deepEqual(frames, [10, 5, 2]);
    }),
);

test(
  "record --rotate of sparse input begins each file with the full state",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const input = [row(0, 0, 5, 1), row(0, 0, 6, 2), row(3, 300, 9, 2), row(25, 2500, 8, 2)];
      const { code, stderr } = await record(cwd, ndjson(input), "--rotate", "1s", "--sparse");
      assert.equal(code, 0, stderr);
      const { frames } = await contentOf(join(cwd, "out-2.mcap"));
      assert.equal(frames[0], "10 1000 1:5 2:9");
      assert.equal(frames.length, 10);
    }),
);

test(
  "record --rotate refuses at once what is in the way of a later file",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "out-3.mcap"), "mine");
      const refused = await record(cwd, ndjson(rows(5)), "--rotate", "1s");
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /out-3\.mcap is there already.*--force/);
      assert.deepEqual(readdirSync(cwd), ["out-3.mcap"]);
      writeFileSync(join(cwd, "out-x.mcap"), "mine");
      const forced = await record(cwd, ndjson(rows(25)), "--rotate", "1s", "--force");
      assert.equal(forced.code, 0, forced.stderr);
      assert.equal(readFileSync(join(cwd, "out-x.mcap"), "utf8"), "mine");
    }),
);

test(
  "record --rotate refuses what is no time and no size, and standard output",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const bad = ["", "1", "1x", "0s", "-1s", "1s,2s", "1GB,1MB", "1M", "1h|1GB", "1e3s", "0.1B"];
      for (const when of bad) {
        const { code, stderr } = await record(cwd, "", "--rotate", when);
        assert.equal(code, 2, when);
        assert.match(stderr, /a time such as 90s, 10m, 1h or 1h30m, a size such as 500MB/, when);
      }
      const out = ["record", "-", "-o", "-", "--rotate", "1s"];
      const { code, stderr } = await hindcast(out, { cwd, input: "" });
      assert.equal(code, 2);
      assert.match(stderr, /--rotate writes several files, and - takes one/);
    }),
);

test("record --rotate writes the same files on all runtimes", SLOW, () =>
  inFolder(async (cwd) => {
    const input = ndjson(rows(25));
    const here = await record(cwd, input, "--rotate", "1s");
    assert.equal(here.code, 0, here.stderr);
    for (const runtime of otherRuntimes()) {
      await inFolder(async (folder) => {
        const { code, stderr } = await hindcast(
          ["record", "-", "-o", "out.mcap", "--rotate", "1s"],
          { cwd: folder, input, runtime },
        );
        assert.equal(code, 0, stderr);
        const ours = filesOf(cwd, "out");
        assert.deepEqual(filesOf(folder, "out"), ours);
        for (const name of ours) {
          const theirs = await contentOf(join(folder, name));
          assert.deepEqual(theirs, await contentOf(join(cwd, name)));
        }
      });
    }
  }));

/** Frames with gaps, entities that come and go, and events by frame and time. */
const streams = fc.array(
  fc.record({
    step: fc.integer({ min: 1, max: 4 }),
    waitMs: fc.integer({ min: 1, max: 900 }),
    xs: fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 3 }),
    event: fc.option(fc.record({
      by: fc.constantFrom("frame", "time"),
      back: fc.integer({ min: -2, max: 3 }),
    })),
  }),
  { minLength: 1, maxLength: 40 },
);

test(
  "record --rotate: all files one after another are the recording without it",
  SLOW,
  () =>
    fc.assert(
      fc.asyncProperty(
        streams,
        fc.constantFrom("50ms", "700ms", "2s", "1B", "900B", "1500B,3s"),
        fc.boolean(),
        async (steps, when, isPipe) => {
          const lines: object[] = [];
          let [f, t] = [0, 0];
          steps.forEach(({ step, waitMs, xs, event }, i) => {
            f += step;
            t += waitMs;
            lines.push({ f, t, entities: xs.map((x, id) => ({ id, x })) });
            if (event === null) return;
            const place = event.by === "frame" ? { f: Math.max(0, f - event.back) } : { t };
            lines.push({ ev: `e${i}`, ...place });
          });
          await inFolder(async (cwd) => {
            const input = ndjson(lines);
            writeFileSync(join(cwd, "in"), input);
            const from = isPipe ? "-" : "in";
            const whole = await hindcast(["record", from, "-o", "whole.mcap"], { cwd, input });
            assert.equal(whole.code, 0, whole.stderr);
            const rotated = ["record", from, "-o", "out.mcap", "--rotate", when];
            const { code, stderr } = await hindcast(rotated, { cwd, input });
            assert.equal(code, 0, stderr);
            const parts = [];
            for (const name of filesOf(cwd, "out")) parts.push(await contentOf(join(cwd, name)));
            const expected = await contentOf(join(cwd, "whole.mcap"));
            assert.deepEqual(parts.flatMap(({ frames }) => frames), expected.frames);
            // A late event stands in a later file, at its own frame. One that names only its time
            // stands near it where it waits for more than 5 s, which no rotated file lets it.
            const near = new Set(
              steps.flatMap(({ event }, i) => event?.by === "time" ? [`e${i}`] : []),
            );
            const placed = (events: readonly string[]) =>
              events.map((event) => {
                const name = event.split("@")[0]!;
                return near.has(name) ? name : event;
              }).sort();
            assert.deepEqual(
              placed(parts.flatMap(({ events }) => events)),
              placed(expected.events),
            );
          });
        },
      ),
      { numRuns: 60 },
    ),
);
