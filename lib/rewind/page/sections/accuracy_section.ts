import { pageSection } from "../../../page/page_parts.ts";
import type { RewindPage } from "../rewind_page.ts";

/** How often fixed rewinds agree with the game, as a curve; each policy as a line across. */
export function accuracySection({ sweep }: RewindPage): string {
  if (sweep.length < 2) {
    return pageSection({
      title: "Accuracy over rewind",
      content: `<p class="hint">Not swept.</p>`,
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
