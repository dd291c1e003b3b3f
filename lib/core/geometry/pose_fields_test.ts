import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field, FieldType } from "../state/schema.ts";
import { poseFields } from "./pose_fields.ts";

/** Names of what is found in fields of one type, or of `name:type`. */
function found(names: readonly string[], position?: readonly string[]) {
  const fields: Field[] = names.map((text) => {
    const [name, type = "f32"] = text.split(":");
    return { name: name!, type: type as FieldType };
  });
  const pose = poseFields({ name: "kind", fields }, position);
  const nameOf = (field: number) => fields[field]!.name;
  return {
    position: pose.position?.map(nameOf),
    rotation: pose.rotations[0]?.fields.map(nameOf),
    angles: pose.angles.map(({ field, unit }) =>
      nameOf(field) + (unit === undefined ? "" : ` ${unit}`)
    ),
  };
}

test("poseFields() finds a position of two or three axes, whatever its spelling", () => {
  const triples = [
    ["x", "y", "z"],
    ["X", "Y", "Z"],
    ["pos.x", "pos.y", "pos.z"],
    ["pos_x", "pos_y", "pos_z"],
    ["posX", "posY", "posZ"],
    ["px", "py", "pz"],
    ["position.0", "position.1", "position.2"],
    ["transform.x", "transform.y", "transform.z"],
    ["m_vecOrigin.x", "m_vecOrigin.y", "m_vecOrigin.z"],
    ["Location.X", "Location.Y", "Location.Z"],
  ];
  for (const triple of triples) {
    assert.deepEqual(found(["hp:u8", ...triple]).position, triple, triple[0]);
    assert.deepEqual(found(triple.slice(0, 2)).position, triple.slice(0, 2));
    // A world that is flat, and whose up axis is y.
    assert.deepEqual(found([triple[0]!, triple[2]!]).position, [triple[0], triple[2]]);
    assert.equal(found([triple[0]!]).position, undefined);
    assert.equal(found(triple.slice(1)).position, undefined);
  }
});

test("poseFields() takes axes in their order, and integers as well", () => {
  assert.deepEqual(found(["z:i16", "y:i32", "x:u8"]).position, ["x", "y", "z"]);
  assert.deepEqual(found(["x:fixed", "y:f64"]).position, ["x", "y"]);
});

test("poseFields() takes nothing else for a position", () => {
  for (
    const stem of [
      ...[
        "vel.",
        "velocity.",
        "v",
        "dir.",
        "scale.",
        "normal.",
        "look.",
        "aim_",
        "angles.",
        "acc.",
      ],
      ...["position_velocity.", "transform.scale.", "transform.rotation.", "color.", "size."],
    ]
  ) {
    assert.equal(found(["x", "y", "z"].map((axis) => stem + axis)).position, undefined, stem);
  }
  for (const type of ["bool", "u64", "enum", "text"]) {
    assert.equal(found([`x:${type}`, `y:${type}`]).position, undefined, type);
  }
  assert.deepEqual(found(["x", "y", "z:enum"]).position, ["x", "y"]);
});

test("poseFields() takes the only axes for a position that are called by the thing alone", () => {
  for (const stem of ["car.", "body.", "ship_", "Car.", "player.body.", "ball", "tank."]) {
    const triple = ["x", "y", "z"].map((axis) => stem + axis);
    assert.deepEqual(found(["hp:u8", ...triple]).position, triple, stem);
    assert.deepEqual(found(triple.slice(0, 2)).position, triple.slice(0, 2), stem);
    assert.deepEqual(found([triple[0]!, triple[2]!]).position, [triple[0], triple[2]], stem);
    // Beside what is something else.
    const others = ["vel.x", "vel.y", "size.x", "size.y", "rot.x", "rot.y", "rot.z", "rot.w"];
    assert.deepEqual(found([...others, ...triple]).position, triple, stem);
    // Not where another is as good, or where one is better.
    assert.equal(found([...triple, "wheel.x", "wheel.y"]).position, undefined, stem);
    assert.deepEqual(found([...triple, "pos.x", "pos.y"]).position, ["pos.x", "pos.y"], stem);
    assert.deepEqual(found([...triple, "x", "y"]).position, ["x", "y"], stem);
  }
  // A list, four of anything, one letter, and what is elsewhere or no place.
  for (const list of [["ammo0", "ammo1"], ["item.0", "item.1", "item.2"]]) {
    assert.equal(found(list).position, undefined, list[0]);
  }
  assert.equal(found(["plane.x", "plane.y", "plane.z", "plane.w"]).position, undefined);
  for (const stem of ["a", "w", "n.", "target.", "boxMax", "input.", "car.up.", "car_force_"]) {
    assert.equal(found(["x", "y", "z"].map((axis) => stem + axis)).position, undefined, stem);
  }
});

