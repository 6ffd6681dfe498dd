import { defineConfig } from "vitest/config";
import { reporters } from "../generator/test/support/reporters.ts";

/** Pulumi itself with the real provider, which Go builds. */
const withEngine = {
  // A processor has work for one.
  maxWorkers: 2,
  testTimeout: 600_000,
  hookTimeout: 1_200_000,
};

/** What is measured has the machine to itself. */
const measured = "test/engine/long/speed.test.ts";

/**
 * `quick` needs Node, and a shell with curl and jq. `long` is what goes wrong, and what takes long, `speed` what is measured:
 * `npm run infra:test` runs both, `.ci/run` does not.
 */
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
          ...withEngine,
        },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: ["test/engine/long/*.test.ts"],
          exclude: [measured],
          ...withEngine,
        },
      },
      {
        extends: true,
        test: {
          name: "speed",
          include: [measured],
          ...withEngine,
          // After all others.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
