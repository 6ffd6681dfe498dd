/** A service that keeps data and one that calls it, to be given another name as docs/guide-service.md says. */
import { renameSync } from "node:fs";
import path from "node:path";
import type { Api, KubernetesObject } from "../../cluster/api.ts";
import type { Copy } from "./copy.ts";

const fileOf = (service: string): string => `charts/services/${service}/values.ts`;

/** Adds both, without rendering them. */
export async function addNotes(copy: Copy, environment: string): Promise<void> {
  for (const name of ["notes", "reader"]) {
    const image = ["--image", `ghcr.io/me/${name}:1.2.3`, "--port", "8080"];
    await copy.run("new-service", name, ...image, "--environment", environment);
  }
  const secrets =
    '  secrets: { token: { generate: "password", about: "What its page asks for" } },';
  const data = 'data: state({ at: "/data", size: "1Gi", restored: { files: { atLeast: 1 } } })';
  const more = `  env: { TOKEN: secret("token") },\n${secrets}\n  storage: { ${data},`;
  copy.edit(fileOf("notes"), "  storage: {", more);
  copy.edit(fileOf("notes"), "import { ", "import { secret, state, ");
  copy.edit(fileOf("reader"), "  ports: ", '  consumes: { notes: "http" },\n  ports: ');
}

/** Calls `notes` something else; it stays in its namespace. */
export function renameNotes(copy: Copy, environment: string, to: string): void {
  const folder = path.join(copy.root, "charts/services");
  renameSync(path.join(folder, "notes"), path.join(folder, to));
  copy.edit(`environments/${environment}/environment.ts`, '"notes"', `"${to}"`);
  copy.edit(fileOf("reader"), 'notes: "http"', `${to}: "http"`);
  copy.edit(fileOf(to), "  ports: ", '  pins: { namespace: "apps-notes" },\n  ports: ');
}

interface Claim extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & { readonly deletionTimestamp?: string };
  readonly spec: { readonly volumeName?: string };
}

/** Which claim it is, and which volume it has. */
export async function claimOf(
  api: Api,
  namespace: string,
): Promise<{ readonly uid?: string; readonly volume?: string; readonly ends?: string }> {
  const where = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/data`;
  const { metadata, spec } = await api.get<Claim>(where);
  const { uid, deletionTimestamp: ends } = metadata;
  return {
    ...(uid !== undefined && { uid }),
    ...(spec.volumeName !== undefined && { volume: spec.volumeName }),
    ...(ends !== undefined && { ends }),
  };
}
