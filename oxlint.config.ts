import { defineConfig } from "oxlint";

/** Where I/O and outside processes may be: reading, rendering, writing, commands, tools. */
const pureFolders = [
  "model",
  "problems",
  "validate",
  "overlay",
  "resolve",
  "values",
  "split",
  "check",
  "argocd",
];

export default defineConfig({
  plugins: ["typescript", "unicorn", "import", "oxc", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["**/*.generated.ts", "**/*.d.ts", "node_modules", "kubernetes"],
  rules: {
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "import/no-unassigned-import": "off",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/consistent-type-imports": "error",
    "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
    "no-console": "error",
    // zod, fast-check and others are used by their namespace.
    "import/no-named-as-default-member": "off",
    // What is sorted here is a copy by then.
    "unicorn/no-array-sort": "off",
    "unicorn/no-array-reverse": "off",
    // A small function beside its only use reads better.
    "unicorn/consistent-function-scoping": "off",
    "no-underscore-dangle": "off",
    "vitest/no-conditional-expect": "off",
  },
  overrides: [
    {
      files: [
        "*.config.ts",
        "charts/services/**/*.ts",
        "environments/**/*.ts",
        "generator/catalogue/**/*.ts",
        "generator/test/support/base/**/*.ts",
      ],
      rules: { "import/no-default-export": "off" },
    },
    {
      files: ["**/*.test.ts", "generator/test/**"],
      rules: {
        "max-lines-per-function": "off",
        "no-console": "off",
        "no-shadow": "off",
        "vitest/expect-expect": "off",
        "vitest/valid-expect": "off",
        "vitest/no-standalone-expect": "off",
        "vitest/valid-title": "off",
      },
    },
    { files: ["generator/src/**/support.ts"], rules: { "vitest/valid-title": "off" } },
    // Only with an export is it a module, whose declarations add to zod's.
    {
      files: ["generator/src/model/meta.ts"],
      rules: { "unicorn/require-module-specifiers": "off" },
    },
    {
      files: pureFolders.map((folder) => `generator/src/${folder}/**/*.ts`),
      excludeFiles: ["**/*.test.ts"],
      rules: {
        "no-restricted-imports": [
          "error",
          {
            patterns: [
              {
                regex: "^(node:(fs|child_process|process|os|worker_threads)|execa$)",
                message:
                  "This stage is a pure function of its input: I/O is in load, render, write, tools and commands.",
              },
            ],
          },
        ],
      },
    },
  ],
});
