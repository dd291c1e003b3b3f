import assert from "node:assert/strict";
import { test } from "node:test";
import { HEIGHT, PILOT_RADIUS, RATE_HZ, WIDTH } from "../shared/rules.ts";
import { Game, type Steering } from "./game.ts";
import { gameFrame } from "./game_frame.ts";

const EAST: Steering = { x: 1, y: 0, fire: false };

/** Every frame of some seconds of a game whose pilots fly in circles and launch rockets. */
function play(seed: number, seconds: number, pilots = 34): ReturnType<typeof gameFrame>[] {
  const game = new Game(seed);
  for (let i = 0; i < pilots; i++) game.addPilot();
  return Array.from({ length: seconds * RATE_HZ }, (_, frame) => {
    const ways = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const;
    const steering = [...game.pilots.keys()].map((id) => {
      const [x, y] = ways[(id + Math.floor(frame / 45)) % 4]!;
      return [id, { x, y, fire: true }] as const;
    });
    game.step(new Map(steering));
    return gameFrame(game);
  });
}

test("Game is the same for the same seed, and another for another", () => {
  const frames = play(5, 10);
  assert.deepEqual(play(5, 10), frames);
  assert.notDeepEqual(play(6, 10), frames);
  assert.deepEqual(frames.map(({ frame }) => frame), Array.from(frames, (_, i) => i + 1));
});

test("Game has about 40 entities of two kinds, which are born and die every few seconds", () => {
  const frames = play(1, 30);
  const counts = frames.map(({ entities }) => entities.length);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  assert.ok(mean > 32 && mean < 55, `${mean} entities`);
  for (const kind of ["pilot", "rocket"] as const) {
    const ids = frames.map(({ entities }) =>
      new Set(entities.filter((entity) => entity.kind === kind).map(({ id }) => id))
    );
    let [births, deaths] = [0, 0];
    for (let i = 1; i < ids.length; i++) {
      births += ids[i]!.difference(ids[i - 1]!).size;
      deaths += ids[i - 1]!.difference(ids[i]!).size;
    }
    assert.ok(births > 5 && deaths > 5, `${kind}: ${births} births, ${deaths} deaths in 30 s`);
  }
});

test("Game keeps pilots inside the arena", () => {
  for (const { entities } of play(3, 10)) {
    for (const { fields: { x, y }, kind } of entities) {
      const margin = kind === "pilot" ? PILOT_RADIUS : 0;
      assert.ok(x >= margin && x <= WIDTH - margin && y >= margin && y <= HEIGHT - margin);
    }
  }
});

test("Game.step() makes nobody faster by a longer vector", () => {
  const [near, far] = [1, 1000].map((length) => {
    const game = new Game(1);
    const pilot = game.addPilot();
    [pilot.x, pilot.y] = [100, 100];
    game.step(new Map([[pilot.id, EAST]]));
    game.step(new Map([[pilot.id, { ...EAST, x: length }]]));
    return pilot.x;
  });
  assert.ok(near! > 100);
  assert.equal(far, near);
});

test("Game.damage() kills at 0 health: the pilot is away for two seconds, and his killer scores", () => {
  const game = new Game(1);
  const [killer, victim] = [game.addPilot(), game.addPilot()];
  const nobody = new Map<number, Steering>();
  game.step(nobody);
  assert.equal(game.damage(victim, 60, killer.id), false);
  assert.equal(game.damage(victim, 60, killer.id), true);
  assert.equal(game.damage(victim, 60, killer.id), false, "the dead are not killed again");
  assert.equal(killer.score, 1);
  const alive = () => gameFrame(game).entities.map(({ id }) => id);
  for (let frame = 1; frame < 2 * RATE_HZ; frame++) {
    game.step(nobody);
    assert.deepEqual(alive(), [killer.id]);
  }
  game.step(nobody);
  assert.deepEqual(alive(), [killer.id, victim.id]);
  assert.equal(victim.hp, 100);
});
