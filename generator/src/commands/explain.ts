/** `npm run explain <service>`: every derived consequence, the fact that caused it and the rule. */
import { explain as explanationOf } from "../explain/explanation.ts";
import type { Explanation } from "../explain/explanation.ts";
import { explanationJson, explanationText } from "../explain/text.ts";
import { evaluateCached } from "../load/evaluate-cached.ts";
import { readTree } from "../load/tree.ts";
import { serviceFile } from "../model/paths.ts";
import { buildAsFarAsPossible } from "../pipeline.ts";
import { concerns } from "../model/rules.ts";
import type { Concern } from "../model/rules.ts";
import { hasErrors } from "../problems/problem.ts";
import type { Problem } from "../problems/problem.ts";
import { isSound } from "./sound.ts";
import {
  runsNowhere,
  unknownConcern,
  unknownEnvironment,
  unknownService,
} from "../scaffold/unknown-names.ts";
import type { Invocation } from "./arguments.ts";
import { generatorCache, repositoryRoot } from "./repository-paths.ts";

/** Exit code: 0 explained, 2 mistakes in authored files, though not in its own, or a name that nothing has. */
export async function explain(invocation: Invocation): Promise<0 | 2> {
  const root = repositoryRoot();
  const tree = readTree(root);
  const [name = ""] = invocation.names;
  const { environment, format } = invocation;
  const wanted = invocation.concern?.toLowerCase();
  const concern = concerns.find((one) => one.toLowerCase() === wanted);
  // What puts problems into words is loaded when there are some.
  const refuse = async (...problems: readonly Problem[]) => {
    (await import("../print-problems.ts")).printProblems(root, problems, format);
    return 2 as const;
  };
  if (invocation.concern !== undefined && concern === undefined)
    return refuse(unknownConcern(invocation.concern));
  if (!tree.services.includes(name)) return refuse(unknownService(name, tree.services, "explain"));
  if (environment !== undefined && !tree.environments.includes(environment))
    return refuse(unknownEnvironment(environment, tree));
  const { platform, problems } = await buildAsFarAsPossible(
    tree,
    evaluateCached(tree, generatorCache()),
  );
  const mistaken = hasErrors(problems);
  // A program is given the whole answer or none.
  if (mistaken && (format !== "human" || !isSound(platform, problems, name)))
    return refuse(...problems);
  const releases = platform.releases.filter(
    ({ service, facts }) =>
      service.name === name && (environment === undefined || facts.name === environment),
  );
  if (releases.length === 0) return refuse(runsNowhere(name, environment));
  const explained = ofConcern(explanationOf(platform.authored, releases), concern);
  process.stdout.write(
    format === "json"
      ? explanationJson(name, explained)
      : explanationText(explained, {
          file: serviceFile(name),
          environments: releases.map(({ facts }) => facts.name),
        }),
  );
  if (!mistaken) return 0;
  process.stderr.write(
    `\nThat is what follows from files without mistakes; these have some, and who calls ${name} may be among them:\n\n`,
  );
  return refuse(...problems);
}

/** In: an explanation, and what alone of it was asked for. Reasons are told with all of it. */
function ofConcern(explained: Explanation, concern: Concern | undefined): Explanation {
  return concern === undefined
    ? explained
    : {
        consequences: explained.consequences.filter((one) => one.concern === concern),
        exceptions: [],
      };
}
