import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  keepsData,
  kinds,
  named,
  renderAll,
  type Rendered,
  resources,
  schemaRefusal,
} from "./support.ts";

const cluster = { objectName: "sonarr-db", image: "pg:18", instances: 1, size: "5Gi", resources };

describe("Database (CloudNativePG)", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: { postgres: { db: cluster } },
      minimal: {
        postgres: {
          db: { ...cluster, databases: { sonarr: { name: "sonarr", owner: "sonarr" } } },
        },
      },
      full: {
        postgres: {
          db: {
            ...cluster,
            databases: {
              immich: {
                name: "immich_v2",
                owner: "immich",
                extensions: ["vchord", "earthdistance"],
              },
            },
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual(["Cluster"]);
  });

  test("belongs to its cluster, keeps its data and is never pruned", () => {
    expect(named(rendered.minimal, "Database", "sonarr")).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Database",
      metadata: {
        name: "sonarr",
        namespace: "media-sonarr",
        labels: component("db"),
        annotations: keepsData,
      },
      spec: {
        cluster: { name: "sonarr-db" },
        name: "sonarr",
        owner: "sonarr",
        ensure: "present",
        databaseReclaimPolicy: "retain",
      },
    });
  });

  test("has extensions, in their order", () => {
    expect(named(rendered.full, "Database", "immich")["spec"]).toMatchObject({
      name: "immich_v2",
      extensions: [
        { name: "vchord", ensure: "present" },
        { name: "earthdistance", ensure: "present" },
      ],
    });
  });

  test("has a schema that refuses one without owner", async () => {
    const databases = { sonarr: { name: "sonarr" } } as unknown as {
      sonarr: { name: string; owner: string };
    };
    expect(await schemaRefusal({ postgres: { db: { ...cluster, databases } } })).toContain(
      "at '/postgres/db/databases/sonarr': missing property 'owner'",
    );
  });
});
