import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { type LinkSpec, PERFECT_LINK } from "../../net/link/link_spec.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import type { NoPacket, PacketAnatomy } from "../anatomy/packet_anatomy.ts";
import { tracePacket } from "./trace_packet.ts";

const LAYOUT = new SnapshotLayout({
  kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }] }],
});

/** Ten frames 50 ms apart, in which a ship moves; frame 8 has the number 12, and 9 has 13. */
const FRAMES = Array.from({ length: 10 }, (_, i) =>
  Snapshot.of(LAYOUT, {
    frame: i < 8 ? i : i + 4,
    timeMs: i * 50,
    entities: [{ id: 1, kind: "ship", fields: { x: i } }],
  }));

/** Link with a delay for each packet, in milliseconds; -1 for one that is lost. */
function scripted(delaysMs: readonly number[]): LinkSpec {
  return {
    ...PERFECT_LINK,
    trace: {
      delaysUs: Float64Array.from(delaysMs, (ms) => Math.max(0, ms) * 1000),
      lost: Uint8Array.from(delaysMs, (ms) => ms < 0 ? 1 : 0),
    },
  };
}

/**
 * Packet 2 is lost, 4 arrives at 280 ms behind 5, which arrives at 270. Acks go for the packets 0, 1,
 * 3, 5, 6 and so on: that of 3 is lost, that of 5 comes at 330, between frames 6 and 7.
 */
const NET = {
  name: "scripted",
  down: scripted([20, 20, -1, 20, 80, 20, 20, 20, 20, 20]),
  up: scripted([20, 20, -1, 60, 20, 20, 20, 20, 20, 20]),
};

async function traced(frame: number, given: Partial<RunOptions> = {}): Promise<PacketAnatomy> {
  const [packet] = await tracePacket(LAYOUT, FRAMES, [{ ...RUN_DEFAULTS, net: NET, ...given }], {
    frame,
  });
  assert.ok("records" in packet!, (packet as NoPacket).text);
  return packet;
}

async function missing(frame: number, given: Partial<RunOptions> = {}): Promise<string> {
  const [packet] = await tracePacket(LAYOUT, FRAMES, [{ ...RUN_DEFAULTS, net: NET, ...given }], {
    frame,
  });
  assert.ok("missing" in packet!);
  return `${packet.missing}: ${packet.text}`;
}

