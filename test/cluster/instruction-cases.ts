import { expect } from "vitest";
import type { ContextFile } from "../harness/pack-context.ts";

type InstructionCase = {
  dockerfile: string;
  files?: Record<string, ContextFile>;
  expected: Record<string, unknown>;
};

const damaged = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const said = (words: string) => expect.stringContaining(words);

/** An instruction of each kind that fails, with its line. */
export const instructionCases: Record<string, InstructionCase> = {
  "an ADD of what is not there": {
    dockerfile: "ADD dist.tar /x",
    expected: { code: "copy-source-missing", line: 2, title: said("dist.tar") },
  },
  "an ADD from a host that is not there": {
    dockerfile: "ADD http://nowhere.invalid/x /x",
    expected: { code: "download-failed", line: 2 },
  },
  "an ADD of a damaged archive": {
    dockerfile: "ADD x.tar.gz /x",
    files: { "x.tar.gz": damaged },
    expected: { code: "archive-unreadable", line: 2 },
  },
  "a COPY from what a stage does not have": {
    dockerfile: "RUN true\nCOPY --from=0 /out /out",
    expected: { line: 3 },
  },
  "a COPY for a user that is not there": {
    dockerfile: "COPY --chown=nosuch README.md /a",
    expected: { code: "unknown-user", line: 2, title: said("nosuch") },
  },
  "a COPY with a mode that is none": {
    dockerfile: "COPY --chmod=abc README.md /a",
    expected: { code: "instruction-failed", line: 2 },
  },
  "a COPY out of the context": {
    dockerfile: "COPY ../secret /a",
    expected: { code: "copy-outside-context", line: 2 },
  },
  "a COPY of several files onto one": {
    dockerfile: "COPY README.md Dockerfile /a",
    expected: { code: "copy-needs-folder", line: 2 },
  },
  "a COPY of a here-document": {
    dockerfile: "COPY <<EOF /a\nhello\nEOF",
    expected: { code: "heredoc-unsupported", line: 2 },
  },
  "a USER that is not there": {
    dockerfile: "USER nosuch\nRUN id",
    expected: { code: "unknown-user", line: 2 },
  },
  "a WORKDIR with a variable that must be set": {
    dockerfile: `WORKDIR \${X:?unset}`,
    expected: { code: "variable-unset", line: 2 },
  },
  "an ENV with a variable that must be set": {
    dockerfile: `ENV A=\${B:?unset}`,
    expected: { code: "variable-unset", line: 2 },
  },
  "an ENV without a value": { dockerfile: "ENV foo", expected: { code: "dockerfile-syntax", line: 2 } },
  "a LABEL without a value": { dockerfile: "LABEL foo", expected: { code: "dockerfile-syntax", line: 2 } },
  "an EXPOSE with a variable that must be set": {
    dockerfile: `EXPOSE \${P:?unset}`,
    expected: { code: "variable-unset", line: 2 },
  },
  "a VOLUME without a path": { dockerfile: "VOLUME", expected: { code: "dockerfile-syntax", line: 2 } },
  "a STOPSIGNAL that is none": {
    dockerfile: "STOPSIGNAL NOPE",
    expected: { code: "instruction-failed", line: 2, cause: said("NOPE") },
  },
  "a HEALTHCHECK that is none": {
    dockerfile: "HEALTHCHECK nonsense",
    expected: { code: "dockerfile-syntax", line: 2 },
  },
  "a SHELL that is no list": {
    dockerfile: "SHELL /bin/bash -c",
    expected: { code: "dockerfile-syntax", line: 2 },
  },
  "a SHELL that is not there": {
    dockerfile: 'SHELL ["/bin/nope", "-c"]\nRUN true',
    expected: { code: "run-failed", line: 3, cause: said("/bin/nope") },
  },
  "an ONBUILD of what it cannot be of": {
    dockerfile: "ONBUILD FROM x",
    expected: { code: "dockerfile-syntax", line: 2 },
  },
  "a FROM whose variable has no value": {
    dockerfile: "FROM $BASE\nRUN true",
    expected: { code: "base-image-name-empty", line: 1 },
  },
  "a RUN of a program that is not there": {
    dockerfile: 'RUN ["nope"]',
    expected: { code: "run-failed", line: 2, cause: said("no such program") },
  },
};
