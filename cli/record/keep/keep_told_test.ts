import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
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
    const cases: readonly [object[], string[], number, RegExp][] = [
      [
        [row(0), row(1), { f: 500, t: 25_000, ev: "disputed" }],
        [],
        0,
        /never came, the last one is 1$/m,
      ],
      [[at(0), row(5), row(6)], [], 0, /its own frame is before the first one, 5$/m],
      [
        [...match(1000, {}), at(10)],
        ["--before", "1s"],
        0,
        /its own frame is not kept any more, the oldest kept is \d+$/m,
      ],
      [
        [...match(1000, {}), { ...at(10), t: 1000 }],
        ["--before", "1s"],
        4,
        /^hindcast: no dump for ev=disputed at frame 10: no frame of it is kept \(its own frame is not kept any more, the oldest kept is \d+\)/m,
      ],
    ];
    for (const [lines, flags, expected, message] of cases) {
      await inFolder(async (cwd) => {
        const { code, stderr } = await keep(cwd, lines, "--dump-on", "ev=disputed", ...flags);
        assert.match(stderr, message);
        assert.equal(code, expected, stderr);
        const files = readdirSync(cwd);
        assert.equal(files.length, expected === 0 ? 1 : 0);
        if (files[0] === undefined) return;
        const { frames, events } = await contentOf(join(cwd, files[0]));
        assert.ok(frames.length > 0);
        assert.equal(events.length, flags.length === 0 ? 1 : 0);
      });
    }
  },
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
