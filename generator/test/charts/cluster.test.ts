import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  keepsData,
  kinds,
  only,
  refusal,
  renderAll,
  type Rendered,
  resources,
  schemaRefusal,
} from "./support.ts";

const cluster = {
  objectName: "sonarr-db",
  image: "ghcr.io/cloudnative-pg/postgresql:18",
  instances: 1,
  size: "5Gi",
  resources,
};
const requests = { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } };

describe("Cluster (CloudNativePG)", () => {
  let rendered: Record<"absent" | "minimal" | "placed" | "alone" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { postgres: { db: cluster } },
      placed: {
        postgres: {
          db: {
            ...cluster,
            nodes: { disk: "ssd", "topology.kubernetes.io/zone": "pve-1" },
            tolerates: { database: "NoSchedule", gpu: "any" },
            spread: "zones",
            apartFrom: ["other"],
            together: ["other"],
            labels: { "example.org/backup": "yes" },
            annotations: { "example.org/a": "b" },
          },
          other: { ...cluster, objectName: "other" },
        },
      },
      alone: { postgres: { db: { ...cluster, spread: "none" } } },
      full: {
        labels: { "example.org/owner": "me" },
        annotations: { "example.org/a": "b" },
        postgres: {
          db: {
            ...cluster,
            instances: 3,
            class: "fast",
            settings: { max_connections: "200", "pg_stat_statements.track": "all", ssl: "on" },
            preload: ["vchord.so", "vectors"],
            priority: "data",
            hibernated: true,
            pullSecret: "registry",
            owner: "sonarr-db-owner",
            roles: {
              sonarr_main: { secret: "login-sonarr" },
              radarr: { secret: "login-radarr", readsAll: true },
            },
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("is never pruned; its pods do not get the labels the operator works with", () => {
    expect(only(rendered.minimal, "Cluster")).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: {
        name: "sonarr-db",
        namespace: "media-sonarr",
        labels: component("db"),
        annotations: keepsData,
      },
      spec: {
        instances: 1,
        imageName: "ghcr.io/cloudnative-pg/postgresql:18",
        enablePDB: false,
        enableSuperuserAccess: false,
        inheritedMetadata: {
          labels: { "app.kubernetes.io/part-of": "media", "rzp.local/environment": "prod" },
        },
        bootstrap: { initdb: { database: "app", owner: "app", dataChecksums: true } },
        storage: { size: "5Gi" },
        resources: requests,
      },
    });
  });

  test("says on which nodes the instances run, and what is on all the operator makes", () => {
    const terms = {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          topologyKey: "kubernetes.io/hostname",
          labelSelector: { matchLabels: { "cnpg.io/cluster": "other" } },
        },
      ],
    };
    const placed = rendered.placed.manifests.find(({ metadata }) => metadata.name === "sonarr-db");
    expect(placed?.["spec"]).toMatchObject({
      affinity: {
        nodeSelector: { disk: "ssd", "topology.kubernetes.io/zone": "pve-1" },
        tolerations: [
          { key: "database", operator: "Exists", effect: "NoSchedule" },
          { key: "gpu", operator: "Exists" },
        ],
        topologyKey: "topology.kubernetes.io/zone",
        additionalPodAffinity: terms,
        additionalPodAntiAffinity: terms,
      },
      inheritedMetadata: {
        labels: { "example.org/backup": "yes" },
        annotations: { "example.org/a": "b" },
      },
    });
    expect(only(rendered.alone, "Cluster")["spec"]["affinity"]).toEqual({
      enablePodAntiAffinity: false,
    });
  });

  test("writes every field", () => {
    const role = (name: string, secret: string) => ({
      name,
      ensure: "present",
      login: true,
      inherit: true,
      connectionLimit: -1,
      passwordSecret: { name: secret },
    });
    const full = only(rendered.full, "Cluster");
    expect(full.metadata.annotations).toEqual({
      ...keepsData,
      "cnpg.io/hibernation": "on",
      "example.org/a": "b",
    });
    expect(full["spec"]).toEqual({
      instances: 3,
      imageName: "ghcr.io/cloudnative-pg/postgresql:18",
      imagePullSecrets: [{ name: "registry" }],
      enablePDB: true,
      enableSuperuserAccess: false,
      priorityClassName: "data",
      inheritedMetadata: {
        labels: {
          "app.kubernetes.io/part-of": "media",
          "example.org/owner": "me",
          "rzp.local/environment": "prod",
        },
      },
      bootstrap: {
        initdb: {
          database: "app",
          owner: "app",
          secret: { name: "sonarr-db-owner" },
          dataChecksums: true,
        },
      },
      storage: { size: "5Gi", storageClass: "fast" },
      resources: requests,
      postgresql: {
        parameters: { max_connections: "200", "pg_stat_statements.track": "all", ssl: "on" },
        shared_preload_libraries: ["vchord.so", "vectors"],
      },
      managed: {
        roles: [
          { ...role("radarr", "login-radarr"), inRoles: ["pg_read_all_data"] },
          role("sonarr_main", "login-sonarr"),
        ],
      },
    });
  });

  test("refuses an image whose tag moves", async () => {
    const image = "ghcr.io/cloudnative-pg/postgresql:latest";
    expect(await refusal({ postgres: { db: { ...cluster, image } } })).toBe(
      '[rzp-lib] service=sonarr key=postgres.db.image: the tag "latest" moves, so what runs changes by itself; say a version, or add a digest.',
    );
  });

  test("has a schema that refuses one without size", async () => {
    const { size: _, ...rest } = cluster;
    expect(await schemaRefusal({ postgres: { db: rest as typeof cluster } })).toContain(
      "at '/postgres/db': missing property 'size'",
    );
  });
});
