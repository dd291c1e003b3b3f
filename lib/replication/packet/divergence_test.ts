import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PacketBreakdown } from "../../core/wire/packet_breakdown.ts";
import { WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { Receiver } from "../../core/tracker/receiver.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SharedPacket } from "../../core/wire/shared_packet.ts";
import type { EntityState } from "../../core/state/state.ts";
import type { View } from "../../core/state/view.ts";
import { WorldReader } from "../../core/wire/world_reader.ts";
import { WorldTracker } from "../../core/tracker/world_tracker.ts";
import { Divergence } from "./divergence.ts";
import { EncodedPacket } from "./encoded_packet.ts";
import { describeState } from "../naive_lab_test_helper.ts";
import { PacketDecoder } from "./packet_decoder.ts";

const reader = new WorldReader(WORLD_LAYOUT, "mask");
const decoder = new PacketDecoder(reader);
const breakdown = new PacketBreakdown(reader.codec);
const nothing = new Snapshot(WORLD_LAYOUT);

const mover = (id: number, x: number, y: number, item?: number): EntityState => ({
  id,
  kind: "mover",
  fields: item === undefined ? { x, y } : { x, y, item },
});
const door = (id: number): EntityState => ({ id, kind: "door", fields: { t: 1, is: "open" } });
const mark = (id: number): EntityState => ({ id, kind: "mark", fields: {} });

/** What each frame of one stream is, which frames arrive, and what is to be seen of it. */
interface Step {
  entities: readonly EntityState[];
  isLost?: true;
  /** Wrong fields by entity, after the packet. */
  wrong?: Record<number, number[]>;
  /** Frames that healed fields were wrong for, in any order. */
  healed?: number[];
}

/**
 * Sends the steps as patches after a keyframe, and a keyframe every so many frames; the consumer's
 * rows are checked against a real receiver's.
 */
function play(
  steps: readonly Step[],
  firstFrame = 100,
  keyframeEveryFrames = Infinity,
): { longest: number[] } {
  const tracker = new WorldTracker(WORLD_LAYOUT, "mask", { policy: "append", keyframeEveryFrames });
  const receiver = new Receiver(new WorldReader(WORLD_LAYOUT, "mask"));
  let healed: number[] = [];
  const divergence = new Divergence(WORLD_LAYOUT, (frames) => healed.push(frames));
  const shown = new Snapshot(WORLD_LAYOUT);
  let before: Snapshot | undefined;
  let last = firstFrame;
  steps.forEach(({ entities, isLost, wrong = {}, healed: expected = [] }, i) => {
    const frame = (firstFrame + i) >>> 0;
    const truth = Snapshot.of(WORLD_LAYOUT, { frame, timeMs: 0, entities });
    tracker.begin(truth);
    const packet = new EncodedPacket(tracker.appendPacket("a"), truth, 1200);
    if (isLost) return;
    const received = receiver.receive(packet.payload);
    const held = received.outcome === "decoded" ? received.state : nothing;
    if (received.outcome === "decoded") {
      const decoding = decoder.decode(packet, before);
      // Onto what nobody holds, as a packet whose decoding is known is not read again.
      decoder.breakDown(packet, new Snapshot(WORLD_LAYOUT), breakdown);
      packet.noteBreakdown(breakdown);
      divergence.apply(frame, truth, decoding, decoder.patchOf(packet));
      before = truth;
    } else {
      assert.equal(received.outcome, "missing-baseline");
      divergence.miss(frame, nothing, truth, undefined);
    }
    const count = Object.values(wrong).flat().length;
    assert.equal(divergence.wrongFields, count, `wrong fields after step ${i}`);
    assert.deepEqual(healed.sort((a, b) => a - b), expected, `healed by step ${i}`);
    assert.equal(describeState(divergence.show(truth, shown)), describeState(held));
    for (const [id, fields] of Object.entries(wrong)) {
      assert.deepEqual(wrongOf(held, truth, Number(id)), fields, `entity ${id}, ${i}`);
    }
    healed = [];
    last = frame;
  });
  const longest: number[] = [];
  divergence.close(last, (frames) => longest.push(frames));
  assert.equal(divergence.isEmpty, true);
  return { longest: longest.sort((a, b) => a - b) };
}

/** Fields of an entity whose values differ; [0..] of its kind when it should not be there, or be. */
function wrongOf(state: Snapshot, truth: Snapshot, id: number): number[] {
  const [is, ought] = [state, truth].map((snapshot) =>
    snapshot.toFrame().entities.find((entity) => entity.id === id)
  );
  const kind = WORLD_LAYOUT.kinds[WORLD_LAYOUT.kindIndex((ought ?? is)!.kind)]!.kind;
  if (is?.kind !== ought?.kind) {
    return Array.from({ length: Math.max(1, kind.fields.length) }, (_, i) => i);
  }
  return kind.fields.flatMap(({ name }, i) =>
    Object.is(is!.fields[name], ought!.fields[name]) ? [] : [i]
  );
}

describe("Divergence", () => {
  test("a lost change is wrong until the field is sent again", () => {
    const { longest } = play([
      { entities: [mover(1, 0, 0)] },
      { entities: [mover(1, 5, 7)], isLost: true },
      { entities: [mover(1, 5, 7)], wrong: { 1: [0, 1] } },
      { entities: [mover(1, 6, 7)], wrong: { 1: [1] }, healed: [1] },
      { entities: [mover(1, 6, 7)], wrong: { 1: [1] } },
      { entities: [mover(1, 6, 8)], healed: [3] },
      { entities: [mover(1, 6, 8)] },
    ]);
    assert.deepEqual(longest, []);
  });

  test("a field that goes back to what is held is right again without being sent", () => {
    play([
      { entities: [mover(1, 0, 0)] },
      { entities: [mover(1, 5, 0)], isLost: true },
      { entities: [mover(1, 5, 0)], wrong: { 1: [0] } },
      { entities: [mover(1, 0, 0)], isLost: true },
      { entities: [mover(1, 0, 0)], healed: [2] },
    ]);
  });

  test("presence of an optional field is part of it", () => {
    play([
      { entities: [mover(1, 0, 0, 9)] },
      { entities: [mover(1, 0, 0)], isLost: true },
      { entities: [mover(1, 1, 0)], wrong: { 1: [2] } },
      { entities: [mover(1, 1, 0, 0)], healed: [1] },
    ]);
  });

  test("lost spawns and despawns: all fields of what should or should not be there", () => {
    const { longest } = play([
      { entities: [mover(1, 0, 0)] },
      { entities: [mover(1, 0, 0), mover(2, 3, 4), mark(3), door(4)], isLost: true },
      {
        entities: [mover(1, 0, 0), mover(2, 5, 4), mark(3), door(4)],
        // The update makes a blank mover 2, whose y is wrong.
        wrong: { 2: [1], 3: [0], 4: [0, 1] },
      },
      { entities: [], isLost: true },
      // What is held stays: mover 1 and the blank one; 3 and 4 are right to be missing.
      { entities: [], wrong: { 1: [0, 1, 2], 2: [0, 1, 2] }, healed: [2, 2, 2] },
    ]);
    // Seen in the frame of the last packet, so at least one frame each.
    assert.deepEqual(longest, [1, 1, 1, 1, 1, 3]);
  });

  test("an id that comes back as another kind", () => {
    play([
      { entities: [mover(1, 0, 0)] },
      { entities: [door(1)], isLost: true },
      { entities: [door(1)], wrong: { 1: [0, 1] } },
      { entities: [mark(1)], isLost: true },
      { entities: [mark(1)], wrong: { 1: [0] }, healed: [2] },
      { entities: [mover(1, 0, 0)], healed: [3] },
    ]);
  });

  test("without a state everything is missing, whatever comes, until there is a keyframe", () => {
    const all = [0, 1, 2];
    const begin: Step[] = [
      { entities: [mover(1, 1, 1), mover(2, 1, 1)], isLost: true },
      { entities: [mover(1, 2, 1), mover(2, 1, 1)], wrong: { 1: all, 2: all } },
      // What nobody has seen, and is gone, is right again.
      { entities: [mover(1, 2, 1), mark(3)], wrong: { 1: all, 3: [0] }, healed: [1, 1, 1] },
      { entities: [mover(1, 2, 1), door(3)], wrong: { 1: all, 3: [0, 1] } },
    ];
    const { longest } = play(begin);
    // The mark's one field went on as the door's first.
    assert.deepEqual(longest, [1, 2, 3, 3, 3]);
    const keyframe = { entities: [mover(1, 3, 3), door(3)], healed: [1, 2, 3, 3, 3] };
    const after = { entities: [mover(1, 4, 3), door(3)] };
    assert.deepEqual(play([...begin, keyframe, after], 100, 4).longest, []);
  });

  test("a first keyframe of a frame before one that was heard of heals at once", () => {
    const healed: number[] = [];
    const divergence = new Divergence(WORLD_LAYOUT, (frames) => healed.push(frames));
    const entities = [mover(1, 0, 0)];
    const [truth, later] = [5, 8].map((frame) =>
      Snapshot.of(WORLD_LAYOUT, { frame, timeMs: 0, entities })
    );
    divergence.miss(8, nothing, later!, undefined);
    divergence.apply(5, truth!, { state: truth!, wrong: [], wrongFields: 0 }, undefined);
    assert.deepEqual(healed, [0, 0, 0]);
    assert.equal(divergence.isEmpty, true);
  });

  test("frames count across 2^32", () => {
    const { longest } = play([
      { entities: [mover(1, 0, 0)] },
      { entities: [mover(1, 5, 5)], isLost: true },
      { entities: [mover(1, 5, 5)], wrong: { 1: [0, 1] } },
      { entities: [mover(1, 5, 6)], wrong: { 1: [0] }, healed: [1] },
      { entities: [mover(1, 5, 6)], wrong: { 1: [0] } },
    ], 0xfffffffd);
    assert.deepEqual(longest, [3]);
  });
});

describe("PacketDecoder", () => {
  const truth = Snapshot.of(WORLD_LAYOUT, { frame: 1, timeMs: 0, entities: [mover(1, 2, 3)] });
  const packetOf = (bytes: readonly number[]) => {
    const packet = new SharedPacket<View>();
    packet.frame = packet.baselineFrame = 1;
    packet.out.append(Uint8Array.from(bytes));
    packet.headerLength = 5;
    return new EncodedPacket(packet, truth, 1200);
  };
  // A keyframe of frame 1: spawn of entity 1, kind 0, x 2, y 3 as binary32, no item.
  const whole = [0, 1, 0, 0, 0, 5, 0, 2, 0, 0, 0, 64, 64, 0];

  test("decodes once for all who hold the same, and gives the truth itself when it is right", () => {
    const packet = packetOf(whole);
    const decoding = decoder.decode(packet, undefined);
    assert.equal(decoding.state, truth);
    assert.equal(decoding.wrongFields, 0);
    assert.equal(decoder.decode(packet, undefined), decoding);
  });

  test("tells what could not be decoded, and then holds what was held", () => {
    const decoding = decoder.decode(packetOf(whole.slice(0, 9)), undefined);
    assert.match(decoding.error!.message, /^Cannot read byte 9: the input ends/);
    assert.equal(decoding.state.count, 0);
    assert.equal(decoding.wrongFields, 3);
    assert.deepEqual([...decoding.wrong[0]!.mask], [0, 1, 2]);
  });
});
