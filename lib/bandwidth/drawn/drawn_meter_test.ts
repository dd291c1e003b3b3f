import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field } from "../../core/state/schema.ts";
import { SAMPLE_MAX } from "./drawn_meter.ts";
import {
  assertNear,
  drawnOf,
  errorOf,
  framesOf,
  type TimedFields,
  wireOf,
} from "./drawn_run_test_helper.ts";

const XY: readonly Field[] = [{ name: "x", type: "f64" }, { name: "y", type: "f64" }];

/** 5 m/s along x at 20 Hz, for two seconds. */
const WALK = Array.from({ length: 41 }, (_, i): TimedFields => [i * 50, { x: i / 4, y: -3 }]);

/** Frames of a field that is v(i) at frame i, every 50 ms. */
function ramp(name: string, count: number, valueAt: (i: number) => number, type: Field["type"]) {
  return framesOf(
    [{ name, type }],
    Array.from({ length: count }, (_, i): TimedFields => [i * 50, { [name]: valueAt(i) }]),
  );
}

test("DrawnMeter: a walk of 5 m/s drawn 100 ms late is off by 0.5 m now, and by nothing then", async () => {
  const { drawnError, drawnErrorNow, wireError, drawnSample } = await drawnOf(
    framesOf(XY, WALK),
    "none",
  );
  assert.deepEqual(drawnError.map(({ field, max, mean, worst }) => [field, max, mean, worst]), [
    ...["position", "x", "y"].map((field) => [field, 0, 0, { entity: 7, frame: 0 }]),
  ]);
  // At 0 ms nothing else is there to be drawn, at 50 ms frame 0; from 100 ms on all are 0.5 m behind.
  for (const field of ["position", "x"]) {
    assert.deepEqual(errorOf(drawnErrorNow, field), {
      kind: "unit",
      field,
      ...(field === "position" ? { axes: ["x", "y"] } : {}),
      count: 41,
      mean: Number(((0.25 + 39 * 0.5) / 41).toPrecision(12)),
      p50: 0.5,
      p95: 0.5,
      p99: 0.5,
      max: 0.5,
      worst: { entity: 7, frame: 2 },
    });
  }
  assert.equal(errorOf(drawnErrorNow, "y").max, 0);
  assert.deepEqual(wireError, []);
  assert.deepEqual(drawnSample, {
    consumers: 1,
    of: 1,
    everyFrames: 1,
    missingShare: 0,
    missingValueShare: 0,
  });
});

test("DrawnMeter: between frames a straight walk is still where it was", async () => {
  // 120 ms late: the moment lies 2/5 of a frame after one.
  const { drawnError, drawnErrorNow } = await drawnOf(framesOf(XY, WALK), "none", {
    interpMs: 120,
  });
  assertNear(errorOf(drawnError, "x").max, 0);
  assertNear(errorOf(drawnErrorNow, "position").max, 0.6);
  assertNear(errorOf(drawnErrorNow, "position").p50, 0.6);
});

test("DrawnMeter: without a delay what is drawn is as old as the newest state", async () => {
  const frames = framesOf(XY, WALK);
  const none = await drawnOf(frames, "none", { interpMs: 0 });
  assert.equal(errorOf(none.drawnError, "x").max, 0);
  assert.equal(errorOf(none.drawnErrorNow, "x").max, 0);
  // 70 ms on the way: the newest state is of two frames ago, 0.5 m behind; until then there is none.
  const late = await drawnOf(frames, "delay=70", { interpMs: 0 });
  assert.equal(errorOf(late.drawnError, "x").p50, 0.5);
  assert.equal(errorOf(late.drawnError, "x").mean, 0.5);
  assert.deepEqual(errorOf(late.drawnErrorNow, "x"), errorOf(late.drawnError, "x"));
  assertNear(late.drawnSample.missingShare, Math.round(2 / 41 * 1e6) / 1e6);
});

test("DrawnMeter: where the newer state is late, the older one is drawn as it is", async () => {
  // 130 ms on the way: of the moment 100 ms ago the newest state is one frame older.
  const { drawnError, drawnErrorNow } = await drawnOf(framesOf(XY, WALK), "delay=130");
  assert.equal(errorOf(drawnError, "x").p50, 0.25);
  assert.equal(errorOf(drawnError, "x").max, 0.25);
  assert.equal(errorOf(drawnErrorNow, "x").p50, 0.75);
});

