import assert from "node:assert/strict";
import { test } from "node:test";
import { dice } from "../../core/state/random_world_test_helper.ts";
import type { FieldValue, Schema } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { sampleConsumers } from "../../replication/consumer_sample.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import { measureBandwidth } from "../meter/measure_bandwidth.ts";
import { sentFramesOf } from "../meter/sent_frames.ts";
import type { DrawnFigures, FieldError } from "../report/seen_figures.ts";
import { LookTurns } from "./look_turns.ts";
import { type ModelError, modelErrors, type WorldWays } from "./drawn_model_test_helper.ts";

const SCHEMA: Schema = {
  kinds: [
    {
      name: "unit",
      fields: [
        { name: "pos.x", type: "i16" },
        { name: "pos.y", type: "f64" },
        { name: "yaw", type: "f32" },
        { name: "headingRad", type: "f64" },
        { name: "hp", type: "u8" },
        { name: "heat", type: "fixed", step: 0.25, optional: true },
        { name: "team", type: "enum", values: ["red", "blue"] },
      ],
    },
    {
      name: "rock",
      fields: [
        { name: "qx", type: "f64" },
        { name: "qy", type: "f64" },
        { name: "qz", type: "f64" },
        { name: "qw", type: "f64" },
        { name: "owner", type: "u64" },
        { name: "isHot", type: "bool" },
      ],
    },
  ],
};

const WAYS: WorldWays = {
  unit: {
    fields: {
      "pos.x": "line",
      "pos.y": "line",
      yaw: "degrees",
      headingRad: "radians",
      hp: "step",
      heat: "line",
      team: "match",
    },
    position: ["pos.x", "pos.y"],
    rotation: [],
  },
  rock: {
    fields: {
      qx: "rotation",
      qy: "rotation",
      qz: "rotation",
      qw: "rotation",
      owner: "match",
      isHot: "match",
    },
    position: [],
    rotation: ["qx", "qy", "qz", "qw"],
  },
};

/** What is sent where it is not sent as recorded: without the heading, hp and heat in other types. */
const WIRE: Schema = {
  kinds: [
    {
      name: "unit",
      fields: [
        { name: "pos.x", type: "fixed", step: 4 },
        { name: "pos.y", type: "i16" },
        { name: "yaw", type: "fixed", step: 2.5 },
        { name: "hp", type: "fixed", step: 10 },
        { name: "heat", type: "f32", optional: true },
        { name: "team", type: "text" },
      ],
    },
    { ...SCHEMA.kinds[1]! },
  ],
};

/** Entities that move, turn, come, go and change their kind, with a hole in the middle. */
function recordWorld(layout: SnapshotLayout, seed: number, ids = 6): Snapshot[] {
  const roll = dice(seed);
  const entities = new Map<number, { kind: string; fields: Record<string, FieldValue> }>();
  let timeMs = 500;
  return Array.from({ length: 60 }, (_, frame) => {
    timeMs += frame === 30 ? 700 : 10 + roll(40);
    for (let change = 0; change < ids - 1; change++) {
      const id = 3 * roll(ids);
      const fate = roll(12);
      if (!entities.has(id) || fate === 0) entities.set(id, spawned(roll));
      else if (fate === 1) entities.delete(id);
      else move(entities.get(id)!.fields, roll);
    }
    const list = [...entities].map(([id, { kind, fields }]) => ({ id, kind, fields }));
    return Snapshot.of(layout, { frame: 2 * frame, timeMs, entities: list });
  });
}

function spawned(roll: (sides: number) => number) {
  const fields: Record<string, FieldValue> = roll(2) === 0
    ? { "pos.x": 0, "pos.y": 0, yaw: 0, headingRad: 0.5, hp: 100, team: "red" }
    : { qx: 0, qy: 0, qz: 0, qw: 1, owner: 7n, isHot: false };
  return { kind: "hp" in fields ? "unit" : "rock", fields };
}

function move(fields: Record<string, FieldValue>, roll: (sides: number) => number): void {
  if ("hp" in fields) {
    fields["pos.x"] = roll(2000) - 1000;
    fields["pos.y"] = roll(10_000) / 7;
    if (roll(2) === 0) fields.yaw = roll(7200) / 8;
    fields.headingRad = (roll(6000) - 3000) / 970;
    if (roll(3) === 0) fields.hp = roll(256);
    const heat = roll(300);
    if (heat < 100) fields.heat = heat / 4;
    else if (heat < 170) delete fields.heat;
    fields.team = roll(2) === 0 ? "red" : "blue";
    return;
  }
  // About one axis by less than half a turn in all, with either sign.
  const half = roll(20) * 7 * Math.PI / 360;
  const sign = roll(2) === 0 ? -1 : 1;
  fields.qy = sign * Math.sin(half);
  fields.qw = sign * Math.cos(half);
  fields.owner = BigInt(roll(3)) << 33n;
  fields.isHot = roll(2) === 0;
}

