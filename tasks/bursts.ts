// Prints the README's table: 2 % of the packets lost one by one, and lost in bursts of 8.
// Usage: deno task bursts [RECORDING] [CONSUMERS]
import process from "node:process";
import { parseNetSpec } from "../lib/net.ts";
import { FileSource, RecordingReader } from "../lib/recording.ts";
import { measureBandwidth, RUN_DEFAULTS, type RunOptions } from "../lib/report.ts";

const [path = "out/duel.mcap", consumers = "100"] = process.argv.slice(2);
const NETS = ["delay=10,loss=2%", "delay=10,loss=2%,burst=8"];
const ACK_POLICIES = ["strict", "append"] as const;

const reader = await RecordingReader.open(new FileSource(path));
const runs = ACK_POLICIES.flatMap((policy) =>
  NETS.map((net): RunOptions => ({
    ...RUN_DEFAULTS,
    policy,
    net: parseNetSpec(net),
    consumers: Number(consumers),
  }))
);
const reports = await measureBandwidth(reader.layout, reader.snapshots(), runs);

console.log(
  "| ack | loss | mean run of losses | bytes p99 | bytes max | wrong field-frames | heal p99 | off by p99 | off by max |",
);
console.log("|---|---|--:|--:|--:|--:|--:|--:|--:|");
for (const run of reports) {
  if (!run.verified) throw new Error(`${run.name}: ${run.fault}`);
  const loss = run.net.includes("burst") ? "2 %, bursts of 8" : "2 %, one by one";
  // How far off positions are drawn, of the kind of which they are most.
  const errors = run.drawnError!.filter(({ field }) => field === "position");
  const largest = (figure: "p99" | "max") =>
    Math.max(...errors.map((error) => error[figure])).toFixed(1);
  const cells = [
    run.ack,
    loss,
    run.lossRuns.mean,
    run.bytesPerFrame.p99,
    run.bytesPerFrame.max,
    run.divergence.wrongFieldFrames,
    run.healFrames.max === 0 ? "-" : run.healFrames.p99,
    largest("p99"),
    largest("max"),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
