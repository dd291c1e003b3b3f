import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import { connectTcp, startRecorder } from "../listen/recorder_test_helper.ts";
import { keep, match } from "./keep_test_helper.ts";
import { moveLeftSegments } from "./left_segments.ts";

const SLOW = { timeout: 60_000 };

/** A recording of ten frames, as long as a segment. */
async function recording(cwd: string): Promise<Uint8Array> {
  const input = ndjson(match(10, {}));
  assert.equal((await hindcast(["record", "-", "-o", "a.mcap"], { cwd, input })).code, 0);
  const bytes = readFileSync(join(cwd, "a.mcap"));
  rmSync(join(cwd, "a.mcap"));
  return bytes;
}

/** Makes a folder of files. */
function fill(folder: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

test(
  "moveLeftSegments() moves what was left to the next number, byte for byte",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const bytes = await recording(cwd);
      const folder = join(cwd, "m.keep");
      fill(join(cwd, "m.keep-9"), { "000001.mcap": bytes });
      fill(folder, { "000003.mcap": bytes, "000004.mcap": bytes });
      const told = await moveLeftSegments(folder, 1e9);
      assert.ok(told?.includes(`had 2 segments of a recorder that was killed or failed`), told);
      assert.ok(
        told?.includes(`hindcast merge ${folder}-10/*.mcap -o FILE makes a recording`),
        told,
      );
      assert.deepEqual(readdirSync(cwd).sort(), ["m.keep-10", "m.keep-9"]);
      assert.deepEqual(readdirSync(`${folder}-10`).sort(), ["000003.mcap", "000004.mcap"]);
      assert.deepEqual(readFileSync(join(`${folder}-10`, "000004.mcap")), bytes);
    }),
);

test(
  "moveLeftSegments() leaves out the newest where nothing is in it, which merge refuses",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const bytes = await recording(cwd);
      for (const nothing of [new Uint8Array(), bytes.subarray(0, 5), bytes.subarray(0, 300)]) {
        const folder = join(cwd, "m.keep");
        fill(folder, { "000001.mcap": bytes, "000002.mcap": nothing });
        const told = await moveLeftSegments(folder, 1e9);
        assert.match(told!, /had 1 segment of .*hindcast recover .*000001\.mcap -o FILE makes/);
        assert.deepEqual(readdirSync(`${folder}-1`), ["000001.mcap"]);
        rmSync(`${folder}-1`, { recursive: true });
        fill(folder, { "000001.mcap": nothing });
        assert.equal(await moveLeftSegments(folder, 1e9), undefined);
        assert.deepEqual(readdirSync(cwd), ["m.keep"]);
        rmSync(folder, { recursive: true });
      }
    }),
);

test(
  "moveLeftSegments() holds no more than it may, the newest always, and nothing of others",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const bytes = await recording(cwd);
      const folder = join(cwd, "m.keep");
      for (const number of [1, 2, 3]) {
        fill(`${folder}-${number}`, { "000001.mcap": bytes });
      }
      fill(`${folder}-4`, { "000001.mcap": bytes, "notes.txt": "mine" });
      fill(`${folder}-old`, { "000001.mcap": bytes });
      fill(folder, { "000001.mcap": bytes });
      const told = await moveLeftSegments(folder, 2 * statSync(join(folder, "000001.mcap")).size);
      assert.match(told!, /m\.keep-1, .*m\.keep-2 are removed, as no more than .* are held$/);
      assert.deepEqual(readdirSync(cwd).sort(), ["m.keep-3", "m.keep-4", "m.keep-5", "m.keep-old"]);
      fill(folder, { "000001.mcap": bytes });
      await moveLeftSegments(folder, 1);
      assert.deepEqual(readdirSync(cwd).sort(), ["m.keep-4", "m.keep-6", "m.keep-old"]);
    }),
);

test(
  "record --keep refuses the segments of an output with another extension that is recorded",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const flags = ["--listen", "tcp://127.0.0.1:0", "--keep", "1m"];
      const recorder = await startRecorder(cwd, [...flags, "-o", "match.bin"]);
      const { socket } = await connectTcp(recorder.ports.get("tcp")!);
      socket.write(ndjson(match(30, {})));
      while (!existsSync(join(cwd, "match.keep", "000001.mcap"))) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const { code, stderr } = await keep(cwd, match(5, {}));
      assert.equal(code, 1);
      assert.match(stderr, /match\.keep: another recorder is writing it/);
      assert.equal(await recorder.stop(), 0, recorder.said());
    }),
);

test(
  "record --keep removes locks and parts of dumps that a killed one left, no others",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const own = ["match-7.mcap", "match-7-2.mcap", "match-0.mcap.part"];
      const others = ["match-x.mcap", "other-7.mcap", "match-8.bin"];
      for (const name of [...own, ...others]) writeFileSync(join(cwd, `${name}.hindcast-lock`), "");
      writeFileSync(join(cwd, "match-0.mcap.part"), "\x89MCAP0\r\n", "latin1");
      writeFileSync(join(cwd, "match-9.mcap.hindcast-lock"), "not empty");
      const { code, stderr } = await keep(cwd, match(5, {}));
      assert.equal(code, 0, stderr);
      assert.deepEqual(
        readdirSync(cwd).sort(),
        [...others.map((name) => `${name}.hindcast-lock`), "match-9.mcap.hindcast-lock"].sort(),
      );
    }),
);
