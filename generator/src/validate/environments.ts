/** Rules over environments, clusters and folder names that no single file shows. */
import { standardPurpose } from "../model/storage-purpose.ts";
import { clusterFile, environmentFile, serviceFile, tiersFile } from "../model/paths.ts";
import type { AuthoredTree, SourceTree } from "../model/tree.ts";
import type { Cluster } from "../model/cluster.ts";
import type { Environment } from "../model/environment.ts";
import { inheritsUnknown, listedServices } from "../model/inheritance.ts";
import { dnsLabel } from "../model/patterns.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import type { Keys } from "../model/reading.ts";
import { nearestOfUnknown } from "../problems/suggest.ts";
import { checkReserved } from "./reserved-names.ts";

/** Problems: TIER_UNKNOWN, NAME_INVALID, NAME_RESERVED, ENVIRONMENT_UNKNOWN, CARRIER_ELSEWHERE, CLASS_UNKNOWN, PREFIX_TAKEN, ENVIRONMENT_LIST; SERVICE_NOT_ENABLED as a warning. */
export function checkEnvironments(tree: SourceTree, authored: AuthoredTree): Problem[] {
  return [
    ...folderNames(tree),
    ...checkReserved(authored),
    ...carriersElsewhere(tree, authored),
    ...[...authored.clusters].flatMap(([name, cluster]) => [
      ...(tree.environments.includes(cluster.carrier)
        ? []
        : [
            problemAt("ENVIRONMENT_UNKNOWN", clusterFile(name), ["carrier"], {
              message: `there is no environment \`${cluster.carrier}\``,
              ...carrierOf(tree, authored, name, cluster.carrier),
            }),
          ]),
      ...(standardPurpose in cluster.storageClasses
        ? []
        : [
            problemAt("CLASS_UNKNOWN", clusterFile(name), ["storageClasses"], {
              message: `no storage class is \`${standardPurpose}\`, which volumes use unless they say another`,
              expected: `a class for ${standardPurpose}`,
              fix: `add ${standardPurpose}: "<a storage class of the cluster>"`,
            }),
          ]),
      ...Object.keys(cluster.storageReach ?? {}).flatMap((purpose) =>
        unknownPurpose(name, cluster, purpose, ["storageReach", purpose]),
      ),
      ...(["storageFixed", "storageMany"] as const).flatMap((field) =>
        (cluster[field] ?? []).flatMap((purpose, index) =>
          unknownPurpose(name, cluster, purpose, [field, index]),
        ),
      ),
    ]),
    ...[...authored.environments].flatMap(([name, environment]) => [
      ...checkPrefix(authored, name, environment),
      ...tiersOfTelemetry(authored, name, environment),
      ...checkLists(tree, authored, name, environment),
    ]),
    ...idleServices(tree, authored),
  ];
}

function unknownPurpose(
  name: string,
  { storageClasses }: Cluster,
  purpose: string,
  keys: Keys,
): Problem[] {
  if (purpose in storageClasses) return [];
  const text = {
    message: `no storage class is \`${purpose}\``,
    ...choice(purpose, Object.keys(storageClasses), "name the purpose of a storage class"),
  };
  const target = keys.at(-1) === purpose ? ("key" as const) : ("value" as const);
  return [problemAt("CLASS_UNKNOWN", clusterFile(name), keys, { ...text, target })];
}

/** One that says this cluster, if there is one: of the others none could carry it. */
function carrierOf(tree: SourceTree, authored: AuthoredTree, cluster: string, carrier: string) {
  const [first, ...more] = environmentsOn(authored, cluster);
  if (first === undefined)
    return choice(
      carrier,
      tree.environments,
      `add ${environmentFile(carrier)}; where nothing is to run on ${cluster} any more, delete this file`,
    );
  return {
    found: JSON.stringify(carrier),
    expected: `an environment with cluster: "${cluster}": ${[first, ...more].join(", ")}`,
    fix: `write carrier: "${first}"`,
  };
}

