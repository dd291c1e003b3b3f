/**
 * A game server: 30 frames a second to whoever connects, with lag compensation, recorded if asked.
 * Runs as it is on Deno, Bun and Node.
 */
import type { AddressInfo } from "node:net";
import process from "node:process";
import { type Flags, readFlags } from "./server/flags.ts";
import { createPageServer } from "./server/http.ts";
import { runAtRate } from "./server/loop.ts";
import { Match } from "./server/match.ts";
import { MatchRecording } from "./server/recording.ts";
import { RATE_HZ } from "./shared/rules.ts";
import { acceptSockets } from "./server/sockets.ts";

async function main({ bots, host, port, record, seconds, seed }: Flags): Promise<void> {
  const source = { game: "arena", seed: String(seed), bots: String(bots) };
  const recording = record === undefined ? undefined : await MatchRecording.open(record, source);
  const match = new Match({ seed, bots, recording });
  const pages = createPageServer();
  const { sockets, refused } = acceptSockets(pages, (socket, query) => match.join(socket, query));

  let slowestMs = 0;
  const stopLoop = runAtRate(RATE_HZ, () => {
    const startMs = performance.now();
    match.tick(startMs);
    // The first second is the compiler's.
    if (match.counts.frames > RATE_HZ) slowestMs = Math.max(slowestMs, performance.now() - startMs);
    if (match.counts.frames >= seconds * RATE_HZ) stop();
  });

  let isStopping = false;
  async function stop(): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    stopLoop();
    for (const socket of sockets.clients) socket.close(1001, "The server stops");
    await recording?.close();
    const { frames, packets, bytes, leftOut, shots, hits } = match.counts;
    console.log(
      `played ${frames} frames, the slowest took ${slowestMs.toFixed(1)} ms; ` +
        `sent ${packets} packets of ${bytes} bytes, left ${leftOut} out; ` +
        `decided ${shots} shots, ${hits} hits; ` +
        `refused ${refused.messages} messages, ${refused.sockets} sockets`,
    );
    // The sockets get a moment to say goodbye, and whoever does not answer is not waited for.
    setTimeout(() => process.exit(), 100);
  }
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);

  pages.on("error", (error) => {
    console.error(`Cannot serve on ${host}:${port}: ${error.message}`);
    process.exitCode = 1;
    stop();
  });
  pages.listen(port, host, () => {
    const { port } = pages.address() as AddressInfo;
    console.log(`arena on http://${host}:${port}/ with seed ${seed} and ${bots} bots`);
  });
}

try {
  await main(readFlags(process.argv.slice(2)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
