/** Objects RZP writes itself -> YAML text, and back where a text is written anew. */
import { createRequire } from "node:module";
import type * as Library from "yaml";
import { quickYaml } from "./quick-yaml.ts";

// Loaded when it is needed: a run in which no generated file changes has no use for it.
const require = createRequire(import.meta.url);
const library = () => require("yaml") as typeof Library;

/** YAML 1.1 rules, so that `yes`, `0755` and `1.20` come out quoted for every reader. */
export function yaml(value: unknown): string {
  return quickYaml(value, printer) ?? printed(value);
}

/** Text as Kubernetes reads it (YAML 1.1, the last of two equal keys counts) -> what it says, for writing it anew. */
export function readYaml(text: string): unknown {
  return library().parse(text, { version: "1.1", uniqueKeys: false });
}

/** The library's own text, which `yaml` gives too. */
export function printed(value: unknown): string {
  return new (library().Document)(value, { version: "1.1", aliasDuplicateObjects: false }).toString(
    { lineWidth: 0, directives: false },
  );
}

const printer = {
  value: (text: string | number) => printed({ k: text }).slice("k: ".length, -1),
  key: (text: string) => printed({ [text]: 0 }).slice(0, -": 0\n".length),
};