describe("tracePacket() over a scripted network, strict", () => {
  test("tells that a delta stays on its baseline while packets and acks are lost, late, on their way", async () => {
    const five = await traced(5);
    assert.equal(five.baselineFrame, 1);
    assert.deepEqual([five.baselineAgeFrames, five.baselineAgeMs], [4, 200]);
    assert.deepEqual(five.reason, [
      "Against frame 1, 4 frames (200 ms) before: the newest whose ack had come.",
      "That was applied 20 ms after it was sent; its ack came 20 ms later.",
    ]);
    assert.deepEqual(five.between, [
      { frame: 2, outcome: "lost", latencyMs: null, ack: null },
      { frame: 3, outcome: "applied", latencyMs: 20, ack: "lost" },
      { frame: 4, outcome: "on-its-way", latencyMs: null, ack: null },
    ]);
    const six = await traced(6);
    assert.equal(six.baselineFrame, 1);
    assert.deepEqual(six.between, [
      { frame: 2, outcome: "lost", latencyMs: null, ack: null },
      { frame: 3, outcome: "applied", latencyMs: 20, ack: "lost" },
      { frame: 4, outcome: "late", latencyMs: 80, ack: null },
      { frame: 5, outcome: "applied", latencyMs: 20, ack: "on-its-way" },
    ]);
    const seven = await traced(7);
    assert.equal(seven.ackedFrame, 6);
    assert.deepEqual(seven.between, []);
    assert.deepEqual(seven.records[0]!.fields, [{ field: "x", bits: 8, from: 6, to: 7 }]);
  });

  test("tells what became of the packet itself", async () => {
    const fates = [];
    for (const frame of [2, 3, 4, 13]) fates.push((await traced(frame)).fate);
    assert.deepEqual(fates, [
      { outcome: "lost", latencyMs: null, wrongFields: null },
      { outcome: "applied", latencyMs: 20, wrongFields: 0 },
      { outcome: "late", latencyMs: 80, wrongFields: null },
      { outcome: "on-its-way", latencyMs: 20, wrongFields: 0 },
    ]);
  });

  test("tells of a packet that takes no time that it arrives with the last frame", async () => {
    const net = { name: "none", down: PERFECT_LINK, up: PERFECT_LINK };
    const { fate } = await traced(13, { net });
    assert.deepEqual(fate, { outcome: "applied", latencyMs: 0, wrongFields: 0 });
  });

  test("tells why a packet is a keyframe", async () => {
    const first = await traced(0);
    assert.equal(first.keyframeReason, "no-ack");
    assert.deepEqual(first.reason, [
      "Keyframe: no ack has come since the consumer joined at this frame.",
      "This is the first packet since.",
    ]);
    const far = { ...NET, up: scripted([-1, -1, 200, -1, -1, -1, -1, -1, -1, -1]) };
    const fourth = await traced(4, { net: far });
    assert.deepEqual(fourth.reason, [
      "Keyframe: no ack has come since the consumer joined at frame 0, 4 frames (200 ms) before.",
      "Of 4 packets sent in between: 1 lost, 1 applied with the ack on its way, 2 applied with the ack lost.",
    ]);
    const evicted = await traced(5, { historyFrames: 4 });
    assert.equal(evicted.keyframeReason, "evicted");
    assert.equal(evicted.ackedFrame, 1);
    assert.equal(evicted.baselineFrame, null);
    assert.deepEqual(evicted.reason, [
      "Keyframe: the newest acked frame is 1, 4 frames (200 ms) before, and the history keeps 4.",
      "Of 3 packets sent in between: 1 lost, 1 on the way, 1 applied with the ack lost.",
    ]);
    const interval = await traced(4, { keyframeEveryFrames: 4 });
    assert.equal(interval.keyframeReason, "interval");
    assert.deepEqual(interval.reason, [
      "Keyframe: one is due every 4 frames, and the last was that of frame 0, 4 frames (200 ms) before.",
    ]);
  });

  test("lists the last 1000 packets of a consumer whose acks are lost, and counts the others", async () => {
    const [snapshot] = FRAMES;
    const frames = Array.from({ length: 1500 }, (_, frame) => {
      const copy = new Snapshot(LAYOUT).copy(snapshot!);
      copy.frame = frame;
      copy.timeMs = frame * 10;
      return copy;
    });
    const net = { name: "no acks", down: PERFECT_LINK, up: scripted([-1]) };
    const [packet] = await tracePacket(LAYOUT, frames, [{ ...RUN_DEFAULTS, net }], { frame: 1400 });
    assert.ok("records" in packet!);
    assert.equal(packet.between.length, 1000);
    assert.equal(packet.between[0]!.frame, 400);
    assert.equal(packet.betweenLeftOut, 400);
    assert.equal(
      packet.reason[1],
      "Of the last 1000 of 1400 packets sent in between: 1000 applied with the ack lost.",
    );
  });

  test("counts acks that lag by frames by frames", async () => {
    const lagging = await traced(5, {
      net: { name: "acklag=3", up: PERFECT_LINK, down: PERFECT_LINK, ackLagFrames: 3 },
    });
    assert.equal(lagging.baselineFrame, 2);
    assert.deepEqual(
      lagging.reason[1],
      "That was applied 0 ms after it was sent; its ack counted by frames.",
    );
    assert.deepEqual(lagging.between.map(({ frame, ack }) => [frame, ack]), [
      [3, "on-its-way"],
      [4, "on-its-way"],
    ]);
  });
});

describe("tracePacket() over a scripted network, of patches", () => {
  test("append tells what it assumes, and what the consumer has", async () => {
    const five = await traced(5, { policy: "append" });
    assert.equal(five.form, "patch");
    assert.deepEqual([five.baselineFrame, five.assumedFrame], [null, 4]);
    assert.deepEqual(five.reason, [
      "append goes on from frame 4, 1 frame (50 ms) before, which was sent last, and assumes that it " +
      "arrives: values stand alone; the consumer had applied frame 3 last.",
      "Of 4 packets since the keyframe of frame 0: 1 lost, 0 discarded; what they held is sent " +
      "again only when it changes.",
    ]);
    assert.deepEqual(five.between.map(({ frame, outcome }) => [frame, outcome]), [
      [4, "on-its-way"],
    ]);
    assert.deepEqual(five.records[0]!.fields, [{ field: "x", bits: 8, from: 4, to: 5 }]);
    const six = await traced(6, { policy: "append" });
    assert.match(six.reason[1]!, /^Of 5 packets .*: 1 lost, 1 discarded;/);
    assert.deepEqual(six.between, []);
  });

  test("append without the keyframe: the consumer holds nothing", async () => {
    const net = { ...NET, down: scripted([-1, 20, 20, 20, 20, 20, 20, 20, 20, 20]) };
    const { fate, reason } = await traced(3, { policy: "append", net });
    assert.deepEqual(fate, { outcome: "missing-baseline", latencyMs: 20, wrongFields: 1 });
    assert.match(reason[0]!, /the consumer had no state yet\.$/);
  });

  test("nack tells the newest ack, and a keyframe anew when one was lost", async () => {
    const six = await traced(6, { policy: "nack" });
    assert.deepEqual([six.form, six.assumedFrame, six.ackedFrame], ["patch", 5, 1]);
    assert.deepEqual(six.reason, [
      "nack goes on from frame 5, 1 frame (50 ms) before, which was sent last, and assumes that it " +
      "arrives: values stand alone.",
      "The newest ack that had come is of frame 1, 5 frames (250 ms) before; what an ack passes by " +
      "as lost is sent again, unless it was sent since.",
    ]);
    assert.deepEqual(six.between.map(({ frame, outcome, ack }) => [frame, outcome, ack]), [
      [2, "lost", null],
      [3, "applied", "lost"],
      [4, "late", null],
      [5, "applied", "on-its-way"],
    ]);
    const down = scripted([20, 20, 20, -1, 20, 20, 20, 20, 20, 20]);
    const net = { name: "lost keyframe", down, up: scripted([20]) };
    const again = await traced(5, { policy: "nack", net, keyframeEveryFrames: 3 });
    assert.deepEqual([again.form, again.keyframeReason, again.ackedFrame], [
      "keyframe",
      "no-ack",
      4,
    ]);
    assert.deepEqual(again.reason, [
      "Keyframe: acks tell that the keyframe of frame 3 or one before was lost, on which all that " +
      "was sent since rests.",
    ]);
  });
});

