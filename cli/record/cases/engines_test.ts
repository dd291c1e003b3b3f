import assert from "node:assert/strict";
import { test } from "node:test";
import { inFolder } from "../../run_cli_test_helper.ts";
import { recordCase } from "./recorded_test_helper.ts";

const UNITY = [
  "36-unity-rows/state.ndjson",
  "--frame-key",
  "tick",
  "--time-key",
  "serverTime",
  "--id-key",
  "networkObjectId",
  "--kind-key",
  "prefab",
] as const;

test("record takes the rows of a Unity server in one run", () =>
  inFolder(async (cwd) => {
    const recorded = await recordCase(cwd, ...UNITY, "--time-unit", "s");
    const { frames, rateHz, kinds } = await recorded.info();
    assert.equal(frames, 12);
    assert.equal(Math.round(rateHz!), 30);
    assert.deepEqual(kinds.map(({ name, rows }) => [name, rows]), [["Player", 12], ["Grenade", 8]]);
    const player = {
      id: "4611686018427387911",
      kind: "Player",
      "position.x": 0.3,
      "position.y": 1.08,
      "position.z": -2.5,
      "rotation.x": 0,
      "rotation.y": 0.149438,
      "rotation.z": 0,
      "rotation.w": 0.988771,
      health: 100,
      isCrouched: false,
      weapon: "Rifle",
    };
    assert.deepEqual(await recorded.at(9003), [player]);
    const [grenade, later] = await recorded.at(9006);
    assert.deepEqual(grenade, {
      id: "17",
      kind: "Grenade",
      "position.x": 3,
      "position.y": 1.7,
      "position.z": 1.2,
      "rotation.x": 0,
      "rotation.y": 0,
      "rotation.z": 0,
      "rotation.w": 1,
      fuse: 2.8,
    });
    const { weapon: _, ...unarmed } = player;
    assert.deepEqual(later, {
      ...unarmed,
      "position.x": 0.6,
      "rotation.y": 0.29552,
      "rotation.w": 0.955336,
    });
    assert.deepEqual((await recorded.frames()).slice(0, 2), [[9000, 0], [9001, 33.333]]);
    assert.ok(!recorded.stderr.includes("--time-unit"), recorded.stderr);
  }));

test("record notes once that the times of a Unity server look like seconds", () =>
  inFolder(async (cwd) => {
    const { notes } = await recordCase(cwd, ...UNITY);
    assert.equal(
      notes.filter((note) => note.includes("--time-unit s")).length,
      1,
      notes.join("\n"),
    );
  }));

const GODOT = [
  "37-godot-frames/frames.ndjson",
  "--frame-key",
  "physics_frame",
  "--time-key",
  "msec",
] as const;

for (const options of [["--entities", "players,projectiles"], []]) {
  test(`record takes the frames of a Godot server in one run, ${options.length === 0 ? "collections found" : "collections named"}`, () =>
    inFolder(async (cwd) => {
      const recorded = await recordCase(cwd, ...GODOT, ...options);
      const frames = await recorded.frames();
      assert.deepEqual(
        frames,
        Array.from({ length: 12 }, (_, i) => [120 + 2 * i, 2000 + 33 * i]),
      );
      const text = ({ id, ...fields }: Record<string, unknown>) => ({ id: String(id), ...fields });
      assert.deepEqual((await recorded.at(132)).map(text), [
        {
          id: "-9223372006015187000",
          kind: "projectiles",
          "position.0": 1,
          "position.1": 1,
          "position.2": 6,
        },
        {
          id: "1",
          kind: "players",
          "position.0": 3,
          "position.1": 0,
          "position.2": -6,
          rotation_y: 0.6,
          state: "run",
        },
        {
          id: "1482917733",
          kind: "players",
          "position.0": 4,
          "position.1": 0,
          "position.2": 0.5,
          rotation_y: -3.1,
          state: "run",
        },
      ]);
      assert.equal((await recorded.at(130)).length, 2);
      const vectors = recorded.notes.filter((note) => note.includes("position"));
      assert.ok(vectors.length > 0 && vectors.length <= 2, recorded.stderr);
      const { kinds } = await recorded.info();
      assert.deepEqual(kinds.map(({ name, rows }) => [name, rows]), [
        ["players", 24],
        ["projectiles", 6],
      ]);
    }));
}

test("record takes the rows of an Unreal server in one run, its event beside them", () =>
  inFolder(async (cwd) => {
    const recorded = await recordCase(
      cwd,
      "38-unreal-rows/state.ndjson",
      "--frame-key",
      "Frame",
      "--frame-bits",
      "16",
      "--time-key",
      "WorldTime",
      "--time-unit",
      "s",
      "--id-key",
      "Actor",
      "--kind-key",
      "Class",
    );
    const frames = await recorded.frames();
    assert.deepEqual(
      frames.map(([frame]) => frame),
      Array.from({ length: 12 }, (_, i) => 65530 + i),
    );
    const { rateHz, kinds, events } = await recorded.info();
    assert.equal(Math.round(rateHz!), 60);
    assert.deepEqual(kinds.map(({ name, rows }) => [name, rows]), [["BP_Player_C", 12]]);
    assert.deepEqual(events, { HitScan: 1 });
    const player = {
      id: "BP_Player_C_2147482345",
      kind: "BP_Player_C",
      "Location.X": 142,
      "Location.Y": -40,
      "Location.Z": 92.15,
      "Rotation.Pitch": 0,
      "Rotation.Yaw": 6,
      "Rotation.Roll": 0,
      bIsCrouched: true,
      Health: 100,
      "Inventory.0": "Rifle",
      "Inventory.1": "Medkit",
      "Inventory.length": 2,
    };
    assert.deepEqual(await recorded.at(65538), [player]);
    const { "Inventory.1": _, ...early } = player;
    assert.deepEqual(await recorded.at(65534), [{
      ...early,
      "Location.X": 121,
      "Rotation.Yaw": 2,
      bIsCrouched: false,
      "Inventory.length": 1,
    }]);
    const [event, ...others] = await recorded.events();
    assert.equal(others.length, 0);
    const { ev, f, Shooter, Victim } = event!;
    assert.deepEqual([ev, f, Shooter, Victim], [
      "HitScan",
      65538,
      "BP_Player_C_2147482345",
      null,
    ]);
  }));
