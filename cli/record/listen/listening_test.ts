import assert from "node:assert/strict";
import { test } from "node:test";
import { listenAddress } from "./listen_address.ts";
import { assertPermitted, type Permissions } from "./listening.ts";

const VARIABLES = "WS_NO_BUFFER_UTIL,WS_NO_UTF_8_VALIDATE";

/** Deno with permissions to use the network at some places, or all of it, and all variables. */
function allowed(places: readonly string[] | "all", hasVariables = true): Permissions {
  return {
    querySync: (asked) => {
      const isIn = asked.name === "env"
        ? hasVariables
        : places === "all" || (asked.host !== undefined && places.includes(asked.host));
      return { state: isIn ? "granted" : "prompt" };
    },
  };
}

const lookup = (name: string) =>
  Promise.resolve({ game: "10.0.0.5", six: "fd00::5" }[name] as string | undefined);

test("assertPermitted() names the flags of an address, of localhost and of other names", async () => {
  const cases: readonly (readonly [url: string, given: readonly string[], flags: string])[] = [
    ["tcp://127.0.0.1:70", [], "--allow-net=127.0.0.1:70"],
    ["tcp://[::1]:70", [], "--allow-net=[::1]:70"],
    ["udp://127.0.0.1:70", [], "--allow-net=127.0.0.1"],
    ["tcp://localhost:70", ["localhost:70"], "--allow-net=localhost:70,127.0.0.1:70"],
    ["ws://0.0.0.0:70", [], `--allow-net=0.0.0.0:70 --allow-env=${VARIABLES}`],
    [
      "tcp://game:70",
      [],
      "--allow-net=game,ADDRESS:70, where ADDRESS is the one that game leads to",
    ],
    ["tcp://game:70", ["game"], "--allow-net=game,10.0.0.5:70"],
    ["tcp://six:70", ["six"], "--allow-net=six,[fd00::5]:70"],
    ["udp://game:70", ["game"], "--allow-net=game,10.0.0.5"],
    ["ws://game:70", ["game"], `--allow-net=game,10.0.0.5:70 --allow-env=${VARIABLES}`],
  ];
  for (const [url, given, flags] of cases) {
    const address = listenAddress(url);
    await assert.rejects(assertPermitted(address, allowed(given), lookup), {
      message: `Cannot listen on ${url}: Deno was not allowed to; run it with ${flags}`,
    });
    const [, net] = /--allow-net=(\S+?)(?:, where.*)?(?: |$)/.exec(flags)!;
    if (net!.includes("ADDRESS")) continue;
    await assertPermitted(address, allowed(net!.split(",")), lookup);
    await assertPermitted(address, allowed("all"), () => assert.fail("nothing is to be asked"));
    await assertPermitted(address, undefined);
  }
});

test("assertPermitted() leaves a name that leads nowhere to whoever listens", async () => {
  await assertPermitted(listenAddress("tcp://nosuch:70"), allowed(["nosuch"]), lookup);
});

test("assertPermitted() names variables that lack alone, without a place", async () => {
  await assert.rejects(assertPermitted(listenAddress("ws://game:70"), allowed("all", false)), {
    message:
      `Cannot listen on ws://game:70: Deno was not allowed to; run it with --allow-net --allow-env=${VARIABLES}`,
  });
});
