/** Tools that are shell scripts, put where the real ones would be built and installed. */
import type { FakeHost } from "./fake-host.ts";

/** In: a host, and the script each Go tool is, by the last word of its package. */
export async function buildsTools(
  fake: FakeHost,
  scripts: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, script] of Object.entries(scripts))
    await fake.write(`../scripts/${name}`, `#!/bin/sh\n${script}\n`);
  await fake.program(
    "go",
    `if [ "$1" = env ]; then echo go1.99.0; exit 0; fi
while [ "$1" != -o ]; do shift; done
cp "$HOME/scripts/$(basename "$3")" "$2"
chmod 755 "$2"`,
  );
}

/** In: a host, and the script each Python tool is, by its name. */
export async function installsTools(
  fake: FakeHost,
  scripts: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, script] of Object.entries({ ...scripts, python: "exit 0" }))
    await fake.write(`../python/${name}`, `#!/bin/sh\n${script}\n`);
  await fake.program(
    "python3",
    `[ "$1" = --version ] && echo 'Python 3.12.1' && exit
mkdir -p "$3"
cp -R "$HOME/python" "$3/bin"
chmod 755 "$3"/bin/*`,
  );
}
