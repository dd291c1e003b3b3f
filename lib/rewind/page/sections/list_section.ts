import type { RewindPage } from "../rewind_page.ts";

/** The shots as a list with filters; the scripts fill it. */
export function listSection({ scrubMs }: RewindPage): string {
  return `<section class="list" aria-labelledby="list-title"><h2 id="list-title">Shots <small id="shot-count"></small></h2>
<div class="filters">
<select data-filter="policy" aria-label="Policy"><option value="">any policy</option></select>
<select data-filter="cause" aria-label="Cause of a disagreement"><option value="">any cause</option></select>
<select data-filter="game" aria-label="Verdict of the game"><option value="">hits and misses</option>
<option value="hit">hits of the game</option><option value="miss">misses of the game</option></select>
<label><input type="checkbox" data-filter="differs"> disagreements only</label>
</div>
<p class="list-legend">A mark a policy, in the order of the table: filled where it disagrees with the
game, hollow where it agrees, a dash where one of them has no verdict. The bar: rewinds at which the ray
hits, up to ${scrubMs} ms.</p>
<div role="status"><p id="no-shots" class="notice" hidden>No shot passes the filters.
<button type="button" id="all-shots">Take them off</button></p></div>
<div id="shots" role="listbox" tabindex="0" aria-labelledby="list-title"></div>
<p class="on-paper">The list of shots is not printed.</p>
</section>`;
}
