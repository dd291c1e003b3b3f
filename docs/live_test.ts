import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import {
  connectTcp,
  connectWs,
  openUdp,
  startRecorder,
} from "../cli/record/listen/recorder_test_helper.ts";
import { endWithFolder } from "../cli/in_folder_test_helper.ts";
import { hindcast, hindcastJson, inFolder } from "../cli/run_cli_test_helper.ts";

const skip = process.platform === "win32" && "signals do not exist on Windows";
const page = readFileSync(new URL("live.md", import.meta.url), "utf8");

test(
  "docs/live.md has clients that record what they send",
  { skip, timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const urls = ["ws", "tcp", "udp"].flatMap((name) => ["--listen", `${name}://127.0.0.1:0`]);
      // Whoever comes first waits for nobody: each of them alone.
      const clients = [...page.matchAll(/```js ignore\n([\s\S]*?)```/g)].map(([, code]) => code!);
      assert.equal(clients.length, 3);
      for (const [i, code] of clients.entries()) {
        const recorder = await startRecorder(cwd, [...urls, "-o", `${i}.mcap`]);
        const [ws, tcp, udp] = ["ws", "tcp", "udp"].map((name) => recorder.ports.get(name)!);
        const path = join(cwd, "client.mjs");
        writeFileSync(
          path,
          code.replace("7777", `${ws}`).replace("7778", `${tcp}`).replace("7779", `${udp}`),
        );
        const run = "Deno" in globalThis ? ["run", "-A", path] : [path];
        const client = spawn(process.execPath, run);
        endWithFolder(() => client.kill("SIGKILL"));
        let said = "";
        client.stderr.on("data", (bytes) => said += bytes);
        assert.equal(await new Promise((resolve) => client.on("close", resolve)), 0, said);
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.equal(await recorder.stop(), 0, recorder.said());
        const { frames } = await hindcastJson<{ frames: number }>(["info", `${i}.mcap`, "--json"], {
          cwd,
        });
        assert.equal(frames, 60);
      }
    }),
);

test(
  "docs/live.md names the keys of a line that are no fields",
  { skip, timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const table = page.slice(page.indexOf("These keys"), page.indexOf("Each of the clients"));
      const keys = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key!);
      assert.deepEqual(keys, ["f", "t", "id", "kind", "ev", "entities", "seq", "token"]);
      const line = (id: number) =>
        `{"f":0,"t":0,"id":${id},"kind":"p","ev":null,"entities":"a","seq":0,"token":"b","x":1}\n`;
      const urls = ["ws", "tcp", "udp"].flatMap((name) => ["--listen", `${name}://127.0.0.1:0`]);
      const recorder = await startRecorder(cwd, [...urls, "-o", "a.mcap"]);
      (await connectTcp(recorder.ports.get("tcp")!)).socket.write(`{"token":"b"}\n${line(1)}`);
      (await connectWs(recorder.ports.get("ws")!)).socket.send(line(2));
      // Behind the first line of a datagram a token is a field.
      openUdp().socket.send(`${line(3)}${line(4)}`, recorder.ports.get("udp")!);
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(await recorder.stop(), 0, recorder.said());
      const { stdout } = await hindcast(["cat", "a.mcap"], { cwd });
      const fields = stdout.trimEnd().split("\n").map((row) =>
        Object.keys(JSON.parse(row)).filter((key) => !["f", "t", "id", "kind"].includes(key)).sort()
      );
      const all = ["entities", "seq", "token", "x"];
      const datagram = (key: string) => key !== "seq";
      assert.deepEqual(fields, [all, all, ["entities", "x"], all.filter(datagram)]);
    }),
);

test("docs/live.md names the limits that the command has", async () => {
  const { recordCommand } = await import("../cli/record.ts");
  const { Command } = await import("@commander-js/extra-typings");
  for (const { long, defaultValue } of recordCommand(new Command()).options) {
    if (!/^--(max-line|max-producers|max-rate|flush-ms)$/.test(long ?? "")) continue;
    assert.match(page, new RegExp(`\\| \`${long}\`\\s+\\| ${defaultValue}\\b`));
  }
});
