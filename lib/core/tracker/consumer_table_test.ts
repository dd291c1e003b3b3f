import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ConsumerTable } from "./consumer_table.ts";
import { fateOf } from "./packet_fate.ts";

/** Asks for no keyframes. */
const NEVER = { needsAck: false, baselineFrames: 0, keyframeEveryFrames: Infinity };

/** One consumer of a table, between two others that are sent frames of their own. */
class Sent {
  readonly #table = new ConsumerTable(NEVER);
  readonly #c = this.#table.placeOf(1);
  #others = 0;

  constructor() {
    for (const number of [0, 1, 2]) this.#table.begin(this.#table.placeOf(number));
  }

  note(frame: number, packet: number): void {
    this.#others++;
    this.#table.note(this.#table.placeOf(0), this.#others, 7, true, 0);
    this.#table.note(this.#c, frame, packet, packet > 0, 0);
    this.#table.note(this.#table.placeOf(2), this.#others, 8, true, 0);
    if (this.#others % 3 === 0) assert.equal(this.#table.shift(0), 7);
  }

  noteAck(frame: number, epoch: number | undefined): number {
    return this.#table.noteAck(this.#c, frame, epoch);
  }

  framesToAck(): number {
    return this.#table.framesToAck(this.#c);
  }

  isNews(frame: number): boolean {
    return this.#table.isNews(this.#c, frame);
  }

  isOldestBefore(frame: number, frames: number): boolean {
    return this.#table.isOldestBefore(this.#c, frame, frames);
  }

  isOldestKeptBefore(frame: number, frames: number): boolean {
    return this.#table.isOldestKeptBefore(this.#c, frame, frames);
  }

  takeOldest(): number {
    return this.#table.takeOldest(this.#c);
  }

  shift(): number {
    return this.#table.shift(this.#c);
  }

  reset(): void {
    this.#table.reset(this.#c);
  }

  get count(): number {
    return this.#table.count(this.#c);
  }

  get epoch(): number {
    return this.#table.epoch(this.#c);
  }

  get hasNewest(): boolean {
    return this.#table.hasNewest(this.#c);
  }

  get newest(): number {
    return this.#table.newest(this.#c);
  }

  get hasAck(): boolean {
    return this.#table.hasAck(this.#c);
  }

  get ackedFrame(): number {
    return this.#table.ackedFrame(this.#c);
  }
}

/** Frames of the model are absolute and do not wrap. */
interface Noted {
  readonly frame: number;
  item: number;
  isEmpty?: boolean;
}

describe("ConsumerTable", () => {
  const operation = fc.oneof(
    { weight: 8, arbitrary: fc.record({ op: fc.constant("note" as const), n: fc.nat(40) }) },
    { weight: 6, arbitrary: fc.record({ op: fc.constant("ack" as const), n: fc.nat(60) }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant("old ack" as const), n: fc.nat(60) }) },
    { weight: 4, arbitrary: fc.record({ op: fc.constant("blind ack" as const), n: fc.nat(8) }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant("drop" as const), n: fc.nat(90) }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant("empty" as const), n: fc.nat(60) }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constant("reset" as const), n: fc.nat(12) }) },
  );

  test("agrees with a model under random operations, epochs and across 2^32", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(operation, fc.integer()), { minLength: 100, maxLength: 200 }),
        fc.constantFrom(100, 2147483600, 4294967200),
        (operations, start) => {
          const ledger = new Sent();
          const queue: Noted[] = [];
          let newest: number | undefined;
          let acked: number | undefined;
          let epoch = 0;
          /** Newest frame of all epochs before, however they overlap. */
          let newestBefore = -Infinity;
          let frame = start;
          let packets = 0;
          for (const [{ op, n }, bits] of operations) {
            if (op === "note") {
              frame += 1 + n % (n % 7 === 0 ? 40 : 3);
              const item = n % 6 === 0 ? 0 : ++packets;
              assert.equal(ledger.isNews(frame >>> 0), true);
              ledger.note(frame >>> 0, item);
              queue.push({ frame, item });
              newest = frame;
            } else if (op === "drop") {
              while (queue.length > 0 && frame - queue[0]!.frame >= n) {
                assert.equal(ledger.isOldestBefore(frame >>> 0, n), true);
                assert.equal(ledger.shift(), queue.shift()!.item);
              }
              assert.equal(ledger.isOldestBefore(frame >>> 0, n), false);
            } else if (op === "empty") {
              for (const entry of queue) {
                if (frame - entry.frame < n || entry.isEmpty) continue;
                assert.equal(ledger.isOldestKeptBefore(frame >>> 0, n), true);
                assert.equal(ledger.takeOldest(), entry.item);
                entry.item = 0;
                entry.isEmpty = true;
              }
              assert.equal(ledger.isOldestKeptBefore(frame >>> 0, n), false);
            } else if (op === "reset") {
              while (queue.length > 0) assert.equal(ledger.shift(), queue.shift()!.item);
              ledger.reset();
              epoch++;
              if (newest !== undefined) newestBefore = Math.max(newestBefore, newest);
              newest = acked = undefined;
              // The frames of the next epoch may be those of this one.
              frame -= n;
            } else {
              const target = frame - n;
              const given = op === "ack" ? epoch : op === "old ack" ? epoch - 1 : undefined;
              const isOfEpoch = op === "ack" || (op === "blind ack" && target > newestBefore);
              const isKnown = queue.some((entry) => entry.frame === target);
              const isNews = isOfEpoch && isKnown && (acked === undefined || target > acked);
              const older = isNews ? queue.filter((entry) => entry.frame < target).length : -1;
              assert.equal(ledger.noteAck(target >>> 0, given), older, `${op} of ${target}`);
              if (isNews) acked = target;
              while (isNews && queue.length > 0 && queue[0]!.frame <= target) {
                const back = target - queue[0]!.frame;
                const isApplied = back === 0 || (bits & (2 ** (back - 1))) !== 0;
                const fate = back > 32 ? "unknown" : isApplied ? "applied" : "lost";
                assert.equal(ledger.framesToAck(), back);
                if (back > 0) assert.equal(fateOf(back, bits), fate);
                assert.equal(ledger.shift(), queue.shift()!.item);
              }
            }
            assert.equal(ledger.count, queue.length);
            assert.equal(ledger.epoch, epoch);
            assert.equal(ledger.hasNewest, newest !== undefined);
            assert.equal(ledger.hasAck, acked !== undefined);
            if (acked !== undefined) assert.equal(ledger.ackedFrame, acked >>> 0);
            if (newest === undefined) continue;
            assert.equal(ledger.newest, newest >>> 0);
            for (const old of [0, 1, 40]) assert.equal(ledger.isNews((newest - old) >>> 0), false);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test("takes no ack without an epoch for a frame that two epochs before may have sent", () => {
    const ledger = new Sent();
    const send = (...frames: number[]) => {
      for (const frame of frames) ledger.note(frame, 1);
    };
    const reset = () => {
      while (ledger.count > 0) ledger.shift();
      ledger.reset();
    };
    send(1, 2, 3);
    reset();
    send(2, 3, 4, 5);
    reset();
    send(4, 5, 6);
    assert.equal(ledger.noteAck(4, undefined), -1);
    assert.equal(ledger.noteAck(5, undefined), -1);
    assert.equal(ledger.noteAck(6, undefined), 2);
  });

  test("needs no epoch for frames that came long after a reset, though none was acked", () => {
    const ledger = new Sent();
    ledger.note(4294967295, 1);
    ledger.shift();
    ledger.reset();
    ledger.note(4294967295, 1);
    ledger.note(0, 1);
    assert.equal(ledger.noteAck(4294967295, undefined), -1);
    assert.equal(ledger.noteAck(0, undefined), 1);
  });
});
