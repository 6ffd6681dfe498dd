/** `values.yaml` and `values.schema.json` of the library follow from the zod contract. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { HelmValues, ServiceValues } from "../../src/model/values/service.ts";
import { libraryFiles } from "../../src/scaffold/library-files.ts";
import { helm, library } from "./support.ts";

const root = resolve(library, "../..");
const [values, schema] = libraryFiles().map(({ content }) => content) as [string, string];

describe("files of the library", () => {
  test.each(libraryFiles())(
    "are committed as they follow from the contract: $path",
    ({ path, content }) => {
      expect(readFileSync(resolve(root, path), "utf8")).toBe(content);
    },
  );

  test("have a default for every key but the name, each with its meaning", () => {
    expect(Object.keys(parse(values))).toEqual(
      Object.keys(ServiceValues.shape).filter((key) => key !== "name"),
    );
    for (const [key, field] of Object.entries(ServiceValues.shape))
      expect(values).toContain(
        `# ${field.meta()?.description}\n${key === "name" ? "# " : ""}${key}:`,
      );
  });

  test("have defaults that the contract takes, once a service has a name and a namespace", () => {
    const { namespace, ...rest } = parse(values) as { namespace: object };
    expect(
      HelmValues.safeParse({
        service: { name: "sonarr", ...rest, namespace: { ...namespace, name: "media-sonarr" } },
      }).error,
    ).toBeUndefined();
  });

  test("point nowhere outside and take nothing unknown", () => {
    const parsed = JSON.parse(schema) as object;
    expect(
      [...schema.matchAll(/"\$ref": "(.*?)"/g)].filter(
        ([, target]) => !target?.startsWith("#/$defs/"),
      ),
    ).toEqual([]);
    expect(openObjects(parsed)).toEqual([
      "#/properties/objects/additionalProperties",
      "#/properties/objects/additionalProperties/properties/metadata",
      "#/properties/objects/additionalProperties/properties/metadata/properties/labels",
      "#/properties/objects/additionalProperties/properties/metadata/properties/annotations",
      "#/properties/global",
    ]);
  });

  test("has a page that `helm show readme` prints", async () => {
    expect(await helm(["show", "readme", library])).toContain("# rzp-lib\n");
  });

  test("pass `helm lint`", async () => {
    expect(await helm(["lint", library, "--strict"])).toContain(
      "1 chart(s) linted, 0 chart(s) failed",
    );
  });
});

/** Paths of the object schemas that take any key. */
function openObjects(node: unknown, path = "#"): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { type, additionalProperties: more } = node as {
    type?: string;
    additionalProperties?: unknown;
  };
  const isOpen =
    type === "object" &&
    (more === undefined ||
      more === true ||
      (typeof more === "object" && Object.keys(more as object).length === 0));
  return [
    ...(isOpen ? [path] : []),
    ...Object.entries(node).flatMap(([key, inner]) => openObjects(inner, `${path}/${key}`)),
  ];
}
