import { beforeAll, describe, expect, test } from "vitest";
import { kinds, labels, only, renderAll, type Rendered, schemaRefusal, wave } from "./support.ts";

describe("ClusterRoleBinding", () => {
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
            cluster: true,
            powers: true,
            rules: [{ groups: ["*"], resources: ["*"], verbs: ["*"] }],
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("gives the ClusterRole of its name to the account of the service's namespace", () => {
    expect(only(rendered.minimal, "ClusterRoleBinding")).toEqual({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "reader", labels: labels(), annotations: wave("-10") },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" },
      subjects: [{ kind: "ServiceAccount", name: "sonarr", namespace: "media-sonarr" }],
    });
  });

  test("is the same whatever the role may do", () => {
    expect(only(rendered.full, "ClusterRoleBinding")).toEqual(
      only(rendered.minimal, "ClusterRoleBinding"),
    );
  });

  test("has a schema that refuses a role without account", async () => {
    const role = { rules: [] } as unknown as { account: string; rules: [] };
    expect(await schemaRefusal({ roles: { reader: role } })).toContain(
      "at '/roles/reader': missing property 'account'",
    );
  });
});
