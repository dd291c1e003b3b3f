import assert from "node:assert/strict";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { test } from "node:test";
import { Pieces } from "../../parquet/parquet_test_helper.ts";
import { openParquet } from "./report_parquet.ts";
import type { WindowRow } from "./window_row.ts";

function row(given: Partial<WindowRow>): WindowRow {
  const texts = { run: "strict varint lan", ack: "strict", codec: "varint", net: "lan" };
  return { ...texts, seed: 1, second: 2, consumer: 3, wireBytes: 4000, kbps: 32.5, ...given };
}

async function write(rows: Iterable<WindowRow>): Promise<ArrayBuffer> {
  const pieces = new Pieces();
  const parquet = await openParquet(pieces.write);
  for (const row of rows) parquet.add(row);
  parquet.finish();
  return await pieces.file();
}

test("openParquet() writes rows that hyparquet reads back", async () => {
  const net = `=1+1,"quoted"\r\n\u001b größe 🎯`;
  const file = await write([
    row({}),
    row({ net, seed: 0xffffffff, consumer: 99_999, wireBytes: 2 ** 40 + 1, kbps: 0.001 }),
  ]);
  assert.deepEqual(await parquetReadObjects({ file }), [
    {
      run: "strict varint lan",
      ack: "strict",
      codec: "varint",
      net: "lan",
      seed: 1n,
      second: 2n,
      consumer: 3,
      wire_bytes: 4000n,
      kbps: 32.5,
    },
    {
      run: "strict varint lan",
      ack: "strict",
      codec: "varint",
      net,
      seed: 4294967295n,
      second: 2n,
      consumer: 99_999,
      wire_bytes: 1099511627777n,
      kbps: 0.001,
    },
  ]);
});

test("openParquet() writes a file without rows", async () => {
  const file = await write([]);
  assert.equal(parquetMetadata(file).num_rows, 0n);
  assert.deepEqual(await parquetReadObjects({ file }), []);
});

test("openParquet() writes seconds of any number, up to the largest safe one", async () => {
  const seconds = [2 ** 31, 9e12, 1e297];
  const file = await write(seconds.map((second) => row({ second })));
  const rows = await parquetReadObjects({ file });
  assert.deepEqual(
    rows.map(({ second }) => second),
    [2_147_483_648n, 9_000_000_000_000n, 9_007_199_254_740_991n],
  );
});
