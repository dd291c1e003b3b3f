import type { PolicySummary } from "../../../lib/rewind.ts";
import { COUNT_TEXTS } from "../../../lib/rewind/verdict/cause/count_texts.ts";
import { fittedText } from "../../terminal/fitted_text.ts";
import { textTable } from "../../terminal/text_table.ts";
import { left, right } from "./columns.ts";
import { countText, percent } from "./figures.ts";

/** A line a policy, with a column for every cause that occurs. */
export function policyLines(policies: readonly PolicySummary[]): string[] {
  const words = Object.keys(policies[0]?.causes ?? {}).filter((word) =>
    word !== "agrees" && policies.some(({ causes }) => causes[word as "geometry"] > 0)
  );
  const hasSkipped = policies.some(({ skipped }) => skipped > 0);
  // A rule that asks for the future is, on those shots, the rule not to rewind.
  const clamps = CLAMPS.filter(([clamp]) =>
    policies.some(({ clamped }) => (clamped[clamp] ?? 0) > 0)
  );
  const titles = [
    ...["accuracy", "tp", "fp", "tn", "fn", ...words],
    ...clamps.map(([, title]) => title),
    ...(hasSkipped ? ["skipped"] : []),
  ];
  const columns = [left("policy"), ...titles.map(right)];
  const rows = policies.map((policy) => [
    policy.policy,
    policy.accuracy === null ? "-" : percent(policy.accuracy),
    ...[policy.tp, policy.fp, policy.tn, policy.fn].map(String),
    ...words.map((word) => countText(policy.causes[word as "geometry"])),
    ...clamps.map(([clamp]) => countText(policy.clamped[clamp] ?? 0)),
    ...(hasSkipped ? [countText(policy.skipped)] : []),
  ]);
  return [...fittedText(COUNTS, { indent: "  " }), ...textTable(columns, rows)];
}

/** What the counts of shots are. */
const COUNTS = `shots: ${
  COUNT_TEXTS.map(({ key, words }) => `${key} ${words}`).join(", ")
}; causes`;

/** What cuts a rewind, and what the table calls it. */
const CLAMPS: readonly [clamp: "now" | "limit" | "ring" | "recording", title: string][] = [
  ["now", "clamped to now"],
  ["limit", "cut by its limit"],
  ["ring", "cut by the ring"],
  ["recording", "cut by the start"],
];
