import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { hindcast, inFolder } from "../../run_cli_test_helper.ts";
import { keep, match } from "./keep_test_helper.ts";
import { contentOf } from "../outputs/recorded_content_test_helper.ts";

const SLOW = { timeout: 120_000 };
const disputed = { ev: "disputed", by: { team: "red" }, hits: 2 };
const framesFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => {
    const f = first + i;
    return `${f} ${f * 100} 1:${f}`;
  });

test(
  "record --keep --dump-on writes what is around an event to OUT-FRAME, and nothing else",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const lines = match(200, { 100: disputed, 120: { ev: "other" } });
      const around = ["--dump-on", "ev=disputed", "--before", "3s", "--after", "500ms"];
      const { code, stderr } = await keep(cwd, lines, ...around);
      assert.equal(code, 0, stderr);
      assert.match(
        stderr,
        /^dumped frames 70 to 105 for ev=disputed at frame 100 to .*match-100\.mcap \(36 frames, 36 states, 1 event, \d+ bytes\)$/m,
      );
      assert.match(stderr, /^kept the newest of 200 frames, wrote 1 dump in /m);
      assert.deepEqual(readdirSync(cwd), ["match-100.mcap"]);
      const { frames, events } = await contentOf(join(cwd, "match-100.mcap"));
      assert.deepEqual(frames, framesFrom(70, 105));
      assert.deepEqual(events, ["disputed@100"]);
    }),
);

test(
  "record --dump-on takes conditions with and, or, dotted keys and values of any type",
  SLOW,
  async () => {
    const cases: readonly [string[], number[]][] = [
      [["ev=disputed,by.team=red"], [5]],
      [["ev=disputed,by.team=blue"], []],
      [["ev=other", "ev=disputed"], [5, 40]],
      [["hits=2"], [5]],
      [["hits=2.0,ev=disputed"], [5]],
      [["live=true"], [40]],
      [["ev=nosuch"], []],
    ];
    for (const [conditions, frames] of cases) {
      await inFolder(async (cwd) => {
        const lines = match(60, { 5: disputed, 40: { ev: "other", live: true } });
        const flags = conditions.flatMap((condition) => ["--dump-on", condition]);
        const { code, stderr } = await keep(cwd, lines, ...flags);
        assert.equal(code, 0, stderr);
        const names = frames.map((frame) => `match-${frame}.mcap`);
        assert.deepEqual(readdirSync(cwd).sort(), names.sort(), conditions.join(" or "));
      });
    }
  },
);

test(
  "record --keep keeps the newest alone, and at least as long as it says",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await keep(
        cwd,
        match(1000, { 900: disputed }),
        "--dump-on",
        "ev=disputed",
      );
      assert.equal(code, 0, stderr);
      const { frames } = await contentOf(join(cwd, "match-900.mcap"));
      // 20 s before the trigger, and what is left of a segment of a second, and one for its removal.
      assert.ok(frames.length >= 201 && frames.length <= 201 + 30, String(frames.length));
      assert.deepEqual(frames, framesFrom(901 - frames.length, 900));
    }),
);

test("record --keep-size bounds what is kept", SLOW, () =>
  inFolder(async (cwd) => {
    const noise = Array.from({ length: 2000 }, (_, f) => ({
      f,
      t: f * 10,
      id: 1,
      x: (f * 7919 * 104_729) % 1_000_003,
    }));
    const lines = [...noise, { f: 1999, ...disputed }];
    const size = ["--keep-size", "4kB", "--dump-on", "ev=disputed"];
    const { code, stderr } = await keep(cwd, lines, ...size);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /; 20 s before it were asked for, --keep-size kept \d+(\.\d)?$/m);
    const { frames } = await contentOf(join(cwd, "match-1999.mcap"));
    assert.ok(frames.length > 50 && frames.length < 1500, String(frames.length));
  }));

