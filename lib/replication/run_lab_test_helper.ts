import assert from "node:assert/strict";
import { RandomWorld, WORLD_LAYOUT } from "../core/state/random_world_test_helper.ts";
import { Receiver } from "../core/tracker/receiver.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import { describeState, emptyTally, type Tally } from "./naive_lab_test_helper.ts";
import { ReplicationRun } from "./replication_run.ts";
import { RUN_DEFAULTS, type RunOptions } from "./run_options.ts";

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
  return { ...RUN_DEFAULTS, consumers: 3, ...given };
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
  const withoutState = new Set<number>();
  const { codec, historyFrames } = options;
  const isStrictBudget = options.policy === "strict" && options.budgetKbps !== undefined;
  const connections = new Map<string, Connection>();
  const connectionOf = (consumer: number) => {
    const key = `${consumer} ${run.epochOf(consumer)}`;
    let connection = connections.get(key);
    if (connection === undefined) {
      const reader = new WorldReader(WORLD_LAYOUT, codec);
      const receiver = new Receiver(reader, { historyFrames, schemaHash: false });
      connections.set(key, connection = { receiver, held: new Map() });
    }
    return connection;
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
      const connection = connectionOf(consumer);
      const received = connection.receiver.receive(packet.payload);
      tally.wrongFieldFrames += wrongFields;
      if (outcome === "applied") {
        assert.ok(received.outcome === "decoded");
        tally.applied++;
        const state = describeState(received.state);
        assert.equal(describeState(run.heldBy(consumer)!), state);
        if (packet.form !== "partial") {
          assert.equal(wrongFields === 0, state === describeState(packet.truth));
        }
        if (isStrictBudget) {
          const held = entitiesOf(received.state);
          assertBroughtForward(connection.held, held, entitiesOf(packet.truth));
          connection.held = held;
        }
        onApplied?.(consumer, packet.frame, received.state);
        tally.states.push(`${consumer} ${packet.frame} ${state}`);
      } else {
        assert.equal(received.outcome, outcome);
        if (outcome === "stale") tally.stale++;
        else tally.missing++;
        if (outcome === "missing-baseline" && packet.form === "patch") withoutState.add(consumer);
      }
    },
    wrongFor(_consumer, wrongFrames, isHealed) {
      if (isHealed) tally.heals.push(wrongFrames);
      tally.longestStreakFrames = Math.max(tally.longestStreakFrames, wrongFrames);
    },
    stale(waited) {
      staleness.push(waited);
    },
    joined() {},
    left() {},
    framed() {},
    encoded(packet) {
      assert.equal(packet.sends, sends.get(packet));
      const { headerBytes, breakdown, payload } = packet;
      assert.equal(headerBytes * 8 + breakdown.sum, payload.length * 8);
    },
  });
  for (const frame of frames) run.step(frame);
  run.finish();
  tally.heals.sort((a, b) => a - b);
  tally.states.sort();
  tally.withoutState = [...withoutState].sort((a, b) => a - b);
  return { tally, run, staleness };
}

/** What one consumer is, from a connect to the next. */
interface Connection {
  readonly receiver: Receiver<Snapshot>;
  /** What it held after the packet before, entity by entity. */
  held: Entities;
}

/** Entities by id, each as text. */
export type Entities = ReadonlyMap<number, string>;

/** Every bit of each entity as text. */
export function entitiesOf({ layout, count, ids, kinds, rows, words }: Snapshot): Entities {
  const texts = new Map<number, string>();
  for (let i = 0; i < count; i++) {
    const { stride } = layout.kinds[kinds[i]!]!;
    texts.set(ids[i]!, `${kinds[i]};${words.subarray(rows[i]!, rows[i]! + stride)}`);
  }
  return texts;
}

/** A packet that leaves entities out may leave them as they were, and shows none that is gone. */
function assertBroughtForward(
  before: Entities,
  after: Entities,
  truth: Entities,
): void {
  for (const [id, text] of after) {
    assert.ok(truth.has(id), `entity ${id} is gone`);
    if (text !== truth.get(id)) assert.equal(text, before.get(id), `entity ${id}`);
  }
}
