import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { addresses, ports } from "../addresses.ts";
import type { CertificateName } from "./certificates.ts";

/** Writes a kubeconfig that holds everything itself, so that it can be copied elsewhere on the machine. */
export function writeKubeconfig(
  file: string,
  pki: string,
  who: CertificateName,
  host: string = addresses.node,
): string {
  const inline = (name: string) => readFileSync(join(pki, name)).toString("base64");
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "pushwright",
    clusters: [
      {
        name: "pushwright",
        cluster: {
          server: `https://${host}:${ports.apiServer}`,
          "certificate-authority-data": inline("ca.crt"),
        },
      },
    ],
    users: [
      {
        name: who,
        user: { "client-certificate-data": inline(`${who}.crt`), "client-key-data": inline(`${who}.key`) },
      },
    ],
    contexts: [{ name: "pushwright", context: { cluster: "pushwright", user: who } }],
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return file;
}
