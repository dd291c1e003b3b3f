import assert from "node:assert/strict";
import { test } from "node:test";
import { htmlText, inlineJson } from "./html_escape.ts";

test("htmlText() escapes markup, quotes and what cannot be seen", () => {
  assert.equal(
    htmlText(`<img src="x" onerror='a&b'>\u0000\u2028`),
    "&lt;img src=&quot;x&quot; onerror=&#39;a&amp;b&#39;&gt;\\u{0}\\u{2028}",
  );
});

test("inlineJson() escapes what cannot be seen, and stays the same value", () => {
  const value = ["\u007f\u0085\u009f\u00ad", "a\u202eb\u2066\ufeff\u{e0041}", "é漢😀"];
  const text = inlineJson(value);
  assert.equal(
    text,
    '["\\u007f\\u0085\\u009f\\u00ad","a\\u202eb\\u2066\\ufeff\\udb40\\udc41","é漢😀"]',
  );
  assert.deepEqual(JSON.parse(text), value);
});

test("inlineJson() holds nothing that ends a script or begins a comment", () => {
  const value = { "</script>": "<!-- & -->\u2028\u2029\u0000" };
  const text = inlineJson(value);
  assert.equal(
    text,
    `{"\\u003c/script\\u003e":"\\u003c!-- \\u0026 --\\u003e\\u2028\\u2029\\u0000"}`,
  );
  assert.deepEqual(JSON.parse(text), value);
});
