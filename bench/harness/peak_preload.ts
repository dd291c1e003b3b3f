// Loaded into a process whose memory is looked at: leaves its peak in KiB behind when it ends.
import { writeFileSync } from "node:fs";
import process from "node:process";

process.on("exit", () => {
  const file = process.env["HINDCAST_BENCH_PEAK"];
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
