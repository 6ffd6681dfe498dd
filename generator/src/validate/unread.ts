/** Files that ought to be there, and files among the authored ones that nobody reads. */
import path from "node:path";
import {
  clustersFolder,
  environmentFile,
  environmentFolder,
  environmentsFolder,
  exportIn,
  overlayFile,
  serviceFile,
  serviceFolder,
  servicesFolder,
  tiersFile,
} from "../model/paths.ts";
import type { SourceTree } from "../model/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { nearest } from "../problems/suggest.ts";

/** Problems: FILE_ABSENT, once for each folder or file; FILE_UNREAD for files beside those that are there. */
export function checkFiles(tree: SourceTree): Problem[] {
  const absent = [
    ...(tree.sources.has(tiersFile) ? [] : [noTiers(tree)]),
    ...tree.environments.flatMap((name) => withoutFile(tree, environments, name)),
    ...tree.services.flatMap((name) => withoutFile(tree, services, name)),
  ];
  const told = new Set(absent.flatMap(({ files }) => files));
  return [
    ...absent.map(({ problem }) => problem),
    ...tree.unread.filter((file) => !told.has(file)).map((file) => unread(tree, file)),
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
  const beside = tree.unread.filter((file) => path.posix.dirname(file) === environmentsFolder);
  const misnamed = misnamedOf(tiersFile, beside);
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

/** The file that was most likely meant to be the wanted one. */
function misnamedOf(wanted: string, files: readonly string[]): string | undefined {
  const beside = files.filter(
    (file) => file.endsWith(".ts") && path.posix.dirname(file) === path.posix.dirname(wanted),
  );
  const near = nearest(
    stem(wanted),
    beside.map((file) => stem(file)),
  );
  return beside.find((file) => stem(file) === near);
}

const stem = (file: string) => path.posix.basename(file, ".ts");

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
    fix:
      misnamed === undefined
        ? fix
        : `rename ${path.posix.basename(misnamed)} to ${path.posix.basename(wanted)}`,
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
  const name = stem(file);
  if (file.startsWith(`${clustersFolder}/`))
    return {
      expected: `clusters as ${clustersFolder}/<cluster>.ts`,
      fix: "move it there, or delete it",
    };
  if (file.startsWith(`${servicesFolder}/`)) {
    const [service = "", ...inside] = file.slice(servicesFolder.length + 1).split("/");
    return inside.length === 0
      ? { expected: serviceFile("<service>"), fix: `move it to ${serviceFile(name)}, or delete it` }
      : {
          expected: `${serviceFile(service)} and what it imports`,
          fix: `import it in ${serviceFile(service)}, or delete it`,
        };
  }
  const near = tree.services.includes(name) ? name : nearest(name, tree.services);
  const [environment = "", ...inside] = file.slice(environmentsFolder.length + 1).split("/");
  const folder = inside.length > 0 ? environment : (tree.environments[0] ?? "<environment>");
  return {
    expected: `${tiersFile}, ${environmentFile("<environment>")} or ${overlayFile("<environment>", "<service>")}`,
    fix:
      near === undefined
        ? "delete it, or import it in a file that is read"
        : `move it to ${overlayFile(folder, near)}, or delete it`,
  };
}
