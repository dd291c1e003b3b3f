/**
 * Policy `nack` against a naive model: for each field of each entity, the newest packet that carried
 * it. What is owed is what the newest carrier lost, no more and no less, byte for byte.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { defineSchema } from "../wire/define_schema.ts";
import { dice } from "../state/random_world_test_helper.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { EntityState } from "../state/state.ts";
import { Tracker } from "./tracker.ts";
import { WorldTracker } from "./world_tracker.ts";

type Roll = (sides: number) => number;

const le32 = (word: number) => [0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff);

/** Packets of one consumer on a link that loses and delays, in absolute frames. */
class ModelLink {
  /** Packets that an ack has passed by. */
  readonly lost: Set<number> = new Set();
  hasAck = false;
  #sent: number[] = [];
  #applied: Set<number> = new Set();
  #newestApplied = -1;
  #acked = -1;
  readonly #acks: { at: number; frame: number; bits: number }[] = [];
  readonly #roll: Roll;

  constructor(roll: Roll) {
    this.#roll = roll;
  }

  /** A packet goes out; it may get there, and an ack may come back some time. */
  send(frame: number): void {
    const roll = this.#roll;
    this.#sent.push(frame);
    if (roll(100) < 25) return;
    this.#applied.add(this.#newestApplied = frame);
    if (roll(100) < 25) return;
    let bits = 0;
    for (let n = 0; n < 32; n++) if (this.#applied.has(frame - 1 - n)) bits |= 1 << n;
    this.#acks.push({ at: frame + 1 + roll(7), frame, bits });
  }

  /** Acks that come back before a frame, in a random order; `take` gives them to the tracker. */
  settle(before: number, take: (frame: number, bits: number) => boolean): void {
    for (let i = this.#acks.length - 1; i >= 0; i--) {
      const { at, frame, bits } = this.#acks[i]!;
      if (at > before) continue;
      this.#acks.splice(i, 1);
      const isNews = frame > this.#acked && this.#sent.includes(frame);
      assert.equal(take(frame, bits), isNews);
      if (!isNews) continue;
      this.#acked = frame;
      this.hasAck = true;
      for (const sent of this.#sent) {
        const back = frame - sent;
        if (back < 0) continue;
        const isApplied = back === 0 || (back <= 32 && ((bits >>> (back - 1)) & 1) === 1);
        if (!isApplied) this.lost.add(sent);
      }
      this.#sent = this.#sent.filter((sent) => sent > frame);
    }
  }

  /** Acks from before are dead from now on; the consumer begins anew. */
  reset(): void {
    this.#sent = [];
    this.#acks.length = 0;
    this.#applied = new Set();
    this.hasAck = false;
    this.#acked = -1;
  }
}

test("Tracker nack: a packet holds what changed and what the newest carrier lost, nothing else", () => {
  // 40 fields: the mask has five bytes, and fields in both of its words.
  const names = Array.from({ length: 40 }, (_, i) => `f${i}`);
  const kind = defineSchema("k", Object.fromEntries(names.map((name) => [name, "u8"])), "native");
  let owedFields = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const roll = dice(seed);
    const tracker = new Tracker<Int32Array, number>(kind.encoder, {
      policy: "nack",
      schemaHash: false,
    });
    const consumers = Array.from({ length: 3 }, () => ({
      link: new ModelLink(roll),
      values: names.map(() => roll(256)),
      sent: undefined as number[] | undefined,
      carriers: names.map(() => 0),
      keyframe: 0,
    }));
    const start = 4294967200;
    for (let frame = start; frame < start + 220; frame++) {
      consumers.forEach((consumer, c) => {
        const { link, values, carriers } = consumer;
        link.settle(frame, (acked, bits) => tracker.ack(c, acked >>> 0, bits));
        for (let n = roll(4); n > 0; n--) values[roll(40)] = roll(256);
        if (roll(5) === 0) return;
        const isKeyframe = !link.hasAck || link.lost.has(consumer.keyframe);
        const bits = names.map((_, i) => {
          const isOwed = link.lost.has(carriers[i]!);
          const isNew = isKeyframe || values[i] !== consumer.sent![i];
          if (isOwed && !isNew) owedFields++;
          return isNew || isOwed;
        });
        const mask = [0, 8, 16, 24, 32].map((at) =>
          bits.slice(at, at + 8).reduce((byte, bit, i) => byte | (bit ? 1 << i : 0), 0)
        );
        const body = values.filter((_, i) => bits[i]);
        const packet = tracker.append(
          c,
          frame >>> 0,
          Int32Array.from(kind.pack(
            Object.fromEntries(names.map((name, i) => [name, values[i]!])),
          )),
        );
        const form = isKeyframe ? 0 : 2;
        assert.deepEqual([...packet], [form, ...le32(frame), ...mask, ...body], `frame ${frame}`);
        bits.forEach((bit, i) => bit && (carriers[i] = frame));
        if (isKeyframe) consumer.keyframe = frame;
        consumer.sent = [...values];
        link.send(frame);
      });
    }
  }
  assert.ok(owedFields > 500, `only ${owedFields} fields were owed`);
});

