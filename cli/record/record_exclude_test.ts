import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../run_cli_test_helper.ts";

const ROWS = [
  { f: 0, t: 0, id: 1, kind: "player", x: 1, inventory: [{ item: 7 }, { item: 8 }], ammo: 5 },
  { f: 0, t: 0, id: 2, kind: "crate", x: 2, inventory: [{ item: 9 }], debug: { a: 1, b: 2 } },
  { f: 1, t: 50, id: 1, kind: "player", x: 3, inventory: [{ item: 7 }, { item: 8 }], ammo: 4 },
  { f: 1, t: 50, id: 2, kind: "crate", x: 4, inventory: [{ item: 9 }], debug: { a: 1, b: 2 } },
];
const FRAMES = [0, 1].map((f) => ({
  f,
  t: f * 50,
  players: { a: { x: f, inventory: { gold: 1 }, dev: true } },
}));
const CSV =
  "f,t,id,kind,x,ammo\n0,0,1,player,1,5\n0,0,2,crate,2,6\n1,50,1,player,3,5\n1,50,2,crate,4,6\n";

/** Fields by kind, of a file and of a pipe. */
async function fieldsOf(input: string, ...exclude: readonly string[]) {
  let fields: Record<string, string[]> = {};
  let said = "";
  await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "in"), input);
    for (const from of ["in", "-"]) {
      const flags = exclude.flatMap((patterns) => ["--exclude", patterns]);
      const words = ["record", from, "-o", "o.mcap", "--force", ...flags];
      const { code, stderr } = await hindcast(words, { cwd, input });
      assert.equal(code, 0, stderr);
      said = stderr;
      const { stdout } = await hindcast(["info", "o.mcap", "--schema"], { cwd });
      const { kinds } = JSON.parse(stdout) as {
        kinds: { name: string; fields: { name: string }[] }[];
      };
      fields = Object.fromEntries(
        kinds.map((kind) => [kind.name, kind.fields.map(({ name }) => name)]),
      );
    }
  });
  return { fields, said };
}

test("record --exclude leaves out fields of a kind, of all kinds, and what is below", async () => {
  const rows = ndjson(ROWS);
  const one = await fieldsOf(rows, "player.inventory*,debug.*");
  assert.deepEqual(one.fields, {
    player: ["x", "ammo"],
    crate: ["x", "inventory.0.item"],
  });
  assert.match(one.said, /^note: left out: "player\.inventory\*" 2 times, "debug\.\*" 4 times$/m);
  const all = await fieldsOf(rows, "inventory*", "ammo,debug*");
  assert.deepEqual(all.fields, { player: ["x"], crate: ["x"] });
  const some = await fieldsOf(rows, "*.item", "*r.a*o");
  assert.deepEqual(some.fields, { player: ["x"], crate: ["x", "debug.a", "debug.b"] });
});

test("record --exclude knows the kinds of collections and of CSV", async () => {
  const { fields } = await fieldsOf(ndjson(FRAMES), "players.inventory*,dev");
  assert.deepEqual(fields, { players: ["x"] });
  assert.deepEqual((await fieldsOf(CSV, "crate.ammo")).fields, {
    player: ["x", "ammo"],
    crate: ["x"],
  });
  const plain = ndjson([{ f: 0, t: 0, id: 1, x: 1, y: 2 }, { f: 1, t: 50, id: 1, x: 1, y: 2 }]);
  assert.deepEqual((await fieldsOf(plain, "entity.y")).fields, { entity: ["x"] });
});

test("record --exclude tells a pattern that nothing is of, and leaves keys and events alone", async () => {
  const rows = ndjson([
    ...ROWS.slice(0, 2),
    { ev: "hit", f: 0, kind: "crate", x: 1 },
    ...ROWS.slice(2),
  ]);
  const { fields, said } = await fieldsOf(rows, "nosuch*,i*,f*,t*,k*");
  assert.deepEqual(fields, { player: ["x", "ammo"], crate: ["x", "debug.a", "debug.b"] });
  assert.match(
    said,
    /no field is called "nosuch\*", .*so that nothing is left out for it; give --exclude fields as/,
  );
  assert.match(said, /1 event /);
});

test("record --exclude refuses a pattern that leaves out a key, and none", () =>
  inFolder(async (cwd) => {
    const words = ["record", "-", "-o", "o.mcap", "--exclude"];
    const key = await hindcast([...words, "head*", "--frame-key", "head.tick"], {
      cwd,
      input: ndjson(ROWS),
    });
    assert.notEqual(key.code, 0);
    assert.match(key.stderr, /head\*.*head\.tick/);
    for (const key of ["f", "t", "id", "kind", "ev"]) {
      const { code, stderr } = await hindcast([...words, `x,${key}`], { cwd, input: ndjson(ROWS) });
      assert.equal(code, 2);
      assert.match(
        stderr,
        new RegExp(`--exclude ${key} names a key of the lines, which is no field`),
      );
    }
    const none = await hindcast([...words, "a,,b"], { cwd, input: "" });
    assert.equal(none.code, 2);
    assert.match(none.stderr, /Expected fields such as player\.inventory\*,debug\.\*/);
  }));