test("poseFields() prefers bare axes, then the first place, and what was named before both", () => {
  const names = ["vel.x", "vel.y", "spawnPos.x", "spawnPos.y", "pos.x", "pos.y", "x", "y"];
  assert.deepEqual(found(names).position, ["x", "y"]);
  assert.deepEqual(found(names.slice(0, 6)).position, ["pos.x", "pos.y"]);
  assert.deepEqual(found(names.slice(0, 4)).position, ["spawnPos.x", "spawnPos.y"]);
  assert.deepEqual(found(names, ["vel.x", "y"]).position, ["vel.x", "y"]);
  // A kind without the named fields has its own.
  assert.deepEqual(found(names, ["east", "north"]).position, ["x", "y"]);
});

test("poseFields() finds quaternions, and no other four fields", () => {
  for (const stem of ["q", "rot.", "rotation.", "quat_", "orientation.", "body.Rotation."]) {
    const four = ["x", "y", "z", "w"].map((axis) => stem + axis);
    assert.deepEqual(found(["x", "y", "z", ...four]), {
      position: ["x", "y", "z"],
      rotation: four,
      angles: [],
    });
    // By whatever order; and three of them are angles, where the name says so.
    assert.deepEqual(found(four.toReversed()).rotation, four);
    assert.equal(found(four.slice(0, 3)).rotation, undefined);
  }
  assert.deepEqual(found(["rot.0", "rot.1", "rot.2", "rot.3"]).rotation, [
    ...["rot.0", "rot.1", "rot.2", "rot.3"],
  ]);
  for (const stem of ["color.", "rot_vel.", "pos.", "", "w"]) {
    assert.equal(found(["x", "y", "z", "w"].map((axis) => stem + axis)).rotation, undefined, stem);
  }
});

test("poseFields() finds angles and what their names say of the unit", () => {
  const names = [
    ...["yaw", "view.pitch", "bodyYaw", "aimyaw", "ROLL", "heading", "wheelAngle", "facing"],
    ...["azimuth", "bearing", "rotation", "rot", "angles.0", "euler.x", "rotation.y:i16"],
  ];
  assert.deepEqual(found(names).angles, names.map((name) => name.split(":")[0]));
  assert.deepEqual(found(["yaw_deg", "pitchRadians", "rad.heading"]).angles, [
    ...["yaw_deg deg", "pitchRadians rad", "rad.heading rad"],
  ]);
});

test("poseFields() takes no rates, counts or other words for angles", () => {
  const names = [
    ...[
      "yawrate",
      "yaw_rate",
      "pitchVel",
      "angularVelocity",
      "rotation.speed",
      "angvel.x",
      "rollCount",
    ],
    ...[
      "controller",
      "scroll",
      "rectangle",
      "range",
      "protection",
      "wx",
      "dir",
      "yaw:bool",
      "roll:u64",
    ],
  ];
  assert.deepEqual(found(names).angles, []);
});

test("poseFields() takes no place where an entity was or is to be, where another is one", () => {
  const axes = (stem: string) => [`${stem}x`, `${stem}y`];
  for (
    const stem of [
      ...["spawn_pos.", "lastPos", "prevPosition.", "previous_position_", "oldPos.", "target.pos."],
      ...["goalLocation.", "dest.coord.", "destinationPos.", "homeLoc.", "startPos.", "endPos."],
      ...["next.position.", "desiredPos.", "spawnpos."],
    ]
  ) {
    assert.deepEqual(found([...axes(stem), ...axes("loc.")]).position, axes("loc."), stem);
    assert.deepEqual(found(axes(stem)).position, axes(stem), stem);
  }
});

test("poseFields() finds every quaternion, and takes none of their components for an angle", () => {
  const axes = (stem: string) => ["x", "y", "z", "w"].map((axis) => stem + axis);
  const fields = [...axes("bodyRotation."), "yaw", ...axes("gun_rot_")].map((name): Field => ({
    name,
    type: "f32",
  }));
  const { angles, rotations } = poseFields({ name: "kind", fields });
  assert.deepEqual(rotations, [
    { stem: "bodyRotation", fields: [0, 1, 2, 3] },
    { stem: "gun_rot", fields: [5, 6, 7, 8] },
  ]);
  assert.deepEqual(angles, [{ field: 4, unit: undefined }]);
});

test("poseFields() tells rates from words that end alike", () => {
  for (const stem of ["crate", "pirate", "grate"]) {
    const axes = ["x", "y", "z"].map((axis) => `${stem}.${axis}`);
    assert.deepEqual(found(axes).position, axes);
  }
  for (const name of ["level_yaw", "travel_heading", "crate_pitch", "separate_angle"]) {
    assert.deepEqual(found([name]).angles, [name]);
  }
  const rates = [
    ...["yaw_vel", "yaw_rate", "yaw_speed", "yaw_velocity", "turnrate_yaw", "yaw_angvel"],
    ...["pitch_movespeed", "rollrate_pitch", "xvel_yaw", "vely_yaw", "angularvelocity_yaw"],
  ];
  for (const name of rates) assert.deepEqual(found([name]).angles, [], name);
});
