import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { withBadEnd } from "../lib/recording/altered_message_test_helper.ts";
import {
  copyPart,
  FileSink,
  FileSource,
  MemorySource,
  RecordingPart,
  RecordingReader,
  type Selection,
} from "../lib/recording.ts";
import {
  hindcast,
  inFolder,
  ndjson,
  recordShort,
  shell,
  SHORT_EVENTS,
  testdata,
} from "./run_cli_test_helper.ts";

const SLOW = { timeout: 60_000 };
const skip = process.platform === "win32" && "this needs a shell";

async function openFile(path: string): Promise<RecordingReader> {
  return await RecordingReader.open(new FileSource(path));
}

/** Writes a part of a recording beside it. */
async function cutHere(reader: RecordingReader, path: string, selection: Selection): Promise<void> {
  const sink = new FileSink(path);
  await copyPart(RecordingPart.of(reader, selection), sink, { level: 1 });
  sink.close();
}

/** The short recording as it is, and its halves, as `a.mcap` and `b.mcap`. */
async function halves(cwd: string): Promise<RecordingReader> {
  const whole = await openFile(await recordShort(cwd));
  await cutHere(whole, join(cwd, "a.mcap"), { to: 739 });
  await cutHere(whole, join(cwd, "b.mcap"), { from: 740 });
  return whole;
}

/** Frames and events of a recording. */
async function contentOf(reader: RecordingReader): Promise<unknown> {
  const frames = await Array.fromAsync(reader.snapshots(), (snapshot) => snapshot.toFrame());
  return { frames, events: await Array.fromAsync(reader.events("frame")) };
}

test(
  "merge makes two halves whole, in a file and on standard output",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const whole = await halves(cwd);
      writeFileSync(join(cwd, "o.mcap"), "old");
      const [file, piped] = await Promise.all([
        hindcast(["merge", "a.mcap", "b.mcap", "-o", "o.mcap", "--force"], { cwd }),
        hindcast(["merge", "b.mcap", "a.mcap", "-o", "-"], { cwd }),
      ]);
      assert.equal(file.code, 0, file.stderr);
      assert.equal(piped.code, 0, piped.stderr);
      assert.match(
        file.stderr,
        /^merged 2 recordings: 100 frames, 220 states, 87 events to o\.mcap \(\d+ bytes\) in \d+\.\d s\n$/,
      );
      const expected = await contentOf(whole);
      assert.deepEqual(await contentOf(await openFile(join(cwd, "o.mcap"))), expected);
      const stream = await RecordingReader.open(new MemorySource(piped.bytes));
      assert.deepEqual(await contentOf(stream), expected);
    }),
);

test(
  "merge --events gives what record --events does, and counts lines that it skips",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const whole = await openFile(await recordShort(cwd));
      await cutHere(whole, join(cwd, "states.mcap"), { events: "none" });
      const lines = readFileSync(testdata(SHORT_EVENTS), "utf8").split("\n").slice(0, -1);
      const more = lines.map((line) => {
        const { f, t, ev, ...rest } = JSON.parse(line);
        return { at: f, s: t / 1000, what: ev, ...rest };
      });
      writeFileSync(join(cwd, "bad.ndjson"), ndjson([...more.slice(0, 40), "no event"]));
      const keys = [
        "--frame-key",
        "at",
        "--time-key",
        "s",
        "--event-key",
        "what",
        "--time-unit",
        "s",
      ];
      const merge = ["merge", "states.mcap", "--events", testdata(SHORT_EVENTS), "-o"];
      const [same, bad, stopped] = await Promise.all([
        hindcast([...merge, "same.mcap"], { cwd }),
        hindcast(
          ["merge", "states.mcap", "--events", "bad.ndjson", "--events", "-", ...keys, "--skip-bad"]
            .concat("-o", "bad.mcap"),
          { cwd, input: ndjson(more.slice(40)) },
        ),
        hindcast(["merge", "states.mcap", "--events", "bad.ndjson", ...keys, "-o", "no.mcap"], {
          cwd,
        }),
      ]);
      assert.equal(same.code, 0, same.stderr);
      assert.deepEqual(
        await contentOf(await openFile(join(cwd, "same.mcap"))),
        await contentOf(whole),
      );
      assert.equal(bad.code, 4, bad.stderr);
      assert.match(bad.stderr, /1 bad line skipped \(line 41\), all others are recorded\n$/);
      const events = await Array.fromAsync((await openFile(join(cwd, "bad.mcap"))).events("frame"));
      assert.deepEqual(
        events.map(({ frame, timeMs, name }) => [frame, timeMs, name]).sort(),
        [
          ...(await Array.fromAsync(whole.events("frame"))).map(({ frame, timeMs, name }) => [
            frame,
            timeMs,
            name,
          ]),
        ].sort(),
      );
      assert.equal(stopped.code, 1);
      assert.match(stopped.stderr, /^hindcast: Cannot read bad\.ndjson:41[^\n]*\n$/);
      assert.ok(!readdirSync(cwd).includes("no.mcap"));
    }),
);

