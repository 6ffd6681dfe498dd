/** The health check for Applications, in Argo CD's own engine. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { applicationHealth } from "../../../src/authoring/argocd.ts";
import { ensureTool } from "../../../src/tools/ensure-tool.ts";
import { currentHost } from "../../../src/tools/host.ts";

const source = {
  repoURL: "https://git.example.com/home/platform.git",
  path: "kubernetes/prod/sonarr",
  targetRevision: "main",
};
const destination = { server: "https://kubernetes.default.svc", namespace: "media-sonarr" };
const spec = {
  project: "prod-media",
  source,
  destination,
  syncPolicy: { automated: { enabled: true, prune: true } },
};
const healthy = {
  sync: { status: "Synced", comparedTo: { source, destination } },
  health: { status: "Healthy" },
  operationState: { phase: "Succeeded" },
};
const sources = [
  source,
  { repoURL: "quay.io/jetstack/charts", chart: "cert-manager", targetRevision: "v1.21.1" },
];

const comparedWith = (more: object) => ({
  ...healthy,
  sync: { ...healthy.sync, comparedTo: { source: { ...source, ...more }, destination } },
});

/** What Argo CD says where it could not compare: all that is on the cluster is healthy. */
const uncompared = {
  ...healthy,
  sync: { ...healthy.sync, status: "Unknown" },
  conditions: [{ type: "ComparisonError", message: "app path does not exist" }],
};

