/** A person without the generator: one short values file and plain Helm. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kinds, named, renderAlone } from "./support.ts";

const values = readFileSync(join(import.meta.dirname, "fixtures/by-hand-values.yaml"), "utf8");

describe("a values file written by hand", () => {
  it("is at most 40 lines", () => {
    expect(values.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
  });

  it("gives namespace, storage, workload, Service, route, policies and monitor", async () => {
    const rendered = await renderAlone(values);
    expect(kinds(rendered)).toEqual([
      "Namespace",
      "NetworkPolicy",
      "PersistentVolumeClaim",
      "Service",
      "Deployment",
      "HTTPRoute",
      "ServiceMonitor",
    ]);
    expect(named(rendered, "Namespace", "media-sonarr").metadata.labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": "restricted",
      "rzp.local/environment": "prod",
    });
    expect(named(rendered, "NetworkPolicy", "dns")["spec"].egress[0].to).toEqual([
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
        podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
      },
    ]);
  });
});
