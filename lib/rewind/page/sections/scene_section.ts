import { sceneFigures } from "./scene_figures.ts";

/** The shots as a list, and the one that is looked at: its figures, its scrubber, its verdicts. */
export function sceneSection(): string {
  return `<div class="stage">
<section class="list"><h2>Shots <small id="shot-count"></small></h2>
<div class="filters">
<select data-filter="policy" aria-label="Policy"><option value="">any policy</option></select>
<select data-filter="cause" aria-label="Cause"><option value="">any cause</option></select>
<select data-filter="game" aria-label="Verdict of the game"><option value="">hits and misses</option>
<option value="hit">hits of the game</option><option value="miss">misses of the game</option></select>
<label><input type="checkbox" data-filter="differs"> disagreements only</label>
</div>
<div id="shots"></div>
</section>
<section class="scene"><h2 id="shot-title"></h2><p class="hint" id="shot-facts"></p>
${sceneFigures()}
<div class="scrubber"><p id="readout"></p>
<input type="range" id="rewind" min="0" max="300" step="0.5" value="0" aria-label="Rewind in milliseconds">
<div id="flips" title="whom the ray hits at each rewind"></div></div>
<div class="scroll"><table class="verdicts"><thead><tr><th></th><th></th><th>back</th><th>frame</th><th>verdict</th>
<th>units</th><th>cause</th></tr></thead><tbody id="verdicts"></tbody></table></div>
<ul id="reasons"></ul>
</section>
</div>`;
}
