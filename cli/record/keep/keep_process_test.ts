import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { hindcast, inFolder, otherRuntimes, THIS_RUNTIME } from "../../run_cli_test_helper.ts";
import { connectTcp, sleep, startRecorder, until } from "../listen/recorder_test_helper.ts";
import { contentOf } from "../outputs/recorded_content_test_helper.ts";

const skip = process.platform === "win32" && "signals do not exist on Windows";
const options = { skip, timeout: 90_000 };
const row = (f: number) => `{"f":${f},"t":${f * 100},"id":1,"x":${f}}\n`;
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => row(from + i)).join("");
const LISTEN = ["--listen", "tcp://127.0.0.1:0", "--listen", "ws://127.0.0.1:0"];
const KEEP = ["-o", "match.mcap", "--keep", "1m"];

for (const runtime of [THIS_RUNTIME, ...otherRuntimes()]) {
  test(
    `record --keep dumps at SIGUSR2, POST /dump and an event, and leaves nothing else, on ${runtime.name}`,
    options,
    () =>
      inFolder(async (cwd) => {
        const flags = ["--dump-on", "ev=disputed", "--before", "2s"];
        const recorder = await startRecorder(cwd, [...LISTEN, ...KEEP, ...flags], runtime);
        const post = async () => {
          const url = `http://127.0.0.1:${recorder.ports.get("ws")}/dump`;
          const answer = await fetch(url, { method: "POST" });
          return { status: answer.status, body: await answer.json() };
        };
        assert.deepEqual(await post(), { status: 409, body: { error: "nothing is kept yet" } });
        const { socket } = await connectTcp(recorder.ports.get("tcp")!);
        socket.write(rows(0, 200));
        // The last frame is closed when it was open for long enough.
        await until(async () => (await post()).body.lastFrame === 199);
        const asked = await post();
        assert.equal(asked.status, 200);
        const { path, firstFrame, lastFrame, frames } = asked.body;
        assert.deepEqual([firstFrame, lastFrame, frames], [179, 199, 21]);
        assert.equal((await contentOf(join(cwd, path.split("/").at(-1)))).frames.length, 21);
        const dumps = () => readdirSync(cwd).filter((name) => name.endsWith(".mcap")).length;
        const before = dumps();
        spawnSync("kill", ["-USR2", String(recorder.child.pid)]);
        await until(() => /dumped .* for SIGUSR2 at frame 199 to/.test(recorder.said()));
        assert.equal(dumps(), before + 1);
        socket.write(`${rows(200, 300)}{"f":250,"ev":"disputed"}\n${rows(300, 320)}`);
        await until(() => existsSync(join(cwd, "match-250.mcap")));
        socket.destroy();
        const code = await recorder.stop();
        assert.equal(code, 0, recorder.said());
        const dump = await contentOf(join(cwd, "match-250.mcap"));
        assert.deepEqual([dump.frames.length, dump.events], [21, ["disputed@250"]]);
        assert.match(recorder.said(), /^kept the newest of 320 frames, wrote \d+ dumps in /m);
        assert.deepEqual(
          readdirSync(cwd).filter((name) => !/^match-\d+(-\d+)?\.mcap$/.test(name)),
          [],
        );
      }),
  );
}

for (const runtime of [THIS_RUNTIME, ...otherRuntimes()]) {
  test(
    `record without --keep goes on after any SIGUSR2, on ${runtime.name}`,
    options,
    () =>
      inFolder(async (cwd) => {
        const recorder = await startRecorder(cwd, [...LISTEN, "-o", "match.mcap"], runtime);
        const { socket } = await connectTcp(recorder.ports.get("tcp")!);
        socket.write(rows(0, 20));
        const { pid } = recorder.child;
        spawnSync("sh", ["-c", `for i in $(seq 100); do kill -USR2 ${pid}; done`]);
        await until(() => /SIGUSR2/.test(recorder.said()));
        socket.write(rows(20, 40));
        await sleep(1000);
        assert.equal(await recorder.stop(), 0, recorder.said());
        assert.equal((await contentOf(join(cwd, "match.mcap"))).frames.length, 40);
        const told = recorder.said().split("\n").filter((line) => line.includes("SIGUSR2"));
        assert.deepEqual(told, [
          "no dump for SIGUSR2: nothing is kept; see --keep. Recording goes on",
        ]);
      }),
  );
}

