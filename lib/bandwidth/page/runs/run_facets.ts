import { SETTING_TEXTS, type SettingText } from "../../report/setting_text.ts";
import type { RunReport } from "../../report/run_report.ts";

/** One thing in which runs differ. */
export interface RunFacet {
  /** Name, as in the options: `net`, `send-every`. */
  readonly name: string;
  /** Its values, in the order in which runs have them first. */
  readonly values: readonly string[];
  /** Place in `values` of each run's value, one element a run. */
  readonly of: readonly number[];
}

type Settled = Pick<RunReport, "ack" | "codec" | "net" | "settings">;

/** What has a place of its own in every name, the network first: it is nobody's choice. */
const NAMED: readonly ((run: Settled) => SettingText)[] = [
  ({ net }) => ({ name: "net", text: net }),
  ({ ack }) => ({ name: "ack", text: ack }),
  ({ codec }) => ({ name: "codec", text: codec }),
];
const SET = SETTING_TEXTS.map((textOf) => ({ settings }: Settled) => textOf(settings));

/** Everything in which runs differ: network, ack policy, codec, then settings in order of names. */
export function runFacets(runs: readonly Settled[]): RunFacet[] {
  return [...NAMED, ...SET].flatMap((textOf) => {
    const texts = runs.map(textOf);
    const names = [...new Set(texts.map(({ name }) => name))];
    const shown = texts.map(({ name, text = "none" }) =>
      names.length === 1 ? text : `${name}=${text}`
    );
    const values = [...new Set(shown)];
    if (values.length < 2) return [];
    return [{ name: names.join(", "), values, of: shown.map((text) => values.indexOf(text)) }];
  });
}
