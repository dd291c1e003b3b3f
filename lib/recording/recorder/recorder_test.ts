import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { EntityNames } from "../../core/names/entity_names.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { Schema } from "../../core/state/schema.ts";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { FileSource } from "../container/file_source.ts";
import { MemorySink } from "../container/memory_file.ts";
import { eventsOf, framesOf, openBytes } from "../memory_recording_test_helper.ts";
import { RecordingReader } from "../recording_reader.ts";
import { refuseUnhandled } from "../unhandled_test_helper.ts";
import { Recorder } from "./recorder.ts";

const SCHEMA: Schema = {
  kinds: [{ name: "a", fields: [{ name: "x", type: "i32" }, { name: "said", type: "text" }] }],
};
const LAYOUT = new SnapshotLayout(SCHEMA);
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const RUN = "Deno" in globalThis
  ? ["run", "-A", "--no-check", "--quiet", "--config", "deno.json"]
  : [];
const folder = mkdtempSync(join(tmpdir(), "hindcast-recorder-"));
after(() => rmSync(folder, { recursive: true }));

refuseUnhandled();

function frameOf(frame: number, x: number = frame, timeMs: number = frame * 10): StateFrame {
  const fields = { x, said: `number ${x % 5}` };
  return { frame, timeMs, entities: [{ id: 1, kind: "a", fields }] };
}

function framesTo(count: number): StateFrame[] {
  return Array.from({ length: count }, (_, i) => frameOf(i));
}

function eventOf(name: string, frame?: number, timeMs?: number): StateEvent {
  return { name, frame, timeMs, data: { ev: name } };
}

