import { beforeAll, describe, expect, it } from "vitest";
import {
  component,
  kinds,
  named,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  workload,
} from "./support.ts";

const asked = {
  component: "web",
  prober: "blackbox-exporter.observability-blackbox-exporter.svc:9115",
  module: "http",
  target: "http://web.media-sonarr.svc:8080/ping?all=1",
  interval: "30s",
};
const base = { workloads: { web: workload({ objectName: "web" }) } };

describe("Probe", () => {
  let rendered: Record<"absent" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({ absent: {}, full: { ...base, probes: { "web-probe": asked } } });
  });

  it("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  it("asks one target, under a job of its own name", () => {
    expect(named(rendered.full, "Probe", "web-probe")).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "Probe",
      metadata: { name: "web-probe", namespace: "media-sonarr", labels: component("web") },
      spec: {
        jobName: "web-probe",
        interval: "30s",
        module: "http",
        prober: { url: asked.prober },
        targets: { staticConfig: { static: [asked.target] } },
      },
    });
  });

  it("refuses a component that is not there", async () => {
    expect(
      await refusal({ ...base, probes: { "web-probe": { ...asked, component: "wep" } } }),
    ).toContain("[rzp-lib] service=sonarr key=probes.web-probe.component");
  });

  it("has a schema that refuses one without a target", async () => {
    const { target: _, ...rest } = asked;
    expect(
      await schemaRefusal({ ...base, probes: { "web-probe": rest as typeof asked } }),
    ).toContain("at '/probes/web-probe': missing property 'target'");
  });
});
