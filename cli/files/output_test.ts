import assert from "node:assert/strict";
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { withBadEnd } from "../../lib/recording/altered_message_test_helper.ts";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { hindcast, inFolder, recordShort, shell } from "../run_cli_test_helper.ts";

const skip = process.platform === "win32" && "this needs a shell and links";
const OPTIONS = { skip, timeout: 60_000 };
const FILES = ["--html", "p.html", "--csv", "p.csv", "--parquet", "p.parquet"];

test(
  "report says which files are whole, and replaces what was there then",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      writeFileSync(join(cwd, "old.html"), "old");
      chmodSync(join(cwd, "old.html"), 0o600);
      symlinkSync("old.html", join(cwd, "p.html"));
      const { code, stderr } = await hindcast(["report", "short.mcap", ...FILES], {
        cwd,
      });
      assert.equal(code, 0, stderr);
      assert.match(
        stderr,
        /^wrote p\.csv\nwrote p\.parquet\nwrote p\.html\nnote: the last second .*\n$/,
      );
      assert.ok(lstatSync(join(cwd, "p.html")).isSymbolicLink());
      assert.match(readFileSync(join(cwd, "old.html"), "utf8"), /^<!doctype html>/i);
      assert.equal(statSync(join(cwd, "old.html")).mode & 0o777, 0o600);
      const files = ["old.html", "p.csv", "p.html", "p.parquet", "short.mcap"];
      assert.deepEqual(readdirSync(cwd).sort(), files);

      const printed = await hindcast(["report", "short.mcap", "--csv", "-"], { cwd });
      assert.equal(printed.code, 0);
      assert.match(
        printed.stderr,
        /^note: the last second is not whole and has no row in -: .*\n$/,
      );
      assert.equal(printed.stdout, readFileSync(join(cwd, "p.csv"), "utf8"));
    }),
);

test(
  "a report that fails leaves the files that were there, and no others",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      const path = await recordShort(cwd);
      const source = new FileSource(path);
      const { firstFrame } = (await RecordingReader.open(source)).blocks.at(-1)!;
      source.close();
      writeFileSync(path, withBadEnd(readFileSync(path), firstFrame));
      for (const name of ["p.csv", "p.html"]) writeFileSync(join(cwd, name), `old ${name}`);
      const { code, stderr } = await hindcast(["report", "short.mcap", "--no-damage", ...FILES], {
        cwd,
      });
      assert.equal(code, 1);
      assert.match(stderr, /^hindcast: Cannot read [^\n]*\n$/);
      for (const name of ["p.csv", "p.html"]) {
        assert.equal(readFileSync(join(cwd, name), "utf8"), `old ${name}`);
      }
      assert.deepEqual(readdirSync(cwd).sort(), ["p.csv", "p.html", "short.mcap"]);
    }),
);

test(
  "rewind says that its page is whole, and leaves the old one on a full disk",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      writeFileSync(join(cwd, "p.html"), "old");
      const args = ["rewind", "short.mcap", "--shots", "lg_shot", "--shot-map", "quakeworld"];
      const page = [...args, "--shape", "player=box:-16,-16,-24,16,16,32", "--html", "p.html"];
      const full = await shell(`trap '' XFSZ; ulimit -f 1; "$@"`, page, { cwd });
      assert.equal(full.code, 1);
      assert.match(full.stderr, /^hindcast: Cannot write p\.html: .*ulimit -f\n$/);
      assert.equal(readFileSync(join(cwd, "p.html"), "utf8"), "old");
      const { code, stderr } = await hindcast(page, { cwd });
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^wrote p\.html$/m);
      assert.match(readFileSync(join(cwd, "p.html"), "utf8"), /^<!doctype html>/i);
      assert.deepEqual(readdirSync(cwd).sort(), ["p.html", "short.mcap"]);
      const over = await hindcast([...args, "--html", "./short.mcap"], { cwd });
      assert.equal(over.code, 2);
      assert.match(over.stderr, /^hindcast: The output \.\/short\.mcap is an input as well; .*\n$/);
    }),
);
