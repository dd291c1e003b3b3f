// Helper of tests that ask of a page what eyes and keys would: is it read, kept apart, named, reached?
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

/** What stands on a page that no check can see for itself. */
export interface PageInks {
  /** Selector of what has a colour and means nothing: tracks of bars, lines between rows. */
  readonly decoration?: string;
  /** Variables of the colours that scripts draw with, and the one of what they draw on. */
  readonly drawn?: {
    readonly ground: string;
    readonly marks: readonly string[];
    readonly texts: readonly string[];
  };
}

/** Fails when a text has less contrast than 4.5 (large ones 3), or a mark less than 3. */
export async function checkContrast(page: Page, inks: PageInks = {}): Promise<void> {
  assert.deepEqual(await contrastFaults(page, inks), []);
}

/** Fails when texts overlap or are cut, or something leaves its card or the screen. */
export async function checkLayout(page: Page): Promise<void> {
  assert.deepEqual(await layoutFaults(page), []);
}

/** Fails when a control or a picture has no name, or the outline of the page is not whole. */
export async function checkNames(page: Page): Promise<void> {
  assert.deepEqual(await namesFaults(page), []);
}

/** Fails when Tab leaves a control out, loses its way or is not seen; gives the number of stops. */
export async function checkReach(page: Page): Promise<number> {
  const { faults, stops } = await reachFaults(page);
  assert.deepEqual(faults, []);
  return stops;
}

/** Opens or closes all that can be. */
export async function setDetails(page: Page, isOpen: boolean): Promise<void> {
  await page.evaluate(`for (const details of document.querySelectorAll("details")) {
    details.open = ${isOpen};
  }`);
  // Charts are drawn anew where their boxes have changed.
  await page.waitForTimeout(100);
}

const ALL_DETAILS = `[...document.querySelectorAll("details")]`;

/** A picture holds at most so many rows. */
const ROWS = 4000;
const WITHOUT_TEXT = `*, *::before, *::after, *::placeholder {
  -webkit-text-fill-color: transparent !important;
  text-decoration-color: transparent !important;
  text-shadow: none !important;
  transition: none !important;
}
svg text, svg tspan { fill: transparent !important; stroke: transparent !important; }`;

/** What `checkContrast` finds, one sentence each. */
export async function contrastFaults(
  page: Page,
  { decoration = "", drawn }: PageInks = {},
): Promise<string[]> {
  await page.evaluate("scrollTo(0, 0)");
  const height: number = await call(page, "findTexts()");
  const { width } = page.viewportSize()!;
  for (let y = 0; y < height; y += ROWS) {
    const clip = { x: 0, y, width, height: Math.min(ROWS, height - y) };
    const png = await page.screenshot({ clip, fullPage: true, style: WITHOUT_TEXT });
    await call(page, `compareTexts("${png.toString("base64")}", ${y})`);
  }
  const texts: string[] = await call(page, "pairTextFaults()");
  const marks: string[] = await call(page, `markFaults(${JSON.stringify(decoration)})`);
  const variables: string[] = drawn === undefined
    ? []
    : await call(page, `variableFaults(${JSON.stringify(drawn)})`);
  return distinct([...texts, ...marks, ...variables]);
}

/** What `checkLayout` finds, with what can be opened closed and open. */
export async function layoutFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const opened: boolean[] = await page.evaluate(`${ALL_DETAILS}.map(({ open }) => open)`);
  for (const isOpen of [false, true]) {
    await setDetails(page, isOpen);
    faults.push(...await call<string[]>(page, "layoutFaults()"));
  }
  await page.evaluate(`{
    const opened = ${JSON.stringify(opened)};
    ${ALL_DETAILS}.forEach((details, i) => { details.open = opened[i] ?? false; });
  }`);
  return distinct(faults);
}

const NAMED = new Set([
  ...["button", "link", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio"],
  ...["slider", "spinbutton", "switch", "tab", "menuitem", "DisclosureTriangle", "image", "img"],
]);

/** What `checkNames` finds. */
export async function namesFaults(page: Page): Promise<string[]> {
  const outline: string[] = await call(page, "outlineFaults()");
  // The browser names nothing that it puts off until it comes into sight.
  await call(page, "showPutOff(true)");
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const faults: string[] = [];
  for (const { backendDOMNodeId, ignored, name, properties, role } of nodes) {
    if (ignored || backendDOMNodeId === undefined || /\p{L}|\p{N}/u.test(name?.value ?? "")) {
      continue;
    }
    const isFocusable = properties?.some(({ name, value }) =>
      name === "focusable" && value.value === true
    );
    const isNamed = NAMED.has(role?.value);
    if (!isNamed && (!isFocusable || role?.value === "RootWebArea")) continue;
    const { node } = await session.send("DOM.describeNode", { backendNodeId: backendDOMNodeId });
    const attributes = node.attributes ?? [];
    // A box that scrolls takes the focus by itself, one with -1 is given it by a link.
    const isStop = Number(attributes[attributes.indexOf("tabindex") + 1] ?? -1) >= 0;
    if (!isNamed && !(attributes.includes("tabindex") && isStop)) continue;
    faults.push(
      `${role?.value} <${node.localName} ${attributes.join(" ").slice(0, 80)}> ` +
        `has the name "${name?.value ?? ""}"`,
    );
  }
  await session.detach();
  await call(page, "showPutOff(false)");
  return distinct([...outline, ...faults]);
}

const STOPS_MAX = 800;

/** What `checkReach` finds, and how often Tab stops on its way through the page. */
export async function reachFaults(
  page: Page,
): Promise<{ readonly faults: readonly string[]; readonly stops: number }> {
  await call(page, "startReach()");
  for (let i = 0; i < STOPS_MAX; i++) {
    await page.keyboard.press("Tab");
    const went: string = await call(page, "noteStop()");
    if (went === "more") continue;
    const { faults, stops } = await call<{ faults: string[]; stops: number }>(
      page,
      "reachFaults()",
    );
    const trap = went === "trap" ? ["Tab does not get away from the last stop"] : [];
    return { faults: distinct([...faults, ...trap]), stops };
  }
  return { faults: [`Tab stops more than ${STOPS_MAX} times`], stops: STOPS_MAX };
}

/** Each fault once, with how often it was found; the first are enough to mend the rest. */
function distinct(faults: readonly string[]): string[] {
  return [...new Set(faults)];
}

const FILES = ["page_items", "contrast", "layout", "names", "reach"];
/** What runs in the page, in a scope of its own. */
const CHECKS = FILES.map((name) =>
  readFileSync(new URL(`page_checks/${name}_test_helper.js`, import.meta.url), "utf8")
    .replaceAll(/^import \{[^}]*\} from "[^"]*";$/gm, "").replaceAll(/^export /gm, "")
).join("\n");
const ENTRIES = [
  ...["findTexts", "compareTexts", "pairTextFaults", "markFaults", "variableFaults"],
  ...["layoutFaults", "outlineFaults", "showPutOff", "startReach", "noteStop", "reachFaults"],
];

async function call<T>(page: Page, expression: string): Promise<T> {
  const isThere = await page.evaluate("window.pageChecks !== undefined");
  if (isThere !== true) {
    await page.evaluate(`window.pageChecks = (() => { ${CHECKS}
      return { ${ENTRIES.join(", ")} }; })(); undefined`);
  }
  return await page.evaluate(`pageChecks.${expression}`);
}
