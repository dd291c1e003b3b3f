import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { FileLock } from "./file_lock.ts";
import { inFolder } from "../run_cli_test_helper.ts";

/** Takes and gives back for a second; what it makes while it holds the lock nobody else may. */
const WORKER = `
import { closeSync, openSync, unlinkSync } from "node:fs";
import { FileLock } from ${JSON.stringify(new URL("./file_lock.ts", import.meta.url).href)};
const end = Date.now() + 1000;
let taken = 0;
while (Date.now() < end || taken === 0) {
  const lock = await FileLock.take("a.lock", "a");
  if (lock === undefined) continue;
  closeSync(openSync("held", "wx"));
  unlinkSync("held");
  lock.release();
  taken++;
}
`;

test(
  "FileLock.take() gives a name to one process at a time",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "worker.ts"), WORKER);
      const args = "Deno" in globalThis ? ["run", "-A", "--no-check", "--quiet"] : [];
      const outcomes = await Promise.all([1, 2, 3].map(() =>
        new Promise<[number | null, string]>((resolve) => {
          const child = spawn(process.execPath, [...args, "worker.ts"], { cwd });
          let stderr = "";
          child.stderr.on("data", (bytes) => stderr += bytes);
          child.on("close", (code) => resolve([code, stderr]));
        })
      ));
      assert.deepEqual(outcomes, [[0, ""], [0, ""], [0, ""]]);
      assert.equal(existsSync(join(cwd, "a.lock")), false);
    }),
);

test("FileLock.take() refuses a file that is no lock, and a folder that is not there", () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, "a.lock"), "mine");
    const taken = (name: string) => FileLock.take(join(cwd, name), "a");
    await assert.rejects(taken("a.lock"), /Cannot lock .*a\.lock: it is there and is no lock/);
    await assert.rejects(taken("none/a.lock"), /Cannot write a: there is no such file or folder/);
    const lock = await taken("b.lock");
    lock!.release();
    const again = await taken("b.lock");
    again!.release();
    assert.equal(existsSync(join(cwd, "b.lock")), false);
  }));
