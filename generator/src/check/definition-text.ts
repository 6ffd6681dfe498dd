/**
 * A CustomResourceDefinition read as text: those of one chart are megabytes, of which a few lines are wanted. What is not
 * written as Helm and generators of definitions print it is parsed.
 */
import { load } from "js-yaml";
import { asTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";
import { at, list, map, text } from "../model/reading.ts";
import type { CheckedObject } from "./objects.ts";

/** In: a definition, or any other object. Out: its annotations. */
export function annotationsOf(object: CheckedObject): Tree {
  return map(metadataOf(object.manifest.text) ?? object.tree, "metadata", "annotations");
}

/** In: a definition. Out: the API versions it lets the cluster serve. */
export function servedVersions(object: CheckedObject): string[] {
  return versionsIn(object.manifest.text) ?? parsedVersions(object.tree);
}

/** A key at the very left ends what is before it, whatever stands there; an alias may lead out of it. */
function metadataOf(document: string): Tree | undefined {
  const [lines] = /(?:^|\n)metadata:[^\n]*\n(?:(?:[ \t#][^\n]*)?\n)*/.exec(document) ?? [];
  if (lines === undefined) return undefined;
  try {
    return asTree(load(lines));
  } catch {
    return undefined;
  }
}

function versionsIn(document: string): string[] | undefined {
  const group = /^ {2}group: *["']?([^\s"']+)/m.exec(document)?.[1];
  const [, indent = "", items] = /^ {2}versions:\n( *)- ([^]*)/m.exec(document) ?? [];
  if (group === undefined || items === undefined) return undefined;
  const versions = `${indent}- ${items}`
    .split(new RegExp(`^${indent}- `, "m"))
    .slice(1)
    .map((item) => {
      const field = (name: string) =>
        new RegExp(`^(?:${indent}  )?${name}: *["']?([^\\s"']+)`, "m").exec(item)?.[1];
      return { name: field("name"), served: field("served") };
    });
  if (versions.some(({ name, served }) => name === undefined || served === undefined))
    return undefined;
  return versions.flatMap(({ name, served }) => (served === "true" ? `${group}/${name}` : []));
}

function parsedVersions(tree: Tree): string[] {
  return list(tree, "spec", "versions")
    .filter((version) => at(version, "served") === true)
    .map((version) => `${text(tree, "spec", "group")}/${text(version, "name")}`);
}
