import type { ReadStatesOptions } from "../states_options.ts";

/** How an input is read, as a check may change it. */
export interface CheckedOptions extends ReadStatesOptions {
  /** True when an id is another entity in each kind. */
  readonly idsByKind?: boolean | undefined;
}

/** Keys of frame, time, id and kind, as options give them. */
export function checkedKeys({ frameKey, timeKey, idKey, kindKey }: CheckedOptions) {
  return {
    frameKey: frameKey ?? "f",
    timeKey: timeKey ?? "t",
    idKey: idKey ?? "id",
    kindKey: kindKey ?? "kind",
  };
}