/** By name, those without a prefix first: the carrier has none. */
const environmentsOn = ({ environments }: AuthoredTree, cluster: string): readonly string[] =>
  [...environments]
    .filter(([, it]) => it.cluster === cluster)
    .sort(([, a], [, b]) => Number(a.prefix !== undefined) - Number(b.prefix !== undefined))
    .map(([name]) => name);

/** What exists once on a cluster, Argo CD first of all, would run on another one. */
function carriersElsewhere(tree: SourceTree, authored: AuthoredTree): Problem[] {
  return [...authored.clusters].flatMap(([name, { carrier }]) => {
    const elsewhere = authored.environments.get(carrier)?.cluster ?? name;
    // A cluster that is not there is told at the environment.
    if (elsewhere === name || !tree.clusters.includes(elsewhere)) return [];
    const [first, ...more] = environmentsOn(authored, name);
    return [
      problemAt("CARRIER_ELSEWHERE", clusterFile(name), ["carrier"], {
        message: `${carrier}, which is to carry ${name}, is on cluster ${elsewhere}`,
        found: JSON.stringify(carrier),
        expected: `an environment with cluster: "${name}"${first === undefined ? "" : `: ${[first, ...more].join(", ")}`}`,
        fix:
          first === undefined
            ? `add ${environmentFile(name)} with cluster: "${name}", and write carrier: "${name}"`
            : `write carrier: "${first}"`,
      }),
    ];
  });
}

function tiersOfTelemetry(
  { tiers }: AuthoredTree,
  name: string,
  { telemetry }: Environment,
): Problem[] {
  const known = Object.keys(tiers);
  // No tiers at all: their file has mistakes, which are told there.
  if (known.length === 0) return [];
  return Object.keys(telemetry?.tiers ?? {})
    .filter((tier) => !known.includes(tier))
    .map((tier) =>
      problemAt("TIER_UNKNOWN", environmentFile(name), ["telemetry", "tiers", tier], {
        message: `there is no tier \`${tier}\``,
        ...choice(tier, known, `add it to ${tiersFile}`),
        target: "key",
      }),
    );
}

/** A service in no list is written in vain. While an environment has mistakes of its own, nobody knows its list. */
function idleServices(tree: SourceTree, authored: AuthoredTree): Problem[] {
  if (authored.environments.size < tree.environments.length) return [];
  const listed = new Set(
    tree.environments.flatMap((environment) => listedServices(authored.environments, environment)),
  );
  const meant = [...authored.environments.values()].flatMap(({ services = [] }) =>
    nearestOfUnknown(tree.services, services),
  );
  const [first = "prod"] = tree.environments;
  return [...authored.services.keys()]
    .filter((service) => !listed.has(service) && !meant.includes(service))
    .filter((service) => dnsLabel.test(service))
    .map((service) =>
      problemAt("SERVICE_NOT_ENABLED", serviceFile(service), [], {
        severity: "warning",
        message: `${service} runs in no environment`,
        expected: `${JSON.stringify(service)} in \`services\` of an environment: ${tree.environments.join(", ")}`,
        fix: `add "${service}" to services in ${environmentFile(first)}, or npm run remove ${service}`,
      }),
    );
}

/** Names of folders become names of namespaces and objects. */
function folderNames(tree: SourceTree): Problem[] {
  const of = (what: string, names: readonly string[], file: (name: string) => string) =>
    names
      .filter((name) => !dnsLabel.test(name))
      .map((name) =>
        problemAt("NAME_INVALID", file(name), [], {
          message: `\`${name}\` cannot be the name of ${what}`,
          found: JSON.stringify(name),
          expected:
            "lower-case letters, digits and hyphens, starting with a letter, 63 characters at most",
          fix: `rename it to ${labelOf(name)}`,
        }),
      );
  return [
    ...of("a service", tree.services, serviceFile),
    ...of("an environment", tree.environments, environmentFile),
    ...of("a cluster", tree.clusters, clusterFile),
  ];
}

const labelOf = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "") || "another name";

