import { defineConfig } from "oxlint";

/** Folders whose code is a function of its input. */
const pureFolders = [
  "model",
  "problems",
  "output",
  "release",
  "security",
  "validate",
  "overlay",
  "resolve",
  "values",
  "split",
  "check",
  "argocd",
  "explain",
  "capacity",
  "backup",
];

/**
 * What a folder of generator/src may import beside its own files. A stage knows no other stage: the types
 * between them are in model/, what several ask of a release is in release/, the text of generated files is in
 * output/. pipeline.ts with platform-files.ts and commands/, which put stages together, have no line here.
 */
const imports: Readonly<Record<string, readonly string[]>> = {
  authoring: [],
  model: [],
  problems: ["model"],
  cache: [],
  output: ["model", "problems"],
  release: ["model", "problems"],
  capacity: ["model", "problems", "release"],
  backup: ["model", "problems", "release"],
  // It runs authored files in a thread.
  load: ["model", "problems", "cache", "output", "thread.ts"],
  validate: ["model", "problems"],
  overlay: ["model", "problems"],
  // Each rule with its checks on what is written, on what is rendered, and for the API server.
  security: ["model", "release"],
  resolve: ["model", "problems", "output", "release"],
  values: ["model", "problems", "release", "security"],
  // Of the outside tools it knows the type of one: which Helm it was given.
  render: ["model", "problems", "output", "release", "cache", "tools"],
  split: ["model", "problems", "output", "release"],
  check: ["model", "problems", "output", "release", "security"],
  argocd: ["model", "problems", "output", "release", "security"],
  // It reads what is there in a thread.
  write: ["model", "problems", "output", "cache", "thread.ts"],
  // It tells what the derivations of values say of themselves.
  explain: ["model", "overlay", "problems", "release", "security", "values"],
  scaffold: ["model", "problems", "output", "release"],
  // It prints problems itself, and asks the model what the environments of a tree are.
  tools: [
    "model",
    "problems",
    "cache",
    "load",
    "validate",
    "overlay",
    "write",
    "print-problems.ts",
    "judge.ts",
  ],
};

const folders = [...Object.keys(imports), "commands"];
/** What lies beside the folders, and puts stages together or speaks for the process. */
export const beside = [
  "cli.ts",
  "judge.ts",
  "pipeline.ts",
  "platform-files.ts",
  "print-problems.ts",
  "remembered.ts",
  "thread.ts",
];

/** Refuses the import of files of another folder than those, and of what lies beside the folders. */
const noOtherFolder = (folder: string, allowed: readonly string[]) => {
  const others = [...folders.map((name) => `${name}/`), ...beside].filter(
    (place) => place !== `${folder}/` && !allowed.includes(place.replace("/", "")),
  );
  return {
    regex: `^(?:\\.\\./)+(?:${others.join("|").replaceAll(".", "\\.")})`,
    message: `${folder}/ may import ${["its own files", ...allowed].join(", ")}: see Boundaries in ARCHITECTURE.md.`,
  };
};

const noOutsideWorld = {
  regex: "^(node:(fs|child_process|process|os|worker_threads)|execa$)",
  message:
    "This folder is a pure function of its input: I/O is in load, cache, render, write, scaffold, tools and commands.",
};

const restricted = (
  folder: string,
  allowed: readonly string[],
): ["error", { patterns: { regex: string; message: string }[] }] => [
  "error",
  {
    patterns: [
      noOtherFolder(folder, allowed),
      ...(pureFolders.includes(folder) ? [noOutsideWorld] : []),
    ],
  },
];

export default defineConfig({
  plugins: ["typescript", "unicorn", "import", "oxc", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  options: { typeAware: true, reportUnusedDisableDirectives: "error" },
  ignorePatterns: [
    "**/*.generated.ts",
    "**/*.d.ts",
    "**/config/drill.mjs",
    "node_modules",
    "kubernetes",
  ],
  rules: {
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "import/no-unassigned-import": "off",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-unnecessary-type-assertion": "error",
    "typescript/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: true },
    ],
    // What comes out of YAML, JSON or a cache is said to be what it is at the place that reads it.
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/no-base-to-string": "off",
    "typescript/restrict-template-expressions": "off",
    // The compiler refuses a path without a value already (noImplicitReturns).
    "typescript/consistent-return": "off",
    "typescript/no-unnecessary-type-parameters": "off",
    "typescript/no-redundant-type-constituents": "off",
    "typescript/no-generated-empty-object-type": "off",
    // Names are sorted by code units everywhere, which is what `sort()` does.
    "typescript/require-array-sort-compare": "off",
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
        "typescript/no-misused-spread": "off",
      },
    },
    ...Object.entries(imports).map(([folder, allowed]) => ({
      files: [`generator/src/${folder}/**/*.ts`],
      excludeFiles: ["**/*.test.ts"],
      rules: { "no-restricted-imports": restricted(folder, allowed) },
    })),
  ],
});
