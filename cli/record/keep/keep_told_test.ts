import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import { keep, match, row } from "./keep_test_helper.ts";
import { contentOf } from "../outputs/recorded_content_test_helper.ts";

const SLOW = { timeout: 120_000 };

test(
  "record --keep says of a dump without its trigger's frame why it is not in it",
  SLOW,
  async () => {
    const at = (f: number) => ({ f, ev: "disputed" });
    const cases: readonly [object[], string[], RegExp][] = [
      [
        [row(0), row(1), { f: 500, t: 25_000, ev: "disputed" }],
        [],
        /never came, the last one is 1$/m,
      ],
      [[at(0), row(5), row(6)], [], /its own frame is before the first one, 5$/m],
    ];
    for (const [lines, flags, message] of cases) {
      await inFolder(async (cwd) => {
        const { code, stderr } = await keep(cwd, lines, "--dump-on", "ev=disputed", ...flags);
        assert.match(stderr, message);
        assert.equal(code, 0, stderr);
        const [file, ...others] = readdirSync(cwd);
        assert.deepEqual(others, []);
        const { frames, events } = await contentOf(join(cwd, file!));
        assert.ok(frames.length > 0);
        assert.equal(events.length, 1);
      });
    }
  },
);

test(
  "record --keep --dump-on takes a late event, whose frame is gone, to be of now, and has it in the dump",
  SLOW,
  async () => {
    const late: readonly (readonly [object, string])[] = [
      [{ f: 10 }, "match-10.mcap"],
      [{ f: 10, t: 1000 }, "match-10.mcap"],
      // The newest that is whole: rows of 999 might follow.
      [{ t: 1000 }, "match-998.mcap"],
    ];
    const spans: readonly (readonly [string[], number, number])[] = [
      [["--before", "1s"], 11, 11],
      [["--before", "1s", "--after", "500ms"], 16, 16],
      // All of 20 s, and what is left of segments of a second.
      [[], 201, 231],
    ];
    for (const [place, name] of late) {
      for (const [flags, framesMin, framesMax] of spans) {
        await inFolder(async (cwd) => {
          const lines = [
            ...match(1000, { 990: { ev: "other" } }),
            { ...place, ev: "disputed" },
            ...(flags.length > 2 ? match(1020, {}).slice(1000) : []),
          ];
          const { code, stderr } = await keep(cwd, lines, "--dump-on", "ev=disputed", ...flags);
          assert.equal(code, 0, stderr);
          assert.deepEqual(readdirSync(cwd), [name]);
          const { frames, events } = await contentOf(join(cwd, name));
          const numbers = frames.map((text) => Number(text.split(" ")[0]));
          assert.ok(numbers.length >= framesMin && numbers.length <= framesMax, String(numbers));
          assert.equal(numbers.at(-1), flags.length > 2 ? 1003 : 998);
          if (!("f" in place)) return;
          assert.deepEqual(events, ["disputed@10", "other@990"]);
          assert.match(stderr, /; its own frame is not kept any more, the oldest kept is \d+$/m);
        });
      }
    }
  },
);

test(
  "record --keep --dump-on takes a late event, whose frame is kept, to be of that frame",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const lines = [...match(1000, {}), { f: 900, ev: "disputed" }];
      const around = ["--dump-on", "ev=disputed", "--before", "1s", "--after", "500ms"];
      const { code, stderr } = await keep(cwd, lines, ...around);
      assert.equal(code, 0, stderr);
      const { frames, events } = await contentOf(join(cwd, "match-900.mcap"));
      assert.deepEqual(frames.map((text) => Number(text.split(" ")[0])), [
        ...Array.from({ length: 16 }, (_, i) => 890 + i),
      ]);
      assert.deepEqual(events, ["disputed@900"]);
    }),
);

test(
  "record --keep calls a dump by the frame at which an event with a time alone stands",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const lines = [row(0), row(1), row(2), { t: 200, ev: "disputed" }, row(3)];
      const { stderr } = await keep(cwd, lines, "--dump-on", "ev=disputed");
      assert.match(stderr, /^dumped frames 0 to 2 for ev=disputed at frame 2 /m);
      assert.deepEqual((await contentOf(join(cwd, "match-2.mcap"))).events, ["disputed@2"]);
    }),
);

test(
  "record --keep leaves what it kept where the recording fails, and says so",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const input = `${ndjson(match(300, {}))}\n{"f":300,"t":\n${ndjson([row(301)])}`;
      const words = ["record", "-", "-o", "match.mcap", "--keep", "20s"];
      const { code, stderr } = await hindcast(words, { cwd, input });
      assert.equal(code, 1, stderr);
      assert.match(
        stderr,
        /what was kept is in match\.keep; hindcast merge match\.keep\/\*\.mcap -o/,
      );
      const names = readdirSync(join(cwd, "match.keep")).sort();
      const paths = names.map((name) => join("match.keep", name));
      const merged = await hindcast(["merge", ...paths, "-o", "saved.mcap"], { cwd });
      assert.equal(merged.code, 0, merged.stderr);
      const { frames } = await contentOf(join(cwd, "saved.mcap"));
      assert.ok(frames.length > 200, String(frames.length));
      assert.equal(
        frames[0]!.split(" ")[0],
        String(Number(frames.at(-1)!.split(" ")[0]) + 1 - frames.length),
      );
    }),
);

test(
  "record --keep-size bounds what is on the disk at any time",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      let seed = 1;
      const noise = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31);
      const lines = Array.from({ length: 7500 }, (_, f) => ({
        f,
        t: f * 20,
        entities: Array.from({ length: 10 }, (_, id) => ({ id, x: noise() })),
      }));
      const folder = join(cwd, "match.keep");
      let most = 0;
      const timer = setInterval(() => {
        if (!existsSync(folder)) return;
        const sizes = readdirSync(folder).map((name) =>
          statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0
        );
        most = Math.max(most, sizes.reduce((sum, size) => sum + size, 0));
      }, 1);
      const size = ["--keep", "10m", "--keep-size", "200kB"];
      const { code, stderr } = await keep(cwd, lines, ...size);
      clearInterval(timer);
      assert.equal(code, 0, stderr);
      assert.ok(most > 150_000 && most <= 200_000, String(most));
    }),
);
