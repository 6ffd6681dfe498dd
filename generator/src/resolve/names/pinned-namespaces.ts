/** A pin keeps a namespace a service had; it takes none that is somebody else's. */
import { namespaceOf } from "../../model/names.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { foreignNamespace, isWhatRunsThere } from "../../release/network/foreign-namespaces.ts";

/** Problems: NAMESPACE_FOREIGN. What two services of an environment claim is told as NAME_TAKEN. */
export function checkPins(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  const { cluster, environment, name: environmentName } = facts;
  return releases.flatMap((release) => {
    const { file, name, namespace, spec } = release.service;
    if (spec.pins?.namespace === undefined) return [];
    const foreign = foreignNamespace(cluster, namespace);
    if (foreign === undefined || (foreign.isService && isWhatRunsThere(release))) return [];
    const own = namespaceOf(name, { tier: spec.tier }, environment.prefix);
    const unless = foreign.isService
      ? "; a service that is what runs there has pods with the labels the cluster's file says"
      : "";
    return [
      problemAt(
        "NAMESPACE_FOREIGN",
        file,
        ["pins", "namespace"],
        {
          message: `namespace ${namespace} is ${foreign.whose}: policies, quota and limits of ${name} would hold for what runs there`,
          found: JSON.stringify(spec.pins.namespace),
          expected: "a namespace that was this service's own",
          fix: `take the pin out, then its namespace is ${own}${unless}`,
        },
        environmentName,
      ),
    ];
  });
}
