import { describe, expect, test } from "vitest";
import { withArchive, withoutArchive } from "./chart-archive.ts";

const first = { file: "charts/vendor/a-1.0.0.tgz", digest: `sha256:${"1".repeat(64)}` };
const second = { file: "charts/vendor/a-2.0.0.tgz", digest: `sha256:${"2".repeat(64)}` };

const spread = `import { defineChart } from "#rzp";

export default defineChart({
  about: "x", // not version
  chart: {
    from: "oci://example.com/a",
    version: "1.0.0", // why this one
    values: { chart: { version: "inner" } },
  },
  components: {},
});
`;

const files = {
  "an object over several lines": spread,
  "an object on one line":
    'export default defineChart({ chart: { from: "oci://example.com/a", version: "1.0.0", values: {} } });\n',
  "a version that comes last, without a comma":
    'export default defineChart({\n  chart: {\n    from: "oci://example.com/a",\n    version: "1.0.0"\n  },\n});\n',
  "a constant":
    'const chart = { from: "oci://example.com/a", version: "1.0.0" } as const;\nexport default defineChart({ chart });\n',
  "a whole service in a constant":
    'const spec = {\n\tchart: {\n\t\tfrom: "oci://example.com/a",\n\t\tversion: "1.0.0",\n\t},\n} satisfies object;\nexport default defineChart(spec);\n',
};

describe.for(Object.entries(files))("in %s", ([, text]) => {
  test("an archive is added below the version, replaced, and taken out again; the rest stays", () => {
    const added = withArchive(text, first) ?? "";
    expect(added.replaceAll(/\s/g, "")).toContain(
      `archive:{file:"${first.file}",digest:"${first.digest}"`,
    );
    expect(added.indexOf("archive")).toBeGreaterThan(added.indexOf("version"));
    const replaced = withArchive(added, second) ?? "";
    expect(replaced).toContain(second.digest);
    expect(replaced).not.toContain(first.digest);
    expect(withoutComma(withoutArchive(replaced) ?? "")).toBe(withoutComma(text));
  });
});

/** A comma before the closing bracket may be there or not. */
const withoutComma = (text: string) => text.replaceAll(/,(?=\s*\})/g, "");

test("lines are written as people write them", () => {
  expect(withArchive(spread, first)).toBe(
    spread.replace(
      "one\n",
      `one\n    archive: {\n      file: "${first.file}",\n      digest: "${first.digest}",\n    },\n`,
    ),
  );
});

test("a file without a plain chart is left alone", () => {
  expect(
    withArchive("export default defineChart({ chart: makeChart() });\n", first),
  ).toBeUndefined();
  expect(withoutArchive(spread)).toBeUndefined();
});
