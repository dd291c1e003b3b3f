import assert from "node:assert/strict";
import { isNewer } from "../core/time/frame.ts";
import { Receiver } from "../core/tracker/receiver.ts";
import type { KeyframeReason } from "../core/wire/shared_packet.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { EntityState } from "../core/state/state.ts";
import { WorldReader } from "../core/wire/world_reader.ts";
import { WorldTracker } from "../core/tracker/world_tracker.ts";
import { createLink } from "../net/link/create_link.ts";
import type { Link } from "../net/link/link.ts";
import { createRandom } from "../net/link/random.ts";
import { Churn } from "./churn.ts";
import type { RunOptions } from "./run_options.ts";

/** First byte of a patch. */
const PATCH = 2;

/** What a run came to, counted packet by packet. */
export interface Tally {
  /** Every payload in the order of sending, as `consumer frame bytes`. */
  payloads: string[];
  /** What consumers held after each applied packet, as `consumer frame words`, sorted. */
  states: string[];
  payloadBytes: number;
  wireBytes: number;
  lost: number;
  stale: number;
  missing: number;
  disconnected: number;
  applied: number;
  /** Consumers that got a patch and had no state, ascending. */
  withoutState: number[];
  reasons: Record<KeyframeReason, number>;
  wrongFieldFrames: number;
  longestStreakFrames: number;
  /** Frames that each healed field was wrong for, ascending. */
  heals: number[];
}

export function emptyTally(): Tally {
  return {
    payloads: [],
    states: [],
    payloadBytes: 0,
    wireBytes: 0,
    lost: 0,
    stale: 0,
    missing: 0,
    disconnected: 0,
    applied: 0,
    withoutState: [],
    reasons: { "no-ack": 0, evicted: 0, reset: 0, interval: 0 },
    wrongFieldFrames: 0,
    longestStreakFrames: 0,
    heals: [],
  };
}

/** Something on its way, with its time and the number of its entry. */
interface Travelling<T> {
  readonly at: number;
  readonly entry: number;
  readonly item: T;
}

/** A packet, or the second copy of one. */
interface Arriving {
  readonly bytes: Uint8Array;
  readonly isCopy: boolean;
}

interface Peer {
  readonly index: number;
  readonly tracker: WorldTracker;
  readonly down: Link;
  readonly up: Link;
  readonly churn: Churn | undefined;
  receiver: Receiver<Snapshot>;
  epoch: number;
  packets: Travelling<Arriving>[];
  acks: Travelling<{ frame: number; bits: number; epoch: number }>[];
  /** Packets that found nothing to be applied to. */
  readonly lacking: Set<Uint8Array>;
  /** Frames that were sent and not applied, oldest first. */
  sent: number[];
  held: Snapshot | undefined;
  /** Frame of the newest packet that was applied, or that found no state to apply it to. */
  seenFrame: number | undefined;
  /** Wrong fields, as `id:field`, with the frame since when. */
  wrong: Map<string, number>;
}

/**
 * The lab written down as plainly as possible: one tracker and one real receiver per consumer, every
 * packet copied and decoded on its own, every field compared as a value, arrays for queues.
 */
