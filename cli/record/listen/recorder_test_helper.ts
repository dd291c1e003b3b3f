import { type ChildProcess, spawn } from "node:child_process";
import { connect, type Socket } from "node:net";
import { type Runtime, THIS_RUNTIME } from "../../run_cli_test_helper.ts";

/** A recorder that listens, in a process of its own. */
export interface Recorder {
  readonly child: ChildProcess;
  /** Port that it took, by scheme. */
  readonly ports: ReadonlyMap<string, number>;
  /** What it said on standard error so far. */
  said(): string;
  /** Its exit code, once it has ended; null after a signal that ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to end. @returns its exit code, null after a signal that ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `hindcast record` with arguments, and waits until it listens. */
export async function startRecorder(
  cwd: string,
  args: readonly string[],
  runtime: Runtime = THIS_RUNTIME,
): Promise<Recorder> {
  const child = spawn(runtime.command, runtime.arguments(["record", ...args]), { cwd });
  let text = "";
  child.stderr.on("data", (bytes) => text += bytes);
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  const wanted = args.filter((word) => word === "--listen").length;
  const ports = new Map<string, number>();
  let isClosed = false;
  void closed.then(() => isClosed = true);
  await until(() => {
    for (const [, scheme, port] of text.matchAll(/^listening on (\w+):\/\/.*:(\d+)$/gm)) {
      ports.set(scheme!, Number(port));
    }
    return ports.size === wanted || isClosed;
  });
  if (isClosed) throw new Error(`The recorder does not listen: ${text}`);
  return {
    child,
    ports,
    said: () => text,
    ended: closed,
    stop: async (signal = "SIGTERM") => {
      // Deno's own kill() hides the exit code.
      spawn("kill", [`-${signal.slice(3)}`, String(child.pid)]);
      return await closed;
    },
  };
}

/** A TCP connection, with the lines that it is told. */
export async function connectTcp(port: number): Promise<{ socket: Socket; told: string[] }> {
  const socket = connect(port, "127.0.0.1");
  const told: string[] = [];
  socket.on("data", (bytes) => told.push(...String(bytes).trimEnd().split("\n")));
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return { socket, told };
}

/** A WebSocket that is open, with the messages that it is told. */
export async function connectWs(
  port: number,
  path = "/",
): Promise<{ socket: WebSocket; told: string[] }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  const told: string[] = [];
  socket.onmessage = ({ data }) => told.push(String(data));
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("no WebSocket"));
  });
  return { socket, told };
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!await isSo()) await sleep(10);
}

/** Waits. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
