import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { encodeAck, Receiver } from "@hindcast/hindcast";
import { type Snapshot, WorldReader } from "@hindcast/hindcast/world";
import { until, withArena } from "./arena_test_helper.ts";
import type { Hello, ServerMessage } from "./shared/messages.ts";
import { CODEC, wire } from "./shared/schema.ts";

/** A client that takes whatever comes. */
function connect(url: string, query = "") {
  const socket = new WebSocket(`${url.replace("http", "ws")}${query}`);
  socket.binaryType = "arraybuffer";
  const receiver: Receiver<Snapshot> = new Receiver(new WorldReader(wire.layout, CODEC));
  const client = {
    socket,
    hello: undefined as Hello | undefined,
    outcomes: [] as string[],
    lengths: [] as number[],
    closed: undefined as number | undefined,
  };
  socket.addEventListener("message", ({ data }) => {
    if (typeof data === "string") {
      const message: ServerMessage = JSON.parse(data);
      if (message.type === "hello") client.hello = message;
      return;
    }
    const packet = new Uint8Array(data);
    const received = receiver.receive(packet);
    client.outcomes.push(received.outcome);
    client.lengths.push(packet.length);
    if (received.outcome !== "decoded") return;
    const { epoch } = client.hello!;
    const { frame } = received;
    socket.send(encodeAck({ epoch, frame, appliedBits: receiver.appliedBits }));
  });
  socket.addEventListener("close", ({ code }) => client.closed = code);
  return client;
}

test(
  "server.ts serves clients that ack, and is impressed by no others",
  { timeout: 60_000 },
  () =>
    withArena([], async ({ stop, url }) => {
      const client = connect(url);
      await until("packets", () => client.outcomes.length >= 40);
      assert.deepEqual(new Set(client.outcomes), new Set(["decoded"]));
      assert.equal(client.hello!.rateHz, 30);
      assert.deepEqual(client.hello!.schema, wire.schema);
      // A keyframe goes until an ack comes, and differences after that.
      assert.ok(client.lengths[0]! > 2 * Math.min(...client.lengths), client.lengths.join());

      const hostile = connect(url);
      await until("a hello", () => hostile.hello);
      for (const text of ["{", "[]", '{"type":"shot"}']) hostile.socket.send(text);
      hostile.socket.send(new Uint8Array(100).fill(255));
      const count = hostile.outcomes.length;
      await until("packets after nonsense", () => hostile.outcomes.length > count + 3);
      hostile.socket.send("x".repeat(2000));
      await until("a close", () => hostile.closed !== undefined);
      const flood = connect(url);
      await until("a hello", () => flood.hello);
      for (let i = 0; i < 500; i++) flood.socket.send("{}");
      await until("a close", () => flood.closed !== undefined);

      client.socket.close();
      const { id, token } = client.hello!;
      const back = connect(url, `?id=${id}&token=${token}`);
      await until("packets", () => back.outcomes.length >= 3);
      assert.deepEqual([back.hello!.id, back.hello!.epoch], [id, client.hello!.epoch + 1]);
      assert.deepEqual(new Set(back.outcomes), new Set(["decoded"]));

      const { port } = new URL(url);
      const second = withArena(["--port", port], () => Promise.reject(new Error("it runs")));
      await assert.rejects(second, /Cannot serve on 127.0.0.1:\d+: .*in use/);

      const page = await (await fetch(url)).text();
      assert.match(page, /<canvas/);
      for (const path of ["server.ts", "..%2fserver.ts"]) {
        assert.equal((await fetch(url + path)).status, 404);
      }
      // Two slashes, which are no address; Bun takes them for one.
      assert.ok([200, 404].includes((await fetch(`${url}/`)).status));

      const { code, stderr, stdout } = await stop("SIGINT");
      assert.deepEqual([code, stderr], [0, ""]);
      const refused = /refused (\d+) messages/.exec(stdout)!;
      // Three texts, some bytes, one that was too long, and those of the flood before it was closed.
      assert.ok(Number(refused[1]) >= 5 + 100, stdout);
    }),
);

test("server.ts says what is wrong with a flag, and writes over no recording", async () => {
  const start = (args: readonly string[]) =>
    withArena(args, () => Promise.reject(new Error("it runs")));
  await assert.rejects(start(["--seed", "x"]), /--seed is x, expected a number from 0/);
  await assert.rejects(start(["--color"]), /--color/);
  await withArena(["--record", "a.mcap", "--seconds", "0.2"], async ({ ended }, folder) => {
    assert.equal((await ended).code, 0);
    const again = start(["--record", join(folder, "a.mcap")]);
    await assert.rejects(again, /Cannot record to .*a.mcap: it exists; name another/);
  });
  await assert.rejects(
    start(["--record", "/dev/null/arena.mcap"]),
    /Cannot record to \/dev\/null\/arena.mcap: /,
  );
});
