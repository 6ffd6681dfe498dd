/** Which file says a fact: the service's, an overlay, or both. */
import { describe, expect, test } from "vitest";
import type { Cause } from "../model/derived.ts";
import type { AuthoredService } from "../model/service.ts";
import { asWritten } from "./written.ts";

const file = "charts/services/notes/values.ts";
const overlay = "environments/prod/notes.ts";

const base = {
  env: { LEVEL: "info", NAME: "notes", KEPT: "as it is" },
  storage: { data: { kind: "state", size: "5Gi" } },
  consumes: { postgres: { login: "notes" } },
};
const services = new Map([["notes", { kind: "simple", spec: base } as unknown as AuthoredService]]);
const overlays = new Map([
  [
    "prod",
    new Map([
      [
        "notes",
        {
          file: overlay,
          spec: {
            env: { LEVEL: "debug" },
            storage: { data: { size: "50Gi" } },
            reaches: { internet: ["https"] },
          },
          remove: ["env.NAME", "consumes.postgres"],
        },
      ],
    ]),
  ],
]);

const filesOf = (cause: Partial<Cause>, environment = "prod") =>
  asWritten([{ file, path: [], ...cause }], { services, overlays }, environment).map(
    (one) => one.file,
  );

describe("a fact", () => {
  test.each([
    ["that the overlay says instead", { path: ["env", "LEVEL"] }, [overlay]],
    ["that the overlay alone says", { path: ["reaches", "internet"] }, [overlay]],
    ["of which the overlay says a part", { path: ["storage", "data"] }, [file, overlay]],
    ["of which it says this part", { path: ["storage", "data", "size"] }, [overlay]],
    ["of which it says another part", { path: ["storage", "data", "kind"] }, [file]],
    ["the overlay has nothing to say of", { path: ["env", "KEPT"] }, [file]],
    ["that it takes out", { path: ["env", "NAME"], absent: true as const }, [overlay]],
    ["below what it takes out", { path: ["consumes", "postgres", "login"] }, [overlay]],
    ["beside what it takes out", { path: ["env", "NAMES"], absent: true as const }, [file]],
    ["of which a part is nowhere", { path: ["env"], absent: true as const, what: "X" }, [file]],
    [
      "of another file",
      { file: "environments/tiers.ts", path: ["env", "LEVEL"] },
      ["environments/tiers.ts"],
    ],
  ])("%s", (_, cause, files) => {
    expect(filesOf(cause)).toEqual(files);
  });

  test("where there is no overlay", () => {
    expect(filesOf({ path: ["env", "LEVEL"] }, "dev")).toEqual([file]);
  });
});
