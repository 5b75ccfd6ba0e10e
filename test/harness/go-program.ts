import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SERVER = fileURLToPath(new URL("../fixtures/server/main.go", import.meta.url));

/** The server of test/fixtures, as a static Linux program. */
export function buildServer(architecture: "amd64" | "arm64"): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "pushwright-server-"));
  const program = join(folder, "main");
  try {
    execFileSync("go", ["build", "-trimpath", "-ldflags=-s -w", "-o", program, SERVER], {
      cwd: folder,
      env: {
        ...process.env,
        GOOS: "linux",
        GOARCH: architecture,
        CGO_ENABLED: "0",
        GOFLAGS: "",
        GOWORK: "off",
      },
    });
    return readFileSync(program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
