/** `npm run explain <service>`: every derived consequence, the fact that caused it and the rule. */
import path from "node:path";
import { cacheFolder } from "../cache/folder.ts";
import { explain as explanationOf } from "../explain/explanation.ts";
import { explanationJson, explanationText } from "../explain/text.ts";
import { evaluateCached } from "../load/evaluate-cached.ts";
import { readTree } from "../load/tree.ts";
import { serviceFile } from "../model/paths.ts";
import { buildPlatform } from "../pipeline.ts";
import type { Problem } from "../problems/problem.ts";
import { runsNowhere, unknownEnvironment, unknownService } from "../scaffold/unknown-names.ts";
import { generatorFingerprint } from "../write/stamp.ts";
import type { Invocation } from "./arguments.ts";
import { repositoryRoot } from "./repository-paths.ts";

/** Exit code: 0 explained, 2 mistakes in authored files, or a name that nothing has. */
export async function explain(invocation: Invocation): Promise<0 | 2> {
  const root = repositoryRoot();
  const tree = readTree(root);
  const [name = ""] = invocation.names;
  const { environment, format } = invocation;
  // What puts problems into words is loaded when there are some.
  const refuse = async (...problems: readonly Problem[]) => {
    (await import("./report.ts")).report(root, problems, format);
    return 2 as const;
  };
  if (!tree.services.includes(name)) return refuse(unknownService(name, tree.services, "explain"));
  if (environment !== undefined && !tree.environments.includes(environment))
    return refuse(unknownEnvironment(environment, tree.environments));
  const cache = path.join(
    cacheFolder("RZP_CACHE", process.env),
    "render",
    generatorFingerprint().slice(0, 16),
  );
  const { value, problems } = await buildPlatform(tree, evaluateCached(tree, cache));
  if (value === undefined) return refuse(...problems);
  const releases = value.releases.filter(
    ({ service, facts }) =>
      service.name === name && (environment === undefined || facts.name === environment),
  );
  if (releases.length === 0) return refuse(runsNowhere(name, environment));
  const explained = explanationOf(releases);
  process.stdout.write(
    format === "json"
      ? explanationJson(name, explained)
      : explanationText(explained, {
          file: serviceFile(name),
          environments: releases.map(({ facts }) => facts.name),
        }),
  );
  return 0;
}