test("merge moves by --after and by offsets", SLOW, () =>
  inFolder(async (cwd) => {
    await halves(cwd);
    const merge = (...args: string[]) => hindcast(["merge", "b.mcap", "a.mcap", ...args], { cwd });
    const [after, offset] = await Promise.all([
      merge("--after", "-o", "after.mcap"),
      merge("--frame-offset", "110", "--time-offset", "1600.5", "-o", "offset.mcap"),
    ]);
    assert.equal(after.code, 0, after.stderr);
    assert.equal(offset.code, 0, offset.stderr);
    const a = await openFile(join(cwd, "a.mcap"));
    const moved = await openFile(join(cwd, "offset.mcap"));
    assert.deepEqual([moved.firstFrame, moved.lastFrame, moved.missingFrames], [740, 849, 10]);
    const first = await a.at(690);
    const there = await moved.at(800);
    assert.ok(first.found && there.found);
    assert.equal(there.state.timeMs, first.state.timeMs + 1600.5);
    const behind = await openFile(join(cwd, "after.mcap"));
    assert.deepEqual([behind.firstFrame, behind.lastFrame, behind.frameCount], [740, 839, 100]);
  }));

/** What is refused, with its exit code. */
const REFUSED: readonly [args: readonly string[], code: number, message: RegExp][] = [
  [["a.mcap", "b.mcap", "-o", "b.mcap", "--force"], 2, /output b\.mcap is the input as well/],
  [
    ["a.mcap", "b.mcap", "--after", "--time-offset", "-1", "-o", "p"],
    2,
    /'--after' cannot be used/,
  ],
  [["a.mcap", "b.mcap", "--frame-offset", "1.5", "-o", "p"], 2, /Expected an integer from -429/],
  [
    ["a.mcap", "b.mcap", "--frame-offset", "-20", "-o", "o.mcap", "--force"],
    1,
    /entity \d \("player"\) is in both a\.mcap and b\.mcap at frame 720; cut one .* --ids first$/,
  ],
  [
    ["b.mcap", "a.mcap", "--frame-offset", "100", "-o", "p.mcap"],
    1,
    /the time goes back from .* in b\.mcap to .* in a\.mcap at frame 790; .*--after, .*--time-offset$/,
  ],
  [["a.mcap", "damaged.mcap", "--no-damage", "-o", "q.mcap"], 1, /block .*\(damaged\.mcap\)$/],
];

test(
  "merge refuses in one line what it cannot do, and leaves what was there",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      await halves(cwd);
      const bytes = readFileSync(join(cwd, "b.mcap"));
      const { blocks } = await openFile(join(cwd, "b.mcap"));
      writeFileSync(join(cwd, "damaged.mcap"), withBadEnd(bytes, blocks.at(-1)!.firstFrame));
      writeFileSync(join(cwd, "o.mcap"), "old");
      const before = readdirSync(cwd).sort();
      await Promise.all(REFUSED.map(async ([args, code, message]) => {
        const outcome = await hindcast(["merge", ...args], { cwd });
        assert.equal(outcome.code, code, outcome.stderr);
        assert.match(outcome.stderr, /^hindcast: [^\n]*\n$/);
        assert.match(outcome.stderr.trim(), message);
      }));
      assert.equal(readFileSync(join(cwd, "o.mcap"), "utf8"), "old");
      assert.deepEqual(readdirSync(cwd).sort(), before);
    }),
);

test("merge that is stopped leaves nothing, and what was there as it was", {
  ...SLOW,
  skip,
}, () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    writeFileSync(join(cwd, "o.mcap"), "precious");
    const stop = (output: string) =>
      shell(
        `"$@" & until [ -s ${output}.part ]; do sleep 0.05; done; kill -TERM $!; wait $!`,
        ["merge", "short.mcap", "--events", `${output}.pipe`, "-o", output, "--force"],
        { cwd },
      );
    for (const name of ["o.mcap", "p.mcap"]) await shell(`mkfifo ${name}.pipe`, [], { cwd });
    const outcomes = await Promise.all([stop("o.mcap"), stop("p.mcap")]);
    for (const { code, stderr } of outcomes) {
      assert.equal(code, 128 + 15, stderr);
      assert.match(stderr, /^hindcast: stopped by SIGTERM; nothing is written to [op]\.mcap\n/);
    }
    assert.equal(readFileSync(join(cwd, "o.mcap"), "utf8"), "precious");
    const left = ["o.mcap", "o.mcap.pipe", "p.mcap.pipe", "short.mcap"];
    assert.deepEqual(readdirSync(cwd).sort(), left);
  }));
