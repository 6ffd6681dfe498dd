import { beforeAll, describe, expect, test } from "vitest";
import {
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
} from "./support.ts";

describe("ExternalSecret", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: {
        externalSecrets: {
          keys: { store: "infisical", data: { "api-key": "/media/sonarr/api-key" } },
        },
      },
      full: {
        externalSecrets: {
          login: {
            store: "infisical",
            type: "kubernetes.io/basic-auth",
            labels: { "argocd.argoproj.io/secret-type": "repository" },
            data: { password: "/edges/sonarr/postgres/password", "010": "/edges/yes" },
            folders: ["/media/sonarr"],
            about: { password: "Of its one user", "010": "Made by the provider: page Keys" },
            template: {
              url: "postgres://sonarr:{{ .password }}@host/db",
              "file.conf": "user = sonarr\npassword = {{ .password }}\n",
            },
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("fills a Secret of its name, whose metadata is written out", () => {
    expect(only(rendered.minimal, "ExternalSecret")).toEqual({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: {
        name: "keys",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("-15"),
      },
      spec: {
        refreshInterval: "1h0m0s",
        secretStoreRef: { kind: "ClusterSecretStore", name: "infisical" },
        target: {
          name: "keys",
          creationPolicy: "Owner",
          deletionPolicy: "Retain",
          template: { engineVersion: "v2", mergePolicy: "Replace", metadata: { labels: labels() } },
        },
        data: [
          {
            secretKey: "api-key",
            remoteRef: {
              key: "/media/sonarr/api-key",
              conversionStrategy: "Default",
              decodingStrategy: "None",
              metadataPolicy: "None",
            },
          },
        ],
      },
    });
  });

  test("says what its keys are, to whoever looks for one that is not there", () => {
    expect(only(rendered.full, "ExternalSecret").metadata.annotations).toEqual({
      ...wave("-15"),
      "rzp.local/about": "010: Made by the provider: page Keys\npassword: Of its one user",
    });
  });

  test("adds template keys to the fetched ones, untouched by Helm", () => {
    const { spec } = only(rendered.full, "ExternalSecret");
    expect(spec.target.template).toEqual({
      engineVersion: "v2",
      mergePolicy: "Merge",
      type: "kubernetes.io/basic-auth",
      metadata: { labels: labels({ "argocd.argoproj.io/secret-type": "repository" }) },
      data: {
        url: "postgres://sonarr:{{ .password }}@host/db",
        "file.conf": "user = sonarr\npassword = {{ .password }}\n",
      },
    });
    expect(spec.data.map(({ secretKey }: { secretKey: string }) => secretKey)).toEqual([
      "010",
      "password",
    ]);
    expect(spec.dataFrom).toEqual([
      {
        find: {
          path: "/media/sonarr",
          name: { regexp: ".*" },
          conversionStrategy: "Default",
          decodingStrategy: "None",
        },
      },
    ]);
  });

  test("refuses one that takes nothing", async () => {
    expect(await refusal({ externalSecrets: { keys: { store: "infisical" } } })).toBe(
      "[rzp-lib] service=sonarr key=externalSecrets.keys: has neither data nor folders.",
    );
  });

  test("has a schema that refuses one without store", async () => {
    const secret = { data: {} } as unknown as { store: string };
    expect(await schemaRefusal({ externalSecrets: { keys: secret } })).toContain(
      "at '/externalSecrets/keys': missing property 'store'",
    );
  });
});
