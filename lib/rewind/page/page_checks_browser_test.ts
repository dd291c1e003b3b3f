import type { PageInks } from "../../page_checks_test_helper.ts";
import { testPages } from "../../page_tests_test_helper.ts";
import { pageHtml } from "./page_html.ts";
import { samplePage, SHOTS } from "./sample_page_test_helper.ts";

/** What scripts draw with, and what means nothing: tracks of bars. */
const INKS: PageInks = {
  decoration: ".track, .flip, .off, .off *",
  drawn: {
    ground: "--card",
    marks: [
      ...Array.from({ length: 14 }, (_, i) => `--policy-${i}`),
      ...["--right", "--wrong", "--ray", "--hit", "--scrub", "--seen", "--trail", "--flip-hit"],
    ],
    texts: ["--ink", "--soft"],
  },
};

const NAME = `<b onclick="x">${"wide ".repeat(20)}\u202e${"long".repeat(40)}`;
const MANY = ["none", "ping", "ping-13", "ms:20", "ms:40", "ms:60", "ms:80", "ms:100", "frames:3"];

const PAGES: Readonly<Record<string, () => string>> = {
  "some shots": () => pageHtml(samplePage({ version: "0.1.0", command: "hindcast rewind x" })),
  "many policies": () => pageHtml(samplePage({ policies: MANY })),
  "names that are long, wide and hostile": () =>
    pageHtml({ ...samplePage({ recording: NAME }), names: { 1: NAME, 2: `${NAME}2` } }),
  "300 shots": () =>
    pageHtml(samplePage({
      shots: Array.from({ length: 300 }, (_, index) => ({ ...SHOTS[index % 3]!, index })),
    })),
};

/** So often may Tab stop, however many shots there are. */
const STOPS_MAX = 60;

testPages("the rewind page", PAGES, INKS, STOPS_MAX);
