import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import {
  connectWs,
  sleep,
  startRecorder,
  until,
} from "../cli/record/listen/recorder_test_helper.ts";
import {
  commandLine,
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  shell,
} from "../cli/run_cli_test_helper.ts";

const options = {
  skip: process.platform === "win32" && "signals do not exist on Windows",
  timeout: 60_000,
};
const PAGE = readFileSync(new URL("flight_recorder.md", import.meta.url), "utf8");
const [LISTEN, MERGE, ...OTHERS] = [...PAGE.matchAll(/```sh\n(.*?)\n```/gs)].map(([, text]) =>
  text!
);
/** Commands in the text itself. */
const INLINE = [...PAGE.matchAll(/`((?:\.\/server|hindcast|kill|curl)\b[^`]* [^`]*)`/g)]
  .map(([, text]) => text!.replaceAll("\n", " "));
/** Frames of half a second: a segment of the page's recorder has 60 of them. */
const row = (f: number) => ({ f, t: f * 500, id: 1, x: f });
const rows = (from: number, to: number) =>
  ndjson(Array.from({ length: to - from }, (_, i) => row(from + i)));

test("docs/flight_recorder.md has the commands that are run here, and no others", () => {
  assert.deepEqual(OTHERS, []);
  assert.deepEqual(INLINE, [
    "./server | hindcast record - -o match.mcap --keep 10m",
    "kill -USR2 PID",
    "curl -X POST http://127.0.0.1:7777/dump",
    "hindcast recover match.keep/000001.mcap -o saved.mcap",
  ]);
});

test(
  "docs/flight_recorder.md has a recorder that dumps as it says, and is saved when killed",
  options,
  () =>
    inFolder(async (cwd) => {
      const [program, command, ...words] = LISTEN!.replace("7777", "0").split(" ");
      assert.deepEqual([program, command], ["hindcast", "record"]);
      const recorder = await startRecorder(cwd, words);
      const port = recorder.ports.get("ws")!;
      const { socket } = await connectWs(port);
      socket.send(rows(0, 100));
      socket.send(`{"f":99,"ev":"disputed"}\n${rows(100, 200)}`);
      await until(() => existsSync(join(cwd, "match-99.mcap")));
      // As said: all that was kept, to the event's frame.
      const { frames, firstFrame, lastFrame } = await infoOf(cwd, "match-99.mcap");
      assert.deepEqual([frames, firstFrame, lastFrame], [100, 0, 99]);

      spawn("kill", ["-USR2", String(recorder.child.pid)]);
      await until(() => / for SIGUSR2 at frame \d+ to /.test(recorder.said()));
      const [, , method, url] = INLINE[2]!.split(" ");
      assert.equal(method, "POST");
      const answer = await (await fetch(url!.replace("7777", `${port}`), { method: "POST" }))
        .json();
      const [, told] = /`(\{"path":.*?), \.\.\.\}`/.exec(PAGE)!;
      const shown = JSON.parse(`${told}}`);
      assert.deepEqual(Object.keys(answer).slice(0, 3), Object.keys(shown));
      assert.match(answer.path, /^(.*\/)?match-\d+(-\d+)?\.mcap$/);
      assert.ok(existsSync(join(cwd, answer.path.split("/").at(-1))));

      await sleep(1000);
      assert.equal(await recorder.stop("SIGKILL"), null);
      const [main, ...flags] = commandLine("recover").slice(0, -1);
      const named = [main, ...flags].map((word) => `'${word}'`).join(" ");
      const script = `hindcast() { ${named} "$@"; }\n`;
      const merged = await shell(`${script}${MERGE}`, [], { cwd });
      assert.equal(merged.code, 4, merged.stderr);
      assert.ok((await infoOf(cwd, "saved.mcap")).frames >= 199);
      rmSync(join(cwd, "saved.mcap"));
      const saved = await shell(`${script}${INLINE[3]}`, [], { cwd });
      assert.equal(saved.code, 0, saved.stderr);
      assert.equal((await infoOf(cwd, "saved.mcap")).frames, 60);
    }),
);

test(
  "docs/flight_recorder.md has a pipe that is kept likewise",
  options,
  () =>
    inFolder(async (cwd) => {
      const [, line] = INLINE[0]!.split(" | hindcast ");
      const input = rows(0, 50);
      const { code, stderr } = await hindcast([...line!.split(" "), "--dump-on", "ev=x"], {
        cwd,
        input: `${input}{"f":49,"ev":"x"}\n`,
      });
      assert.equal(code, 0, stderr);
      assert.deepEqual(readdirSync(cwd), ["match-49.mcap"]);
    }),
);

async function infoOf(cwd: string, name: string) {
  return await hindcastJson<{ frames: number; firstFrame: number; lastFrame: number }>(
    ["info", name, "--json"],
    { cwd },
  );
}