test("DrawnMeter: quantising is an error of its own, and of what is drawn", async () => {
  // Steps of 2: x of i / 4 goes 0, 0.25 .. 1.75 and is sent as 0 below 1 and as 2 from 1 on.
  const fixed: readonly Field[] = [{ name: "x", type: "fixed", step: 2 }, XY[1]!];
  const { wireError, drawnError } = await drawnOf(framesOf(XY, WALK), "none", {
    wire: wireOf(fixed),
  });
  const x = errorOf(wireError, "x");
  assert.equal(x.max, 1);
  assert.deepEqual(x.worst, { entity: 7, frame: 4 });
  // Eighths 0 .. 4 .. 0 of 0.25 in each stretch of 8 frames: 0 1 2 3 4 3 2 1, five times, then 0.
  assertNear(x.mean, 5 * 16 * 0.25 / 41);
  assert.equal(x.p50, 0.5);
  assert.equal(errorOf(wireError, "y").max, 0);
  assert.equal(errorOf(wireError, "position").max, 1);
  // Drawn is what was sent two frames ago.
  assert.equal(errorOf(drawnError, "x").max, 1);
  assert.equal(errorOf(drawnError, "position").p50, 0.5);
});

test("DrawnMeter: a coordinate that is sent in whole numbers is drawn on the line between them", async () => {
  const whole: readonly Field[] = [{ name: "x", type: "i16" }, { name: "y", type: "i16" }];
  const frames = framesOf(XY, WALK.map(([, { y }], i) => [i * 50, { x: i, y: y! }]));
  const { drawnError } = await drawnOf(frames, "none", {
    wire: wireOf(whole),
    interpMs: 75,
    sendEveryFrames: 2,
  });
  // Every second frame is sent, and 75 ms later the next one is there: what lies between the two, a
  // half of a step, is on the line. An integer that stays would be off by half a metre.
  assertNear(errorOf(drawnError, "x").max, 0);
});

test("DrawnMeter: an integer that is no coordinate stays until it changes", async () => {
  const hp = ramp("hp", 21, (i) => 100 - i, "u8");
  const { drawnError, drawnErrorNow } = await drawnOf(hp, "none", { interpMs: 75 });
  assert.equal(errorOf(drawnError, "hp").max, 0);
  // One and a half frames late is two steps behind.
  assert.equal(errorOf(drawnErrorNow, "hp").p50, 2);
});

test("DrawnMeter: yaw goes by the shorter arc, in degrees", async () => {
  // 350, 10, 30: 20 a frame. At 75 ms it is drawn halfway, 30 degrees behind.
  const yaw = ramp("yaw", 40, (i) => (350 + 20 * i) % 360, "f32");
  const { drawnError, drawnErrorNow } = await drawnOf(yaw, "none", { interpMs: 75 });
  const now = errorOf(drawnErrorNow, "yaw");
  assert.equal(now.unit, "deg");
  assertNear(now.max, 30);
  assertNear(now.p50, 30);
  assertNear(errorOf(drawnError, "yaw").max, 0);
  // With every second frame it is drawn one frame late at times, on the same arc.
  const late = await drawnOf(yaw, "none", { interpMs: 0, sendEveryFrames: 2 });
  assertNear(errorOf(late.drawnError, "yaw").max, 20);
});

test("DrawnMeter: an angle that goes on beyond a turn is the same angle", async () => {
  const yaw = ramp("yaw", 40, (i) => 350 * i, "f64");
  const { drawnErrorNow } = await drawnOf(yaw, "none");
  assertNear(errorOf(drawnErrorNow, "yaw").max, 20);
});

