import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
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

const PAGE = readFileSync(new URL("tools.md", import.meta.url), "utf8");

/** Questions of the page, and what it says is printed. */
const ANSWERED = [...PAGE.matchAll(/```sql\n(.*?)```\n\n```text\n(.*?)```/gs)];

test("docs/tools.md answers its questions in SQL as DuckDB does", { timeout: 60_000 }, async () => {
  assert.equal(ANSWERED.length, 10);
  assert.equal(PAGE.split("```sql").length - 1, ANSWERED.length);
  const folder = mkdtempSync(join(tmpdir(), "hindcast-sql-"));
  try {
    await writeTables(folder);
    for (const [, sql, answer] of ANSWERED) {
      const lines = await sqlTable(sql!.replaceAll("'out/", `'${folder}/`));
      assert.equal(`${lines.join("\n")}\n`, answer, sql);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Writes the tables of the duel, as `hindcast cat` does. */
async function writeTables(folder: string): Promise<void> {
  const reader = await recordDuel();
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

async function recordDuel(): Promise<RecordingReader> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1 });
  for await (const frame of readStates(duel("state"))) await writer.write(frame);
  for await (const event of readEvents(duel("events"))) await writer.writeEvent(event);
  await writer.close();
  return await RecordingReader.open(new MemorySource(sink.bytes()));
}

function duel(name: string): ReadableStream<Uint8Array> {
  const path = new URL(`../testdata/duel/duel.${name}.ndjson.gz`, import.meta.url);
  return new Blob([readFileSync(path)]).stream();
}
