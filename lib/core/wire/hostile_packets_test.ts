/**
 * Packets that were changed on their way, at random, against a receiver of which all is known:
 * nothing but the documented outcomes, nothing thrown, nothing changed by a packet that is dropped,
 * and nothing accepted that no tracker writes. HOSTILE_PACKETS says how many for each form.
 */
import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError } from "../bytes/bytes.ts";
import { PacketBreakdown } from "./packet_breakdown.ts";
import { PacketHeader } from "./packet_header.ts";
import type { TrackerOptions } from "../tracker/tracker_options.ts";
import { dice, RandomWorld, WORLD_LAYOUT } from "../state/random_world_test_helper.ts";
import { Receiver } from "../tracker/receiver.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { EntityState } from "../state/state.ts";
import { TEXT_COST_MAX } from "../state/text_pool.ts";
import { CRATE, cratePairs, KINDS, worldTriples } from "./wire_model_test_helper.ts";
import { BodyWriter, partialSource } from "./wire_rewrite_test_helper.ts";
import { CODEC_NAMES, type CodecName } from "./world_codec.ts";
import { WorldReader } from "./world_reader.ts";
import { WorldTracker } from "../tracker/world_tracker.ts";

const COUNT = Number(process.env.HOSTILE_PACKETS ?? 5000);

/** Names of the forms, by their code on the wire. */
const FORMS = [
  "keyframe",
  "delta",
  "patch",
  "keyframe with tables",
  "keyframe with hash",
  "keyframe with hash and tables",
  "partial",
] as const;
const [DELTA, PATCH, TABLES, HASH, HASH_TABLES, PARTIAL] = [1, 2, 3, 4, 5, 6];

/** A receiver's past, and valid packets of every form that it would take next. */
interface Scene {
  /** Frames that it holds, the newest last. */
  frames: readonly [number, number];
  states: readonly [Snapshot, Snapshot];
  setup: readonly [Uint8Array, Uint8Array];
  /** Packets by code. */
  packets: readonly (readonly Uint8Array[])[];
}

type Triple = [Snapshot, Snapshot, Snapshot];

/** Layouts with worlds as they were acked, as they are held, and as they go on. */
const SOURCES: readonly ((seed: number) => { layout: SnapshotLayout; triples: Triple[] })[] = [
  (seed) => {
    const layout = new SnapshotLayout({ kinds: KINDS });
    const triples = fc.sample(worldTriples, { seed, numRuns: 10 });
    return { layout, triples: triples.map(([a, b, c]) => snapshots(layout, [a, c, b])) };
  },
  (seed) => {
    // Their deltas are runs of updates.
    const layout = new SnapshotLayout({ kinds: [CRATE, KINDS[0]!] });
    const pairs = fc.sample(cratePairs, { seed, numRuns: 8 });
    return { layout, triples: pairs.map(([a, b]) => snapshots(layout, [a, a, b])) };
  },
  (seed) => {
    const world = new RandomWorld(seed);
    for (let frame = 0; frame < 20; frame++) world.step(frame);
    const triples = Array.from({ length: 6 }, (): Triple => [
      world.step(0),
      world.step(0),
      world.step(0),
    ]);
    return { layout: WORLD_LAYOUT, triples };
  },
];

function snapshots(layout: SnapshotLayout, worlds: readonly (readonly EntityState[])[]): Triple {
  return worlds.map((entities) => Snapshot.of(layout, { frame: 0, timeMs: 0, entities })) as Triple;
}

/** Valid packets of a codec, and what it takes to judge others. */
class Bench {
  readonly layout: SnapshotLayout;
  readonly codec: CodecName;
  readonly writer: BodyWriter;
  readonly scenes: readonly Scene[];
  readonly hash: number;
  readonly tables: Uint8Array;
  readonly reader: WorldReader;
  readonly meter: WorldReader;
  readonly breakdown: PacketBreakdown;
  readonly #trackers: Record<"strict" | "regular" | "append" | "bare", WorldTracker<string>>;

