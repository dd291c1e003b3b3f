import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { FileSource, RecordingReader } from "../../../lib/recording.ts";
import { endWithFolder } from "../../in_folder_test_helper.ts";
import { hindcast, inFolder, otherRuntimes, THIS_RUNTIME } from "../../run_cli_test_helper.ts";
import {
  connectTcp,
  connectWs,
  openUdp,
  sleep,
  startRecorder,
  until,
} from "./recorder_test_helper.ts";

const skip = process.platform === "win32" && "signals do not exist on Windows";
const options = { skip, timeout: 60_000 };
const ownSockets = {
  ...options,
  skip: skip ||
    ("Bun" in globalThis && "WebSockets are those of Bun, which tells of whole messages"),
};
const row = (f: number, id: number, x = f) => `{"f":${f},"t":${f * 16},"id":${id},"x":${x}}\n`;

/** What a recording holds: `frame: values`, and the names of its events. */
async function recorded(path: string, damage: "leave-out" | "refuse" = "refuse") {
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source, { damage });
    const frames: string[] = [];
    for await (const snapshot of reader.snapshots()) {
      const { frame, entities } = snapshot.toFrame();
      frames.push(`${frame}: ${entities.map(({ fields }) => fields["x"])}`);
    }
    const events: string[] = [];
    for await (const { name } of reader.events()) events.push(name);
    return { frames, events };
  } finally {
    source.close();
  }
}

const URLS = ["ws", "tcp", "udp"].flatMap((scheme) => ["--listen", `${scheme}://127.0.0.1:0`]);

for (const runtime of [THIS_RUNTIME, ...otherRuntimes()]) {
  test(
    `record joins WebSocket, TCP and UDP into one recording on ${runtime.name}`,
    options,
    () =>
      inFolder(async (cwd) => {
        const recorder = await startRecorder(cwd, [...URLS, "-o", "o.mcap"], runtime);
        const { ports } = recorder;
        const tcp = await connectTcp(ports.get("tcp")!);
        const ws = await connectWs(ports.get("ws")!);
        const { socket: udp } = openUdp();
        const send = async (f: number) => {
          udp.send(`{"seq":${f},"f":${f},"t":${f * 16},"id":3,"x":${f}}`, ports.get("udp")!);
          // Who sends datagrams is known by the first of them.
          if (f === 0) await sleep(100);
          tcp.socket.write(row(f, 1));
          // A message needs no newline, and is text or bytes.
          ws.socket.send(f % 2 === 0 ? row(f, 2).trim() : new TextEncoder().encode(row(f, 2)));
        };
        for (let f = 0; f < 20; f++) {
          await send(f);
          await sleep(5);
        }
        tcp.socket.write('{"ev":"goal","f":19}\n');
        await sleep(100);
        assert.equal(await recorder.stop(), 0, recorder.said());
        assert.match(recorder.said(), /^recorded 20 frames, 60 states, 1 event to o\.mcap/m);
        const { frames, events } = await recorded(join(cwd, "o.mcap"));
        assert.deepEqual(frames, Array.from({ length: 20 }, (_, f) => `${f}: ${f},${f},${f}`));
        assert.deepEqual(events, ["goal"]);
        assert.deepEqual([...tcp.told, ...ws.told], []);
      }),
  );
}

test(
  "record tells producers what is wrong, by their own lines, and goes on",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, [...URLS, "-o", "o.mcap"]);
      const { ports } = recorder;
      const tcp = await connectTcp(ports.get("tcp")!);
      const ws = await connectWs(ports.get("ws")!);
      const { socket: udp, told: heard } = openUdp();
      tcp.socket.write(`${row(0, 1)}${row(1, 1)}junk\n`);
      ws.socket.send(`${row(0, 2)}{"f":"none","id":2}`);
      udp.send("[1,2]", ports.get("udp")!);
      await until(() => tcp.told.length > 0 && ws.told.length > 0 && heard.length > 0);
      assert.match(JSON.parse(tcp.told[0]!).error, /tcp 127\.0\.0\.1:\d+:3: .*no JSON object/);
      assert.match(JSON.parse(ws.told[0]!).error, /ws 127\.0\.0\.1:\d+:2:\d+: .*frame "f"/);
      assert.match(JSON.parse(heard[0]!).error, /udp 127\.0\.0\.1:\d+:1: .*no JSON object/);
      assert.equal(await recorder.stop(), 4);
      assert.match(recorder.said(), /3 bad lines skipped, all others are recorded/);
      assert.deepEqual((await recorded(join(cwd, "o.mcap"))).frames, ["0: 0,0", "1: 1"]);
    }),
);

