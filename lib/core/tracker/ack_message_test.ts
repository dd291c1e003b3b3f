import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Ack, decodeAck, encodeAck } from "./ack_message.ts";

const GOLDEN: readonly (readonly [ack: Ack, bytes: readonly number[]])[] = [
  [{ epoch: 0, frame: 0, appliedBits: 0xffffffff }, [0, 0, 0]],
  [{ epoch: 1, frame: 300, appliedBits: 0xfffffffe }, [1, 0xac, 0x02, 1]],
  [{ epoch: 0, frame: 7, appliedBits: 0 }, [0, 7, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  [
    { epoch: 0xffffffff, frame: 0xffffffff, appliedBits: 0x7fffffff },
    [0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x80, 0x80, 0x80, 0x80, 0x08],
  ],
];

test("encodeAck() writes epoch, frame and the bits that were not applied as varints", () => {
  for (const [ack, bytes] of GOLDEN) {
    assert.deepEqual([...encodeAck(ack)], bytes);
    assert.deepEqual(decodeAck(Uint8Array.from(bytes)), ack);
  }
});

test("encodeAck() takes the bits signed, as bit operations leave them", () => {
  assert.deepEqual(
    encodeAck({ epoch: 2, frame: 5, appliedBits: -1 }),
    encodeAck({ epoch: 2, frame: 5, appliedBits: 0xffffffff }),
  );
});

test("encodeAck() refuses what is no epoch or no frame", () => {
  for (const bad of [undefined, -1, 0.5, NaN, 2 ** 32]) {
    assert.throws(() => encodeAck({ epoch: bad!, frame: 1, appliedBits: 0 }), /^RangeError: Epoch/);
    assert.throws(() => encodeAck({ epoch: 1, frame: bad!, appliedBits: 0 }), /^RangeError: Frame/);
  }
});

test("decodeAck() takes what a socket gives, and no text for an ack", () => {
  const ack = { epoch: 1, frame: 9, appliedBits: 5 };
  const { buffer } = encodeAck(ack);
  assert.deepEqual(decodeAck(buffer), ack);
  assert.equal(decodeAck("[1,2,3]"), undefined);
  for (const data of [undefined, [1, 2, 0], {}]) {
    assert.throws(() => decodeAck(data as never), TypeError);
  }
});

test("decodeAck() takes what encodeAck() writes and nothing else", () => {
  const u32 = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(fc.property(fc.record({ epoch: u32, frame: u32, appliedBits: u32 }), (ack) => {
    const bytes = encodeAck(ack);
    assert.deepEqual(decodeAck(bytes), { ...ack });
    for (let end = 0; end < bytes.length; end++) {
      assert.equal(decodeAck(bytes.subarray(0, end)), undefined);
    }
    assert.equal(decodeAck(Uint8Array.from([...bytes, 0])), undefined);
  }));
  let accepted = 0;
  const hostile = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.nat(255)), {
    maxLength: 18,
  });
  fc.assert(
    fc.property(hostile, (list) => {
      const ack = decodeAck(Uint8Array.from(list));
      if (ack === undefined) return;
      accepted++;
      assert.deepEqual([...encodeAck(ack)], list);
    }),
    { numRuns: 2000 },
  );
  assert.ok(accepted > 20);
});