/** Namespaces of two environments on one cluster may never meet. */
function checkPrefix(
  authored: AuthoredTree,
  name: string,
  { cluster, prefix }: Environment,
): Problem[] {
  const file = environmentFile(name);
  if (prefix !== undefined && prefix in authored.tiers) {
    return [
      problemAt("PREFIX_TAKEN", file, ["prefix"], {
        message: `the prefix \`${prefix}\` is the name of a tier, so its namespaces could not be told from those of the tier`,
        found: JSON.stringify(prefix),
        expected: `another word than ${Object.keys(authored.tiers).join(", ")}`,
        fix: `write prefix: "${name}"`,
      }),
    ];
  }
  const [other] =
    [...authored.environments].find(
      ([candidate, its]) => candidate < name && its.cluster === cluster && its.prefix === prefix,
    ) ?? [];
  const carrier = authored.clusters.get(cluster)?.carrier;
  const rival =
    other ??
    [...authored.environments].find(
      ([candidate, its]) =>
        candidate === carrier &&
        candidate !== name &&
        its.cluster === cluster &&
        its.prefix === prefix,
    )?.[0];
  // The carrier keeps the plain names; the others get a prefix.
  if (rival === undefined || name === carrier) return [];
  const message =
    prefix === undefined
      ? `it shares cluster ${cluster} with ${rival} and has no prefix`
      : `it shares cluster ${cluster} and the prefix \`${prefix}\` with ${rival}`;
  return [
    problemAt("PREFIX_TAKEN", file, ["prefix"], {
      message,
      ...(prefix === undefined ? {} : { found: JSON.stringify(prefix) }),
      expected: "a prefix nobody else on the cluster has",
      fix: `write prefix: "${name}"`,
    }),
  ];
}

/** Problems: ENVIRONMENT_LIST. */
function checkLists(
  tree: SourceTree,
  authored: AuthoredTree,
  name: string,
  environment: Environment,
): Problem[] {
  const report: ReportList = (field, index, text) =>
    problemAt("ENVIRONMENT_LIST", environmentFile(name), [field, index], text);
  const { extends: parent } = environment;
  const inherited = parent === undefined ? [] : listedServices(authored.environments, parent);
  // What it would inherit is not known where a name on the way leads nowhere.
  const isUnknown = inheritsUnknown(authored.environments, name);
  return [
    ...listedTwice(environment, report),
    ...inBothLists(environment, report),
    ...(isUnknown
      ? []
      : leftOutForNothing(environment, { existing: tree.services, inherited }, report)),
  ];
}

type ReportList = (field: "services" | "without", index: number, text: ProblemText) => Problem;

const listedTwice = (environment: Environment, report: ReportList): Problem[] =>
  (["services", "without"] as const).flatMap((field) => {
    const list = environment[field] ?? [];
    return list.flatMap((service, index) =>
      list.indexOf(service) === index
        ? []
        : [
            report(field, index, {
              message: `\`${service}\` is listed twice`,
              found: JSON.stringify(service),
              expected: "each service once",
              fix: "remove one of the two",
            }),
          ],
    );
  });

const inBothLists = ({ services = [], without = [] }: Environment, report: ReportList): Problem[] =>
  [...new Set(without)]
    .filter((service) => services.includes(service))
    .map((service) =>
      report("without", without.indexOf(service), {
        message: `\`${service}\` is in services and in without`,
        found: JSON.stringify(service),
        expected: "each service in one of the two",
        fix: `take it out of without if it runs here, else out of services`,
      }),
    );

function leftOutForNothing(
  { services = [], without = [], extends: parent }: Environment,
  { existing, inherited }: Readonly<Record<"existing" | "inherited", readonly string[]>>,
  report: ReportList,
): Problem[] {
  return without.flatMap((service, index) =>
    !existing.includes(service) || inherited.includes(service) || services.includes(service)
      ? []
      : [
          report("without", index, {
            message: `\`${service}\` would not run here anyway`,
            found: JSON.stringify(service),
            expected: `a service of ${parent ?? "no other environment"}, which it extends`,
            fix: "remove it from without",
          }),
        ],
  );
}
