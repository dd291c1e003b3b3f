import type { ClientMessage, Hello, ServerMessage } from "../shared/messages.ts";
import type { BadLink } from "./bad_link.ts";

const RETRY_MS = 500;

/** Who hears of what comes. */
export interface Listener {
  /** A new connection, with an epoch of its own. */
  onHello(hello: Hello): void;
  onPacket(packet: Uint8Array): void;
  onMessage(message: Exclude<ServerMessage, Hello>): void;
  onLost(): void;
}

/**
 * The socket. When it closes, another one is opened with the token of the first hello, so that the
 * server gives the same pilot again.
 */
export class Connection {
  /** Whether the truth is asked for; taken up by the next connection. */
  wantsTruth = false;
  readonly #down: BadLink;
  readonly #up: BadLink;
  readonly #listener: Listener;
  #socket: WebSocket | undefined;
  #hello: Hello | undefined;

  /** @param down what packets come over @param up what acks, shots and steering go over */
  constructor(down: BadLink, up: BadLink, listener: Listener) {
    this.#down = down;
    this.#up = up;
    this.#listener = listener;
  }

  open(): void {
    const query = new URLSearchParams({ truth: this.wantsTruth ? "1" : "0" });
    if (this.#hello !== undefined) {
      query.set("id", String(this.#hello.id));
      query.set("token", this.#hello.token);
    }
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/?${query}`);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => this.#take(socket, data));
    socket.addEventListener("close", () => {
      if (socket === this.#socket) this.#listener.onLost();
      setTimeout(() => this.open(), RETRY_MS);
    });
    this.#socket = socket;
  }

  /** Closes the socket, as a network does that went away; a new one follows. */
  drop(): void {
    this.#socket?.close();
  }

  sendAck(ack: Uint8Array<ArrayBuffer>): void {
    const socket = this.#socket;
    this.#up.send(() => send(socket, ack));
  }

  send(message: ClientMessage): void {
    const socket = this.#socket;
    this.#up.sendSurely(() => send(socket, JSON.stringify(message)));
  }

  #take(socket: WebSocket, data: string | ArrayBuffer): void {
    // What was on its way over a socket that has closed never comes.
    const ifOpen = (deliver: () => void) => () => socket === this.#socket && deliver();
    if (typeof data !== "string") {
      this.#down.send(ifOpen(() => this.#listener.onPacket(new Uint8Array(data))));
      return;
    }
    const message: ServerMessage = JSON.parse(data);
    if (message.type === "hello") {
      this.#hello = message;
      this.#listener.onHello(message);
    } else if (message.type === "truth") this.#listener.onMessage(message);
    else this.#down.sendSurely(ifOpen(() => this.#listener.onMessage(message)));
  }
}

function send(socket: WebSocket | undefined, data: string | Uint8Array<ArrayBuffer>): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(data);
}