  constructor(source: (typeof SOURCES)[number], codec: CodecName, seed: number) {
    const { layout, triples } = source(seed);
    this.layout = layout;
    this.codec = codec;
    this.writer = new BodyWriter(layout, codec);
    this.reader = new WorldReader(layout, codec);
    this.meter = new WorldReader(layout, codec);
    this.breakdown = this.meter.breakdown = new PacketBreakdown(this.meter.codec);
    this.hash = this.reader.schemaHash;
    this.tables = this.reader.codec.tables;
    const tracker = (options: TrackerOptions) => new WorldTracker<string>(layout, codec, options);
    this.#trackers = {
      strict: tracker({}),
      regular: tracker({ keyframeEveryFrames: 1 }),
      append: tracker({ policy: "append" }),
      bare: tracker({ keyframeEveryFrames: 1, schemaHash: false }),
    };
    const roll = dice(seed);
    this.scenes = triples.map((worlds, i) => this.#scene(worlds, i, roll));
  }

  #scene(worlds: Triple, index: number, roll: Roll): Scene {
    // Every third one goes across 2^32.
    const first = index % 3 === 0 ? 0xffffffff : 1000 * index + 100;
    const frames = [first, (first + 1) >>> 0, (first + 3) >>> 0] as const;
    worlds.forEach((world, i) => world.frame = frames[i]!);
    const [before, held, after] = worlds;
    const { strict, regular, append, bare } = this.#trackers;
    const begin = (world: Snapshot) => {
      for (const tracker of [strict, regular, append, bare]) tracker.begin(world);
    };
    const [a, b, c, late] = ["a", "b", "c", "late"].map((name) => `${name}${index}`) as Names;
    const packets: Uint8Array[][] = FORMS.map(() => []);
    const add = (packet: Uint8Array) => packets[packet[0]!]!.push(packet.slice());

    begin(before);
    const keyframe = strict.append(a).slice();
    for (const consumer of [b, c]) strict.append(consumer);
    for (const tracker of [regular, append, bare]) tracker.append(a);
    for (const tracker of [strict, regular, bare]) tracker.ack(a, first);
    for (const consumer of [b, c]) strict.ack(consumer, first);
    begin(held);
    const second = strict.append(a).slice();
    if (this.codec !== "raw") strict.append(b, strict.world, new Set());
    strict.append(c);
    strict.ack(c, frames[1]);
    append.append(a);
    begin(after);
    for (const consumer of [a, c]) add(strict.append(consumer));
    const omitted = new Set([...after.ids.subarray(0, after.count)].filter(() => roll(3) === 0));
    if (this.codec !== "raw") add(strict.append(b, strict.world, omitted.add(NOWHERE)));
    else for (const delta of packets[DELTA]!) add(delta.with(0, PARTIAL));
    for (const tracker of [regular, bare]) {
      for (const consumer of [a, late]) add(tracker.append(consumer));
    }
    add(append.append(a));
    const states = [before, held] as const;
    return { frames: [frames[0], frames[1]], states, setup: [keyframe, second], packets };
  }
}

type Names = [string, string, string, string];

/** Id that no world has. */
const NOWHERE = 4000000000;

type Roll = (sides: number) => number;

/** A packet in the hands of chance. */
class Victim {
  /** Bytes, and room for more. */
  readonly #buffer = new Uint8Array(65536);
  #length = 0;

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** A packet that went through one to three accidents, or none; bodies begin behind any tables. */
  change(packet: Uint8Array, other: Uint8Array, tables: number, roll: Roll): Uint8Array {
    this.#length = 0;
    this.#splice(0, 0, packet);
    for (let n = roll(16) === 0 ? 0 : 1 + (roll(4) >> roll(2)); n > 0; n--) {
      const body = bodyAt(this.bytes, tables);
      // Most of them at the start of the body, where a byte means most.
      const place = roll(8);
      const rest = this.#length - body;
      const at = place === 0 ? roll(body + 1) : body + roll(place < 5 ? 16 : rest + 1);
      this.#hit(Math.min(at, this.#length), body, other, bodyAt(other, tables), roll);
    }
    return this.bytes;
  }

