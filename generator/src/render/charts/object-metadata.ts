/** What RZP adds to the metadata of a chart's objects: their namespace, and that data outlives configuration. */
import type { ManifestHeader } from "../../model/manifest.ts";
import {
  dataKinds,
  keptOptions,
  syncOptionsAnnotation as syncOptions,
} from "../../model/data-kinds.ts";
import { kindOf } from "../../model/scopes.ts";
import { yaml } from "../../output/yaml.ts";
import { editedText } from "../../output/edited-text.ts";
import { asTree } from "../../model/data.ts";
import type { Tree } from "../../model/data.ts";

const keepIt = keptOptions.join(",");
const compareOptions = "argocd.argoproj.io/compare-options";
/** What is kept though it is in no file any more would leave its Application out of sync, and the root waiting for it. */
const notExtraneous = "IgnoreExtraneous";

/** In: a document and what it is. Out: the same with its namespace written down, and kept where it holds data. */
export function withMetadata(
  text: string,
  tree: Tree,
  { apiVersion, kind, namespace }: ManifestHeader,
): string {
  const metadata = asTree(tree["metadata"]);
  const wantsNamespace = namespace !== undefined && metadata["namespace"] !== namespace;
  const annotations = asTree(metadata["annotations"]);
  const options = annotations[syncOptions];
  const withOption = (known: unknown, option: string) =>
    known === undefined ? option : `${String(known)},${option}`;
  const wantsOptions =
    dataKinds.has(kindOf({ apiVersion, kind })) && !String(options).includes("Prune=false");
  if (!wantsNamespace && !wantsOptions) return text;
  const added: Added = {
    ...(wantsNamespace ? { namespace } : {}),
    ...(wantsOptions
      ? {
          annotations: {
            [compareOptions]: withOption(annotations[compareOptions], notExtraneous),
            [syncOptions]: withOption(options, keepIt),
          },
        }
      : {}),
  };
  return editedText(text, {
    change: (object) => changed(object, added),
    lines: (before) => withLines(before, added),
  });
}

interface Added {
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

function changed(object: Tree, { namespace, annotations }: Added): Tree {
  const metadata = asTree(object["metadata"]);
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(namespace === undefined ? {} : { namespace }),
      ...(annotations === undefined
        ? {}
        : { annotations: { ...asTree(metadata["annotations"]), ...annotations } }),
    },
  };
}

/** Lines go right below `metadata:`, or below the `annotations:` that are there. */
function withLines(text: string, { namespace, annotations }: Added): string {
  const found = /^metadata:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*?( +)(?=[^\s#])/m.exec(text);
  if (found === null) return text;
  const [block, indent = ""] = found;
  const start = found.index + block.length - indent.length;
  const [head, rest] = [text.slice(0, start), text.slice(start)];
  const namespaceLine = namespace === undefined ? "" : `${indent}${yaml({ namespace })}`;
  if (annotations === undefined) return head + namespaceLine + rest;
  const own = new RegExp(`^${indent}annotations:[ \\t]*\\n(${indent} +)(?=[^\\s#])`, "m").exec(
    rest,
  );
  const lines = (depth: string): string => yaml(annotations).replaceAll(/^(?=.)/gm, depth);
  if (own === null)
    return `${head}${namespaceLine}${indent}annotations:\n${lines(`${indent}  `)}${rest}`;
  const below = own.index + own[0].length - (own[1]?.length ?? 0);
  return `${head}${namespaceLine}${rest.slice(0, below)}${lines(own[1] ?? "")}${rest.slice(below)}`;
}
