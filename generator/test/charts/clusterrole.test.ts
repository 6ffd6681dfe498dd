import { beforeAll, describe, expect, test } from "vitest";
import { kinds, labels, only, renderAll, type Rendered, schemaRefusal, wave } from "./support.ts";

describe("ClusterRole", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: {
        roles: {
          reader: {
            account: "sonarr",
            cluster: true,
            rules: [{ resources: ["pods"], verbs: ["get"] }],
          },
        },
      },
      full: {
        roles: {
          reader: {
            account: "sonarr",
            powers: true,
            cluster: true,
            rules: [
              {
                groups: ["apps", ""],
                resources: ["deployments", "pods/log"],
                verbs: ["get", "list"],
              },
              { urls: ["/metrics"], verbs: ["get"] },
            ],
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("is alone with its binding, in the core group unless said", () => {
    expect(kinds(rendered.minimal)).toEqual(["ClusterRole", "ClusterRoleBinding"]);
    expect(only(rendered.minimal, "ClusterRole")["rules"]).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
    ]);
    expect(only(rendered.minimal, "ClusterRole").metadata.annotations).toEqual(wave("-10"));
  });

  test("writes every field of its rules", () => {
    expect(only(rendered.full, "ClusterRole")).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: {
        name: "reader",
        labels: labels(),
        annotations: { ...wave("-10"), "rzp.local/allows": "powers" },
      },
      rules: [
        { apiGroups: ["apps", ""], resources: ["deployments", "pods/log"], verbs: ["get", "list"] },
        { nonResourceURLs: ["/metrics"], verbs: ["get"] },
      ],
    });
  });

  test("has a schema that refuses a rule without verbs", async () => {
    const rule = { resources: ["pods"] } as unknown as { verbs: string[] };
    const values = {
      roles: { reader: { account: "sonarr", cluster: true as const, rules: [rule] } },
    };
    expect(await schemaRefusal(values)).toContain(
      "at '/roles/reader/rules/0': missing property 'verbs'",
    );
  });
});
