import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { AckLedger } from "./ack_ledger.ts";

/** Frames of the model are absolute and do not wrap. */
interface Noted {
  readonly frame: number;
  item: string | undefined;
  isEmpty?: boolean;
}

describe("AckLedger at the sending end", () => {
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
          const ledger = new AckLedger<string>();
          const queue: Noted[] = [];
          let newest: number | undefined;
          let acked: number | undefined;
          let epoch = 0;
          /** Newest frame of all epochs before, however they overlap. */
          let newestBefore = -Infinity;
          let frame = start;
          for (const [{ op, n }, bits] of operations) {
            if (op === "note") {
              frame += 1 + n % (n % 7 === 0 ? 40 : 3);
              const item = n % 6 === 0 ? undefined : `${epoch}: ${frame}`;
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
                entry.item = undefined;
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
              assert.equal(ledger.noteAck(target >>> 0, given), isNews, `${op} of ${target}`);
              if (isNews) acked = target;
              while (isNews && queue.length > 0 && queue[0]!.frame <= target) {
                const back = target - queue[0]!.frame;
                const isApplied = back === 0 || (bits & (2 ** (back - 1))) !== 0;
                const fate = back > 32 ? "unknown" : isApplied ? "applied" : "lost";
                assert.equal(ledger.oldestFate(bits), fate);
                assert.equal(ledger.shift(), queue.shift()!.item);
              }
              if (isNews) assert.equal(ledger.oldestFate(bits), undefined);
            }
            assert.equal(ledger.count, queue.length);
            assert.equal(ledger.epoch, epoch);
            assert.equal(ledger.hasNewest, newest !== undefined);
            assert.equal(ledger.hasAck, acked !== undefined);
            if (acked !== undefined) assert.equal(ledger.ackedFrame, acked >>> 0);
            if (newest === undefined) continue;
            assert.equal(ledger.newest, newest >>> 0);
            for (const old of [0, 1, 40]) assert.equal(ledger.isNews((newest - old) >>> 0), false);
            for (let f = frame - 50; f < frame + 2; f++) {
              const item = queue.find((entry) => entry.frame === f)?.item;
              assert.equal(ledger.get(f >>> 0, 45), newest - f < 45 ? item : undefined);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test("takes no ack without an epoch for a frame that two epochs before may have sent", () => {
    const ledger = new AckLedger<string>();
    const send = (...frames: number[]) => {
      for (const frame of frames) ledger.note(frame, "packet");
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
    assert.equal(ledger.noteAck(4, undefined), false);
    assert.equal(ledger.noteAck(5, undefined), false);
    assert.equal(ledger.noteAck(6, undefined), true);
  });

  test("needs no epoch for frames that came long after a reset, though none was acked", () => {
    const ledger = new AckLedger<string>();
    ledger.note(4294967295, "packet");
    ledger.shift();
    ledger.reset();
    ledger.note(4294967295, "packet");
    ledger.note(0, "packet");
    assert.equal(ledger.noteAck(4294967295, undefined), false);
    assert.equal(ledger.noteAck(0, undefined), true);
  });
});

describe("AckLedger at the receiving end", () => {
  test("appliedBits agree with the set of applied frames, across 2^32", () => {
    const ahead = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 70 }));
    fc.assert(fc.property(
      fc.array(ahead, { maxLength: 60 }),
      fc.constantFrom(0, 4294967200),
      (steps, start) => {
        const ledger = new AckLedger<number>();
        const applied = new Set<number>();
        let frame = start;
        for (const step of steps) {
          frame += step;
          ledger.noteApplied(frame >>> 0, frame);
          applied.add(frame);
          for (let n = 0; n < 32; n++) {
            assert.equal((ledger.appliedBits >>> n) & 1, applied.has(frame - 1 - n) ? 1 : 0);
          }
        }
        ledger.reset();
        assert.equal(ledger.appliedBits, 0);
      },
    ));
  });
});
