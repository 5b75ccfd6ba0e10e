import { describe, expect, it } from "vitest";
import { pageWithCommands } from "../../../../docs/commands-page.ts";
import { COMMANDS, formatUsage } from "../../../../src/core/chat-ops/command-table.ts";
import { formatHelp } from "../../../../src/core/chat-ops/format-help.ts";
import { parseComment } from "../../../../src/core/chat-ops/parse-comment.ts";

describe("core/chat-ops: help", () => {
  it("names every command and who may use it", () => {
    const help = formatHelp({ commands: "write", approve: "maintain" });
    for (const row of COMMANDS) expect(help).toContain(`| \`${formatUsage(row).replaceAll("|", "\\|")}\` | `);
    expect(help).toMatch(/\/ok-to-build.*`maintain` or more/);
    expect(help).toMatch(/\/status.*everybody/);
    expect(help).toMatch(/\/build.*`write` or more/);
  });

  it("is no command itself when the bot's words are quoted without marks", () => {
    expect(parseComment(formatHelp())).toEqual({ commands: [], faults: [] });
  });

  it("docs/commands.md has the code's table: `npm run fix` writes it", async () => {
    const { written, expected } = await pageWithCommands();
    expect(written).toBe(expected);
    expect(written).toContain("/promote <image-tag>");
  });
});
