import assert from "node:assert/strict";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { test } from "node:test";
import { openParquet, PARQUET_GROUP_ROWS } from "./report_parquet.ts";
import type { WindowRow } from "./window_row.ts";

function row(given: Partial<WindowRow>): WindowRow {
  const texts = { run: "strict varint lan", ack: "strict", codec: "varint", net: "lan" };
  return { ...texts, seed: 1, second: 2, consumer: 3, wireBytes: 4000, kbps: 32.5, ...given };
}

async function write(rows: Iterable<WindowRow>): Promise<{ file: ArrayBuffer; pieces: number }> {
  const pieces: Uint8Array[] = [];
  const parquet = await openParquet((bytes) => pieces.push(bytes));
  for (const row of rows) parquet.add(row);
  parquet.finish();
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { file: bytes.buffer, pieces: pieces.length };
}

test("openParquet() writes rows that hyparquet reads back", async () => {
  const net = `=1+1,"quoted"\r\n\u001b größe 🎯`;
  const { file } = await write([
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
      second: 2,
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
      second: 2,
      consumer: 99_999,
      wire_bytes: 1099511627777n,
      kbps: 0.001,
    },
  ]);
});

test("openParquet() writes a file without rows", async () => {
  const { file } = await write([]);
  assert.equal(parquetMetadata(file).num_rows, 0n);
  assert.deepEqual(await parquetReadObjects({ file }), []);
});

test("openParquet() hands on each row group before it takes more rows", async () => {
  const count = PARQUET_GROUP_ROWS * 2 + 1;
  const { file, pieces } = await write(
    (function* () {
      for (let i = 0; i < count; i++) yield row({ second: i, run: `run ${i % 3}` });
    })(),
  );
  const { num_rows, row_groups } = parquetMetadata(file);
  assert.equal(num_rows, BigInt(count));
  assert.deepEqual(row_groups.map((group) => Number(group.num_rows)), [65_536, 65_536, 1]);
  assert.equal(pieces, 4);
  const rows = await parquetReadObjects({ file, rowStart: 131_071, rowEnd: 131_073 });
  assert.deepEqual(rows.map(({ second, run }) => [second, run]), [
    [131_071, "run 1"],
    [131_072, "run 2"],
  ]);
});
