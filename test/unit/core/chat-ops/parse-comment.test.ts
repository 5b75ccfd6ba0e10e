import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../../../src/core/chat-ops/command.ts";
import { formatCommand } from "../../../../src/core/chat-ops/format-command.ts";
import { hasCommands, MAX_COMMANDS, parseComment } from "../../../../src/core/chat-ops/parse-comment.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";

describe("core/chat-ops: what a comment asks for", () => {
  it.each<[string, Command[]]>([
    ["/build", [{ kind: "build" }]],
    ["/build api", [{ kind: "build", image: "api" }]],
    ["/build acme/shop/api.v2", [{ kind: "build", image: "acme/shop/api.v2" }]],
    ["/rebuild", [{ kind: "rebuild", noCache: false }]],
    ["/rebuild api --no-cache", [{ kind: "rebuild", image: "api", noCache: true }]],
    ["/rebuild --no-cache api", [{ kind: "rebuild", image: "api", noCache: true }]],
    ["/cancel api", [{ kind: "cancel", image: "api" }]],
    ["/status", [{ kind: "status" }]],
    ["/why", [{ kind: "why" }]],
    ["/why api", [{ kind: "why", image: "api" }]],
    ["/promote production", [{ kind: "promote", imageTag: "production" }]],
    ["/promote v1.2.3_rc-1", [{ kind: "promote", imageTag: "v1.2.3_rc-1" }]],
    [`/promote ${"t".repeat(128)}`, [{ kind: "promote", imageTag: "t".repeat(128) }]],
    ["/ok-to-build", [{ kind: "ok-to-build" }]],
    ["/ok-to-build 0123ABC", [{ kind: "ok-to-build", commit: "0123abc" }]],
    [`/ok-to-build ${SHA}`, [{ kind: "ok-to-build", commit: SHA }]],
    ["/help", [{ kind: "help" }]],
    ["/BUILD Api", [{ kind: "build", image: "Api" }]],
    ["/Ok-To-Build", [{ kind: "ok-to-build" }]],
    ["  /build\t api \r\n", [{ kind: "build", image: "api" }]],
    ["/build\u00a0api", [{ kind: "build", image: "api" }]],
    ["Thanks!\r\n/status\r\n\r\n/build api\r\nbye", [{ kind: "status" }, { kind: "build", image: "api" }]],
    [
      "/build\n/why\n/BUILD\n/build api\n/build",
      [{ kind: "build" }, { kind: "why" }, { kind: "build", image: "api" }],
    ],
  ])("%j", (body, commands) => {
    expect(parseComment(body)).toEqual({ commands, faults: [] });
    expect(hasCommands(body)).toBe(true);
  });

  it.each([
    ["/build api now", ["`now`", "/build [image]"]],
    ["/build --no-cache", ["`--no-cache`", "`/rebuild` has it"]],
    ["/build @acme", ["`@acme`"]],
    ["/build ../x", ["`../x`"]],
    ["/build `x`", ["`` `x` ``"]],
    ["/rebuild --no-cash", ["`--no-cash`", "did you mean `--no-cache`"]],
    ["/rebuild —no-cache", ["`—no-cache`", "did you mean `--no-cache`"]],
    ["/rebuild --no-cache=true", ["`--no-cache=true`"]],
    ["/rebuild --no-cache --no-cache", ["twice"]],
    ["/rebuild --NO-CACHE", ["`--NO-CACHE`"]],
    ["/status please", ["`please`"]],
    ["/help me", ["`me`"]],
    ["/promote", ["`/promote <image-tag>`"]],
    ["/promote a b", ["`b`"]],
    ["/promote -a", ["`-a`"]],
    ["/promote .a", ["`.a`"]],
    ["/promote a/b", ["`a/b`"]],
    ["/promote ä", ["`ä`"]],
    [`/promote ${"t".repeat(129)}`, ["128"]],
    [`/promote ${SHA}`, ["looks like a commit"]],
    [`/promote ${SHA.toUpperCase()}`, ["looks like a commit"]],
    [`/promote ${"a".repeat(64)}`, ["looks like a commit"]],
    ["/ok-to-build 123456", ["`123456`", "7 to 64"]],
    ["/ok-to-build main", ["`main`"]],
    [`/ok-to-build ${"a".repeat(65)}`, ["7 to 64"]],
    ["/biuld", ["`/biuld`", "Did you mean `/build`?"]],
    ["/buld api", ["Did you mean `/build`?"]],
    ["/Rebuid", ["`/Rebuid`", "Did you mean `/rebuild`?"]],
    ["/build:", ["Did you mean `/build`?"]],
    ["/cancle", ["Did you mean `/cancel`?"]],
    ["/stats", ["Did you mean `/status`?"]],
    ["/hlep", ["Did you mean `/help`?"]],
    ["/oktobuild", ["Did you mean `/ok-to-build`?"]],
    ["/ok_to_build", ["Did you mean `/ok-to-build`?"]],
  ])("%j is wrong, and the answer says what", (body, words) => {
    const { commands, faults } = parseComment(body);
    expect(commands).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.written.slice(0, 100)).toBe(body.slice(0, 100));
    for (const word of words) expect(faults[0]?.message).toContain(word);
    expect(hasCommands(body)).toBe(true);
  });

  it.each([
    "/etc/passwd",
    "/cc @ada",
    "/lgtm",
    "/hold",
    "/helm upgrade",
    "/who",
    "/test all",
    "/retest",
    "/build/x",
    "/",
    "//",
    "/x".repeat(5000),
    "/approve",
    "a /build",
    "",
    "```\n/build\n```",
    "> /build",
  ])("%j is not meant for us", (body) => {
    expect(parseComment(body)).toEqual({ commands: [], faults: [] });
    expect(hasCommands(body)).toBe(false);
  });

  it("keeps what is right beside what is wrong", () => {
    const { commands, faults } = parseComment("/build api now\n/status\n/nothing of ours\n/promote\n/help");
    expect(commands.map(({ kind }) => kind)).toEqual(["status", "help"]);
    expect(faults.map(({ written }) => written)).toEqual(["/build api now", "/promote"]);
  });

  it("does not take more than its bound, and says so once", () => {
    const lines = Array.from({ length: 3 * MAX_COMMANDS }, (_, at) =>
      at % 3 === 0 ? `/promote` : `/build i${at}`,
    );
    const { commands, faults } = parseComment(
      lines.map((line, at) => (at % 3 === 0 ? `${line} -${at}` : line)).join("\n"),
    );
    expect(commands.length + faults.length).toBe(MAX_COMMANDS + 1);
    expect(faults.at(-1)?.message).toContain(`${MAX_COMMANDS} commands`);
    expect(parseComment("/build\n".repeat(5000))).toEqual({ commands: [{ kind: "build" }], faults: [] });
  });

  it("never throws, and finds the same whatever the line ends", () => {
    const unit = fc.oneof(
      fc.constantFrom(
        "/build",
        "/rebuild",
        "/promote",
        " ",
        "\n",
        "--no-cache",
        "`",
        "```",
        ">",
        "- ",
        "<!--",
        "-->",
        "\t",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40, size: "max" }), (parts) => {
        const body = parts.join("").replaceAll("\r", "");
        const { commands, faults } = parseComment(body);
        expect(commands.length + faults.length).toBeLessThanOrEqual(MAX_COMMANDS + 1);
        expect(parseComment(body.replaceAll("\n", "\r\n"))).toEqual({ commands, faults });
      }),
    );
  });

  it("are the commands that were formatted, in their order", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyCommand, { selector: formatCommand, maxLength: MAX_COMMANDS }),
        (commands) => {
          const body = commands.map(formatCommand).join("\n");
          expect(parseComment(body)).toEqual({ commands, faults: [] });
        },
      ),
    );
  });

  it("are none in code, quotes and HTML comments, and those around them stay", () => {
    const hide = fc.constantFrom<(text: string) => string>(
      (text) => `\`\`\`\n${text}\n\`\`\``,
      (text) => `~~~~ sh\n${text}\n~~~~`,
      (text) => `\`${text.replaceAll("\n", " ")}\``,
      (text) => text.replace(/^/gm, "    "),
      (text) => text.replace(/^/gm, "> "),
      (text) => `<!--\n${text}\n-->`,
    );
    const pieces = fc.array(
      fc.tuple(anyCommand, fc.array(anyCommand, { minLength: 1, maxLength: 3 }), hide),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(pieces, (all) => {
        const body = all.map(
          ([said, hidden, as]) => `${formatCommand(said)}\n\n${as(hidden.map(formatCommand).join("\n"))}\n`,
        );
        const said = new Map(all.map(([command]) => [formatCommand(command), command]));
        expect(parseComment(body.join("\n"))).toEqual({ commands: [...said.values()], faults: [] });
      }),
    );
  });
});

const image = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,20}$/);
const ofImage = fc.option(image).map((name) => (name === null ? {} : { image: name }));
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(fc.constantFrom("build", "cancel", "why"), ofImage).map(([kind, rest]) => ({ kind, ...rest })),
  fc.tuple(ofImage, fc.boolean()).map(([rest, noCache]) => ({ kind: "rebuild" as const, ...rest, noCache })),
  fc.constantFrom({ kind: "status" as const }, { kind: "help" as const }, { kind: "ok-to-build" as const }),
  fc
    .stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,30}$/)
    .map((imageTag) => ({ kind: "promote" as const, imageTag })),
  fc.stringMatching(/^[0-9a-f]{7,64}$/).map((commit) => ({ kind: "ok-to-build" as const, commit })),
);
