import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldType } from "../../lib/ingest.ts";
import { RUN_DEFAULTS } from "../../lib/report.ts";
import { Snapshot, SnapshotLayout } from "../../lib/world.ts";
import { type OwnKindSource, withOwnKinds } from "./own_kind.ts";

/** Where the one entity of a kind is in each frame; undefined where it is not there. */
type Track = readonly (number | undefined)[];

/** A recording of kinds with `x` and `hp`, and how many of its frames were read. */
function recordingOf(
  tracks: Readonly<Record<string, Track>>,
  types: Readonly<Record<string, FieldType>> = {},
): OwnKindSource & { read: number } {
  const names = Object.keys(tracks);
  const layout = new SnapshotLayout({
    kinds: names.map((name) => ({
      name,
      fields: [{ name: "hp", type: "u8" }, { name: "x", type: types[name] ?? "f32" }],
    })),
  });
  const length = Math.max(...Object.values(tracks).map((track) => track.length));
  return {
    layout,
    read: 0,
    async *snapshots() {
      for (let frame = 0; frame < length; frame++) {
        this.read++;
        const entities = names.flatMap((kind, id) => {
          const x = tracks[kind]![frame];
          // What changes but is no position is no movement.
          return x === undefined ? [] : [{ id, kind, fields: { hp: frame, x } }];
        });
        await Promise.resolve();
        yield Snapshot.of(layout, { frame, timeMs: frame * 20, entities });
      }
    },
  };
}

async function ownOf(source: OwnKindSource, position: readonly string[] = ["x"]): Promise<string> {
  const interest = { radius: 5, position, ownKind: "?" };
  const runs = await withOwnKinds(source, [RUN_DEFAULTS, { ...RUN_DEFAULTS, interest }]);
  assert.equal(runs[0], RUN_DEFAULTS);
  return runs[1]!.interest!.ownKind;
}

test("withOwnKinds() takes the only kind with the position, without reading a frame", async () => {
  const one = recordingOf({ gate: [1, 1], ship: [1, 1] }, { gate: "bool" });
  assert.equal(await ownOf(one), "ship");
  assert.equal(one.read, 0);
});

test("withOwnKinds() takes player of several that move or stand still, as soon as it moves", async () => {
  const moving = recordingOf({ ship: [1, 2, 3, 4], player: [5, 5, 6, 7] });
  assert.equal(await ownOf(moving), "player");
  assert.equal(moving.read, 3);
  assert.equal(await ownOf(recordingOf({ ship: [1, 1], player: [5, 5] })), "player");
  assert.equal(await ownOf(recordingOf({ ship: [1, 2], player: [5, 5] })), "ship");
});

test("withOwnKinds() takes the only kind that moves, however late it does", async () => {
  const still = Array.from({ length: 50 }, () => 7);
  const source = recordingOf({ gate: still, tree: still, ship: [...still.slice(1), 8] });
  assert.equal(await ownOf(source), "ship");
  assert.equal(source.read, 50);
  // Coming, going and coming back elsewhere is not seen to move.
  const coming = recordingOf({ gate: [1, undefined, 9, 9], ship: [undefined, 1, 2, 3] });
  assert.equal(await ownOf(coming), "ship");
});

test("withOwnKinds() names the kinds where several move or none does", async () => {
  const moving = recordingOf({ gate: [1, 1, 1, 1], car: [1, 2, 3, 4], ship: [1, 2, 3, 4] });
  await assert.rejects(ownOf(moving), {
    exitCode: 2,
    message:
      'Whose entities consumers own is not clear by the position "x": several kinds move, "car", "ship"; name one with --own',
  });
  assert.equal(moving.read, 2);
  const still = recordingOf({ gate: [1, 1], tree: [2, 2] });
  await assert.rejects(ownOf(still), /several kinds have it and none moves, "gate", "tree"; name/);
  await assert.rejects(ownOf(still, ["x", "z"]), {
    exitCode: 2,
    message: '--interest names the position "x,z", which no kind has in numbers, of "gate", "tree"',
  });
});

test("withOwnKinds() looks at what a wire schema sends", async () => {
  const source = recordingOf({ gate: [1, 2, 3], ship: [1, 2, 3] });
  const schema = { kinds: [{ name: "ship", fields: [{ name: "x", type: "f32" }] }] } as const;
  const interest = { radius: 5, position: ["x"], ownKind: "?" };
  const wire = { name: "ships.json", schema };
  const [run] = await withOwnKinds(source, [{ ...RUN_DEFAULTS, interest, wire }]);
  assert.equal(run!.interest!.ownKind, "ship");
  assert.equal(source.read, 0);
});
