import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { hindcast, inFolder, ndjson } from "../run_cli_test_helper.ts";

const SLOW = { timeout: 60_000 };
const row = (f: number, t: number, x: number, id = 1) => ({ f, t, id, x });
const RESTART = [row(900, 0, 0), row(901, 50, 1), row(0, 0, 2), row(1, 50, 3), row(2, 100, 4)];
const SPLIT = ["--on-restart", "split"];

/** Frames as `frame:x`, and events as `name@frame`, of a recording. */
async function contentOf(path: string): Promise<string[]> {
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source);
    const content: string[] = [];
    for await (const snapshot of reader.snapshots()) {
      const { frame, entities } = snapshot.toFrame();
      content.push(`${frame}:${entities.map(({ fields }) => fields["x"]).join()}`);
    }
    for await (const { name, frame } of reader.events("frame")) content.push(`${name}@${frame}`);
    return content;
  } finally {
    source.close();
  }
}

test(
  "record --on-restart split writes OUT-1 and OUT-2 from files, pipes, gzip and frames",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const input = ndjson(RESTART);
      const frames = ndjson(RESTART.map(({ f, t, id, x }) => ({ f, t, entities: [{ id, x }] })));
      writeFileSync(join(cwd, "in"), input);
      writeFileSync(join(cwd, "in.gz"), gzipSync(input));
      writeFileSync(join(cwd, "frames"), frames);
      const schema = { kinds: [{ name: "entity", fields: [{ name: "x", type: "u8" }] }] };
      writeFileSync(join(cwd, "schema.json"), JSON.stringify(schema));
      const ways: readonly string[][] = [
        ["in"],
        ["-"],
        ["in.gz"],
        ["frames"],
        ["in", "--skip-bad"],
        ["in", "--preview"],
        ["in", "--sparse"],
        ["in", "--schema", "schema.json"],
      ];
      for (const way of ways) {
        const { code, stderr } = await hindcast(
          ["record", ...way, ...SPLIT, "-o", "out.mcap", "--force"],
          { cwd, input },
        );
        assert.equal(code, 0, stderr);
        assert.match(
          stderr,
          /^recorded 2 sessions to out-1.mcap \(2 frames, 2 states, \d+ bytes\), out-2.mcap \(3 frames, 3 states, \d+ bytes\) in /,
        );
        assert.deepEqual(await contentOf(join(cwd, "out-1.mcap")), ["900:0", "901:1"]);
        assert.deepEqual(await contentOf(join(cwd, "out-2.mcap")), ["0:2", "1:3", "2:4"]);
        const left = readdirSync(cwd).filter((name) => name.startsWith("out"));
        assert.deepEqual(left.sort(), ["out-1.mcap", "out-2.mcap"]);
      }
    }),
);

test(
  "record --on-restart split writes OUT where there is one session",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const record = ["record", "-", ...SPLIT, "-o", "out.mcap"];
      const { code, stderr } = await hindcast(record, { cwd, input: ndjson(RESTART.slice(2)) });
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^recorded 3 frames, 3 states to out.mcap \(/);
      assert.deepEqual(readdirSync(cwd), ["out.mcap"]);
    }),
);

test(
  "record stops at a frame that goes back, and names --on-restart",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const run = (rows: readonly object[]) =>
        hindcast(["record", "-", "-o", "out.mcap", "--force"], { cwd, input: ndjson(rows) });
      const { code, stderr } = await run(RESTART);
      assert.equal(code, 1);
      assert.match(stderr, /:3:6: the frame goes backwards, from 901 to 0; .*--on-restart split/);
      assert.match(stderr, /2 frames before it are recorded in out.mcap/);
      const wrap = await run([row(65_535, 0, 0), row(0, 50, 1)]);
      assert.match(wrap.stderr, /--frame-bits 16/);
    }),
);

