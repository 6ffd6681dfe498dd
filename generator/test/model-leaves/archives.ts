/** A packaged chart, made here: its checksum must be known before a document names it. */
import { createHash } from "node:crypto";
import { tarball } from "../../src/render/tarball.ts";

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: upstream
  labels:
    app: app
spec:
  containers:
    - name: main
      image: registry.example.com/app:1.0.0
      resources:
        limits:
          memory: 64Mi
`;

/** Path from the root of the repository to the bytes. */
export const archives: Readonly<Record<string, Buffer>> = {
  "charts/vendor/app-1.0.0.tgz": tarball([
    { path: "app/Chart.yaml", content: "apiVersion: v2\nname: app\nversion: 1.0.0\n" },
    { path: "app/templates/pod.yaml", content: pod },
  ]),
};

export function digestOf(file: string): string {
  return `sha256:${createHash("sha256")
    .update(archives[file] ?? "")
    .digest("hex")}`;
}
