import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers";
import type { LiveProducer } from "../../../../lib/ingest.ts";
import { Hall } from "../hall.ts";
import type { ListenFlags } from "../listen_flags.ts";
import { Feed } from "./feed.ts";

const NO_COUNTS = {
  producers: 0,
  bytes: 0,
  bad: 0,
  late: 0,
  dropped: 0,
  gaps: 0,
  duplicates: 0,
  afterStop: 0,
  frameGaps: 0,
};

/** A feed of a producer that takes its time for each line, and what becomes of it. */
function feedOf(lineMs: number, waitMs = 0) {
  const told: string[] = [];
  let text = "";
  const busy = (ms: number) => {
    for (const startMs = performance.now(); performance.now() - startMs < ms;);
  };
  const producer: LiveProducer = {
    push: (bytes) => {
      const piece = new TextDecoder().decode(bytes);
      text += piece;
      busy(lineMs * (piece.split("\n").length - 1));
      return waitMs;
    },
    endMessage: () => told.push(`message of ${text.length}`),
    datagram: () => {},
    end: (_, isCut) => told.push(`end ${isCut} behind ${text.length}`),
  };
  const room = { isFull: false, counts: NO_COUNTS, connect: () => producer };
  const hall = new Hall(room, { maxProducers: 9 } as ListenFlags);
  const guest = hall.enter({ name: "a", isOrdered: true, tell: () => {}, leave: () => {} });
  const source = { pause: () => told.push("pause"), resume: () => told.push("resume") };
  return { feed: new Feed(hall, source, guest), hall, room, told, text: () => text };
}

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));

test("Feed hands over a message of many slow lines in turns, and all of it before the end", async () => {
  const { feed, told, text } = feedOf(0.02);
  const message = Array.from({ length: 5000 }, (_, i) => `line ${i}`).join("\n");
  feed.push(new TextEncoder().encode(message), true);
  feed.end(true);
  let turns = 0;
  for (; !told.at(-1)!.startsWith("end"); turns++) await immediate();
  // All of it takes 100 ms and a turn some 4: others have had theirs.
  assert.ok(turns >= 5, `${turns} turns`);
  assert.equal(text(), message);
  assert.deepEqual(told, [
    "pause",
    `message of ${message.length}`,
    `end true behind ${message.length}`,
  ]);
});

test("Feed keeps bytes without an end of a line, and hands over what follows behind them", async () => {
  const { feed, told, text } = feedOf(0);
  const parts = ["x".repeat(100_000), "y\nz", "\n", "", "last"];
  for (const part of parts) feed.push(new TextEncoder().encode(part));
  feed.end(false);
  while (!told.at(-1)?.startsWith("end")) await immediate();
  assert.equal(text(), parts.join(""));
});

test("Feed pauses its source while there is no room, and goes on when there is", () => {
  const { feed, hall, room, told, text } = feedOf(0);
  room.isFull = true;
  feed.push(new TextEncoder().encode("a\n"));
  feed.push(new TextEncoder().encode("b\n"));
  assert.deepEqual([told, text()], [["pause"], ""]);
  room.isFull = false;
  hall.makeRoom();
  assert.deepEqual([told, text()], [["pause", "resume"], "a\nb\n"]);
});

test("Feed waits where its producer sends too much, unless that is gone", async () => {
  const { feed, told, text } = feedOf(0, 60_000);
  feed.push(new TextEncoder().encode("a\n"));
  feed.push(new TextEncoder().encode("b\n"));
  await immediate();
  assert.deepEqual([told, text()], [["pause"], "a\n"]);
  const gone = feedOf(0, 60_000);
  gone.feed.push(new TextEncoder().encode("a\n".repeat(20_000)));
  assert.deepEqual(gone.told, ["pause"]);
  gone.feed.end(false);
  while (gone.told.length < 2) await immediate();
  assert.deepEqual(gone.told, ["pause", "end false behind 40000"]);
});
