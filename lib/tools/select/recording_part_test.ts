import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import { randomWorld } from "../../recording/random_world_test_helper.ts";
import { RecordingPart } from "./recording_part.ts";
import type { Selection } from "./selection.ts";

const ship = (id: number, x: number) => ({ id, kind: "ship", fields: { x, y: -x } });
const rock = (id: number) => ({ id, kind: "rock", fields: { x: id, size: "big" } });

function event(frame: number | undefined, timeMs?: number, name = "shot"): StateEvent {
  return { frame, timeMs, name, data: { ev: name, n: 1 } };
}

const FRAMES: readonly StateFrame[] = [3, 4, 6, 7].map((frame) => ({
  frame,
  timeMs: frame * 10,
  entities: [ship(1, frame), ship(2, 9), ...(frame > 4 ? [rock(8)] : [])],
}));
const EVENTS = [event(1), event(5), event(6), event(undefined, 41), event(99)];

async function part(selection: Selection = {}): Promise<RecordingPart> {
  return RecordingPart.of(await openBytes(await record(FRAMES, {}, EVENTS)), selection);
}

async function framesOf(of: RecordingPart): Promise<StateFrame[]> {
  const frames: StateFrame[] = [];
  for await (const { frame } of of.frames()) frames.push(frame);
  return frames;
}

test("RecordingPart.frames() keeps every frame of the span, also one that is left empty", async () => {
  assert.deepEqual(await framesOf(await part()), FRAMES);
  assert.deepEqual((await framesOf(await part({ from: 4, to: 6 }))).map(({ frame }) => frame), [
    4,
    6,
  ]);
  const rocks = await part({ kinds: ["rock"] });
  assert.deepEqual((await framesOf(rocks)).map(({ entities }) => entities), [
    [],
    [],
    [rock(8)],
    [rock(8)],
  ]);
  assert.deepEqual(rocks.schema.kinds.map(({ name }) => name), ["rock"]);
});

test("RecordingPart.frames() keeps the named fields, by name everywhere or in one kind", async () => {
  const fieldsOf = async (fields: string[]) => {
    const [last] = (await framesOf(await part({ fields }))).slice(-1);
    return last!.entities.map((entity) => Object.keys(entity.fields).join(" "));
  };
  assert.deepEqual(await fieldsOf(["x"]), ["x", "x", "x"]);
  assert.deepEqual(await fieldsOf(["rock.x", "y"]), ["y", "y", "x"]);
});

test("RecordingPart.frames() gives the same object for a state that did not change", async () => {
  for (const selection of [{}, { ids: [2] }, { fields: ["x"] }]) {
    const states = (await framesOf(await part(selection)))
      .map(({ entities }) => entities.find(({ id }) => id === 2));
    assert.equal(states.length, 4);
    assert.ok(states.every((state) => state === states[0]));
  }
});

test("RecordingPart.timeline() puts events after the frame at which they stand", async () => {
  const orderOf = async (selection: Selection) => {
    const order: string[] = [];
    for await (const item of (await part(selection)).timeline()) {
      if ("frame" in item) order.push(`frame ${item.frame.frame}`);
      else order.push(`event ${item.event.frame ?? `${item.event.timeMs} ms`}`);
    }
    return order.join(", ");
  };
  assert.equal(
    await orderOf({}),
    "event 1, frame 3, frame 4, event 41 ms, event 5, frame 6, event 6, frame 7, event 99",
  );
  assert.equal(
    await orderOf({ from: 4, to: 6 }),
    "frame 4, event 41 ms, event 5, frame 6, event 6",
  );
  assert.equal(await orderOf({ events: "none", to: 3 }), "frame 3");
  assert.equal(await orderOf({ events: "only", from: 5 }), "event 5, event 6, event 99");
});

test("RecordingPart.unseenIds names entities that no frame had", async () => {
  const some = await part({ ids: [1, 8, 77], to: 4 });
  assert.equal((await framesOf(some)).length, 2);
  assert.deepEqual(some.unseenIds, [8, 77]);
});

test("RecordingPart.of() refuses what the recording lacks", async () => {
  const refusals: readonly [Selection, RegExp][] = [
    [{ kinds: ["ships"] }, /no kind "ships"; it has ship, rock$/],
    [{ fields: ["ship.size"] }, /no field "ship.size"; it has x, y, size$/],
    [{ kinds: ["ship"], fields: ["size"] }, /no field "size"; it has x, y$/],
    [{ from: 6, to: 4 }, /Frames 6 to 4 are none/],
    [{ from: 8 }, /span 8 to end holds no frame: the recording has frames 3 to 7$/],
    [{ to: 2 }, /span start to 2 holds no frame/],
  ];
  for (const [selection, message] of refusals) {
    await assert.rejects(part(selection), { name: "RangeError", message });
  }
  assert.equal((await part({ to: 2, events: "only" })).frameCount, 0);
});

test("RecordingPart.overlap() leaves out what the recording lacks", async () => {
  const reader = await openBytes(await record(FRAMES, {}, EVENTS));
  const overlap = async (selection: Selection) => {
    const some = RecordingPart.overlap(reader, selection);
    const frames = (await framesOf(some)).map(({ frame }) => frame);
    const kinds = some.schema.kinds.map(({ name, fields }) => `${name} ${fields.length}`);
    return [frames, kinds];
  };
  assert.deepEqual(await overlap({ from: 8 }), [[], ["ship 2", "rock 2"]]);
  assert.deepEqual(await overlap({ to: 4, kinds: ["rock", "boat"] }), [[3, 4], ["rock 2"]]);
  assert.deepEqual(await overlap({ from: 7, fields: ["z", "size"] }), [[7], ["ship 0", "rock 1"]]);
});

test("RecordingPart.frames() agrees with leaving out by hand, over random worlds", async () => {
  await fc.assert(
    fc.asyncProperty(
      randomWorld.filter((frames) => frames.length > 0),
      fc.nat(),
      fc.nat(),
      fc.subarray([0, 1, 2, 3, 5, 8]),
      async (frames, a, b, ids) => {
        const reader = await openBytes(await record(frames, { level: 1 }));
        const [first, last] = [a % frames.length, b % frames.length].sort((x, y) => x - y);
        const span = frames.slice(first, last! + 1);
        const selection = { from: span[0]!.frame, to: span.at(-1)!.frame, ids };
        assert.deepEqual(
          (await framesOf(RecordingPart.of(reader, selection))).map(({ entities }) => entities),
          span.map(({ entities }) =>
            entities.filter(({ id }) => ids.includes(id)).sort((x, y) => x.id - y.id)
          ),
        );
      },
    ),
    { numRuns: 60 },
  );
});
