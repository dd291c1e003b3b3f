// Runs in a page: whether its outline is one that a screen reader can follow.
import { forgetItems, isSeen, placeOf } from "./page_items_test_helper.js";

/** Faults of ids, headings, landmarks, tables, pictures and the language. */
export function outlineFaults() {
  forgetItems();
  return [
    ...(document.documentElement.lang === "" ? ["html has no lang"] : []),
    ...(document.title.trim() === "" ? ["the page has no title"] : []),
    ...idFaults(),
    ...headingFaults(),
    ...landmarkFaults(),
    ...tableFaults(),
    ...pictureFaults(),
  ];
}

let putOff;

/** Shows what is drawn only when it comes into sight, or lets it be as it was. */
export function showPutOff(isShown) {
  if (isShown) {
    putOff = [...document.querySelectorAll("*")].filter((element) =>
      getComputedStyle(element).contentVisibility === "auto"
    );
  }
  for (const element of putOff) element.style.contentVisibility = isShown ? "visible" : "";
}

function idFaults() {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const twice = ids.filter((id, i) => ids.indexOf(id) < i).map((id) => `id ${id} stands twice`);
  const pointing = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];
  const missing = pointing.flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].flatMap((element) =>
      element.getAttribute(name).split(/\s+/).filter((id) => !ids.includes(id))
        .map((id) => `${placeOf(element)}: ${name} names ${id}, which is not there`)
    )
  );
  return [...twice, ...missing];
}

function headingFaults() {
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(isSeen);
  const levels = headings.map(({ localName }) => Number(localName[1]));
  const firsts = levels.filter((level) => level === 1).length;
  return [
    ...(firsts === 1 ? [] : [`the page has ${firsts} headings of level 1`]),
    ...headings.filter((heading) => heading.textContent.trim() === "")
      .map((heading) => `heading ${placeOf(heading)} is empty`),
    ...headings.filter((_, i) => levels[i] > (levels[i - 1] ?? 0) + 1)
      .map((heading) => `heading ${placeOf(heading)} skips a level`),
  ];
}

function landmarkFaults() {
  const mains = document.querySelectorAll("main, [role='main']").length;
  const regions = document.querySelectorAll("nav, [role='navigation'], [role='region']");
  return [
    ...(mains === 1 ? [] : [`the page has ${mains} main parts`]),
    ...[...regions].filter((region) => region.matches(":not([aria-label], [aria-labelledby])"))
      .map((region) => `landmark ${placeOf(region)} has no name`),
  ];
}

function tableFaults() {
  return [...document.querySelectorAll("table:not([role='presentation'], [role='none'])")].filter(
    (table) => table.rows.length > 0 && isSeen(table),
  ).flatMap((table) => {
    const heads = [...table.querySelectorAll("th")];
    if (heads.length === 0) return [`table ${placeOf(table)} has no headers`];
    return heads.filter((head) => head.closest("thead") === null && !head.hasAttribute("scope"))
      .slice(0, 1).map((head) => `header ${placeOf(head)} says no scope`);
  });
}

/** A picture has a name, stands in a box that has one, or is told to be decoration. */
function pictureFaults() {
  return [...document.querySelectorAll("canvas, svg")].filter((picture) =>
    isSeen(picture) && picture.parentElement.closest("svg") === null &&
    picture.closest("[aria-hidden='true']") === null
  ).filter((picture) => {
    const holder = picture.closest(
      "[role='img'], [role='group'], [role='application'], [role='slider']",
    );
    const name = holder?.getAttribute("aria-label") ??
      document.getElementById(holder?.getAttribute("aria-labelledby"))?.textContent ?? "";
    return !/[\p{L}\p{N}]/u.test(name);
  }).map((picture) => `picture ${placeOf(picture)} has no role and name`);
}
