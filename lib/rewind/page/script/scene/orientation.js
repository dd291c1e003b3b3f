import { redraw } from "../canvas.js";
import { page } from "../poses.js";

/** How all shots are looked at: turned along their rays, or as the world's axes lie. */
export const orientation = { isWorld: false, isLeftHanded: page.isLeftHanded === true };

const listeners = [];

/** Calls back when the views are turned. */
export function onTurn(listener) {
  listeners.push(listener);
}

/** Listens to the controls that turn the views; what is chosen stays for all shots. */
export function listenToOrientation() {
  const turned = () => {
    for (const listener of listeners) listener();
    redraw();
  };
  const hand = document.getElementById("left-handed");
  hand.checked = orientation.isLeftHanded;
  hand.addEventListener("change", () => {
    orientation.isLeftHanded = hand.checked;
    turned();
  });
  for (const choice of document.querySelectorAll("input[name='orientation']")) {
    choice.checked = choice.value === "ray";
    choice.addEventListener("change", () => {
      orientation.isWorld = choice.value === "world";
      turned();
    });
  }
}