  #hit(at: number, body: number, other: Uint8Array, otherBody: number, roll: Roll): void {
    const length = this.#length;
    const byte = roll(2) ? roll(256) : [0, 1, 2, 0x7f, 0x80, 0xff][roll(6)]!;
    const noise = (count: number, sides: number) =>
      Uint8Array.from({ length: count }, () => roll(sides));
    switch (roll(9)) {
      case 0:
        return this.#splice(at, 1, [byte]);
      case 1:
        return this.#splice(at, 1, [this.#buffer[at]! ^ (1 << roll(8))]);
      case 2:
        return this.#splice(at, length, []);
      case 3:
        return this.#splice(at, 0, [byte]);
      case 4:
        return this.#splice(at, 1 + roll(4), []);
      case 5: {
        // A stretch of it again, or of another packet.
        const from = roll(2) ? this.bytes.slice() : other;
        const start = roll(from.length + 1);
        return this.#splice(at, 0, from.subarray(start, start + 1 + roll(20)));
      }
      case 6:
        return this.#splice(body, length, other.subarray(otherBody));
      case 7:
        return this.#splice(body, length, noise(roll(40), roll(2) ? 256 : 8));
      default:
        return this.#splice(length, 0, noise(1 + roll(3), 256));
    }
  }

  /** Puts bytes in the place of at most as many others. */
  #splice(at: number, count: number, bytes: ArrayLike<number>): void {
    const from = Math.min(at + count, this.#length);
    this.#buffer.copyWithin(at + bytes.length, from, this.#length);
    this.#buffer.set(bytes, at);
    this.#length += at + bytes.length - from;
  }
}

function bodyAt(bytes: Uint8Array, tables: number): number {
  const { code = 0, length = 5 } = headerOf(bytes) ?? {};
  return Math.min(bytes.length, length + (code === TABLES || code === HASH_TABLES ? tables : 0));
}

interface Header {
  code: number;
  frame: number;
  /** Frame that a delta is against. */
  baseline: number | undefined;
  hash: number | undefined;
  length: number;
}

/** Header by its description; undefined when it is none. */
function headerOf(bytes: ArrayLike<number>): Header | undefined {
  const code = bytes[0];
  const word = (at: number) =>
    bytes[at]! + bytes[at + 1]! * 2 ** 8 + bytes[at + 2]! * 2 ** 16 + bytes[at + 3]! * 2 ** 24;
  if (code === undefined || code > 6 || bytes.length < 5) return undefined;
  const header = { code, frame: word(1), baseline: undefined, hash: undefined, length: 5 };
  if (code === HASH || code === HASH_TABLES) {
    return bytes.length < 9 ? undefined : { ...header, hash: word(5), length: 9 };
  }
  if (code !== DELTA && code !== PARTIAL) return header;
  let age = 0;
  let length = 5;
  for (let scale = 1;; scale *= 128) {
    const byte = bytes[length++];
    if (byte === undefined || scale > 128 ** 4) return undefined;
    age += (byte % 128) * scale;
    if (byte >= 128) continue;
    const isShortest = byte > 0 || length === 6;
    if (!isShortest || age < 1 || age >= 2 ** 31) return undefined;
    return { ...header, baseline: (header.frame - age + 2 ** 32) % 2 ** 32, length };
  }
}

/** Frames from `b` to `a`, at most 2^31 either way. */
function distance(a: number, b: number): number {
  const ahead = (a - b + 2 ** 32) % 2 ** 32;
  return ahead < 2 ** 31 ? ahead : ahead - 2 ** 32;
}

