import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { endWithFolder } from "../in_folder_test_helper.ts";
import { commandLine, hindcast, inFolder, shell } from "../run_cli_test_helper.ts";

const skip = process.platform === "win32" && "this needs a shell, signals and links";
const OPTIONS = { skip, timeout: 60_000 };

/** Ten frames are a second, which is a block. */
const line = (f: number) => `{"f":${f},"t":${f * 100},"id":1,"kind":"p","x":${f}}\n`;
const lines = (count: number) => Array.from({ length: count }, (_, f) => line(f)).join("");
const GOOD = lines(200);
/** Its fault shows before ten frames are complete. */
const BAD_EARLY = lines(5) + "no state\n";
const BAD_LATE = lines(200) + "no state\n";

async function framesOf(path: string): Promise<number> {
  const source = new FileSource(path);
  try {
    return (await RecordingReader.open(source)).frameCount;
  } finally {
    source.close();
  }
}

const record = (cwd: string, input: string, ...args: readonly string[]) =>
  hindcast(["record", "-", ...outputOf(args), ...args], { cwd, input });

/** Where it goes unless options say it. */
function outputOf(options: readonly string[]): string[] {
  return options.includes("-o") ? [] : ["-o", "o.mcap"];
}

/** A recorder whose input goes on, and what it said at its end. */
interface Recorder {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

function start(cwd: string, input: string, ...args: readonly string[]): Recorder {
  const [command, ...words] = commandLine("record", "-", ...outputOf(args), ...args);
  const child = spawn(command, words, { cwd });
  endWithFolder(() => child.kill("SIGKILL"));
  child.stdin.on("error", () => {});
  child.stdin.write(input);
  let stderr = "";
  child.stderr.on("data", (bytes) => stderr += bytes);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, ended: ended.then((code) => ({ code, stderr })) };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1500; i++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Waited in vain until ${what}`);
}

const sizeOf = (path: string) => existsSync(path) ? statSync(path).size : 0;

/** Waits until a block is at the recording's place. */
const hasBlock = (cwd: string) =>
  until(() => sizeOf(join(cwd, "o.mcap")) >= 1000, "a block was written");

async function killed(recorder: Recorder): Promise<void> {
  // Deno's own kill() hides the exit code.
  process.kill(recorder.child.pid!, "SIGKILL");
  assert.equal((await recorder.ended).code, null);
}

function assertOneLine(stderr: string, message: RegExp): void {
  assert.match(stderr, message);
  assert.match(stderr, /^hindcast: [^\n]*\n$/);
}

test(
  "record refuses a file that is there before it reads, and names --force",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "o.mcap"), "precious");
      const recorder = start(cwd, "");
      const { code, stderr } = await recorder.ended;
      assert.equal(code, 1);
      assertOneLine(stderr, /Cannot write o\.mcap: it is there already; .*--force/);
      assert.equal(readFileSync(join(cwd, "o.mcap"), "utf8"), "precious");
      assert.deepEqual(readdirSync(cwd), ["o.mcap"]);
    }),
);

test(
  "record makes the folder of its output, and leaves nothing else",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await hindcast(["record", "-", "-o", "a/b/o.mcap"], {
        cwd,
        input: GOOD,
      });
      assert.equal(code, 0, stderr);
      assert.deepEqual(readdirSync(join(cwd, "a/b")), ["o.mcap"]);
      assert.equal(await framesOf(join(cwd, "a/b/o.mcap")), 200);
    }),
);

test(
  "record --force leaves what was there until a block of the new one is whole",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      const path = join(cwd, "o.mcap");
      writeFileSync(path, "precious");
      chmodSync(path, 0o600);
      const early = await record(cwd, BAD_EARLY, "--force");
      assert.equal(early.code, 1);
      assertOneLine(early.stderr, /\(4 frames before it are recorded in o\.mcap\.part\).*--force/);
      assert.equal(readFileSync(path, "utf8"), "precious");
      assert.equal(await framesOf(`${path}.part`), 4);

      const late = await record(cwd, BAD_LATE, "--force");
      assert.equal(late.code, 1);
      assertOneLine(late.stderr, /\(199 frames before it are recorded in o\.mcap\); --force/);
      assert.equal(await framesOf(path), 199);

      const none = await record(cwd, "", "--force");
      assert.equal(none.code, 1);
      assert.equal(await framesOf(path), 199);

      const short = await record(cwd, lines(3), "--force");
      assert.equal(short.code, 0, short.stderr);
      assert.equal(await framesOf(path), 3);
      assert.equal(statSync(path).mode & 0o777, 0o600);
      assert.deepEqual(readdirSync(cwd), ["o.mcap"]);
    }),
);

test(
  "a killed recorder leaves its file, and neither its lock nor its part stops the next",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      const path = join(cwd, "o.mcap");
      const first = start(cwd, GOOD);
      await hasBlock(cwd);
      await killed(first);
      const left = readFileSync(path);
      assertOneLine((await record(cwd, GOOD)).stderr, /o\.mcap: it is there already; .*--force/);
      assert.deepEqual(readFileSync(path), left);

      const second = start(cwd, lines(5), "--force");
      await until(() => sizeOf(`${path}.part`) > 0, "the part was begun");
      assert.deepEqual(readFileSync(path), left);
      await killed(second);
      assert.deepEqual(readFileSync(path), left);
      assert.ok(existsSync(`${path}.hindcast-lock`));

      const third = await record(cwd, GOOD, "--force");
      assert.equal(third.code, 0, third.stderr);
      assert.equal(await framesOf(path), 200);
      assert.deepEqual(readdirSync(cwd), ["o.mcap"]);
    }),
);

test(
  "recorders that come later leave one alone, also when it is stopped",
  OPTIONS,
  () =>
    Promise.all([[], ["--force"]].map((flags) =>
      inFolder(async (cwd) => {
        const path = join(cwd, "o.mcap");
        if (flags.length > 0) writeFileSync(path, "old");
        const first = start(cwd, GOOD, ...flags);
        await hasBlock(cwd);
        process.kill(first.child.pid!, "SIGSTOP");
        const later = await record(cwd, lines(20), "--force");
        process.kill(first.child.pid!, "SIGCONT");
        assert.equal(later.code, 1);
        assertOneLine(later.stderr, /Cannot write o\.mcap: another recorder is writing it; wait/);
        first.child.stdin!.end();
        const { code, stderr } = await first.ended;
        assert.equal(code, 0, stderr);
        assert.match(stderr, /^recorded 200 frames/);
        assert.equal(await framesOf(path), 200);
        assert.deepEqual(readdirSync(cwd), ["o.mcap"]);
      })
    )).then(() => {}),
);

test("of recorders that start at once one records", OPTIONS, () =>
  Promise.all([
    [[], []],
    [["--force"], ["--force"]],
    [[], ["--force"]],
  ].map((flags) =>
    inFolder(async (cwd) => {
      // Where all may replace, there is something to replace.
      if (flags[0]!.length > 0) writeFileSync(join(cwd, "o.mcap"), "old");
      const recorders = flags.map((args, i) => start(cwd, lines(200 + 100 * i), ...args));
      await hasBlock(cwd);
      await until(
        () => recorders.filter(({ child }) => child.exitCode !== null).length === 1,
        "the other ended",
      );
      for (const { child } of recorders) child.stdin!.end();
      const outcomes = await Promise.all(recorders.map(({ ended }) => ended));
      const won = outcomes.findIndex(({ code }) => code === 0);
      assert.match(outcomes[won]!.stderr, new RegExp(`^recorded ${200 + 100 * won} frames`));
      assert.equal(await framesOf(join(cwd, "o.mcap")), 200 + 100 * won);
      for (const { code, stderr } of outcomes.filter((_, i) => i !== won)) {
        assert.equal(code, 1);
        assertOneLine(stderr, /o\.mcap: (another recorder is writing it|it is there already)/);
      }
      assert.deepEqual(readdirSync(cwd), ["o.mcap"]);
    })
  )).then(() => {}));

/** What happens to a file under a recorder, and what it says then. */
const FATES: readonly [name: string, happens: (folder: string) => void, message: RegExp][] = [
  [
    "a folder that is removed",
    (folder) => rmSync(folder, { recursive: true }),
    /was removed or moved/,
  ],
  ["a file that is replaced", (folder) => {
    writeFileSync(join(folder, "other"), "other");
    renameSync(join(folder, "other"), join(folder, "o.mcap"));
  }, /was replaced by another file/],
];

test(
  "record does not call recorded what is not at its place, or not whole",
  OPTIONS,
  () =>
    Promise.all(FATES.map(([name, happens, message]) =>
      inFolder(async (cwd) => {
        const folder = join(cwd, "sub");
        mkdirSync(folder);
        const recorder = start(folder, GOOD, "-o", join(folder, "o.mcap"));
        await hasBlock(folder);
        happens(folder);
        recorder.child.stdin!.end();
        const { code, stderr } = await recorder.ended;
        assert.equal(code, 1, name);
        assertOneLine(stderr, /^hindcast: Cannot keep .*o\.mcap: it was /);
        assertOneLine(stderr, message);
      })
    )).then(() => {}),
);

test("record on a disk that fills says what is left", OPTIONS, () =>
  inFolder(async (cwd) => {
    const path = join(cwd, "o.mcap");
    // Values without order, so that the file grows; a shell counts in units of 512 or 1024 bytes.
    let x = 1;
    const noise = Array.from({ length: 4000 }, (_, f) => {
      x = (x * 48271) % 2147483647;
      return `{"f":${f},"t":${f * 100},"id":1,"kind":"p","x":${x}}\n`;
    });
    writeFileSync(join(cwd, "in"), noise.join(""));
    const limited = (blocks: number, ...args: string[]) =>
      shell(`trap '' XFSZ; ulimit -f ${blocks}; "$@"`, ["record", "in", "-o", "o.mcap", ...args], {
        cwd,
      });
    const cut = await limited(8);
    assert.equal(cut.code, 1);
    const message =
      /Cannot write o\.mcap: .*ulimit.* \((\d+) frames before it are in o\.mcap, which has no end: hindcast (recover o\.mcap -o )FILE saves them\)\n$/;
    assertOneLine(cut.stderr, message);
    const [, frames, command] = message.exec(cut.stderr)!;
    await hindcast(`${command}saved.mcap`.split(" "), { cwd });
    assert.equal(await framesOf(join(cwd, "saved.mcap")), Number(frames));
    rmSync(join(cwd, "saved.mcap"));

    writeFileSync(path, "precious");
    const early = await limited(0, "--force");
    assert.equal(early.code, 1);
    assertOneLine(early.stderr, /Cannot write o\.mcap\.part: .*ulimit/);
    assert.equal(readFileSync(path, "utf8"), "precious");
    assert.deepEqual(readdirSync(cwd).sort(), ["in", "o.mcap"]);
  }));

test(
  "record follows links: the link stays, what it leads to is written",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      mkdirSync(join(cwd, "far"));
      const target = join(cwd, "far/real.mcap");
      symlinkSync("far/real.mcap", join(cwd, "o.mcap"));
      assert.equal((await record(cwd, lines(12))).code, 0);
      assert.equal(await framesOf(target), 12);
      assertOneLine((await record(cwd, GOOD)).stderr, /o\.mcap: it is there already; .*--force/);
      assert.equal((await record(cwd, GOOD, "--force")).code, 0);
      assert.equal(await framesOf(target), 200);
      assert.ok(lstatSync(join(cwd, "o.mcap")).isSymbolicLink());
      assert.deepEqual(readdirSync(join(cwd, "far")), ["real.mcap"]);

      symlinkSync("circle", join(cwd, "circle"));
      const circle = await record(cwd, GOOD, "-o", "circle");
      assert.equal(circle.code, 1);
      assertOneLine(circle.stderr, /Cannot write circle: its links lead in a circle/);
    }),
);

test(
  "record writes pipes, devices and descriptors as they are",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      const path = join(cwd, "out");
      writeFileSync(path, "before ");
      symlinkSync("/dev/null", join(cwd, "null"));
      const scripts = [
        ['"$@" >> out', ["-o", "/dev/stdout"]],
        ['mkfifo pipe; cat pipe > piped & "$@" && wait', ["-o", "pipe"]],
        ['"$@"', ["-o", "null"]],
      ] as const;
      for (const [script, args] of scripts) {
        const { code, stderr } = await shell(
          `printf '${GOOD.replaceAll("\n", "\\n")}' | { ${script}; }`,
          [
            "record",
            "-",
            ...args,
          ],
          { cwd },
        );
        assert.equal(code, 0, stderr);
        assert.match(stderr, /^recorded 200 frames/);
      }
      assert.equal(readFileSync(path).subarray(0, 12).toString("latin1"), "before \x89MCAP");
      assert.equal(await framesOf(join(cwd, "piped")), 200);
      assert.ok(lstatSync(join(cwd, "null")).isSymbolicLink());
      assert.deepEqual(readdirSync(cwd).sort(), ["null", "out", "pipe", "piped"]);
    }),
);

test(
  "record leaves files alone that have the names of its part and its lock",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      for (const name of ["o.mcap", "o.mcap.part"]) writeFileSync(join(cwd, name), `my ${name}`);
      const part = await record(cwd, GOOD, "--force");
      assert.equal(part.code, 1);
      assertOneLine(part.stderr, /Cannot write o\.mcap\.part: .*no recording; move it away/);
      const input = await hindcast(["record", "o.mcap.part", "-o", "o.mcap", "--force"], { cwd });
      assert.equal(input.code, 2);
      assertOneLine(
        input.stderr,
        /The input o\.mcap\.part is where the output begins; name another/,
      );
      writeFileSync(join(cwd, "o.mcap.hindcast-lock"), "my lock");
      const lock = await record(cwd, GOOD, "--force");
      assert.equal(lock.code, 1);
      assertOneLine(
        lock.stderr,
        /Cannot lock o\.mcap\.hindcast-lock: .*no lock of a recording; move it away/,
      );
      for (const name of ["o.mcap", "o.mcap.part"]) {
        assert.equal(readFileSync(join(cwd, name), "utf8"), `my ${name}`);
      }
      assert.equal(readFileSync(join(cwd, "o.mcap.hindcast-lock"), "utf8"), "my lock");
    }),
);