const LAYOUT = new SnapshotLayout({
  kinds: [
    {
      name: "p",
      fields: ["x", "y", "z"].map((name) => ({ name, type: "u8" as const })),
    },
    { name: "q", fields: [{ name: "x", type: "u8" }] },
  ],
});

interface Entity {
  readonly kind: 0 | 1;
  readonly values: readonly number[];
}
type Entities = ReadonlyMap<number, Entity>;

const ID_COUNT = 12;

function change(world: Map<number, Entity>, roll: Roll): void {
  const id = roll(ID_COUNT);
  const entity = world.get(id);
  if (entity === undefined || roll(12) === 0) {
    const kind = roll(3) === 0 ? 1 : 0;
    const values = Array.from({ length: kind === 0 ? 3 : 1 }, () => roll(4));
    world.set(id, { kind, values });
  } else if (roll(8) === 0) world.delete(id);
  else {
    const field = roll(entity.values.length);
    world.set(id, { ...entity, values: entity.values.with(field, roll(4)) });
  }
}

/** What one consumer was sent, field by field. */
class ModelConsumer {
  readonly link: ModelLink;
  keyframe = 0;
  /** What it holds if every packet arrived. */
  sent: Map<number, Entity> = new Map();
  /** Newest packet that said whether an entity is there, and newest for each field since. */
  readonly lives: Map<number, number> = new Map();
  readonly fields: Map<string, number> = new Map();
  owedRecords = 0;

  constructor(roll: Roll) {
    this.link = new ModelLink(roll);
  }

  /** Bytes of the next packet. */
  append(frame: number, view: Entities, omitted: ReadonlySet<number>): number[] {
    const { link } = this;
    const isKeyframe = !link.hasAck || link.lost.has(this.keyframe);
    const bytes = [isKeyframe ? 0 : 2, ...le32(frame)];
    if (isKeyframe) {
      this.sent.clear();
      this.lives.clear();
      this.fields.clear();
      this.keyframe = frame;
    }
    let previousId = -1;
    const header = (id: number, type: number) => {
      bytes.push((id - previousId - 1) * 4 + type);
      previousId = id;
    };
    for (let id = 0; id < ID_COUNT; id++) {
      const held = this.sent.get(id);
      // An entity that is left out stays what it is; one that was never sent is not there yet.
      const isOmitted = omitted.has(id) && view.has(id);
      const now = isOmitted ? held : view.get(id);
      const isLifeLost = link.lost.has(this.lives.get(id) ?? -1);
      if (now === undefined) {
        if (held === undefined && !isLifeLost) continue;
        if (held === undefined) this.owedRecords++;
        header(id, 2);
        this.#begin(id, frame);
        this.sent.delete(id);
        continue;
      }
      if (isOmitted) continue;
      this.sent.set(id, now);
      if (held?.kind !== now.kind || isLifeLost) {
        if (held?.kind === now.kind) this.owedRecords++;
        header(id, 1);
        bytes.push(now.kind, ...now.values);
        this.#begin(id, frame);
        continue;
      }
      const bits = now.values.map((value, i) =>
        value !== held.values[i] || link.lost.has(this.fields.get(`${id} ${i}`) ?? -1)
      );
      if (!bits.includes(true)) continue;
      if (now.values.every((value, i) => value === held.values[i])) this.owedRecords++;
      header(id, 0);
      bytes.push(now.kind, bits.reduce((byte, bit, i) => byte | (bit ? 1 << i : 0), 0));
      bytes.push(...now.values.filter((_, i) => bits[i]));
      bits.forEach((bit, i) => bit && this.fields.set(`${id} ${i}`, frame));
    }
    link.send(frame);
    return bytes;
  }

