import { DEFAULT_SETTINGS, type RunSettings } from "./run_settings.ts";

/** A setting as names and headings show it. */
export interface SettingText {
  /** Name, as in the options: `history`, `send-rate`. */
  readonly name: string;
  /** Its value in short; undefined where the setting is that nothing is set. */
  readonly text: string | undefined;
}

/** Settings that tell runs apart beside policy, codec and network, in the order of names. */
export const SETTING_TEXTS: readonly ((settings: RunSettings) => SettingText)[] = [
  ({ wire }) => ({ name: "wire", text: wire ?? undefined }),
  ({ sendEvery, sendRateHz }) =>
    sendRateHz === null
      ? { name: "send-every", text: numberText(sendEvery) }
      : { name: "send-rate", text: numberText(sendRateHz) },
  ({ keyframeEvery }) => ({ name: "keyframe-every", text: numberText(keyframeEvery) }),
  ({ mtu }) => ({ name: "mtu", text: numberText(mtu) }),
  ({ history }) => ({ name: "history", text: numberText(history) }),
  ({ interest }) => ({
    name: "interest",
    text: interest === null ? undefined : `${interest.radius}@${interest.position.join(",")}`,
  }),
  ({ interest }) => ({ name: "own", text: interest?.ownKind }),
  ({ lod }) => ({
    name: "lod",
    text: lod?.map(({ name, distance, fields }) =>
      `${name}=${distance}:${typeof fields === "string" ? fields : fields.join(",")}`
    ).join(","),
  }),
  ({ budgetKbps }) => ({
    name: "budget",
    text: budgetKbps === null ? undefined : `${budgetKbps}kbps`,
  }),
  ({ churn }) => ({ name: "churn", text: churn === null ? undefined : churnText(churn) }),
  ({ consumers }) => ({ name: "consumers", text: numberText(consumers) }),
  ({ seed }) => ({ name: "seed", text: numberText(seed) }),
  ({ figures }) => ({ name: "figures", text: figures }),
  ({ interpMs }) => ({ name: "interp", text: numberText(interpMs) }),
  ({ freezeMs }) => ({ name: "freeze", text: numberText(freezeMs) }),
];

/** Settings that have a place of their own in every heading. */
const APART: readonly string[] = ["wire", "consumers", "seed"];

/**
 * Settings that all runs share and that are not the default, such as `history 128`; consumers, seed
 * and what stands in the names of runs are left out.
 */
export function sharedSettings(runs: readonly { readonly settings: RunSettings }[]): string[] {
  return SETTING_TEXTS.flatMap((textOf) => {
    const texts = new Set(runs.map(({ settings }) => shownText(textOf(settings))));
    const [text] = texts;
    const { name } = textOf(DEFAULT_SETTINGS);
    if (texts.size !== 1 || APART.includes(name)) return [];
    return text === shownText(textOf(DEFAULT_SETTINGS)) ? [] : [text!];
  });
}

function shownText({ name, text }: SettingText): string {
  return `${name} ${text ?? "none"}`;
}

/** Seeds of runs: `seed 1`, or `seeds 1, 2, 3`, at most eight of them. */
export function seedsText(
  seed: number,
  runs: readonly { readonly settings: RunSettings }[],
): string {
  const seeds = [...new Set(runs.map(({ settings }) => settings.seed))];
  if (seeds.length < 2) return `seed ${seed}`;
  const shown = seeds.slice(0, 8).join(", ");
  return seeds.length > 8 ? `seeds ${shown} and ${seeds.length - 8} more` : `seeds ${shown}`;
}

/** `join=30s,away=500ms`. */
function churnText(churn: NonNullable<RunSettings["churn"]>): string {
  return Object.entries(churn).flatMap(([key, ms]) =>
    ms === null ? [] : [`${key.replace(/Ms$/, "")}=${timeText(ms)}`]
  ).join(",");
}

function timeText(ms: number): string {
  return ms >= 1000 && ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

function numberText(value: number | null): string | undefined {
  return value === null ? undefined : String(value);
}
