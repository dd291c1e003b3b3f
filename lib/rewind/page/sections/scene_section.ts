import type { RewindPage } from "../rewind_page.ts";
import { listSection } from "./list_section.ts";
import { sceneFigures } from "./scene_figures.ts";
import { verdictSection } from "./verdict_section.ts";

/** The shots as a list, and the one that is looked at: its figures, its scrubber, its verdicts. */
export function sceneSection(page: RewindPage): string {
  return `<div class="told" role="status"><p id="link-note" class="notice" hidden></p></div>
<div class="stage">
${listSection(page)}
<section class="scene" aria-labelledby="shot-title"><div class="shot-head"><div><h2 id="shot-title"></h2>
<p class="hint" id="shot-facts"></p></div>
<div class="steps" role="group" aria-label="Go to another shot">
<button type="button" id="previous-shot" title="previous shot (k)">← shot</button>
<button type="button" id="next-shot" title="next shot (j)">shot →</button>
<button type="button" id="previous-differing" title="previous disagreement (p)">← disagreement</button>
<button type="button" id="next-differing" title="next disagreement (n)">disagreement →</button>
<button type="button" id="copy-link">Copy link</button>
<button type="button" id="show-keys" title="keys (?)">Keys</button>
</div></div>
${sceneFigures()}
<div class="scrubber"><p id="readout"></p>
<input type="range" id="rewind" min="0" max="300" step="0.5" value="0" aria-label="Rewind in milliseconds">
<div id="flips" aria-hidden="true" title="green: rewinds at which the ray hits"></div>
<p id="spoken" class="unseen" role="status"></p></div>
${verdictSection(page)}
</section>
</div>`;
}
