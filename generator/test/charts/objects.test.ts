import { beforeAll, describe, expect, it } from "vitest";
import {
  kinds,
  labels,
  named,
  only,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
} from "./support.ts";

const kept = {
  "argocd.argoproj.io/compare-options": "IgnoreExtraneous",
  "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
};

describe("objects as they are", () => {
  let rendered: Record<"absent" | "minimal" | "full" | "synced", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: {
        objects: { letsencrypt: { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer" } },
      },
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

  it("are not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  it("are named by their key, carry our labels and get no namespace: their scope is not known here", () => {
    expect(only(rendered.minimal, "ClusterIssuer")).toEqual({
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: "letsencrypt", labels: labels() },
    });
  });

  it("are applied and kept as others of their kind, but for what they say themselves", () => {
    const annotations = (kind: string, name: string) =>
      named(rendered.synced, kind, name).metadata.annotations;
    expect(annotations("NetworkPolicy", "inside")).toEqual(wave("-10"));
    expect(annotations("NetworkPolicy", "late")).toEqual({ ...wave("0"), folder: "010" });
    expect(annotations("PersistentVolumeClaim", "films")).toEqual(kept);
    expect(annotations("PersistentVolumeClaim", "gone")).toEqual({
      "argocd.argoproj.io/sync-options": "Delete=true",
    });
    expect(annotations("Namespace", "shared")).toEqual({ ...kept, ...wave("-30") });
  });

  it("keep all they say themselves", () => {
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

  it("have a schema that refuses one without kind", async () => {
    const object = { apiVersion: "v1" } as { apiVersion: string; kind: string };
    expect(await schemaRefusal({ objects: { own: object } })).toContain(
      "at '/objects/own': missing property 'kind'",
    );
  });
});