test("DrawnMeter: an angle whose values are all of one turn in radians is in radians", async () => {
  // From 3 to -3 it is 0.2831853 the other way round.
  const turn = 2 * Math.PI;
  const yaw = ramp("yaw", 40, (i) => i % 2 === 0 ? 3 : -3, "f64");
  const whole = await drawnOf(yaw, "none", { interpMs: 50 });
  // Whole numbers are degrees.
  assert.equal(errorOf(whole.drawnErrorNow, "yaw").unit, "deg");
  assertNear(errorOf(whole.drawnErrorNow, "yaw").max, 6);
  const part = ramp("yaw", 40, (i) => i % 2 === 0 ? 3.1 : -3.1, "f64");
  const { drawnErrorNow } = await drawnOf(part, "none", { interpMs: 50 });
  assert.equal(errorOf(drawnErrorNow, "yaw").unit, "rad");
  assertNear(errorOf(drawnErrorNow, "yaw").max, turn - 6.2);
  // One value beyond a turn, at the end, and all were degrees.
  const beyond = ramp("yaw", 41, (i) => i === 40 ? 7 : i % 2 === 0 ? 3.1 : -3.1, "f64");
  const degrees = await drawnOf(beyond, "none", { interpMs: 50 });
  assert.equal(errorOf(degrees.drawnErrorNow, "yaw").unit, "deg");
  assertNear(errorOf(degrees.drawnErrorNow, "yaw").max, 10.1);
  // A name that says so is believed.
  const named = ramp("yaw_rad", 41, (i) => i === 40 ? 7 : i % 2 === 0 ? 3.1 : -3.1, "f64");
  const radians = await drawnOf(named, "none", { interpMs: 50 });
  assert.equal(errorOf(radians.drawnErrorNow, "yaw_rad").unit, "rad");
  // From -3.1 to 7 is 10.1, the shorter arc of which is two turns less that.
  assertNear(errorOf(radians.drawnErrorNow, "yaw_rad").max, 2 * turn - 10.1);
});

test("DrawnMeter: a quaternion turns evenly, and its sign says nothing", async () => {
  const names = ["x", "y", "z", "w"].map((axis) => `rot.${axis}`);
  const fields = names.map((name): Field => ({ name, type: "f64" }));
  // 10 degrees a frame about z; every third is given with the other sign.
  const states = Array.from({ length: 40 }, (_, i): TimedFields => {
    const half = i * 10 * Math.PI / 360;
    const sign = i % 3 === 0 ? -1 : 1;
    const values = [0, 0, sign * Math.sin(half), sign * Math.cos(half)];
    return [i * 50, Object.fromEntries(names.map((name, n) => [name, values[n]!]))];
  });
  const frames = framesOf(fields, states);
  const { drawnError, drawnErrorNow } = await drawnOf(frames, "none", { interpMs: 75 });
  const now = errorOf(drawnErrorNow, "rotation");
  assert.equal(now.unit, "deg");
  assertNear(now.p50, 15);
  assertNear(now.max, 15);
  assertNear(errorOf(drawnError, "rotation").max, 0);
  // No component is ever further off than the chord of 15 degrees.
  for (const name of names) {
    assert.ok(errorOf(drawnErrorNow, name).max <= 2 * Math.sin(15 * Math.PI / 720) + 1e-9, name);
  }
  // Seen every second frame only, halfway between it is as it was: slerp is even, a line is not.
  const coarse = await drawnOf(frames, "none", { interpMs: 100, sendEveryFrames: 2 });
  assertNear(errorOf(coarse.drawnError, "rotation").p50, 0);
});

test("DrawnMeter: 60 frames a second are drawn at the very times of the recording", async () => {
  // 5 m/s; a hole of a second after frame 100 takes no time.
  const states = Array.from({ length: 600 }, (_, i): TimedFields => [
    i * 1000 / 60 + (i > 100 ? 1000 : 0),
    { x: i * 5 / 60, y: 2 - i * 5 / 60 },
  ]);
  for (const options of [{}, { sendEveryFrames: 3 }, { consumers: 9 }]) {
    const { drawnError, drawnErrorNow } = await drawnOf(
      framesOf(XY, states.slice(0, 100)),
      "delay=20",
      options,
    );
    for (const field of ["x", "y", "position"]) {
      // Until a delay after the first frame the first one that is there is drawn.
      assert.equal(errorOf(drawnError, field).p50, 0, field);
      assert.equal(errorOf(drawnError, field).max, 0, field);
    }
    assert.equal(errorOf(drawnErrorNow, "x").p99, 0.5);
    assert.equal(errorOf(drawnErrorNow, "x").max, 0.5);
  }
  const { drawnErrorNow } = await drawnOf(framesOf(XY, states), "none", { interpMs: 10 });
  assertNear(errorOf(drawnErrorNow, "x").p50, 0.05);
});