test(
  "record joins rows of one producer and whole frames of another",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, [...URLS, "-o", "o.mcap"]);
      const tcp = await connectTcp(recorder.ports.get("tcp")!);
      const ws = await connectWs(recorder.ports.get("ws")!);
      for (let f = 0; f < 3; f++) {
        if (f % 2 === 0) tcp.socket.write(row(f, 1));
        ws.socket.send(`{"f":${f},"t":${f * 16},"entities":[{"id":2,"x":${f + 10}}]}`);
        await sleep(50);
        if (f % 2 === 1) tcp.socket.write(row(f, 1));
      }
      await sleep(100);
      assert.equal(await recorder.stop(), 0, recorder.said());
      assert.deepEqual([...tcp.told, ...ws.told], []);
      assert.deepEqual((await recorded(join(cwd, "o.mcap"))).frames, [
        "0: 0,10",
        "1: 1,11",
        "2: 2,12",
      ]);
    }),
);

test(
  "A producer that is turned away while it sends is told why",
  options,
  () =>
    inFolder(async (cwd) => {
      const args = ["--listen", "tcp://127.0.0.1:0", "--token", "s3cret-word", "-o", "o.mcap"];
      const recorder = await startRecorder(cwd, args);
      const { socket, told } = await connectTcp(recorder.ports.get("tcp")!);
      let error: unknown;
      socket.on("error", (thrown) => error = thrown);
      // It looks for what it is told only after it has sent.
      socket.pause();
      const rows = Array.from({ length: 10_000 }, (_, f) => row(f, 1)).join("");
      socket.write('{"token":"s3cret"}\n');
      for (let i = 0; i < 20; i++) {
        socket.write(rows);
        await sleep(20);
      }
      socket.resume();
      await until(() => told.length > 0 || error !== undefined);
      assert.equal(error, undefined);
      assert.match(told[0]!, /the token is wrong/);
      socket.end();
      await recorder.stop();
    }),
);

test("record takes nothing without its token", options, () =>
  inFolder(async (cwd) => {
    const args = [...URLS, "--token", "s3cret-word", "-o", "o.mcap"];
    const recorder = await startRecorder(cwd, args);
    const { ports } = recorder;
    const wrong = await connectTcp(ports.get("tcp")!);
    wrong.socket.write(`{"token":"s3cret"}\n${row(0, 1)}`);
    const none = await connectWs(ports.get("ws")!);
    none.socket.send(row(0, 2));
    await until(() => wrong.told.length > 0 && none.told.length > 0);
    assert.match(wrong.told[0]!, /the token is wrong/);
    assert.match(none.told[0]!, /no token came/);
    const { socket: udp, told: heard } = openUdp();
    udp.send(row(0, 3), ports.get("udp")!);
    await until(() => heard.length > 0);
    assert.match(heard[0]!, /has to show the token/);

    const url = `http://127.0.0.1:${ports.get("ws")}/`;
    assert.equal((await fetch(url)).status, 403);
    const headers = { authorization: "Bearer s3cret-word" };
    assert.equal((await fetch(url, { headers: { authorization: "Bearer no" } })).status, 403);
    assert.equal((await fetch(`${url}?token=s3cret-word`)).status, 200);
    assert.equal((await fetch(url, { headers })).status, 200);
    const tcp = await connectTcp(ports.get("tcp")!);
    tcp.socket.write('{"token":"s3cret-word"}\n');
    tcp.socket.write(row(1, 1));
    const ws = await connectWs(ports.get("ws")!, "/?token=s3cret-word");
    ws.socket.send(row(1, 2));
    udp.send(`{"token":"s3cret-word"}\n${row(1, 3)}`, ports.get("udp")!);
    await sleep(200);
    assert.equal(await recorder.stop(), 0, recorder.said());
    assert.deepEqual((await recorded(join(cwd, "o.mcap"))).frames, ["1: 1,1,1"]);
  }));

