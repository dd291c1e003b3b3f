import assert from "node:assert/strict";
import { test } from "node:test";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { parseNetSpec } from "../net/spec/net_text.ts";
import { ConsumerViews } from "./consumer_views.ts";
import type { RunOptions } from "./run_options.ts";

const LAYOUT = new SnapshotLayout({
  kinds: [{ name: "ball", fields: [{ name: "x", type: "f32" }] }],
});

function snapshotAt(frame: number): Snapshot {
  const entities = [{ id: 7, kind: "ball", fields: { x: frame } }];
  return Snapshot.of(LAYOUT, { frame, timeMs: frame * 20, entities });
}

function runOver(net: string, change: Partial<RunOptions> = {}): RunOptions {
  return {
    policy: "strict",
    codec: "varint",
    net: parseNetSpec(net),
    consumers: 2,
    sendEveryFrames: 1,
    mtuBytes: 1200,
    historyFrames: 64,
    seed: 3,
    ...change,
  };
}

test("ConsumerViews tells what each consumer holds, when it comes to hold it", () => {
  const told: [consumer: number, arrivalUs: number, frame: number, x: unknown][] = [];
  const views = new ConsumerViews(LAYOUT, runOver("delay=30"), (consumer, arrivalUs, held) => {
    told.push([consumer, arrivalUs, held.frame, held.entity(0).fields.x]);
  });
  for (let frame = 0; frame < 4; frame++) views.step(snapshotAt(frame));
  // 30 ms on the way: by 60 ms the frames of 0 and 20 ms are there.
  assert.deepEqual(told.filter(([consumer]) => consumer === 1), [
    [1, 30_000, 0, 0],
    [1, 50_000, 1, 1],
  ]);
  views.finish();
  assert.deepEqual(told.map(([, , frame]) => frame).sort(), [0, 0, 1, 1, 2, 2, 3, 3]);
  assert.equal(views.fault, undefined);
});

test("ConsumerViews.commandUs() is the up link's delay, whatever it loses or queues", () => {
  const net = "delay.up=30,delay.down=90,jitter.up=5,loss.up=90%,rate.up=1,duplicate.up=50%";
  const draw = () => {
    const views = new ConsumerViews(LAYOUT, runOver(net), () => {});
    return Array.from({ length: 50 }, (_, i) => views.commandUs(i % 2));
  };
  const delays = draw();
  assert.ok(delays.every((us) => us >= 25_000 && us <= 35_000));
  assert.ok(new Set(delays).size > 10);
  assert.deepEqual(draw(), delays);
});

test("ConsumerViews: commands do not change what the run draws", () => {
  const arrivals = (withCommands: boolean) => {
    const told: number[] = [];
    const options = runOver("delay=30,jitter=9,loss=20%");
    const views = new ConsumerViews(LAYOUT, options, (_, arrivalUs) => told.push(arrivalUs));
    for (let frame = 0; frame < 60; frame++) {
      if (withCommands) views.commandUs(frame % 2);
      views.step(snapshotAt(frame));
    }
    return told;
  };
  assert.deepEqual(arrivals(true), arrivals(false));
});

test("ConsumerViews tells of a recording before time 0 what it tells of one from 0 on", () => {
  const told = (startMs: number) => {
    const all: unknown[] = [];
    const options = runOver("delay=30,jitter=20,loss=10%,rate=20,queue=4");
    const views = new ConsumerViews(LAYOUT, options, (consumer, arrivalUs, held) => {
      all.push([consumer, arrivalUs - startMs * 1000, held.entity(0).fields.x]);
    });
    for (let frame = 0; frame < 60; frame++) {
      const snapshot = snapshotAt(frame);
      snapshot.timeMs += startMs;
      views.step(snapshot);
    }
    views.finish();
    return all;
  };
  assert.ok(told(0).length > 40);
  for (const startMs of [-700, -5000]) assert.deepEqual(told(startMs), told(0));
});