describe("tracePacket() without a packet says why", () => {
  test("the frame is not recorded: which are near", async () => {
    assert.equal(
      await missing(9),
      "not-recorded: Frame 9 is not in the recording; the nearest recorded are 7 and 12",
    );
    assert.equal(
      await missing(11),
      "not-recorded: Frame 11 is not in the recording; the nearest recorded are 12 and 7",
    );
    assert.equal(
      await missing(99),
      "not-recorded: Frame 99 is not in the recording; the nearest recorded is 13",
    );
  });

  test("a frame far from those recorded: the nearest, whether frames wrap or not", async () => {
    const nearest = async (numbers: readonly number[], frame: number) => {
      const frames = numbers.map((number, i) =>
        Snapshot.of(LAYOUT, { frame: number, timeMs: i * 50, entities: [] })
      );
      const [packet] = await tracePacket(LAYOUT, frames, [RUN_DEFAULTS], { frame });
      return (packet as NoPacket).text.replace(/^.*nearest recorded /, "");
    };
    assert.equal(await nearest([0, 1, 59], 4294967295), "is 59");
    assert.equal(await nearest([0, 1, 59], 2147483700), "is 59");
    assert.equal(await nearest([100, 101], 5), "is 100");
    assert.equal(await nearest([4294967290, 4294967295], 3), "is 4294967290");
    assert.equal(await nearest([4294967290, 3, 9], 4294967295), "are 3 and 4294967290");
    assert.equal(await nearest([4294967290, 3, 9], 12), "are 9 and 4294967290");
    assert.equal(
      await nearest([0, 2000000000, 4000000000], 3900000000),
      "are 4000000000 and 2000000000",
    );
  });

  test("nothing is due, in a recording longer than half of all frames", async () => {
    const frames = [0, 1500000000, 3000000000, 4000000000].map((frame, i) =>
      Snapshot.of(LAYOUT, { frame, timeMs: i * 50, entities: [] })
    );
    const run = { ...RUN_DEFAULTS, sendEveryFrames: 3 };
    const [packet] = await tracePacket(LAYOUT, frames, [run], { frame: 3000000000 });
    assert.match((packet as NoPacket).text, /near it at frames 0 and 4000000000$/);
  });

  test("nothing is due: which are near", async () => {
    assert.equal(
      await missing(4, { sendEveryFrames: 3 }),
      "not-due: No packet goes to consumer 0 at frame 4: one goes every 3 recorded frames, near it " +
        "at frames 3 and 6",
    );
    assert.equal(
      await missing(13, { sendEveryFrames: 4 }),
      "not-due: No packet goes to consumer 0 at frame 13: one goes every 4 recorded frames, near " +
        "it at frame 12",
    );
    assert.equal(
      await missing(3, { sendRateHz: 10 }),
      "not-due: No packet goes to consumer 0 at frame 3: 10 go a second, near it at frames 2 and 4",
    );
  });

  test("nobody is there, or the budget is spent", async () => {
    assert.equal(
      await missing(0, { churn: { joinMs: 400 }, seed: 3 }),
      "not-connected: No packet goes to consumer 0 at frame 0: it has not joined by then",
    );
    assert.match(
      await missing(13, { budgetKbps: 1 }),
      /^budget: No packet goes to consumer 0 at frame 13: its budget of 1 kbps allows none; /,
    );
  });

  test("a consumer that the run lacks is refused", async () => {
    for (const consumer of [1, -1, 0.5]) {
      await assert.rejects(
        tracePacket(LAYOUT, FRAMES, [RUN_DEFAULTS], { frame: 1, consumer }),
        new RangeError(`consumer is ${consumer}, expected 0 to 0: they count from 0`),
      );
    }
  });
});

test("tracePacket() reads no frame that it does not need", async () => {
  let frames = 0;
  function* counted() {
    for (const frame of FRAMES) {
      frames++;
      yield frame;
    }
  }
  // Packet 3, sent at 150 ms, arrives at 170 and is told of with frame 4; one more is looked ahead.
  const run = { ...RUN_DEFAULTS, net: NET };
  await tracePacket(LAYOUT, counted(), [run], { frame: 3 });
  assert.equal(frames, 6);
});
