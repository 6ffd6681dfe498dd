import { defineConfig } from "vitest/config";
import { reporters } from "./generator/test/support/reporters.ts";

/** Suites that need only Node and Helm run with `npm test`; those that need Go and Python with `npm run verify`. */
const verifyOnly = ["generator/test/tools/verify/**"];
/** A control plane and Argo CD for each file: `npm run e2e`. */
const onCluster = ["generator/test/e2e/**"];
/** Proofs that take long: with `npm run e2e -- --all`. */
const long =
  process.env["RZP_E2E_ALL"] === "1"
    ? ["generator/test/e2e/long/*.test.ts", "generator/test/write/kill-render.test.ts"]
    : [];

export default defineConfig({
  test: {
    reporters,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    setupFiles: ["generator/test/support/setup.ts"],
    // Node itself loads the code, here as in the commands that tests start: coverage of both then speaks of the
    // same text, and a branch is counted once.
    experimental: { viteModuleRunner: false },
    // V8 counts whole functions, not their branches, in code it takes from a cache.
    env: { NODE_DISABLE_COMPILE_CACHE: "1" },
    coverage: {
      provider: "v8",
      include: ["generator/src/**/*.ts"],
      // Commands run in processes of their own, and authored files in threads.
      autoAttachSubprocess: true,
      reporter: ["text-summary", "json-summary"],
      // So that a report says that all tests passed: `npm run coverage` takes it for that.
      reportOnFailure: false,
    },
    projects: [
      {
        extends: true,
        test: {
          // A process runs one file after the other, and loads the generator once.
          isolate: false,
          // Vitest leaves one processor for itself, where it has next to nothing to do.
          maxWorkers: "100%",
          // Not together with projects that have another number of workers.
          sequence: { groupOrder: 1 },
          name: "quick",
          include: ["generator/src/**/*.test.ts", "generator/test/**/*.test.ts"],
          exclude: [...verifyOnly, ...onCluster],
        },
      },
      {
        extends: true,
        test: {
          name: "tools",
          // Each waits for programs of its own.
          maxWorkers: "100%",
          sequence: { groupOrder: 1 },
          include: verifyOnly.map((folder) => `${folder}/*.test.ts`),
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["generator/test/e2e/*.test.ts", ...long],
          // Each has the machine to itself: what it prints is measured.
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
        },
      },
    ],
  },
});
