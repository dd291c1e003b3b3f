import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import {
  caseFile,
  check,
  recordBothWays,
  recordCase,
  Recorded,
  refusal,
} from "./recorded_test_helper.ts";

const WRAP = "10-frame-restart-and-wrap/wrap16.ndjson";
const RESTART = "10-frame-restart-and-wrap/restart.ndjson";
const WARMUP = "10-frame-restart-and-wrap/warmup.ndjson";

test("record unwraps a counter of 16 bits, and names the option where one seems to wrap", () =>
  inFolder(async (cwd) => {
    assert.match(await refusal(caseFile(WRAP)), /wrap16\.ndjson:3:6: .*--frame-bits 16/);
    const { command } = await check(caseFile(WRAP));
    assert.match(command!, /--frame-bits 16/);
    const recorded = await recordCase(cwd, WRAP, "--frame-bits", "16");
    assert.deepEqual(await recorded.frames(), [[65534, 0], [65535, 50], [65536, 100], [
      65537,
      150,
    ]]);
    assert.deepEqual(await recorded.at(65536), [{ id: 1, kind: "entity", x: 2 }]);
  }));

test("record unwraps a counter of 8 bits over many turns, with frames left out", () => {
  const frames = Array.from({ length: 40 }, (_, i) => 250 + i * 17);
  const lines = frames.map((f, x) => `{"f":${f % 256},"t":${x * 50},"id":"a","x":${x}}`);
  return recordBothWays(lines, ["--frame-bits", "8"], async (recorded) => {
    assert.deepEqual(await recorded.frames(), frames.map((f, x) => [f, x * 50]));
  });
});

test("record begins an unwrapped counter where the first frame stands, and refuses what has more bits", () =>
  inFolder(async (cwd) => {
    const path = join(cwd, "wide.ndjson");
    writeFileSync(path, '{"f":255,"t":0,"id":1,"x":1}\n{"f":256,"t":50,"id":1,"x":1}\n');
    assert.match(await refusal(path, "--frame-bits", "8"), /wide\.ndjson:2:6: .*256/);
  }));

test("record adds an offset to warm-up frames below 0, and names the option", () =>
  inFolder(async (cwd) => {
    assert.match(await refusal(caseFile(WARMUP)), /warmup\.ndjson:1:6: .*--frame-offset/);
    const { command } = await check(caseFile(WARMUP));
    assert.match(command!, /--frame-offset 2\b/);
    const recorded = await recordCase(cwd, WARMUP, "--frame-offset", "2");
    assert.deepEqual(await recorded.frames(), [[0, 0], [1, 50], [2, 100], [3, 150]]);
    assert.deepEqual(await recorded.at(0), [{ id: 1, kind: "entity", x: 0 }]);
  }));

test("record takes an offset below 0 for frames above 2^32", () =>
  recordBothWays(
    ['{"f":5000000000,"t":0,"id":1,"x":1}', '{"f":5000000001,"t":50,"id":1,"x":2}'],
    ["--frame-offset=-5000000000"],
    async (recorded) => {
      assert.deepEqual(await recorded.frames(), [[0, 0], [1, 50]]);
    },
  ));

test("record stops at a restart with the way to split it, and keeps what came before", () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await hindcast(
      ["record", caseFile(RESTART), "-o", "out.mcap"],
      { cwd },
    );
    assert.equal(code, 1);
    assert.match(stderr, /restart\.ndjson:3:6: .*--on-restart split/);
    assert.deepEqual(await new Recorded(join(cwd, "out.mcap"), stderr).frames(), [
      [900, 0],
      [901, 50],
    ]);
    const { command } = await check(caseFile(RESTART));
    assert.match(command!, /--on-restart split/);
  }));

for (const way of ["file", "pipe"] as const) {
  test(`record splits a restart of a ${way} into files, each with its own events`, () =>
    inFolder(async (cwd) => {
      const lines = [
        '{"f":900,"t":0,"id":"a","x":0}',
        '{"f":901,"t":50,"id":"a","x":1}',
        '{"f":901,"ev":"end","score":3}',
        '{"f":0,"t":0,"id":"a","x":2}',
        '{"f":0,"ev":"start"}',
        '{"f":1,"t":50,"id":"b","x":3}',
        '{"f":0,"t":0,"id":"c","x":4.5}',
      ];
      writeFileSync(join(cwd, "in.ndjson"), ndjson(lines));
      const { code, stderr } = await hindcast(
        ["record", way === "file" ? "in.ndjson" : "-", "--on-restart", "split", "-o", "out.mcap"],
        { cwd, input: ndjson(lines) },
      );
      assert.equal(code, 0, stderr);
      const files = readdirSync(cwd).filter((name) => name.endsWith(".mcap")).sort();
      assert.deepEqual(files, ["out-1.mcap", "out-2.mcap", "out-3.mcap"]);
      for (const name of files) assert.ok(stderr.includes(name), stderr);
      const [one, two, three] = files.map((name) => new Recorded(join(cwd, name), stderr));
      assert.deepEqual(await one!.lines(), [
        { f: 900, t: 0, id: "a", kind: "entity", x: 0 },
        { f: 901, t: 50, id: "a", kind: "entity", x: 1 },
        { f: 901, ev: "end", score: 3 },
      ]);
      assert.deepEqual(await two!.lines(), [
        { f: 0, t: 0, id: "a", kind: "entity", x: 2 },
        { f: 0, ev: "start" },
        { f: 1, t: 50, id: "b", kind: "entity", x: 3 },
      ]);
      assert.deepEqual(await three!.lines(), [{ f: 0, t: 0, id: "c", kind: "entity", x: 4.5 }]);
    }));
}

test("record writes OUT alone with --on-restart split while there is one session", () =>
  inFolder(async (cwd) => {
    await recordCase(cwd, "09-lists/grow.ndjson", "--on-restart", "split");
    assert.deepEqual(readdirSync(cwd), ["out.mcap"]);
  }));

test("record splits the restart of the case into two files", () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await hindcast(
      ["record", caseFile(RESTART), "--on-restart", "split", "-o", "out.mcap"],
      { cwd },
    );
    assert.equal(code, 0, stderr);
    const frames = (name: string) => new Recorded(join(cwd, name), stderr).frames();
    assert.deepEqual(await frames("out-1.mcap"), [[900, 0], [901, 50]]);
    assert.deepEqual(await frames("out-2.mcap"), [[0, 0], [1, 50], [2, 100]]);
    assert.ok(!existsSync(join(cwd, "out.mcap")));
  }));

test("record refuses a frame that is 2^31 ahead with its place, and --skip-bad passes over it", () =>
  inFolder(async (cwd) => {
    const lines = [
      '{"f":7,"t":0,"id":1,"x":1}',
      '{"f":4294967295,"t":50,"id":1,"x":2}',
      '{"f":8,"t":50,"id":1,"x":3}',
    ];
    writeFileSync(join(cwd, "in.ndjson"), ndjson(lines));
    assert.match(await refusal(join(cwd, "in.ndjson")), /in\.ndjson:2:6: .*from 7 to 4294967295/);
    const { code, stderr } = await hindcast(
      ["record", "in.ndjson", "--skip-bad", "-o", "out.mcap"],
      { cwd },
    );
    assert.equal(code, 4);
    const recorded = new Recorded(join(cwd, "out.mcap"), stderr);
    assert.deepEqual(await recorded.frames(), [[7, 0], [8, 50]]);
  }));
