/** Where a secret ends up in a tree by mistake, and what looks like one and is none. */
import { createHash } from "node:crypto";

/** A text of a person, put into a file as it would stand there. */
export type Place = (text: string) => { readonly file: string; readonly content: string };

const indented = (text: string) => text.replaceAll(/^/gm, "    ");
const escaped = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
/** As the formatter leaves it: a string, or a template where there are several lines. */
const literal = (text: string) =>
  text.includes("\n") ? `\`${escaped(text)}\`` : JSON.stringify(text);

export const places: Readonly<Record<string, Place>> = {
  "values.ts": (text) => ({
    file: "charts/services/app/values.ts",
    content: `import { defineService } from "#rzp";\n\nexport default defineService({\n  env: { SETTINGS: ${literal(text)} },\n});\n`,
  }),
  "a config file": (text) => ({
    file: "charts/services/app/config/app.conf",
    content: `# Settings\n${text}\n`,
  }),
  "chart values": (text) => ({
    file: "charts/services/app/ci/upstream/prod-values.yaml",
    content: `server:\n  config: |\n${indented(text)}\n  replicas: 1\n`,
  }),
  "a ConfigMap": (text) => ({
    file: "kubernetes/prod/app/configmap-app-files.yaml",
    content: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-files\ndata:\n  app.conf: |\n${indented(text)}\n`,
  }),
};

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Some of a list, each once. */
export function drawn<T>(from: readonly T[], count: number, random: () => number): T[] {
  const rest = [...from];
  return Array.from({ length: count }, () =>
    rest.splice(Math.floor(random() * rest.length), 1),
  ).flat();
}

/** Fifty lines that tell nobody anything: digests, identifiers, public keys, hashes. */
export function lookAlikes(seed: number): string[] {
  const random = seeded(seed);
  const of = (algorithm: string, encoding: "hex" | "base64") =>
    createHash(algorithm).update(String(random())).digest(encoding);
  const uuid = () =>
    of("sha256", "hex").replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5");
  const kinds: readonly (() => string)[] = [
    () => `image: ghcr.io/example/app:1.2.3@sha256:${of("sha256", "hex")}`,
    () => `digest: sha256:${of("sha256", "hex")}`,
    () => `instance_id: ${uuid()}`,
    () => `uid: ${uuid()}`,
    () => `WIREGUARD_PUBLIC_KEY: ${of("sha256", "base64")}`,
    () =>
      `authorized_keys: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${of("sha256", "base64").slice(0, 43)} me@example.com`,
    () => `-----BEGIN PUBLIC KEY-----\n${of("sha512", "base64")}\n-----END PUBLIC KEY-----`,
    () => `checksum/config: ${of("sha256", "hex")}`,
    () => `revision: ${of("sha1", "hex")}`,
    () => `integrity: sha512-${of("sha512", "base64")}`,
  ];
  return Array.from({ length: 5 }, () => kinds.map((make) => make())).flat();
}
