import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { EntityState } from "../../core/state/state.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import type { NetSpec } from "../../net/spec/net_spec.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import type { RunReport } from "../report/run_report.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";

/** Delays of the packets down in milliseconds, in order; undefined for one that is lost. */
function tracedNet(...delaysMs: readonly (number | undefined)[]): NetSpec {
  const net = parseNetSpec("none");
  const trace = {
    delaysUs: Float64Array.from(delaysMs, (ms) => (ms ?? 0) * 1000),
    lost: Uint8Array.from(delaysMs, (ms) => Number(ms === undefined)),
  };
  return { ...net, down: { ...net.down, trace } };
}

async function measure(
  frames: readonly EntityState[][],
  given: Partial<RunOptions>,
): Promise<RunReport> {
  const snapshots = frames.map((entities, frame) =>
    Snapshot.of(WORLD_LAYOUT, { frame, timeMs: frame * 50, entities })
  );
  const run = { ...RUN_DEFAULTS, consumers: 1, ...given };
  return (await measureBandwidth(WORLD_LAYOUT, snapshots, [run]))[0]!;
}

/** A mover has three fields: two numbers, and an item that it lacks. */
const mover = (id: number, x: number): EntityState => ({ id, kind: "mover", fields: { x, y: 0 } });

describe("BandwidthMeter of packets that are overtaken", () => {
  test("counts as late what comes after a newer one, not what is lost", async () => {
    // Sent every 50 ms, they arrive at 10, 170, 110, never, 360 and 260 ms.
    const net = tracedNet(10, 120, 10, undefined, 160, 10);
    const frames = [0, 1, 2, 3, 4, 5].map((x) => [mover(1, x)]);
    for (const policy of ["strict", "append", "nack"] as const) {
      const { late, discarded, lost, delivered } = await measure(frames, { net, policy });
      assert.deepEqual({ late, discarded, lost, delivered }, {
        ...{ late: 2, discarded: 2, lost: 1, delivered: 5 },
      });
    }
  });

  test("the copy of a packet is no packet of its own", async () => {
    const net = parseNetSpec("delay=50,duplicate=100%");
    const frames = Array.from({ length: 30 }, (_, x) => [mover(1, x)]);
    const { packets, delivered, late, discarded } = await measure(frames, { net });
    assert.deepEqual({ packets, delivered, late, discarded }, {
      ...{ packets: 30, delivered: 30, late: 0, discarded: 0 },
    });
  });

  test("a packet that meets a consumer without a state is not late", async () => {
    const net = tracedNet(undefined, 10, 10);
    const frames = [0, 1, 2].map((x) => [mover(1, x)]);
    const { late, discarded, lost } = await measure(frames, { net, policy: "append" });
    assert.deepEqual({ late, discarded, lost }, { late: 0, discarded: 2, lost: 1 });
  });
});

describe("BandwidthMeter wrongShare", () => {
  const append = { policy: "append" } as const;

  test("is of all fields that were to be seen at the frames that were applied", async () => {
    // The second packet would have brought x = 1: wrong in the third, right in the fourth.
    const frames = [[0, 0], [1, 0], [1, 2], [5, 2]]
      .map(([a, b]) => [mover(1, a!), mover(2, b!)]);
    const net = tracedNet(10, undefined, 10, 10);
    const { divergence } = await measure(frames, { ...append, net });
    assert.equal(divergence.wrongFieldFrames, 1);
    assert.equal(divergence.wrongShare, 0.0555556);
  });

  test("takes a frame for all wrong at which more is seen than there is", async () => {
    // Nobody tells that two of three movers are gone: 6 wrong fields where 3 were to be seen.
    const frames = [[mover(1, 0), mover(2, 0), mover(3, 0)], [mover(1, 0)], [mover(1, 0)]];
    const net = tracedNet(10, undefined, 10);
    const { divergence } = await measure(frames, { ...append, net });
    assert.equal(divergence.wrongFieldFrames, 6);
    assert.equal(divergence.wrongShare, 6 / (9 + 6));
  });

  test("is 1 of a consumer that never has a state, and 0 of one that sees all", async () => {
    const frames = [0, 1, 2].map((x) => [mover(1, x), { id: 5, kind: "mark", fields: {} }]);
    const never = await measure(frames, { ...append, net: tracedNet(undefined, 10, 10) });
    assert.equal(never.divergence.wrongShare, 1);
    // A mark has no field, and counts as one that is not there.
    assert.equal(never.divergence.wrongFieldFrames, 2 * 4);
    for (const policy of ["strict", "append", "nack"] as const) {
      const { divergence } = await measure(frames, { policy, net: tracedNet(10) });
      assert.equal(divergence.wrongShare, 0);
    }
  });
});