test(
  "record --keep writes one dump for the triggers until it is due, and few for a storm",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const lines = match(150, { 50: disputed, 53: disputed, 120: disputed });
      const around = ["--dump-on", "ev=disputed", "--before", "1s", "--after", "500ms"];
      const { stderr } = await keep(cwd, lines, ...around);
      assert.match(stderr, /for ev=disputed at frame 50 and 1 more trigger to/);
      assert.deepEqual(readdirSync(cwd).sort(), ["match-120.mcap", "match-50.mcap"]);
      const { frames, events } = await contentOf(join(cwd, "match-50.mcap"));
      assert.deepEqual(frames, framesFrom(40, 58));
      assert.deepEqual(events, ["disputed@50", "disputed@53"]);
      await inFolder(async (cwd) => {
        const storm = match(
          600,
          Object.fromEntries(Array.from({ length: 600 }, (_, f) => [f, disputed])),
        );
        const { code, stderr } = await keep(cwd, storm, ...around);
        assert.equal(code, 0, stderr);
        const dumps = readdirSync(cwd);
        assert.ok(dumps.length >= 2 && dumps.length <= 60, String(dumps.length));
        const told = [...stderr.matchAll(/^dumped .* at frame \d+(?: and (\d+) more)?/gm)];
        assert.equal(told.reduce((sum, [, count = "0"]) => sum + Number(count) + 1, 0), 600);
        const held = new Set<string>();
        for (const name of dumps) {
          const { frames, events } = await contentOf(join(cwd, name));
          assert.deepEqual(events, frames.map((frame) => `disputed@${frame.split(" ")[0]}`), name);
          for (const event of events) held.add(event);
        }
        assert.equal(held.size, 600);
      });
    }),
);

test(
  "record --keep writes over no dump, and what waits where the input ends",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "match-19.mcap"), "mine");
      const around = ["--dump-on", "ev=disputed", "--after", "5s"];
      const { code, stderr } = await keep(cwd, match(20, { 19: disputed }), ...around);
      assert.equal(code, 0, stderr);
      assert.equal(readFileSync(join(cwd, "match-19.mcap"), "utf8"), "mine");
      assert.deepEqual((await contentOf(join(cwd, "match-19-2.mcap"))).frames, framesFrom(0, 19));
      assert.deepEqual(readdirSync(cwd).sort(), ["match-19-2.mcap", "match-19.mcap"]);
    }),
);

test(
  "record --keep places a trigger by its time, and one whose frame never comes",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const lines = [
        ...match(50, {}),
        { ev: "disputed", t: 4950 },
        { ev: "disputed", f: 3000, why: "ahead" },
        ...match(80, {}).slice(50),
      ];
      const around = ["--dump-on", "ev=disputed", "--before", "1s"];
      const { code, stderr } = await keep(cwd, lines, ...around);
      assert.equal(code, 0, stderr);
      assert.deepEqual(readdirSync(cwd).sort(), ["match-3000.mcap", "match-49.mcap"]);
      const { frames, events } = await contentOf(join(cwd, "match-49.mcap"));
      assert.deepEqual(frames, framesFrom(40, 49));
      assert.deepEqual(events, ["disputed@49"]);
    }),
);

test("record --keep begins anew where a session does", SLOW, () =>
  inFolder(async (cwd) => {
    const lines = [...match(50, { 49: disputed }), ...match(20, { 15: disputed })];
    const split = ["--dump-on", "ev=disputed", "--on-restart", "split"];
    const { code, stderr } = await keep(cwd, lines, ...split);
    assert.equal(code, 0, stderr);
    assert.deepEqual((await contentOf(join(cwd, "match-49.mcap"))).frames, framesFrom(0, 49));
    assert.deepEqual((await contentOf(join(cwd, "match-15.mcap"))).frames, framesFrom(0, 15));
  }));

test(
  "record --keep drops what a recorder left with --force, and refuses a folder of somebody else",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      mkdirSync(join(cwd, "match.keep"));
      writeFileSync(join(cwd, "match.keep", "000003.mcap"), "left");
      const forced = await keep(cwd, match(5, {}), "--force");
      assert.equal(forced.code, 0, forced.stderr);
      assert.deepEqual(readdirSync(cwd), []);
      mkdirSync(join(cwd, "match.keep"));
      writeFileSync(join(cwd, "match.keep", "notes.txt"), "mine");
      const others = await keep(cwd, match(5, {}), "--force");
      assert.equal(others.code, 1);
      assert.match(others.stderr, /"[^"]*" in it is no segment; move it away/);
      assert.deepEqual(readdirSync(join(cwd, "match.keep")), ["notes.txt"]);
    }),
);

