import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "../../cli/run_cli_test_helper.ts";
import { ArenaRoom } from "./colyseus_room.ts";
import { HindcastWriter } from "./plain.ts";
import { Recorder } from "./recorder_test_helper.ts";
import { Teller, TOLD } from "./teller_test_helper.ts";
import {
  assertWorld,
  FIRST_FRAME,
  readRecording,
  worldEvent,
  worldFrame,
} from "./world_test_helper.ts";

test("colyseus_room.ts records the room's maps, who comes and what is shot", () =>
  inFolder(async (folder) => {
    const recorder = await Recorder.start(join(folder, "a.mcap"));
    const room = new ArenaRoom(new HindcastWriter({ port: recorder.port }));
    room.join("q8Zk2LmA1", 'Ada "the ray" 😀');
    room.step();
    room.join("Tt0_9xWcP", "Bo");
    room.shoot("q8Zk2LmA1", 90, 42.5);
    room.step();
    room.step();
    room.step();
    await room.dispose();
    await recorder.stop();
    const { frames, events } = await readRecording(recorder.path);
    const ada = { yaw: 90, hp: 100, name: 'Ada "the ray" 😀' };
    const bo = { yaw: 90, hp: 100, name: "Bo" };
    const shown = frames.map(({ entities, ...head }) => ({
      ...head,
      entities: entities.map(({ id, kind, fields }) => [id, kind, fields]),
    }));
    const player = (id: string, x: number) => [
      id,
      "players",
      { ...(id.startsWith("q") ? ada : bo), x },
    ];
    const frame = ["frame", "frame", { phase: "play" }];
    const rocket = (x: number) => ["r1", "rockets", { x, owner: "q8Zk2LmA1" }];
    assert.deepEqual(shown, [
      { frame: 1, timeMs: 50, entities: [frame, player("q8Zk2LmA1", 0.25)] },
      {
        frame: 2,
        timeMs: 100,
        entities: [player("Tt0_9xWcP", 0.25), frame, player("q8Zk2LmA1", 0.5), rocket(8.25)],
      },
      {
        frame: 3,
        timeMs: 150,
        entities: [player("Tt0_9xWcP", 0.5), frame, player("q8Zk2LmA1", 0.75), rocket(16.25)],
      },
      {
        frame: 4,
        timeMs: 200,
        entities: [player("Tt0_9xWcP", 0.75), frame, player("q8Zk2LmA1", 1)],
      },
    ]);
    assert.deepEqual(events, [{ ev: "shot", f: 1, shooter: "q8Zk2LmA1", yaw: 90, ping: 42.5 }]);
  }));

test("plain.ts is recorded row by row as it was sent, and counts what nobody takes", () =>
  inFolder(async (folder) => {
    const recorder = await Recorder.start(join(folder, "a.mcap"), 0, ["--token", "se cret"]);
    const writer = new HindcastWriter({ port: recorder.port, token: "se cret" });
    for (let f = FIRST_FRAME; f < FIRST_FRAME + 60; f++) {
      const { ev, f: frame, ...data } = worldEvent(f) ?? {};
      if (ev !== undefined) writer.event(Number(frame), String(ev), data);
      const entities = worldFrame(f).entities.map(({ id, kind, fields }) => ({
        id,
        kind,
        ...fields,
        ...("wide" in fields ? { wide: 2 ** 53, never: Infinity } : {}),
      }));
      writer.frame(f, f * 20, { entities });
    }
    await writer.close();
    assert.equal(writer.dropped, 0);
    await recorder.stop();
    await assertWorld(recorder.path, FIRST_FRAME, 60);

    const alone = new HindcastWriter({ port: recorder.port });
    for (let f = 0; f < 5; f++) {
      alone.frame(f, f * 20, { players: {} });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await alone.close();
    assert.equal(alone.dropped, 5);
  }));

test("plain.ts says whole lines of what the recorder says, in whatever parts it comes", async () => {
  const teller = await Teller.open();
  const writer = new HindcastWriter({ port: teller.port });
  const told = new Set<string | undefined>();
  for (let f = 0; f < 40; f++) {
    writer.frame(f, f * 20, { players: {} });
    await new Promise((resolve) => setTimeout(resolve, 20));
    told.add(writer.told);
  }
  await writer.close();
  await teller.close();
  assert.deepEqual([...told].filter((line) => line !== undefined), TOLD.slice(0, 2));
});