test(
  "record answers a browser's page of this machine alone",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, ["--listen", "ws://127.0.0.1:0", "-o", "o.mcap"]);
      const url = `http://127.0.0.1:${recorder.ports.get("ws")}`;
      const status = async (path: string, method: string, origin?: string) =>
        (await fetch(url + path, { method, headers: origin === undefined ? {} : { origin } }))
          .status;
      assert.equal(await status("/", "GET"), 200);
      assert.equal(await status("/", "GET", "http://localhost:5173"), 200);
      assert.equal(await status("/", "GET", "https://site.example"), 403);
      assert.equal(await status("/dump", "POST"), 404);
      assert.equal(await status("/dump", "POST", "null"), 403);
      assert.equal(await status("/dump", "GET"), 405);
      assert.equal(await status("/other", "GET"), 404);
      assert.equal(await recorder.stop(), 1);
      assert.match(recorder.said(), /Stopped before the first frame/);
      assert.deepEqual(readdirSync(cwd), []);
    }),
);

test("record --per-producer makes a file for each", options, () =>
  inFolder(async (cwd) => {
    const args = ["--listen", "tcp://127.0.0.1:0", "--per-producer", "-o", "o.mcap"];
    const recorder = await startRecorder(cwd, args);
    const port = recorder.ports.get("tcp")!;
    const a = await connectTcp(port);
    a.socket.write(row(0, 1) + row(1, 1));
    await until(() => readdirSync(cwd).includes("o-1.mcap"));
    const b = await connectTcp(port);
    b.socket.end(row(700, 2) + row(701, 2));
    await until(() => recorder.said().includes("to o-2.mcap"));
    assert.equal(await recorder.stop(), 0, recorder.said());
    assert.deepEqual((await recorded(join(cwd, "o-1.mcap"))).frames, ["0: 0", "1: 1"]);
    assert.deepEqual((await recorded(join(cwd, "o-2.mcap"))).frames, ["700: 700", "701: 701"]);
  }));

test(
  "record takes no more producers than it may, and says so",
  options,
  () =>
    inFolder(async (cwd) => {
      const args = ["--listen", "tcp://127.0.0.1:0", "--max-producers", "1", "-o", "o.mcap"];
      const recorder = await startRecorder(cwd, args);
      const port = recorder.ports.get("tcp")!;
      const a = await connectTcp(port);
      a.socket.write(row(0, 1));
      await sleep(100);
      const b = await connectTcp(port);
      await until(() => b.told.length > 0);
      assert.match(b.told[0]!, /there are 1 producers already/);
      a.socket.write(row(1, 1));
      await sleep(50);
      // What it would have sent is lost.
      assert.equal(await recorder.stop(), 4, recorder.said());
      assert.match(
        recorder.said(),
        /1 producer above --max-producers turned away, all others are recorded/,
      );
      assert.deepEqual((await recorded(join(cwd, "o.mcap"))).frames, ["0: 0", "1: 1"]);
    }),
);

for (const scheme of ["tcp", "ws", "udp"]) {
  test(
    `record --per-producer counts whom it turns away over ${scheme}`,
    options,
    () =>
      inFolder(async (cwd) => {
        const limits = ["--per-producer", "--max-producers", "1"];
        const recorder = await startRecorder(cwd, [...URLS, ...limits, "-o", "o.mcap"]);
        const { ports } = recorder;
        const a = await connectTcp(ports.get("tcp")!);
        a.socket.write(row(0, 1) + row(1, 1));
        await until(() => readdirSync(cwd).includes("o-1.mcap"));
        const port = ports.get(scheme)!;
        const told: string[] = [];
        if (scheme === "udp") {
          const udp = openUdp();
          for (let i = 0; i < 3; i++) udp.socket.send(row(i, 2), port);
          await until(() => udp.told.length > 0);
          told.push(...udp.told);
        } else {
          const other = scheme === "tcp" ? await connectTcp(port) : await connectWs(port);
          await until(() => other.told.length > 0);
          told.push(...other.told);
        }
        assert.match(told[0]!, /there are 1 producers already/);
        assert.equal(await recorder.stop(), 4, recorder.said());
        assert.match(recorder.said(), /^hindcast: 1 producer above --max-producers turned away$/m);
      }),
  );
}

