/** Two packaged charts, made byte by byte: their checksums must be known before a document names them. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

const block = 512;
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
  "charts/vendor/app-1.0.0.tgz": packaged({
    "app/Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n",
    "app/templates/pod.yaml": pod,
  }),
};

export function digestOf(file: string): string {
  return `sha256:${createHash("sha256")
    .update(archives[file] ?? "")
    .digest("hex")}`;
}

/** A tar file is headers of 512 bytes, each before its content, and two empty blocks (POSIX ustar). */
function packaged(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([name, text]) => [
    header(name, Buffer.byteLength(text)),
    padded(text),
  ]);
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * block)]));
}

function header(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, length: number) =>
    `${value.toString(8).padStart(length - 1, "0")}\0`;
  const fields = [
    [0, name],
    [100, octal(0o644, 8)],
    [108, octal(0, 8)],
    [116, octal(0, 8)],
    [124, octal(size, 12)],
    [136, octal(0, 12)],
    [148, " ".repeat(8)],
    [156, "0"],
    [257, "ustar\x0000"],
  ] as const;
  for (const [offset, text] of fields) bytes.write(text, offset, "latin1");
  bytes.write(
    octal(
      bytes.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
    "latin1",
  );
  return bytes;
}

function padded(text: string): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([content, Buffer.alloc((block - (content.length % block)) % block)]);
}
