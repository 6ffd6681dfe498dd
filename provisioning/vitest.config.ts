import { defineConfig } from "vitest/config";

/** `quick` needs Node alone; `engine` runs Pulumi itself with the real provider, which Go builds. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    experimental: { viteModuleRunner: false },
    projects: [
      { extends: true, test: { name: "quick", include: ["src/**/*.test.ts", "test/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/engine/*.test.ts"],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
        },
      },
    ],
  },
});
