/** The table as pods: what a service's file says is resolved and rendered, the rest is there already. */
import { load } from "js-yaml";
import type { Tree } from "../../src/model/data.ts";
import { asTree } from "../../src/model/data.ts";
import type { ResolvedService } from "../../src/model/platform.ts";
import { at, map } from "../../src/model/reading.ts";
import type { SecurityRuleName } from "../../src/security/rules.ts";
import { build } from "../model-leaves/build.ts";
import { renderAll } from "../model-leaves/render.ts";
import { component, sceneWith, service } from "../model-leaves/scene.ts";
import type { Case } from "./cases.ts";
import { table } from "./table.ts";

export interface JudgedCase {
  readonly rule: SecurityRuleName;
  readonly breaks: boolean;
  /** For the name of a test. */
  readonly words: string;
  /** A Pod as a controller makes it, and its Namespace. */
  readonly pod: Tree;
  readonly namespace: Tree;
  /** What the file said; undefined where no file can say it. */
  readonly service: ResolvedService | undefined;
}

/** Every case of the table. */
export async function judgedCases(): Promise<readonly JudgedCase[]> {
  const cases = Object.entries(table).flatMap(([rule, { keeps, breaks }]) =>
    [...keeps, ...breaks].map((one, index) => ({
      rule: rule as SecurityRuleName,
      breaks: index >= keeps.length,
      one,
      words: wordsOf(one),
    })),
  );
  const said = new Map(
    cases.flatMap(({ one }) => ("said" in one ? [[wordsOf(one), one.said]] : [])),
  );
  const rendered = await renderSaid(said);
  return cases.map(({ one, ...more }): JudgedCase => {
    const found = rendered.get(more.words);
    if (found !== undefined) return { ...more, ...found };
    if ("said" in one) throw new Error(`${more.words} was not rendered`);
    return {
      ...more,
      pod: podObject("media-app", { annotations: one.annotations ?? {} }, one.pod),
      namespace: { apiVersion: "v1", kind: "Namespace", metadata: { name: "media-app" } },
      service: undefined,
    };
  });
}

const wordsOf = (one: Case) => JSON.stringify(one);

function podObject(namespace: string, template: Tree, spec: unknown): Tree {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "app-x", namespace, ...template },
    spec,
  };
}

async function renderSaid(said: ReadonlyMap<string, Tree>) {
  const names = [...said.keys()].map((words, index) => [words, `app${index}`] as const);
  const services = Object.fromEntries(
    names.map(([words, name]) => [name, service({ ...component, ...said.get(words) })]),
  );
  const built = build(sceneWith({ services }));
  if (built.problems.length > 0) throw new Error(JSON.stringify(built.problems));
  const releases = (await renderAll([built])).get(built)?.releases;
  if (releases === undefined) throw new Error("nothing was rendered");
  return new Map(
    names.map(([words, name]) => {
      const own = releases.find(({ release }) => release.service.name === name);
      if (own === undefined) throw new Error(`${name} has no release`);
      const object = (kind: string) =>
        asTree(load(own.manifests.find((manifest) => manifest.kind === kind)?.text ?? ""));
      const template = map(object("Deployment"), "spec", "template");
      const { namespace } = own.release.service;
      return [
        words,
        {
          pod: podObject(namespace, map(template, "metadata"), at(template, "spec")),
          namespace: object("Namespace"),
          service: own.release.service,
        },
      ] as const;
    }),
  );
}