test(
  "record --on-restart split replaces no file unasked, and reads none that it writes",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const run = (...options: string[]) =>
        hindcast(["record", "-", ...SPLIT, "-o", "out.mcap", ...options], {
          cwd,
          input: ndjson(RESTART),
        });
      const taken = [["out-1.mcap", "out-2.mcap", "out-3.mcap"], [
        "out-2.mcap",
        "out-1.mcap",
        "out-3.mcap",
      ]] as const;
      for (const [name, ...written] of taken) {
        await inFolder(async (cwd) => {
          writeFileSync(join(cwd, name), "mine");
          const { code, stderr } = await hindcast(["record", "-", ...SPLIT, "-o", "out.mcap"], {
            cwd,
            input: ndjson(RESTART),
          });
          assert.equal(code, 0, stderr);
          assert.equal(readFileSync(join(cwd, name), "utf8"), "mine");
          assert.deepEqual(await contentOf(join(cwd, written[0])), ["900:0", "901:1"]);
          assert.ok(existsSync(join(cwd, written[1])));
          assert.ok(!existsSync(join(cwd, "out.mcap")));
        });
      }
      assert.equal((await run()).code, 0);
      writeFileSync(join(cwd, "in-2.mcap"), ndjson(RESTART));
      const { code, stderr } = await hindcast(
        ["record", "in-2.mcap", ...SPLIT, "-o", "in.mcap", "--force"],
        { cwd },
      );
      assert.equal(code, 1);
      assert.match(stderr, /Cannot write in-2.mcap: it is read as an input/);
      assert.equal(readFileSync(join(cwd, "in-2.mcap"), "utf8"), ndjson(RESTART));
    }),
);

test(
  "record --on-restart split writes beside what a link leads to",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      symlinkSync("real.mcap", join(cwd, "link.mcap"));
      const { code, stderr } = await hindcast(["record", "-", ...SPLIT, "-o", "link.mcap"], {
        cwd,
        input: ndjson(RESTART),
      });
      assert.equal(code, 0, stderr);
      assert.ok(existsSync(join(cwd, "real-1.mcap")) && existsSync(join(cwd, "real-2.mcap")));
    }),
);

test("record --on-restart split refuses a second session on standard output", SLOW, async () => {
  const { code, stderr } = await hindcast(["record", "-", ...SPLIT, "-o", "-"], {
    input: ndjson(RESTART),
  });
  assert.equal(code, 1);
  assert.match(stderr, /Cannot write the next session to -: .*name a file as the output/);
});

test(
  "record --on-restart split says what is recorded when a later session fails",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await hindcast(["record", "-", ...SPLIT, "-o", "out.mcap"], {
        cwd,
        input: ndjson([...RESTART, "{"]),
      });
      assert.equal(code, 1);
      assert.match(stderr, /\(\d frames? before it (is|are) recorded in out-2.mcap\).*out-1.mcap/);
    }),
);

/** Records states with events in a file or on standard input. */
async function withEvents(
  cwd: string,
  states: readonly object[],
  events: readonly object[],
  ...options: string[]
) {
  writeFileSync(join(cwd, "states"), ndjson(states));
  writeFileSync(join(cwd, "events"), ndjson(events));
  const record = ["record", "states", "-o", "out.mcap", "--force", ...options];
  return {
    file: () => hindcast([...record, "--events", "events"], { cwd }),
    pipe: () => hindcast([...record, "--events", "-"], { cwd, input: ndjson(events) }),
  };
}

test(
  "record --on-restart split gives each session its events, by their order or their times",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const byFrame = [
        { f: 901, ev: "b" },
        { f: 900, ev: "a" },
        { f: 905, ev: "late" },
        { f: 2, ev: "d" },
        { f: 0, ev: "c" },
      ];
      const timed = [{ t: 1_010, ev: "a" }, { t: 2_060, ev: "d" }, { t: 1_000, ev: "first" }];
      const epoch = RESTART.map((state, i) => ({ ...state, t: (i < 2 ? 1_000 : 2_000) + state.t }));
      const expected: readonly [object[], object[], string[], string[]][] = [
        [RESTART, byFrame, ["a@900", "b@901", "late@905"], ["c@0", "d@2"]],
        [epoch, timed, ["first@undefined", "a@undefined"], ["d@undefined"]],
      ];
      for (const [states, events, first, second] of expected) {
        const run = await withEvents(cwd, states, events, ...SPLIT);
        const { code, stderr } = await run.file();
        assert.equal(code, 0, stderr);
        assert.doesNotMatch(stderr, /note/);
        assert.deepEqual((await contentOf(join(cwd, "out-1.mcap"))).slice(2), first);
        assert.deepEqual((await contentOf(join(cwd, "out-2.mcap"))).slice(3), second);
      }
    }),
);

