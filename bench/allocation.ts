/** Shows that `append` and `ack` allocate nothing in the steady state; see README.md. */
import process from "node:process";
import { POLICIES } from "../mod.ts";
import { allocatedPerAppend, COUNTER, NOISE_BYTES } from "./allocated_bytes.ts";
import { compiledPath, objectPath, snapshotPath, type SteadyState } from "./steady_state.ts";

const PATHS = [compiledPath, objectPath, snapshotPath];

/** Runs a path long enough for the collector to show up in its log. */
function runUncounted(path: SteadyState): void {
  console.error(`--- ${path.name}`);
  for (let i = 0; i < 500_000; i++) path.step();
}

function report(path: SteadyState): boolean {
  const bytes = allocatedPerAppend(path);
  const isClean = bytes < NOISE_BYTES;
  console.log(
    `${path.name.padEnd(24)} ${bytes.toFixed(3)} B/append${isClean ? "" : "  ALLOCATES"}`,
  );
  return isClean;
}

const paths = PATHS.flatMap((path) => POLICIES.map((policy) => path(policy)));
if (COUNTER === "none") {
  console.log(
    "This runtime does not count allocated bytes. With BUN_JSC_logGC=1 in the environment,",
  );
  console.log("collections appear between the names of the paths; one that allocates has many.");
  paths.forEach(runUncounted);
} else {
  const isClean = paths.map(report).every((clean) => clean);
  console.log(`V8's ${COUNTER}, 400 000 appends; below ${NOISE_BYTES} B/append is noise`);
  if (!isClean) process.exitCode = 1;
}