/** That errors are those of the model: means and maxima, and quantiles to 0.1 %. */
function assertErrors(
  errors: readonly FieldError[],
  model: ReadonlyMap<string, readonly ModelError[]>,
  what: string,
): void {
  const compared = [...model].filter(([, all]) => all.length > 0).map(([key]) => key);
  const listed = errors.map(({ kind, field }) => `${kind} ${field}`);
  assert.deepEqual(listed.toSorted(), compared.toSorted(), `${what}: what is listed`);
  for (const { kind, field, worst, ...spread } of errors) {
    const all = model.get(`${kind} ${field}`) ?? [];
    const values = all.map(({ value }) => value).sort((a, b) => a - b);
    const where = `${what}: ${kind} ${field}`;
    const near = (actual: number, expected: number, name: string, share: number) => {
      const room = 1e-6 + share * expected;
      assert.ok(Math.abs(actual - expected) <= room, `${where} ${name} ${actual}, not ${expected}`);
    };
    const at = (share: number) =>
      values[Math.max(0, Math.ceil(share * values.length - 1e-9) - 1)] ?? 0;
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    near(spread.mean, mean, "mean", 0);
    near(spread.max, values.at(-1) ?? 0, "max", 0);
    near(spread.p50, at(0.5), "p50", 0.001);
    near(spread.p95, at(0.95), "p95", 0.001);
    near(spread.p99, at(0.99), "p99", 0.001);
    assert.equal(spread.count, all.length, `${where} count`);
    if (spread.max === 0) {
      const { entity, frame } = all[0]!;
      assert.deepEqual(worst, { entity, frame }, `${where} worst`);
    }
    const met = all.filter(({ entity, frame }) => entity === worst.entity && frame === worst.frame);
    assert.ok(met.some(({ value }) => Math.abs(value - spread.max) < 1e-6), `${where} worst`);
  }
}

/** Consumers of whom a sample is looked at, in some frames nobody. */
const CROWD = 150;

const NETS = ["none", "delay=70,jitter=60,loss=15%", "delay=130,loss=30%,burst=3"];

for (const policy of ACK_POLICIES) {
  test(`DrawnMeter agrees with a model of objects and loops under ${policy}`, async () => {
    const layout = new SnapshotLayout(SCHEMA);
    let missing = 0;
    let seed = 1;
    for (const net of NETS) {
      for (const interpMs of [0, 100]) {
        for (const extra of variants()) {
          const options: RunOptions = {
            ...RUN_DEFAULTS,
            policy,
            net: parseNetSpec(net),
            consumers: 3,
            seed: seed++,
            ...extra,
          };
          const frames = recordWorld(layout, seed);
          const figures = { freezeMs: 250, interpMs };
          const [report] = await measureBandwidth(layout, frames, [options], figures);
          const run = report as typeof report & DrawnFigures;
          const what = `${net} interp ${interpMs} ${JSON.stringify(extra).slice(0, 40)}`;
          const [wire] = sentFramesOf(layout, [options]);
          const sent = frames.map((frame) => wire!.of(frame));
          const ways = options.wire === undefined ? WAYS : waysOf(wire!.layout);
          const model = modelErrors(ways, frames, sent, wire!.layout, options, figures);
          assertErrors(run.drawnError, model.drawn, `${what} drawn`);
          assertErrors(run.drawnErrorNow, model.now, `${what} now`);
          const { entities, absent, values, absentValues } = model.missing;
          assert.equal(
            run.drawnSample.missingShare,
            Math.round(absent / entities * 1e6) / 1e6,
            what,
          );
          assert.equal(
            run.drawnSample.missingValueShare,
            Math.round(absentValues / values * 1e6) / 1e6,
            what,
          );
          missing += absent + absentValues;
        }
      }
    }
    assert.ok(missing > 100);
  });
}

