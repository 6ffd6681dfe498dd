/** Kills this process in one of its calls that change files in a folder, a write half way through. */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

/** In: a folder, and the number of a call, none with 0. Out: how many there were so far. */
export function killInCall(root: string, number: number): () => number {
  let calls = 0;
  const isDue = (path: unknown) => String(path).startsWith(join(root, "")) && ++calls === number;
  const die = () => process.kill(process.pid, "SIGKILL");
  const {
    linkSync,
    mkdirSync,
    renameSync,
    rmdirSync,
    rmSync,
    unlinkSync,
    writeFileSync,
    fsyncSync,
  } = fs;
  Object.assign(fs, {
    linkSync: (...given: Parameters<typeof linkSync>) =>
      isDue(given[0]) ? die() : linkSync(...given),
    mkdirSync: (...given: Parameters<typeof mkdirSync>) =>
      isDue(given[0]) ? die() : mkdirSync(...given),
    renameSync: (...given: Parameters<typeof renameSync>) =>
      isDue(given[0]) ? die() : renameSync(...given),
    rmdirSync: (...given: Parameters<typeof rmdirSync>) =>
      isDue(given[0]) ? die() : rmdirSync(...given),
    rmSync: (...given: Parameters<typeof rmSync>) => (isDue(given[0]) ? die() : rmSync(...given)),
    unlinkSync: (...given: Parameters<typeof unlinkSync>) =>
      isDue(given[0]) ? die() : unlinkSync(...given),
    fsyncSync: (...given: Parameters<typeof fsyncSync>) =>
      isDue(root) ? die() : fsyncSync(...given),
    writeFileSync: (...[file, data, options]: Parameters<typeof writeFileSync>) => {
      if (!isDue(typeof file === "number" ? root : file)) return writeFileSync(file, data, options);
      writeFileSync(file, String(data).slice(0, String(data).length / 2));
      return die();
    },
  });
  syncBuiltinESMExports();
  return () => calls;
}
