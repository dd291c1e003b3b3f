import assert from "node:assert/strict";
import { test } from "node:test";
import { pageAddress } from "./page_address.ts";

test("pageAddress() takes relative paths to HTML files, and encodes them", () => {
  assert.equal(pageAddress("report.html"), "report.html");
  assert.equal(pageAddress("../out/a b%20c&d.HTM"), "../out/a%20b%2520c%26d.HTM");
  assert.equal(pageAddress("x.html?a#b.html"), "x.html%3Fa%23b.html");
  assert.equal(pageAddress(`${"a".repeat(195)}.html`), `${"a".repeat(195)}.html`);
});

test("pageAddress() refuses whatever is not a relative path to an HTML file", () => {
  for (
    const path of [
      ...["javascript:alert(1).html", "JAVASCRIPT:x.html", "java\tscript:x.html", "data:x.html"],
      ...["http://host/x.html", "https:x.html", "file:x.html", "//host/x.html", "a//b.html"],
      ...["/etc/x.html", "\\\\host\\x.html", "a\\b.html", "x.html?a=b", "x.html#a"],
      ...["", ".html", "a/.html", "report", "report.html.exe", "a\u0000.html", "a\n.html"],
      ...["\ud800.html", `${"a".repeat(196)}.html`],
    ]
  ) assert.equal(pageAddress(path), undefined, JSON.stringify(path));
});
