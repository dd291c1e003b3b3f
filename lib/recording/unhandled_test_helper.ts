import assert from "node:assert/strict";
import process from "node:process";
import { afterEach, beforeEach } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

/** Lets each test of a file fail that leaves a rejection which nobody handles. */
export function refuseUnhandled(): void {
  const unhandled: unknown[] = [];
  const keep = (error: unknown) => void unhandled.push(error);
  beforeEach(() => void process.on("unhandledRejection", keep));
  afterEach(async () => {
    await sleep(5);
    process.off("unhandledRejection", keep);
    assert.deepEqual(unhandled.splice(0), []);
  });
}
