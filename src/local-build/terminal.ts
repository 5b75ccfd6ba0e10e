import { stripVTControlCharacters } from "node:util";
import { formatBytes } from "../core/format-bytes.ts";
import { toPlainText } from "../core/plain-text.ts";
import type { FolderBuildObserver } from "./build-folder.ts";

/** How often a terminal shows how much has been sent. */
const SHOW_MS = 100;

export type Terminal = FolderBuildObserver & {
  /** So many bytes are going to be sent. */
  expect(bytes: number): void;
};

/** Shows a build to people: plain lines, and on a terminal one that counts what is sent. */
export function createTerminal(output: NodeJS.WritableStream & { isTTY?: boolean }): Terminal {
  let total = 0;
  let sent = 0;
  let shownAt = 0;
  let isCounting = false;

  function print(line: string): void {
    output.write(`${isCounting ? "\r\x1b[K" : ""}${line}\n`);
    isCounting = false;
  }

  return {
    say: (line) => print(toPlainText(line)),
    log: (line) => print(`| ${toPlainText(stripVTControlCharacters(line))}`),
    expect(bytes) {
      total = bytes;
      sent = 0;
    },
    sent(bytes) {
      sent += bytes;
      if (!output.isTTY || Date.now() - shownAt < SHOW_MS) return;
      shownAt = Date.now();
      isCounting = true;
      output.write(`\r\x1b[KSending ${formatBytes(sent)} of ${formatBytes(total)}`);
    },
  };
}
