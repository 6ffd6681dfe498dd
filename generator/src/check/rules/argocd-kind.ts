/** Kinds the project of a tier may not have: what would give a service the rights of the platform, and what Argo CD skips. */
import { projectName } from "../../model/names.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedTree } from "../objects.ts";

/** With one of these a service could deploy anything anywhere; only the root project has them. */
const platformKinds: ReadonlySet<string> = new Set([
  "argoproj.io/Application",
  "argoproj.io/ApplicationSet",
  "argoproj.io/AppProject",
]);

/**
 * What Argo CD never looks at: `resource.exclusions` of its default argocd-cm since 3.0, see
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/upgrading/2.14-3.0/
 */
const skippedKinds: ReadonlySet<string> = new Set([
  "/Endpoints",
  "discovery.k8s.io/EndpointSlice",
  "coordination.k8s.io/Lease",
  "authentication.k8s.io/SelfSubjectReview",
  "authentication.k8s.io/TokenReview",
  "authorization.k8s.io/LocalSubjectAccessReview",
  "authorization.k8s.io/SelfSubjectAccessReview",
  "authorization.k8s.io/SelfSubjectRulesReview",
  "authorization.k8s.io/SubjectAccessReview",
  "certificates.k8s.io/CertificateSigningRequest",
  "cert-manager.io/CertificateRequest",
  "cilium.io/CiliumIdentity",
  "cilium.io/CiliumEndpoint",
  "cilium.io/CiliumEndpointSlice",
]);

/** Problems: MANIFEST_ARGOCD_KIND. */
export function argocdKinds({ objects }: CheckedTree): Problem[] {
  return objects.flatMap((object) => {
    const { service, facts } = object.release;
    const common = {
      code: "MANIFEST_ARGOCD_KIND",
      path: ["kind"],
      field: [],
      found: object.manifest.kind,
    } as const;
    if (platformKinds.has(object.kind)) {
      return [
        problemIn(object, {
          ...common,
          message: `the Argo CD project ${projectName(facts.name, service.tier)} does not allow ${object.manifest.kind}: it could deploy anything anywhere`,
          expected: "a kind that stays inside the service's own rights",
          fix: "remove it: RZP makes the Applications of every service itself",
        }),
      ];
    }
    if (!skippedKinds.has(object.kind)) return [];
    return [
      problemIn(object, {
        ...common,
        message: `Argo CD never deploys a ${object.manifest.kind}, as controllers make them`,
        expected: "a kind that people write",
        fix: "remove it, or write the object its controller makes it from",
      }),
    ];
  });
}
