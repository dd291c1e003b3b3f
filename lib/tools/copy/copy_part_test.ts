import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateEvent } from "../../core/state/state.ts";
import { MemorySink } from "../../recording/container/memory_file.ts";
import { openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import { WORLD_SCHEMA } from "../../recording/random_world_test_helper.ts";
import { RecordingPart } from "../select/recording_part.ts";
import { copyPart } from "./copy_part.ts";
import {
  contentOf,
  cut,
  openWorld,
  randomRecording,
  stateTexts,
} from "./recording_content_test_helper.ts";

test("copyPart() of a whole recording is that recording, bit by bit", async () => {
  await fc.assert(
    fc.asyncProperty(randomRecording, async (world) => {
      const reader = await openWorld(world);
      if (reader.frameCount === 0) return;
      const copy = await cut(reader);
      assert.deepEqual(copy.schema, WORLD_SCHEMA);
      assert.deepEqual(await contentOf(copy), await contentOf(reader));
    }),
    { numRuns: 60 },
  );
});

test("copyPart() of a span has its frames as at() has them, and the events that stand in it", async () => {
  await fc.assert(
    fc.asyncProperty(randomRecording, fc.nat(), fc.nat(), async (world, a, b) => {
      const reader = await openWorld(world);
      const { frames } = world;
      if (frames.length === 0) return;
      const [i, j] = [a % frames.length, b % frames.length].sort((x, y) => x - y) as [
        number,
        number,
      ];
      const [from, to] = [frames[i]!.frame, frames[j]!.frame];
      const expected = [];
      for (let k = i; k <= j; k++) {
        const answer = await reader.at(frames[k]!.frame);
        assert.ok(answer.found);
        expected.push([answer.frame, answer.state.timeMs, stateTexts(answer.state)]);
      }
      const copy = await contentOf(await cut(reader, { from, to }));
      assert.deepEqual(copy.frames, expected);
      const distance = (frame: number) => (frame - from) >>> 0;
      const whole = await contentOf(reader);
      const inSpan = whole.events.filter(([at]) => distance(at) <= distance(to));
      assert.deepEqual(copy.events, inSpan);
    }),
    { numRuns: 60 },
  );
});

test("copyPart() has just the chosen kinds, entities and fields, and all frames", async () => {
  const fields = ["u32", "f64", "some.name", "wide.w39", "some.__proto__"];
  await fc.assert(
    fc.asyncProperty(
      randomRecording,
      fc.record({
        kinds: fc.option(fc.subarray(["all", "some", "wide", "mark"]), { nil: undefined }),
        ids: fc.option(fc.subarray([0, 1, 2, 7]), { nil: undefined }),
        hasFields: fc.boolean(),
      }),
      async (world, { kinds, ids, hasFields }) => {
        const reader = await openWorld(world);
        if (reader.frameCount === 0 || (hasFields && kinds !== undefined)) return;
        const chosen = hasFields ? { ids, fields } : { ids, kinds };
        const copy = await contentOf(await cut(reader, chosen));
        const whole = await contentOf(reader);
        const isChosen = (state: string) => {
          const [id, kind] = state.split(" ");
          return (ids?.includes(Number(id)) ?? true) &&
            (kinds?.includes(JSON.parse(kind!)) ?? true);
        };
        const narrowed = (state: string) => {
          if (!hasFields) return state;
          const [id, kind] = state.split(" ");
          const has = {
            '"all"': ["u32", "f64"],
            '"some"': ["name", "__proto__"],
            '"wide"': ["w39"],
          };
          const kept = (has as Record<string, string[]>)[kind!] ?? [];
          const values = state.matchAll(/ "(\w+)"=(NaN \S+|"(?:[^"\\]|\\.)*"|\S+)/gs);
          const texts = [...values].filter(([, name]) => kept.includes(name!)).map(([text]) =>
            text
          );
          return `${id} ${kind}${texts.join("")}`;
        };
        assert.deepEqual(
          copy.frames,
          whole.frames.map(([frame, timeMs, states]) => [
            frame,
            timeMs,
            states.filter(isChosen).map(narrowed),
          ]),
        );
        assert.deepEqual(copy.events, whole.events);
      },
    ),
    { numRuns: 60 },
  );
});

const event = (frame: number): StateEvent => ({ frame, timeMs: undefined, name: "hit", data: {} });

test("copyPart() says what it copied and what it left out", async () => {
  const entities = [3, 7].map((id) => ({ id, kind: "ship", fields: { x: id, y: 1 } }));
  const rock = { id: 9, kind: "rock", fields: { z: 1 } };
  const frames = [10, 11, 12, 14].map((frame) => ({
    frame,
    timeMs: frame,
    entities: [...entities, rock],
  }));
  const reader = await openBytes(await record(frames, {}, [10, 12, 12].map(event)));
  const part = RecordingPart.of(reader, { from: 12, ids: [3], kinds: ["ship"], fields: ["x"] });
  let count = 0;
  const summary = await copyPart(part, new MemorySink(), { onFrame: () => count++ });
  assert.equal(count, 2);
  const { frames: copied, states, events, leftOut } = summary;
  assert.deepEqual([copied, states, events], [2, 2, 2]);
  assert.deepEqual(leftOut, { frames: 2, states: 4, events: 1, kinds: 1, fields: 1 });
});

test("copyPart() takes events alone, and a recording that has nothing else", async () => {
  const reader = await openBytes(await record([], {}, [event(5), event(3)]));
  const only = await cut(reader, { events: "only" });
  assert.deepEqual([only.frameCount, only.eventCounts.get("hit")], [0, 2]);
  assert.deepEqual((await contentOf(only)).events, [[3, event(3)], [5, event(5)]]);
});

test("copyPart() fails where a block is damaged or the sink fails", async () => {
  const frames = Array.from({ length: 300 }, (_, frame) => ({
    frame,
    timeMs: frame * 20,
    entities: [{ id: 1, kind: "ship", fields: { x: frame * 7 } }],
  }));
  const bytes = await record(frames, { level: 1 });
  const { blocks } = await openBytes(bytes);
  const damaged = bytes.slice();
  damaged[blocks[2]!.offset + 80]! ^= 1;
  const part = async (bytes: Uint8Array) => RecordingPart.of(await openBytes(bytes));
  await assert.rejects(
    copyPart(await part(damaged), new MemorySink()),
    /Cannot read block .*test\.mcap/,
  );
  for (let failing = 0; failing < 12; failing++) {
    let calls = 0;
    const write = () => {
      if (calls++ === failing) throw new Error("the disk is full");
    };
    await assert.rejects(copyPart(await part(bytes), { write }), /the disk is full/);
  }
});
