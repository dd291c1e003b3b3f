/** The three views of a shot, each with its controls, and what their marks mean. */
export function sceneFigures(): string {
  return `<div class="views">
<figure class="wide"><figcaption>from above</figcaption><canvas id="top" role="img" aria-label="The shot from above"></canvas></figure>
<figure class="wide"><figcaption>from the side</figcaption><canvas id="side" role="img" aria-label="The shot from the side"></canvas></figure>
<figure class="aim"><figcaption>along the ray</figcaption><canvas id="aim" role="img" aria-label="The shot along its ray"></canvas></figure>
</div>
<p class="legend"><span><i class="key now"></i>now</span><span><i class="key scrubbed"></i>scrubbed to</span>
<span><i class="key seen"></i>on the shooter's screen</span><span><i class="key ray"></i>ray</span>
<span><i class="key trail"></i>path, a dot a frame</span><span>outlines and dots in a policy's colour: where it had the target, and where the ray enters</span>
<span>faint: dead, or no target of this shooter's</span></p>`;
}
