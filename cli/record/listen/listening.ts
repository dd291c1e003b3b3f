import { CommandError } from "../../exit_code.ts";
import { type ListenAddress, urlOf } from "./listen_address.ts";

/** A server of `node:net` or `node:http`. */
interface ListeningServer {
  listen(port: number, host: string): unknown;
  once(name: "listening", call: () => void): unknown;
  once(name: "error", call: (error: Error) => void): unknown;
  off(name: "error", call: (error: Error) => void): unknown;
  on(name: "error", call: (error: Error) => void): unknown;
  address(): unknown;
}

/** Waits until a server listens. @returns the port that was taken @throws {CommandError} */
export async function listening(server: ListeningServer, address: ListenAddress): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => reject(listenError(address, error));
    server.once("error", fail);
    server.once("listening", () => {
      server.off("error", fail);
      // A failing accept, as without descriptors, ends no recording.
      server.on("error", () => {});
      resolve();
    });
    try {
      server.listen(address.port, address.host);
    } catch (error) {
      fail(error as Error);
    }
  });
  return (server.address() as { readonly port: number }).port;
}

/** One line for why an address cannot be listened on. */
export function listenError(address: ListenAddress, error: Error): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const url = urlOf(address, address.port);
  if (error.name === "NotCapable") {
    const place = `${address.host}:${address.port}`;
    return new CommandError(
      `Cannot listen on ${url}: Deno was not allowed to; run it with --allow-net=${place}`,
    );
  }
  const [reason, remedy] = REASONS[code ?? ""] ?? [error.message, "name another address"];
  return new CommandError(`Cannot listen on ${url}: ${reason}; ${remedy}`);
}

const REASONS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EADDRINUSE: ["the address is in use", "stop what listens there, or name another port"],
  EADDRNOTAVAIL: ["this machine has no such address", "name one of its own"],
  EACCES: ["permission is denied", "name a port from 1024"],
  ENOTFOUND: ["there is no such host", "check the name"],
  EAFNOSUPPORT: ["this machine has no such kind of address", "name another one"],
};
