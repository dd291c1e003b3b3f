import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { refuseUnhandled } from "../unhandled_test_helper.ts";
import { Recorder } from "./recorder.ts";

const folder = mkdtempSync(join(tmpdir(), "hindcast-lost-"));
after(() => rmSync(folder, { recursive: true }));

refuseUnhandled();

const frameOf = (frame: number) => ({ frame, timeMs: frame * 10, entities: [] });

/** What happens to a file, and what is said of it. */
const FATES: readonly [string, (path: string) => void, RegExp][] = [
  ["removed", (path) => unlinkSync(path), /it was removed or moved, itself or its folder, while/],
  [
    "moved",
    (path) => renameSync(path, `${path}.old`),
    /it was removed or moved, itself or its folder, while/,
  ],
  ["removed with its folder", (path) => rmSync(join(path, ".."), { recursive: true }), /removed/],
  ["replaced", (path) => {
    writeFileSync(`${path}.new`, "");
    renameSync(`${path}.new`, path);
  }, /it was replaced by another file while/],
];

/** What is only seen when nothing more is written. */
const LATE_FATES: readonly [string, (path: string) => void, RegExp][] = [
  ["cut", (path) => truncateSync(path, 10), /it was cut or written to by another program while/],
  ["written to", (path) => appendFileSync(path, "mine"), /it was cut or written to by another/],
];

function placeOf(name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name, "match.mcap");
}

async function opened(path: string, flushMs: number, existing?: "replace") {
  const told: Error[] = [];
  const onFailure = (error: Error) => void told.push(error);
  const recorder = await Recorder.open(path, { flushMs, onFailure, existing } as object);
  recorder.write(frameOf(0));
  return { recorder, told };
}

describe("Recorder of a file", () => {
  for (const [fate, act, expected] of FATES) {
    test(`that is ${fate} tells it by its timer, and ends`, async () => {
      const path = placeOf(`${fate} by timer`);
      const { recorder, told } = await opened(path, 10);
      await recorder.flush();
      act(path);
      recorder.write(frameOf(1));
      while (told.length === 0) await sleep(5);
      assert.match(told[0]!.message, expected);
      assert.match(told[0]!.message, /open a new recorder/);
      assert.ok(told[0]!.message.includes(path));
      assert.equal(recorder.failure, told[0]);
      recorder.write(frameOf(2));
      await assert.rejects(recorder.flush(), told[0]);
      await assert.rejects(recorder.close(), told[0]);
      const { recorded, dropped } = recorder;
      assert.equal(recorded.frames + dropped.frames, 3);
      assert.equal(told.length, 1);
    });
  }

  for (const [fate, act, expected] of [...FATES, ...LATE_FATES]) {
    test(`that is ${fate} tells it at the end`, async () => {
      const path = placeOf(`${fate} at the end`);
      writeFileSync(path, "what was there before");
      const { recorder, told } = await opened(path, 3_600_000, "replace");
      await recorder.flush();
      act(path);
      recorder.write(frameOf(1));
      await assert.rejects(recorder.close(), expected);
      await sleep(0);
      assert.deepEqual(told, [recorder.failure]);
    });
  }

  test("that stays is looked for where it was opened, wherever the process goes", async () => {
    const before = process.cwd();
    placeOf("relative");
    process.chdir(join(folder, "relative"));
    try {
      const { recorder } = await opened("match.mcap", 3_600_000);
      process.chdir(folder);
      await recorder.flush();
      assert.equal((await recorder.close()).frames, 1);
    } finally {
      process.chdir(before);
    }
  });
});
