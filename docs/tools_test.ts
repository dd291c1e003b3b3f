import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commandLine, inFolder, shell } from "../cli/run_cli_test_helper.ts";
import { readEvents, readStates } from "../lib/ingest.ts";
import {
  MemorySink,
  MemorySource,
  openEventsParquet,
  openStatesParquet,
  RecordingPart,
  RecordingReader,
  RecordingWriter,
} from "../lib/recording.ts";
import { sqlTable } from "../tasks/sql_table.ts";

const SLOW = { timeout: 300_000 };

const PAGE = readFileSync(new URL("tools.md", import.meta.url), "utf8");

/** Questions of the page, and what it says is printed. */
const QUESTIONS = [...PAGE.matchAll(/```sql\n(.*?)```\n\n```text\n(.*?)```/gs)];
/** Commands of the page, and what it says is printed, where it says so. */
const COMMANDS = [...PAGE.matchAll(/```sh\n(.*?)```\n(?:\n```text\n(.*?)```)?/gs)];

test(
  "docs/tools.md answers its questions in SQL as DuckDB does",
  SLOW,
  () =>
    inFolder(async (folder) => {
      assert.equal(QUESTIONS.length, 10);
      assert.equal(QUESTIONS.length, PAGE.split("```sql").length - 1);
      await writeTables(folder);
      for (const [, sql, answer] of QUESTIONS) {
        const lines = await sqlTable(sql!.replaceAll("'out/", `'${folder}/`));
        assert.equal(`${lines.join("\n")}\n`, answer, sql);
      }
    }),
);

test("docs/tools.md prints what its commands print", {
  ...SLOW,
  skip: "Deno" in globalThis ? false : "they are run on Deno",
}, () =>
  inFolder(async (folder) => {
    assert.equal(COMMANDS.length, 10);
    assert.equal(COMMANDS.length, PAGE.split("```sh").length - 1);
    mkdirSync(join(folder, "out"));
    writeFileSync(join(folder, "out", "duel.mcap"), (await recordDuel()).bytes());
    // Some of the commands write.
    const command = commandLine("cut").slice(0, -1);
    const words = command.map((word) => `'${word}'`).join(" ");
    for (const [, script, printed = ""] of COMMANDS) {
      const { code, stdout, stderr } = await shell(
        `hindcast() { ${words} "$@"; }\n${script}`,
        [],
        { cwd: folder },
      );
      assert.equal(stdout, printed, `${script}${stderr}`);
      // A difference that was found is what some of them are for.
      assert.ok(code === 0 || code === 3, `${script}${stderr}`);
    }
  }));

/** Writes the tables of the duel, as `hindcast cat` does. */
async function writeTables(folder: string): Promise<void> {
  const reader = await RecordingReader.open(new MemorySource((await recordDuel()).bytes()));
  for (const events of ["none", "only"] as const) {
    const part = RecordingPart.of(reader, { events });
    const pieces: Uint8Array[] = [];
    const open = events === "only" ? openEventsParquet : openStatesParquet;
    const rows = await open(part, (bytes) => pieces.push(bytes));
    for await (const item of part.timeline()) {
      if ("frame" in item) rows.addFrame(item);
      else rows.addEvent(item);
    }
    rows.finish();
    assert.deepEqual(rows.notes(), []);
    const path = join(folder, events === "only" ? "events.parquet" : "states.parquet");
    for (const bytes of pieces) writeFileSync(path, bytes, { flag: "a" });
  }
}

async function recordDuel(): Promise<MemorySink> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1 });
  for await (const frame of readStates(duel("state"))) await writer.write(frame);
  for await (const event of readEvents(duel("events"))) await writer.writeEvent(event);
  await writer.close();
  return sink;
}

function duel(name: string): ReadableStream<Uint8Array> {
  const path = new URL(`../testdata/duel/duel.${name}.ndjson.gz`, import.meta.url);
  return new Blob([readFileSync(path)]).stream();
}
