import { defineConfig } from "vitest/config";

/** Suites that need only Node and Helm run with `npm test`; those that need Go and Python with `npm run verify`. */
const verifyOnly = ["generator/test/tools/verify/**"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ["generator/test/support/setup.ts"],
    coverage: {
      provider: "v8",
      reportOnFailure: true,
      include: ["generator/src/**/*.ts"],
      exclude: [
        "generator/src/**/*.test.ts",
        "generator/src/authoring/types.generated.ts",
        "generator/src/tools/**",
      ],
      thresholds: { branches: 90 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          include: ["generator/src/**/*.test.ts", "generator/test/**/*.test.ts"],
          exclude: verifyOnly,
        },
      },
      {
        extends: true,
        test: { name: "tools", include: verifyOnly.map((folder) => `${folder}/*.test.ts`) },
      },
    ],
  },
});
