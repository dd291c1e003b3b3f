import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { hindcast, inFolder, recordRows, shell } from "./run_cli_test_helper.ts";

const skip = !existsSync("/dev/zero") && "there is no /dev/zero";
const ROW = { f: 0, t: 0, id: 1, kind: "p", x: 1 };

for (
  const args of [
    ["report", "rows.mcap", "--net", "trace:/dev/zero"],
    ["report", "rows.mcap", "--wire", "/dev/zero"],
    ["record", "in", "--schema", "/dev/zero", "-o", "o.mcap"],
    ["rewind", "rows.mcap", "--shapes", "/dev/zero", "--shots", "x"],
  ]
) {
  test(
    `${args.join(" ")} reads the limit and says so in one line`,
    { skip, timeout: 60_000 },
    () =>
      inFolder(async (cwd) => {
        await recordRows(cwd, [ROW]);
        writeFileSync(join(cwd, "in"), JSON.stringify(ROW));
        const { code, stdout, stderr } = await hindcast(args, { cwd });
        assert.equal(code, 1, stderr);
        assert.equal(stdout, "");
        assert.match(
          stderr,
          /^hindcast: Cannot read \/dev\/zero: it has more than 67108864 bytes.*\n$/,
        );
      }),
  );
}

test(
  "record --schema reads a pipe, and does not wait for a silent one for ever",
  { skip, timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "in"), JSON.stringify(ROW));
      const schema = '{"kinds":[{"name":"p","fields":[{"name":"x","type":"u8"}]}]}';
      spawnSync("mkfifo", ["pipe"], { cwd });
      const args = ["record", "in", "--schema", "pipe", "-o", "o.mcap"];
      const read = await shell(`echo '${schema}' > pipe & "$@"`, args, { cwd });
      assert.equal(read.code, 0, read.stderr);
      const silent = await hindcast([...args.slice(0, -1), "p.mcap"], { cwd });
      assert.equal(silent.code, 1);
      assert.match(
        silent.stderr,
        /^hindcast: Cannot read pipe: it is a pipe and was silent for 5000/,
      );
    }),
);

test(
  "report --html writes a pipe, and does not wait for ever for somebody who reads it",
  { skip, timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordRows(cwd, [ROW]);
      spawnSync("mkfifo", ["pipe"], { cwd });
      const args = ["report", "rows.mcap", "--figures", "cost", "--html", "pipe"];
      const read = await shell('cat pipe > page.html & "$@" && wait', args, { cwd });
      assert.equal(read.code, 0, read.stderr);
      assert.match(
        readFileSync(join(cwd, "page.html"), "utf8"),
        /^<!DOCTYPE html>[^]*<\/html>\s*$/,
      );
      const alone = await hindcast(args, { cwd });
      assert.equal(alone.code, 1);
      assert.match(
        alone.stderr,
        /^hindcast: Cannot write pipe: it is a pipe and nobody read it for 5000 ms; .*\n$/,
      );
    }),
);

test(
  "record refuses a gzip of newlines, and a quote that swallows the file",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const blank = new Uint8Array(64e6).fill(10);
      const newlines = await hindcast(["record", "-", "-o", "o.mcap"], {
        cwd,
        input: gzipSync(blank),
      });
      assert.equal(newlines.code, 1);
      assert.match(
        newlines.stderr,
        /^hindcast: Cannot read standard input: it holds no rows; .*\n$/,
      );
      const lines = 'f,t,id,x,s\n0,0,1,5,"open\n' + "1,16,1,5,abc\n".repeat(100_000);
      const quote = await hindcast(["record", "-", "-o", "o.mcap"], { cwd, input: lines });
      assert.equal(quote.code, 1);
      assert.match(
        quote.stderr,
        /^hindcast: Cannot read standard input:2: a quoted cell does not end/,
      );
      assert.equal(existsSync(join(cwd, "o.mcap")), false);
    }),
);

test(
  "rewind refuses more shapes of a kind than it keeps, at once",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordRows(cwd, [ROW]);
      const shapes = Array.from({ length: 20_000 }, () => ["--shape", "p=sphere:1"]).flat();
      const { code, stderr } = await hindcast(["rewind", "rows.mcap", "--shots", "x", ...shapes], {
        cwd,
      });
      assert.equal(code, 2);
      assert.match(
        stderr,
        /^hindcast: Cannot read shape "p=sphere:1": .* more than 32 shapes; .*\n$/,
      );
    }),
);
