import { describe, expect, test } from "vitest";
import { codes } from "./codes.ts";
import { errorPages } from "./error-pages.ts";

const marker = "<!-- Generated from generator/src/problems/codes: edit there, not here. -->";
const entry = { title: "Unknown field", meaning: "A | B\nor C.", remedy: "Rename it." };

describe("errorPages", () => {
  test("the index lists all codes by name, with table cells that cannot break", () => {
    const [index] = errorPages({ B_CODE: entry, A_CODE: { ...entry, title: "First" } });
    expect(index).toEqual({
      path: "docs/errors.md",
      content: `${marker}

# Errors

Every problem that RZP prints has one of these codes. The code is stable; its page says what it means and what to do.

| Code | Title | Meaning |
| --- | --- | --- |
| [A_CODE](errors/A_CODE.md) | First | A \\| B or C. |
| [B_CODE](errors/B_CODE.md) | Unknown field | A \\| B or C. |
`,
    });
  });

  test("a page says what the code means and what to do", () => {
    expect(errorPages({ A_CODE: { ...entry, meaning: "It is." } })[1]).toEqual({
      path: "docs/errors/A_CODE.md",
      content: `${marker}

# A_CODE

**Unknown field.** It is.

## What to do

Rename it.

[All errors](../errors.md)
`,
    });
  });

  test("an example is shown with what is printed, in fences it cannot leave", () => {
    const example = {
      file: "charts/services/sonarr/values.ts",
      wrong: "imgae: ```x```\n",
      printed: "unknown field",
      right: "image: x",
    };
    const page = errorPages({ A_CODE: { ...entry, example } })[1];
    expect(page?.content).toContain(`## Example

In \`charts/services/sonarr/values.ts\`:

\`\`\`\`ts
imgae: \`\`\`x\`\`\`
\`\`\`\`

prints

\`\`\`text
unknown field
\`\`\`

Mended:

\`\`\`ts
image: x
\`\`\`
`);
  });

  test("every code of the table has its page, with all three texts", () => {
    const pages = errorPages();
    expect(pages).toHaveLength(Object.keys(codes).length + 1);
    for (const [code, { title, meaning, remedy }] of Object.entries(codes)) {
      const page = pages.find(({ path }) => path === `docs/errors/${code}.md`);
      for (const text of [title, meaning, remedy]) expect(page?.content).toContain(text);
    }
  });
});
