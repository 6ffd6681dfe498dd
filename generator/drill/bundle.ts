/**
 * The program as one file that Node runs as it is. It is committed beside the service that carries it, so that
 * nothing is bundled when the platform is rendered; a test holds it to its sources.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "vite";

const root = path.resolve(import.meta.dirname, "../..");

/** Where it lies: in the catalogue, and in the service of this repository. */
export const bundlePlaces = ["generator/catalogue", "charts/services"].map((folder) =>
  path.join(root, folder, "restore-drill/config/drill.mjs"),
);

const marker = "// Made from generator/drill by `npm run drill:bundle`. Do not edit.\n";

export async function bundle(): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      ssr: path.join(root, "generator/drill/main.ts"),
      target: "node26",
      rollupOptions: { output: { format: "es", entryFileNames: "drill.mjs" } },
    },
  });
  const [only] = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  if (only?.type !== "chunk") throw new Error("vite gave no file");
  return marker + only.code;
}

if (process.argv[1] === import.meta.filename) {
  const text = await bundle();
  for (const place of bundlePlaces) writeFileSync(place, text);
}