test("DrawnMeter: rounding is no error, and what is more than rounding is one", async () => {
  // To and fro about 0 at epoch times, whose last digit is 2^-12 ms; drawn across 3 frames.
  const far = Array.from({ length: 200 }, (_, i): TimedFields => [
    1.7e12 + i * 1000 / 60,
    { x: (i - 100) * 5 / 60, y: 0 },
  ]);
  const rounded = await drawnOf(framesOf(XY, far), "none", { sendEveryFrames: 3 });
  assert.equal(errorOf(rounded.drawnError, "x").max, 0);
  assert.equal(errorOf(rounded.drawnError, "position").max, 0);
  // A bend of a millionth of the value is none of it.
  const bent = WALK.map(([timeMs, { x, y }], i): TimedFields => [
    timeMs,
    { x: x as number * (i % 2 === 0 ? 1 : 1 + 1e-9), y: y! },
  ]);
  const { drawnError } = await drawnOf(framesOf(XY, bent), "none", {
    interpMs: 75,
    sendEveryFrames: 2,
  });
  assert.ok(errorOf(drawnError, "x").max > 1e-9);
  // Nor is a whole step of states that are drawn as they are, however large these are.
  const huge = ramp("stamp", 21, (i) => 2 ** 60 + i * 512, "f64");
  const { drawnErrorNow } = await drawnOf(huge, "none", { interpMs: 50 });
  assert.equal(errorOf(drawnErrorNow, "stamp").max, 512);
});

test("DrawnMeter: what was never compared is not listed, and what never was off begins somewhere", async () => {
  const fields: readonly Field[] = [
    { name: "x", type: "f64" },
    { name: "y", type: "f64", optional: true },
    { name: "late", type: "u8", optional: true },
    { name: "never", type: "f32", optional: true },
    { name: "bad", type: "f64" },
  ];
  const states = Array.from({ length: 11 }, (_, i): TimedFields => [i * 50, {
    x: 1,
    ...(i < 5 ? {} : { late: 3 }),
    bad: i % 2 === 0 ? NaN : Infinity,
  }]);
  const { drawnError, drawnErrorNow } = await drawnOf(framesOf(fields, states), "none", {
    interpMs: 50,
  });
  // x is there at all frames; late now and then from frame 6 on; bad is equal to itself.
  const told = (errors: typeof drawnError) =>
    errors.map(({ field, count, worst }) => [field, count, worst.frame]);
  assert.deepEqual(told(drawnError), [["x", 11, 0], ["late", 5, 6], ["bad", 11, 0]]);
  assert.deepEqual(told(drawnErrorNow), [["x", 11, 0], ["late", 5, 6], ["bad", 1, 0]]);
  // Nobody holds anything, so nothing is compared.
  const nobody = await drawnOf(framesOf(fields, states), "loss=100%");
  assert.deepEqual([nobody.drawnError, nobody.drawnErrorNow], [[], []]);
});

test("DrawnMeter: a position of which an axis is not sent is none, and its axes are still on a line", async () => {
  const { drawnError, wireError } = await drawnOf(framesOf(XY, WALK), "none", {
    wire: wireOf([{ name: "x", type: "i16" }]),
    interpMs: 75,
    sendEveryFrames: 2,
  });
  for (const errors of [drawnError, wireError]) {
    assert.deepEqual(errors.map(({ field, axes }) => [field, axes]), [["x", undefined]]);
  }
  // Four of a quaternion likewise: those that are left are no angles.
  const axes = ["x", "y", "z", "w"].map((axis): Field => ({ name: `rot.${axis}`, type: "f64" }));
  const states = WALK.map(([timeMs]): TimedFields => [
    timeMs,
    { "rot.x": 0, "rot.y": 0, "rot.z": 0, "rot.w": 1 },
  ]);
  const three = await drawnOf(framesOf(axes, states), "none", { wire: wireOf(axes.slice(0, 3)) });
  assert.deepEqual(three.drawnError.map(({ field, unit }) => [field, unit]), [
    ...["rot.x", "rot.y", "rot.z"].map((field) => [field, undefined]),
  ]);
});

test("DrawnMeter: a field may be called position or rotation; the distance and the turn have axes", async () => {
  const four = (stem: string) => ["x", "y", "z", "w"].map((axis) => stem + axis);
  const names = ["pos.x", "pos.y", ...four("rot."), "position", "rotation", ...four("gun_rot_")];
  const values = (i: number) =>
    Object.fromEntries(names.map((name) => [name, /w$/.test(name) ? 1 : i]));
  const states = Array.from({ length: 9 }, (_, i): TimedFields => [i * 50, values(i)]);
  const frames = framesOf(names.map((name): Field => ({ name, type: "f64" })), states);
  const { drawnErrorNow } = await drawnOf(frames, "none");
  assert.deepEqual(
    drawnErrorNow.filter(({ field, axes }) => axes !== undefined || /ation|^position/.test(field))
      .map(({ field, axes }) => [field, axes]),
    [
      ["position", ["pos.x", "pos.y"]],
      ["rotation", four("rot.")],
      ["gun_rot.rotation", four("gun_rot_")],
      ["position", undefined],
      ["rotation", undefined],
    ],
  );
  assert.ok(
    drawnErrorNow.every(({ field, unit }) => !/^gun_rot_/.test(field) || unit === undefined),
  );
});

