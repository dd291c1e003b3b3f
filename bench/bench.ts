/** Times what hindcast does against what else does it, as ratios of one run; see README.md. */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ALL_CASES, casesNamed } from "./cases/all_cases.ts";
import { type Arguments, readArguments } from "./harness/arguments.ts";
import type { CaseResult } from "./harness/case_result.ts";
import { runtimeCommand } from "./harness/command.ts";
import { thisMachine } from "./harness/machine.ts";
import { resultLine, resultTable } from "./harness/result_table.ts";
import { runCase } from "./harness/run_case.ts";

/** Runs a case in a process of its own, so that no other case warms or spoils its code. */
function runApart(index: number, { rounds, input }: Arguments): CaseResult {
  const [program, ...start] = runtimeCommand();
  const file = fileURLToPath(import.meta.url);
  const options = ["--rounds", String(rounds), ...(input === undefined ? [] : ["--input", input])];
  const { status, stdout } = spawnSync(program!, [
    ...start,
    file,
    "--apart",
    String(index),
    ...options,
  ], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("it ended without a result");
  return JSON.parse(stdout) as CaseResult;
}

/** Runs cases one after another; of those that fail it tells why and goes on. */
async function runAll(given: Arguments, onResult: (result: CaseResult) => void): Promise<boolean> {
  let isWhole = true;
  for (const one of casesNamed(given.words)) {
    try {
      const result = given.isShort
        ? await runCase(one, given, given.rounds)
        : runApart(ALL_CASES.indexOf(one), given);
      onResult(result);
      if (result.differing.length > 0 && !result.mayDiffer) isWhole = false;
    } catch (error) {
      isWhole = false;
      console.error(`${one.name} failed: ${error instanceof Error ? error.message : error}`);
    }
  }
  return isWhole;
}

async function main(given: Arguments): Promise<void> {
  if (given.isList) {
    for (const { name, title, isLong } of ALL_CASES) {
      console.log(`${name.padEnd(16)} ${title}${isLong ? " (long: only by its whole name)" : ""}`);
    }
    return;
  }
  const machine = thisMachine();
  const cases: CaseResult[] = [];
  if (!given.isJson) {
    console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.system}, ${machine.runtime}`);
    if (!given.isShort) {
      console.log("medians and quartiles of ratios of the same round; CPU time of all threads");
    }
  }
  const isWhole = await runAll(given, (result) => {
    cases.push(result);
    if (!given.isJson) console.log(given.isShort ? resultLine(result) : `\n${resultTable(result)}`);
  });
  if (given.isJson) {
    console.log(JSON.stringify({ date: new Date().toISOString(), machine, cases }, null, 1));
  }
  if (!isWhole) process.exitCode = 1;
}

const given = readArguments(process.argv.slice(2));
if (given.apart !== undefined) {
  console.log(JSON.stringify(await runCase(ALL_CASES[given.apart]!, given, given.rounds)));
} else await main(given);