test(
  "record --on-restart split notes events whose session is not sure",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const run = await withEvents(cwd, RESTART, [{ f: 1, ev: "a" }], ...SPLIT);
      const { code, stderr } = await run.file();
      assert.equal(code, 0, stderr);
      assert.match(
        stderr,
        /^note: the states have 2 sessions, and by their order the events 1: .*--event-window/m,
      );
    }),
);

test(
  "record puts the events of a file and of a pipe in the order of their frames",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const states = [row(0, 0, 0), row(1, 50, 1), row(2, 100, 2)];
      const events = [{ f: 2, ev: "b" }, { f: 1, ev: "a" }, { t: 0, ev: "zero" }];
      const run = await withEvents(cwd, states, events);
      for (const way of [run.file, run.pipe]) {
        const { code, stderr } = await way();
        assert.equal(code, 0, stderr);
        assert.match(stderr, /^recorded 3 frames, 3 states, 3 events to out.mcap/);
        const content = await contentOf(join(cwd, "out.mcap"));
        assert.deepEqual(content.slice(3), ["zero@undefined", "a@1", "b@2"]);
      }
      const source = new FileSource(join(cwd, "out.mcap"));
      await run.file();
      const reader = await RecordingReader.open(new FileSource(join(cwd, "out.mcap")));
      const written = await Array.fromAsync(reader.events());
      assert.deepEqual(written.map(({ name }) => name), ["zero", "a", "b"]);
      source.close();
    }),
);

test(
  "record --frame-bits unwraps the frames of events, and keeps how frames were counted",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const states = [row(254, 0, 0), row(255, 50, 1), row(0, 100, 2), row(1, 150, 3)];
      const events = [{ f: 255, ev: "a" }, { f: 1, ev: "c" }, { f: 0, t: 100, ev: "b" }];
      const run = await withEvents(cwd, states, events, "--frame-bits", "8", "--frame-offset", "1");
      for (const way of [run.file, run.pipe]) {
        const { code, stderr } = await way();
        assert.equal(code, 0, stderr);
        assert.deepEqual(await contentOf(join(cwd, "out.mcap")), [
          ...["255:0", "256:1", "257:2", "258:3"],
          ...["a@256", "b@257", "c@258"],
        ]);
      }
      const source = new FileSource(join(cwd, "out.mcap"));
      const reader = await RecordingReader.open(source);
      const facts = reader.source;
      assert.deepEqual([...facts], [["record.frameBits", "8"], ["record.frameOffset", "1"]]);
      source.close();
    }),
);

test(
  "record --on-restart split records 60 sessions, whose line names some",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const rows = Array.from({ length: 60 }, (_, i) => [row(100, 0, i), row(101, 20, i)]).flat();
      const { code, stderr } = await hindcast(["record", "-", ...SPLIT, "-o", "out.mcap"], {
        cwd,
        input: ndjson(rows),
      });
      assert.equal(code, 0, stderr);
      assert.match(stderr, /recorded 60 sessions to out-1.mcap .*, … 40 more …, out-60.mcap \(/);
      assert.equal(readdirSync(cwd).length, 60);
      assert.deepEqual(await contentOf(join(cwd, "out-37.mcap")), ["100:36", "101:36"]);
    }),
);

test(
  "record --on-restart split keeps the events of a session whose first frame is cut",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const rows = [...RESTART.slice(0, 2), row(0, 0, 2), { ev: "start" }, "{"];
      const { code, stderr } = await hindcast(["record", "-", ...SPLIT, "-o", "out.mcap"], {
        cwd,
        input: ndjson(rows),
      });
      assert.equal(code, 1, stderr);
      assert.deepEqual(await contentOf(join(cwd, "out-1.mcap")), ["900:0", "901:1"]);
      assert.ok((await contentOf(join(cwd, "out-2.mcap"))).includes("start@0"));
    }),
);
