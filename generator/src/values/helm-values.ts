/** Release -> the complete values rzp-lib gets: facts, never objects. */
import { valuesOf } from "../model/derived.ts";
import type { Release } from "../model/platform.ts";
import type { HelmValues, ServiceValues } from "../model/values/service.ts";
import { accounts, roles } from "./accounts.ts";
import { disruption, resourceClaims, scale } from "./availability.ts";
import { alertRules } from "./alerts/rules.ts";
import { alertRouting } from "./alerts/routing.ts";
import { compact } from "./compact.ts";
import { backupPolicies, backupSchedules, snapshotClasses } from "./backups.ts";
import { configMaps } from "./workload/files.ts";
import { monitors, podMonitors } from "./monitoring/monitors.ts";
import { probes } from "./monitoring/prober.ts";
import { objects } from "./objects.ts";
import { derivedDns, derivedWithoutDns, policies } from "./network/policies.ts";
import { postgresClusters } from "./postgres.ts";
import { limitRanges, quotas } from "./quota.ts";
import { routes } from "./routes/routes.ts";
import { secretPaths } from "./secret-paths.ts";
import { externalSecrets } from "./secrets.ts";
import { reasonsIn } from "../release/exceptions.ts";
import { podSecurityLevel } from "../security/level.ts";
import { allows } from "./security.ts";
import { kubernetesServices } from "./services.ts";
import { claims, shares } from "./storage.ts";
import { workloads } from "./workload/workload.ts";
import type { Sources } from "./workload/workload.ts";

/** In: a release, and the texts of authored files: a Job has another name when what it mounts changes. */
export function toHelmValues(release: Release, sources?: Sources): HelmValues {
  const { service, facts } = release;
  const values: ServiceValues = {
    name: service.name,
    tier: service.tier,
    environment: facts.name,
    namespace: compact({
      name: service.namespace,
      create: true,
      podSecurity: podSecurityLevel(service),
      secrets: secretPaths(release),
      allows: allows(service),
      because: reasonsIn(service.spec),
      labels: service.spec.namespaceLabels,
    }),
    labels: service.spec.labels ?? {},
    annotations: service.spec.annotations ?? {},
    dns: {
      ...derivedDns(release).value,
      ...compact({ except: valuesOf(derivedWithoutDns(release)) }),
    },
    workloads: workloads(release, sources),
    postgres: postgresClusters(release),
    claims: claims(release),
    shares: shares(release),
    configMaps: { ...configMaps(release), ...backupPolicies(release) },
    externalSecrets: externalSecrets(release),
    accounts: accounts(release),
    roles: roles(release),
    services: kubernetesServices(release),
    routes: routes(release),
    policies: policies(release),
    monitors: monitors(release),
    podMonitors: podMonitors(release),
    alertRules: alertRules(release),
    alertRouting: alertRouting(release),
    probes: probes(release),
    quotas: quotas(release),
    limitRanges: limitRanges(release),
    disruption: disruption(release),
    scale: scale(release),
    resourceClaims: resourceClaims(release),
    snapshotClasses: snapshotClasses(release),
    backupSchedules: backupSchedules(release),
    objects: objects(release),
  };
  return { service: values };
}
