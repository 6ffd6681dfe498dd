/** What of a file says that it is whole, whatever its size: the pod that looks has little memory, and writes nothing. */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { bundlePlaces } from "../../drill/bundle.ts";
import type { CheckRequest, Findings } from "../../drill/check/findings.ts";
import { rowsOf, withDatabase, wholeSqlite } from "../../drill/check/sqlite.ts";
import { brokenEnd } from "../../drill/check/whole.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "drill-whole-"))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const broken = (name: string, content: string | Buffer) => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return brokenEnd(file);
};

/** In so many pieces a file is read. */
const piece = 65_536;

describe("JSON", () => {
  const sample = String.raw` {"a b":[1,-0.5e+3,true,{},[],"\"\\\u00e9 ü"],"":{"x":null},"y":[{"z":[[0]]}] }${"\n"}`;
  /** What Node says of it is right. */
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const same = async (text: string, before = "") => {
    const found = await broken("a.json", before + text);
    expect(found === undefined, text).toBe(isJson(text));
  };

  test("cut anywhere, in one piece and where one piece of it ends and another begins", async () => {
    for (let end = 0; end <= sample.length; end += 1) {
      await same(sample.slice(0, end));
      await same(sample, " ".repeat(piece - end));
      await same(sample.slice(0, end), " ".repeat(piece - Math.floor(end / 2)));
    }
  });

  test("with anything in the place of any of its characters", async () => {
    for (let at = 0; at < sample.length; at += 1)
      for (const other of ["", "\0", '"', "]", "[", ",", ":", "0", "\\", "\n"])
        await same(sample.slice(0, at) + other + sample.slice(at + 1));
  });

  test("of one word or text, of none and of two", async () => {
    for (const text of ["1", "-", "01", "1.", "1e5", "nul", "null", '"a"', '"a', "", " ", "1 2"])
      await same(text);
    for (const text of ["\uFEFF1", "\u00a01", "[1]]", "[1}", '{"a" 1}', "[,]", "[1,]", '{"a":1,}'])
      await same(text);
  });

  test("says where it is none", async () => {
    expect(await broken("a.json", `[1,${" ".repeat(piece)}x]`)).toBe(
      `character ${piece + 3} is no JSON`,
    );
    expect(await broken("a.json", "[1,")).toBe("it ends before its JSON does");
  });

  test("is nested as deep as anything that is meant, and no word is endless", async () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(await broken("a.json", nested(10_000))).toBeUndefined();
    expect(await broken("a.json", nested(100_001))).toBe("character 100000 is no JSON");
    expect(await broken("a.json", Buffer.alloc(4 * piece))).toBe("character 0 is no JSON");
  });
});

describe("gzip", () => {
  const packed = gzipSync("hello, hello");

  test("is whole in one part and in several", async () => {
    expect(await broken("a.gz", packed)).toBeUndefined();
    expect(await broken("a.TGZ", Buffer.concat([packed, packed]))).toBeUndefined();
  });

  test("is not where it is cut, in any part, empty, changed or something else", async () => {
    const changed = Buffer.concat([packed.subarray(0, -8), Buffer.alloc(4), packed.subarray(-4)]);
    for (const content of [packed.subarray(0, -1), packed.subarray(0, 5), Buffer.alloc(0)])
      expect(await broken("a.gz", content)).toBe("unexpected end of file");
    expect(await broken("a.gz", Buffer.concat([packed, packed.subarray(0, -9)]))).toBe(
      "unexpected end of file",
    );
    expect(await broken("a.gz", changed)).toBe("incorrect data check");
    expect(await broken("a.gz", "hello")).toBe("incorrect header check");
  });
});

describe("XML", () => {
  const filler = "<a/>".repeat(piece);

  test("ends with the end of the element it begins with, however far that is", async () => {
    for (const inner of ["", filler])
      for (const before of ["", '<?xml version="1.0"?>\n<!-- of <Settings> -->\n'])
        expect(await broken("a.xml", `${before}<Config>${inner}</Config>\n`)).toBeUndefined();
    expect(await broken("a.xml", '<Config port="1"/>\n')).toBeUndefined();
  });

  test("and not with that of another one, or with none", async () => {
    for (const inner of ["", filler])
      for (const end of ["", "<Config/>", "</Con", "<!-- -->"])
        expect(await broken("a.xml", `<Config>${inner}${end}`)).toBe(
          "it does not end with </Config>",
        );
    // The last element of the file begins where the first one does, counted from where its end is read.
    const last = `<a b="${"c".repeat(piece - 9)}"/>`;
    expect(await broken("a.xml", `<Config>${last}`)).toBe("it does not end with </Config>");
    for (const content of ["", "text", "<!-- <Config> </Config>"])
      expect(await broken("a.xml", content)).toBe("it has no element");
  });
});