/** Waits until something holds, which takes a moment; the runner ends what takes for ever. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(2);
}

describe("Recorder", () => {
  test("records frames of objects and of rows, events, ids and facts", async () => {
    const path = join(folder, "all.mcap");
    const names = new EntityNames();
    const id = names.entity("ada");
    const recorder = await Recorder.open(path, {
      schema: SCHEMA,
      rateHz: 100,
      names,
      source: { game: "made" },
      replication: { codec: "varint" },
      rewind: { model: "{}", policy: "none" },
    });
    const entities = [{ id, kind: "a", fields: { x: 1, said: "hello" } }];
    recorder.write({ frame: 0, timeMs: 0, entities });
    recorder.writeSnapshot(Snapshot.of(LAYOUT, frameOf(1)));
    recorder.event(eventOf("shot", 1));
    recorder.event(eventOf("here"));
    const summary = await recorder.close();
    assert.deepEqual([summary.frames, summary.events, summary.blocks], [2, 2, 1]);
    assert.equal(summary.bytes, readFileSync(path).length);
    assert.equal(await recorder.close(), summary);

    const reader = await RecordingReader.open(new FileSource(path));
    assert.deepEqual(await framesOf(reader), [{ frame: 0, timeMs: 0, entities }, frameOf(1)]);
    const events = await eventsOf(reader);
    assert.deepEqual(events.map(({ name }) => name), ["shot", "here"]);
    assert.equal(reader.names?.idOf(id), "ada");
    assert.equal(reader.rateHz, 100);
    assert.deepEqual(reader.source, new Map([["game", "made"]]));
    assert.deepEqual(reader.replication, new Map([["codec", "varint"]]));
    assert.deepEqual(reader.rewind, new Map([["model", "{}"], ["policy", "none"]]));
  });

  test("copies what it is handed before the call returns", async () => {
    for (const schema of [SCHEMA, undefined]) {
      const sink = new MemorySink();
      const recorder = await Recorder.open(sink, schema === undefined ? {} : { schema });
      const fields = { x: 1, said: "a" };
      const data: Record<string, unknown> = { ev: "e", n: 1 };
      recorder.write({ frame: 0, timeMs: 0, entities: [{ id: 1, kind: "a", fields }] });
      recorder.event({ name: "e", frame: 0, timeMs: 0, data });
      Object.assign(fields, { x: 2, said: "b" });
      data["n"] = 2;
      const snapshot = Snapshot.of(LAYOUT, frameOf(1, 7));
      recorder.writeSnapshot(snapshot);
      Snapshot.setField(snapshot, 0, 0, 8);
      await recorder.close();
      const reader = await openBytes(sink.bytes());
      const read = await framesOf(reader);
      assert.deepEqual(read.map(({ entities }) => entities[0]!.fields), [
        { x: 1, said: "a" },
        { x: 7, said: "number 2" },
      ]);
      assert.deepEqual((await eventsOf(reader))[0]!.data, { ev: "e", n: 1 });
    }
  });

  test("hands over what waits by the wall clock, when nothing more comes", async () => {
    const sink = new MemorySink();
    const recorder = await Recorder.open(sink, { schema: SCHEMA, flushMs: 30 });
    recorder.write(frameOf(0));
    await until(() => contains(sink, "x-hindcast-block"));
    recorder.event(eventOf("goal", 0));
    await until(() => contains(sink, "hindcast.Events"));
    await recorder.flush();
    const { length } = sink.bytes();
    await sleep(100);
    assert.equal(sink.bytes().length, length);
    await recorder.close();
    assert.equal((await openBytes(sink.bytes())).blocks.length, 1);
  });

  test("flush() settles when the sink has it, and what is durable is asked for after each", async () => {
    const synced: number[] = [];
    const sink = Object.assign(new MemorySink(), {
      sync: async () => void synced.push(sink.bytes().length),
    });
    const recorder = await Recorder.open(sink, { schema: SCHEMA, fsync: true });
    recorder.event({ ...eventOf("nowhere", 0), frame: undefined, timeMs: undefined });
    await recorder.flush();
    assert.deepEqual(synced, []);
    assert.ok(!contains(sink, "hindcast.Events"));
    recorder.event(eventOf("early", 0));
    await recorder.flush();
    assert.deepEqual(synced, [sink.bytes().length]);
    assert.ok(contains(sink, "hindcast.Events"));
    recorder.write(frameOf(0));
    await recorder.flush();
    // With the first frame, then the block.
    assert.equal(synced.length, 3);
    assert.equal(synced[2], sink.bytes().length);
    assert.ok(synced[1]! < synced[2]!);
    await recorder.close();
  });

  test("refuses what the writer refuses, and goes on", async () => {
    const sink = new MemorySink();
    const recorder = await Recorder.open(sink, { schema: SCHEMA });
    recorder.write(frameOf(3));
    assert.throws(() => recorder.write(frameOf(3)), RangeError);
    assert.throws(() => recorder.write(frameOf(4, 0.5)), /FieldValueError|x/);
    assert.throws(() => recorder.writeSnapshot(Snapshot.of(LAYOUT, frameOf(2))), RangeError);
    assert.throws(() => recorder.event(eventOf("e", -1)), RangeError);
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const event = { name: "e", frame: 3, timeMs: 0, data: circle };
    assert.throws(() => recorder.event(event), TypeError);
    recorder.write(frameOf(4));
    await recorder.close();
    assert.deepEqual(recorder.dropped, { frames: 0, events: 0 });
    assert.deepEqual(await framesOf(await openBytes(sink.bytes())), [frameOf(3), frameOf(4)]);
  });
});

test("Recorder counts what a loop that runs on hands over while it is closed, and after", async () => {
  const sink = new MemorySink();
  const recorder = await Recorder.open(sink, { schema: SCHEMA });
  recorder.write(frameOf(3));
  recorder.event(eventOf("e", 3));
  const closed = recorder.close();
  recorder.write(frameOf(4));
  recorder.event(eventOf("e", 4));
  assert.deepEqual(recorder.dropped, { frames: 1, events: 1 });
  await recorder.flush();
  const { frames, events } = await closed;
  assert.deepEqual([frames, events], [1, 1]);
  recorder.writeSnapshot(Snapshot.of(LAYOUT, frameOf(5)));
  recorder.write(frameOf(6));
  recorder.event(eventOf("e", 6));
  await recorder.flush();
  assert.deepEqual(recorder.recorded, { frames: 1, events: 1 });
  assert.deepEqual(recorder.dropped, { frames: 3, events: 2 });
  assert.deepEqual(await framesOf(await openBytes(sink.bytes())), [frameOf(3)]);
});

test("Recorder keeps no process alive, and what its sink has is there", async () => {
  const path = join(folder, "left.mcap");
  const recording = JSON.stringify(new URL("../../recording.ts", import.meta.url).href);
  const script = join(folder, "leave.mjs");
  writeFileSync(
    script,
    `import { Recorder } from ${recording};
    const recorder = await Recorder.open(${JSON.stringify(path)}, { flushMs: 3_600_000 });
    recorder.write({ frame: 7, timeMs: 0, entities: [{ id: 1, kind: "a", fields: { x: 1 } }] });
    await recorder.flush();
    recorder.write({ frame: 8, timeMs: 16, entities: [] });`,
  );
  const { status, stderr } = spawnSync(process.execPath, [...RUN, script], {
    cwd: ROOT,
    encoding: "utf8",
    timeout: 60_000,
  });
  assert.equal(status, 0, stderr);
  const source = new FileSource(path);
  const reader = await RecordingReader.open(source, { damage: "leave-out" });
  assert.deepEqual((await framesOf(reader)).map(({ frame }) => frame), [7]);
  await source.close();
});

describe("Recorder with a sink that fails", () => {
  for (const [how, fail] of [["throws", () => full()], ["rejects", async () => full()]] as const) {
    test(`that ${how}: tells it once, counts what comes, and rejects at the end`, async () => {
      let writes = 0;
      let asked = 0;
      const sink = { write: () => (asked++, ++writes > 3 ? fail() : undefined) };
      const told: Error[] = [];
      const recorder = await Recorder.open(sink, {
        schema: SCHEMA,
        onFailure: (error) => void told.push(error),
      });
      const frames = framesTo(250);
      for (const frame of frames) recorder.write(frame);
      await until(() => recorder.failure !== undefined);
      assert.match(recorder.failure!.message, /the disk is full/);
      recorder.write(frameOf(250));
      recorder.event(eventOf("e", 250));
      recorder.writeSnapshot(Snapshot.of(LAYOUT, frameOf(251)));
      // The block that the sink refused held the first ones, and none of the others has a block.
      assert.deepEqual(recorder.dropped, { frames: 252, events: 1 });
      assert.deepEqual(recorder.recorded, { frames: 0, events: 0 });
      await assert.rejects(recorder.flush(), /the disk is full/);
      await assert.rejects(recorder.close(), /the disk is full/);
      assert.deepEqual(told, [recorder.failure]);
      assert.equal(asked, 4);
      assert.equal(recorder.waitingBytes, 0);
    });
  }

  test("tells it without anybody waiting, by its timer, and for durability too", async () => {
    const sink = { write: () => {}, sync: () => full() };
    const told: Error[] = [];
    const onFailure = (error: Error) => void told.push(error);
    const recorder = await Recorder.open(sink, { schema: SCHEMA, flushMs: 10, onFailure });
    recorder.write(frameOf(0));
    await until(() => told.length > 0);
    await sleep(30);
    assert.equal(told.length, 1);
    void recorder.close();
  });

  test("tells an error of the end", async () => {
    let isFull = false;
    const told: string[] = [];
    const sink = { write: () => isFull ? full() : undefined };
    const onFailure = ({ message }: Error) => void told.push(message);
    const recorder = await Recorder.open(sink, { schema: SCHEMA, onFailure });
    recorder.write(frameOf(0));
    await recorder.flush();
    isFull = true;
    await assert.rejects(recorder.close(), /the disk is full/);
    assert.deepEqual(told, ["the disk is full"]);
  });
});

describe("Recorder with a slow sink", () => {
  test("drops whole frames beyond its queue, and the file says just what it has", async () => {
    const sink = new MemorySink();
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => open = resolve);
    let writes = 0;
    const slow = {
      write: async (bytes: Uint8Array) => {
        if (++writes > 3) await gate;
        sink.write(bytes);
      },
    };
    const queueBytes = 200_000;
    const recorder = await Recorder.open(slow, { schema: SCHEMA, queueBytes, flushMs: 5 });
    const kept: StateFrame[] = [];
    const eventFrames: number[] = [];
    let most = 0;
    for (let i = 0; i < 8000; i++) {
      const before = recorder.dropped;
      recorder.write(frameOf(i));
      recorder.event(eventOf("e"));
      if (recorder.dropped.frames === before.frames) kept.push(frameOf(i));
      if (recorder.dropped.events === before.events) eventFrames.push(i);
      most = Math.max(most, recorder.waitingBytes);
      if (i % 100 === 0) await sleep(0);
    }
    const { dropped } = recorder;
    assert.ok(dropped.frames > 1000 && dropped.events > 1000);
    assert.deepEqual(dropped, { frames: 8000 - kept.length, events: 8000 - eventFrames.length });
    // The last that was taken is a frame of one small entity at most, which may begin a block.
    assert.ok(most >= queueBytes && most < queueBytes + 40_000, String(most));
    open();
    await recorder.flush();
    recorder.write(frameOf(9000));
    kept.push(frameOf(9000));
    await recorder.close();
    assert.deepEqual(recorder.dropped, dropped);

    const reader = await openBytes(sink.bytes());
    assert.deepEqual(await framesOf(reader), kept);
    // Each stands at the frame that was the newest, recorded or not.
    const placed = await Array.fromAsync(reader.placedEvents());
    assert.deepEqual(placed.map(({ offset }) => offset), eventFrames);
  });
});

function full(): never {
  throw new Error("the disk is full");
}

function contains(sink: MemorySink, text: string): boolean {
  return new TextDecoder("latin1").decode(sink.bytes()).includes(text);
}
