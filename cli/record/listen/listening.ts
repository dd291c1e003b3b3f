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

/** Variables that `ws` reads as it is loaded. */
const WS_VARIABLES = ["WS_NO_BUFFER_UTIL", "WS_NO_UTF_8_VALIDATE"] as const;

/** What Deno says of a permission; the other runtimes have none of them to ask for. */
export interface Permissions {
  querySync(
    asked: { readonly name: "net"; readonly host?: string } | {
      readonly name: "env";
      readonly variable: string;
    },
  ): { readonly state: string };
}

/**
 * Refuses an address that Deno does not let listen on, before it is tried: what is refused then
 * ends the process where nobody can catch it.
 *
 * @param permissions those of Deno; undefined on the other runtimes
 * @param lookup address that a name leads to; undefined for none
 * @throws {CommandError} with all flags that it takes
 */
export async function assertPermitted(
  address: ListenAddress,
  permissions: Permissions | undefined = permissionsHere(),
  lookup: (name: string) => Promise<string | undefined> = addressOf,
): Promise<void> {
  if (permissions === undefined) return;
  const isGranted = (asked: Parameters<Permissions["querySync"]>[0]) =>
    permissions.querySync(asked).state === "granted";
  const isOnNet = (host: string) => isGranted({ name: "net", host });
  const variables = address.scheme === "ws" ? WS_VARIABLES : [];
  const places = isGranted({ name: "net" }) ? [] : placesOf(address);
  let hint = "";
  if (places.length > 0 && isName(address.host)) {
    const own = places.every(isOnNet) ? await lookup(address.host) : ADDRESS;
    if (own !== undefined) places.push(placeOf({ ...address, host: own }));
    if (own === ADDRESS) hint = `, where ${ADDRESS} is the one that ${address.host} leads to`;
  }
  if (
    places.every(isOnNet) && variables.every((variable) => isGranted({ name: "env", variable }))
  ) return;
  const flags = [`--allow-net${places.length > 0 ? `=${places.join()}` : ""}`];
  if (variables.length > 0) flags.push(`--allow-env=${variables.join()}`);
  throw new CommandError(
    `Cannot listen on ${urlOf(address, address.port)}: Deno was not allowed to; run it with ${
      flags.join(" ")
    }${hint}`,
  );
}

/** Stands for the address of a name that Deno does not let look up. */
const ADDRESS = "ADDRESS";

/** What has to be allowed: also the address that a name of this machine leads to. */
function placesOf(address: ListenAddress): string[] {
  const { host } = address;
  // A name without a port, since it is looked up by itself.
  if (isName(host)) return [host];
  const hosts = host === "localhost" ? [host, "127.0.0.1"] : [host];
  return hosts.map((host) => placeOf({ ...address, host }));
}

function placeOf({ scheme, host, port }: ListenAddress): string {
  const name = host.includes(":") ? `[${host}]` : host;
  // Whoever sends datagrams from a port of his own is answered there.
  return scheme === "udp" ? name : `${name}:${port}`;
}

/** True for a name that is known where it is looked up alone. */
function isName(host: string): boolean {
  return host !== "localhost" && !host.includes(":") && !/^[\d.]+$/.test(host);
}

async function addressOf(name: string): Promise<string | undefined> {
  const { lookup } = await import("node:dns/promises");
  try {
    return (await lookup(name)).address;
  } catch {
    // Whoever listens tells why.
    return undefined;
  }
}

function permissionsHere(): Permissions | undefined {
  const { Deno } = globalThis as { Deno?: { readonly permissions: Permissions } };
  return Deno?.permissions;
}
