import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { findCommandLines } from "../../../../src/core/chat-ops/command-lines.ts";

describe("core/chat-ops: the lines that a person says", () => {
  it.each([
    ["alone", "/x", ["/x"]],
    ["between text, in their order", "hello\n/x 1\nmore\n\n/x 2\n", ["/x 1", "/x 2"]],
    ["with Windows line ends", "/x 1\r\n\r\n/x 2\r\n", ["/x 1", "/x 2"]],
    ["with old Mac line ends", "/x 1\r/x 2", ["/x 1", "/x 2"]],
    ["with white space around them", "   /x 1  \t\n", ["/x 1"]],
    ["right under a quote", "> /no\n/x", ["/x"]],
    ["between inline code", "`a`\n/x `b`\n`c`", ["/x `b`"]],
    ["after a backtick that nothing closes", "it`s\n/x", ["/x"]],
    ["after an escaped backtick", "\\`\n/x\n`", ["/x"]],
    ["under a list without an empty line", "- a\n/x", ["/x"]],
    ["in a list's item, on a line of their own", "- a\n\n  /x", ["/x"]],
    ["after a list's code, closed by the list's end", "- ```\n/x", ["/x"]],
    ["after an HTML comment", "<!-- /no -->\n/x", ["/x"]],
    ["after a comment that begins in a line and never ends", "a <!--\n/x", ["/x"]],
  ])("are found %s", (_, body, lines) => expect(findCommandLines(body)).toEqual(lines));

  it.each([
    ["within a line", "please /x"],
    ["after a list's marker", "- /x\n1. /x\n* /x"],
    ["a slash alone", "/\n/ x"],
    ["in a fence of backticks", "```\n/x\n```"],
    ["in a fence of tildes", "~~~ sh\n/x\n~~~"],
    ["in a longer fence that holds a shorter one", "````\n```\n/x\n```\n/x\n````"],
    ["in a fence of one kind that holds the other", "~~~\n```\n~~\n/x\n~~~"],
    ["in a fence whose end would have words", "```\n/x\n``` no\n/x"],
    ["in a fence that never ends", "```\n/x\n\n/x"],
    ["in a fence in a list", "1. a\n   ```\n   /x\n   ```"],
    ["in a fence in a list's first line", "- ```\n  /x\n  ```"],
    ["in a fence with Windows line ends", "```\r\n/x\r\n```\r\n"],
    ["indented by four spaces", "a\n\n    /x"],
    ["indented by a tab", "a\n\n\t/x"],
    ["in inline code of several lines", "a `b\n/x\nc` d"],
    ["in inline code of two backticks", "``a ` b\n/x ` c\n``"],
    ["in a quote", "> /x\n>/x\n > /x"],
    ["in a quote's fence", "> ```\n> /x\n> ```"],
    ["in an HTML comment", "<!--\n/x\n\n/x\n-->"],
    ["in an HTML comment that never ends", "<!--\n/x"],
    ["in an HTML comment within text", "a <!-- b\n/x\n-->"],
    ["in preformatted HTML", "<pre>\n/x\n\n/x\n</pre>"],
  ])("are not found %s", (_, body) => expect(findCommandLines(body)).toEqual([]));

  it("are those that a CommonMark parser shows as text", () => {
    const blocks = [
      "",
      "a",
      "/",
      "/",
      "```",
      "~~~",
      "````",
      "    /",
      "-",
      "1.",
      "10) a",
      "---",
      "# a",
      "<!--",
      "-->",
    ];
    const spans = ["`", "``", "\\`", " ", "a", "/", "<!--", "-->"];
    const line = fc
      .tuple(
        fc.constantFrom("", "", "", " ", "  ", "   ", "    ", "\t"),
        fc.constantFrom("", "", "", "- ", "1. ", "2. ", "-\t", "- - "),
        fc.oneof(
          fc.constantFrom(...blocks),
          fc.array(fc.constantFrom(...spans), { maxLength: 4 }).map((all) => all.join("")),
        ),
      )
      .map((parts) => parts.join(""))
      // markdown-it lets such a line begin a block in a list's item that it does not belong to; CommonMark does not.
      .filter((text) => !/^(?: {4}|\t)\s*(?:[`~#<*_-]|\d)/.test(text));
    // The one difference, a line right under a quote, is left out by an empty line.
    const piece = fc.oneof(
      { arbitrary: line, weight: 9 },
      { arbitrary: line.map((text) => `> ${text}\n`), weight: 1 },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14, size: "max" }), (pieces) => {
        let count = 0;
        const body = pieces.join("\n").replaceAll("/", () => `/x${count++}`);
        const said = body
          .split("\n")
          .filter((text) => /^ {0,3}\/x/.test(text))
          .map((text) => text.trim());
        const shown = linesShownAsText(body);
        expect(findCommandLines(body)).toEqual(
          said.filter((text) => shown.has(/^\/x\d+/.exec(text)?.[0] ?? "")),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

/** The `/x…` words that stand, not in a quote, at the beginning of a line of text. */
function linesShownAsText(body: string): Set<string> {
  const shown = new Set<string>();
  let quotes = 0;
  for (const token of new MarkdownIt({ html: true }).parse(body, {})) {
    if (token.type === "blockquote_open") quotes += 1;
    if (token.type === "blockquote_close") quotes -= 1;
    if (token.type !== "inline" || quotes > 0) continue;
    let isLineStart = true;
    for (const { type, content } of token.children ?? []) {
      const word = /^\/x\d+/.exec(content)?.[0];
      if (type === "text" && content === "") continue;
      if (isLineStart && type === "text" && word) shown.add(word);
      isLineStart = type === "softbreak" || type === "hardbreak";
    }
  }
  return shown;
}
