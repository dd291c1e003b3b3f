#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env
import process from "node:process";
import { run } from "./run.ts";

await run(process.argv.slice(2));
