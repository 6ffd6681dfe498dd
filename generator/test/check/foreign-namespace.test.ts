import { expect, test } from "vitest";
import { findings, namespaceObject, object, rendered } from "./builder.ts";

const code = "NAMESPACE_FOREIGN";
const settings = (namespace: string) =>
  object("v1", "ConfigMap", "settings", { metadata: { name: "settings", namespace } });
const spec = { objects: { settings: { apiVersion: "v1", kind: "ConfigMap" } } };
const prowlarr = rendered([], { name: "prowlarr" });

test.for([
  ["kube-system", "of Kubernetes itself", "have it put there by what sets up the cluster"],
  ["default", "of Kubernetes itself", "have it put there by what sets up the cluster"],
  [
    "network-gateway",
    "of the cluster's internal gateway",
    "have it put there by what sets up the cluster",
  ],
  ["media-prowlarr", "of prowlarr", "write it in the file of prowlarr"],
])("an object in %s", ([namespace = "", whose, fix]) => {
  const found = findings(code, rendered([settings(namespace)], { spec }), prowlarr);
  expect(found).toMatchObject([
    {
      message: `ConfigMap ${namespace}/settings: it would be in a namespace ${whose}`,
      found: namespace,
      expected: "media-sonarr, which is its service's",
      fix: `take metadata.namespace out, or ${fix}`,
      keys: ["objects", "settings", "metadata", "namespace"],
    },
  ]);
});

test("its own namespace, one that is nobody's, and what the service does not bring itself", () => {
  const own = [settings("media-sonarr"), settings("tools"), namespaceObject("restricted")];
  expect(findings(code, rendered(own, { spec }), prowlarr)).toEqual([]);
  expect(findings(code, rendered([settings("media-prowlarr")]), prowlarr)).toEqual([]);
  const chart = rendered([settings("media-prowlarr")], { spec, vendored: true });
  expect(findings(code, chart, prowlarr)).toEqual([]);
});
