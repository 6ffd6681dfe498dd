/** What alerts are raised about a service, each from the fact it is about; none while it is stopped or where nobody evaluates them. */
import { proberMetric } from "../../model/alerts/recorded.ts";
import { widestGap } from "../../model/cron.ts";
import type { Derived } from "../../model/derived.ts";
import { isTree } from "../../model/data.ts";
import { instanceClaimName, podClaimName } from "../../model/names.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { seconds } from "../../model/units.ts";
import { runsEverywhere } from "../../release/resources/pod-requests.ts";
import { containerFact, componentFact, serviceFact } from "../../release/causes.ts";
import { isClaim, templatedVolumes } from "../../release/claims.ts";
import { isWorkload } from "../../release/components.ts";
import { containersOf } from "../../release/containers.ts";
import { derivedWatches, isProbed, seriesFacts } from "../../release/monitoring/watch.ts";
import { isPostgresCluster } from "../../release/postgres.ts";
import { alert } from "./alert.ts";
import type { Alert } from "./alert.ts";
import { backupAlerts } from "./backups.ts";
import { drillAlerts } from "./drill.ts";
import { ownObjects } from "../../release/objects.ts";
import { secretReads } from "../../release/secrets/reads.ts";
import { countingFacts, isDerivable } from "../quota.ts";

/** In: a release. Out: its alerts, those of one concern after the other. */
export function derivedAlerts(release: Release): Derived<Alert>[] {
  const { service, facts } = release;
  if (facts.cluster.scraper === undefined || service.spec.stopped === true) return [];
  return [
    ...targetAlerts(release),
    ...everyNodeAlerts(release),
    ...podAlerts(release),
    ...throttlingAlerts(release),
    ...volumeAlerts(release),
    ...certificateAlerts(release),
    ...secretAlerts(release),
    ...jobAlerts(release),
    ...backupAlerts(release),
    ...drillAlerts(release),
    ...quotaAlerts(release),
  ];
}

/** A component that can be asked: whether it answers, whether anybody asks it, and how long a probe takes. */
function targetAlerts(release: Release): Derived<Alert>[] {
  const { service, optionalMetrics, proberFact } = release;
  const tellsOfProber = optionalMetrics?.includes(proberMetric) === true;
  return derivedWatches(release).flatMap(({ value: { component, alive }, aliveCauses }) => {
    if (alive === undefined) return [];
    const asked = { component: component.objectName, alive };
    const named = [...aliveCauses, ...seriesFacts(service, alive)];
    const kinds = [
      ["ServiceDown", "alert-when-down"],
      ["ServiceAbsent", "alert-when-unwatched"],
      ...(isProbed(alive) ? ([["ProbeSlow", "alert-when-slow"]] as const) : []),
    ] as const;
    return kinds.map(([kind, rule]): Derived<Alert> => {
      const mayWait = kind === "ServiceAbsent" && isProbed(alive);
      // A slow probe is told of by its component alone.
      const causes = kind === "ProbeSlow" ? aliveCauses : named;
      return {
        value: { kind, ...asked, ...(mayWait && tellsOfProber && { heldBack: true as const }) },
        rule,
        causes: mayWait && proberFact !== undefined ? [...causes, proberFact] : causes,
      };
    });
  });
}

/** A component of which one answers on every node: while others do, nobody would miss one. */
function everyNodeAlerts(release: Release): Derived<Alert>[] {
  const { service } = release;
  return derivedWatches(release).flatMap(({ value: { component, alive }, aliveCauses }) =>
    alive === undefined || !runsEverywhere(component)
      ? []
      : {
          value: { kind: "ServiceDownOnNode", component: component.objectName },
          rule: "alert-when-down-on-node",
          causes: [
            ...aliveCauses,
            componentFact(
              service,
              component,
              component.source.kind === "chart" ? "everyNode" : "runs",
            ),
          ],
        },
  );
}

function podAlerts(release: Release): Derived<Alert>[] {
  const kinds = ["ContainerCrashLooping", "ContainerOomKilled", "PodNotReady"] as const;
  return kinds.map((kind) => alert(release, { kind }, "alert-on-pods", []));
}

/** Only a limit of processor time holds a container back. */
function throttlingAlerts(release: Release): Derived<Alert>[] {
  const { service } = release;
  return service.components.flatMap((component) =>
    containersOf(component)
      .filter(({ role, spec }) => role !== "init" && spec.resources?.cpuLimit !== undefined)
      .map((container) =>
        alert(
          release,
          {
            kind: "ContainerThrottled",
            component: component.objectName,
            container: container.name ?? component.name,
          },
          "alert-on-throttling",
          [containerFact(service, component, container, "resources", "cpuLimit")],
        ),
      ),
  );
}

