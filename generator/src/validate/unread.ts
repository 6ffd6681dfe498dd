/** Files that ought to be there, and files among the authored ones that nobody reads. */
import path from "node:path";
import {
  clusterFile,
  clustersFolder,
  environmentFile,
  environmentFolder,
  environmentsFolder,
  exportIn,
  isLockFile,
  lockFile,
  overlayFile,
  serviceFile,
  serviceFolder,
  servicesFolder,
  tiersFile,
} from "../model/paths.ts";
import type { SourceTree } from "../model/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { nearest } from "../problems/suggest.ts";

/** Problems: FILE_ABSENT, once for each folder or file; FILE_UNREAD for files beside those that are there, and for what is no file. */
export function checkFiles(tree: SourceTree): Problem[] {
  const absent = [
    ...(tree.sources.has(tiersFile) || tree.special.includes(tiersFile) ? [] : [noTiers(tree)]),
    ...tree.environments.flatMap((name) => withoutFile(tree, environments, name)),
    ...tree.services.flatMap((name) => withoutFile(tree, services, name)),
  ];
  const told = new Set(absent.flatMap(({ files }) => files));
  return [
    ...absent.map(({ problem }) => problem),
    ...tree.special.filter((file) => !told.has(file)).map(noFile),
    ...tree.unread
      .filter((file) => !told.has(file) && !tree.special.includes(file))
      .map((file) => unread(tree, file)),
  ];
}

/** A problem and the files that are spoken for by it. */
interface Absent {
  readonly problem: Problem;
  readonly files: readonly string[];
}

/** A kind of folder, and the file that makes it one. */
interface Kind {
  readonly what: string;
  readonly folderOf: (name: string) => string;
  readonly fileOf: (name: string) => string;
  readonly namesOf: (tree: SourceTree) => readonly string[];
}

const environments: Kind = {
  what: "an environment",
  folderOf: environmentFolder,
  fileOf: environmentFile,
  namesOf: (tree) => tree.environments,
};
const services: Kind = {
  what: "a service",
  folderOf: serviceFolder,
  fileOf: serviceFile,
  namesOf: (tree) => tree.services,
};

function noTiers(tree: SourceTree): Absent {
  const misnamed = misnamedOf(tiersFile, tree.unread);
  const problem = absentFile(tiersFile, misnamed, {
    message: `${tiersFile} is not there, and every service belongs to a tier of it`,
    fix: `create it with ${exportIn(tiersFile)}, or take it back from git`,
  });
  return { problem, files: misnamed === undefined ? [] : [misnamed] };
}

function withoutFile(
  tree: SourceTree,
  { what, folderOf, fileOf, namesOf }: Kind,
  name: string,
): Absent[] {
  const wanted = fileOf(name);
  if (tree.sources.has(wanted)) return [];
  const files = tree.unread.filter((file) => file.startsWith(`${folderOf(name)}/`));
  if (tree.special.includes(wanted))
    return [{ problem: noFile(wanted), files: [wanted, ...files] }];
  const basename = path.posix.basename(wanted);
  const near = nearest(
    name,
    namesOf(tree).filter((other) => tree.sources.has(fileOf(other))),
  );
  const isFolder = files.some((file) => file === wanted || file.startsWith(`${wanted}/`));
  const move = near === undefined ? "" : `move what is in it to ${folderOf(near)}, `;
  const away = what === services.what ? `npm run remove ${name}` : "delete the folder";
  const problem = absentFile(wanted, misnamedOf(wanted, files), {
    message: isFolder
      ? `${wanted} is a folder, and ${what} is described by a file`
      : `${folderOf(name)} has no ${basename}, so nothing in it is read`,
    fix: isFolder
      ? `make ${basename} a file with ${exportIn(wanted)}`
      : `${move}add ${basename} with ${exportIn(wanted)}, take it back with git checkout ${wanted}, or ${away}`,
    shown: isFolder ? undefined : files[0],
  });
  return [{ problem, files }];
}

/** The file that was most likely meant to be the wanted one: of another name, or only of another ending. */
function misnamedOf(wanted: string, files: readonly string[]): string | undefined {
  const beside = files.filter(
    (file) => path.posix.dirname(file) === path.posix.dirname(wanted) && hasFacts(file),
  );
  const name = stem(wanted);
  const near = nearest(
    name,
    beside.map((file) => stem(file)),
  );
  return beside.find((file) => file !== wanted && [name, near].includes(stem(file)));
}

const stem = (file: string) => path.posix.basename(file, path.posix.extname(file));
const isCode = (file: string) => /\.[cm]?[jt]sx?$/.test(file);
/** Data beside a service is what Helm reads. */
const hasFacts = (file: string) => isCode(file) || file.startsWith(`${environmentsFolder}/`);

