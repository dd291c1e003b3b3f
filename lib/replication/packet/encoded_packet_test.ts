import assert from "node:assert/strict";
import { test } from "node:test";
import { PacketBreakdown } from "../../core/wire/packet_breakdown.ts";
import { RECORD_DESPAWN } from "../../core/wire/entity_records.ts";
import { WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { SharedPacket } from "../../core/wire/shared_packet.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { View } from "../../core/state/view.ts";
import { WorldCodec } from "../../core/wire/world_codec.ts";
import { datagramBytes, datagramCount } from "./datagrams.ts";
import { EncodedPacket } from "./encoded_packet.ts";

/** A packet of a tracker, of nothing but a header. */
function sharedOf(bytes: Uint8Array): SharedPacket<View> {
  const packet = new SharedPacket<View>();
  packet.out.append(bytes);
  packet.headerLength = bytes.length;
  return packet;
}

const packetOf = (payloadBytes: number, mtuBytes: number) =>
  new EncodedPacket(
    sharedOf(new Uint8Array(payloadBytes)),
    new Snapshot(WORLD_LAYOUT),
    mtuBytes,
  );

// IPv4 and UDP take 28 bytes a datagram, what each of several says of its place 4, which leaves 96 of 100.
const SIZES: [payload: number, datagrams: number[]][] = [
  [1, [29]],
  [99, [127]],
  [100, [128]],
  [101, [128, 37]],
  [192, [128, 128]],
  [193, [128, 128, 33]],
  [1000, [128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 72]],
];

for (const [payload, datagrams] of SIZES) {
  test(`EncodedPacket of ${payload} bytes at an MTU of 100 is ${datagrams.length} datagrams`, () => {
    const packet = packetOf(payload, 100);
    assert.equal(datagramCount(payload, 100), datagrams.length);
    assert.equal(packet.datagrams, datagrams.length);
    assert.deepEqual(datagrams.map((_, i) => datagramBytes(payload, i, 100)), datagrams);
    assert.equal(packet.wireBytes, datagrams.reduce((sum, bytes) => sum + bytes, 0));
  });
}

test("EncodedPacket keeps its bytes when the writer goes on", () => {
  const shared = sharedOf(Uint8Array.of(1, 2, 3));
  shared.form = "delta";
  shared.frame = 2;
  shared.baselineFrame = 0xffffffff;
  const packet = new EncodedPacket(shared, new Snapshot(WORLD_LAYOUT), 1200);
  shared.out.clear().u8(9).u8(9).u8(9);
  shared.frame = 7;
  assert.deepEqual([...packet.payload], [1, 2, 3]);
  assert.equal(packet.frame, 2);
  assert.equal(packet.baselineAgeFrames, 3);
  assert.equal(packet.headerBytes, 3);
});

test("EncodedPacket keeps the records of patches and partial deltas alone", () => {
  const breakdown = new PacketBreakdown(new WorldCodec(WORLD_LAYOUT, "mask"));
  for (const form of ["keyframe", "delta", "patch", "partial"] as const) {
    const shared = sharedOf(Uint8Array.of(0));
    shared.form = form;
    // The tracker notes them for partial deltas, whoever reads the packet for patches.
    shared.records.add(7, RECORD_DESPAWN, 0, 0);
    breakdown.clear().records.add(3, RECORD_DESPAWN, 0, 0);
    const packet = new EncodedPacket(shared, new Snapshot(WORLD_LAYOUT), 1200);
    packet.noteBreakdown(breakdown);
    assert.equal(packet.breakdown, breakdown);
    shared.records.clear();
    breakdown.clear();
    const ids = packet.records && [...packet.records.ids.subarray(0, packet.records.count)];
    assert.deepEqual(ids, form === "patch" ? [3] : form === "partial" ? [7] : undefined);
  }
});
