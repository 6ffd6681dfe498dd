/** Objects of services that bear the name of one an environment itself has: policies, priorities, stores, rules of the platform. */
import type { Release } from "../../model/platform.ts";
import type { RenderedRelease } from "../../model/rendered.ts";
import {
  admissionName,
  platformRulesName,
  priorityClassName,
  storeName,
} from "../../model/names.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { Manifest } from "../../model/manifest.ts";
import { kindOf } from "../../model/scopes.ts";
import { objectsAmong } from "../objects.ts";
import type { AllObjects, CheckedObject } from "../objects.ts";

/** In: a release of an environment, an object. Out: whether the environment itself has, or may have, one of that name. */
type IsTaken = (release: Release, object: CheckedObject["manifest"]) => boolean;

const isPolicy: IsTaken = ({ facts }, { name }) => name.startsWith(admissionName(facts.name, ""));
const isOfTier = ({ facts }: Release, nameOf: (tier: string) => string, name: string) =>
  Object.keys(facts.tiers).some((tier) => nameOf(tier) === name);

const names: Readonly<Record<string, IsTaken>> = {
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy": isPolicy,
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": isPolicy,
  "scheduling.k8s.io/PriorityClass": (release, { name }) =>
    isOfTier(release, priorityClassName, name),
  "external-secrets.io/ClusterSecretStore": (release, { name }) =>
    isOfTier(release, (tier) => storeName(release.facts.name, tier), name),
  "monitoring.coreos.com/PrometheusRule": ({ facts }, { name, namespace }) =>
    name === platformRulesName && namespace === facts.cluster.scraper?.namespace,
};

/** In: all releases. Problems: MANIFEST_DUPLICATE, also where the environment has no such object yet. */
export function namesOfEnvironments(
  tree: AllObjects,
  releases: readonly RenderedRelease[],
): Problem[] {
  // One release of each environment: they have its facts.
  const environments = [
    ...new Map(releases.map(({ release }) => [release.facts.name, release])).values(),
  ];
  const mayBeTaken = (manifest: Manifest) => names[kindOf(manifest)] !== undefined;
  return objectsAmong(tree, releases, mayBeTaken).flatMap((object) => {
    const isTaken = names[object.kind];
    const owner = environments.find(
      (release) =>
        release.facts.clusterName === object.release.facts.clusterName &&
        isTaken?.(release, object.manifest) === true,
    );
    return owner === undefined ? [] : [problem(object, owner)];
  });
}

function problem(object: CheckedObject, { facts }: Release): Problem {
  const { manifest, release } = object;
  return problemIn(object, {
    code: "MANIFEST_DUPLICATE",
    path: ["metadata", "name"],
    field: [],
    message: `RZP makes an object of this name for environment ${facts.name} itself`,
    found: manifest.name,
    expected: "one source for each object",
    fix: `call it ${release.service.name}-${manifest.name}`,
  });
}