/** Whether only the ending is another one. */
const isSameBut = (file: string, wanted: string) =>
  path.posix.join(path.posix.dirname(file), stem(file)) === wanted.slice(0, -".ts".length);

/** How a misnamed file becomes the wanted one. Data does not become code by another name. */
function becoming(file: string, wanted: string): string {
  if (!isCode(file))
    return `write what is in it as ${wanted} with ${exportIn(wanted)}, and delete it`;
  return path.posix.dirname(file) === path.posix.dirname(wanted)
    ? `rename ${path.posix.basename(file)} to ${path.posix.basename(wanted)}`
    : `move it to ${wanted}`;
}

function absentFile(
  wanted: string,
  misnamed: string | undefined,
  {
    message,
    fix,
    shown,
  }: { readonly message: string; readonly fix: string; readonly shown?: string | undefined },
): Problem {
  return {
    code: "FILE_ABSENT",
    severity: "error",
    message,
    place: { file: misnamed ?? shown ?? wanted, line: 1, column: 1 },
    ...(misnamed === undefined ? {} : { found: misnamed }),
    expected: wanted,
    fix: misnamed === undefined ? fix : becoming(misnamed, wanted),
  };
}

/** Reading it would wait for whoever writes to it. */
function noFile(file: string): Problem {
  return {
    code: "FILE_UNREAD",
    severity: "error",
    message: `${file} is a pipe, a socket or a device, so nobody reads it`,
    place: { file, line: 1, column: 1 },
    expected: "a file, or a link to one",
    fix: "delete it, or put a file in its place",
  };
}

function unread(tree: SourceTree, file: string): Problem {
  return {
    code: "FILE_UNREAD",
    severity: "error",
    message: `nobody reads ${file}`,
    place: { file, line: 1, column: 1 },
    ...belonging(tree, file),
  };
}

/** Where such a file belongs. */
function belonging(tree: SourceTree, file: string): Pick<Problem, "expected" | "fix"> {
  if (isLockFile(file)) return besideCluster(tree, file);
  if (file.startsWith(`${clustersFolder}/`))
    return {
      expected: `clusters as ${clusterFile("<cluster>")}`,
      fix: fixTowards(tree, file, clusterFile(stem(file))),
    };
  if (file.startsWith(`${servicesFolder}/`)) return besideService(tree, file);
  const name = stem(file);
  const near = tree.services.includes(name) ? name : nearest(name, tree.services);
  const [environment = "", ...inside] = file.slice(environmentsFolder.length + 1).split("/");
  const folder = inside.length > 0 ? environment : (tree.environments[0] ?? "<environment>");
  const wanted = isSameBut(file, environmentFile(environment))
    ? environmentFile(environment)
    : near && overlayFile(folder, near);
  return {
    expected: `${tiersFile}, ${environmentFile("<environment>")} or ${overlayFile("<environment>", "<service>")}`,
    fix:
      wanted === undefined
        ? "delete it, or import it in a file that is read"
        : fixTowards(tree, file, wanted),
  };
}

/** A lock that is not where its cluster's is: the addresses in it would be given to others. */
function besideCluster({ clusters, locks }: SourceTree, file: string) {
  const [name = ""] = path.posix.basename(file).split(".");
  const cluster = clusters.includes(name) ? name : nearest(name, clusters);
  return {
    expected: `the lock of a cluster as ${lockFile("<cluster>")}`,
    fix:
      cluster === undefined || locks.has(cluster)
        ? "delete it: rendering writes the lock of each cluster"
        : `move it to ${lockFile(cluster)}, which keeps the addresses in it, or delete it`,
  };
}

function besideService(tree: SourceTree, file: string): Pick<Problem, "expected" | "fix"> {
  const [service = "", ...inside] = file.slice(servicesFolder.length + 1).split("/");
  const wanted = serviceFile(service);
  if (inside.length === 0)
    return {
      expected: serviceFile("<service>"),
      fix: fixTowards(tree, file, serviceFile(stem(file))),
    };
  return {
    expected: `${wanted} and what it imports`,
    fix: isSameBut(file, wanted)
      ? fixTowards(tree, file, wanted)
      : `import it in ${wanted}, or delete it`,
  };
}

/** In: a file that is not read, the one that would be in its place. Out: what to do, as that one may be there too. */
function fixTowards({ sources }: SourceTree, file: string, wanted: string): string {
  if (file === wanted)
    return "it is a link that leads nowhere: let it lead to a file, or delete it";
  return sources.has(wanted)
    ? `take what it says into ${wanted}, which is read, and delete it`
    : `${becoming(file, wanted)}${isCode(file) ? ", or delete it" : ""}`;
}
