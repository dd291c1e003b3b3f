import assert from "node:assert/strict";
import { test } from "node:test";
import { withWayBack } from "./way_back.ts";

const linked = (from: string) => ({ href: "shots.html", from, shots: [] });

test("withWayBack() keeps a way back that the page of shots takes", () => {
  for (const from of ["report.html", "../out/a%20b%26c.htm", "%E5%A0%B1.html"]) {
    assert.deepEqual(withWayBack(linked(from)), { shots: linked(from), omissions: [] });
  }
  const none = { href: "shots.html", shots: [] };
  assert.deepEqual(withWayBack(none), { shots: none, omissions: [] });
});

test("withWayBack() leaves out what that page would not take, and says so", () => {
  for (const from of ["report", "r-14%3A02.html", `${"a".repeat(200)}.html`, "%E0%A4%A.html"]) {
    const { shots, omissions } = withWayBack(linked(from));
    assert.deepEqual(shots, { href: "shots.html", shots: [] }, from);
    assert.match(omissions.join(), /no way back/);
  }
});
