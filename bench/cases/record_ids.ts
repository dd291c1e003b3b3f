/** What ids of any text and fields that come and go cost `record`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchCase, Candidate } from "../harness/bench_case.ts";
import { BARE, command, HINDCAST } from "../harness/command.ts";
import { ResultHash } from "../harness/result_hash.ts";
import { linesOf } from "../states/duel_files.ts";

const PLAYERS = 16;
const FRAMES = 12_000;
const SHORT_FRAMES = 50;

/** Ids of players as a game may have them. */
interface Ids {
  readonly name: string;
  readonly json: (player: number) => string;
  readonly playerOf: (id: string) => number;
  /** True when every second row has `null` for a field. */
  readonly hasNulls: boolean;
}

const uuid = (player: number) => `3f1f9a1e-7c55-4a53-8a0f-aa31f1c0${1000 + player}`;
const uuidPlayer = (id: string) => Number(id.slice(-4)) - 1000;

const WAYS: readonly Ids[] = [
  { name: "u32 ids, no nulls", json: String, playerOf: Number, hasNulls: false },
  {
    name: "UUIDs, no nulls",
    json: (player) => `"${uuid(player)}"`,
    playerOf: uuidPlayer,
    hasNulls: false,
  },
  {
    name: "UUIDs, nulls",
    json: (player) => `"${uuid(player)}"`,
    playerOf: uuidPlayer,
    hasNulls: true,
  },
];

/** Rows of players that walk, turn and aim at one another. */
function rowsOf({ json, hasNulls }: Ids, frames: number): string {
  const lines: string[] = [];
  for (let f = 0; f < frames; f++) {
    for (let player = 0; player < PLAYERS; player++) {
      const [x, yaw] = [(f * (player + 3)) % 4096, (f * 7 + player * 100) % 360];
      const aim = hasNulls && (f + player) % 2 === 1 ? "null" : String((f >> 4) % PLAYERS);
      lines.push(
        `{"f":${f},"t":${f * 50},"id":${json(player)},"kind":"player","x":${x / 8},"y":${-x / 4},` +
          `"yaw":${yaw},"hp":${100 - (f >> 6) % 50},"aim":${aim}}`,
      );
    }
  }
  return lines.join("\n") + "\n";
}

/** Hash of the rows that a recording gives back, whatever ids and nulls they came with. */
function hashOf(text: string, { playerOf }: Ids): string {
  const rows = linesOf(text).map((line) => {
    const { id, aim: _, ...row } = JSON.parse(line) as Record<string, unknown>;
    return JSON.stringify({ player: playerOf(String(id)), ...row });
  });
  return String(new ResultHash().text(rows.join("\n")));
}

async function candidateOf(ids: Ids, index: number, folder: string, frames: number) {
  const [input, output] = [join(folder, `${index}.ndjson`), join(folder, `${index}.mcap`)];
  writeFileSync(input, rowsOf(ids, frames));
  const args = [HINDCAST, "record", input, "-o", output, "--force"];
  await command({ name: "record", args, folder }).run(1);
  const rows = join(folder, "rows.ndjson");
  await command({ name: "cat", args: [HINDCAST, "cat", output, "-o", rows], folder }).run(1);
  const result = hashOf(readFileSync(rows, "utf8"), ids);
  return command({ name: ids.name, args, folder }, { parts: frames * PLAYERS, result });
}

/** Recording of the same rows under ids of different sorts. */
export const RECORD_ID_CASES: readonly BenchCase[] = [
  {
    name: "ids",
    title: "record of the same rows under UUIDs, and with nulls, against u32 ids without any",
    unit: "ns a row",
    reach: [
      { candidate: "UUIDs, no nulls", ratioMax: 1.5 },
      { candidate: "UUIDs, nulls", ratioMax: 1.5 },
    ],
    async prepare({ isShort }) {
      const folder = mkdtempSync(join(tmpdir(), "hindcast-bench-"));
      const frames = isShort ? SHORT_FRAMES : FRAMES;
      const candidates: Candidate[] = [];
      for (const [index, ids] of WAYS.entries()) {
        candidates.push(await candidateOf(ids, index, folder, frames));
      }
      return {
        candidates,
        lessEach: command({ name: "bare runtime", args: [BARE], folder }),
        steps: 1,
        close: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  },
];
