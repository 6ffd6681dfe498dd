/** A packaged chart as a file: its checksum, and which chart it says it is. */
import { asTree } from "../../model/data.ts";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { load } from "js-yaml";
import type { Archive } from "../../release/chart.ts";

/** In: the path of a .tgz file. Out: what it holds, or that it is not there, or no chart. */
export function readArchive(file: string): Archive {
  const bytes = readBytes(file);
  if (bytes === undefined) return { kind: "missing" };
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  const chart = chartYaml(bytes);
  const { name, version } = asTree(chart);
  return name === undefined || version === undefined
    ? { kind: "damaged", digest }
    : { kind: "chart", digest, name: String(name), version: String(version) };
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Helm itself refuses larger charts; a small file must not fill the memory. */
const unpackedBytesMax = 200_000_000;

function chartYaml(bytes: Buffer): unknown {
  try {
    const text = fileInTar(
      gunzipSync(bytes, { maxOutputLength: unpackedBytesMax }),
      /^(?:\.\/)?[^/]+\/Chart\.yaml$/,
    );
    return text === undefined ? undefined : load(text, { json: true });
  } catch {
    return undefined;
  }
}

const block = 512;

/** The first file whose name matches. A tar file is headers of 512 bytes, each before its content (POSIX ustar). */
function fileInTar(tar: Buffer, wanted: RegExp): string | undefined {
  for (let at = 0; at + block <= tar.length;) {
    const name = text(tar, at, 100);
    if (name === "") return undefined;
    const size = Number.parseInt(text(tar, at + 124, 12), 8) || 0;
    if (wanted.test(name)) return tar.toString("utf8", at + block, at + block + size);
    at += block + Math.ceil(size / block) * block;
  }
  return undefined;
}

const text = (tar: Buffer, start: number, length: number) =>
  tar
    .toString("utf8", start, start + length)
    .split("\0", 1)[0]
    ?.trim() ?? "";
