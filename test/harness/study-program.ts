import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SOURCE = `package main

import (
	"fmt"
	"net/http"
)

func main() {
	fmt.Println("Hello World")
	fmt.Println("Server started on port 8081")
	fmt.Println(http.ListenAndServe(":8081", nil))
}
`;

/** The program of the project's first study: says hello and serves, compiled for this machine and without libraries. */
export function compileStudyProgram(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "pushwright-program-"));
  try {
    writeFileSync(join(folder, "main.go"), SOURCE);
    const env = { ...process.env, CGO_ENABLED: "0", GO111MODULE: "off", GOFLAGS: "" };
    execFileSync("go", ["build", "-ldflags", "-s -w", "-o", "main", "main.go"], { cwd: folder, env });
    return readFileSync(join(folder, "main"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