export function runNaively(
  layout: SnapshotLayout,
  frames: readonly Snapshot[],
  options: RunOptions,
): Tally {
  const tally = emptyTally();
  const truths = new Map<number, readonly EntityState[]>();
  const peers = Array.from({ length: options.consumers }, (_, i) => peerOf(layout, i, options));
  let entries = 0;

  const deliver = (peer: Peer, nowUs: number, clock: number) => {
    for (const { at, item } of take(peer, "packets", nowUs)) receive(peer, item, at);
    for (const { item } of take(peer, "acks", clock)) {
      peer.tracker.ack("it", item.frame, item.bits, item.epoch);
      if (item.epoch === peer.epoch) peer.churn?.noteAck();
    }
  };

  const receive = (peer: Peer, item: Arriving, at: number) => {
    // The lab takes the first copy alone, also where only the second would find a state.
    if (item.isCopy && peer.lacking.has(item.bytes)) return;
    const received = peer.receiver.receive(item.bytes);
    if (received.outcome === "malformed") throw received.error;
    if (received.outcome !== "decoded") {
      // A second copy is no packet of its own.
      if (item.isCopy) return;
      if (received.outcome === "stale") tally.stale++;
      else {
        assert.equal(received.outcome, "missing-baseline");
        tally.missing++;
        peer.lacking.add(item.bytes);
        if (peer.held === undefined && item.bytes[0] === PATCH) noteNothing(peer, received.frame);
      }
      return;
    }
    tally.applied++;
    tally.states.push(`${peer.index} ${received.frame} ${describeState(received.state)}`);
    noteMissed(peer, received.frame);
    const wrong = wrongFields(layout, received.state, truths.get(received.frame)!);
    tally.wrongFieldFrames += wrong.size;
    noteWrong(peer, received.frame, wrong);
    // The receiver uses the memory of its states again.
    peer.held = new Snapshot(layout).copy(received.state);
    peer.seenFrame = received.frame;
    const ack = {
      frame: received.frame,
      bits: peer.receiver.appliedBits,
      epoch: peer.epoch,
    };
    const { ackLagFrames } = options.net;
    if (ackLagFrames !== undefined) {
      peer.acks.push({ at: received.frame + ackLagFrames, entry: entries++, item: ack });
      return;
    }
    for (const time of transmit(peer.up, at, 8 + 28)) {
      peer.acks.push({ at: time, entry: entries++, item: ack });
    }
  };

  /** A consumer that may be wrong is so from the frame of a packet that it did not get. */
  const noteMissed = (peer: Peer, appliedFrame: number) => {
    if (options.policy === "strict") return;
    for (let frame = peer.sent.shift(); frame !== appliedFrame; frame = peer.sent.shift()) {
      if (frame === undefined || peer.held === undefined) continue;
      noteWrong(peer, frame, wrongFields(layout, peer.held, truths.get(frame)!));
    }
  };

  /** A consumer without a state sees nothing, at every frame that it hears of in order. */
  const noteNothing = (peer: Peer, frame: number) => {
    if (!tally.withoutState.includes(peer.index)) tally.withoutState.push(peer.index);
    if (peer.seenFrame !== undefined && !isNewer(frame, peer.seenFrame)) return;
    peer.seenFrame = frame;
    const wrong = wrongFields(layout, new Snapshot(layout), truths.get(frame)!);
    tally.wrongFieldFrames += wrong.size;
    noteWrong(peer, frame, wrong);
  };

  const noteWrong = (peer: Peer, frame: number, wrong: ReadonlySet<string>) => {
    for (const [field, since] of peer.wrong) {
      if (wrong.has(field)) continue;
      peer.wrong.delete(field);
      // The first state may be of a frame before one that was heard of.
      const streak = Math.max(0, (frame - since) | 0);
      tally.heals.push(streak);
      tally.longestStreakFrames = Math.max(tally.longestStreakFrames, streak);
    }
    for (const field of wrong) if (!peer.wrong.has(field)) peer.wrong.set(field, frame);
  };

  /** The frames for which the fields that are still wrong have been, the newest included. */
  const closeStreaks = (peer: Peer) => {
    for (const since of peer.wrong.values()) {
      const streak = ((peer.seenFrame! - since) | 0) + 1;
      tally.longestStreakFrames = Math.max(tally.longestStreakFrames, streak);
    }
    peer.wrong.clear();
  };

  const send = (peer: Peer, truth: Snapshot, nowUs: number) => {
    const bytes = peer.tracker.append("it").slice();
    peer.sent.push(truth.frame);
    tally.payloads.push(`${peer.index} ${truth.frame} ${bytes.join(" ")}`);
    tally.payloadBytes += bytes.length;
    const reason = peer.tracker.keyframeReason("it");
    if (reason !== undefined) tally.reasons[reason]++;
    const datagrams: number[] = [];
    if (bytes.length <= options.mtuBytes) datagrams.push(bytes.length + 28);
    else {
      for (let from = 0; from < bytes.length; from += options.mtuBytes - 4) {
        datagrams.push(Math.min(options.mtuBytes - 4, bytes.length - from) + 4 + 28);
      }
    }
    const arrivals: number[][] = [];
    for (const size of datagrams) {
      tally.wireBytes += size;
      arrivals.push(transmit(peer.down, nowUs, size));
    }
    if (arrivals.some((times) => times.length === 0)) {
      tally.lost++;
      return;
    }
    // The packet is whole when one copy of each datagram is there.
    const whole = Math.max(...arrivals.map((times) => Math.min(...times)));
    peer.packets.push({ at: whole, entry: entries++, item: { bytes, isCopy: false } });
    if (arrivals.length > 1 || arrivals[0]!.length < 2) return;
    const copy = Math.max(...arrivals[0]!);
    peer.packets.push({ at: copy, entry: entries++, item: { bytes, isCopy: true } });
  };

  frames.forEach((truth, step) => {
    const nowUs = Math.round(truth.timeMs * 1000);
    truths.set(truth.frame, truth.toFrame().entities);
    for (const peer of peers) {
      peer.tracker.begin(truth);
      deliver(peer, nowUs, options.net.ackLagFrames === undefined ? nowUs : truth.frame);
      if (peer.churn?.advance(nowUs) === "disconnect") {
        peer.tracker.reset("it");
        peer.epoch = peer.tracker.epoch("it");
        closeStreaks(peer);
        tally.disconnected += peer.packets.filter(({ item }) => !item.isCopy).length;
        peer.packets = [];
        peer.sent = [];
        peer.held = peer.seenFrame = undefined;
        peer.receiver = receiverOf(layout, options);
      }
      const isThere = peer.churn?.isConnected() ?? true;
      if (isThere && step % options.sendEveryFrames === 0) {
        peer.churn?.noteSend(nowUs);
        send(peer, truth, nowUs);
      }
    }
  });
  for (const peer of peers) {
    deliver(peer, Infinity, Infinity);
    closeStreaks(peer);
  }
  tally.heals.sort((a, b) => a - b);
  tally.states.sort();
  tally.withoutState.sort((a, b) => a - b);
  return tally;
}

