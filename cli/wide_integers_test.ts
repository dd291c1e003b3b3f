import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pageDataOf } from "../lib/page_data_test_helper.ts";
import { MemorySink, RecordingWriter } from "../lib/recording.ts";
import type { StateFrame } from "../lib/world.ts";
import { sqlTable } from "../tasks/sql_table.ts";
import { hindcast, hindcastJson, inFolder } from "./run_cli_test_helper.ts";

const STEAM = 76561198000000001n;

function frameOf(frame: number, account: bigint, guild?: bigint): StateFrame {
  const fields = { account, ...(guild === undefined ? {} : { guild }) };
  const timeMs = frame * 50;
  return { frame, timeMs, entities: [{ id: 3, kind: "player", fields }] };
}

const FRAMES = [frameOf(0, STEAM), frameOf(1, STEAM, 7n), frameOf(2, 18446744073709551615n, 7n)];

async function recording(path: string, frames: readonly StateFrame[]): Promise<string> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { preview: true });
  for (const frame of frames) await writer.write(frame);
  await writer.close();
  writeFileSync(path, sink.bytes());
  return path;
}

test("at, cat and info print integers above 2^53 as texts of their digits, others as numbers", () =>
  inFolder(async (folder) => {
    const path = await recording(join(folder, "a.mcap"), FRAMES);
    const state = await hindcastJson<unknown>(["at", path, "--frame", "2", "--json"]);
    assert.deepEqual((state as { entities: unknown }).entities, [
      { id: 3, kind: "player", account: "18446744073709551615", guild: 7 },
    ]);
    const table = await hindcast(["at", path, "--frame", "2"]);
    assert.match(table.stdout, /18446744073709551615/);
    const rows = await hindcast(["cat", path]);
    assert.equal(
      rows.stdout,
      '{"f":0,"t":0,"id":3,"kind":"player","account":"76561198000000001"}\n' +
        '{"f":1,"t":50,"id":3,"kind":"player","account":"76561198000000001","guild":7}\n' +
        '{"f":2,"t":100,"id":3,"kind":"player","account":"18446744073709551615","guild":7}\n',
    );
    assert.match(
      rows.stderr,
      /integers above 9007199254740991 of "player.account" stand as texts of their digits/,
    );
    const cells = await hindcast(["cat", path, "--csv"]);
    assert.equal(
      cells.stdout,
      "f,t,id,kind,account,guild\r\n0,0,3,player,76561198000000001,\r\n" +
        "1,50,3,player,76561198000000001,7\r\n2,100,3,player,18446744073709551615,7\r\n",
    );
    type Info = { readonly kinds: readonly { readonly fields: unknown }[] };
    const info = await hindcastJson<Info>(["info", path, "--json"]);
    assert.deepEqual(info.kinds[0]!.fields, [
      {
        name: "account",
        type: "u64",
        min: "76561198000000001",
        max: "18446744073709551615",
        distinct: 2,
        step: 1,
      },
      { name: "guild", type: "u64", optional: true, min: 7, max: 7, distinct: 1, step: 1 },
    ]);
    const text = await hindcast(["info", path]);
    assert.match(text.stdout, /account +u64 +76561198000000001 +18446744073709551615 +1 +2/);
  }));

test("cat --parquet has unsigned 64-bit integers, as DuckDB reads them", () =>
  inFolder(async (folder) => {
    const path = await recording(join(folder, "a.mcap"), FRAMES);
    const table = join(folder, "a.parquet");
    const { code, stderr } = await hindcast(["cat", path, "--parquet", table]);
    assert.equal(code, 0, stderr);
    const ask = async (sql: string) =>
      (await sqlTable(sql)).slice(1).map((line) => line.trim().replaceAll(/ +/g, " "));
    assert.deepEqual(
      await ask(`SELECT column_type FROM (DESCRIBE FROM '${table}') WHERE column_name = 'account'`),
      ["UBIGINT"],
    );
    assert.deepEqual(await ask(`SELECT account, guild FROM '${table}' ORDER BY f`), [
      "76561198000000001 NULL",
      "76561198000000001 7",
      "18446744073709551615 7",
    ]);
    const above = `SELECT count(*) FROM '${table}' WHERE account > 18446744073709551614`;
    assert.deepEqual(await ask(above), ["1"]);
  }));

test("diff and merge tell integers above 2^53 apart by all of their digits", () =>
  inFolder(async (folder) => {
    const a = await recording(join(folder, "a.mcap"), FRAMES);
    const b = await recording(join(folder, "b.mcap"), [
      FRAMES[0]!,
      frameOf(1, STEAM + 1n, 7n),
      FRAMES[2]!,
    ]);
    const same = await hindcast(["diff", a, a]);
    assert.equal(same.code, 0, same.stdout);
    const text = await hindcast(["diff", a, b]);
    assert.equal(text.code, 3);
    assert.match(text.stdout, /76561198000000001.*76561198000000002/);
    const { stdout } = await hindcast(["diff", a, b, "--json"]);
    const { first } = JSON.parse(stdout);
    assert.deepEqual([first.field, first.a, first.b], [
      "account",
      "76561198000000001",
      "76561198000000002",
    ]);
    const later = await recording(join(folder, "later.mcap"), [
      { frame: 9, timeMs: 450, entities: [{ id: 3, kind: "player", fields: { account: 5 } }] },
    ]);
    const merged = join(folder, "merged.mcap");
    const merge = await hindcast(["merge", a, later, "-o", merged]);
    assert.equal(merge.code, 0, merge.stderr);
    const { stdout: rows } = await hindcast(["cat", merged, "--fields", "account"]);
    assert.deepEqual(
      rows.trimEnd().split("\n").map((line) => JSON.parse(line).account),
      ["76561198000000001", "76561198000000001", "18446744073709551615", 5],
    );
    const copy = join(folder, "copy.mcap");
    await hindcast(["cut", merged, "-o", copy]);
    assert.equal((await hindcast(["diff", merged, copy])).code, 0);
  }));

test("report sends u64 fields, and compares what arrives bit by bit", () =>
  inFolder(async (folder) => {
    const frames = Array.from({ length: 40 }, (_, i) => frameOf(i, STEAM + BigInt(i), 7n));
    const path = await recording(join(folder, "a.mcap"), frames);
    for (const codec of ["raw", "mask", "varint"]) {
      const page = join(folder, `${codec}.html`);
      const args = ["report", path, "--codec", codec, "--html", page];
      const { code, stderr, stdout } = await hindcast(args);
      assert.equal(code, 0, stderr + stdout);
      assert.match(stdout, /account/);
      assert.match(JSON.stringify(pageDataOf(readFileSync(page, "utf8"))), /account/);
    }
  }));
