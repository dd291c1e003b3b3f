import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { inFolder } from "../run_cli_test_helper.ts";
import { connectTcp, startRecorder, until } from "./listen/recorder_test_helper.ts";
import { contentOf } from "./outputs/recorded_content_test_helper.ts";

const options = {
  skip: process.platform === "win32" && "files that are open cannot be moved on Windows",
  timeout: 60_000,
};
const row = (f: number) => `{"f":${f},"t":${f * 20},"id":1,"x":${f}}\n`;
const GONE = "removed or moved, itself or its folder,";

/** Forms of a live recording, and the file that each writes first. */
const FORMS: readonly [name: string, flags: readonly string[], file: string][] = [
  ["record --listen", [], "m.mcap"],
  ["record --rotate", ["--rotate", "1h"], "m.mcap"],
  ["record --per-producer", ["--per-producer"], "m-1.mcap"],
  ["record --keep", ["--keep", "1m"], "m.keep/000001.mcap"],
];

/** What others do to a file in a folder, what is said of it, and of its frames. */
const FATES: readonly [
  name: string,
  act: (folder: string, path: string) => void,
  told: string,
  frames: RegExp,
][] = [
  ["is removed", (_, path) => rmSync(path), GONE, /frames? (is|are) in it: one that was moved/],
  ["is moved", (_, path) => renameSync(path, `${path}.old`), GONE, /one that was moved is whole/],
  ["loses its folder", (folder) => rmSync(folder, { recursive: true }), GONE, /moved is whole/],
  ["moves with its folder", (folder) => renameSync(folder, `${folder}2`), GONE, /is whole/],
  [
    "is replaced",
    (_, path) => {
      writeFileSync(`${path}.new`, "another");
      renameSync(`${path}.new`, path);
    },
    "replaced by another file",
    /frames? were in it/,
  ],
  [
    "is cut",
    (_, path) => truncateSync(path, 0),
    "cut or written to by another program",
    /hindcast recover saves those that are left/,
  ],
];

for (const [form, flags, file] of FORMS) {
  for (const [fate, act, told, frames] of FATES) {
    test(
      `${form} ends at once with one line when its file ${fate}`,
      options,
      () =>
        inFolder(async (cwd) => {
          mkdirSync(join(cwd, "d"));
          const path = join(cwd, "d", file);
          const listen = ["--listen", "tcp://127.0.0.1:0", "--flush-ms", "50"];
          const recorder = await startRecorder(cwd, [...listen, "-o", "d/m.mcap", ...flags]);
          const { socket } = await connectTcp(recorder.ports.get("tcp")!);
          let f = 0;
          const timer = setInterval(() => socket.write(row(f++)), 20);
          try {
            await until(() => existsSync(path) && f > 20);
            act(join(cwd, "d"), path);
            // Other producers are recorded on.
            if (form.endsWith("producer")) {
              await until(() => recorder.said().includes("Cannot keep"));
              assert.equal(await recorder.stop(), 1);
            } else {
              assert.equal(await recorder.ended, 1);
            }
          } finally {
            clearInterval(timer);
          }
          const said = recorder.said().split("\n").filter((line) => line.startsWith("hindcast: C"));
          assert.equal(said.length, 1, recorder.said());
          const start = `hindcast: Cannot keep d/${file}: it was ${told} while it was written; `;
          assert.ok(said[0]!.startsWith(start), said[0]);
          assert.match(said[0]!, /\d+ frames?/);
          if (!flags.includes("--keep")) assert.match(said[0]!, frames);
          else assert.match(said[0]!, /what was kept is (not )?in d\/m\.keep/);
          assert.doesNotMatch(recorder.said(), /unexpected|\n {4}at /);
        }),
    );
  }
}

test(
  "record whose file is moved leaves all that it says there, whole",
  options,
  () =>
    inFolder(async (cwd) => {
      const listen = ["--listen", "tcp://127.0.0.1:0", "--flush-ms", "50"];
      const recorder = await startRecorder(cwd, [...listen, "-o", "m.mcap"]);
      const { socket } = await connectTcp(recorder.ports.get("tcp")!);
      let f = 0;
      const timer = setInterval(() => socket.write(row(f++)), 20);
      try {
        await until(() => readdirSync(cwd).includes("m.mcap") && f > 20);
        renameSync(join(cwd, "m.mcap"), join(cwd, "old.mcap"));
        assert.equal(await recorder.ended, 1);
      } finally {
        clearInterval(timer);
      }
      const [, count] = /\((\d+) frames? (?:is|are) in it/.exec(recorder.said()) ?? [];
      const { frames } = await contentOf(join(cwd, "old.mcap"));
      assert.equal(frames.length, Number(count));
      assert.ok(frames.length > 0);
    }),
);
