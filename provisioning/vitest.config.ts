import { defineConfig } from "vitest/config";
import { reporters } from "../generator/test/support/reporters.ts";

/** `quick` needs Node alone; `engine` runs Pulumi itself with the real provider, which Go builds. */
export default defineConfig({
  test: {
    reporters,
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
          maxWorkers: 4,
          // Not together with the quick ones, which have another number of workers.
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
        },
      },
    ],
  },
});
