import type { Random } from "../../lib/net/link/random.ts";

/** A shape of input: how lines are made that are as they should be. */
export interface Shape {
  readonly name: string;
  /** Options of `hindcast record` that the shape needs. */
  readonly options: readonly string[];
  /** First line, of shapes that have one. */
  readonly header?: string;
  /** The n-th line, from 0. */
  readonly line: (n: number, random: Random) => string;
}

/** Entities of a frame, in shapes that have a line an entity. */
const ENTITIES = 4;
const IDS = ["7", '"q8Zk2LmA1"', "76561198000000123", '"3f1f9a1e-7c55-4a53"', "-5", '"日本"'];
const TEXTS = ['"rl"', '"lg"', '""', '"(1, 2, 3)"', '"12"', '"é\\u0000😀"', "null"];

/** Shapes of input that servers print. */
export const SHAPES: readonly Shape[] = [
  { name: "rows", options: [], line: row },
  { name: "rows of several lives", options: ["--generation-key", "hp"], line: row },
  { name: "rows by kind", options: ["--ids-by-kind", "--on-restart", "split"], line: row },
  { name: "changes", options: ["--sparse", "--despawn-key", "gone", "--rate", "20"], line: change },
  { name: "a wrapping counter", options: ["--frame-bits", "8"], line: wrapping },
  { name: "frames", options: [], line: frame },
  { name: "maps", options: ["--on-restart", "split"], line: room },
  { name: "named maps", options: ["--entities", "state.players,rockets"], line: room },
  { name: "CSV", options: [], header: "f,t,id,kind,x,name,ev", line: cells },
  {
    name: "CSV with decimal commas",
    options: ["--decimal", "comma"],
    header: "f;t;id;kind;x;name",
    line: (n, random) => cells(n, random).replaceAll(".", ";").replaceAll(",", ";"),
  },
];

function row(n: number, random: Random): string {
  const f = Math.floor(n / ENTITIES);
  if (n % 97 === 0) return `{"f":${f},"ev":"shot","by":${pick(IDS, random)},"n":${number(random)}}`;
  const kind = n % 2 === 0 ? "player" : "rocket";
  return `{"f":${f},"t":${f * 50},"id":${IDS[n % ENTITIES]},"kind":"${kind}",${fields(random)}}`;
}

function change(n: number, random: Random): string {
  const f = Math.floor(n / 2);
  const head = `{"f":${f},"id":${IDS[n % IDS.length]}`;
  return random.below(20) === 0 ? `${head},"gone":true}` : `${head},${fields(random)}}`;
}

function wrapping(n: number, random: Random): string {
  const f = Math.floor(n / ENTITIES);
  return `{"f":${f % 256},"t":${f * 50},"id":${IDS[n % ENTITIES]},${fields(random)}}`;
}

function frame(n: number, random: Random): string {
  const entities = IDS.slice(0, random.below(ENTITIES)).map((id) =>
    `{"id":${id},${fields(random)}}`
  );
  return `{"f":${n},"t":${n * 50},"entities":[${entities.join(",")}]}`;
}

function room(n: number, random: Random): string {
  const map = () => {
    const ids = IDS.slice(0, random.below(ENTITIES));
    return `{${ids.map((id) => `"${id.replaceAll('"', "")}":{${fields(random)}}`).join(",")}}`;
  };
  return `{"f":${n},"t":${n * 50},"state":{"phase":"play","players":${map()}},"rockets":${map()}}`;
}

function cells(n: number, random: Random): string {
  const f = Math.floor(n / ENTITIES);
  return `${f},${f * 50},${n % ENTITIES},player,${number(random)},ada,`;
}

function fields(random: Random): string {
  const slots = Array.from({ length: random.below(4) }, () => number(random));
  return `"x":${number(random)},"hp":${random.below(101)},"name":${pick(TEXTS, random)},` +
    `"inv":[${slots.join(",")}],"pos":{"x":${number(random)},"y":${number(random)}}`;
}

function number(random: Random): string {
  return String((random.next() % 4000) / 8);
}

/** One of a list. */
export function pick<T>(list: readonly T[], random: Random): T {
  return list[random.below(list.length)]!;
}
