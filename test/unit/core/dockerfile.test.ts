import { describe, expect, it } from "vitest";
import { findInstruction, parseDockerfile } from "../../../src/core/dockerfile.ts";

const found = (text: string) => parseDockerfile(text).map(({ keyword, line, text }) => [keyword, line, text]);

describe("the instructions of a Dockerfile", () => {
  it("have their lines, past comments, blank lines and Windows line ends", () => {
    expect(found("# syntax=docker/dockerfile:1\r\n\r\nFROM a\r\n  # b\r\nrun c\r\n")).toEqual([
      ["FROM", 3, "FROM a"],
      ["RUN", 5, "run c"],
    ]);
  });

  it("go on after a backslash, past comments and blank lines between", () => {
    expect(found("FROM a\nRUN b && \\\n# c\n\n    d\\\n e\nCOPY f g")).toEqual([
      ["FROM", 1, "FROM a"],
      ["RUN", 2, "RUN b &&     d e"],
      ["COPY", 7, "COPY f g"],
    ]);
  });

  it("go on after a backtick when the file says so", () => {
    expect(found("# escape=`\nFROM a\nRUN b `\n  c\\\nRUN d")).toEqual([
      ["FROM", 2, "FROM a"],
      ["RUN", 3, "RUN b   c\\"],
      ["RUN", 5, "RUN d"],
    ]);
  });

  it("do not begin inside of here-documents", () => {
    const text =
      "FROM a\nRUN <<EOF cat <<-'TWO'\nFROM b\nEOF\nRUN c\n\tTWO\nCOPY <<X /d\nRUN e\nX\nENV f=<<G\nUSER h";
    expect(found(text).map(([keyword, line]) => [keyword, line])).toEqual([
      ["FROM", 1],
      ["RUN", 2],
      ["COPY", 7],
      ["ENV", 10],
      ["USER", 11],
    ]);
  });

  it.each([
    ["here-documents in one instruction", `RUN ${"<<a ".repeat(60_000)}\n${"a\n".repeat(60_000)}`],
    ["here-documents that never end", Array.from({ length: 40_000 }, (_, at) => `RUN <<a${at}`).join("\n")],
    ["comments in a long instruction", `RUN ${"x".repeat(200_000)}\\\n${"#\n".repeat(100_000)}`],
    ["bytes", "RUN a\n".repeat(1_000_000)],
  ])("are found in time among many %s", (_, text) => {
    parseDockerfile(text);
  });

  it("take what never ends as it is", () => {
    expect(found("FROM a\nRUN <<EOF\nb")).toHaveLength(3);
    expect(found("RUN a \\")).toEqual([["RUN", 1, "RUN a"]]);
    expect(found("")).toEqual([]);
  });

  it("are found by their text, whatever its white space, unless it stands there twice", () => {
    const instructions = parseDockerfile("FROM a\nRUN b \\\n  c\nRUN d\nRUN d");
    expect(findInstruction(instructions, "RUN b c")?.line).toBe(2);
    expect(findInstruction(instructions, "RUN d")).toBeUndefined();
    expect(findInstruction(instructions, "RUN e")).toBeUndefined();
  });
});
