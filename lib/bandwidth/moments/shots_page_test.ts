import assert from "node:assert/strict";
import { test } from "node:test";
import { inlineJson } from "../../page/html_escape.ts";
import { readShotsPage } from "./shots_page.ts";

/** A page of rewind with so much in it, written by hand. */
function pageOf(value: unknown): string {
  return `<!DOCTYPE html><html><body><p>before</p>
<script type="application/json" id="page">${inlineJson(value)}</script>
<script>main()</script></body></html>`;
}

const SHOT = { index: 1, frame: 682, timeMs: 10788, shooter: 2, game: 0 };
const PAGE = {
  ...{ recording: "a/duel.mcap", shotCount: 5, scrubMs: 300 },
  policies: [{ policy: "none", tp: 3 }, { policy: "ping-13" }],
  shots: [
    { ...SHOT, results: [{ victim: 0, usedMs: 0 }, { victim: null }] },
    { ...SHOT, index: 0, timeMs: 9000, game: null, results: [null, { victim: 7 }] },
  ],
};

test("readShotsPage() tells shots in order of time, with what game and policies say", () => {
  const text = (index: number, names?: Record<string, string>) =>
    readShotsPage(pageOf({ ...PAGE, names }))!.shots.find((shot) => shot.index === index)!.text;
  assert.deepEqual(readShotsPage(pageOf(PAGE)), {
    recording: "a/duel.mcap",
    shots: [
      { index: 0, frame: 682, timeMs: 9000, text: "by 2: game misses; ping-13 hits 7" },
      {
        ...{ index: 1, frame: 682, timeMs: 10788 },
        text: "by 2: game hits 0; none hits 0, ping-13 misses",
      },
    ],
    leftOut: 3,
  });
  assert.equal(
    text(0, { 2: "q8Zk", 7: "</script>" }),
    "by q8Zk: game misses; ping-13 hits </script>",
  );
  const unknown = pageOf({ ...PAGE, shots: [{ ...PAGE.shots[0], game: undefined }] });
  assert.equal(readShotsPage(unknown)!.shots[0]!.text, "by 2: none hits 0, ping-13 misses");
  const someone = pageOf({ ...PAGE, shots: [{ ...PAGE.shots[0], game: "hit", results: [] }] });
  assert.equal(readShotsPage(someone)!.shots[0]!.text, "by 2: game hits");
});

test("readShotsPage() bounds and shows what names hide, and names policies up to six", () => {
  const names = { 2: `\u202e${"x".repeat(500)}` };
  const [shot] = readShotsPage(pageOf({ ...PAGE, names }))!.shots;
  assert.ok(shot!.text.length <= 210 && !shot!.text.includes("\u202e"), shot!.text);
  const policies = Array.from({ length: 9 }, (_, i) => ({ policy: `ms:${i}` }));
  const results = policies.map(() => ({ victim: null }));
  const many = pageOf({ ...PAGE, policies, shots: [{ ...SHOT, results }] });
  assert.match(readShotsPage(many)!.shots[0]!.text, /ms:5 misses, …$/);
});

test("readShotsPage() finds none where there is none", () => {
  const [shot] = PAGE.shots;
  const others = [
    ...["", "<!DOCTYPE html>", `<script type="application/json" id="page">`, "{}"],
    pageOf(PAGE).replace('"recording"', '"recording'),
    ...[null, [], {}, { ...PAGE, shots: 3 }, { ...PAGE, recording: 7 }].map(pageOf),
    ...[{ frame: -1 }, { frame: 2 ** 32 }, { index: 0.5 }, { timeMs: "9" }, { results: {} }].map(
      (wrong) => pageOf({ ...PAGE, shots: [{ ...shot, ...wrong }] }),
    ),
  ];
  for (const html of others) assert.equal(readShotsPage(html), undefined, html);
});

test("readShotsPage() refuses what is longer or holds more than a page, without reading it", () => {
  const holding = (key: string, json: string) =>
    pageOf(PAGE).replace(`"${key}":`, `"${key}":${json},"was":`);
  const [million, deep] = [`[${"{},".repeat(1e6)}{}]`, "[".repeat(1e6)];
  assert.throws(() => readShotsPage(holding("shots", million)), /its shots hold more than 1000000/);
  assert.throws(() => readShotsPage(holding("policies", million)), /its policies hold more than/);
  assert.throws(() => readShotsPage(pageOf(PAGE) + " ".repeat(1 << 24)), /longer than 16777216/);
  assert.equal(readShotsPage(holding("shots", deep)), undefined);
  // Poses may be as many as they are: they are not read.
  const posed = pageOf(PAGE).replace("{", `{"poses":${million},`);
  assert.equal(readShotsPage(posed)!.shots.length, 2);
});

test("readShotsPage() checks and links the first 20,000 shots", () => {
  const shots = Array.from({ length: 20_001 }, (_, index) => ({ ...SHOT, index, results: [] }));
  const found = readShotsPage(pageOf({ ...PAGE, shotCount: 20_001, shots }))!;
  assert.deepEqual([found.shots.length, found.leftOut], [20_000, 1]);
});
