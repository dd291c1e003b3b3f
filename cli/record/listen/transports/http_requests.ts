import type { IncomingMessage, ServerResponse } from "node:http";
import type { Hall } from "../hall.ts";
import { isLoopback } from "../listen_address.ts";
import { isToken } from "./token.ts";

/** Connections whose requests are not answered yet. */
export class OpenRequests {
  readonly #open = new Set<object>();
  #onAnswered: () => void = () => {};

  /** True while a connection waits for its answer. */
  has(socket: object): boolean {
    return this.#open.has(socket);
  }

  /** Adds a connection. */
  add(socket: object): void {
    this.#open.add(socket);
  }

  /** Removes one that is answered or gone. */
  delete(socket: object): void {
    this.#open.delete(socket);
    if (this.#open.size === 0) this.#onAnswered();
  }

  /** What to wait for until none is left. */
  async answered(): Promise<void> {
    if (this.#open.size === 0) return;
    await new Promise<void>((resolve) => this.#onAnswered = resolve);
  }
}

/** Answers a request that asks for no WebSocket. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  hall: Hall,
): Promise<void> {
  // Nothing of it is read, and a connection that sends on is closed.
  request.resume();
  const [path] = (request.url ?? "/").split("?", 1);
  const say = (status: number, body: object | string) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, {
      "content-type": typeof body === "string" ? "text/plain; charset=utf-8" : "application/json",
      "connection": "close",
      "x-content-type-options": "nosniff",
    });
    response.end(`${text}\n`);
  };
  const refusal = refusalOf(request, hall);
  if (refusal !== undefined) return say(403, { error: refusal });
  if (path === "/dump") {
    if (request.method !== "POST") return say(405, { error: "POST /dump writes what is kept" });
    if (hall.onDump === undefined) return say(404, { error: "nothing is kept; see --keep" });
    try {
      const { status, body } = await hall.onDump();
      return say(status, body);
    } catch (error) {
      return say(500, { error: error instanceof Error ? error.message : String(error) });
    }
  }
  if (path === "/" && request.method === "GET") return say(200, hall.status());
  say(404, { error: "there is GET / and POST /dump; producers connect by WebSocket" });
}

/**
 * Why a request is refused; undefined when it is not. A page in a browser of this machine reaches
 * loopback addresses as well: it has to show the token, or be of this machine itself.
 */
export function refusalOf(request: IncomingMessage, hall: Hall): string | undefined {
  const { token } = hall;
  const shown = token === undefined ? undefined : tokenOf(request);
  if (token !== undefined) {
    if (shown === undefined) {
      return "no token came: send Authorization: Bearer TOKEN, or ?token=TOKEN in the URL";
    }
    return isToken(shown, token) ? undefined : "the token is wrong";
  }
  const { origin, host } = request.headers;
  if (origin !== undefined && !isLoopbackUrl(origin)) {
    return "a web page of another site may not use this recorder without a token";
  }
  // Another site may have a name that leads here.
  if (host !== undefined && !isLoopbackUrl(`http://${host}`)) {
    return "the host of the request is not this machine, and no token is asked for";
  }
  return undefined;
}

function tokenOf({ headers, url = "" }: IncomingMessage): string | undefined {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "") ?? [];
  if (bearer !== undefined) return bearer;
  const at = url.indexOf("?");
  return at < 0 ? undefined : new URLSearchParams(url.slice(at + 1)).get("token") ?? undefined;
}

function isLoopbackUrl(text: string): boolean {
  try {
    return isLoopback(new URL(text).hostname.replace(/^\[|\]$/g, ""));
  } catch {
    return false;
  }
}
