import { AsyncLocalStorage } from "node:async_hooks";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Time after which what a test that never ends has started is ended all the same. */
const TEST_MS_MAX = 150_000;

type End = () => unknown;

const scope = new AsyncLocalStorage<End[]>();

/** Does something in a new folder that is gone afterwards, with all that ends with it. */
export async function inFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "hindcast-cli-"));
  const ends: End[] = [];
  try {
    await scope.run(ends, () => action(folder));
  } finally {
    for (const end of ends.reverse()) await end();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Has something end with the folder of the test at hand, also when the test fails: a process or a
 * socket that is left keeps a runner of tests waiting for ever. Does nothing outside of a folder.
 *
 * @param end may be called when it has ended already
 */
export function endWithFolder(end: End): void {
  const ends = scope.getStore();
  if (ends === undefined) return;
  const timer = setTimeout(end, TEST_MS_MAX);
  timer.unref();
  ends.push(() => {
    clearTimeout(timer);
    return end();
  });
}
