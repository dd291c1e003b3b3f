import { policyColor } from "../policy_look.js";
import { measured } from "../scene/label_list.js";
import { shortText } from "../scene/short_text.js";
import { percentText } from "./reading.js";
import { spreadEnds } from "./spread_ends.js";

/** Pixels from the end of a line to its label. */
const LEADER = 14;

const GAP = 18;

/** Pixels that the labels of policies take at the right of a curve. */
export function widthOfEnds(context, policies, width) {
  if (policies.length === 0) return 0;
  const wishes = wishesOf(context, policies, width);
  const [rest] = measured(context, [{ text: restText(policies.length) }]);
  // Few labels find room at any height of the curve.
  const all = policies.length < 6 ? wishes : [...wishes, rest];
  return Math.max(...all.map((wish) => wish.width)) + LEADER;
}

/**
 * Labels of policies beside the ends of their lines, with their places. Of those for which there is
 * no room the last one says how many they are; all stand in the table of policies.
 */
export function endLabels(context, policies, { bottom, right, top, y }, width) {
  const wishes = wishesOf(context, policies, width);
  const wanted = policies.map(({ accuracy }) => y(accuracy));
  const heights = spreadEnds(wanted, GAP, top, bottom);
  const left = heights.filter((height) => height === undefined).length;
  const lowest = heights.indexOf(Math.max(...heights.filter((height) => height !== undefined)));
  return wishes.flatMap((wish, i) => {
    const middle = heights[i];
    if (middle === undefined) return [];
    const isLast = left > 0 && i === lowest;
    const place = { left: right + LEADER, top: middle - 8.5, bottom: middle + 8.5 };
    const [shown] = isLast
      ? measured(context, [{ text: restText(left + 1), tone: wish.tone }])
      : [wish];
    return [{ wish: shown, place, end: [right, wanted[i]] }];
  });
}

function restText(count) {
  return `+${count} lower`;
}

function wishesOf(context, policies, width) {
  const isNarrow = width < 420;
  return measured(
    context,
    policies.map(({ accuracy, index, policy }) => ({
      text: isNarrow ? shortText(policy, 12) : `${shortText(policy, 16)} ${percentText(accuracy)}`,
      tone: policyColor(index),
    })),
  );
}
