/** Which services run in an environment. */
import { environmentFile, serviceFolder } from "../model/paths.ts";
import { listedServices } from "../model/inheritance.ts";
import { nearestOfUnknown } from "../problems/suggest.ts";
import type { Environment } from "../model/environment.ts";
import type { Problem } from "../problems/problem.ts";
import { creation } from "../problems/creation.ts";
import { choice, problemAt } from "../problems/report.ts";
import { nearest } from "../problems/suggest.ts";
import type { ProblemText } from "../problems/report.ts";
import type { AuthoredTree, SourceTree } from "../model/tree.ts";

export interface Enabled {
  /** Sorted; those that are no service of the repository are left out. */
  readonly services: readonly string[];
  /** Services whose name is misspelt in its list: they are to run here, so that they do not is no mistake of others. */
  readonly meant: readonly string[];
  /** Services that exist once on the cluster, where another environment carries them. */
  readonly elsewhere: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * In: everything authored, one environment. Out: the services it lists or takes over, without those that exist once
 * on the cluster where another environment carries them. Problems: ENVIRONMENT_UNKNOWN_SERVICE, ENVIRONMENT_EXTENDS,
 * ENVIRONMENT_NOT_CARRIER.
 */
export function enabledServices(tree: SourceTree, authored: AuthoredTree, name: string): Enabled {
  const here = authored.environments.get(name);
  const carrier = authored.clusters.get(here?.cluster ?? "")?.carrier;
  const isElsewhere = (service: string) =>
    here !== undefined &&
    carrier !== name &&
    authored.tiers[authored.services.get(service)?.spec.tier ?? ""]?.once === true;
  return {
    services: listedServices(authored.environments, name)
      .filter((service) => tree.services.includes(service) && !isElsewhere(service))
      .sort(),
    meant: nearestOfUnknown(tree.services, listedServices(authored.environments, name)),
    elsewhere: tree.services.filter(isElsewhere),
    problems: [
      ...(here === undefined ? [] : unknownServices(tree, name, here)),
      ...brokenChain(tree, authored, name),
      ...(here?.services ?? []).flatMap((service, index) =>
        isElsewhere(service)
          ? [
              carriedElsewhere(
                { environment: name, cluster: here?.cluster, carrier },
                service,
                index,
              ),
            ]
          : [],
      ),
    ],
  };
}

function unknownServices(tree: SourceTree, name: string, environment: Environment): Problem[] {
  return (["services", "without"] as const).flatMap((field) =>
    (environment[field] ?? []).flatMap((service, index) => {
      if (tree.services.includes(service)) return [];
      const text = {
        message: `\`${service}\` is not a service of this repository`,
        ...choice(service, tree.services, missingService(tree, service)),
        asksFor: {
          service,
          environment: field === "services" ? name : undefined,
          near: nearest(service, tree.services),
        },
      };
      return [
        problemAt("ENVIRONMENT_UNKNOWN_SERVICE", environmentFile(name), [field, index], text),
      ];
    }),
  );
}

function missingService(tree: SourceTree, service: string): string {
  const out = "take it out of the list";
  if (nearest(service, tree.services) !== undefined) return out;
  return `${out}; if it was deleted by mistake: git checkout ${serviceFolder(service)}; if it is to come: ${creation(service)}`;
}

function carriedElsewhere(
  {
    environment,
    cluster = "",
    carrier = "",
  }: {
    readonly environment: string;
    readonly cluster: string | undefined;
    readonly carrier: string | undefined;
  },
  service: string,
  index: number,
): Problem {
  const text = {
    message: `${service} exists once on cluster ${cluster}, and ${carrier} carries it`,
    found: JSON.stringify(service),
    expected: "a service of a tier without `once`",
    fix: `remove it here; it runs in ${carrier}`,
  };
  return problemAt(
    "ENVIRONMENT_NOT_CARRIER",
    environmentFile(environment),
    ["services", index],
    text,
  );
}

/** Follows `extends` to its end: the last of the chain may name nothing, or one that was there before. */
function brokenChain(tree: SourceTree, authored: AuthoredTree, name: string): Problem[] {
  const visited: string[] = [];
  for (let current = name; ;) {
    const environment = authored.environments.get(current);
    if (environment === undefined) return [];
    visited.push(current);
    const { extends: next } = environment;
    if (next === undefined) return [];
    if (visited.includes(next) || !authored.environments.has(next))
      return badExtends(tree, current, environment, visited);
    current = next;
  }
}

function badExtends(
  tree: SourceTree,
  name: string,
  { extends: wanted = "" }: Environment,
  visited: readonly string[],
): Problem[] {
  const at = (message: string, text: ProblemText) =>
    problemAt("ENVIRONMENT_EXTENDS", environmentFile(name), ["extends"], { ...text, message });
  if (!tree.environments.includes(wanted)) {
    const valid = tree.environments.filter((candidate) => candidate !== name);
    return [
      at(`there is no environment \`${wanted}\` to extend`, {
        message: "",
        ...choice(wanted, valid, "remove the line"),
      }),
    ];
  }
  // The chain is told once, by the last one in it of those that are in the circle.
  const circle = visited.slice(visited.indexOf(wanted));
  if (visited.indexOf(wanted) < 0 || [...circle].sort()[0] !== wanted) return [];
  return [
    at(`environments extend each other in a circle: ${[...circle, wanted].join(" → ")}`, {
      message: "",
      found: JSON.stringify(wanted),
      expected: "a chain that ends",
      fix: "remove one of these extends",
    }),
  ];
}
