import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pageDataOf } from "../../lib/page_data_test_helper.ts";
import type { PageShots } from "../../lib/report.ts";
import { hindcast, inFolder, recordShort } from "../run_cli_test_helper.ts";

/** What a report's page links. */
function shotsIn(path: string): PageShots {
  return pageDataOf(readFileSync(path, "utf8"))["shots"] as PageShots;
}

/** A page of rewind with one shot at a frame of the short duel, or at another. */
function shotsPage(recording: string, frame = 690): string {
  const shot = {
    index: 61,
    frame,
    timeMs: 10_900,
    shooter: 2,
    game: 0,
    results: [{ victim: null }],
  };
  const page = { recording, shotCount: 1, policies: [{ policy: "none" }], shots: [shot] };
  return `<script type="application/json" id="page">${JSON.stringify(page)}</script>`;
}

const REPORT = ["report", "short.mcap", "--figures", "cost", "--html"];

test(
  "report --shots-page links the shots of a page, relative to its own",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      mkdirSync(join(cwd, "shots & rays"));
      writeFileSync(join(cwd, "shots & rays", "s#1.html"), shotsPage("elsewhere/short.mcap"));
      const page = join("shots & rays", "s#1.html");
      const to = async (html: string) => {
        const { code, stderr } = await hindcast([...REPORT, html, "--shots-page", page], { cwd });
        assert.deepEqual([code, stderr], [0, `wrote ${html}\n`]);
        return shotsIn(join(cwd, html));
      };
      assert.deepEqual(await to("r.html"), {
        href: "shots%20%26%20rays/s%231.html",
        from: "../r.html",
        shots: [{
          ...{ index: 61, frame: 690, timeMs: 10_900 },
          text: "by 2: game hits 0; none misses",
        }],
      });
      mkdirSync(join(cwd, "out"));
      const { from, href } = await to(join("out", "r.html"));
      assert.deepEqual([href, from], ["../shots%20%26%20rays/s%231.html", "../out/r.html"]);

      const { code, stdout } = await hindcast([...REPORT, "-", "--shots-page", page], { cwd });
      assert.equal(code, 0);
      writeFileSync(join(cwd, "printed.html"), stdout);
      const printed = shotsIn(join(cwd, "printed.html"));
      assert.deepEqual([printed.href, printed.from], ["shots%20%26%20rays/s%231.html", undefined]);
    }),
);

test("report --shots-page says what does not fit, and links frames of a page to come", {
  timeout: 60_000,
}, () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    const run = (...args: readonly string[]) => hindcast([...REPORT, "r.html", ...args], { cwd });
    const missing = await run("--shots-page", "s.html");
    assert.equal(missing.code, 0);
    assert.match(
      missing.stderr,
      /^note: s\.html is not there yet: .*`hindcast rewind short\.mcap --html s\.html`.*\n/,
    );
    assert.deepEqual(shotsIn(join(cwd, "r.html")), {
      ...{ href: "s.html", from: "r.html", shots: [], byFrame: true },
    });

    writeFileSync(join(cwd, "s.html"), shotsPage("other.mcap"));
    const { code, stderr } = await run("--shots-page", "s.html");
    assert.deepEqual([code, stderr.split("\n")[0]], [
      0,
      "note: s.html was made from other.mcap, this report from short.mcap",
    ]);
    writeFileSync(join(cwd, "s.html"), shotsPage("other.mcap", 7));
    assert.match(
      (await run("--shots-page", "s.html")).stderr,
      /^note: s\.html is of another recording \(other\.mcap\): 1 of its 1 shots are left out/,
    );
    const { leftOut, shots } = shotsIn(join(cwd, "r.html"));
    assert.deepEqual([shots, leftOut], [[], 1]);
  }));