/** As much of an archive as its end says of it. In: where its directory begins. */
function zipEnd(offset: number, { isLarge = false, comment = "" } = {}): Buffer {
  const directory = Buffer.alloc(46);
  directory.writeUInt32LE(0x0201_4b50);
  const large = Buffer.alloc(56 + 20);
  large.writeUInt32LE(0x0606_4b50);
  large.writeBigUInt64LE(46n, 40);
  large.writeBigUInt64LE(BigInt(offset), 48);
  large.writeUInt32LE(0x0706_4b50, 56);
  large.writeBigUInt64LE(BigInt(offset + 46), 64);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50);
  end.writeUInt32LE(isLarge ? 0xffff_ffff : 46, 12);
  end.writeUInt32LE(isLarge ? 0xffff_ffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([directory, ...(isLarge ? [large] : []), end, Buffer.from(comment)]);
}

describe("zip", () => {
  const files = Buffer.alloc(100, "x");
  const zip = (more: Parameters<typeof zipEnd>[1] = {}) =>
    Buffer.concat([files, zipEnd(files.length, more)]);

  test("has its directory at its end, also in the form of 64 bits and before a comment", async () => {
    for (const isLarge of [false, true])
      for (const comment of ["", "a comment", "c".repeat(65_535)])
        expect(await broken("a.zip", zip({ isLarge, comment }))).toBeUndefined();
  });

  test("has none where it is cut", async () => {
    for (const isLarge of [false, true])
      for (let end = 0; end < zip({ isLarge }).length; end += 1)
        expect(await broken("a.zip", zip({ isLarge }).subarray(0, end))).toBe(
          "its directory is missing",
        );
  });

  test("is not whole where something before it is missing", async () => {
    for (const isLarge of [false, true])
      expect(await broken("a.zip", zip({ isLarge }).subarray(1))).toBe(
        "its directory does not fit to what is before it",
      );
    const noLocator = Buffer.concat([files, zipEnd(0xffff_ffff)]);
    expect(await broken("a.zip", noLocator)).toMatch(/does not fit/);
  });
});

describe("SQLite", () => {
  /** Files of a database as a snapshot finds them while a program writes. */
  function snapshot(before: readonly string[], during: readonly string[] = []): string {
    const live = path.join(folder, "live.db");
    const database = new DatabaseSync(live);
    for (const statement of [...before, ...during]) database.exec(statement);
    const taken = path.join(folder, "taken");
    mkdirSync(taken);
    for (const part of ["", "-wal", "-journal"])
      if (statSync(live + part, { throwIfNoEntry: false }) !== undefined)
        copyFileSync(live + part, path.join(taken, `an app?.db${part}`));
    database.close();
    return path.join(taken, "an app?.db");
  }

  /** Its rows; nothing is written beside it, and nothing is copied unless it has to be. */
  function read(file: string, { isCopied = false } = {}): Record<string, number> {
    const own = path.dirname(file);
    const state = () => [
      statSync(own).mtimeMs,
      ...readdirSync(own).map((name) => readFileSync(path.join(own, name)).toString("base64")),
    ];
    const before = state();
    vi.stubEnv("TMPDIR", isCopied ? folder : "/nowhere");
    expect(wholeSqlite(file)).toBeUndefined();
    const rows = withDatabase(file, rowsOf);
    expect(state()).toEqual(before);
    return rows;
  }

  const made = ["CREATE TABLE a (x)", "INSERT INTO a VALUES (1), (2)"];
  const log = ["PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0"];

  test("is read where it lies", () => {
    expect(read(snapshot(made))).toEqual({ a: 2 });
  });

  test("is read with the log of what is not yet in it, and where that log is empty", () => {
    const file = snapshot([...log, ...made, "PRAGMA wal_checkpoint", "INSERT INTO a VALUES (3)"]);
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    expect(read(file)).toEqual({ a: 3 });
    writeFileSync(`${file}-wal`, "");
    expect(read(file)).toEqual({ a: 2 });
    rmSync(`${file}-wal`);
    expect(read(file)).toEqual({ a: 2 });
  });

  test("is read where the journal of a change that came to its end is left", () => {
    const file = snapshot(["PRAGMA journal_mode = PERSIST", ...made]);
    expect(statSync(`${file}-journal`).size).toBeGreaterThan(0);
    expect(read(file)).toEqual({ a: 2 });
  });

  test("of which a change was half done is read as it was before, on a copy", () => {
    const many = (count: number) =>
      `INSERT INTO a WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT hex(zeroblob(500)) FROM n`;
    const file = snapshot(
      ["CREATE TABLE a (x)", many(200), "PRAGMA cache_size = 2"],
      ["BEGIN", "DELETE FROM a", many(50)],
    );
    expect(read(file, { isCopied: true })).toEqual({ a: 200 });
    expect(readdirSync(folder)).toEqual(["live.db", "taken"]);
  });

  test("is not whole where it is cut, empty or something else", async () => {
    const file = snapshot([...made, "CREATE TABLE b (y)"]);
    expect(await broken("b.db", readFileSync(file).subarray(0, 4096))).toMatch(/malformed/);
    expect(await broken("b.db", "")).toBe("it is empty");
    expect(await broken("b.db", "SQLite format 3")).toBe("it is no SQLite database");
    expect(wholeSqlite(path.join(folder, "none.db"))).toBe("it is not there");
  });
});

