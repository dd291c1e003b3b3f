import assert from "node:assert/strict";
import { test } from "node:test";
import { WORLD_LAYOUT } from "../core/state/random_world_test_helper.ts";
import { parseNetSpec } from "../net/spec/net_text.ts";
import type { PacketLog } from "./packet/packet_log.ts";
import { ReplicationRun } from "./replication_run.ts";
import { NETS, optionsOf, recordWorld } from "./run_lab_test_helper.ts";

/** Runs a world and counts by what the log is told. */
function countOf(net: string, isGeneral: boolean, mtuBytes: number) {
  const told = { datagrams: 0, lost: 0, applied: 0 };
  const nothing = () => {};
  const log: PacketLog = {
    joined: nothing,
    left: nothing,
    sent: (_consumer, packet) => told.datagrams += packet.datagrams,
    lost: () => told.lost++,
    arrived: (_consumer, _packet, _us, outcome) => {
      if (outcome === "applied") told.applied++;
    },
    wrongFor: nothing,
    stale: nothing,
    framed: nothing,
    encoded: nothing,
  };
  const options = optionsOf({ net: parseNetSpec(net), mtuBytes });
  const run = new ReplicationRun(WORLD_LAYOUT, options, log, isGeneral);
  for (const frame of recordWorld(5, 60)) run.step(frame);
  run.finish();
  return { told, down: { ...run.downCounts() }, up: { ...run.upCounts() } };
}

for (const net of NETS) {
  test(`ReplicationRun.downCounts() and upCounts() count what the log is told of ${net}`, () => {
    const { told, down, up } = countOf(net, false, 65_507);
    assert.equal(down.sent, told.datagrams);
    assert.equal(down.lost + down.dropped, told.lost);
    assert.equal(up.sent, net.startsWith("acklag") ? 0 : told.applied);
    const general = countOf(net, true, 65_507);
    for (const key of ["sent", "lost", "dropped"] as const) {
      assert.equal(general.down[key], down[key]);
      assert.equal(general.up[key], up[key]);
    }
    const pieces = countOf(net, false, 64);
    assert.equal(pieces.down.sent, pieces.told.datagrams);
    assert.ok(pieces.down.lost + pieces.down.dropped >= pieces.told.lost);
  });
}
