import { usageError } from "../../exit_code.ts";

/** Where producers connect. */
export interface ListenAddress {
  readonly scheme: "ws" | "tcp" | "udp";
  /** Host without the brackets of IPv6. */
  readonly host: string;
  /** Port, 0 for any that is free. */
  readonly port: number;
}

const URL_FORM = /^(ws|tcp|udp):\/\/(\[[0-9a-fA-F:.%\w]+\]|[^[\]:/?#@\s]+):(\d{1,5})\/?$/;

/** Address of a URL such as `ws://127.0.0.1:7777`. @throws {CommandError} */
export function listenAddress(url: string): ListenAddress {
  const [, scheme, host, digits] = URL_FORM.exec(url) ?? [];
  const port = Number(digits);
  if (scheme === undefined || host === undefined || port > 65_535) {
    throw usageError(
      `Cannot listen on ${url}: expected ws://, tcp:// or udp:// with a host and a port, such as ws://127.0.0.1:7777 or tcp://[::1]:0`,
    );
  }
  return {
    scheme: scheme as ListenAddress["scheme"],
    host: host.replace(/^\[|\]$/g, ""),
    port,
  };
}

/** URL of an address, with the port that was taken. */
export function urlOf({ scheme, host }: ListenAddress, port: number): string {
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** True for an address that only programs of this machine reach. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(host);
}
