import { beforeAll, describe, expect, it } from "vitest";
import { kinds, labels, only, renderAll, type Rendered, schemaRefusal, wave } from "./support.ts";

describe("RoleBinding", () => {
  let rendered: Record<"absent" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      full: {
        roles: { reader: { account: "sonarr", rules: [{ resources: ["pods"], verbs: ["get"] }] } },
      },
    });
  });

  it("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  it("gives the Role of its name to the account of the service's namespace", () => {
    expect(only(rendered.full, "RoleBinding")).toEqual({
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

  it("has a schema that refuses a role without account", async () => {
    const role = { rules: [] } as unknown as { account: string; rules: [] };
    expect(await schemaRefusal({ roles: { reader: role } })).toContain(
      "at '/roles/reader': missing property 'account'",
    );
  });
});
