import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Recorder as ListeningRecorder,
  startRecorder,
  until,
} from "../../cli/record/listen/recorder_test_helper.ts";

/** How long a file has to stay as it is until all that came is in it. */
const QUIET_MS = 400;

/** `hindcast record` as a process that listens on a TCP port of this machine. */
export class Recorder {
  readonly path: string;
  readonly port: number;
  readonly #recorder: ListeningRecorder;

  private constructor(path: string, recorder: ListeningRecorder) {
    this.path = path;
    this.port = recorder.ports.get("tcp")!;
    this.#recorder = recorder;
  }

  /** Starts one. @param port 0 for any that is free */
  static async start(path: string, port = 0, options: readonly string[] = []): Promise<Recorder> {
    const url = `tcp://127.0.0.1:${port}`;
    const flags = ["--listen", url, "-o", path, "--flush-ms", "50", ...options];
    return new Recorder(path, await startRecorder(".", flags));
  }

  /** Waits until nothing comes any more, and ends it as Ctrl-C does. @returns what it said */
  async stop(exitCode = 0): Promise<string> {
    for (let size = -1, now = this.#size(); now !== size; now = this.#size()) {
      size = now;
      await sleep(QUIET_MS);
    }
    return await this.end(exitCode);
  }

  /** Ends it as Ctrl-C does. @returns what it said */
  async end(exitCode = 0): Promise<string> {
    assert.equal(await this.#recorder.stop("SIGINT"), exitCode, this.#recorder.said());
    return this.#recorder.said();
  }

  /** Waits until it has written something. */
  async begun(): Promise<void> {
    await until(() => this.#size() >= 2048);
  }

  #size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }
}
