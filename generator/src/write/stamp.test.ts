import { renameSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createRepository, projectRoot } from "../../test/support/repository.ts";
import { canBeStamped, inputsFingerprint } from "./stamp.ts";

describe("canBeStamped", () => {
  const of = (text: string, file = "charts/services/sonarr/values.ts") =>
    canBeStamped(projectRoot, new Map([[file, text]]));

  test.for([
    'import { defineService, from } from "#rzp";\nexport default defineService({ env: { A: from("postgres", "host") } });',
    'import {\n  defineService,\n} from "#rzp";\n\nexport default defineService({ about: "import from abroad" });',
    'export default { about: "it imports things" };',
    'export default { about: "what others read from", image: "a" };',
  ])("a file that imports #rzp only: %j", (text) => {
    expect(of(text)).toBe(true);
  });

  test.for([
    'import { x } from "../shared.ts";',
    'import {\n  // The house\'s (own) words.\n  x,\n} from "../shared.ts";',
    'import { state } from "#rzp"; import { x } from "../shared.ts";',
    'import x from "../shared.json" with { type: "json" };',
    'import { x } from"./my words.ts"',
    'import { x } from "../it\'s.ts";',
    'import { x } from /* "shared" */ "../its.ts";',
    'import { x } from // shared\n  "../its.ts";',
    'import "node:fs";',
    'export * from "./a.ts";',
    'const x = await import("./a.ts");',
    'import {\n  a,\n} from "zod";',
  ])("a file that depends on another: %j", (text) => {
    expect(of(text)).toBe(false);
  });

  test("config files are not read as TypeScript", () => {
    expect(of('import "./other"', "charts/services/recyclarr/config/a.yaml")).toBe(true);
  });

  test("in a folder that is a link, nobody sees what changes", () => {
    using repository = createRepository();
    const { root } = repository;
    const file = "charts/services/recyclarr/config/recyclarr.yml";
    expect(canBeStamped(root, new Map([[file, ""]]))).toBe(true);
    renameSync(path.join(root, path.dirname(file)), path.join(root, "shared"));
    symlinkSync("../../../shared", path.join(root, path.dirname(file)));
    expect(canBeStamped(root, new Map([[file, ""]]))).toBe(false);
  });
});

test("a library that is a link is what it leads to", () => {
  using repository = createRepository({ files: { "charts/rzp-lib": undefined } });
  const { root } = repository;
  repository.write("elsewhere/templates/_a.tpl", "a");
  symlinkSync("../elsewhere", path.join(root, "charts/rzp-lib"));
  const before = inputsFingerprint(root, "helm");
  expect(inputsFingerprint(root, "helm")).toBe(before);
  repository.write("elsewhere/templates/_a.tpl", "b");
  expect(inputsFingerprint(root, "helm")).not.toBe(before);
});