test(
  "record --keep tells of a dump that cannot be written, and goes on",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const lines = match(300, { 100: disputed, 200: disputed });
      const limited = ["--dump-on", "ev=disputed", "--before", "1s", "--max-size", "5kB"];
      const { code, stderr } = await keep(cwd, lines, ...limited);
      assert.equal(code, 4);
      assert.match(
        stderr,
        /no dump for ev=disputed at frame 200: it would take the dumps, [\d.]+ kB so far, above the 5 kB of --max-size; recording/,
      );
      assert.match(stderr, /1 dump is not written/);
      assert.deepEqual(readdirSync(cwd), ["match-100.mcap"]);
    }),
);

test("record refuses options of dumps that make no sense", SLOW, () =>
  inFolder(async (cwd) => {
    const cases: readonly [string[], RegExp][] = [
      [["--before", "1s"], /--before is of what --keep keeps; give --keep 10m/],
      [["--after", "0"], /--after is of what --keep/],
      [["--dump-on", "ev=x"], /--dump-on is of what --keep/],
      [["--keep-size", "1GB"], /--keep-size is of what --keep/],
      [["--keep", "1m", "--rotate", "1h"], /--keep records no whole input, which --rotate needs/],
      [["--keep", "1m", "--before", "50s", "--after", "20s"], /--before and --after are longer/],
      [["--keep", "0"], /Expected a time such as 90s/],
      [
        ["--keep", "1m", "--dump-on", "disputed"],
        /Expected what an event has, such as ev=disputed/,
      ],
      [["--keep", "1m", "-o", "-"], /--keep writes files beside -/],
    ];
    for (const [options, message] of cases) {
      const output = options.includes("-o") ? [] : ["-o", "match.mcap"];
      const words = ["record", "-", ...output, ...options];
      const { code, stderr } = await hindcast(words, { cwd, input: "" });
      assert.equal(code, 2, options.join(" "));
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    }
    assert.deepEqual(readdirSync(cwd), []);
  }));

test(
  "record --keep: a dump has all frames and events of its span, whatever the stream",
  SLOW,
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            step: fc.integer({ min: 1, max: 3 }),
            waitMs: fc.integer({ min: 1, max: 1500 }),
            xs: fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 3 }),
            hasEvent: fc.boolean(),
          }),
          { minLength: 2, maxLength: 60 },
        ),
        fc.nat(),
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 0, max: 5000 }),
        async (steps, pick, beforeMs, afterMs) => {
          const at = pick % steps.length;
          const lines: object[] = [];
          const frames: { f: number; t: number; text: string; event: string | undefined }[] = [];
          let [f, t] = [0, 0];
          steps.forEach(({ step, waitMs, xs, hasEvent }, i) => {
            f += step;
            t += waitMs;
            const ev = i === at ? "disputed" : hasEvent ? `e${i}` : undefined;
            if (ev !== undefined) lines.push({ ev, f });
            lines.push({ f, t, entities: xs.map((x, id) => ({ id, x })) });
            const text = `${f} ${t}${xs.map((x, id) => ` ${id}:${x}`).join("")}`;
            frames.push({ f, t, text, event: ev && `${ev}@${f}` });
          });
          const trigger = frames[at]!;
          const inside = frames.filter(({ t }) =>
            t >= trigger.t - beforeMs && t <= trigger.t + afterMs
          );
          await inFolder(async (cwd) => {
            const around = ["--dump-on", "ev=disputed", "--before", `${beforeMs}ms`];
            const { code, stderr } = await keep(cwd, lines, ...around, "--after", `${afterMs}ms`);
            assert.equal(code, 0, stderr);
            const dump = await contentOf(join(cwd, `match-${trigger.f}.mcap`));
            assert.deepEqual(dump.frames, inside.map(({ text }) => text));
            assert.deepEqual(dump.events, inside.flatMap(({ event }) => event ?? []));
          });
        },
      ),
      { numRuns: 60 },
    ),
);
