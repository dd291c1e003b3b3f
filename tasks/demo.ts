// Runs the README's example from input to report, printing each command before its output.
import { spawnSync } from "node:child_process";
import process from "node:process";

const RECORDING = "out/duel.mcap";
const PAGE = "out/duel.report.html";

const COMMANDS = [
  `record testdata/duel/duel.state.ndjson.gz --events testdata/duel/duel.events.ndjson.gz -o ${RECORDING} --force`,
  `info ${RECORDING}`,
  `at ${RECORDING} --frame 700`,
  `report ${RECORDING} --consumers 100 --ack strict --ack nack --ack append --net delay=50,jitter=10,loss=2% --html ${PAGE}`,
];

for (const command of COMMANDS) {
  console.log(`\n$ hindcast ${command}`);
  const { status } = spawnSync(process.execPath, [
    ...runtimeArguments(),
    "cli/main.ts",
    ...command.split(" "),
  ], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
console.log(`\nwrote ${RECORDING} and ${PAGE}`);

function runtimeArguments(): string[] {
  return "Deno" in globalThis ? ["run", "-A"] : [];
}
