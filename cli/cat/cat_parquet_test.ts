import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parquetReadObjects } from "hyparquet";
import {
  hindcast,
  inFolder,
  recordShort,
  rowsOf,
  SHORT_EVENTS,
  SHORT_STATES,
} from "../run_cli_test_helper.ts";

async function readTable(path: string): Promise<Record<string, unknown>[]> {
  return await parquetReadObjects({ file: new Uint8Array(readFileSync(path)).buffer });
}

/** Members of a row of a table as JSON has them: none of what is NULL. */
function plain(row: Record<string, unknown>): Record<string, unknown> {
  const members = Object.entries(row).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    members.map(([key, value]) => [key, typeof value === "bigint" ? Number(value) : value]),
  );
}

test("cat --parquet writes the states that were recorded, or the events", () =>
  inFolder(async (folder) => {
    const recording = await recordShort(folder);
    const [states, events, both] = ["states", "events", "both"]
      .map((name) => join(folder, `${name}.parquet`)) as [string, string, string];
    const [ofStates, ofEvents, refused] = await Promise.all([
      hindcast(["cat", recording, "--parquet", states]),
      hindcast(["cat", recording, "--parquet", events, "--events", "only"]),
      hindcast(["cat", recording, "--parquet", both, "-o", "rows.ndjson"]),
    ]);
    assert.equal(ofStates.code, 0, ofStates.stderr);
    assert.equal(ofStates.stdout, "");
    assert.equal(
      ofStates.stderr,
      "note: 87 events stand in no table of states; write them to a table of their own by " +
        `--events only, or leave them out by --events none\nwrote ${states}\n`,
    );
    assert.deepEqual((await readTable(states)).map(plain), rowsOf(SHORT_STATES));

    assert.equal(ofEvents.stderr, `wrote ${events}\n`);
    const rows = (await readTable(events)).map(plain);
    assert.deepEqual(rows.map(({ data: _, ...row }) => row), rowsOf(SHORT_EVENTS));
    assert.deepEqual(rows.map(({ data }) => JSON.parse(data as string)), rowsOf(SHORT_EVENTS));

    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /'--parquet <file>' cannot be used with option '-o, --output/);
    assert.ok(!existsSync(both));
  }));
