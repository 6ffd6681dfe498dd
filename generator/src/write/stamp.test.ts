import { describe, expect, test } from "vitest";
import { canBeStamped } from "./stamp.ts";

describe("canBeStamped", () => {
  const of = (text: string) => canBeStamped(new Map([["charts/services/a/values.ts", text]]));

  test.for([
    'import { defineService, from } from "#rzp";\nexport default defineService({ env: { A: from("postgres", "host") } });',
    'import {\n  defineService,\n} from "#rzp";\n\nexport default defineService({ about: "import from abroad" });',
    'export default { about: "it imports things" };',
  ])("a file that imports #rzp only: %j", (text) => {
    expect(of(text)).toBe(true);
  });

  test.for([
    'import { x } from "../shared.ts";',
    'import "node:fs";',
    'export * from "./a.ts";',
    'const x = await import("./a.ts");',
    'import {\n  a,\n} from "zod";',
  ])("a file that depends on another: %j", (text) => {
    expect(of(text)).toBe(false);
  });

  test("config files are not read as TypeScript", () => {
    expect(canBeStamped(new Map([["charts/services/a/config/a.yaml", 'import "./other"']]))).toBe(
      true,
    );
  });
});
