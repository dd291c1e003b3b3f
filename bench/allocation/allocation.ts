/** Shows that neither end of a stream allocates in the steady state; see README.md. */
import process from "node:process";
import { ACK_POLICIES } from "../../mod.ts";
import { allocatedPerPacket, IS_COUNTED, NOISE_BYTES } from "./allocated_bytes.ts";
import { PATHS, type SteadyState } from "./steady_state.ts";

/** Runs a path long enough for the collector to show up in its log. */
function runUncounted(path: SteadyState): void {
  console.error(`--- ${path.name}`);
  for (let i = 0; i < 500_000; i++) path.step();
}

function report(path: SteadyState): boolean {
  const bytes = allocatedPerPacket(path);
  const isClean = bytes < NOISE_BYTES;
  console.log(
    `${path.name.padEnd(32)} ${bytes.toFixed(3)} B/packet${isClean ? "" : "  ALLOCATES"}`,
  );
  return isClean;
}

const paths = PATHS.flatMap((path) => ACK_POLICIES.map((policy) => path(policy)));
if (IS_COUNTED) {
  const isClean = paths.map(report).every((clean) => clean);
  console.log(`growth of V8's heap; below ${NOISE_BYTES} B/packet is noise`);
  if (!isClean) process.exitCode = 1;
} else {
  console.log(
    "This runtime does not count allocated bytes. With BUN_JSC_logGC=1 in the environment,",
  );
  console.log("collections appear between the names of the paths; one that allocates has many.");
  paths.forEach(runUncounted);
}
