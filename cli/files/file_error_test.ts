import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandError } from "../exit_code.ts";
import { fileError } from "./file_error.ts";

test("fileError() names the permission that Deno wants, not the one that the command is about", () => {
  const refusal = Object.assign(new Error('Requires read access to "o.mcap"'), {
    name: "NotCapable",
  });
  const error = fileError("write", "o.mcap", refusal);
  assert.ok(error instanceof CommandError);
  assert.equal(
    error.message,
    "Cannot write o.mcap: Deno was not allowed to; run it with --allow-read",
  );
});
