import process from "node:process";
import { warn } from "../../terminal/terminal.ts";

/** Calls at each SIGUSR2, which asks for a dump. @returns ends that */
export function onDumpSignal(call: () => void): () => void {
  if (process.platform === "win32") return () => {};
  process.on("SIGUSR2", call);
  return () => process.off("SIGUSR2", call);
}

/** Takes SIGUSR2 where nothing is kept: unheard it ends the process. @returns ends that */
export function refuseDumpSignal(): () => void {
  let isTold = false;
  return onDumpSignal(() => {
    if (!isTold) warn("no dump for SIGUSR2: nothing is kept; see --keep. Recording goes on");
    isTold = true;
  });
}