test("DrawnMeter: the angles of a kind are all in degrees or all in radians", async () => {
  const names = ["yaw", "pitch", "rotation.0", "rotation.1", "roll_rad"];
  const fields = names.map((name): Field => ({ name, type: "f64" }));
  const unitsOf = async (
    valueOf: (name: string) => number,
    types: Partial<Record<string, Field["type"]>> = {},
  ) => {
    const states = WALK.map(([timeMs]): TimedFields => [
      timeMs,
      Object.fromEntries(names.map((name) => [name, valueOf(name)])),
    ]);
    const typed = fields.map(({ name, type }): Field => ({ name, type: types[name] ?? type }));
    const { drawnError } = await drawnOf(framesOf(typed, states), "none");
    return names.map((name) => errorOf(drawnError, name).unit);
  };
  const [deg, rad] = ["deg", "rad"];
  assert.deepEqual(await unitsOf(() => 1.5), [rad, rad, rad, rad, rad]);
  assert.deepEqual(await unitsOf((name) => name === "pitch" ? 1.5 : 0), [rad, rad, rad, rad, rad]);
  assert.deepEqual(await unitsOf(() => 2), [deg, deg, deg, deg, rad]);
  // One beyond a turn, whichever: of a whole number as well, but not of a field that names its unit.
  for (const name of names.slice(0, 4)) {
    assert.deepEqual(await unitsOf((other) => other === name ? 90 : 0.5), [
      deg,
      deg,
      deg,
      deg,
      rad,
    ]);
  }
  const whole = { yaw: "u16" } as const;
  assert.deepEqual(await unitsOf((name) => name === "yaw" ? 90 : 0.5, whole), [
    ...[deg, deg, deg, deg, rad],
  ]);
  assert.deepEqual(await unitsOf((name) => name === "roll_rad" ? 90 : 0.5), [
    ...[rad, rad, rad, rad, rad],
  ]);
});

test("DrawnMeter: values that are not finite say nothing of an angle's unit", async () => {
  for (const odd of [NaN, Infinity, -Infinity]) {
    const once = ramp("yaw", 41, (i) => i === 20 ? odd : i % 2 === 0 ? 3.1 : -3.1, "f64");
    const part = await drawnOf(once, "none", { interpMs: 50 });
    assert.equal(errorOf(part.drawnErrorNow, "yaw").unit, "rad", `${odd}`);
    const whole = ramp("yaw", 41, (i) => i === 20 ? odd : i % 2 === 0 ? 3 : -3, "f64");
    const degrees = await drawnOf(whole, "none", { interpMs: 50 });
    assert.equal(errorOf(degrees.drawnErrorNow, "yaw").unit, "deg", `${odd}`);
  }
});

test("DrawnMeter: a teleport is drawn like any other step", async () => {
  const frames = framesOf(
    XY,
    [[0, 0], [50, 0], [100, 100], [150, 100], [200, 100]].map(
      ([timeMs, x]): TimedFields => [timeMs!, { x: x!, y: 0 }],
    ),
  );
  const { drawnError, drawnErrorNow } = await drawnOf(frames, "none", { interpMs: 75 });
  // At 150 ms the moment is 75 ms, halfway, where the truth by the same rule is as well.
  assert.equal(errorOf(drawnError, "x").max, 0);
  assert.equal(errorOf(drawnErrorNow, "x").max, 100);
  assert.deepEqual(errorOf(drawnErrorNow, "x").worst, { entity: 7, frame: 2 });
});

test("DrawnMeter: what is right or wrong counts as 0 or 1", async () => {
  const fields: readonly Field[] = [
    { name: "alive", type: "bool" },
    { name: "weapon", type: "enum", values: ["axe", "gun"] },
    { name: "say", type: "text" },
    { name: "steam", type: "u64" },
  ];
  const states = Array.from({ length: 11 }, (_, i): TimedFields => [i * 50, {
    alive: i < 5,
    weapon: i < 5 ? "axe" : "gun",
    say: i < 5 ? "hi" : "bye",
    // Equal in their lower words.
    steam: i < 5 ? 3n : 3n + 2n ** 40n,
  }]);
  const { drawnError, drawnErrorNow } = await drawnOf(framesOf(fields, states), "none");
  for (const { name } of fields) {
    const now = errorOf(drawnErrorNow, name);
    assert.equal(now.unit, "mismatch");
    assert.equal(now.max, 1, name);
    // Wrong at the frames 5 and 6 of 11.
    assertNear(now.mean, 2 / 11, name);
    assert.deepEqual(now.worst, { entity: 7, frame: 5 });
    assert.equal(errorOf(drawnError, name).max, 0);
  }
});

