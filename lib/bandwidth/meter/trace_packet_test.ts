import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { EntityState } from "../../core/state/state.ts";
import { Receiver } from "../../core/tracker/receiver.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { CODEC_NAMES } from "../../core/wire/world_codec.ts";
import { WorldReader } from "../../core/wire/world_reader.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import { NETS, optionsOf, recordWorld } from "../../replication/run_lab_test_helper.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { PacketAnatomy } from "../anatomy/packet_anatomy.ts";
import { tracePacket } from "./trace_packet.ts";

/** What was seen to be sent again: outcomes of fields, types of records. */
const again = new Set<string>();

type Entities = ReadonlyMap<number, EntityState>;

/** What a whole run tells of one packet to a consumer. */
interface Told {
  readonly frame: number;
  readonly sendUs: number;
  readonly packet: EncodedPacket;
  readonly reason: string | undefined;
  readonly omitted: readonly number[] | null;
  /** What the consumer is assumed to hold when it is sent: the state of the packet before. */
  readonly assumed: Entities | undefined;
  readonly epoch: number;
  /** Place among all events of the run. */
  readonly order: number;
  endOrder: number;
  outcome: string;
  arrivalUs: number | undefined;
  /** What the consumer held of the frame that it is against, and holds after it. */
  base: Entities | undefined;
  state: Entities | undefined;
}

/** Sends everything to every consumer and keeps what was sent to one of them. */
function tellAll(frames: readonly Snapshot[], options: RunOptions, wanted: number): Told[] {
  const all: Told[] = [];
  let epoch = 0;
  let order = 0;
  let last: Told | undefined;
  const connect = () => ({
    receiver: new Receiver(new WorldReader(WORLD_LAYOUT, options.codec), {
      historyFrames: options.historyFrames,
      schemaHash: false,
    }),
    held: new Map<number, Entities>(),
  });
  let connection = connect();
  const find = (packet: EncodedPacket) => all.findLast((told) => told.packet === packet)!;
  const run = new ReplicationRun(WORLD_LAYOUT, options, {
    joined() {},
    left(consumer) {
      if (consumer !== wanted) return;
      epoch++;
      last = undefined;
      connection = connect();
    },
    sent(consumer, packet, sendUs, reason, omitted) {
      if (consumer !== wanted) return;
      last = {
        frame: packet.frame,
        sendUs,
        packet,
        reason,
        omitted: omitted === undefined ? null : [...omitted],
        assumed: last && entitiesOf(last.packet.truth),
        epoch,
        order: order++,
        endOrder: Infinity,
        outcome: "on-its-way",
        arrivalUs: undefined,
        base: undefined,
        state: undefined,
      };
      all.push(last);
    },
    lost(consumer, packet) {
      if (consumer !== wanted) return;
      Object.assign(find(packet), { outcome: "lost", endOrder: order++ });
    },
    arrived(consumer, packet, arrivalUs, outcome) {
      if (consumer !== wanted) return;
      const told = find(packet);
      Object.assign(told, {
        outcome: outcome === "stale" ? "late" : outcome,
        endOrder: order++,
        ...(outcome === "disconnected" ? {} : { arrivalUs }),
      });
      if (outcome !== "applied") return;
      told.base = connection.held.get(packet.baselineFrame);
      const received = connection.receiver.receive(packet.payload);
      assert.ok(received.outcome === "decoded");
      told.state = entitiesOf(received.state);
      connection.held.set(packet.frame, told.state);
    },
    wrongFor() {},
    stale() {},
    framed() {},
    encoded() {},
  });
  for (const [i, frame] of frames.entries()) run.step(frame, frames[i + 1]?.timeMs);
  const end = order;
  run.finish();
  assert.equal(run.fault, undefined);
  const endUs = Math.round(frames.at(-1)!.timeMs * 1000);
  for (const told of all) {
    const isByThen = told.outcome === "lost" || (told.arrivalUs ?? Infinity) <= endUs;
    if (told.endOrder >= end && !isByThen) told.outcome = "on-its-way";
  }
  return all;
}

