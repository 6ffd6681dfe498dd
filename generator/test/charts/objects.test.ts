import { beforeAll, describe, expect, test } from "vitest";
import { dataKinds } from "../../src/model/data-kinds.ts";
import { libraryKinds } from "../../src/model/library-kinds.ts";
import {
  keepsData,
  kinds,
  labels,
  named,
  only,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
} from "./support.ts";

/** Every kind of the library as an object of a service, in its own group or in another operator's. */
const ofEveryKind = (groupOf: (group: string) => string) =>
  Object.fromEntries(
    libraryKinds.map(({ group, kind }) => [
      kind.toLowerCase(),
      { apiVersion: `${groupOf(group)}/v1`.replace(/^\//, ""), kind },
    ]),
  );
const waves: Readonly<Record<string, readonly string[]>> = {
  "-30": ["Namespace", "ResourceQuota", "LimitRange"],
  "-15": ["ExternalSecret"],
  "-10": [
    "NetworkPolicy",
    "ConfigMap",
    "ServiceAccount",
    "Role",
    "RoleBinding",
    "ClusterRole",
    "ClusterRoleBinding",
    "ResourceClaimTemplate",
  ],
  "5": [
    "HTTPRoute",
    "GRPCRoute",
    "TLSRoute",
    "TCPRoute",
    "UDPRoute",
    "SecurityPolicy",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
  ],
};

describe("objects as they are", () => {
  let rendered: Record<"absent" | "minimal" | "full" | "synced" | "ours" | "foreign", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: {
        objects: { letsencrypt: { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer" } },
      },
      ours: { objects: ofEveryKind((group) => group) },
      foreign: { objects: ofEveryKind(() => "example.org") },
      synced: {
        objects: {
          inside: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
          late: {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { annotations: { ...wave("0"), folder: "010" } },
          },
          films: { apiVersion: "v1", kind: "PersistentVolumeClaim" },
          gone: {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: { annotations: { "argocd.argoproj.io/sync-options": "Delete=true" } },
          },
          shared: { apiVersion: "v1", kind: "Namespace" },
          kafka: {
            apiVersion: "kafka.example.org/v1",
            kind: "Cluster",
            metadata: { annotations: wave("3") },
          },
        },
      },
      full: {
        labels: { "example.org/owner": "me" },
        objects: {
          dashboard: {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: {
              name: "sonarr-dashboard",
              namespace: "monitoring",
              labels: { grafana_dashboard: "1", "app.kubernetes.io/part-of": "grafana" },
              annotations: { folder: "010" },
              finalizers: ["example.org/keep"],
            },
            data: { "a.json": '{\n  "refresh": "30s"\n\n}\n', port: "8080" },
          },
          numbers: {
            apiVersion: "example.org/v1",
            kind: "Numbers",
            spec: {
              large: 1000000000,
              float: 0.5,
              yes: "yes",
              no: false,
              list: [{ a: 1 }, []],
              empty: {},
              template: "{{ .Values }}",
            },
          },
        },
      },
    });
  });

  test("are not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("are named by their key, carry our labels and get no namespace: their scope is not known here", () => {
    expect(only(rendered.minimal, "ClusterIssuer")).toEqual({
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: "letsencrypt", labels: labels() },
    });
  });

  test("are applied and kept as others of their kind, but for what they say themselves", () => {
    const annotations = (kind: string, name: string) =>
      named(rendered.synced, kind, name).metadata.annotations;
    expect(annotations("NetworkPolicy", "inside")).toEqual(wave("-10"));
    expect(annotations("NetworkPolicy", "late")).toEqual({ ...wave("0"), folder: "010" });
    expect(annotations("PersistentVolumeClaim", "films")).toEqual(keepsData);
    expect(annotations("PersistentVolumeClaim", "gone")).toEqual({
      "argocd.argoproj.io/sync-options": "Delete=true",
    });
    expect(annotations("Namespace", "shared")).toEqual({ ...keepsData, ...wave("-30") });
  });

  test.each(libraryKinds)(
    "have what Argo CD is told of their kind in their own group alone: $group/$kind",
    ({ group, kind }) => {
      const [number] = Object.entries(waves).find(([, those]) => those.includes(kind)) ?? [];
      const told = {
        ...(number === undefined ? {} : wave(number)),
        ...(dataKinds.has(`${group}/${kind}`) ? keepsData : {}),
      };
      expect(named(rendered.ours, kind, kind.toLowerCase()).metadata.annotations ?? {}).toEqual(
        told,
      );
      expect(
        named(rendered.foreign, kind, kind.toLowerCase()).metadata.annotations,
      ).toBeUndefined();
    },
  );

  test("in another operator's group keep the annotations they say themselves", () => {
    expect(named(rendered.synced, "Cluster", "kafka").metadata.annotations).toEqual(wave("3"));
  });

  test("keep all they say themselves", () => {
    expect(named(rendered.full, "ConfigMap", "sonarr-dashboard")).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "sonarr-dashboard",
        namespace: "monitoring",
        labels: labels({
          "example.org/owner": "me",
          grafana_dashboard: "1",
          "app.kubernetes.io/part-of": "grafana",
        }),
        annotations: { ...wave("-10"), folder: "010" },
        finalizers: ["example.org/keep"],
      },
      data: { "a.json": '{\n  "refresh": "30s"\n\n}\n', port: "8080" },
    });
    expect(only(rendered.full, "Numbers")["spec"]).toEqual({
      large: 1000000000,
      float: 0.5,
      yes: "yes",
      no: false,
      list: [{ a: 1 }, []],
      empty: {},
      template: "{{ .Values }}",
    });
    expect(rendered.full.text).toContain("large: 1000000000\n");
  });

  test("have a schema that refuses one without kind", async () => {
    const object = { apiVersion: "v1" } as { apiVersion: string; kind: string };
    expect(await schemaRefusal({ objects: { own: object } })).toContain(
      "at '/objects/own': missing property 'kind'",
    );
  });
});
