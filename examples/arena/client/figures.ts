/// <reference lib="dom" />
import type { ShotAnswer } from "../shared/messages.ts";

const SHOTS_SHOWN = 6;

/** Shows figures by name. */
export function showFigures(list: HTMLElement, figures: Readonly<Record<string, string>>): void {
  list.replaceChildren(
    ...Object.entries(figures).flatMap(([name, value]) => [
      element("dt", name),
      element("dd", value),
    ]),
  );
}

/** Adds what the server decided on a shot, newest first. */
export function showShot(list: HTMLElement, answer: ShotAnswer, ownId: number): void {
  const { isKill, rewoundMs, shooter, victim } = answer;
  const rewound = `rewound ${Math.round(rewoundMs)} ms`;
  const isOwn = shooter === ownId;
  const [text, kind] = !isOwn
    ? [`${isKill ? "killed" : "hit"} by ${shooter} · ${rewound}`, "hurt"]
    : victim === null
    ? [`missed · ${rewound}`, "miss"]
    : [`${isKill ? "killed" : "hit"} ${victim} · ${rewound}`, "hit"];
  const item = element("li", text);
  item.className = kind;
  list.prepend(item);
  while (list.childElementCount > SHOTS_SHOWN) list.lastElementChild!.remove();
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
