import { type ChildProcess, spawn } from "node:child_process";
import { createSocket, type Socket as DatagramSocket } from "node:dgram";
import { connect, type Socket } from "node:net";
import { endWithFolder } from "../../in_folder_test_helper.ts";
import process from "node:process";
import { type Runtime, THIS_RUNTIME } from "../../run_cli_test_helper.ts";

/** Time in which what a test waits for comes, or never does. */
const WAIT_MS_MAX = 45_000;

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

/**
 * Starts `hindcast record` with arguments, and waits until it listens. It ends with the folder of the
 * test, or with this process.
 */
export async function startRecorder(
  cwd: string,
  args: readonly string[],
  runtime: Runtime = THIS_RUNTIME,
): Promise<Recorder> {
  const child = spawn(runtime.command, runtime.arguments(["record", ...args]), { cwd });
  let text = "";
  child.stderr.on("data", (bytes) => text += bytes);
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  endWithFolder(async () => {
    kill();
    // Nobody may have read what it wrote.
    child.stdout.resume();
    await closed;
  });
  const wanted = args.filter((word) => word === "--listen").length;
  const ports = new Map<string, number>();
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
    process.off("exit", kill);
  });
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
      const timer = setTimeout(kill, WAIT_MS_MAX);
      return await closed.finally(() => clearTimeout(timer));
    },
  };
}

/** A TCP connection, with the lines that it is told. */
export async function connectTcp(port: number): Promise<{ socket: Socket; told: string[] }> {
  const socket = connect(port, "127.0.0.1");
  const told: string[] = [];
  socket.on("data", (bytes) => told.push(...String(bytes).trimEnd().split("\n")));
  socket.on("error", () => {});
  endWithFolder(() => socket.destroy());
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
  endWithFolder(() => socket.close());
  socket.onmessage = ({ data }) => told.push(String(data));
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("no WebSocket"));
  });
  return { socket, told };
}

/** A socket that sends datagrams, with the lines that it is told. */
export function openUdp(): { socket: DatagramSocket; told: string[] } {
  const socket = createSocket("udp4");
  const told: string[] = [];
  let isOpen = true;
  socket.on("close", () => isOpen = false);
  socket.on("message", (bytes) => told.push(...String(bytes).trimEnd().split("\n")));
  endWithFolder(() => void (isOpen && socket.close()));
  return { socket, told };
}

/** Waits until something is so. @throws {Error} when it never is */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const startMs = performance.now();
  while (!await isSo()) {
    if (performance.now() - startMs > WAIT_MS_MAX) throw new Error(`Waited in vain for ${isSo}`);
    await sleep(10);
  }
}

/** Waits. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
