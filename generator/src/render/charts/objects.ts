/** What Helm printed of an upstream chart -> its objects. Their text stays as printed where it can. */
import { load } from "js-yaml";
import type { ChartObjects, ManifestHeader } from "../../model/manifest.ts";
import { isClusterScoped, kindOf } from "../../model/scopes.ts";
import { yaml } from "../../output/yaml.ts";
import { withMetadata } from "./object-metadata.ts";
import { rewritable } from "../../output/edited-text.ts";
import { asTree, isTree } from "../../model/data.ts";
import type { Tree } from "../../model/data.ts";

interface Document {
  readonly text: string;
  readonly tree: Tree;
}

/** In: Helm's output and the release's namespace. Out: every object but tests, each with its namespace. */
export function chartObjects(printed: string, namespace: string): ChartObjects {
  const read = documentsIn(printed).map(readDocument);
  const documents = read
    .flatMap((document) => ("why" in document ? [] : items(document)))
    .filter(({ tree }) => !isTest(tree));
  const ofCluster = clusterKinds(documents);
  const named = documents.filter(({ tree }) => nameOf(tree) !== undefined);
  const headed = named.map((document) => ({
    ...document,
    header: headerOf(document.tree, { namespace, ofCluster }),
  }));
  return {
    objects: headed.flatMap(({ text, tree, header }) =>
      isLegal(header) ? [{ ...header, text: withMetadata(text, tree, header) }] : [],
    ),
    nameless: documents
      .filter(({ tree }) => nameOf(tree) === undefined)
      .map(({ tree }) => String(tree["kind"])),
    unreadable: [
      ...read.flatMap((document) => ("why" in document ? document.why : [])),
      ...headed.flatMap(({ header }) =>
        isLegal(header)
          ? []
          : `${header.kind} ${JSON.stringify(header.name)} has a name no object can have`,
      ),
    ],
  };
}

/** Helm says above each document where it comes from; a file of CRDs it prints as it is, with several documents. */
function documentsIn(printed: string): string[] {
  return printed
    .replaceAll("\r\n", "\n")
    .split(/^---(?:[ \t].*)?\n/m)
    .map(
      (document) =>
        `${document
          .replaceAll(/^# Source: .*\n/gm, "")
          .replace(/^(?:[ \t]*\n)+/, "")
          .trimEnd()}\n`,
    )
    .filter((document) => document.trim() !== "");
}

function readDocument(text: string): Document | { why: string[] } {
  const { value, rewritten } = parse(text);
  if (value === null || value === undefined) return { why: [] };
  if (!isTree(value)) return { why: [`a document is no object: ${text.slice(0, 80).trim()}`] };
  if (typeof value["apiVersion"] !== "string" || typeof value["kind"] !== "string")
    return { why: [`a document has no apiVersion or no kind: ${text.slice(0, 80).trim()}`] };
  return { text: rewritten ? yaml(value) : text, tree: value };
}

/** Helm lets a key stand twice; who reads our files need not. */
function parse(text: string): { value: unknown; rewritten: boolean } {
  try {
    return { value: load(text), rewritten: false };
  } catch {
    try {
      return { value: rewritable(text), rewritten: true };
    } catch {
      return { value: text, rewritten: false };
    }
  }
}

/** What has items is those, of whatever kind it is: Argo CD takes it apart, and no file holds several objects. */
function items({ text, tree }: Document): Document[] {
  if (!Array.isArray(tree["items"])) return [{ text, tree }];
  const inside: unknown = rewritable(text)["items"];
  return (Array.isArray(inside) ? inside : []).map((item: unknown) => ({
    text: yaml(item),
    tree: asTree(item),
  }));
}

/** Helm leaves tests out itself; this is for those in a List. */
function isTest(tree: Tree): boolean {
  const hooks = asTree(asTree(tree["metadata"])["annotations"])["helm.sh/hook"];
  return (
    typeof hooks === "string" && hooks.split(",").some((hook) => hook.trim().startsWith("test"))
  );
}

/** Kinds of the chart's own CRDs that are no namespace's. */
function clusterKinds(documents: readonly Document[]): ReadonlySet<string> {
  return new Set(
    documents.flatMap(({ tree }) => {
      const spec = asTree(tree["spec"]);
      return tree["kind"] === "CustomResourceDefinition" && spec["scope"] === "Cluster"
        ? [`${String(spec["group"])}/${String(asTree(spec["names"])["kind"])}`]
        : [];
    }),
  );
}

function headerOf(
  tree: Tree,
  { namespace, ofCluster }: { namespace: string; ofCluster: ReadonlySet<string> },
): ManifestHeader {
  const [apiVersion, kind] = [String(tree["apiVersion"]), String(tree["kind"])];
  const own = asTree(tree["metadata"])["namespace"];
  const isGlobal = isClusterScoped(apiVersion, kind) || ofCluster.has(kindOf({ apiVersion, kind }));
  return {
    apiVersion,
    kind,
    name: nameOf(tree) ?? "",
    namespace: isGlobal ? undefined : typeof own === "string" && own !== "" ? own : namespace,
  };
}

function nameOf(tree: Tree): string | undefined {
  const name = asTree(tree["metadata"])["name"];
  return name === undefined || name === null || name === "" ? undefined : String(name);
}

/** All of it becomes part of a file's name. */
function isLegal({ apiVersion, kind, name, namespace = "x" }: ManifestHeader): boolean {
  const isWord = (word: string) => /^[^\s/\\%\0]+$/.test(word) && !word.startsWith(".");
  return (
    /^[A-Za-z][A-Za-z0-9]*$/.test(kind) &&
    apiVersion.split("/").every(isWord) &&
    isWord(name) &&
    isWord(namespace)
  );
}
