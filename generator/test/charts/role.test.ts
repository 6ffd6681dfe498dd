import { beforeAll, describe, expect, test } from "vitest";
import { kinds, labels, only, renderAll, type Rendered, schemaRefusal, wave } from "./support.ts";

describe("Role", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: {
        roles: { reader: { account: "sonarr", rules: [{ resources: ["pods"], verbs: ["get"] }] } },
      },
      full: {
        roles: {
          reader: {
            account: "sonarr",
            powers: true,
            rules: [
              {
                groups: ["apps", ""],
                resources: ["deployments", "pods/log"],
                verbs: ["get", "list"],
              },
              { resources: ["configmaps"], names: ["results"], verbs: ["get", "patch"] },
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
    expect(kinds(rendered.minimal)).toEqual(["Role", "RoleBinding"]);
    expect(only(rendered.minimal, "Role")["rules"]).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
    ]);
    expect(only(rendered.minimal, "Role").metadata.annotations).toEqual(wave("-10"));
  });

  test("writes every field of its rules", () => {
    expect(only(rendered.full, "Role")).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: {
        name: "reader",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: { ...wave("-10"), "rzp.local/allows": "powers" },
      },
      rules: [
        { apiGroups: ["apps", ""], resources: ["deployments", "pods/log"], verbs: ["get", "list"] },
        {
          apiGroups: [""],
          resources: ["configmaps"],
          resourceNames: ["results"],
          verbs: ["get", "patch"],
        },
        { nonResourceURLs: ["/metrics"], verbs: ["get"] },
      ],
    });
  });

  test("has a schema that refuses a rule without verbs", async () => {
    const rule = { resources: ["pods"] } as unknown as { verbs: string[] };
    const values = { roles: { reader: { account: "sonarr", rules: [rule] } } };
    expect(await schemaRefusal(values)).toContain(
      "at '/roles/reader/rules/0': missing property 'verbs'",
    );
  });
});
