import { pageSection } from "../../../page/page_parts.ts";
import type { RewindPage } from "../rewind_page.ts";

/** How often fixed rewinds agree with the game, as a curve; each policy as a line across. */
export function accuracySection({ policies, shots, sweep }: RewindPage): string {
  if (sweep.length < 2) {
    const whyNot = shots.length === 0
      ? "there are no shots"
      : policies.every(({ accuracy }) => accuracy === null)
      ? "no shot says what the game made of it, so nothing can agree with that; log with each shot " +
        "whom the game hit, or that it missed, and map it to <code>verdict</code>"
      : "no range of fixed rewinds was asked for";
    return pageSection({
      title: "Accuracy over rewind",
      content: `<p class="hint">Not swept: ${whyNot}.</p>`,
    });
  }
  return pageSection({
    title: "Accuracy over rewind",
    hint: "Share of the shots on which a fixed rewind agrees with the game; each policy a line.",
    content: `<figure class="curve"><canvas id="curve" role="img" tabindex="0"
aria-label="Accuracy over rewind"></canvas><ul class="labels" aria-label="Policies"></ul></figure>
<p class="reading" id="reading" aria-live="polite"></p>`,
  });
}
