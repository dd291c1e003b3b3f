/** The three views of a shot, each with its controls, and what their marks mean. */
export function sceneFigures(): string {
  return `<div class="turn" role="group" aria-label="How the views are turned">
<span>seen</span><label><input type="radio" name="orientation" value="ray" checked> along the ray</label>
<label><input type="radio" name="orientation" value="world"> as the world lies</label>
<label title="Unity, Unreal: the views are mirrored"><input type="checkbox" id="left-handed"> left-handed axes</label></div>
<div class="views">
${figure("top", "from above")}
${figure("side", "from the side")}
${figure("aim", "along the ray")}
</div>
<p class="legend"><span><i class="key now"></i>now</span><span><i class="key scrubbed"></i>scrubbed to</span>
<span><i class="key seen"></i>on the shooter's screen</span><span><i class="key ray"></i>ray</span>
<span><i class="key trail"></i>path, a dot a frame</span><span>outlines and marks in a policy's colour: where it had the target, and where the ray enters</span>
<span>faint: dead, no target of this shooter's, or behind him; of many bodies those nearest to the ray are drawn</span>
<span>drag to move; Ctrl or ⌘ and wheel, two fingers or a double click to zoom; + − 0 and arrows in a figure</span></p>`;
}

function figure(view: string, caption: string): string {
  const button = (key: string, sign: string, name: string) =>
    `<button type="button" data-key="${key}" aria-label="${name} ${caption}" title="${name}">${sign}</button>`;
  return `<figure class="view-${view}"><figcaption>${caption}<small class="undrawn" hidden></small><small class="left-count" hidden></small></figcaption>
<canvas id="${view}" role="img" tabindex="0" aria-label="The shot ${caption}" aria-keyshortcuts="+ - 0"></canvas>
<ul class="labels" aria-label="Labels ${caption}"></ul>
<ul class="left-list" aria-label="Without a label ${caption}"></ul>
<div class="tools" role="group" aria-label="Zoom ${caption}">${
    button("+", "+", "larger") + button("-", "−", "smaller") + button("0", "fit", "as at first")
  }</div></figure>`;
}