/** Shakes hands as a client of WebSockets whose frames are made by hand. */
async function rawWs(port: number): Promise<Socket> {
  const { socket, told } = await connectTcp(port);
  socket.write(
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  await until(() => told.join().includes("101"));
  return socket;
}

/** A frame of a text, masked by zeros. @param first FIN and opcode */
function wsFrame(first: number, text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  return Uint8Array.of(
    first,
    0x80 | 126,
    payload.length >> 8,
    payload.length & 255,
    0,
    0,
    0,
    0,
    ...payload,
  );
}

const [TEXT, CONTINUED] = [0x81, 0x80];
const PING = Uint8Array.of(0x89, 0x84, 0, 0, 0, 0, 1, 2, 3, 4);
const CUTS: readonly (readonly [what: string, last: readonly Uint8Array[], bad: number])[] = [
  ["between two messages", [], 0],
  ["amid a ping", [PING.subarray(0, 8)], 0],
  ["amid the head of a message", [wsFrame(TEXT, row(1, 1)).subarray(0, 3)], 1],
  ["amid a message", [wsFrame(TEXT, row(1, 1)).subarray(0, 20)], 1],
  ["between two fragments", [wsFrame(0x01, row(1, 1)), PING], 1],
  ["behind fragments", [wsFrame(0x01, row(1, 1)), wsFrame(CONTINUED, row(2, 1))], 0],
  ["for bytes that are no text", [wsFrame(TEXT, "xx").map((b, i) => i === 8 ? 0xff : b)], 1],
  ["for a message that is too long", [wsFrame(TEXT, "x".repeat(300))], 1],
];
for (const [what, last, bad] of CUTS) {
  test(
    `record counts a WebSocket that ends ${what} as ${bad} bad lines`,
    ownSockets,
    () =>
      inFolder(async (cwd) => {
        const args = ["--listen", "ws://127.0.0.1:0", "--max-line", "64", "-o", "o.mcap"];
        const recorder = await startRecorder(cwd, args);
        const socket = await rawWs(recorder.ports.get("ws")!);
        socket.write(wsFrame(TEXT, row(0, 1)));
        for (const bytes of last) socket.write(bytes);
        await sleep(200);
        socket.destroy();
        await sleep(200);
        assert.equal(await recorder.stop(), bad === 0 ? 0 : 4, recorder.said());
        if (bad === 0) assert.doesNotMatch(recorder.said(), /bad line/);
        else {
          assert.match(
            recorder.said(),
            /^Cannot read ws 127\.0\.0\.1:\d+:2: the connection ended amid/m,
          );
          assert.match(recorder.said(), /: 1 bad line skipped, all others/);
        }
      }),
  );
}

test("record counts a first line over TCP that has no end", options, () =>
  inFolder(async (cwd) => {
    const recorder = await startRecorder(cwd, ["--listen", "tcp://127.0.0.1:0", "-o", "o.mcap"]);
    const a = await connectTcp(recorder.ports.get("tcp")!);
    a.socket.write(row(0, 1));
    const b = await connectTcp(recorder.ports.get("tcp")!);
    b.socket.end(row(0, 2).trim());
    await sleep(200);
    assert.equal(await recorder.stop(), 4, recorder.said());
    assert.match(recorder.said(), /:1: the connection ended amid the line/);
    assert.match(recorder.said(), /: 1 bad line skipped, all others/);
  }));

test(
  "record gives the place of a silent sender of datagrams to whoever comes",
  options,
  () =>
    inFolder(async (cwd) => {
      const urls = ["--listen", "udp://127.0.0.1:0", "--listen", "tcp://127.0.0.1:0"];
      const recorder = await startRecorder(cwd, [...urls, "--max-producers", "1", "-o", "o.mcap"]);
      const { socket: udp } = openUdp();
      udp.send(row(0, 1), recorder.ports.get("udp")!);
      await sleep(1300);
      const tcp = await connectTcp(recorder.ports.get("tcp")!);
      tcp.socket.write(row(1, 1));
      await sleep(200);
      assert.equal(await recorder.stop(), 0, recorder.said());
      assert.deepEqual(tcp.told, []);
      assert.deepEqual((await recorded(join(cwd, "o.mcap"))).frames, ["0: 0", "1: 1"]);
    }),
);

test(
  "record writes the last frame when its producers fall silent",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, ["--listen", "ws://127.0.0.1:0", "-o", "o.mcap"]);
      const { socket } = await connectWs(recorder.ports.get("ws")!);
      socket.send(`${row(0, 1)}${row(1, 1)}{"f":1,"ev":"shot"}`);
      await sleep(1600);
      assert.equal(await recorder.stop("SIGKILL"), null);
      const { frames, events } = await recorded(join(cwd, "o.mcap"), "leave-out");
      assert.deepEqual({ frames, events }, { frames: ["0: 0", "1: 1"], events: ["shot"] });
    }),
);