test("DrawnMeter: a text is the same whatever it is sent as", async () => {
  const fields: readonly Field[] = [
    { name: "a", type: "enum", values: ["one", "two"] },
    { name: "b", type: "text" },
    { name: "c", type: "enum", values: ["one", "two"] },
    { name: "d", type: "text" },
  ];
  const states = Array.from({ length: 11 }, (_, i): TimedFields => {
    const text = i % 2 === 0 ? "one" : "two";
    return [i * 50, { a: text, b: text, c: text, d: text }];
  });
  const wire = wireOf([
    { name: "a", type: "enum", values: ["two", "more", "one"] },
    { name: "b", type: "enum", values: ["two", "one"] },
    { name: "c", type: "text" },
    { name: "d", type: "text" },
  ]);
  const { drawnError, drawnErrorNow, wireError } = await drawnOf(framesOf(fields, states), "none", {
    wire,
    interpMs: 50,
  });
  for (const name of ["a", "b", "c", "d"]) {
    assert.equal(errorOf(wireError, name).max, 0, name);
    assert.equal(errorOf(drawnError, name).max, 0, name);
    assertNear(errorOf(drawnErrorNow, name).mean, 10 / 11, name);
  }
});

test("DrawnMeter looks at a sample of many consumers, the same for the same seed", async () => {
  const frames = framesOf(XY, WALK);
  const of = (seed: number) =>
    drawnOf(frames, "delay=40,jitter=60,loss=20%", { consumers: 60, seed, policy: "append" });
  const [first, again, other] = [await of(1), await of(1), await of(2)];
  assert.deepEqual(first, again);
  assert.notDeepEqual(first.drawnError, other.drawnError);
  assert.equal(first.drawnSample.of, 60);
  assert.equal(first.drawnSample.consumers, SAMPLE_MAX);
  assert.equal(first.drawnSample.everyFrames, SAMPLE_MAX);
});

test("DrawnMeter looks at each frame of a sample where that is cheap, whatever the rhythm of sending", async () => {
  const values = Array.from({ length: 41 }, (_, i): TimedFields => [50 * i, { isUp: i % 2 === 1 }]);
  const frames = framesOf([{ name: "isUp", type: "bool" }], values);
  const wrong = async (consumers: number, sendEveryFrames: number) => {
    const options = { consumers, interpMs: 0, sendEveryFrames };
    const { drawnError, drawnSample } = await drawnOf(frames, "none", options);
    return { mean: errorOf(drawnError, "isUp").mean, everyFrames: drawnSample.everyFrames };
  };
  // Each second frame is not sent and wrong: 20 of 41, of each consumer or of all by turns.
  const mean = Number((20 / 41).toPrecision(12));
  assert.deepEqual(await wrong(SAMPLE_MAX, 2), { mean, everyFrames: 1 });
  // One value is cheap enough for ten consumers to be looked at in every frame.
  assert.deepEqual(await wrong(10, 2), { mean, everyFrames: SAMPLE_MAX });
});

test("DrawnMeter changes no run: it has the hash and the cost that it has without", async () => {
  const frames = framesOf(XY, WALK);
  for (const policy of ["strict", "append", "nack"] as const) {
    const options = { policy, consumers: 9, churn: { reconnectMs: 400 } };
    const net = "delay=40,jitter=60,loss=20%";
    const { settings: _all, ...all } = await drawnOf(frames, net, options);
    const { settings: _cost, ...cost } = await drawnOf(frames, net, {
      ...options,
      figures: "cost",
    });
    assert.equal(cost.drawnError, undefined);
    const { series, ...figures } = cost;
    for (const [key, value] of Object.entries(figures)) {
      assert.deepEqual(all[key as keyof typeof all], value, key);
    }
    // What the player sees is in the seconds beside what they cost.
    assert.deepEqual(
      all.series.map(({ stateAgeMs: _age, frozenShare: _frozen, drawnError: _error, ...point }) =>
        point
      ),
      series,
    );
  }
});