  reset(): void {
    this.link.reset();
  }

  #begin(id: number, frame: number): void {
    this.lives.set(id, frame);
    for (let i = 0; i < 3; i++) this.fields.delete(`${id} ${i}`);
  }
}

test("WorldTracker nack: records of what changed and of what the newest carrier lost, in views too", () => {
  const owed = { world: 0, views: 0, omitted: 0 };
  for (const mode of ["world", "views", "omitted"] as const) {
    for (let seed = 1; seed <= 12; seed++) {
      const roll = dice(seed);
      const tracker = new WorldTracker<number>(LAYOUT, "mask", {
        policy: "nack",
        schemaHash: false,
      });
      const world = new Map<number, Entity>();
      const consumers = Array.from({ length: 3 }, () => new ModelConsumer(roll));
      const start = 4294967200;
      for (let frame = start; frame < start + 220; frame++) {
        for (let i = 0; i < 4; i++) change(world, roll);
        const entities = [...world].map(([id, { kind, values }]): EntityState => {
          const [x, y, z] = values as [number, number, number];
          return kind === 0
            ? { id, kind: "p", fields: { x, y, z } }
            : { id, kind: "q", fields: { x } };
        });
        tracker.begin(Snapshot.of(LAYOUT, { frame: frame >>> 0, timeMs: 0, entities }));
        consumers.forEach((consumer, c) => {
          const epoch = tracker.epoch(c);
          consumer.link.settle(frame, (acked, bits) => tracker.ack(c, acked >>> 0, bits, epoch));
          if (roll(6) === 0) return;
          if (roll(80) === 0) {
            consumer.reset();
            tracker.reset(c);
          }
          // A window that moves now and then, as a consumer's surroundings do.
          const from = Math.floor(frame / 9 + c * 3) % 8;
          const isShown = (id: number) => mode === "world" || (id >= from && id < from + 6);
          const view = mode === "world" ? undefined : tracker.view();
          for (let i = 0; view !== undefined && i < tracker.world.count; i++) {
            if (isShown(tracker.world.ids[i]!)) view.show(tracker.world, i);
          }
          const omitted = new Set<number>();
          for (let id = 0; id < ID_COUNT && mode === "omitted"; id++) {
            if (roll(3) === 0) omitted.add(id);
          }
          const shown = new Map([...world].filter(([id]) => isShown(id)));
          const packet = tracker.append(c, view, mode === "omitted" ? omitted : undefined);
          assert.deepEqual(
            [...packet],
            consumer.append(frame, shown, omitted),
            `${mode}, seed ${seed}, consumer ${c}, frame ${frame}`,
          );
        });
      }
      for (const { owedRecords } of consumers) owed[mode] += owedRecords;
    }
  }
  for (const count of Object.values(owed)) assert.ok(count > 500, JSON.stringify(owed));
});