test(
  "record that is killed has all that is older than a second",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, ["--listen", "ws://127.0.0.1:0", "-o", "o.mcap"]);
      const { socket } = await connectWs(recorder.ports.get("ws")!);
      const sentMs: number[] = [];
      const startMs = performance.now();
      while (performance.now() - startMs < 2500) {
        const f = sentMs.length;
        const rows = Array.from({ length: 64 }, (_, id) => row(f, id, f * id)).join("");
        socket.send(`${rows}{"f":${f},"ev":"shot"}\n`);
        sentMs.push(performance.now());
        await sleep(16);
      }
      const killedMs = performance.now();
      await recorder.stop("SIGKILL");
      const { frames, events } = await recorded(join(cwd, "o.mcap"), "leave-out");
      const old = sentMs.filter((ms) => killedMs - ms > 1100).length;
      assert.ok(old > 50, `${old} frames`);
      assert.ok(frames.length >= old, `${frames.length} of ${old} frames`);
      assert.ok(events.length >= old, `${events.length} of ${old} events`);
    }),
);

test("record ends whole when its terminal is closed", options, () =>
  inFolder(async (cwd) => {
    const recorder = await startRecorder(cwd, ["--listen", "tcp://127.0.0.1:0", "-o", "o.mcap"]);
    const { socket } = await connectTcp(recorder.ports.get("tcp")!);
    socket.write(row(0, 1) + row(1, 1));
    await until(() => readdirSync(cwd).includes("o.mcap"));
    assert.equal(await recorder.stop("SIGHUP"), 0, recorder.said());
    assert.deepEqual((await recorded(join(cwd, "o.mcap"))).frames, ["0: 0", "1: 1"]);
  }));

const readsAhead = "Bun" in globalThis && "Bun reads what a process says before it is asked for";
const waiting = { ...options, skip: skip || readsAhead };
test(
  "record makes producers wait while nobody takes its output",
  waiting,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, ["--listen", "tcp://127.0.0.1:0", "-o", "-"]);
      const { child, ports } = recorder;
      const { socket } = await connectTcp(ports.get("tcp")!);
      // More than all that waits on the way may hold, however fast it is taken.
      const count = 15_000;
      let sent = 0;
      // Values that no codec makes small.
      let seed = 7;
      const noise = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
      const send = async () => {
        for (; sent < count; sent++) {
          const rows = Array.from({ length: 100 }, (_, id) => row(sent, id, noise())).join("");
          if (!socket.write(rows)) await new Promise((resolve) => socket.once("drain", resolve));
        }
      };
      const sending = send();
      let before = -1;
      // Until nothing more is taken.
      while (before !== sent || sent === 0) {
        before = sent;
        await sleep(1500);
      }
      assert.ok(sent < count, "all was taken");
      let bytes = 0;
      child.stdout!.on("data", (chunk) => bytes += chunk.length);
      await sending;
      socket.end();
      await new Promise((resolve) => socket.once("close", resolve));
      assert.equal(await recorder.stop(), 0, recorder.said());
      assert.match(recorder.said(), /^recorded 15000 frames, 1500000 states/m);
      assert.ok(bytes > 1e6);
    }),
);

const USAGE: readonly (readonly [what: string, args: readonly string[], line: RegExp])[] = [
  ["an open address without a token", ["--listen", "ws://0.0.0.0:7777"], /takes a --token/],
  ["a URL that is none", ["--listen", "http://127.0.0.1:1"], /expected ws:\/\/, tcp:\/\/ or udp/],
  ["a port that is none", ["--listen", "tcp://127.0.0.1:70000"], /with a host and a port/],
  ["a token for nobody", ["--token", "x"], /--token needs --listen/],
  ["an input beside it", ["--listen", "tcp://127.0.0.1:0", "in.ndjson"], /leave out the input/],
  ["CSV", ["--listen", "tcp://127.0.0.1:0", "--format", "csv"], /takes JSON/],
  ["--check", ["--listen", "tcp://127.0.0.1:0", "--check"], /leave out --listen/],
];
for (const [what, args, line] of USAGE) {
  test(`record --listen refuses ${what} as usage`, () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await hindcast(["record", ...args, "-o", "o.mcap"], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, line);
      assert.deepEqual(readdirSync(cwd), []);
    }));
}

test("record --listen says which address is in use", options, () =>
  inFolder(async (cwd) => {
    const server = createServer();
    endWithFolder(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    for (const scheme of ["tcp", "ws"]) {
      const url = `${scheme}://127.0.0.1:${port}`;
      const args = ["record", "--listen", url, "-o", "o.mcap"];
      const { code, stderr } = await hindcast(args, { cwd });
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`^hindcast: Cannot listen on ${url}: the address is in use`));
    }
    assert.deepEqual(readdirSync(cwd), []);
  }));
