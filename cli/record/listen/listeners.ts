import { warn } from "../../terminal/terminal.ts";
import type { Hall, Listener } from "./hall.ts";
import type { ListenAddress } from "./listen_address.ts";
import { assertPermitted } from "./listening.ts";

/** Listeners on several addresses. */
export class Listeners {
  #open: Listener[] = [];

  /** Opens them, and says where each listens. @throws {CommandError} when one cannot */
  async open(addresses: readonly ListenAddress[], hall: Hall): Promise<void> {
    for (const address of addresses) {
      await assertPermitted(address);
      const listener = await openListener(address, hall);
      this.#open.push(listener);
      warn(`listening on ${listener.url}`);
    }
  }

  /** Closes them, and ends their producers. Settles when requests under way are answered. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = [];
    await Promise.all(open.map((listener) => listener.close()));
  }
}

/** Each module is loaded only where it is used. */
async function openListener(address: ListenAddress, hall: Hall): Promise<Listener> {
  switch (address.scheme) {
    case "ws": {
      const { listenWs } = await import("./transports/ws_listener.ts");
      return await listenWs(address, hall);
    }
    case "udp": {
      const { listenUdp } = await import("./transports/udp_listener.ts");
      return await listenUdp(address, hall);
    }
    case "tcp": {
      const { listenTcp } = await import("./transports/tcp_listener.ts");
      return await listenTcp(address, hall);
    }
  }
}