function entitiesOf(state: { toFrame(): { entities: readonly EntityState[] } }): Entities {
  return new Map(state.toFrame().entities.map((entity) => [entity.id, entity]));
}

/** One line a record and field, as the anatomy has them. */
function linesOf({ records }: PacketAnatomy): string[] {
  return records.flatMap(({ id, kind, type, fields }) => [
    `${type} ${kind} ${id}`,
    ...fields.map(({ field, from, to }) => `${field} ${shown(from)} ${shown(to)}`),
  ]);
}

/** The same, of what differs between two states. */
function differences(base: Entities, state: Entities): string[] {
  const lines: string[] = [];
  const ids = [...new Set([...base.keys(), ...state.keys()])].sort((a, b) => a - b);
  for (const id of ids) {
    const [old, now] = [base.get(id), state.get(id)];
    if (now === undefined) lines.push(`despawn ${old!.kind} ${id}`);
    else if (old?.kind !== now.kind) lines.push(...spawnLines(now, undefined));
    else {
      const changed = fieldsOf(now).filter((name) =>
        !Object.is(old.fields[name], now.fields[name])
      );
      if (changed.length === 0) continue;
      lines.push(`update ${now.kind} ${id}`);
      for (const name of changed) lines.push(lineOf(name, old, now));
    }
  }
  return lines;
}

function spawnLines(now: EntityState, old: EntityState | undefined): string[] {
  return [
    `spawn ${now.kind} ${now.id}`,
    ...fieldsOf(now).map((name) => lineOf(name, old?.kind === now.kind ? old : undefined, now)),
  ];
}

function lineOf(name: string, old: EntityState | undefined, now: EntityState): string {
  return `${name} ${shown(old?.fields[name])} ${shown(now.fields[name])}`;
}

function fieldsOf({ kind }: Pick<EntityState, "kind">): string[] {
  return WORLD_LAYOUT.kinds.find((layout) => layout.kind.name === kind)!.kind.fields
    .map(({ name }) => name);
}

function shown(value: unknown): string {
  return value === undefined || value === null
    ? "absent"
    : Object.is(value, -0)
    ? "-0"
    : String(value);
}

/** Checks an anatomy against what the whole run told. */
function assertToldSo(
  anatomy: PacketAnatomy,
  told: Told,
  all: readonly Told[],
  options: RunOptions,
) {
  const { packet, reason, sendUs } = told;
  const { payload, form, wireBytes } = packet;
  assert.equal(anatomy.form, form);
  assert.equal(anatomy.bits, payload.length * 8);
  assert.equal(anatomy.wireBits, wireBytes * 8);
  assert.equal(sum(anatomy.header) + sum(anatomy.records), anatomy.bits);
  assert.equal(sum(anatomy.wire), anatomy.wireBits);
  for (const { bits, entityBits, maskBits, fields } of anatomy.records) {
    assert.equal(entityBits + maskBits + sum(fields), bits);
  }
  assert.equal(anatomy.keyframeReason, reason ?? null);
  const gone = new Set(
    anatomy.records.flatMap(({ id, type }) => type === "despawn" ? [Number(id)] : []),
  );
  assert.deepEqual(anatomy.waiting, told.omitted?.filter((id) => !gone.has(id)) ?? null);
  assertSentAgain(anatomy, told, all, options);
  assert.equal(anatomy.fate.outcome, told.outcome);
  const latencyMs = told.arrivalUs === undefined ? null : (told.arrivalUs - sendUs) / 1000;
  assert.equal(anatomy.fate.latencyMs, latencyMs);
  assertBaseline(anatomy, told, options);
  assertBetween(anatomy, told, all, options);
  assertValues(anatomy, told, all, options);
}

