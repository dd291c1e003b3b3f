import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveFlush } from "./live_flush.ts";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test("LiveFlush flushes what waits while nothing comes, once", async () => {
  let flushes = 0;
  const flush = async () => void flushes++;
  const live = new LiveFlush({ flush }, { flushMs: 20, onFailure: () => assert.fail() });
  await sleep(100);
  assert.equal(flushes, 0);
  assert.equal(live.around(() => undefined), undefined);
  await sleep(200);
  assert.equal(flushes, 1);
  await live.end();
});

test("LiveFlush does one thing at a time", async () => {
  const log: string[] = [];
  let isAmid = false;
  const alone = async (name: string, ms: number) => {
    assert.equal(isAmid, false);
    isAmid = true;
    await sleep(ms);
    isAmid = false;
    log.push(name);
  };
  const flush = () => alone("flush", 30);
  const live = new LiveFlush({ flush }, { flushMs: 10, onFailure: () => assert.fail() });
  for (let i = 0; i < 5; i++) {
    await live.around(() => alone("frame", 5));
    await sleep(i * 5);
  }
  await live.end();
  assert.equal(log.filter((name) => name === "frame").length, 5);
  assert.ok(log.includes("flush"));
});

test("LiveFlush tells of a flush that fails, at once and to whoever writes next", async () => {
  const failures: unknown[] = [];
  const error = new Error("the disk is full");
  const live = new LiveFlush(
    { flush: () => Promise.reject(error) },
    { flushMs: 10, onFailure: (failure) => failures.push(failure) },
  );
  live.around(() => undefined);
  await sleep(100);
  assert.deepEqual(failures, [error]);
  assert.throws(() => live.around(() => undefined), error);
  await assert.rejects(live.end(), error);
});
