/** What a fix says, written as it says, leaves no mistake behind. */
import { expect, test } from "vitest";
import { checkRepository, createRepository } from "../support/repository.ts";
import { reasonPlaceholder } from "../../src/model/primitives.ts";
import { references } from "./cases/references.ts";
import { signIns } from "./cases/sign-in.ts";
import { applyChanges, prowlarr } from "./change.ts";
import type { Cases, Change } from "./change.ts";

/** In: a mistake, and what a person does who reads its fix. Nothing may be left to tell. */
async function mended(change: Cases[string] | undefined, by: (fix: string) => readonly Change[]) {
  using repository = createRepository();
  applyChanges(repository, change ?? []);
  const [problem, ...others] = await checkRepository(repository.root);
  expect(others).toEqual([]);
  applyChanges(repository, by(problem?.fix ?? ""));
  expect(await checkRepository(repository.root)).toEqual([]);
}

const overlay = (service: string, spec: string) =>
  `import { overlay } from "#rzp";\nexport default overlay("${service}", { ${spec} });\n`;
const partOf = (fix: string, pattern: RegExp): string => pattern.exec(fix)?.[1] ?? "";

test("an edge to what does not run here is taken out with the variables that read from it", () =>
  mended(references["consumes-service-that-variables-read-not-enabled-here"], (fix) => [
    {
      in: partOf(fix, /in (\S+)$/),
      text: overlay("prowlarr", partOf(fix, /(remove: \[.*?\])/)),
    },
  ]));

test("a need of what does not run here is taken out", () =>
  mended({ in: prowlarr, replace: "  reaches:", by: '  needs: ["vector"],\n  reaches:' }, (fix) => [
    { in: partOf(fix, /say in (\S+):/), text: overlay("prowlarr", partOf(fix, /(remove: .*)$/)) },
  ]));

test("a service that is left out is taken back", () =>
  mended(references["consumes-service-left-out-here"], (fix) => [
    {
      in: partOf(fix, /without in (\S+),/),
      replace: `, without: ["${partOf(fix, /take "(\w+)" out/)}"]`,
      by: "",
    },
  ]));

test.for([0, 1])("an overlay says who asks for a password, way %i", (way) =>
  mended(signIns["sso-without-provider"], (fix) => {
    const texts = [...fix.matchAll(/^import .*\n.*$/gm)].map(([text]) => text);
    const text = (texts[way] ?? "").replace(reasonPlaceholder, "only seen at home");
    return [{ in: partOf(fix, /write in (\S+):/), text: `${text}\n` }];
  }),
);
