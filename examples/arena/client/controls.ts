/// <reference lib="dom" />
import { HEIGHT, WIDTH } from "../shared/rules.ts";
import type { ClientMessage } from "../shared/messages.ts";

const KEYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  KeyW: [0, -1],
  KeyA: [-1, 0],
  KeyS: [0, 1],
  KeyD: [1, 0],
  ArrowUp: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowRight: [1, 0],
};

/** Calls `steer` whenever other keys are held. */
export function listenToKeys(
  steer: (message: ClientMessage & { readonly type: "steer" }) => void,
): void {
  const held = new Set<string>();
  const change = (): void => {
    let [x, y] = [0, 0];
    for (const code of held) {
      x += KEYS[code]?.[0] ?? 0;
      y += KEYS[code]?.[1] ?? 0;
    }
    steer({ type: "steer", x, y, fire: held.has("Space") });
  };
  addEventListener("keydown", (event) => {
    const isOurs = event.code in KEYS || event.code === "Space";
    if (!isOurs || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    if (event.repeat) return;
    held.add(event.code);
    change();
  });
  addEventListener("keyup", (event) => {
    if (held.delete(event.code)) change();
  });
  // Keys that are let go elsewhere are not heard of.
  addEventListener("blur", () => {
    held.clear();
    change();
  });
}

/** Calls `aim` with the place in the arena that was clicked on. */
export function listenToClicks(
  canvas: HTMLCanvasElement,
  aim: (point: readonly [x: number, y: number]) => void,
): void {
  canvas.addEventListener("pointerdown", (event) => {
    const { height, left, top, width } = canvas.getBoundingClientRect();
    aim([
      (event.clientX - left) / width * WIDTH,
      (event.clientY - top) / height * HEIGHT,
    ]);
  });
}

/** A slider and the text beside it; `change` is called with its value, now and whenever it moves. */
export function listenToSlider(id: string, given: string | null, change: (value: number) => void) {
  const slider = document.querySelector<HTMLInputElement>(`#${id}`)!;
  const output = document.querySelector(`output[for=${id}]`)!;
  if (given !== null) slider.value = given;
  const apply = () => {
    output.textContent = slider.value + slider.dataset.unit;
    change(Number(slider.value));
  };
  slider.addEventListener("input", apply);
  apply();
}
