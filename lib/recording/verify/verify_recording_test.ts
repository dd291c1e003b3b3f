import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TypedMcapRecords } from "@mcap/core";
import { shortened, withAlteredMessages } from "../altered_message_test_helper.ts";
import { MemorySource } from "../container/memory_file.ts";
import { record } from "../memory_recording_test_helper.ts";
import type { FaultCost } from "./verification.ts";
import { verifyRecording } from "./verify_recording.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 120_000 };

type Message = TypedMcapRecords["Message"];

const frames = Array.from({ length: 30 }, (_, frame) => ({
  frame,
  timeMs: frame * 100,
  entities: [{ id: 1, kind: "ball", fields: { x: frame * 3 } }],
}));
const events = [5, 25].map((frame) => {
  const data = { f: frame, t: frame * 100, ev: "hit" };
  return { frame, timeMs: data.t, name: "hit", data };
});
const file = await record(frames, { rateHz: 10 }, events);

const isBlock = (frame: number) => ({ channelId, sequence }: Message) =>
  channelId >= 3 && sequence === frame;
const isEvent = ({ channelId, sequence }: Message) => channelId === 1 && sequence === 5;

/** The file with other messages, every CRC and index being right. */
function altered(picks: (message: Message) => boolean, alter: (message: Message) => Message) {
  return withAlteredMessages(file, (message) => picks(message) ? alter(message) : message);
}

/** Data with a text instead of another of the same length. */
function replaced(from: string, to: string) {
  return (message: Message): Message => {
    const text = new TextDecoder().decode(message.data);
    assert.ok(text.includes(from));
    return { ...message, data: new TextEncoder().encode(text.replace(from, to)) };
  };
}

describe("verifyRecording() of a file whose CRCs are all right", () => {
  test("finds nothing where nothing was altered but that chunks are other ones", SLOW, async () => {
    const { faults } = await verifyRecording(new MemorySource(altered(() => false, (it) => it)));
    // What the writer counted is known by the very chunks that it counted.
    assert.deepEqual(faults.map(({ section, cost }) => [section, cost]), [
      ["attachment hindcast.states", "nothing"],
    ]);
  });

  const cases: readonly (readonly [
    name: string,
    bytes: Uint8Array,
    section: string,
    cost: FaultCost,
    problem: RegExp,
  ])[] = [
    ["a block that ends too early", altered(isBlock(10), shortened), "block", "frames", /ends/],
    [
      "a block whose sequence is another frame",
      altered(isBlock(10), (message) => ({ ...message, sequence: 11 })),
      "chunk",
      "nothing",
      /^its sequence is 11, its first frame 10$/,
    ],
    [
      "a block whose log time is another",
      altered(isBlock(20), (message) => ({ ...message, logTime: 5n })),
      "chunk",
      "nothing",
      /^its log time is 5 ns, its first frame's 2000 ms$/,
    ],
    [
      "an event that is no object",
      altered(isEvent, replaced('{"f":5,"t":500,"ev":"hit"}', '["a"]')),
      "events",
      "events",
      /an event is no object/,
    ],
    [
      "an event that the writer did not count",
      altered(isEvent, replaced('{"f":5,"t":500,"ev":"hit"}', '{"f":5,"t":500,"ev":"hat"}')),
      "metadata hindcast.events",
      "events",
      /another number of "h[ai]t"/,
    ],
  ];
  for (const [name, bytes, section, cost, problem] of cases) {
    test(`finds ${name}`, SLOW, async () => {
      const { faults, isWhole } = await verifyRecording(new MemorySource(bytes));
      assert.equal(isWhole, false);
      const [worst] = faults;
      assert.deepEqual([worst!.section, worst!.cost], [section, cost]);
      assert.match(worst!.problem, problem);
    });
  }

  test("finds blocks that stand where the table has others", SLOW, async () => {
    const source = new MemorySource(withAlteredMessages(file, swapped()));
    const { faults } = await verifyRecording(source);
    const ofBlocks = faults.filter(({ cost }) => cost === "frames");
    assert.deepEqual(ofBlocks.map(({ section }) => section), ["block", "block"]);
    for (const { problem } of ofBlocks) assert.match(problem, /the block table disagree/);
  });
});

/** Gives the second block where the third is, and the other way round. */
function swapped(): (message: Message) => Message {
  const blocks = new Map<number, Message>();
  withAlteredMessages(file, (message) => {
    if (message.channelId >= 3) blocks.set(message.sequence, message);
    return message;
  });
  const other = new Map([[10, 20], [20, 10]]);
  return (message) => {
    const frame = message.channelId >= 3 ? other.get(message.sequence) : undefined;
    return frame === undefined ? message : blocks.get(frame)!;
  };
}
