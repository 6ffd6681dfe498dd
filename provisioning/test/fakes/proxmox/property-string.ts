/** Property strings: `local-lvm:64,iothread=1`, `virtio=BC:24:11:00:00:01,bridge=vmbr0`. */

export type Properties = Readonly<Record<string, string>>;

/** In: the text, and the key that its first word has when it is written without. Empty words are nothing. */
export function readProperties(text: string, firstKey: string): Properties {
  const words = text.split(",").filter((word) => word !== "");
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf("=");
      return at < 0 ? [firstKey, word] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

/** The first word, then the others by name. */
export function printProperties(first: string, others: Properties): string {
  const words = Object.keys(others)
    .sort()
    .map((key) => `${key}=${others[key] ?? ""}`);
  return [first, ...words].join(",");
}
