/** Times what runs for each frame, as ratios of one run; see README.md. */
import process from "node:process";
import {
  assertDecoded,
  CROWD,
  decode,
  encode,
  everything,
  fill,
  halves,
  type Path,
  planned,
  ready,
  shared,
  Worlds,
} from "./hot_paths.ts";
import { runApart } from "./run_apart.ts";
import { actorWorld, ENTITIES, unitWorld } from "./worlds.ts";

const ROUNDS = 25;
const WARM_UP_ROUNDS = 30;
const ROUND_MS = 5;
const PROCESSES = 3;

/** A path with what it is compared with, and what a frame's time of each is divided by. */
interface Duel {
  readonly base: Path;
  readonly path: Path;
  readonly baseParts: number;
  readonly parts: number;
}

/** A line of a table. */
interface Line {
  readonly name: string;
  readonly duel: (units: Worlds, actors: Worlds) => Duel;
}

/** A table, whose lines are compared with the same. */
interface Table {
  readonly title: string;
  readonly base: string;
  readonly lines: readonly Line[];
}

function perEntity(name: string, path: (units: Worlds, actors: Worlds) => Path): Line {
  const duel = (units: Worlds, actors: Worlds): Duel => ({
    base: encode(units),
    path: path(units, actors),
    baseParts: ENTITIES,
    parts: ENTITIES,
  });
  return { name, duel };
}

function sharedBy(consumers: number): Line {
  const duel = (units: Worlds): Duel => ({
    base: shared(units, 1),
    path: shared(units, consumers),
    baseParts: 1,
    parts: consumers,
  });
  return { name: `the whole world for ${consumers}`, duel };
}

function viewed(name: string, path: (units: Worlds) => Path): Line {
  const duel = (units: Worlds): Duel => ({
    base: shared(units, CROWD),
    path: path(units),
    baseParts: CROWD,
    parts: CROWD,
  });
  return { name, duel };
}

const TABLES: readonly Table[] = [
  {
    title: `${ENTITIES} entities x 12 fields, ns per entity`,
    base: "encode i32",
    lines: [
      perEntity("encode, mixed types", (_, actors) => encode(actors)),
      perEntity("decode, i32", (units) => decode(units)),
      perEntity("decode, mixed types", (_, actors) => decode(actors)),
      perEntity("Snapshot.fill, i32", (units) => fill(units)),
      perEntity("Snapshot.fill, mixed types", (_, actors) => fill(actors)),
    ],
  },
  {
    title: "a frame of i32 for many consumers, ns per consumer",
    base: "for 1",
    lines: [10, 100, 1000, 10_000].map(sharedBy),
  },
  {
    title: `a frame of i32 for ${CROWD} consumers, ns per consumer`,
    base: "no views",
    lines: [
      viewed("ready views of everything", (units) => ready(units, everything)),
      viewed("ViewPlanner, everything in reach", (units) => planned(units, Infinity)),
      viewed("ViewPlanner, some entities in reach", (units) => planned(units, 400)),
      viewed("ready views of halves, all different", (units) => ready(units, halves)),
    ],
  },
];

/** Best times in milliseconds per frame, of rounds that alternate. */
function best({ base, path }: Duel): [base: number, path: number] {
  const frames = [base, path].map((run) => {
    run(20);
    return Math.max(1, Math.round(20 * ROUND_MS / run(20)));
  });
  let bestBase = Infinity;
  let bestPath = Infinity;
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const a = base(frames[0]!) / frames[0]!;
    const b = path(frames[1]!) / frames[1]!;
    if (round < 0) continue;
    bestBase = Math.min(bestBase, a);
    bestPath = Math.min(bestPath, b);
  }
  return [bestBase, bestPath];
}

function timeHere(key: string): [base: number, path: number] {
  const [table, line] = key.split(".").map(Number);
  const { duel: make } = TABLES[table!]!.lines[line!]!;
  const duel = make(new Worlds(unitWorld()), new Worlds(actorWorld()));
  const [base, path] = best(duel);
  return [base * 1e6 / duel.baseParts, path * 1e6 / duel.parts];
}

/** Prints the lines whose names hold a word. */
function main(word: string): void {
  for (const world of [unitWorld(), actorWorld()]) assertDecoded(new Worlds(world));
  console.log("what is sent is what arrives, with views and without");
  TABLES.forEach(({ title, base: baseName, lines }, t) => {
    console.log(`\n${title.padEnd(54)}${baseName.padStart(12)}        this   ratio`);
    lines.forEach(({ name }, l) => {
      if (!name.includes(word)) return;
      const [base, path] = runApart(import.meta.url, `${t}.${l}`, PROCESSES) as [number, number];
      console.log(
        `  ${name.padEnd(52)}${base.toFixed(1).padStart(12)}${path.toFixed(1).padStart(12)}${
          (path / base).toFixed(2).padStart(8)
        }`,
      );
    });
  });
}

const [argument] = process.argv.slice(2);
if (argument !== undefined && /^\d+\.\d+$/.test(argument)) {
  console.log(JSON.stringify(timeHere(argument)));
} else main(argument ?? "");
