import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  kinds,
  only,
  renderAll,
  type Rendered,
  schemaRefusal,
  workload,
} from "./support.ts";

describe("Job", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { workloads: { migrate: workload({ runs: "Job" }) } },
      full: {
        workloads: {
          migrate: workload({ runs: "Job", endsWithin: 3_600_000, retries: 4, suspended: true }),
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("has a template and no selector of its own", () => {
    const job = only(rendered.minimal, "Job");
    expect(job.apiVersion).toBe("batch/v1");
    expect(job.metadata).toEqual({
      name: "sonarr",
      namespace: "media-sonarr",
      labels: component("migrate"),
    });
    expect(Object.keys(job["spec"])).toEqual(["template"]);
    expect(job["spec"].template.spec.restartPolicy).toBe("Never");
  });

  test("writes every field, large numbers as they are", () => {
    expect(only(rendered.full, "Job")["spec"]).toMatchObject({
      suspend: true,
      activeDeadlineSeconds: 3_600_000,
      backoffLimit: 4,
    });
    expect(rendered.full.text).toContain("activeDeadlineSeconds: 3600000\n");
  });

  test("has a schema that refuses a time that is no number", async () => {
    const endsWithin = "15m" as unknown as number;
    expect(
      await schemaRefusal({ workloads: { migrate: workload({ runs: "Job", endsWithin }) } }),
    ).toContain("at '/workloads/migrate/endsWithin': got string, want integer");
  });
});