for (const runtime of [THIS_RUNTIME, ...otherRuntimes()]) {
  test(
    `record --keep answers POST /dump that waits when it is stopped, on ${runtime.name}`,
    options,
    () =>
      inFolder(async (cwd) => {
        const after = ["--after", "30s"];
        const recorder = await startRecorder(cwd, [...LISTEN, ...KEEP, ...after], runtime);
        const { socket } = await connectTcp(recorder.ports.get("tcp")!);
        socket.write(rows(0, 50));
        const url = `http://127.0.0.1:${recorder.ports.get("ws")}/dump`;
        const asked = Array.from({ length: 3 }, async () => {
          for (;;) {
            const answer = await fetch(url, { method: "POST" });
            const body = await answer.json();
            if (answer.status !== 409) return { status: answer.status, ...body };
          }
        });
        // Longer than a request may take to come.
        await sleep(11_000);
        assert.deepEqual(readdirSync(cwd).filter((name) => name.endsWith(".mcap")), []);
        const code = await recorder.stop();
        assert.equal(code, 0, recorder.said());
        for (const { status, path, frames } of await Promise.all(asked)) {
          assert.equal(status, 200);
          assert.equal(frames, 50);
          assert.ok(existsSync(join(cwd, path.split("/").at(-1))));
        }
        assert.match(recorder.said(), /for POST \/dump at frame \d+ and 2 more triggers to/);
      }),
  );
}

test(
  "record --keep that was killed leaves its segments to merge, and the next one goes on",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, [...LISTEN, ...KEEP]);
      const { socket } = await connectTcp(recorder.ports.get("tcp")!);
      socket.write(rows(0, 200));
      await sleep(2000);
      socket.destroy();
      await recorder.stop("SIGKILL");
      const segments = readdirSync(join(cwd, "match.keep")).sort();
      assert.ok(segments.length > 3, segments.join());
      const flags = ["--dump-on", "ev=disputed"];
      const input = `${row(0)}${row(1)}{"f":1,"ev":"disputed"}\n`;
      const again = await hindcast(["record", "-", ...KEEP, ...flags], { cwd, input });
      assert.equal(again.code, 0, again.stderr);
      assert.match(
        again.stderr,
        /^match\.keep had \d+ segments of a recorder that was killed or failed: moved to match\.keep-1, of which hindcast merge match\.keep-1\/\*\.mcap -o FILE makes a recording\n/,
      );
      assert.equal((await contentOf(join(cwd, "match-1.mcap"))).frames.length, 2);
      // What the killed one held is taken over, and goes.
      assert.deepEqual(readdirSync(cwd).sort(), ["match-1.mcap", "match.keep-1"]);
      const paths = readdirSync(join(cwd, "match.keep-1")).sort()
        .map((name) => join("match.keep-1", name));
      const merged = await hindcast(["merge", ...paths, "-o", "saved.mcap"], { cwd });
      assert.equal(merged.code, 4, merged.stderr);
      const { frames } = await contentOf(join(cwd, "saved.mcap"));
      assert.deepEqual(
        frames.slice(0, 199),
        frames.map((_, f) => `${f} ${f * 100} 1:${f}`).slice(0, 199),
      );
      assert.ok(frames.length >= 199, String(frames.length));
    }),
);

test("record --keep takes input on while it writes a dump", options, () =>
  inFolder(async (cwd) => {
    const recorder = await startRecorder(cwd, [...LISTEN, ...KEEP, "--dump-on", "ev=disputed"]);
    const { socket } = await connectTcp(recorder.ports.get("tcp")!);
    const wide = (f: number) =>
      `${
        JSON.stringify({
          f,
          t: f * 16,
          entities: Array.from({ length: 50 }, (_, id) => ({ id, x: (f * id * 7919) % 65_521 })),
        })
      }\n`;
    for (let f = 0; f < 1500; f++) {
      if (f % 100 === 50) socket.write(`{"f":${f},"ev":"disputed"}\n`);
      if (!socket.write(wide(f))) {
        await new Promise<void>((done) => socket.once("drain", () => done()));
      }
    }
    await until(() => /dumped/.test(recorder.said()));
    await sleep(1000);
    socket.destroy();
    const code = await recorder.stop();
    assert.equal(code, 0, recorder.said());
    assert.match(recorder.said(), /kept the newest of 1500 frames/);
    const triggers = [...recorder.said().matchAll(/ at frame \d+(?: and (\d+) more)?/g)];
    assert.equal(triggers.reduce((sum, [, more = "0"]) => sum + 1 + Number(more), 0), 15);
  }));
