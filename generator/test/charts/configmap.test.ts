import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  chartFile,
  helm,
  inFolder,
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
  writeTree,
} from "./support.ts";

/** Texts that are easy to lose a byte of. */
const texts = {
  line: "one line",
  "line-end": "one line\n",
  lines: "first\n\n  indented\nlast\n",
  "no-end": "first\nlast",
  "many-ends": "first\n\n\n",
  "only-ends": "\n\n",
  "starts-empty": "\n\nfirst\n",
  "starts-indented": "   first\nsecond\n",
  "line-of-spaces": "first\n      \nlast\n",
  "ends-in-space": "first\nlast  ",
  tabs: "\tfirst\n\t\tsecond\n",
  carriage: "first\r\nsecond\r\n",
  control: "bell \u0007\nnext\n",
  next: "next\u0085line\nand\u2028separator\n",
  unicode: "größe ✓ 🙂\nzweite Zeile\n",
  mark: "\ufefffirst\nsecond\n",
  yaml: "a: &x [1, *x]\n--- # no document\nb: 'it''s \"quoted\"'\n...\n",
  dollar: "${1} $HOME \\1\n$$(X)\n",
  template: "{{ .Values.service }}\n{{- end }}\n",
  source: "---\nnot a document\n",
  empty: "",
  number: "010",
  word: "yes",
};

describe("ConfigMap", () => {
  let rendered: Record<"absent" | "minimal" | "full" | "texts", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll(
      {
        absent: {},
        minimal: { configMaps: { config: { level: { text: "info" } } } },
        full: {
          configMaps: {
            config: {
              "app.yaml": { file: "config/app.yaml" },
              "empty.txt": { file: "config/empty.txt" },
              level: { text: "010" },
              yes: { text: "true" },
            },
          },
        },
        texts: {
          configMaps: {
            texts: Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, { text }])),
          },
        },
      },
      {
        "config/app.yaml": "log:\n  level: info\n\nlisten: 0.0.0.0:8080\n",
        "config/empty.txt": "",
      },
    );
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("holds one text", () => {
    expect(only(rendered.minimal, "ConfigMap")["data"]).toEqual({ level: "info" });
  });

  test("holds texts and files of the chart, laid out as blocks without lines of spaces", () => {
    const map = only(rendered.full, "ConfigMap");
    expect(map.metadata).toEqual({
      name: "config",
      namespace: "media-sonarr",
      labels: labels(),
      annotations: wave("-10"),
    });
    expect(map["data"]).toEqual({
      "app.yaml": "log:\n  level: info\n\nlisten: 0.0.0.0:8080\n",
      "empty.txt": "",
      level: "010",
      yes: "true",
    });
    expect(rendered.full.text).toContain(`data:
  app.yaml: |
    log:
      level: info

    listen: 0.0.0.0:8080
  empty.txt: ""
  level: "010"
  "yes": "true"
`);
  });

  test("keeps every text to the byte", () => {
    expect(only(rendered.texts, "ConfigMap")["data"]).toEqual(texts);
  });

  test("is read the same by Go's YAML parser, which Argo CD and the API server use", async () => {
    const document = rendered.texts.text.split("---\napiVersion: v1\nkind: ConfigMap\n")[1] ?? "";
    expect(await readByGo(document)).toMatchObject({ data: texts });
  });

  test("prints no line that ends in a space", () => {
    expect(rendered.texts.text).not.toMatch(/ $/m);
  });

  test("refuses a file the chart does not have", async () => {
    expect(
      await refusal({ configMaps: { config: { "app.yaml": { file: "config/ap.yaml" } } } }),
    ).toBe(
      '[rzp-lib] service=sonarr key=configMaps.config.app.yaml.file: the chart has no file "config/ap.yaml".',
    );
  });

  test("has a schema that refuses an entry that is both", async () => {
    const entry = { text: "a", file: "b" } as { text: string };
    expect(await schemaRefusal({ configMaps: { config: { key: entry } } })).toContain(
      "/configMaps/config/key",
    );
  });
});

/** Has Helm read a document as a values file and print it as JSON. */
async function readByGo(document: string): Promise<unknown> {
  return inFolder(async (folder) => {
    await writeTree(folder, {
      "Chart.yaml": chartFile("reader"),
      "document.yaml": document,
      "templates/read.yaml": "read: {{ .Values | toJson | b64enc }}\n",
    });
    const output = await helm(["template", "reader", folder, "-f", join(folder, "document.yaml")]);
    return JSON.parse(Buffer.from(/read: (.*)/.exec(output)?.[1] ?? "", "base64").toString());
  });
}
