import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { FileSink, RecordingWriter } from "../../lib/recording.ts";
import { EntityNames, type StateEvent, type StateFrame } from "../../lib/world.ts";
import { hindcast, hindcastJson, inFolder } from "../run_cli_test_helper.ts";

interface Answer {
  readonly details: readonly {
    readonly victim: unknown;
    readonly expected: unknown;
    readonly cause: string;
  }[];
  readonly byShooter?: readonly { readonly shooter: unknown; readonly shots: number }[];
}

async function write(
  path: string,
  names: EntityNames,
  frames: readonly StateFrame[],
  events: readonly StateEvent[],
): Promise<void> {
  const sink = new FileSink(path);
  const writer = await RecordingWriter.open(sink, { rateHz: 50, names });
  for (const frame of frames) {
    await writer.write(frame);
    for (const event of events) if (event.frame === frame.frame) await writer.writeEvent(event);
  }
  await writer.close();
  sink.close();
}

const MAP = "shooter=who,from=sx,sy,sz,to=ex,ey,ez,verdict=hit";

function judge(path: string, shape: string, ...more: string[]): Promise<Answer> {
  return hindcastJson<Answer>([
    ...["rewind", path, "--shots", "shot", "--shot-map", MAP, "--shape", shape],
    ...["--policy", "none", "--details", "--json", ...more],
  ]);
}

/** A shot straight up at x. */
function upAt(frame: number, x: number, who: unknown, hit: unknown): StateEvent {
  const data = { who, hit, sx: x, sy: 0, sz: 0, ex: x, ey: 200, ez: 0 };
  return { frame, timeMs: frame * 20, name: "shot", data };
}

test("rewind takes the life of an id that was there when the shot was fired", () =>
  inFolder(async (folder) => {
    const names = new EntityNames();
    const shooter = names.entity("amy");
    const [first, second] = [names.entity("bob"), names.renew("bob")];
    const third = names.renew("amy");
    const player = (id: number, x: number, y: number) => ({ id, kind: "player", fields: { x, y } });
    // bob is killed in frame 10 at x = 0 and stands at x = 500 in the same frame; amy comes again in 20.
    const frames = Array.from({ length: 30 }, (_, frame) => ({
      ...{ frame, timeMs: frame * 20 },
      entities: [
        player(frame < 20 ? shooter : third, 900, 0),
        frame < 10 ? player(first, 0, 100) : player(second, 500, 100),
      ],
    }));
    const path = join(folder, "lives.mcap");
    await write(path, names, frames, [
      upAt(5, 0, "amy", "bob"),
      upAt(10, 0, "amy", "bob"),
      upAt(15, 500, "amy", "bob"),
      upAt(25, 500, "amy", "bob"),
    ]);
    const { byShooter, details } = await judge(path, "player=sphere:4", "--by", "shooter");
    assert.deepEqual(
      details.map(({ cause, expected, victim }) => [victim, expected, cause]),
      Array(4).fill(["bob", "bob", "agrees"]),
    );
    // One shooter, whatever number of lives.
    assert.deepEqual(byShooter!.map(({ shooter: who, shots }) => [who, shots]), [["amy", 4]]);
  }));

test("rewind tells kinds that share ids apart by what can be hit, and says when it cannot", () =>
  inFolder(async (folder) => {
    const names = new EntityNames({ isByKind: true });
    const [player, rocket, target] = [
      names.entity(3, "player"),
      names.entity(3, "rocket"),
      names.entity(4, "player"),
    ];
    const at = (id: number, kind: string, x: number, y: number) => ({ id, kind, fields: { x, y } });
    const frames = Array.from({ length: 20 }, (_, frame) => ({
      ...{ frame, timeMs: frame * 20 },
      entities: [
        at(player, "player", 0, 100),
        at(rocket, "rocket", 500, 100),
        at(target, "player", 900, 100),
      ],
    }));
    const path = join(folder, "kinds.mcap");
    await write(path, names, frames, [upAt(5, 0, 4, 3), upAt(6, 900, 3, 4)]);
    const { details } = await judge(path, "player=sphere:4");
    assert.deepEqual(details.map(({ cause, expected, victim }) => [victim, expected, cause]), [
      [3, 3, "agrees"],
      [4, 4, "agrees"],
    ]);
    const both = ["--shape", "player=sphere:4", "--shape", "rocket=sphere:4", "--policy", "none"];
    const { code, stderr } = await hindcast([
      ...["rewind", path, "--shots", "shot", "--shot-map", MAP, ...both],
    ]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^hindcast: Cannot judge shot 0 \(frame 5\): player:3 and rocket:3 have that id; say KIND:ID\n$/,
    );
    const { stdout } = await hindcast([
      ...["rewind", path, ...both, "--explain", "0"],
      ...["--shot", "frame=5,shooter=player:4,from=500,0,0,to=500,200,0,verdict=rocket:3"],
    ]);
    assert.match(stdout, /^Shot 0 by 4: the game hits rocket:3$/m);
    assert.match(stdout, /^ {2}target {3}rocket 3 at 500 100 0: hit/m);
    assert.match(stdout, /Policy and game agree: the shot hits rocket:3\./);
  }));
