/** Makes a throw-away tree with the layout of a real one, for tests that run the real tools. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { currentHost, type Host } from "../../src/tools/host.ts";

const root = resolve(import.meta.dirname, "../../..");

export interface SampleTree extends AsyncDisposable {
  readonly root: string;
  readonly host: Host;
  /** Writes a file of the tree, over an older one. */
  readonly write: (file: string, content: string) => Promise<void>;
}

/** Makes an empty tree that shares the tools, their pins and their cache with this clone. */
export async function makeTree(files: Readonly<Record<string, string>> = {}): Promise<SampleTree> {
  const folder = await mkdtemp(join(tmpdir(), "rzp-tree-"));
  for (const shared of ["tools", "node_modules", ".ct", "ct.yaml", ".gitleaks.toml"]) {
    await symlink(join(root, shared), join(folder, shared));
  }
  const write = async (file: string, content: string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), content);
  };
  for (const [file, content] of Object.entries(files)) await write(file, content);
  return {
    root: folder,
    host: { ...currentHost(), root: folder, report: () => undefined },
    write,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

const library = {
  "charts/rzp-lib/Chart.yaml": `apiVersion: v2
name: rzp-lib
version: 1.0.0
type: library
`,
  "charts/rzp-lib/values.yaml": `image: ""
replicas: 1
`,
  "charts/rzp-lib/values.schema.json": JSON.stringify({
    type: "object",
    additionalProperties: false,
    properties: {
      image: { type: "string" },
      replicas: { type: "integer" },
      global: { type: "object" },
    },
  }),
  "charts/rzp-lib/templates/_configmap.tpl": `{{- define "rzp.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: sample
data:
  image: {{ .image | quote }}
{{- end -}}
`,
};

/** A library chart and the thin charts of some services, each with two environments. */
export async function makeCharts(services: readonly string[]): Promise<SampleTree> {
  const tree = await makeTree(library);
  for (const service of services) {
    const chart = `charts/services/${service}`;
    await tree.write(
      `${chart}/Chart.yaml`,
      `apiVersion: v2
name: ${service}
version: 0.1.0
type: application
dependencies:
  - name: rzp-lib
    version: ">=1.0.0"
    repository: file://../../rzp-lib
    alias: service
`,
    );
    await tree.write(`${chart}/values.yaml`, "service: {}\n");
    await tree.write(
      `${chart}/templates/all.yaml`,
      '{{ include "rzp.configmap" .Values.service }}\n',
    );
    for (const environment of ["dev", "prod"]) {
      await tree.write(
        `${chart}/ci/${environment}-values.yaml`,
        `service:\n  image: example.org/${service}:1.0\n`,
      );
    }
    await mkdir(join(tree.root, chart, "charts"), { recursive: true });
    await symlink("../../../rzp-lib", join(tree.root, chart, "charts/rzp-lib"));
  }
  return tree;
}
