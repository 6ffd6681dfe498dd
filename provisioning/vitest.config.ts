import path from "node:path";
import { defineConfig } from "vitest/config";

/** Where CI counts tests: one report a run. */
const reports = process.env["RZP_REPORTS"];

/** `quick` needs Node alone; `engine` runs Pulumi itself with the real provider, which Go builds. */
export default defineConfig({
  test: {
    reporters:
      reports === undefined
        ? ["default"]
        : ["default", ["json", { outputFile: path.join(reports, `${process.pid}.json`) }]],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          // A process runs one file after the other, and loads the generator once.
          isolate: false,
          maxWorkers: 2,
          include: ["src/**/*.test.ts", "test/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/engine/*.test.ts"],
          // Each waits for the tasks of its own fake.
          maxWorkers: 2,
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
        },
      },
    ],
  },
});
