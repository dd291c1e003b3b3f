import assert from "node:assert/strict";
import { test } from "node:test";
import { PacketBreakdown } from "../core/packet_breakdown.ts";
import { WORLD_LAYOUT } from "../core/random_world_test.ts";
import { Snapshot } from "../core/snapshot.ts";
import { datagramBytes, EncodedPacket, fragmentCount } from "./encoded_packet.ts";

const packetOf = (payloadBytes: number, mtuBytes: number) =>
  new EncodedPacket(
    new Uint8Array(payloadBytes),
    5,
    { form: "keyframe", frame: 9, baselineFrame: 9 },
    new PacketBreakdown(WORLD_LAYOUT),
    new Snapshot(WORLD_LAYOUT),
    mtuBytes,
  );

// IPv4 and UDP take 28 bytes a datagram, a fragment's own header 4, which leaves 96 of 100.
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
    assert.equal(fragmentCount(payload, 100), datagrams.length);
    assert.equal(packet.fragments, datagrams.length);
    assert.deepEqual(datagrams.map((_, i) => datagramBytes(packet, i, 100)), datagrams);
    assert.equal(packet.wireBytes, datagrams.reduce((sum, bytes) => sum + bytes, 0));
  });
}

test("EncodedPacket keeps its bytes when the writer goes on", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const header = { form: "delta", frame: 2, baselineFrame: 0xffffffff } as const;
  const breakdown = new PacketBreakdown(WORLD_LAYOUT);
  const truth = new Snapshot(WORLD_LAYOUT);
  const packet = new EncodedPacket(bytes, 2, header, breakdown, truth, 1200);
  bytes.fill(0);
  assert.deepEqual([...packet.payload], [1, 2, 3]);
  assert.equal(packet.baselineAgeFrames, 3);
  assert.equal(packet.partsBits, 16);
});
