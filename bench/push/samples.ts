/** By path, all at the repository's root. */
export type SampleFiles = Record<string, { content: string; mode: "100644" | "100755" }>;

/** What is built. Each round is another commit, so that nothing of the last one can be used again. */
export type Sample = { name: string; files(base: string, round: number): SampleFiles };

/** One copied file and one short step, on a small base. */
export const TINY: Sample = {
  name: "tiny",
  files: (base, round) => ({
    Dockerfile: text(`FROM ${base}\nWORKDIR /app\nCOPY main .\nRUN ./main\nENTRYPOINT ["./main"]\n`),
    main: { content: `#!/bin/sh\necho this is round ${round}\n`, mode: "100755" },
  }),
};

const WORK = `#!/bin/sh
set -e
echo "$1" > "$2"
for turn in 1 2 3; do
  dd if=/dev/urandom of=bulk bs=1M count=64 2>/dev/null
  for pass in 1 2; do sha256sum bulk >> "$2"; done
  gzip bulk
  sha256sum bulk.gz >> "$2"
  rm bulk.gz
done
times
`;

/**
 * About 20 seconds of a processor's work on a small machine: random bytes are written, hashed and compressed over and
 * over, in two steps, and little of it stays in the image. Each step tells at its end what it took of a processor.
 */
export const LONG: Sample = {
  name: "long",
  files: (base, round) => ({
    Dockerfile: text(
      `FROM ${base}\nWORKDIR /app\nCOPY work .\nRUN ./work ${round} one\nRUN ./work ${round} two\nCMD ["cat", "one"]\n`,
    ),
    work: { content: WORK, mode: "100755" },
  }),
};

/** A step like an installation of packages, about ten seconds of work, and what is copied after it. */
export function installing(base: string, packages: string, main: string): SampleFiles {
  return {
    Dockerfile: text(
      `FROM ${base}\nWORKDIR /app\nCOPY work packages ./\nRUN ./work packages one\nCOPY main .\n`,
    ),
    work: { content: WORK, mode: "100755" },
    packages: text(packages),
    main: text(main),
  };
}

function text(content: string): SampleFiles[string] {
  return { content, mode: "100644" };
}
