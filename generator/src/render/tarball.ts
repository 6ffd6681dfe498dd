/** A tar file in memory (POSIX ustar): one file is written where a folder of hundreds would be. */
import { gzipSync } from "node:zlib";

export interface TarFile {
  readonly path: string;
  readonly content: string | Buffer;
}

const block = 512;
const longest = 100;

/** In: files. Out: what `tar xz` reads; hardly compressed, as it is read once and soon. */
export function tarball(files: readonly TarFile[]): Buffer {
  return gzipSync(Buffer.concat([...files.flatMap(entry), Buffer.alloc(2 * block)]), { level: 1 });
}

/** A path too long for its field comes in an entry of its own before (POSIX pax). */
function entry({ path, content }: TarFile): Buffer[] {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  if (Buffer.byteLength(path) <= longest)
    return [header(path, bytes.length, "0"), ...padded(bytes)];
  const record = Buffer.from(paxRecord("path", path));
  return [
    header("long-path", record.length, "x"),
    ...padded(record),
    header("long", bytes.length, "0"),
    ...padded(bytes),
  ];
}

/** A record begins with its own length, which counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const length = Buffer.byteLength(rest);
  const digits = String(length + String(length).length).length;
  return `${length + digits}${rest}`;
}

/** A header is a block before the content; its sum is taken with spaces where the sum will be. */
function header(path: string, size: number, type: "0" | "x"): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, length: number) =>
    `${value.toString(8).padStart(length - 1, "0")}\0`;
  const fields = [
    [0, path],
    [100, octal(0o644, 8)],
    [108, octal(0, 8)],
    [116, octal(0, 8)],
    [124, octal(size, 12)],
    [136, octal(0, 12)],
    [148, " ".repeat(8)],
    [156, type],
    [257, "ustar\x0000"],
  ] as const;
  for (const [offset, text] of fields) bytes.write(text, offset);
  bytes.write(
    octal(
      bytes.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  );
  return bytes;
}

function padded(bytes: Buffer): Buffer[] {
  return [bytes, Buffer.alloc((block - (bytes.length % block)) % block)];
}
