import type { EntityIds, PolicySummary, RuleSearch, ShooterSummary } from "../../../lib/rewind.ts";
import { textTable } from "../../terminal/text_table.ts";
import { left, right } from "./columns.ts";
import { percent, round } from "./figures.ts";

/** Shots by who shot: accuracy of each policy, and the best rule. */
export function shooterLines(
  shooters: readonly ShooterSummary[],
  policies: readonly PolicySummary[],
  ids: EntityIds,
): string[] {
  const columns = [
    right("shooter"),
    right("shots"),
    right("ping, ms"),
    ...policies.map(({ policy }) => right(policy)),
    left("best rule"),
  ];
  return textTable(
    columns,
    shooters.map(({ ping, policies: own, search, shooter, shots }) => [
      ids.textOf(shooter),
      String(shots),
      ping === undefined ? "-" : pingText(ping),
      ...own.map(({ accuracy }) => accuracy === null ? "-" : percent(accuracy)),
      search === undefined ? "-" : shooterRule(search),
    ]),
  );
}

function pingText({ max, median, min }: NonNullable<ShooterSummary["ping"]>): string {
  return min === max ? `${round(min)}` : `${round(median)} (${round(min)} to ${round(max)})`;
}

function shooterRule(search: RuleSearch): string {
  const { best, explains, isNoneAsGood, noneAgrees, shots } = search;
  const share = (agrees: number) => percent(agrees / shots);
  if (!explains) {
    return `no a*ping + b explains them (the best, ${best.policy}: ${share(best.agrees)})`;
  }
  const rule = `${best.policy} ${share(best.agrees)}`;
  if (!isNoneAsGood) return rule;
  const none = `none ${share(noneAgrees)}`;
  return noneAgrees >= best.agrees ? none : `${none}, or ${rule}`;
}