test("report --shots-page refuses what is no page of rewind, and to go without --html", {
  timeout: 60_000,
}, () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    writeFileSync(join(cwd, "notes.html"), "<!DOCTYPE html><p>notes");
    mkdirSync(join(cwd, "folder.html"));
    writeFileSync(join(cwd, "long.html"), " ".repeat((1 << 24) + 1));
    const many = `{"shots":[${"{},".repeat(1e6)}{}]}`;
    writeFileSync(
      join(cwd, "many.html"),
      shotsPage("short.mcap").replace(/\{.*\}/, () => many),
    );
    const html = ["--html", "r.html"];
    for (
      const [args, code, message] of [
        [
          ["--shots-page", "notes.html", ...html],
          1,
          /notes\.html: it is no page of hindcast rewind/,
        ],
        [["--shots-page", "folder.html", ...html], 1, /it is a directory/],
        ...["", "-", ".", ".html", "x.txt", "http://evil/a.html", "javascript:alert(1)//.html"].map(
          (
            page,
          ) => [["--shots-page", page, ...html], 2, /^hindcast: --shots-page is /] as const,
        ),
        [["--shots-page", "nowhere/x.html", ...html], 2, /no folder nowhere/],
        [["--shots-page", "./r.html", ...html], 2, /\.\/r\.html is the page of --html itself/],
        [
          ["--shots-page", "c.html", ...html, "--csv", "./c.html"],
          2,
          /\.\/c\.html is the page of --shots-page as well/,
        ],
        [[...html, "--csv", "./r.html"], 2, /Two outputs go to \.\/r\.html/],
        [["--shots-page", "long.html", ...html], 1, /more than 16777216 bytes/],
        [["--shots-page", "many.html", ...html], 1, /its shots hold more than 1000000 values/],
        [["--shots-page", "r.html"], 2, /--shots-page goes with --html/],
        [
          ["--shots-page", "notes.html", "--html", "notes.html"],
          2,
          /notes\.html is the page of --html itself/,
        ],
        [["--shots-page", "notes.html", ...html, "--frame", "690"], 2, /--frame/],
      ] as const
    ) {
      const refused = await hindcast(["report", "short.mcap", ...args], { cwd });
      assert.equal(refused.code, code, `${args}: ${refused.stderr}`);
      assert.match(refused.stderr, message);
      assert.equal(refused.stderr.trimEnd().split("\n").length, 1);
    }
  }));

test(
  "report --shots-page leaves out shots outside of the recording, and counts those off their frame",
  {
    timeout: 60_000,
  },
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      const run = async (timeMs: number) => {
        const page = shotsPage("short.mcap").replace("10900", String(timeMs));
        writeFileSync(join(cwd, "s.html"), page);
        const { stderr } = await hindcast([...REPORT, "r.html", "--shots-page", "s.html"], { cwd });
        return [shotsIn(join(cwd, "r.html")).shots.length, stderr.split("\n")[0]!] as const;
      };
      assert.deepEqual(await run(10_900), [1, "wrote r.html"]);
      const [many, off] = await run(11_950);
      assert.equal(many, 1);
      assert.match(
        off,
        /^note: 1 of the 1 shots that s\.html has in short\.mcap are more than 1000 ms/,
      );
      for (const far of [1e308, -1e308, 0]) {
        const [none, note] = await run(far);
        assert.equal(none, 0);
        assert.match(note, /1 of its 1 shots are left out, at frames or times that short\.mcap/);
      }
    }),
);

test(
  "report --shots-page prints a command that a shell takes",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      renameSync(join(cwd, "short.mcap"), join(cwd, "a&b.mcap"));
      const args = ["report", "a&b.mcap", "--figures", "cost", "--html", "r.html"];
      const { stderr } = await hindcast([...args, "--shots-page", "it's.html"], { cwd });
      const [, command] = /`hindcast ([^`]*)`/.exec(stderr)!;
      assert.equal(command, String.raw`rewind 'a&b.mcap' --html 'it'\''s.html'`);
    }),
);
