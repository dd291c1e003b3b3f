/** The command `record`, and what a recording takes on the disk. */
import { Buffer } from "node:buffer";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import type { BenchCase, Candidate } from "../harness/bench_case.ts";
import { BARE, command, HINDCAST } from "../harness/command.ts";
import { ResultHash } from "../harness/result_hash.ts";
import { type DuelFiles, duelFiles, linesOf, repeated } from "../states/duel_files.ts";

const READ_BYTES = "./bench/scripts/read_bytes.ts";
const OBSERVE = "./bench/scripts/observe_states.ts";
const COMPRESS = "./bench/scripts/compress_blocks.ts";
const SPLIT_PARSE = "./bench/scripts/split_parse.ts";
const SPLIT_PARSE_WHOLE = "./bench/scripts/split_parse_whole.ts";

/** Times that the duel's minute is repeated where what is compiled as it runs is to count little. */
const LONG_REPEATS = 32;

/** Hash of rows, whatever their order in a frame and that of their keys; absence is no key. */
function hashOf(rows: readonly object[]): string {
  const lines = rows.map((row) => {
    const entries = Object.entries(row).filter(([, value]) => value !== null)
      .sort(([a], [b]) => a < b ? -1 : 1);
    return JSON.stringify(entries, (_, value) => typeof value === "bigint" ? Number(value) : value);
  });
  return String(new ResultHash().text(lines.sort().join("\n")));
}

function hashOfLines(text: string): string {
  return hashOf(linesOf(text).map((line) => JSON.parse(line) as object));
}

/** Hash of the rows that a recording gives back. */
async function hashOfRecording(path: string, folder: string): Promise<string> {
  const rows = join(folder, "rows.ndjson");
  const args = [HINDCAST, "cat", path, "--events", "none", "-o", rows];
  await command({ name: "cat", args, folder }).run(1);
  return hashOfLines(readFileSync(rows, "utf8"));
}

async function recordCandidates({ folder, longPath, longStates }: DuelFiles) {
  const output = join(folder, "long.mcap");
  const parts = Buffer.byteLength(longStates);
  const record = (result?: string) =>
    command({
      name: "record",
      args: [HINDCAST, "record", longPath, "-o", output, "--force"],
      folder,
      output,
    }, { parts, ...(result === undefined ? {} : { result, bytes: statSync(output).size }) });
  await record().run(1);
  const result = hashOfLines(longStates);
  const parse = (name: string, script: string) =>
    command({ name, args: [script, longPath], folder }, { parts, result });
  return [
    parse("split + JSON.parse", SPLIT_PARSE),
    parse("the same, the file as one text", SPLIT_PARSE_WHOLE),
    record(await hashOfRecording(output, folder)),
  ];
}

/** The command, what it starts with, and parts of its work alone; by bytes of the input. */
async function partCandidates({ folder, longPath, longStates }: DuelFiles) {
  const parts = Buffer.byteLength(longStates);
  const output = join(folder, "parts.mcap");
  const first = join(folder, "first.ndjson");
  writeFileSync(first, linesOf(longStates)[0]!);
  const script = (name: string, ...args: string[]) => command({ name, args, folder }, { parts });
  const record = (name: string, input: string, to: string) =>
    script(name, HINDCAST, "record", input, "-o", to, "--force");
  await record("record", longPath, output).run(1);
  return [
    script("split + JSON.parse", SPLIT_PARSE, longPath),
    record("record", longPath, join(folder, "again.mcap")),
    record("record of one row", first, join(folder, "first.mcap")),
    script("one reading, for the schema", OBSERVE, longPath),
    script("zstd of its blocks", COMPRESS, output),
    script("the file's bytes", READ_BYTES, longPath),
  ];
}

/** Candidate that is only looked at. */
function stored(name: string, bytes: number, result: string, buys: string): Candidate {
  return { name, bytes, result, buys, run: () => ({ cpuNs: 0, wallNs: 0, fold: bytes }) };
}

async function sizes({ folder, states, statesPath }: DuelFiles): Promise<Candidate[]> {
  const recording = join(folder, "states.mcap");
  const parquet = join(folder, "states.parquet");
  const run = (args: string[]) =>
    command({ name: args[0]!, args: [HINDCAST, ...args], folder }).run(1);
  await run(["record", statesPath, "-o", recording]);
  await run(["cat", recording, "--events", "none", "--parquet", parquet]);
  const text = Buffer.from(states);
  const gz = gzipSync(text, { level: 9 });
  const params = { [constants.ZSTD_c_compressionLevel]: 19 };
  const zst = zstdCompressSync(text, { params });
  const table = readFileSync(parquet);
  const rows = await parquetReadObjects({ file: new Uint8Array(table).buffer });
  return [
    stored(
      "recording",
      statSync(recording).size,
      await hashOfRecording(recording, folder),
      "any frame from one block, each under a CRC; read whole after a cut",
    ),
    stored(
      ".ndjson.gz",
      gz.length,
      hashOfLines(gunzipSync(gz).toString()),
      "rows from the start of the file on, level 9",
    ),
    stored(
      ".ndjson.zst",
      zst.length,
      hashOfLines(zstdDecompressSync(zst).toString()),
      "rows from the start of the file on, level 19",
    ),
    stored("Parquet", table.length, hashOf(rows), "columns by row group, for SQL"),
    stored(".ndjson", text.length, hashOfLines(states), "text that anything reads"),
  ];
}

/** Recording of NDJSON against parsing it, and against other files of the same rows. */
export const RECORD_CASES: readonly BenchCase[] = [
  {
    name: "record",
    title: "record from NDJSON, a process less the bare runtime's start, against parsing its lines",
    unit: "ns a byte",
    reach: [{ candidate: "record", ratioMax: 2 }],
    async prepare(setting) {
      const files = await duelFiles(setting);
      return {
        candidates: await recordCandidates(files),
        lessEach: command({ name: "bare runtime", args: [BARE], folder: files.folder }),
        steps: 1,
      };
    },
  },
  {
    name: "record-parts",
    title: "parts of record in processes of their own, less the bare start, against parsing lines",
    unit: "ns a byte",
    async prepare(setting) {
      const files = await duelFiles(setting);
      return {
        candidates: await partCandidates(files),
        lessEach: command({ name: "bare runtime", args: [BARE], folder: files.folder }),
        steps: 1,
      };
    },
  },
  {
    name: "record-long",
    title: "record from NDJSON of 107 MB, less the bare start, against parsing its lines",
    unit: "ns a byte",
    isLong: true,
    async prepare(setting) {
      const { folder, states } = await duelFiles(setting);
      const input = join(folder, "longer.ndjson");
      const rows = setting.isShort ? states : repeated(states, LONG_REPEATS);
      writeFileSync(input, rows);
      const parts = Buffer.byteLength(rows);
      const script = (name: string, ...args: string[]) =>
        command({ name, args, folder }, { parts });
      const output = join(folder, "longer.mcap");
      return {
        candidates: [
          script("split + JSON.parse", SPLIT_PARSE, input),
          script("record", HINDCAST, "record", input, "-o", output, "--force"),
        ],
        lessEach: command({ name: "bare runtime", args: [BARE], folder }),
        steps: 1,
        rounds: 3,
      };
    },
  },
  {
    name: "size",
    title: "bytes of the same rows in files",
    unit: "bytes",
    figure: "bytes",
    async prepare(setting) {
      return { candidates: await sizes(await duelFiles(setting)), steps: 1 };
    },
  },
];
