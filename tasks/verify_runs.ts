// Sends every recording of a folder through every policy, codec and kind of network and checks that
// each packet decodes to what its ack policy promises. Prints one line a recording; exit code 3 on a
// fault. Usage: deno task verify:runs FOLDER [CONSUMERS]
import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { namedNets, parseNetSpec } from "../lib/net.ts";
import { FileSource, RecordingReader } from "../lib/recording.ts";
import { measureBandwidth, RUN_DEFAULTS, type RunOptions } from "../lib/report.ts";
import { ACK_POLICIES, CODEC_NAMES } from "../lib/world.ts";

const [folder = "out", consumers = "8"] = process.argv.slice(2);
const NETS = [
  "none",
  "acklag=6",
  "delay=50,jitter=10,loss=5%",
  "delay=50,loss=2%,burst=8",
  "delay=30,jitter=20,jitterdist=normal,reorder=5%,duplicate=2%,rate=500,queue=20",
  ...namedNets().map(({ name }) => name),
];

let isFaulty = false;
for (const name of readdirSync(folder).filter((file) => file.endsWith(".mcap")).sort()) {
  const startMs = performance.now();
  const reader = await RecordingReader.open(new FileSource(join(folder, name)));
  let faults: string[] = [];
  let count = 0;
  // One network at a time: memory stays that of nine runs.
  for (const net of NETS) {
    const reports = await measureBandwidth(reader.layout, reader.snapshots(), runsOver(net));
    count += reports.length;
    faults = [
      ...faults,
      ...reports.filter((run) => !run.verified).map((run) => `${run.name}: ${run.fault}`),
    ];
  }
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(
    `${name}: ${reader.frameCount} frames, ${count} runs, ${faults.length} faults, ${seconds} s`,
  );
  for (const fault of faults) console.log(`  ${fault}`);
  isFaulty ||= faults.length > 0;
}
process.exitCode = isFaulty ? 3 : 0;

function runsOver(net: string): RunOptions[] {
  return ACK_POLICIES.flatMap((policy) =>
    CODEC_NAMES.map((codec) => ({
      ...RUN_DEFAULTS,
      policy,
      codec,
      net: parseNetSpec(net),
      consumers: Number(consumers),
    }))
  );
}
