/** What a person reads when RZP itself is wrong. */

/** In: what was thrown, and the process it was thrown in. Out: lines to report, with the stack. */
export function bugReport(
  error: unknown,
  { version, platform, arch }: Pick<NodeJS.Process, "version" | "platform" | "arch">,
): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `This is a bug of RZP, not a mistake of yours. Please report it with the lines below.\nNode ${version}, ${platform} ${arch}\n${text}\n`;
}
