import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BuildOutput } from "../../../../src/builders/kaniko/build-output.ts";
import { diagnose } from "../../../../src/core/diagnose.ts";
import type { Diagnosis } from "../../../../src/core/diagnosis.ts";

const DOCKERFILE = "FROM base\nRUN make\nCOPY a /a\nRUN make test\nCOPY b /b\nRUN make more\n";
const OVER = "Taking snapshot of full filesystem...";

const record = (msg: string) => JSON.stringify({ level: "info", msg, time: "2026-01-02T03:04:05Z" });
const command = (text: string) => [
  `RUN ${text}`,
  "Cmd: /bin/sh",
  `Args: [-c ${text}]`,
  `Running: [/bin/sh -c ${text}]`,
];
/** What Kaniko says until the command of `RUN make test`, on line 4, runs. */
const until = [
  "Retrieving image manifest base",
  ...command("make"),
  OVER,
  "COPY a /a",
  "Taking snapshot of files...",
  ...command("make test"),
].map(record);

const folder = new URL("../../../fixtures/kaniko/", import.meta.url);
/** All that Kaniko was ever heard to say. */
const kanikoWords = readdirSync(folder).flatMap((name): string[] => {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")).evidence.log;
});
const words = fc.oneof(
  fc.constantFrom(
    ...kanikoWords,
    ...until.map((line) => JSON.parse(line).msg as string),
    "COPY b /b",
    "RUN make more",
    "error pushing image: failed to push to destination r.io/a:1: PUT https://r.io/v2/: 503 Service Unavailable",
    "error building image: GET https://r.io/v2/a/manifests/1: TOOMANYREQUESTS: slow down",
    "error building image: error building stage: failed to execute command: write /a: no space left on device",
    "error building image: error building stage: failed to execute command: waiting for process to exit: signal: killed",
    "make: no space left on device",
  ),
  fc.string(),
);
const printed = words.chain((text) => fc.constantFrom(text, record(text)));

const end = (exitCode: number) =>
  `error building image: error building stage: failed to execute command: waiting for process to exit: exit status ${exitCode}`;

function diagnosed(said: readonly string[], exit: { exitCode: number; reason?: string }): Diagnosis {
  const output = new BuildOutput({ destinations: ["r.io/a:1"] });
  for (const line of said) output.line(line);
  const { step, run } = output.steps;
  const commandEnd = output.commandEnd(exit.exitCode);
  const evidence = {
    ...exit,
    warnings: [],
    log: output.tail,
    ...(commandEnd === undefined ? {} : { commandEnd }),
    ...(step === undefined ? {} : { step }),
    ...(run === undefined ? {} : { run }),
    ...(output.image === undefined ? {} : { image: output.image }),
    limits: { memory: "2Gi", deadlineSeconds: 60 },
  };
  return diagnose(evidence, DOCKERFILE);
}

describe("a RUN that fails", () => {
  const exitCodes = fc.integer({ min: 1, max: 254 });
  // Both streams are heard side by side, and what it left running may speak up to the end.
  const outputs = fc.tuple(fc.array(printed), fc.array(printed));

  it("is never tried again, whatever it prints", () => {
    fc.assert(
      fc.property(exitCodes, outputs, fc.boolean(), (exitCode, [before, after], isGlued) => {
        const last = isGlued ? `half a line ${end(exitCode)}` : end(exitCode);
        const diagnosis = diagnosed([...until, ...before, last, ...after], { exitCode });
        expect(diagnosis.class).toBe("permanent");
        expect(diagnosis.code).toMatch(/^(?:run-failed|exec-format-error)$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is marked on its own line, unless it prints all that Kaniko says when it starts another", () => {
    const lines = (without: RegExp) => fc.array(printed.filter((line) => !without.test(line)));
    const outputs = fc
      .constantFrom(/Running: \[/, new RegExp(OVER.replaceAll(".", "\\.")))
      .chain((without) => fc.tuple(lines(without), lines(without)));
    fc.assert(
      fc.property(exitCodes, outputs, (exitCode, [before, after]) => {
        const diagnosis = diagnosed([...until, ...before, end(exitCode), ...after], { exitCode });
        expect(diagnosis).toMatchObject({ line: 4, step: "RUN make test" });
      }),
      { numRuns: 2_000 },
    );
  });

  it("is marked on its own line when it runs out of memory", () => {
    const outputs = fc.array(printed.filter((line) => !line.includes(OVER)));
    fc.assert(
      fc.property(outputs, (before) => {
        const diagnosis = diagnosed([...until, ...before], { exitCode: 137, reason: "OOMKilled" });
        expect(diagnosis).toMatchObject({ code: "out-of-memory", line: 4 });
      }),
    );
  });

  it("is known by its end though thousands of lines follow", () => {
    const flood = Array.from({ length: 5_000 }, () => "error pushing image: 503 Service Unavailable");
    expect(diagnosed([...until, end(1), ...flood], { exitCode: 1 })).toMatchObject({
      class: "permanent",
      code: "run-failed",
      line: 4,
    });
  });
});

describe("what follows a RUN that ended well", () => {
  const more = [OVER, "COPY b /b"].map(record);

  it("is marked though the command did not end its last line", () => {
    const glued = `half a line${record(OVER)}`;
    const said = [...until, glued, record("COPY b /b")];
    const words =
      "error building image: error building stage: failed to execute command: write /b: permission denied";
    expect(diagnosed([...said, words], { exitCode: 1 })).toMatchObject({ line: 5 });
  });

  it("is a RUN of its own, though a layer goes into the cache meanwhile", () => {
    const pushing = ["Pushing layer r.io/cache:1 to cache now", "Pushing image to r.io/cache:1"];
    const next = command("make more").flatMap((line) => [line, ...pushing]);
    const said = [...until, ...[OVER, ...pushing, "COPY b /b", ...next].map(record), end(3)];
    expect(diagnosed(said, { exitCode: 3 })).toMatchObject({ line: 6, step: "RUN make more" });
  });

  it("is not taken for a failed command because one printed what Kaniko says of another end", () => {
    const push =
      "error pushing image: failed to push to destination r.io/a:1: PUT https://r.io/v2/a/blobs/1: 503 Service Unavailable";
    expect(diagnosed([...until, end(3), ...more, push], { exitCode: 1 })).toMatchObject({
      code: "push-unreachable",
    });
  });
});
