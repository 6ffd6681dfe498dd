import { beforeAll, describe, expect, test } from "vitest";
import { kinds, labels, only, renderAll, type Rendered, schemaRefusal, wave } from "./support.ts";

describe("ServiceAccount", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { accounts: { sonarr: {} } },
      full: { accounts: { sonarr: { annotations: { "example.org/role": "reader" } } } },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("never mounts its token by itself", () => {
    expect(only(rendered.minimal, "ServiceAccount")).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: {
        name: "sonarr",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("-10"),
      },
      automountServiceAccountToken: false,
    });
  });

  test("carries its annotations", () => {
    expect(only(rendered.full, "ServiceAccount").metadata.annotations).toEqual({
      ...wave("-10"),
      "example.org/role": "reader",
    });
  });

  test("has a schema that refuses what it does not know", async () => {
    const values = { accounts: { sonarr: { token: true } } } as object;
    expect(await schemaRefusal(values)).toContain(
      "at '/accounts/sonarr': additional properties 'token' not allowed",
    );
  });
});