/** What `nack` sends again names the last packet before that held it. */
function assertSentAgain(
  { records, form }: PacketAnatomy,
  told: Told,
  all: readonly Told[],
  { codec, policy }: RunOptions,
) {
  const earlier = all.filter(({ epoch, order }) => epoch === told.epoch && order < told.order);
  const from = earlier.findLastIndex(({ packet }) => packet.form === "keyframe");
  const carrier = (id: number, field: number | undefined) =>
    earlier.slice(from).findLast(({ packet: { form, records } }) => {
      if (form === "keyframe") return true;
      const i = records?.find(id) ?? -1;
      if (i < 0) return false;
      const isField = field !== undefined && ((records!.los[i]! >>> field) & 1) === 1;
      return records!.types[i] !== 0 || isField;
    });
  const expected = (id: number, field?: number) => {
    const { frame, outcome, endOrder } = carrier(id, field)!;
    return { frame, outcome: endOrder > told.order ? "on-its-way" : outcome };
  };
  const isOwing = policy === "nack" && codec !== "raw" && form === "patch";
  for (const { id, type, kind, fields, sentAgain } of records) {
    const entity = Number(id);
    const held = told.assumed?.get(entity);
    const isHeld = type === "despawn" ? held === undefined : held?.kind === kind;
    const isWhole = isOwing && type !== "update" && isHeld;
    assert.deepEqual(sentAgain, isWhole ? expected(entity) : undefined);
    for (const { field, from, to, sentAgain } of fields) {
      const isField = isOwing && type === "update" && Object.is(from, to);
      const index = fieldsOf({ kind: kind! }).indexOf(field);
      assert.deepEqual(sentAgain, isField ? expected(entity, index) : undefined);
      if (isField) again.add(sentAgain!.outcome);
    }
    if (isWhole) again.add(type);
  }
}

function assertBaseline(anatomy: PacketAnatomy, told: Told, options: RunOptions) {
  const { form, baselineFrame } = told.packet;
  const { ackedFrame, frame } = anatomy;
  if (form === "delta" || form === "partial") {
    assert.equal(anatomy.baselineFrame, baselineFrame);
    assert.equal(ackedFrame, baselineFrame);
    assert.equal(anatomy.baselineAgeFrames, frame - baselineFrame);
  } else assert.equal(anatomy.baselineFrame, null);
  if (options.policy === "append") return;
  if (told.reason === "reset") assert.equal(ackedFrame, null);
  if (told.reason === "evicted" && options.budgetKbps === undefined) {
    assert.ok(frame - ackedFrame! >= options.historyFrames);
  }
  if (told.reason === "no-ack" && options.policy === "strict") assert.equal(ackedFrame, null);
}

function assertBetween(
  { between, ackedFrame, frame }: PacketAnatomy,
  told: Told,
  all: readonly Told[],
  { policy }: RunOptions,
) {
  const earlier = all.filter((other) => other.epoch === told.epoch && other.frame < frame);
  const applied = earlier.findLast((other) =>
    other.endOrder < told.order && other.state !== undefined
  );
  const since = policy === "append" ? applied?.frame : ackedFrame;
  assert.deepEqual(
    between.map(({ frame, outcome, latencyMs }) => [frame, outcome, latencyMs]),
    earlier.filter((other) => since === undefined || since === null || other.frame > since)
      .map((other) =>
        other.endOrder > told.order ? [other.frame, "on-its-way", null] : [
          other.frame,
          other.outcome,
          other.arrivalUs === undefined ? null : (other.arrivalUs - other.sendUs) / 1000,
        ]
      ),
  );
}

/** An entity as it was in the last packet before. */
function lastOf(id: number, told: Told, all: readonly Told[]): EntityState | undefined {
  return all.filter((other) => other.epoch === told.epoch && other.order < told.order)
    .map(({ packet }) => entitiesOf(packet.truth).get(id))
    .findLast((entity) => entity !== undefined);
}