/** A receiver that is brought back to the scene's state after each packet that it took. */
class Target {
  readonly #bench: Bench;
  readonly #scene: Scene;
  readonly #receiver: Receiver<Snapshot>;
  readonly #needsHash: boolean;
  #held: Snapshot[] = [];
  /** Frame of the packet that was too far away last. */
  #far: number | undefined;

  constructor(bench: Bench, scene: Scene, needsHash: boolean) {
    this.#bench = bench;
    this.#scene = scene;
    this.#needsHash = needsHash;
    this.#receiver = new Receiver(bench.reader, {
      schemaHash: needsHash,
    });
    this.#set();
    // The memory of one more state, to be used again.
    const again = scene.packets[DELTA]!.map((packet) => this.#receiver.receive(packet).outcome);
    assert.ok(again.includes("decoded"));
    this.#set();
  }

  #set(): void {
    this.#receiver.reset();
    this.#far = undefined;
    this.#held = this.#scene.setup.map((packet) => {
      const received = this.#receiver.receive(packet);
      assert.ok(received.outcome === "decoded");
      return received.state;
    });
    this.#check();
  }

  /** Checks that what it holds is what the scene says. */
  #check(): void {
    const { frames, states } = this.#scene;
    assert.equal(this.#receiver.newest, frames[1]);
    assert.equal(this.#receiver.appliedBits, 1);
    states.forEach((state, i) => assert.ok(this.#held[i]!.equals(state), `frame ${frames[i]}`));
  }

  /** Outcomes that the header allows. */
  #allowed(header: Header): string[] {
    const { frames } = this.#scene;
    const { code, frame, baseline, hash } = header;
    const ahead = distance(frame, frames[1]);
    const isFar = Math.abs(ahead) > 1024;
    const fromFar = this.#far === undefined ? 0 : distance(frame, this.#far);
    const isConfirmed = isFar && fromFar > 0 && fromFar <= 1024;
    const reasons: string[] = [];
    if (ahead <= 0 && !isConfirmed) reasons.push("stale");
    if (ahead > 1024 && !isConfirmed) reasons.push("far");
    const isKeyframe = code === 0 || (code >= TABLES && code <= HASH_TABLES);
    const hasHash = hash !== undefined;
    if (isKeyframe && (hasHash ? hash !== this.#bench.hash : this.#needsHash)) {
      reasons.push("schema-mismatch");
    }
    if (baseline !== undefined && !frames.includes(baseline)) reasons.push("missing-baseline");
    return reasons.length > 0 ? reasons : ["decoded", "malformed"];
  }

  /** Sends a packet and returns what became of it. */
  send(bytes: Uint8Array): string {
    const header = headerOf(bytes);
    const allowed = header === undefined ? ["malformed"] : this.#allowed(header);
    const received = this.#receiver.receive(bytes);
    const { outcome } = received;
    assert.ok(allowed.includes(outcome), `outcome is ${outcome}, not ${allowed.join(" or ")}`);
    if (outcome === "decoded") {
      assert.equal(received.frame, header!.frame);
      assert.equal(this.#receiver.newest, header!.frame);
      this.#checkState(header!, bytes, received.state);
      this.#set();
      return outcome;
    }
    if (outcome === "malformed") {
      assert.ok(received.error instanceof ByteSyntaxError);
      assert.ok(received.error.offset >= 0 && received.error.offset <= bytes.length);
    } else assert.equal(received.frame, header!.frame);
    this.#check();
    const isFar = header !== undefined &&
      Math.abs(distance(header.frame, this.#scene.frames[1])) > 1024;
    if (isFar && outcome !== "missing-baseline" && outcome !== "schema-mismatch") {
      this.#far = header.frame;
    }
    return outcome;
  }

  /** Checks that a tracker writes the bytes that led to a state. */
  #checkState({ code, baseline, length }: Header, bytes: Uint8Array, state: Snapshot): void {
    const { layout, codec, tables, writer, reader, meter, breakdown } = this.#bench;
    const [, held] = this.#scene.states;
    const base = baseline === this.#scene.frames[0] ? this.#scene.states[0] : held;
    const form = code === DELTA
      ? "delta"
      : code === PATCH
      ? "patch"
      : code === PARTIAL
      ? "partial"
      : "keyframe";
    const header = Object.assign(new PacketHeader(), {
      form,
      hasTables: code === TABLES || code === HASH_TABLES,
    });
    const read = (by: WorldReader, body: Uint8Array, from: Snapshot) =>
      by.read(header, new ByteReader(body), base, from, undefined);

    // Read by records and counted, it is the same.
    const body = bytes.subarray(length);
    assert.ok(read(meter, body, held).equals(state), "it counts as another state");
    assert.equal(breakdown.sum, body.length * 8);
    let records = body;
    if (header.hasTables) {
      assert.deepEqual(body.subarray(0, tables.length), tables);
      records = body.subarray(tables.length);
    }
    if (form === "patch") {
      assert.ok(read(reader, body, state).equals(state), "applied again it changes more");
      const again = writer.write("patch", state, held);
      assert.ok(read(reader, again, held).equals(state), "no patch leads there");
    } else if (form !== "partial") {
      assert.deepEqual(writer.write(form, state, base), records);
    } else {
      assert.notEqual(codec, "raw");
      const { view, parts } = partialSource(breakdown.records, state, base);
      assert.deepEqual(writer.write(form, view, base, parts), records);
    }
    assert.equal(state.layout, layout);
  }
}

/** Benches, by their number, that all forms use. */
const benches: Map<number, Bench> = new Map();
const KEPT = CODEC_NAMES.length * SOURCES.length;

function benchOf(index: number): Bench {
  const known = benches.get(index);
  if (known !== undefined) return known;
  const codec = CODEC_NAMES[index % CODEC_NAMES.length]!;
  const source = SOURCES[Math.floor(index / CODEC_NAMES.length) % SOURCES.length]!;
  const bench = new Bench(source, codec, index);
  if (index < KEPT) benches.set(index, bench);
  return bench;
}

FORMS.forEach((name, code) => {
  test(`Receiver takes ${COUNT} hostile packets of the form ${name} for what they are`, () => {
    const roll = dice(code + 1);
    const share = Math.min(2000, Math.ceil(COUNT / KEPT));
    const victim = new Victim();
    const outcomes = new Map<string, number>();
    let sent = 0;
    for (let i = 0; sent < COUNT; i++) {
      const bench = benchOf(i);
      const all = bench.scenes.flatMap(({ packets }) => packets.flat());
      const end = Math.min(COUNT, sent + share);
      while (sent < end && bench.layout.texts.cost < TEXT_COST_MAX / 2) {
        const scene = bench.scenes[roll(bench.scenes.length)]!;
        const valid = scene.packets[code]!;
        const target = new Target(bench, scene, code === HASH || code === HASH_TABLES);
        for (let n = 0; n < 40 && sent < end; n++, sent++) {
          const packet = valid[roll(valid.length)]!;
          const other = all[roll(all.length)]!;
          const bytes = victim.change(packet, other, bench.tables.length, roll);
          try {
            const outcome = target.send(bytes);
            outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          } catch (error) {
            const hex = bytes.reduce((text, byte) => text + byte.toString(16).padStart(2, "0"), "");
            throw new Error(`${bench.codec}, bench ${i}: ${hex}`, { cause: error });
          }
        }
      }
    }
    const counts = JSON.stringify(Object.fromEntries(outcomes));
    assert.ok(outcomes.get("decoded")! > COUNT / 10, counts);
    const hasBaseline = code === DELTA || code === PARTIAL;
    const hasHash = code === HASH || code === HASH_TABLES;
    const expected = [
      ...["malformed", "stale", "far"],
      ...(hasBaseline ? ["missing-baseline"] : hasHash ? ["schema-mismatch"] : []),
    ];
    for (const outcome of expected) assert.ok(outcomes.has(outcome), counts);
  });
});
