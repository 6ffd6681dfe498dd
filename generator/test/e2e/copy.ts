/** A copy of this repository that a proof may change, as a person would. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { root } from "./local.ts";

export interface Copy {
  readonly root: string;
  /** Runs a command of RZP in it. Throws where it fails. Out: what it printed. */
  readonly run: (...args: string[]) => Promise<string>;
  /** Replaces a text in a file. Throws where it is not there. */
  readonly edit: (file: string, from: string | RegExp, to: string) => void;
}

/** Copies authored and rendered files; the generator itself is this one. */
export function copyRepository(folder: string): Copy {
  mkdirSync(folder, { recursive: true });
  for (const name of ["charts", "environments", "kubernetes", "package.json"])
    cpSync(path.join(root, name), path.join(folder, name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  for (const name of ["generator", "node_modules"])
    symlinkSync(path.join(root, name), path.join(folder, name), "dir");
  return {
    root: folder,
    run: async (...args) => {
      const entry = path.join(root, "generator/rzp.js");
      // Called as if by hand there, also where npm has called the tests somewhere else.
      const env = { INIT_CWD: folder, NO_COLOR: "1" };
      return (await execa(process.execPath, [entry, ...args], { cwd: folder, env })).stdout;
    },
    edit: (file, from, to) => {
      const full = path.join(folder, file);
      const text = readFileSync(full, "utf8");
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`${file} holds no ${String(from)}`);
      writeFileSync(full, edited);
    },
  };
}
