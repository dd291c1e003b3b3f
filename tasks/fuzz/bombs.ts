import type { Random } from "../../lib/net/link/random.ts";

/** Makes a line of a frame that asks for much: depth, length, or names that never end. */
export type Bomb = (frame: number, random: Random) => string;

/** Lines that ask for much memory or time where a reader believes them. */
export const BOMBS: readonly Bomb[] = [
  (n, random) => row(n, `"a":${"[".repeat(deep(random))}1${"]".repeat(deep(random))}`),
  (n, random) => row(n, `"a":${'{"a":'.repeat(deep(random))}1${"}".repeat(deep(random))}`),
  (n, random) => "[".repeat(deep(random)) + n,
  (n, random) => row(n, `"${"k".repeat(long(random))}":1`),
  (n, random) => row(n, `"name":"${"\\u0061".repeat(long(random))}"`),
  (n, random) => row(n, `"name":"${"😀".repeat(long(random))}"`),
  (n, random) => row(n, `"x":${"9".repeat(long(random))}`),
  (n, random) => row(n, `"x":0.${"0".repeat(long(random))}1e${"9".repeat(9)}`),
  (n, random) => row(n, `"x":1e-${"0".repeat(long(random))}1`),
  (n, random) => row(n, Array.from({ length: many(random) }, (_, i) => `"k${n}_${i}":${i}`).join()),
  (n, random) => row(n, `"inv":[${Array.from({ length: many(random) }, (_, i) => i).join()}]`),
  (n, random) => row(n, `"inv":[${"[],".repeat(many(random))}0]`),
  (n, random) => row(n, `"buffs":{${entries(n, many(random))}}`),
  (n, random) => row(n, `"field${random.next()}":${n}`),
  (n) => row(n, `"name":"text ${n}"`),
  (n) => `{"f":${n},"t":${n * 50},"id":"${"i".repeat(n % 5000)}","kind":"k${n}","x":1}`,
  (n) => `{"f":${n},"t":${n * 50},"id":${"7".repeat(1 + (n % 400))},"x":1}`,
  (n) => `{"f":${n},"ev":"event ${n}","data":${"[".repeat(n % 100)}${"]".repeat(n % 100)}}`,
  (n, random) => `{"f":${n},"t":${n * 50},"entities":[${"{},".repeat(many(random))}{}]}`,
  (n, random) => `{"f":${n},"t":${n * 50},"entities":{${entries(n, many(random))}}}`,
  (n, random) => `{"f":${n},"t":${n * 50},${entries(n, many(random))}}`,
  (n, random) => `{"f":${n},"t":${n * 50},"a":${'{"b":'.repeat(deep(random) % 40)}{}`,
  (n, random) => `{"f":${random.below(50) === 0 ? 4294967295 : -1},"t":${n * 50},"id":1,"x":1}`,
  (n, random) => `{"f":${n},"t":1e${random.below(40)},"id":1,"x":1}`,
  (n) => `{"f":0,"t":0,"id":1,"x":${n}}`,
  (n) => row(n, '"__proto__":{"__proto__":{"x":1}},"constructor":{"prototype":{"x":1}}'),
  (n, random) => `"${'""'.repeat(long(random))}`.repeat(1 + (n % 2)),
  (_, random) => ",".repeat(long(random)),
];

function row(n: number, fields: string): string {
  return `{"f":${n},"t":${n * 50},"id":7,"x":1,${fields}}`;
}

/** Entities of a map, each with another name. */
function entries(n: number, count: number): string {
  return Array.from({ length: count }, (_, i) => `"${n}_${i}":{"x":${i}}`).join();
}

const deep = (random: Random) => 1 << random.below(15);
const long = (random: Random) => 1 << random.below(19);
const many = (random: Random) => 1 << random.below(12);
