/** The page, its style and its script, which is bundled from the TypeScript in `client/`. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'self'; img-src 'self' data:",
  "x-content-type-options": "nosniff",
};

/** A server of the three files, which sockets can be added to. */
export function createPageServer(): Server {
  const files = new Map([
    ["/", { type: "text/html; charset=utf-8", body: readFileSync(clientFile("index.html")) }],
    ["/style.css", { type: "text/css", body: readFileSync(clientFile("style.css")) }],
    ["/client.js", { type: "text/javascript", body: bundleClient() }],
  ]);
  return createServer((request, response) => {
    const [path] = (request.url ?? "").split("?");
    const file = files.get(path!);
    if (file === undefined) {
      response.writeHead(404, HEADERS).end("There is no such page.\n");
      return;
    }
    response.writeHead(200, { ...HEADERS, "content-type": file.type }).end(file.body);
  });
}

function bundleClient(): Uint8Array {
  const { outputFiles } = buildSync({
    entryPoints: [clientFile("main.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]!.contents;
}

function clientFile(name: string): string {
  return fileURLToPath(new URL(`../client/${name}`, import.meta.url));
}
