import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { hindcast, inFolder } from "../../run_cli_test_helper.ts";
import { contentOf } from "../outputs/recorded_content_test_helper.ts";
import { connectTcp, connectWs, openUdp, startRecorder, until } from "./recorder_test_helper.ts";

const options = { timeout: 60_000 };
const noRemoval = process.platform === "win32" && "files that are open cannot be removed there";
const row = (f: number) => `{"f":${f},"t":${f * 20},"id":1,"x":${f}}\n`;
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => row(from + i)).join("");
const LISTEN = ["tcp", "ws", "udp"].flatMap((scheme) => ["--listen", `${scheme}://127.0.0.1:0`]);
const ARGS = [...LISTEN, "--per-producer", "--flush-ms", "50", "-o", "d/m.mcap"];

test(
  "record --per-producer passes numbers whose files are there",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, ARGS);
      writeFileSync(join(cwd, "d", "m-1.mcap"), "mine");
      const { socket } = await connectTcp(recorder.ports.get("tcp")!);
      socket.end(rows(0, 5));
      await until(() => recorder.said().includes("to d/m-2.mcap"));
      assert.equal(await recorder.stop(), 0, recorder.said());
      assert.equal((await contentOf(join(cwd, "d", "m-2.mcap"))).frames.length, 5);
    }),
);

test(
  "record --per-producer refuses at the start what no file can be made of",
  options,
  () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "file"), "");
      for (const output of ["file/m.mcap", `${"n".repeat(240)}.mcap`]) {
        const args = ["--listen", "tcp://127.0.0.1:0", "--per-producer", "-o", output];
        const { code, stderr } = await hindcast(["record", ...args], { cwd });
        assert.equal(code, 1);
        assert.match(stderr, /^hindcast: Cannot write [^\n]*\n$/);
      }
      assert.deepEqual(readdirSync(cwd), ["file"]);
    }),
);

for (const scheme of ["tcp", "ws", "udp"] as const) {
  test(
    `record --per-producer tells over ${scheme} that a file cannot be made, and counts the lines`,
    { ...options, skip: noRemoval },
    () =>
      inFolder(async (cwd) => {
        const recorder = await startRecorder(cwd, ARGS);
        const port = recorder.ports.get(scheme)!;
        // What is no folder takes no file.
        rmSync(join(cwd, "d"), { recursive: true });
        writeFileSync(join(cwd, "d"), "");
        let told: string[];
        let closed: Promise<unknown> | undefined;
        if (scheme === "udp") {
          const udp = openUdp();
          told = udp.told;
          udp.socket.send(rows(0, 5), port);
        } else if (scheme === "tcp") {
          const tcp = await connectTcp(port);
          told = tcp.told;
          closed = new Promise((resolve) => tcp.socket.once("close", resolve));
          tcp.socket.write(rows(0, 5));
        } else {
          const ws = await connectWs(port);
          told = ws.told;
          closed = new Promise((resolve) => ws.socket.onclose = resolve);
          ws.socket.send(rows(0, 5).trimEnd());
        }
        await until(() => told.length > 0);
        const { error } = JSON.parse(told[0]!);
        assert.match(error, /^Cannot write d\/m-1\.mcap: /);
        await closed;
        rmSync(join(cwd, "d"));
        const { socket } = await connectTcp(recorder.ports.get("tcp")!);
        socket.end(rows(0, 7));
        await until(() => /recorded 7 frames, .* to d\/m-2\.mcap/.test(recorder.said()));
        assert.equal(await recorder.stop(), 1, recorder.said());
        assert.match(recorder.said(), /^hindcast: 1 of 2 recordings lacks something, see above/m);
        // A WebSocket is told before it sends.
        if (scheme !== "ws") {
          assert.match(recorder.said(), /, 5 lines of producers whose recording failed left out$/m);
        }
      }),
  );
}

test(
  "record --per-producer ends only the recording whose file is removed",
  { ...options, skip: noRemoval },
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, ARGS);
      const port = recorder.ports.get("tcp")!;
      const [a, b] = [await connectTcp(port), await connectTcp(port)];
      const closed = new Promise((resolve) => a.socket.once("close", resolve));
      let f = 0;
      const timer = setInterval(() => {
        a.socket.write(row(f));
        b.socket.write(row(f++));
      }, 20);
      const path = (number: number) => join(cwd, "d", `m-${number}.mcap`);
      try {
        await until(() => existsSync(path(1)) && existsSync(path(2)));
        rmSync(path(1));
        await closed;
        const start = f;
        await until(() => f > start + 10);
      } finally {
        clearInterval(timer);
      }
      assert.match(JSON.parse(a.told[0]!).error, /m-1\.mcap: it was removed or moved/);
      assert.deepEqual(b.told, []);
      b.socket.end();
      await until(() => recorder.said().includes("to d/m-2.mcap"));
      assert.equal(await recorder.stop(), 1, recorder.said());
      assert.equal((await contentOf(path(2))).frames.length, f);
    }),
);
