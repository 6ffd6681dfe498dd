import { beforeAll, describe, expect, test } from "vitest";
import { kinds, labels, only, renderAll, type Rendered, schemaRefusal, wave } from "./support.ts";

describe("RoleBinding", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      full: {
        roles: {
          drill: {
            account: "drill",
            of: "storage-drill",
            rules: [{ groups: ["velero.io"], resources: ["restores"], verbs: ["get"] }],
          },
        },
      },
      minimal: {
        roles: { reader: { account: "sonarr", rules: [{ resources: ["pods"], verbs: ["get"] }] } },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("gives the Role of its name to the account of the service's namespace", () => {
    expect(only(rendered.minimal, "RoleBinding")).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: {
        name: "reader",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("-10"),
      },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
      subjects: [{ kind: "ServiceAccount", name: "sonarr", namespace: "media-sonarr" }],
    });
  });

  test("gives it to an account of another namespace", () => {
    expect(only(rendered.full, "RoleBinding")["subjects"]).toEqual([
      { kind: "ServiceAccount", name: "drill", namespace: "storage-drill" },
    ]);
  });

  test("has a schema that refuses a role without account", async () => {
    const role = { rules: [] } as unknown as { account: string; rules: [] };
    expect(await schemaRefusal({ roles: { reader: role } })).toContain(
      "at '/roles/reader': missing property 'account'",
    );
  });
});