for (const policy of ACK_POLICIES) {
  test(`DrawnMeter looks at a sample by turns, as the model does, under ${policy}`, async () => {
    const layout = new SnapshotLayout(SCHEMA);
    let rests = 0;
    for (const [i, extra] of variants().entries()) {
      const seed = 40 + i;
      const options: RunOptions = {
        ...RUN_DEFAULTS,
        policy,
        net: parseNetSpec("delay=70,jitter=60,loss=15%"),
        consumers: CROWD,
        seed,
        ...extra,
      };
      const frames = recordWorld(layout, seed, 50);
      const figures = { freezeMs: 250, interpMs: 100 };
      const [report] = await measureBandwidth(layout, frames, [options], figures);
      const run = report as typeof report & DrawnFigures;
      const [wire] = sentFramesOf(layout, [options]);
      const sent = frames.map((frame) => wire!.of(frame));
      const ways = options.wire === undefined ? WAYS : waysOf(wire!.layout);
      const looks = looksAt(ways, frames, seed);
      const model = modelErrors(
        ways,
        frames,
        sent,
        wire!.layout,
        options,
        figures,
        (consumer, index) => looks[index] === consumer,
      );
      const what = `${policy} ${JSON.stringify(extra).slice(0, 40)}`;
      assertErrors(run.drawnError, model.drawn, `${what} drawn`);
      assertErrors(run.drawnErrorNow, model.now, `${what} now`);
      const { absent, entities } = model.missing;
      assert.equal(run.drawnSample.missingShare, Math.round(absent / entities * 1e6) / 1e6, what);
      const times = looks.filter((consumer) => consumer !== undefined).length;
      assert.equal(run.drawnSample.everyFrames, Math.round(4 * frames.length / times));
      rests += frames.length - times;
    }
    assert.ok(rests > 20);
  });
}

/** Who of a crowd is looked at in each frame, when each sent value of a looked at frame is paid for. */
function looksAt(
  ways: WorldWays,
  frames: readonly Snapshot[],
  seed: number,
): (number | undefined)[] {
  const sample = sampleConsumers(seed, CROWD, 4);
  const turns = new LookTurns(seed, CROWD, 4);
  return frames.map((frame) => {
    const place = turns.next();
    if (place < 0) return undefined;
    const fields = frame.toFrame().entities.flatMap(({ kind }) => Object.keys(ways[kind]!.fields));
    turns.pay(fields.length);
    return sample[place]!;
  });
}

function variants(): Partial<RunOptions>[] {
  return [
    {},
    { sendEveryFrames: 3 },
    { churn: { joinMs: 300, reconnectMs: 500, awayMs: 120 }, codec: "mask" },
    { wire: { name: "wire", schema: WIRE } },
    { interest: { radius: 900, position: ["pos.x", "pos.y"], ownKind: "unit" } },
  ];
}

/** Ways of what is sent. */
function waysOf({ schema }: SnapshotLayout): WorldWays {
  return Object.fromEntries(schema.kinds.map(({ name, fields }) => {
    const ways = WAYS[name]!;
    const sent = fields.map((field) => [field.name, ways.fields[field.name]!] as const);
    return [name, { ...ways, fields: Object.fromEntries(sent) }];
  }));
}

test("wireError agrees with a model that rounds by hand, at the frames that are sent", async () => {
  const layout = new SnapshotLayout(SCHEMA);
  const frames = recordWorld(layout, 77);
  const wire = { name: "wire", schema: WIRE };
  const run = { ...RUN_DEFAULTS, consumers: 2, wire, sendEveryFrames: 2 };
  const [report] = await measureBandwidth(layout, frames, [run]);
  const expected = new Map<string, ModelError[]>();
  const steps: Readonly<Record<string, number>> = { "pos.x": 4, "pos.y": 1, yaw: 2.5, hp: 10 };
  for (const [i, snapshot] of frames.entries()) {
    if (i % 2 === 1) continue;
    for (const { id, kind, fields } of snapshot.toFrame().entities) {
      const off = (name: string) => {
        const value = fields[name] as number;
        const step = steps[name];
        return step === undefined ? 0 : Math.abs(Math.round(value / step) * step - value);
      };
      for (const name of Object.keys(fields)) {
        if (name === "headingRad") continue;
        const key = `${kind} ${name}`;
        const error = { value: off(name), entity: id, frame: snapshot.frame };
        expected.set(key, [...expected.get(key) ?? [], error]);
      }
      if (kind === "rock") {
        const error = { value: 0, entity: id, frame: snapshot.frame };
        expected.set("rock rotation", [...expected.get("rock rotation") ?? [], error]);
        continue;
      }
      const value = Math.hypot(off("pos.x"), off("pos.y"));
      const error = { value, entity: id, frame: snapshot.frame };
      expected.set("unit position", [...expected.get("unit position") ?? [], error]);
    }
  }
  assert.deepEqual(report!.wireError!.map(({ field }) => field), [
    ...["position", ...WIRE.kinds[0]!.fields.map(({ name }) => name)],
    ...["rotation", ...WIRE.kinds[1]!.fields.map(({ name }) => name)],
  ]);
  assertErrors(report!.wireError!, expected, "wire");
});