function assertValues(
  anatomy: PacketAnatomy,
  told: Told,
  all: readonly Told[],
  { codec, policy }: RunOptions,
) {
  const { state, base, assumed, packet: { form, truth } } = told;
  const lines = linesOf(anatomy);
  if (form === "patch" && policy === "append" && codec !== "raw") {
    assert.deepEqual(lines, differences(assumed!, entitiesOf(truth)));
  }
  if (state === undefined) return;
  if (form === "keyframe") {
    assert.deepEqual(lines, [...state.values()].flatMap((now) => spawnLines(now, undefined)));
  } else if (codec === "raw") {
    const held = form === "patch" ? assumed! : base!;
    assert.deepEqual(
      lines,
      [...state.values()].flatMap((now) => spawnLines(now, held.get(now.id))),
    );
  } else if (form === "delta") assert.deepEqual(lines, differences(base!, state));
  else {
    const held = form === "patch" ? assumed! : base!;
    for (const { id, type, kind, fields } of anatomy.records) {
      const now = state.get(Number(id));
      const old = held.get(Number(id));
      if (type === "despawn") {
        assert.equal(now, undefined);
        const last = policy === "nack" ? lastOf(Number(id), told, all) : undefined;
        assert.equal(kind, (old ?? last)?.kind ?? null);
        continue;
      }
      assert.equal(now!.kind, kind);
      for (const { field, from, to } of fields) {
        assert.equal(shown(to), shown(now!.fields[field]));
        assert.equal(shown(from), shown(old?.kind === kind ? old?.fields[field] : null));
      }
    }
  }
}

function sum(parts: readonly { readonly bits: number }[]): number {
  return parts.reduce((total, { bits }) => total + bits, 0);
}

const NEAR = { radius: 300, position: ["x", "y"], ownKind: "mover" };
const CHURN = { joinMs: 300, reconnectMs: 500, awayMs: 100, timeoutMs: 400 };

describe("tracePacket() tells of a packet what the whole run tells, and what a receiver reads", () => {
  for (const policy of ACK_POLICIES) {
    test(`policy ${policy}, every codec and network, interest, budget, churn, keyframes`, async () => {
      const forms = new Set<string>();
      const outcomes = new Set<string>();
      const reasons = new Map<string, string>();
      const settings = fc.record({
        seed: fc.nat(10_000),
        net: fc.constantFrom(...NETS),
        codec: fc.constantFrom(...CODEC_NAMES),
        consumers: fc.constantFrom(1, 3),
        historyFrames: fc.constantFrom(4, 64),
        interest: fc.constantFrom(undefined, NEAR),
        budgetKbps: fc.constantFrom(undefined, 20),
        churn: fc.constantFrom(undefined, CHURN),
        sendEveryFrames: fc.constantFrom(1, 2),
        keyframeEveryFrames: fc.constantFrom(undefined, 20),
        mtuBytes: fc.constantFrom(64, 1200),
      });
      await fc.assert(
        fc.asyncProperty(settings, async ({ net, budgetKbps, ...given }) => {
          const options = optionsOf({
            ...definedOf(given),
            policy,
            net: parseNetSpec(net),
            ...(budgetKbps === undefined || given.codec === "raw" ? {} : { budgetKbps }),
          });
          const frames = recordWorld(given.seed, 70);
          const consumer = options.consumers - 1;
          const all = tellAll(frames, options, consumer);
          for (const { frame } of [9, 38, 66].map((i) => frames[i]!)) {
            const [anatomy] = await tracePacket(WORLD_LAYOUT, frames, [options], {
              frame,
              consumer,
            });
            const told = all.find((other) => other.frame === frame);
            assert.equal("missing" in anatomy!, told === undefined);
            if (told === undefined || !("records" in anatomy!)) continue;
            forms.add(anatomy.form);
            outcomes.add(anatomy.fate.outcome);
            reasons.set(anatomy.keyframeReason ?? "none", anatomy.reason[0]!);
            assertToldSo(anatomy, told, all, options);
          }
        }),
        { numRuns: 100, seed: 7 },
      );
      const changes = policy === "strict" ? ["delta", "partial"] : ["patch"];
      for (const form of [...changes, "keyframe"]) assert.ok(forms.has(form), form);
      if (policy === "strict") assert.ok(reasons.has("evicted"));
      if (policy === "nack") assert.deepEqual([...again].sort(), ["despawn", "lost", "spawn"]);
      if (policy !== "append") assert.ok(reasons.has("interval"));
      assert.match(
        reasons.get("reset")!,
        /^Keyframe: the consumer came back at (frame \d+, \d+ frames? \([\d.]+ ms\) before|this frame), /,
      );
      for (const outcome of ["applied", "lost", "late", "on-its-way"]) {
        assert.ok(outcomes.has(outcome), outcome);
      }
    });
  }
});

function definedOf<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
