import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createServer, type Server } from "node:net";

/** Numbers of each kind that is drawn by lot. */
const DRAWN = 400;

const bytes = new DataView(new ArrayBuffer(8));

/** The bits of a double. */
export function bitsOf(value: number): bigint {
  bytes.setFloat64(0, value);
  return bytes.getBigUint64(0);
}

/** The double of 64 bits. */
export function doubleOf(bits: bigint): number {
  bytes.setBigUint64(0, bits);
  return bytes.getFloat64(0);
}

/** Bits of doubles that are hard to print: of every exponent, every power of two, steps of games. */
export function hardDoubles(): readonly bigint[] {
  let state = 88172645463325252n;
  /** 64 bits by lot, each time the same ones. */
  function random(): bigint {
    for (const shift of [13n, -7n, 17n]) {
      state ^= shift > 0n ? state << shift : state >> -shift;
      state &= (1n << 64n) - 1n;
    }
    return state;
  }
  const fraction = () => Number(random() >> 11n) / 2 ** 53;
  const found: bigint[] = [];
  for (let exponent = 0n; exponent < 2048n; exponent++) {
    found.push(exponent << 52n | random() & ~(2047n << 52n));
  }
  for (let power = -1074; power < 1024; power++) found.push(bitsOf(2 ** power));
  const edges = [1e-7, 1e-6, 1e-5, 0.5, 1, 1e6, 1e9, 9e9, 1e15, 9e15, 1e16, 1e17, 4e18, 9e18, 1e21];
  for (let power = -30; power < 68; power++) edges.push(2 ** power);
  for (const edge of edges) {
    const bits = bitsOf(edge);
    for (let near = -3n; near <= 3n; near++) found.push(bits + near);
  }
  for (let i = 0; i < DRAWN; i++) {
    found.push(random(), bitsOf(4 * fraction()), bitsOf(Math.fround(2000 * fraction() - 1000)));
    found.push(bitsOf(Math.fround(fraction())), bitsOf(i * 1000 / 60), bitsOf(-i / 3));
    found.push(bitsOf(Math.round(fraction() * 1e6) / 10 ** (i % 12)));
    found.push(bitsOf(Math.floor(2 ** (53 + i % 12) * (1 + fraction()))));
    found.push(bitsOf(fraction() * 10 ** -(i % 20)), random() >> BigInt(12 + i % 50));
  }
  for (const edge of [0, -0, NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MIN_VALUE]) {
    found.push(bitsOf(edge));
  }
  return found;
}

/** Holds what a writer sent against the doubles, bit by bit; what is not finite is null. */
export function assertDoubles(lines: readonly string[], doubles: readonly bigint[]): void {
  const wrong: string[] = [];
  assert.equal(lines.length, doubles.length);
  lines.forEach((line, i) => {
    const { f, v } = JSON.parse(line) as { readonly f: number; readonly v: number | null };
    const value = doubleOf(doubles[i]!);
    const isRight = Number.isFinite(value) ? v !== null && bitsOf(v) === doubles[i] : v === null;
    if (f !== i || !isRight) wrong.push(`${value}: ${line.slice(0, 99)}`);
  });
  assert.deepEqual(wrong.slice(0, 9), [], `${wrong.length} of ${doubles.length}`);
}

/** A recorder that takes all lines, and keeps them. */
export class Taker {
  readonly #chunks: Uint8Array[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((socket) => {
      socket.on("data", (chunk) => this.#chunks.push(chunk as Uint8Array));
      socket.on("error", () => {});
    });
  }

  static async open(): Promise<Taker> {
    const taker = new Taker();
    await new Promise<void>((resolve) => taker.#server.listen(0, "127.0.0.1", resolve));
    return taker;
  }

  get port(): number {
    return (this.#server.address() as { readonly port: number }).port;
  }

  /** All lines, as soon as nobody is connected any more. @throws where they are not UTF-8 */
  async lines(): Promise<readonly string[]> {
    await new Promise((resolve) => this.#server.close(resolve));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(this.#chunks));
    return text.split("\n").slice(0, -1);
  }
}
