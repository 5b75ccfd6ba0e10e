import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addresses } from "../addresses.ts";
import { runCommand } from "../run-command.ts";

type Subject = { commonName: string; organization?: string; altNames?: readonly string[] };

const domain = addresses.clusterDomain;

/** Who takes part in the cluster, by the name of the certificate's files. */
const subjects = {
  "kube-apiserver": {
    commonName: "kube-apiserver",
    altNames: [
      ...["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"].map(
        (name) => `DNS:${name}`,
      ),
      `DNS:kubernetes.default.svc.${domain}`,
      ...["127.0.0.1", addresses.node, addresses.kubernetesService].map((address) => `IP:${address}`),
    ],
  },
  kubelet: {
    commonName: `system:node:${addresses.nodeName}`,
    organization: "system:nodes",
    altNames: [`DNS:${addresses.nodeName}`, `IP:${addresses.node}`],
  },
  admin: { commonName: "admin", organization: "system:masters" },
  "kube-apiserver-kubelet-client": { commonName: "kube-apiserver-kubelet-client" },
  "kube-controller-manager": { commonName: "system:kube-controller-manager" },
  "kube-scheduler": { commonName: "system:kube-scheduler" },
  "kube-proxy": { commonName: "system:kube-proxy" },
  coredns: { commonName: "system:coredns" },
} as const satisfies Record<string, Subject>;

export type CertificateName = keyof typeof subjects;

/** Makes a new authority and everybody's certificates in a folder: `<name>.crt`, `<name>.key`, `ca.crt`. */
export async function createCertificates(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(join(folder, "service-accounts.key"), privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(join(folder, "service-accounts.pub"), publicKey.export({ type: "spki", format: "pem" }));
  await certify(folder, "ca", { commonName: "pushwright-cluster" }, [
    "-addext",
    "keyUsage=critical,keyCertSign,cRLSign",
  ]);
  const authority = ["-CA", join(folder, "ca.crt"), "-CAkey", join(folder, "ca.key")];
  const usage = [
    ...["-addext", "basicConstraints=critical,CA:FALSE"],
    ...["-addext", "extendedKeyUsage=serverAuth,clientAuth"],
  ];
  await Promise.all(
    Object.entries<Subject>(subjects).map(([name, subject]) =>
      certify(folder, name, subject, [...authority, ...usage]),
    ),
  );
}

async function certify(
  folder: string,
  name: string,
  subject: Subject,
  more: readonly string[],
): Promise<void> {
  const organization = subject.organization ? `/O=${subject.organization}` : "";
  const altNames = subject.altNames ? ["-addext", `subjectAltName=${subject.altNames.join(",")}`] : [];
  await runCommand("openssl", [
    ...[
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-noenc",
      "-days",
      "3650",
    ],
    ...["-keyout", join(folder, `${name}.key`), "-out", join(folder, `${name}.crt`)],
    ...["-subj", `${organization}/CN=${subject.commonName}`, ...altNames, ...more],
  ]);
}
