/** Names of tiers, environments and prefixes of which names would be made that are somebody else's on a cluster. */
import { argocdProject, kubernetesWord, projectName, reservedNames } from "../model/names.ts";
import { environmentFile, tiersFile } from "../model/paths.ts";
import type { AuthoredTree } from "../model/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

/** Problems: NAME_RESERVED. Names of services are for resolve. */
export function checkReserved(authored: AuthoredTree): Problem[] {
  return [
    ...tiers(authored),
    ...[...authored.environments].flatMap(([name, { cluster, prefix }]) => [
      ...ofEnvironment(authored, name, cluster),
      ...ofPrefix(name, prefix),
    ]),
  ];
}

/** What RZP renders for an environment itself stands beside its tiers. */
function tiers(authored: AuthoredTree): Problem[] {
  const reserved = [...reservedNames, kubernetesWord];
  return Object.keys(authored.tiers)
    .filter((name) => reserved.includes(name))
    .map((name) =>
      problemAt("NAME_RESERVED", tiersFile, [name], {
        message: `no tier may be called \`${name}\`${name === kubernetesWord ? `: ${ofKubernetes}` : ""}`,
        found: JSON.stringify(name),
        expected: `another name than ${reserved.join(", ")}`,
        fix: "give it another name, here and in the services that are in it",
        target: "key",
      }),
    );
}

const ofKubernetes = `namespaces that begin with ${kubernetesWord}- are those of Kubernetes itself`;

function ofPrefix(name: string, prefix: string | undefined): Problem[] {
  if (prefix !== kubernetesWord) return [];
  return [
    problemAt("NAME_RESERVED", environmentFile(name), ["prefix"], {
      message: `no prefix may be \`${prefix}\`: ${ofKubernetes}`,
      found: JSON.stringify(prefix),
      expected: "another word",
      fix: `write prefix: ${JSON.stringify(name.replaceAll("-", "").slice(0, 10))}`,
    }),
  ];
}

/** The root project of an environment bears its name, those of its tiers the tier's behind it. */
function ofEnvironment(
  { tiers: known, environments }: AuthoredTree,
  name: string,
  cluster: string,
): Problem[] {
  const reserved = (message: string) => [
    problemAt("NAME_RESERVED", environmentFile(name), [], {
      message,
      found: JSON.stringify(name),
      expected: "a name that no AppProject of Argo CD has",
      fix: "rename its folder, and what names it: carrier of its cluster, extends of other environments",
    }),
  ];
  if (name === argocdProject)
    return reserved(
      `no environment may be called \`${name}\`: its AppProject would be the one that Argo CD makes itself`,
    );
  const rival = [...environments].find(
    ([other, its]) =>
      its.cluster === cluster &&
      Object.keys(known).some((tier) => projectName(other, tier) === name),
  )?.[0];
  if (rival === undefined) return [];
  const tier = name.slice(rival.length + 1);
  return reserved(
    `no environment may be called \`${name}\`: its AppProject would be that of tier ${tier} in ${rival}, on the same cluster`,
  );
}
