import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const program = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
/** Without these it looks for its maker's hosts at every start. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Why no browser can be started here, if none can. */
export function chromiumObstacle(): string | undefined {
  return existsSync(program)
    ? undefined
    : `no Chromium at ${program}, and CHROMIUM_PATH names none: install Debian's package chromium`;
}

export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: FLAGS });
}
