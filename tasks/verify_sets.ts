// Records every set of a folder and compares every row with what comes back, one line a set:
// deno run -A tasks/verify_sets.ts ../shared/data
// A set is NAME.state.ndjson.gz, with its NAME.events.ndjson.gz beside it if there is one.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import type { FieldValues } from "../lib/core/state/state.ts";
import { FileSource, RecordingReader } from "../lib/recording.ts";

/** Sets in which a row is there only if it changed; all others are dense. */
const SPARSE_SETS = ["cubes", "cubes-float-240f"];

const STATE_END = ".state.ndjson.gz";
const EVENTS_END = ".events.ndjson.gz";
/** Keys of a row that are no fields. */
const ROW_KEYS = new Set(["f", "t", "id", "kind"]);

type Row = Record<string, number | string | boolean>;
type World = Map<number, Row>;

const folder = process.argv[2];
if (folder === undefined) {
  console.error("Name the folder that holds the sets");
  process.exit(2);
}
const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(STATE_END)).sort();
if (paths.length === 0) {
  console.error(`${folder} holds no ${STATE_END}`);
  process.exit(1);
}

const temporary = mkdtempSync(join(tmpdir(), "hindcast-sets-"));
try {
  for (const path of paths) {
    const isEqual = await verifySet(join(folder, path));
    if (!isEqual) process.exitCode = 3;
  }
} finally {
  rmSync(temporary, { recursive: true });
}

async function verifySet(statePath: string): Promise<boolean> {
  const name = basename(statePath, STATE_END);
  const isSparse = SPARSE_SETS.includes(name);
  const eventsPath = statePath.slice(0, -STATE_END.length) + EVENTS_END;
  const hasEvents = existsSync(eventsPath);
  const recording = join(temporary, `${name}.mcap`);

  const startMs = performance.now();
  const fault = record(statePath, [
    ...(isSparse ? ["--sparse"] : []),
    ...(hasEvents ? ["--events", eventsPath] : []),
    ...["-o", recording],
  ]);
  const recordSeconds = (performance.now() - startMs) / 1000;
  if (fault !== undefined) {
    console.log(`${name}: NOT RECORDED: ${fault}`);
    return false;
  }

  const source = new FileSource(recording);
  const reader = await RecordingReader.open(source);
  const rows = linesOf(statePath);
  const events = hasEvents ? linesOf(eventsPath) : [];
  const difference = await differenceOfStates(reader, rows, isSparse) ??
    await differenceOfEvents(reader, events);
  source.close();

  const kept = source.size / gzipBytes(statePath, hasEvents ? eventsPath : undefined);
  console.log([
    `${name}${isSparse ? " (sparse)" : ""}: ${reader.frameCount} frames`,
    `${rows.length} rows`,
    `${events.length} events`,
    `${source.size} bytes (${(kept * 100).toFixed(0)} % of its .gz)`,
    `${recordSeconds.toFixed(1)} s`,
    difference === undefined ? "ok" : `NOT EQUAL: ${difference}`,
  ].join(", "));
  return difference === undefined;
}

/** Runs `hindcast record` on this runtime. @returns what went wrong, if anything */
function record(statePath: string, options: readonly string[]): string | undefined {
  const main = new URL("../cli/main.ts", import.meta.url).pathname;
  const runtime = "Deno" in globalThis ? ["run", "-A", "--quiet"] : [];
  const { status, stderr } = spawnSync(process.execPath, [
    ...runtime,
    main,
    "record",
    statePath,
    ...options,
  ], { encoding: "utf8" });
  return status === 0 ? undefined : `exit code ${status}, ${stderr.trim()}`;
}

function linesOf(path: string): Row[] {
  const text = gunzipSync(readFileSync(path)).toString("utf8");
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Goes through rows and recording side by side. @returns the first difference, if any */
async function differenceOfStates(
  reader: RecordingReader,
  rows: readonly Row[],
  isSparse: boolean,
): Promise<string | undefined> {
  const snapshots = reader.snapshots();
  let world: World = new Map();
  for (let at = 0; at < rows.length;) {
    const { f, t } = rows[at]!;
    if (!isSparse) world = new Map();
    for (; at < rows.length && rows[at]!["f"] === f; at++) {
      const row = rows[at]!;
      world.set(row["id"] as number, { ...world.get(row["id"] as number), ...row });
    }
    let { done, value } = await snapshots.next();
    // Before its own row a sparse frame may have quiet ones, which repeat the frame before.
    while (isSparse && value && value.frame < Number(f)) ({ done, value } = await snapshots.next());
    if (done || !value) return `frame ${f} is missing`;
    const { frame, timeMs, entities } = value.toFrame();
    if (frame !== f) return `frame ${f} comes back as ${frame}`;
    if (t !== undefined && timeMs !== t) return `frame ${f} is at ${timeMs} ms, not ${t}`;
    if (entities.length !== world.size) {
      return `frame ${f} has ${entities.length} entities, not ${world.size}`;
    }
    for (const { id, kind, fields } of entities) {
      const row = world.get(id);
      if (row === undefined || kind !== (row["kind"] ?? "entity") || !hasFields(row, fields)) {
        return `entity ${id} of frame ${f} is ${JSON.stringify({ kind, ...fields })}`;
      }
    }
  }
  const { done, value } = await snapshots.next();
  return done ? undefined : `frame ${value.frame} was never sent`;
}

/** True when the fields are those of the row, down to the sign of zero. */
function hasFields(row: Row, fields: FieldValues): boolean {
  let count = 0;
  for (const name in row) {
    if (ROW_KEYS.has(name)) continue;
    if (!Object.is(fields[name], row[name])) return false;
    count++;
  }
  return count === Object.keys(fields).length;
}

async function differenceOfEvents(
  reader: RecordingReader,
  events: readonly Row[],
): Promise<string | undefined> {
  let count = 0;
  for await (const { data } of reader.events()) {
    if (!isDeepStrictEqual(data, events[count])) return `event ${count} is ${JSON.stringify(data)}`;
    count++;
  }
  return count === events.length ? undefined : `${count} events of ${events.length}`;
}

function gzipBytes(...files: readonly (string | undefined)[]): number {
  return files.reduce((sum, path) => sum + (path === undefined ? 0 : readFileSync(path).length), 0);
}
