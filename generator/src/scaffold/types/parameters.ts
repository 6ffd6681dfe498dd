/** Which names only the compiler knows are needed by which type, and what they are called inside. */
import type { z } from "zod";
import { nameOf, partsOf, writtenTypeOf } from "./schemas.ts";
import { letters, nameLetters, scopes, type Letter } from "./scopes.ts";

/** Type parameters of a type. */
interface Own {
  /** As in the declaration: `<P, V extends string>` or nothing. */
  readonly declared: string;
  /** The same as arguments: `<P, V>` or nothing. */
  readonly own: string;
}

export interface Bound extends Own {
  /** Those parameters a part of the type needs, by its text. */
  readonly only: (text: string) => Own;
  /** Arguments for another named type used in this one. */
  readonly argumentsFor: (name: string) => string;
  /** A hand-written text with what the letters are here. */
  readonly bind: (text: string) => string;
}
export type Parameters = ReadonlyMap<string, Bound>;
type Needs = ReadonlyMap<string, readonly Letter[]>;

/** Computes the type parameters of every named schema. */
export function parametersOf(named: ReadonlyMap<string, z.ZodType>): Parameters {
  const needs = new Map<string, readonly Letter[]>();
  for (const name of named.keys()) needsOf(name, named, needs);
  return new Map([...named.keys()].map((name) => [name, boundOf(name, needs)]));
}

function boundOf(name: string, needs: Needs): Bound {
  const own = needs.get(name) ?? [];
  const inside = (letter: Letter): string => scopes[name]?.bound[letter] ?? letter;
  return {
    ...ownOf(own),
    only: (text) => ownOf(own.filter((letter) => new RegExp(`\\b${letter}\\b`).test(text))),
    argumentsFor: (other) => inBrackets((needs.get(other) ?? []).map(inside)),
    bind: (text) =>
      text.replaceAll(letterPattern, (letter) => (isLetter(letter) ? inside(letter) : letter)),
  };
}

function ownOf(own: readonly Letter[]): Own {
  const declared = own.map((letter) =>
    nameLetters.has(letter) ? `${letter} extends string` : letter,
  );
  return { declared: inBrackets(declared), own: inBrackets(own) };
}

const letterPattern = new RegExp(`\\b[${letters.join("")}]\\b`, "g");
const isLetter = (text: string): text is Letter => letters.some((letter) => letter === text);
const inBrackets = (all: readonly string[]): string =>
  all.length === 0 ? "" : `<${all.join(", ")}>`;

/** The letters a named schema needs from outside: its own and those of everything it is made of. */
function needsOf(
  name: string,
  named: ReadonlyMap<string, z.ZodType>,
  needs: Map<string, readonly Letter[]>,
): readonly Letter[] {
  const known = needs.get(name);
  if (known !== undefined) return known;
  const found = new Set<Letter>();
  const schema = named.get(name);
  const visit = (part: z.ZodType): void => {
    const partName = nameOf(part);
    if (partName !== undefined && part !== schema) {
      for (const letter of needsOf(partName, named, needs)) found.add(letter);
      return;
    }
    const written = writtenTypeOf(part);
    if (written === undefined) for (const inner of partsOf(part)) visit(inner);
    else
      for (const [letter] of written.matchAll(letterPattern))
        if (isLetter(letter)) found.add(letter);
  };
  if (schema !== undefined) visit(schema);
  const needed = scopes[name]?.parameters ?? letters.filter((letter) => found.has(letter));
  needs.set(name, needed);
  return needed;
}
