/** A person without the generator: one short values file and plain Helm. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import catalogued from "../../catalogue/ntfy/values.ts";
import { ServiceSpec } from "../../src/model/service.ts";
import { repositoryOf } from "../../src/release/images/references.ts";
import { kinds, named, only, renderAlone } from "./support.ts";
import type { Rendered } from "./support.ts";

const values = readFileSync(join(import.meta.dirname, "fixtures/by-hand-values.yaml"), "utf8");

describe("a values file written by hand", () => {
  let rendered: Rendered;
  beforeAll(async () => {
    rendered = await renderAlone(values);
  });
  const pod = () => only(rendered, "Deployment")["spec"].template;

  test("is at most 40 lines", () => {
    expect(values.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
  });

  test("gives namespace, storage, workload, Service, route, policies and monitor", () => {
    expect(kinds(rendered)).toEqual([
      "Namespace",
      "NetworkPolicy",
      "NetworkPolicy",
      "PersistentVolumeClaim",
      "Service",
      "Deployment",
      "HTTPRoute",
      "ServiceMonitor",
    ]);
    expect(named(rendered, "Namespace", "apps-ntfy").metadata.labels).toMatchObject({
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

  test("has its metrics read at the port where the catalogue's service serves them", () => {
    const { image, ports, metrics } = ServiceSpec.parse(catalogued.spec);
    const [{ port }] = only(rendered, "ServiceMonitor")["spec"].endpoints;
    const [container] = pod().spec.containers;
    expect(repositoryOf(container.image)).toBe(repositoryOf(image));
    expect(metrics).toEqual({ port });
    expect(container.ports).toContainEqual({
      name: port,
      containerPort: ports?.[port],
      protocol: "TCP",
    });
  });

  test("lets the gateway call the port of its route, and the scraper that of its monitor", () => {
    const called = rendered.manifests
      .filter(({ kind, spec }) => kind === "NetworkPolicy" && spec.ingress !== undefined)
      .map(({ spec }) => {
        const [{ from, ports }] = spec.ingress;
        expect(pod().metadata.labels).toMatchObject(spec.podSelector.matchLabels);
        return [from[0].namespaceSelector.matchLabels["kubernetes.io/metadata.name"], ports];
      });
    const { ports } = only(rendered, "Service")["spec"];
    const targetOf = (wanted: { name?: string; port?: number }) =>
      ports.find(
        (one: { name: string; port: number }) =>
          one.name === wanted.name || one.port === wanted.port,
      ).targetPort;
    const [{ backendRefs }] = only(rendered, "HTTPRoute")["spec"].rules;
    const [endpoint] = only(rendered, "ServiceMonitor")["spec"].endpoints;
    expect(called).toEqual([
      ["gateway", [{ port: targetOf({ port: backendRefs[0].port }), protocol: "TCP" }]],
      ["monitoring", [{ port: targetOf({ name: endpoint.port }), protocol: "TCP" }]],
    ]);
  });

  test("has a place for temporary files, as its root file system is read-only", () => {
    const [{ securityContext, volumeMounts }] = pod().spec.containers;
    expect(securityContext.readOnlyRootFilesystem).toBe(true);
    expect(volumeMounts).toContainEqual({ name: "temporary", mountPath: "/tmp" });
  });
});
