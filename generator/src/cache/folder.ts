/** Where RZP keeps what it can make again. */
import { homedir } from "node:os";
import path from "node:path";

/** The variables that name another folder, and the folder in the user's cache unless they do. */
const folders = { RZP_CACHE: "rzp", RZP_TOOLS_CACHE: "rzp/tools" } as const;

/**
 * The folder a variable names, else one in the user's cache folder: outside the tree, shared by all clones of a
 * machine. An empty variable counts as unset, and XDG_CACHE_HOME as well when it is relative (XDG Base Directory).
 */
export function cacheFolder(
  variable: keyof typeof folders,
  environment: Readonly<Record<string, string | undefined>>,
  home: string = homedir(),
): string {
  const own = environment[variable];
  if (own) return path.resolve(own);
  const user = environment["XDG_CACHE_HOME"];
  const userCache = user !== undefined && path.isAbsolute(user) ? user : path.join(home, ".cache");
  return path.join(userCache, folders[variable]);
}

/**
 * Where Node keeps the generator's compiled code: half of a short run would go into reading TypeScript. It belongs
 * to the installed packages, as the compiled files of other tools do, and goes when they are installed anew.
 */
export const compiledFolder = path.resolve(import.meta.dirname, "../../../node_modules/.cache/rzp");
