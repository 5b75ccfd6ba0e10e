import { BuildFault } from "../core/build-fault.ts";

const CHECK_PLACE =
  "Whoever runs Pushwright should check that `PUSHWRIGHT_REGISTRY_API` is where the bot reaches the registry.";

/** Says what was being asked, why there was no answer, and which setting mends it. */
export function registryFault(doing: string, error: unknown): BuildFault {
  const { message, code = "" } = error as NodeJS.ErrnoException;
  const fault = (kind: "permanent" | "transient", remedy: string) =>
    new BuildFault(
      {
        class: kind,
        code: "registry-unreachable",
        title: "The registry could not be reached",
        cause: `${doing}: ${message}.`,
        remedy,
      },
      { cause: error },
    );
  // https://www.openssl.org/docs/man3.0/man3/SSL_get_error.html: an answer that is no TLS is a "wrong version number".
  if (code === "EPROTO" || /wrong version number|packet length too long/.test(message)) {
    return fault(
      "permanent",
      `If the registry speaks plain HTTP, set \`PUSHWRIGHT_REGISTRY_INSECURE=true\`. ${CHECK_PLACE}`,
    );
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "ENOTFOUND") return fault("permanent", CHECK_PLACE);
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  if (/CERT|VERIFY|ISSUER/.test(code)) {
    return fault(
      "permanent",
      "Set `PUSHWRIGHT_REGISTRY_CA` to the certificate authority that signed the registry's certificate, and see that the certificate is still valid.",
    );
  }
  return fault("transient", `This is tried again by itself. ${CHECK_PLACE}`);
}

/** For a registry that answered, but not with the image. */
export function registryRefusal(doing: string, status: number): BuildFault {
  const isRefusal = status === 401 || status === 403;
  return new BuildFault({
    class: isRefusal ? "permanent" : "transient",
    code: isRefusal ? "registry-refused" : "registry-unreachable",
    title: "The registry did not tell of the pushed image",
    cause: `${doing}: it answered ${status}.`,
    remedy: isRefusal
      ? "Whoever runs Pushwright has to give the bot a login that may read there, in the file that `PUSHWRIGHT_REGISTRY_LOGIN` names."
      : `This is tried again by itself. ${CHECK_PLACE}`,
  });
}