/** Every bit of a state as text. */
export function describeState({ count, ids, kinds, words, wordCount }: Snapshot): string {
  return [ids.subarray(0, count), kinds.subarray(0, count), words.subarray(0, wordCount)].join(";");
}

function peerOf(layout: SnapshotLayout, index: number, options: RunOptions): Peer {
  const { policy, historyFrames, keyframeEveryFrames, seed, net, churn } = options;
  return {
    index,
    tracker: new WorldTracker(layout, options.codec, {
      policy,
      historyFrames,
      schemaHash: false,
      ...(keyframeEveryFrames === undefined ? {} : { keyframeEveryFrames }),
    }),
    receiver: receiverOf(layout, options),
    down: createLink(net.down, createRandom(seed, index, "down")),
    up: createLink(net.up, createRandom(seed, index, "up")),
    churn: churn && new Churn(churn, createRandom(seed, index, "churn")),
    epoch: 0,
    packets: [],
    acks: [],
    lacking: new Set(),
    sent: [],
    held: undefined,
    seenFrame: undefined,
    wrong: new Map(),
  };
}

function receiverOf(layout: SnapshotLayout, options: RunOptions): Receiver<Snapshot> {
  const { codec, historyFrames } = options;
  return new Receiver(new WorldReader(layout, codec), { historyFrames, schemaHash: false });
}

function transmit(link: Link, nowUs: number, bytes: number): number[] {
  const arrivals = new Float64Array(2);
  const copies = link.transmit(nowUs, bytes, arrivals);
  return [...arrivals.subarray(0, copies)];
}

/** Takes out what has arrived by a time, in order of time, then of entry. */
function take<K extends "packets" | "acks">(peer: Peer, key: K, now: number): Peer[K] {
  const all = peer[key] as Travelling<unknown>[];
  const arrived = all.filter(({ at }) => at <= now);
  (peer[key] as Travelling<unknown>[]) = all.filter(({ at }) => at > now);
  return arrived.sort((a, b) => a.at - b.at || a.entry - b.entry) as Peer[K];
}

/** Fields in which a state differs from the truth of its frame, value by value, as `id:field`. */
function wrongFields(
  layout: SnapshotLayout,
  state: Snapshot,
  entities: readonly EntityState[],
): Set<string> {
  const wrong = new Set<string>();
  const truth = new Map(entities.map((entity) => [entity.id, entity]));
  const seen = new Map(state.toFrame().entities.map((entity) => [entity.id, entity]));
  for (const id of new Set([...truth.keys(), ...seen.keys()])) {
    const is = seen.get(id);
    const ought = truth.get(id);
    const { fields } = layout.kinds[layout.kindIndex((ought ?? is)!.kind)]!.kind;
    if (is === undefined || ought === undefined || is.kind !== ought.kind) {
      // An entity without fields counts as one.
      for (let i = 0; i < Math.max(1, fields.length); i++) wrong.add(`${id}:${i}`);
      continue;
    }
    fields.forEach(({ name }, i) => {
      if (!Object.is(is.fields[name], ought.fields[name])) wrong.add(`${id}:${i}`);
    });
  }
  return wrong;
}
