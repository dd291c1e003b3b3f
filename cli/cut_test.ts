import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { withBadEnd } from "../lib/recording/altered_message_test_helper.ts";
import { FileSource, MemorySource, RecordingReader } from "../lib/recording.ts";
import { hindcast, inFolder, recordShort, shell } from "./run_cli_test_helper.ts";

const skip = process.platform === "win32" && "this needs a shell";
const SLOW = { timeout: 60_000 };

async function openFile(path: string): Promise<RecordingReader> {
  return await RecordingReader.open(new FileSource(path));
}

test(
  "cut writes a part to a file or to standard output, and says what it left out",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      const span = ["cut", "short.mcap", "--from", "700", "--to", "719"];
      const [all, one, piped, alone] = await Promise.all([
        hindcast([...span, "-o", "all.mcap"], { cwd }),
        hindcast([...span, "-o", "a/one.mcap", "--ids", "0,99", "--events", "none"], { cwd }),
        hindcast([...span, "-o", "-"], { cwd }),
        hindcast(["cut", "short.mcap", "--events", "only", "-o", "events.mcap"], { cwd }),
      ]);
      assert.deepEqual([all.code, one.code, piped.code, alone.code], [0, 0, 0, 0], one.stderr);
      const whole = await openFile(join(cwd, "short.mcap"));
      const part = await openFile(join(cwd, "all.mcap"));
      assert.deepEqual([part.firstFrame, part.lastFrame, part.frameCount], [700, 719, 20]);
      assert.deepEqual(part.schema, whole.schema);
      const events = (await Array.fromAsync(whole.events())).filter(({ frame }) =>
        frame! >= 700 && frame! <= 719
      );
      assert.deepEqual(await Array.fromAsync(part.events()), events);
      let states = 0;
      for await (const snapshot of whole.snapshots({ from: 700, to: 719 })) {
        states += snapshot.count;
      }
      const { size } = new FileSource(join(cwd, "all.mcap"));
      assert.match(
        all.stderr,
        new RegExp(
          `^cut 20 frames, ${states} states, ${events.length} events to all\\.mcap \\(${size} bytes\\) ` +
            `in \\d+\\.\\d s; left out 80 frames, ${87 - events.length} events\\n$`,
        ),
      );
      assert.match(
        one.stderr,
        /^note: no frame has the entities 99 that --ids names\ncut 20 frames, 20 /,
      );
      assert.match(one.stderr, /left out 80 frames, \d+ states of these frames, 87 events\n$/);
      assert.equal((await openFile(join(cwd, "a/one.mcap"))).frameCount, 20);
      const stream = await RecordingReader.open(new MemorySource(piped.bytes));
      assert.equal(stream.frameCount, 20);
      assert.match(
        alone.stderr,
        /^cut 0 frames, 0 states, 87 events to events\.mcap .*left out 100 /,
      );
    }),
);

/** What is refused, with its exit code. */
const REFUSED: readonly [args: readonly string[], code: number, message: RegExp][] = [
  [["short.mcap", "-o", "short.mcap", "--force"], 2, /output short\.mcap is the input as well/],
  [["q.mcap.part", "-o", "q.mcap", "--force"], 2, /q\.mcap\.part is where the output begins/],
  [["short.mcap", "-o", "o.mcap"], 1, /o\.mcap: it is there already; .*--force/],
  [["short.mcap", "-o", "p.mcap", "--kinds", "rock"], 2, /no kind "rock"; it has player/],
  [
    ["damaged.mcap", "--no-damage", "-o", "o.mcap", "--force"],
    1,
    /Cannot read block .*\(damaged\.mcap\)$/,
  ],
  [["damaged.mcap", "--no-damage", "-o", "a/p.mcap"], 1, /Cannot read block .*\(damaged\.mcap\)$/],
];

test(
  "cut refuses in one line what it cannot do, and leaves what was there",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const path = await recordShort(cwd);
      const bytes = readFileSync(path);
      const { blocks } = await openFile(path);
      writeFileSync(join(cwd, "damaged.mcap"), withBadEnd(bytes, blocks.at(-1)!.firstFrame));
      for (const name of ["o.mcap", "q.mcap", "q.mcap.part"]) writeFileSync(join(cwd, name), "old");
      const before = readdirSync(cwd);
      mkdirSync(join(cwd, "a"));
      await Promise.all(REFUSED.map(async ([args, code, message]) => {
        const outcome = await hindcast(["cut", ...args], { cwd });
        assert.equal(outcome.code, code, outcome.stderr);
        assert.match(outcome.stderr, /^hindcast: [^\n]*\n$/);
        assert.match(outcome.stderr.trim(), message);
      }));
      assert.deepEqual(readdirSync(cwd).sort(), [...before, "a"].sort());
      assert.deepEqual(readdirSync(join(cwd, "a")), []);
      for (const name of ["o.mcap", "q.mcap", "q.mcap.part"]) {
        assert.equal(readFileSync(join(cwd, name), "utf8"), "old");
      }
    }),
);

test("cut on a disk that fills leaves what was there, and nothing where nothing was", {
  ...SLOW,
  skip,
}, () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    writeFileSync(join(cwd, "o.mcap"), "precious");
    const limited = (...args: string[]) =>
      shell(`trap '' XFSZ; ulimit -f 1; "$@"`, ["cut", "short.mcap", ...args], { cwd });
    const [there, fresh] = await Promise.all([
      limited("-o", "o.mcap", "--force"),
      limited("-o", "p.mcap"),
    ]);
    for (const { code, stderr } of [there, fresh]) {
      assert.equal(code, 1);
      assert.match(stderr, /^hindcast: Cannot write [op]\.mcap[^\n]*ulimit -f\n$/);
    }
    assert.equal(readFileSync(join(cwd, "o.mcap"), "utf8"), "precious");
    assert.deepEqual(readdirSync(cwd).sort(), ["o.mcap", "short.mcap"]);
  }));
