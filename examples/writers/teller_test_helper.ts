import { createServer, type Server } from "node:net";

/** Lines that are said: whole, in parts, and without an end. */
export const TOLD = [
  '{"error":"first"}',
  '{"error":"the token is wrong"}',
  '{"error":"unfinished',
] as const;

/** A recorder that takes all, and says those lines. */
export class Teller {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens. */
  static async open(): Promise<Teller> {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.resume();
      const [first, second, third] = TOLD;
      const parts = [`${first}\n${second.slice(0, 9)}`, second.slice(9, 14)];
      parts.push(`${second.slice(14)}\n${third}`);
      socket.setNoDelay(true);
      parts.forEach((part, i) => setTimeout(() => socket.write(part), 60 * i));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Teller(server);
  }

  /** Where it listens. */
  get port(): number {
    return (this.#server.address() as { readonly port: number }).port;
  }

  /** Settles when nobody is connected any more. */
  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