/** What a process had at most is Linux's to tell. */
describe.skipIf(process.platform !== "linux")("A volume of large files", () => {
  const size = 3 * 2 ** 30;
  let volume: string;
  beforeAll(() => {
    volume = mkdtempSync(path.join(os.tmpdir(), "drill-large-"));
    const hole = 50 * 2 ** 20;
    const unpacked = gzipSync(Buffer.alloc(hole), { level: 1 });
    writeFileSync(path.join(volume, "a.gz"), Buffer.concat(Array(8).fill(unpacked)));
    writeFileSync(
      path.join(volume, "a.json"),
      Buffer.concat([Buffer.alloc(2 * hole, " "), Buffer.from("{}")]),
    );
    sparse("a.xml", "<Config>", Buffer.from("</Config>"));
    sparse("a.zip", "", zipEnd(size));
    sparse("b.zip", "", zipEnd(2 * size, { isLarge: true }), 2 * size);
  });
  afterAll(() => rmSync(volume, { recursive: true, force: true }));

  function sparse(name: string, begin: string, end: Buffer, at = size): void {
    const file = openSync(path.join(volume, name), "w");
    writeSync(file, begin);
    ftruncateSync(file, at);
    writeSync(file, end, 0, end.length, at);
    closeSync(file);
  }

  /** The program itself, and how much memory it had at most: a limit of its pod is 256Mi. */
  function check(...checks: CheckRequest["checks"]): Findings & { readonly most: number } {
    const request: CheckRequest = { started: Date.now(), ended: Date.now(), checks };
    const log = path.join(folder, "log");
    const peak = path.join(folder, "peak");
    const atEnd = `import { readFileSync, writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync(${JSON.stringify(peak)}, readFileSync("/proc/self/status")))`;
    execFileSync("node", [bundlePlaces[0] ?? "", "check"], {
      env: {
        PATH: process.env["PATH"],
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(atEnd)}`,
        TMPDIR: "/nowhere",
        RESTORED: volume,
        TERMINATION_LOG: log,
        CHECK: JSON.stringify(request),
      },
    });
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(peak, "utf8")) ?? [];
    return {
      ...(JSON.parse(readFileSync(log, "utf8")) as Findings),
      most: Number(kilobytes) / 1024,
    };
  }

  test("is looked at in little memory", () => {
    for (const name of ["a.gz", "a.json", "a.xml", "a.zip", "b.zip"]) {
      const { wrong, inventory, most } = check({ is: "whole", path: name });
      expect(wrong, name).toEqual([]);
      expect(inventory.files).toBe(5);
      expect(most, name).toBeLessThan(192);
    }
  });

  test("and so is a list of sums that is none", () => {
    const { wrong, most } = check({ is: "checksums", path: "a.json" });
    expect(wrong).toEqual(["a.json holds a line that is no SHA-256 sum"]);
    expect(most).toBeLessThan(192);
  });
});
