import { expect, test } from "vitest";
import type { Setting, Tree } from "./builder.ts";
import { findings, object, rendered } from "./builder.ts";

const apiVersion = "monitoring.coreos.com/v1";
const monitor = (kind: string, spec: Tree) => object(apiVersion, kind, "nas", { spec });
const scrape = (spec: Tree) => monitor("ScrapeConfig", spec);
const nas = scrape({ staticConfigs: [{ targets: ["nas:9100", "10.0.10.5:9100"] }] });
const probe = monitor("Probe", {
  prober: { url: "prober.example.com" },
  targets: { staticConfig: { static: ["https://example.com"] } },
});
const told = (one: Tree, setting: Setting = {}) =>
  findings("MANIFEST_UNDECLARED", rendered([one], setting));
const own = ({ kind }: Tree, because?: string): Setting => {
  const value = { apiVersion, kind: String(kind) };
  const objects = { nas: because === undefined ? value : { because, value } };
  return { spec: { objects } };
};

test.for<[string, Tree, readonly (string | number)[], string, string]>([
  ["hosts", nas, ["staticConfigs", 0, "targets"], "nas:9100, 10.0.10.5:9100", "Prometheus"],
  [
    "what DNS finds",
    scrape({ dnsSDConfigs: [{}] }),
    ["dnsSDConfigs"],
    "dnsSDConfigs",
    "Prometheus",
  ],
  [
    "what the prober asks",
    monitor("Probe", { targets: { staticConfig: { static: ["https://example.com"] } } }),
    ["targets", "staticConfig", "static"],
    "https://example.com",
    "the prober",
  ],
  [
    "routes of others",
    monitor("Probe", { targets: { ingress: { selector: {} } } }),
    ["targets", "ingress"],
    "ingress",
    "the prober",
  ],
  [
    "another prober",
    monitor("Probe", { prober: { url: "prober.example.com" } }),
    ["prober", "url"],
    "prober.example.com",
    "the prober",
  ],
])("an object that names %s is told", ([, one, path, found, who]) => {
  expect(told(one, own(one))).toMatchObject([
    {
      message: `${String(one["kind"])} nas: ${who} would ask what no service says is measured, and its network policies refuse that`,
      keys: ["objects", "nas", "spec", ...path],
      found,
      fix: expect.stringMatching(
        /metrics: \{ … \}.*objects: \{ nas: because\(customObject\(\{ … \}\), "say why here"\) \}$/,
      ),
    },
  ]);
});

test("each place is told once", () => {
  expect(told(probe, own(probe)).map(({ found }) => found)).toEqual([
    "prober.example.com",
    "https://example.com",
  ]);
});

test("a patch of a derived one is told where it is written, and takes no reason", () => {
  const targets = { staticConfig: { static: ["https://example.com"] } };
  const patches = { "probe/nas": { spec: { targets } } } as never;
  const found = told(probe, { spec: { patches } });
  expect(found).toMatchObject([
    { keys: ["patches", "probe/nas", "spec", "targets", "staticConfig", "static"] },
  ]);
  expect(found[0]?.fix).not.toContain("because");
});

test.for<[string, Tree, Setting]>([
  ["with a reason", nas, own(nas, "the exporter of the file server")],
  ["with a reason", probe, own(probe, "the provider's page")],
  ["that is derived", probe, {}],
  [
    "that is derived, with a patch of something else",
    probe,
    {
      spec: {
        patches: {
          "probe/nas": { spec: { targets: { staticConfig: { labels: { a: "b" } } } } },
        },
      },
    },
  ],
  ["of a chart", nas, { vendored: true }],
  [
    "of a chart, also with a patch",
    probe,
    { vendored: true, spec: { patches: { "probe/nas": { spec: probe["spec"] } } } },
  ],
  ["that names none", scrape({ scrapeInterval: "30s" }), own(nas)],
  ["that names none", monitor("Probe", { interval: "30s" }), own(probe)],
  [
    "of another group",
    object("example.com/v1", "Probe", "nas", { spec: probe["spec"] }),
    { spec: { objects: { nas: { apiVersion: "example.com/v1", kind: "Probe" } } } },
  ],
])("nothing to tell of one %s", ([, one, setting]) => {
  expect(told(one, setting)).toEqual([]);
});
