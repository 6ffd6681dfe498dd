import { beforeAll, describe, expect, test } from "vitest";
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
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { ...base, probes: { "web-probe": asked } },
      full: {
        ...base,
        probes: {
          "web-probe": asked,
          "web-port": { ...asked, module: "tcp", target: "web.media-sonarr.svc:9000" },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("asks one target, under a job of its own name", () => {
    expect(named(rendered.minimal, "Probe", "web-probe")).toEqual({
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

  test("asks each target in its own way", () => {
    expect(named(rendered.full, "Probe", "web-probe")).toEqual(
      named(rendered.minimal, "Probe", "web-probe"),
    );
    expect(named(rendered.full, "Probe", "web-port")["spec"]).toMatchObject({
      jobName: "web-port",
      module: "tcp",
      targets: { staticConfig: { static: ["web.media-sonarr.svc:9000"] } },
    });
  });

  test("refuses a component that is not there", async () => {
    expect(
      await refusal({ ...base, probes: { "web-probe": { ...asked, component: "wep" } } }),
    ).toContain("[rzp-lib] service=sonarr key=probes.web-probe.component");
  });

  test("has a schema that refuses one without a target", async () => {
    const { target: _, ...rest } = asked;
    expect(
      await schemaRefusal({ ...base, probes: { "web-probe": rest as typeof asked } }),
    ).toContain("at '/probes/web-probe': missing property 'target'");
  });
});
