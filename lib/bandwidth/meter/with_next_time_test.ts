import assert from "node:assert/strict";
import { test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { SAME_TIME_MAX, withNextTime } from "./with_next_time.ts";

const layout = new SnapshotLayout({ kinds: [{ name: "ship", fields: [] }] });

function framesAt(timesMs: readonly number[]): Snapshot[] {
  return timesMs.map((timeMs, frame) => Snapshot.of(layout, { frame, timeMs, entities: [] }));
}

async function told(timesMs: readonly number[]): Promise<[number, number | undefined][]> {
  const pairs: [number, number | undefined][] = [];
  for await (const [{ frame }, next] of withNextTime(framesAt(timesMs))) pairs.push([frame, next]);
  return pairs;
}

test("withNextTime() gives every frame the next time that is another one", async () => {
  assert.deepEqual(await told([0, 0, 0, 50, 50.0004, 60]), [
    [0, 50],
    [1, 50],
    [2, 50],
    [3, 60],
    [4, 60],
    [5, undefined],
  ]);
  assert.deepEqual(await told([]), []);
  assert.deepEqual(await told([7]), [[0, undefined]]);
});

test("withNextTime() holds no more than so many frames of one time", async () => {
  let taken = 0;
  function* frames() {
    for (const frame of framesAt(new Array<number>(3 * SAME_TIME_MAX).fill(5))) {
      taken++;
      yield frame;
    }
  }
  let given = 0;
  for await (const [frame, next] of withNextTime(frames())) {
    assert.equal(frame.frame, given++);
    assert.equal(next, undefined);
    assert.ok(taken - given <= SAME_TIME_MAX);
  }
  assert.equal(given, 3 * SAME_TIME_MAX);
});
