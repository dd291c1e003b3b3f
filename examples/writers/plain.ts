// Sends the states and events of a game server to `hindcast record --listen tcp://127.0.0.1:7777`.
// Node, Deno and Bun, nothing else. Part of hindcast, MIT license; see docs/engines/typescript.md.
import { connect, type Socket } from "node:net";

const WAITING_BYTES_MAX = 4 << 20;
const RETRY_MS = 1000;
/** Characters of a line that is said in parts. */
const HEARD_MAX = 8192;

/** Where the recorder is, and what it wants to see. */
export interface HindcastOptions {
  readonly host?: string;
  readonly port?: number;
  readonly token?: string;
}

/** Never throws for the network's sake: what cannot be sent is dropped and counted. */
export class HindcastWriter {
  /** Frames and events that were not sent. */
  dropped = 0;
  /** The last line that the recorder said, such as that the token is wrong. */
  told: string | undefined;
  readonly #options: HindcastOptions;
  #socket: Socket | undefined;
  #retryAtMs = 0;

  constructor(options: HindcastOptions = {}) {
    this.#options = options;
    this.#open();
  }

  /** Sends a frame: collections such as `{ players: { [id]: { x: 1.5 } } }`, whose keys are the kinds. */
  frame(frame: number, timeMs: number, collections: object): void {
    this.#send({ f: frame, t: timeMs, ...collections });
  }

  /** Sends an event of a frame. */
  event(frame: number, name: string, data: object = {}): void {
    this.#send({ ev: name, f: frame, ...data });
  }

  /** Sends what waits, and ends the connection. */
  close(): Promise<void> {
    const socket = this.#socket;
    this.#retryAtMs = Infinity;
    if (socket === undefined || socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => socket.destroy(), RETRY_MS);
      socket.once("close", () => resolve(clearTimeout(timer)));
      socket.end();
    });
  }

  #send(line: object): void {
    if (this.#socket === undefined) this.#open();
    const socket = this.#socket;
    if (socket === undefined || socket.writableLength > WAITING_BYTES_MAX) this.dropped++;
    else {
      socket.write(`${jsonOf(line, "")}\n`, (error) => {
        if (error) this.dropped++;
      });
    }
  }

  #open(): void {
    if (performance.now() < this.#retryAtMs) return;
    const { host = "127.0.0.1", port = 7777, token } = this.#options;
    const socket = connect({ host, port, noDelay: true });
    this.#socket = socket;
    socket.on("error", () => {});
    let heard = "";
    socket.setEncoding("utf8").on("data", (text) => {
      const lines = (heard + text).split("\n");
      heard = lines.pop()!.slice(0, HEARD_MAX);
      this.told = lines.at(-1) ?? this.told;
    });
    socket.on("close", () => {
      this.#socket = undefined;
      this.#retryAtMs = Math.max(this.#retryAtMs, performance.now() + RETRY_MS);
    });
    if (token !== undefined) socket.write(`${JSON.stringify({ token })}\n`);
  }
}

/** As JSON.stringify, but with the sign of -0, the digits of a bigint, and texts that are UTF-8. */
function jsonOf(member: unknown, key: string): string | undefined {
  const toJSON = (member as { readonly toJSON?: unknown } | null | undefined)?.toJSON;
  const value = typeof toJSON === "function" ? toJSON.call(member, key) : member;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint") return `"${value}"`;
  if (typeof value === "string") return textOf(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, i) => jsonOf(item, String(i)) ?? "null").join()}]`;
  }
  let members = "";
  for (const name of Object.keys(value)) {
    const json = jsonOf(value[name], name);
    if (json !== undefined) members += `${members && ","}${textOf(name)}:${json}`;
  }
  return `{${members}}`;
}

/** A half of a surrogate pair is no UTF-8. */
function textOf(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}