const minutesAgo = (minutes: number): string =>
  `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;

interface Case {
  readonly what: string;
  readonly spec?: object;
  readonly status?: object;
  readonly more?: object;
  readonly metadata?: object;
  /** The time zone Argo CD runs in, unless that of this machine. */
  readonly zone?: string;
  readonly expected: readonly [string, string];
}

/** An Application `prod` as Argo CD applies it: with the name of the Application it belongs to. */
const tracked = (id: string) => ({
  name: "prod",
  annotations: { "argocd.argoproj.io/tracking-id": id },
});

const cases: readonly Case[] = [
  { what: "all is well", status: healthy, expected: ["Healthy", ""] },
  {
    what: "never synced: no status at all",
    expected: ["Progressing", "it has not been compared with git yet"],
  },
  {
    what: "never synced: health comes before the first comparison",
    status: { health: { status: "Healthy" } },
    expected: ["Progressing", "it has not been compared with git yet"],
  },
  {
    what: "stale Healthy after its source changed",
    spec: { ...spec, source: { ...source, targetRevision: "v2" } },
    status: healthy,
    expected: ["Progressing", "what is known of it is from before its last change"],
  },
  {
    what: "stale Healthy after a field was added to its source",
    spec: { ...spec, source: { ...source, directory: { recurse: true } } },
    status: healthy,
    expected: ["Progressing", "what is known of it is from before its last change"],
  },
  {
    what: "what Argo CD adds empty to what it has compared is no change",
    spec: { ...spec, source: { ...source, directory: { include: "*.yaml" } } },
    status: comparedWith({ directory: { include: "*.yaml", jsonnet: {} } }),
    expected: ["Healthy", ""],
  },
  {
    what: "what is empty in a spec and left out of what was compared is no change",
    spec: { ...spec, source: { ...source, directory: { jsonnet: { tlas: [] } } }, sources: [] },
    status: healthy,
    expected: ["Healthy", ""],
  },
  {
    what: "stale Healthy after what was not empty was added beneath it",
    spec: { ...spec, source: { ...source, directory: { jsonnet: { tlas: [{ name: "a" }] } } } },
    status: healthy,
    expected: ["Progressing", "what is known of it is from before its last change"],
  },
  {
    what: "stale Healthy after a chart lost an empty value",
    spec: { ...spec, source: { ...source, helm: { valuesObject: { args: [] } } } },
    status: comparedWith({ helm: { valuesObject: {} } }),
    expected: ["Progressing", "what is known of it is from before its last change"],
  },
  {
    what: "stale Healthy of a source beside a list that is empty",
    spec: { ...spec, source: { ...source, targetRevision: "v2" }, sources: [] },
    status: healthy,
    expected: ["Progressing", "what is known of it is from before its last change"],
  },
  {
    what: "stale Healthy after its destination changed",
    spec: { ...spec, destination: { ...destination, namespace: "apps-sonarr" } },
    status: healthy,
    expected: ["Progressing", "what is known of it is from before its last change"],
  },
  {
    what: "an operation is asked for",
    status: healthy,
    more: { operation: { sync: {} } },
    expected: ["Progressing", "a sync is running"],
  },
  {
    what: "an operation is running",
    status: { ...healthy, operationState: { phase: "Running" } },
    expected: ["Progressing", "a sync is running"],
  },
  {
    what: "the root while it syncs, itself too",
    status: { ...healthy, operationState: { phase: "Running" } },
    metadata: tracked("prod:argoproj.io/Application:argocd/prod"),
    expected: ["Healthy", "it syncs itself"],
  },
  {
    what: "another's Application while it syncs",
    status: { ...healthy, operationState: { phase: "Running" } },
    metadata: tracked("test:argoproj.io/Application:argocd/prod"),
    expected: ["Progressing", "a sync is running"],
  },
  {
    what: "the last sync failed",
    status: { ...healthy, operationState: { phase: "Failed", message: "one object was refused" } },
    expected: ["Degraded", "one object was refused"],
  },
  {
    what: "not in sync",
    status: { ...healthy, sync: { ...healthy.sync, status: "OutOfSync" } },
    expected: ["Progressing", "it is not in sync: OutOfSync"],
  },
  {
    what: "old, and what is in git is no more to be compared",
    status: uncompared,
    metadata: { creationTimestamp: "2026-01-01T00:00:00Z" },
    expected: ["Degraded", "app path does not exist"],
  },
  {
    what: "old, not to be compared, and nobody says why",
    status: { ...uncompared, conditions: [] },
    metadata: { creationTimestamp: "2026-01-01T00:00:00Z" },
    expected: ["Degraded", "it cannot be compared with git"],
  },
  {
    what: "not to be compared after six minutes",
    status: uncompared,
    metadata: { creationTimestamp: minutesAgo(6) },
    expected: ["Degraded", "app path does not exist"],
  },
  ...["Asia/Tokyo", "America/Los_Angeles"].flatMap((zone): readonly Case[] => [
    {
      what: `not to be compared after six minutes, in ${zone}`,
      status: uncompared,
      metadata: { creationTimestamp: minutesAgo(6) },
      zone,
      expected: ["Degraded", "app path does not exist"],
    },
    {
      what: `not to be compared while it is new, in ${zone}`,
      status: uncompared,
      metadata: { creationTimestamp: minutesAgo(1) },
      zone,
      expected: ["Progressing", "it is not in sync: Unknown"],
    },
  ]),
  {
    what: "not to be compared while it is new",
    status: uncompared,
    metadata: { creationTimestamp: minutesAgo(1) },
    expected: ["Progressing", "it is not in sync: Unknown"],
  },
  {
    what: "old and out of sync",
    status: { ...healthy, sync: { ...healthy.sync, status: "OutOfSync" } },
    metadata: { creationTimestamp: "2026-01-01T00:00:00Z" },
    expected: ["Progressing", "it is not in sync: OutOfSync"],
  },
  {
    what: "old, not to be compared, and a sync is running",
    status: { ...uncompared, operationState: { phase: "Running" } },
    metadata: { creationTimestamp: "2026-01-01T00:00:00Z" },
    expected: ["Progressing", "a sync is running"],
  },
  {
    what: "old, not to be compared, and changed since",
    spec: { ...spec, source: { ...source, targetRevision: "v2" } },
    status: uncompared,
    metadata: { creationTimestamp: "2026-01-01T00:00:00Z" },
    expected: ["Progressing", "what is known of it is from before its last change"],
  },
  {
    what: "old, not to be compared, and automatic sync off",
    spec: { ...spec, syncPolicy: {} },
    status: uncompared,
    metadata: { creationTimestamp: "2026-01-01T00:00:00Z" },
    expected: ["Healthy", "it is synced by hand, and not in sync"],
  },
  {
    what: "multi-source, good",
    spec: { ...spec, source: undefined, sources },
    status: { ...healthy, sync: { status: "Synced", comparedTo: { sources, destination } } },
    expected: ["Healthy", ""],
  },
  {
    what: "multi-source, stale",
    spec: { ...spec, source: undefined, sources: [...sources].reverse() },
    status: { ...healthy, sync: { status: "Synced", comparedTo: { sources, destination } } },
    expected: ["Progressing", "what is known of it is from before its last change"],
  },
  {
    what: "automatic sync off and not in sync holds up nobody",
    spec: { ...spec, syncPolicy: {} },
    status: { ...healthy, sync: { ...healthy.sync, status: "OutOfSync" } },
    expected: ["Healthy", "it is synced by hand, and not in sync"],
  },
  {
    what: "automatic sync switched off",
    spec: { ...spec, syncPolicy: { automated: { enabled: false } } },
    status: { ...healthy, sync: { ...healthy.sync, status: "OutOfSync" } },
    expected: ["Healthy", "it is synced by hand, and not in sync"],
  },
  {
    what: "being deleted",
    status: healthy,
    metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" },
    expected: ["Progressing", "Pending deletion"],
  },
  {
    what: "what it manages is degraded",
    status: { ...healthy, health: { status: "Degraded", message: "a pod crashes" } },
    expected: ["Degraded", "a pod crashes"],
  },
];

const folder = mkdtempSync(path.join(tmpdir(), "rzp-health-"));
let argocd = "";

beforeAll(async () => {
  const tool = await ensureTool("argocd", currentHost());
  if (typeof tool !== "string") throw new Error(tool.message);
  argocd = tool;
  const settings = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "argocd-cm",
      namespace: "argocd",
      labels: { "app.kubernetes.io/part-of": "argocd" },
    },
    data: { "resource.customizations.health.argoproj.io_Application": applicationHealth },
  };
  writeFileSync(path.join(folder, "cm.yaml"), stringify(settings));
}, 1_800_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("health of an Application", () => {
  test.for(cases.map((one, index) => ({ ...one, index })))(
    "$what",
    async ({ spec: own = spec, status, more, metadata, zone, expected, index }) => {
      const file = path.join(folder, `app-${index}.yaml`);
      const object = {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: { name: "sonarr", namespace: "argocd", ...metadata },
        spec: own,
        ...(status === undefined ? {} : { status }),
        ...more,
      };
      writeFileSync(file, stringify(JSON.parse(JSON.stringify(object))));
      const { stdout } = await execa(
        argocd,
        [
          "admin",
          "settings",
          "resource-overrides",
          "health",
          file,
          "--argocd-cm-path",
          path.join(folder, "cm.yaml"),
        ],
        { env: { ARGOCD_BINARY_NAME: "argocd", ...(zone !== undefined && { TZ: zone }) } },
      );
      expect(stdout).toContain(`STATUS: ${expected[0]}`);
      expect(stdout).toContain(`MESSAGE: ${expected[1]}`.trim());
    },
  );
});