const ofVolumes = ["VolumeFilling", "VolumeAlmostFull"] as const;

/** Claims of its own; shares and disks of nodes are watched where they are. What a chart claims nobody here knows: whatever its namespace has. */
function volumeAlerts(release: Release): Derived<Alert>[] {
  const { service } = release;
  if (service.kind === "chart")
    return ofVolumes.map((kind) =>
      alert(release, { kind, claims: ".+" }, "alert-on-volume", [serviceFact(service, "chart")]),
    );
  const owners = service.components.map(
    (component) => [component, templatedVolumes(release, component)] as const,
  );
  return service.volumes.flatMap(({ name, volume }) => {
    if (!isClaim(volume)) return [];
    const makers = owners.filter(([, made]) => made.has(name)).map(([component]) => component);
    const claims =
      makers.length === 0
        ? (volume.adopt ?? name)
        : makers.map((component) => claimsOf(component, name)).join("|");
    return ofVolumes.map((kind) =>
      alert(release, { kind, volume: name, claims }, "alert-on-volume", [
        serviceFact(service, "storage", name),
      ]),
    );
  });
}

/** Names of the claims a StatefulSet or CloudNativePG makes for its pods. */
const claimsOf = (component: ResolvedComponent, volume: string) =>
  isPostgresCluster(component)
    ? instanceClaimName(component.objectName, "[0-9]+")
    : podClaimName(volume, component.objectName, "[0-9]+");

/** cert-manager makes certificates in a namespace for objects that ask for them: a Certificate, a Gateway with an issuer. */
function certificateAlerts(release: Release): Derived<Alert>[] {
  const { service } = release;
  const kinds = (
    [
      ["CertificateExpiring", "certmanager_certificate_expiration_timestamp_seconds"],
      ["CertificateNotReady", "certmanager_certificate_ready_status"],
    ] as const
  ).filter(([, metric]) => release.optionalMetrics?.includes(metric));
  const asking = ownObjects(service).filter(({ object }) => asksForCertificate(object));
  return asking.flatMap(({ key, name }) => {
    const cause = serviceFact(service, "objects", key);
    return kinds.map(([kind]) =>
      alert(release, { kind, object: name }, "alert-on-certificate", [cause]),
    );
  });
}

/** One for each key of each Secret that is fetched, as each has its own reason. */
function secretAlerts(release: Release): Derived<Alert>[] {
  return release.optionalMetrics?.includes("externalsecret_status_condition") === true
    ? secretReads(release).map(({ value: read, causes }) =>
        alert(release, { kind: "ExternalSecretNotReady", read }, "alert-on-secret", [...causes]),
      )
    : [];
}

function asksForCertificate(object: Readonly<Record<string, unknown>>): boolean {
  const { kind, apiVersion, metadata } = object;
  if (kind === "Certificate" && String(apiVersion).startsWith("cert-manager.io/")) return true;
  const annotations = isTree(metadata) ? metadata["annotations"] : undefined;
  return (
    isTree(annotations) &&
    ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"].some((key) => key in annotations)
  );
}

function jobAlerts(release: Release): Derived<Alert>[] {
  const { service } = release;
  return service.components.flatMap((component) => {
    const runs = isWorkload(component) ? component.source.spec.runs : undefined;
    if (runs?.as !== "schedule" && runs?.as !== "job") return [];
    const job = component.objectName;
    const failed = alert(release, { kind: "JobFailed", job, runs: runs.as }, "alert-on-job", [
      componentFact(service, component, "runs"),
    ]);
    const gap = runs.as === "schedule" ? widestGap(runs.cron) : undefined;
    if (gap === undefined) return [failed];
    return [
      failed,
      alert(
        release,
        { kind: "JobOverdue", job, after: gap + seconds(runs.endsWithin) + grace },
        "alert-on-schedule",
        [componentFact(service, component, "runs")],
      ),
    ];
  });
}

/** A change to summer time moves a run by an hour. */
const grace = 3600;

function quotaAlerts(release: Release): Derived<Alert>[] {
  const { service } = release;
  const isSaid = service.spec.quota !== undefined;
  // Whether there is one, not how large it is.
  const causes = isDerivable(release) ? countingFacts(release) : [serviceFact(service, "quota")];
  return isSaid || isDerivable(release)
    ? [alert(release, { kind: "QuotaNearFull" }, "alert-on-quota", causes)]
    : [];
}
