import assert from "node:assert/strict";
import { RandomWorld, WORLD_LAYOUT } from "../core/random_world_test.ts";
import { Receiver } from "../core/receiver.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { SnapshotCodec } from "../core/snapshot_codec.ts";
import { parseNetSpec } from "../net/net_text.ts";
import { describeState, emptyTally, type Tally } from "./naive_lab_test.ts";
import { ReplicationRun } from "./replication_run.ts";
import type { RunOptions } from "./run_options.ts";

/** Networks that lose, delay, overtake, copy, queue, or none of it. */
export const NETS = [
  "none",
  "acklag=6",
  "delay=50,jitter=10,loss=5%",
  "delay=20,jitter=60,loss=10%,duplicate=20%,reorder=5%",
  "delay=80,loss=25%,burst=3,loss.up=40%",
  "delay=30,rate=60,queue=3",
];

/** Frames about 16 ms apart, some missing. */
export function recordWorld(seed: number, count: number, firstFrame = 0): Snapshot[] {
  const world = new RandomWorld(seed);
  let frame = firstFrame;
  let timeMs = 1000;
  return Array.from({ length: count }, (_, i) => {
    const snapshot = world.step(frame);
    snapshot.timeMs = timeMs;
    const skipped = i % 37 === 36 ? 3 : 0;
    frame = (frame + 1 + skipped) >>> 0;
    timeMs += (13 + ((i * 7 + seed) % 10)) * (1 + skipped);
    return snapshot;
  });
}

/** Options of a run; what is not given is a default. */
export function optionsOf(given: Partial<RunOptions> = {}): RunOptions {
  return {
    policy: "strict",
    codec: "varint",
    net: parseNetSpec("none"),
    consumers: 3,
    sendEveryFrames: 1,
    mtuBytes: 1200,
    historyFrames: 64,
    seed: 1,
    ...given,
  };
}

/**
 * Runs the lab and counts what its log says. A real receiver per consumer gets every packet that the
 * lab delivers, and must do with it and hold after it what the lab says.
 */
export function runLab(
  frames: readonly Snapshot[],
  options: RunOptions,
  onApplied?: (consumer: number, frame: number, state: Snapshot) => void,
): { tally: Tally; run: ReplicationRun; staleness: number[] } {
  const tally = emptyTally();
  const staleness: number[] = [];
  const texts = new Map<object, string>();
  const sends = new Map<object, number>();
  const codec = new SnapshotCodec(WORLD_LAYOUT, options.codec);
  const receivers = new Map<string, Receiver<Snapshot>>();
  const receive = (consumer: number, payload: Uint8Array) => {
    const connection = `${consumer} ${run.consumers[consumer]!.epoch}`;
    let receiver = receivers.get(connection);
    if (receiver === undefined) {
      receivers.set(connection, receiver = new Receiver(codec, options.historyFrames));
    }
    return receiver.receive(payload);
  };
  const run: ReplicationRun = new ReplicationRun(WORLD_LAYOUT, options, {
    sent(consumer, packet, _sendUs, reason) {
      let text = texts.get(packet);
      if (text === undefined) texts.set(packet, text = packet.payload.join(" "));
      tally.payloads.push(`${consumer} ${packet.frame} ${text}`);
      tally.payloadBytes += packet.payload.length;
      tally.wireBytes += packet.wireBytes;
      sends.set(packet, (sends.get(packet) ?? 0) + 1);
      if (reason !== undefined) tally.reasons[reason]++;
    },
    lost() {
      tally.lost++;
    },
    arrived(consumer, packet, _arrivalUs, outcome, wrongFields) {
      if (outcome === "disconnected") {
        tally.disconnected++;
        return;
      }
      const received = receive(consumer, packet.payload);
      if (outcome === "applied") {
        assert.ok(received.outcome === "decoded");
        tally.applied++;
        tally.wrongFieldFrames += wrongFields;
        const state = describeState(received.state);
        assert.equal(describeState(run.consumers[consumer]!.held!), state);
        assert.equal(wrongFields === 0, state === describeState(packet.truth));
        onApplied?.(consumer, packet.frame, received.state);
        tally.states.push(`${consumer} ${packet.frame} ${state}`);
      } else {
        assert.equal(received.outcome, outcome);
        if (outcome === "stale") tally.stale++;
        else tally.missing++;
      }
    },
    wrongFor(_consumer, wrongFrames, isHealed) {
      if (isHealed) tally.heals.push(wrongFrames);
      tally.longestStreakFrames = Math.max(tally.longestStreakFrames, wrongFrames);
    },
    stale(waited) {
      staleness.push(waited);
    },
    encoded(packet) {
      assert.equal(packet.sends, sends.get(packet));
      assert.equal(packet.partsBits, packet.payload.length * 8);
    },
  });
  for (const frame of frames) run.step(frame);
  run.finish();
  tally.heals.sort((a, b) => a - b);
  tally.states.sort();
  return { tally, run, staleness };
}
