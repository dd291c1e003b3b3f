/** Times appends and look-ups against the seed in Go, case by case; see README.md. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { SEED_CASES } from "./seed_cases.ts";

const ROUNDS = 9;
const OPERATIONS = 400_000;

/** Builds the seed; undefined where there is no Go. */
function buildSeed(): string | undefined {
  const program = join(mkdtempSync(join(tmpdir(), "seed-")), "seed");
  const cwd = fileURLToPath(new URL("go", import.meta.url));
  return spawnSync("go", ["build", "-o", program, "."], { cwd }).status === 0 ? program : undefined;
}

function runSeed(program: string, name: string): { ns: number; hash: string } {
  const { stdout } = spawnSync(program, ["-operations", String(OPERATIONS), name], {
    encoding: "utf8",
  });
  return JSON.parse(stdout) as { ns: number; hash: string };
}

function cpuNs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

function middle(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >>> 1]!;
}

const [word = "", warm] = process.argv.slice(2);
const seed = buildSeed() ?? process.exit(1);
const entries = Object.entries(SEED_CASES);
if (warm !== undefined) { for (const [, [, make]] of entries) make().run(1_000_000); }
for (const [name, [seedName, make]] of entries) {
  if (!name.includes(word)) continue;
  const ours = make();
  const hashes = [ours.hash(), runSeed(seed, seedName).hash];
  ours.run(1_000_000);
  const times: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = cpuNs();
    ours.run(OPERATIONS);
    const ns = (cpuNs() - start) / OPERATIONS;
    times.push(ns);
    ratios.push(ns / runSeed(seed, seedName).ns);
  }
  const same = hashes[0] === hashes[1] ? "" : "  ANOTHER HASH";
  console.log(
    `${name.padEnd(40)} ${middle(times).toFixed(1).padStart(7)} ns  ${
      middle(ratios).toFixed(2).padStart(6)
    } x Go${same}`,
  );
}
