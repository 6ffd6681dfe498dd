/** JSON of any length (RFC 8259), read in pieces: what is kept is how deep it is nested, and a word at most. */
import { createReadStream } from "node:fs";

/** What may come next: `element` and `member` are the first of their list or object, which may be empty. */
type Next = "value" | "element" | "member" | "name" | "colon" | "more" | "text" | "name text";

const outsideText = /[ \t\r\n]+|[{}[\],:"]|[^ \t\r\n{}[\],:"]+/y;
/** Anything but a quote, a backslash and what controls; an escape; the end. */
const insideText = /[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|"/y;
/** An escape of which more may come. */
const cutEscape = /^\\(?:u[\da-fA-F]{0,3})?$/;
const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** Nothing that is meant is longer or deeper. */
const longestWord = 65_536;
const deepest = 100_000;

/** In: a file. Out: what is wrong with it, undefined where it is JSON to its end. */
export async function brokenJson(file: string): Promise<string | undefined> {
  const json = new Json();
  let rest = "";
  let read = 0;
  for await (const piece of createReadStream(file, "utf8") as AsyncIterable<string>) {
    const text = rest + piece;
    const end = json.take(text);
    rest = text.slice(end);
    if (!json.mayGoOnWith(rest)) return `character ${read + end} is no JSON`;
    read += end;
  }
  return json.endsWith(rest) ? undefined : "it ends before its JSON does";
}

class Json {
  private readonly closers: ("}" | "]")[] = [];
  private next: Next = "value";

  private get isInText(): boolean {
    return this.next === "text" || this.next === "name text";
  }

  /** Takes all that is whole and fits. Out: where it stopped. */
  take(text: string): number {
    let at = 0;
    for (;;) {
      const pattern = this.isInText ? insideText : outsideText;
      pattern.lastIndex = at;
      const token = pattern.exec(text)?.[0];
      if (token === undefined) return at;
      const isCut = !this.isInText && at + token.length === text.length && isWord(token);
      if (isCut || !this.takes(token)) return at;
      at += token.length;
    }
  }

  /** Whether what was left may be the beginning of something. */
  mayGoOnWith(rest: string): boolean {
    if (rest === "") return true;
    return this.isInText ? cutEscape.test(rest) : isWord(rest) && rest.length <= longestWord;
  }

  endsWith(rest: string): boolean {
    return (rest === "" || this.takes(rest)) && this.next === "more" && this.closers.length === 0;
  }

  private takes(token: string): boolean {
    if (!this.isInText && /^[ \t\r\n]/.test(token)) return true;
    const next = this.after(token);
    if (next !== undefined) this.next = next;
    return next !== undefined;
  }

  private after(token: string): Next | undefined {
    switch (this.next) {
      case "text":
        return token === '"' ? "more" : "text";
      case "name text":
        return token === '"' ? "colon" : "name text";
      case "value":
        return this.afterValue(token);
      case "element":
        return token === "]" ? this.close(token) : this.afterValue(token);
      case "member":
        return token === "}" ? this.close(token) : this.afterName(token);
      case "name":
        return this.afterName(token);
      case "colon":
        return token === ":" ? "value" : undefined;
      case "more":
        return token === "," ? this.afterComma() : this.close(token);
    }
  }

  private readonly afterName = (token: string) => (token === '"' ? "name text" : undefined);

  private afterValue(token: string): Next | undefined {
    if (token === '"') return "text";
    if (token !== "{" && token !== "[") return word.test(token) ? "more" : undefined;
    this.closers.push(token === "{" ? "}" : "]");
    if (this.closers.length > deepest) return undefined;
    return token === "{" ? "member" : "element";
  }

  private afterComma(): Next | undefined {
    const closer = this.closers.at(-1);
    if (closer === undefined) return undefined;
    return closer === "}" ? "name" : "value";
  }

  private close(token: string): Next | undefined {
    if (this.closers.at(-1) !== token) return undefined;
    this.closers.pop();
    return "more";
  }
}

const isWord = (text: string) => /^[^ \t\r\n{}[\],:"]+$/.test(text);
