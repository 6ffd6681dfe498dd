import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  kinds,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  selector,
  workload,
} from "./support.ts";

const podLabels = {
  ...selector("sync"),
  "app.kubernetes.io/part-of": "media",
  "rzp.local/environment": "prod",
};

describe("CronJob", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { workloads: { sync: workload({ runs: "CronJob", schedule: "0 4 * * *" }) } },
      full: {
        annotations: { "example.org/a": "b" },
        workloads: {
          sync: workload({
            runs: "CronJob",
            schedule: "@daily",
            timeZone: "Europe/Berlin",
            overlap: "Replace",
            suspended: true,
            endsWithin: 900,
            retries: 0,
          }),
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("does not overlap with itself; each try is a new pod", () => {
    const job = only(rendered.minimal, "CronJob");
    expect(job.apiVersion).toBe("batch/v1");
    expect(job.metadata).toEqual({
      name: "sonarr",
      namespace: "media-sonarr",
      labels: component("sync"),
    });
    const { jobTemplate, ...spec } = job["spec"];
    expect(spec).toEqual({ schedule: "0 4 * * *", concurrencyPolicy: "Forbid" });
    expect(Object.keys(jobTemplate.spec)).toEqual(["template"]);
    expect(jobTemplate.spec.template.metadata).toEqual({ labels: podLabels });
    expect(jobTemplate.spec.template.spec.restartPolicy).toBe("Never");
  });

  test("writes every field", () => {
    const job = only(rendered.full, "CronJob");
    expect(job.metadata.annotations).toEqual({ "example.org/a": "b" });
    const { jobTemplate, ...spec } = job["spec"];
    expect(spec).toEqual({
      schedule: "@daily",
      timeZone: "Europe/Berlin",
      concurrencyPolicy: "Replace",
      suspend: true,
    });
    expect(jobTemplate).toMatchObject({
      metadata: { labels: podLabels },
      spec: { activeDeadlineSeconds: 900, backoffLimit: 0 },
    });
  });

  test("refuses one without a schedule", async () => {
    expect(await refusal({ workloads: { sync: workload({ runs: "CronJob" }) } })).toBe(
      "[rzp-lib] service=sonarr key=workloads.sync.schedule: missing; a CronJob has one.",
    );
  });

  test("refuses a name that leaves no room for those of its jobs", async () => {
    const named = (length: number) => ({
      workloads: {
        sync: workload({ runs: "CronJob", schedule: "@daily", objectName: "a".repeat(length) }),
      },
    });
    expect(await refusal(named(53))).toBe(
      "[rzp-lib] service=sonarr key=workloads.sync.objectName: has more than 52 characters, which is all a CronJob may have.",
    );
    expect(kinds((await renderAll({ longest: named(52) })).longest)).toContain("CronJob");
  });

  test("has a schema that refuses an overlap it does not know", async () => {
    const overlap = "forbid" as "Forbid";
    expect(
      await schemaRefusal({ workloads: { sync: workload({ runs: "CronJob", overlap }) } }),
    ).toContain("at '/workloads/sync/overlap': value must be one of");
  });
});
