import {
  isFiltered,
  isWanted,
  onMatch,
  toggleValue,
  valueCounts,
  wantAll,
  wantText,
} from "./selection.js";

/** Lets buttons and the field of names filter the runs. */
export function listenToFacets() {
  const buttons = [...document.querySelectorAll("[data-facet]")];
  const field = document.getElementById("run-name");
  const clear = document.getElementById("run-clear");
  for (const button of buttons) {
    const { facet, place } = button.dataset;
    button.addEventListener("click", () => toggleValue(Number(facet), Number(place)));
  }
  field?.addEventListener("input", () => wantText(field.value));
  clear?.addEventListener("click", () => {
    if (field !== null) field.value = "";
    wantAll();
    (field ?? buttons[0])?.focus();
  });
  const mark = () => {
    const counts = new Map();
    for (const button of buttons) {
      const [facet, place] = [Number(button.dataset.facet), Number(button.dataset.place)];
      if (!counts.has(facet)) counts.set(facet, valueCounts(facet));
      const count = counts.get(facet)[place];
      button.setAttribute("aria-pressed", String(isWanted(facet, place)));
      button.querySelector("small").textContent = count;
      button.classList.toggle("void", count === 0);
    }
    if (clear !== null) clear.hidden = !isFiltered();
  };
  onMatch(mark);
  mark();
}
